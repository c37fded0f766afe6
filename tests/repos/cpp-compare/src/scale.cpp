#include "scale.h"

#include <cctype>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace scale {

int part(const std::vector<int>& weights, int percent) {
    return static_cast<int>(static_cast<long>(weights.size()) * percent / 100);
}

int heaviest(const std::vector<double>& weights) {
    int best = -1;
    for (int i = 0; i < static_cast<int>(weights.size()); ++i) {
        if (!std::isnan(weights[i]) && (best < 0 || weights[i] > weights[best])) {
            best = i;
        }
    }
    return best;
}

int run(const std::vector<unsigned char>& marks) {
    int longest = 0, run = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        run = i && marks[i] == marks[i - 1] ? run + 1 : 1;
        if (run > 6) {
            throw std::runtime_error("too many");
        }
        longest = run > longest ? run : longest;
    }
    return longest;
}

int number(const std::string& text) {
    if (text.size() != 2 || !std::isdigit(static_cast<unsigned char>(text[0])) ||
        !std::isdigit(static_cast<unsigned char>(text[1]))) {
        return -1;
    }
    return std::stoi(text);
}

std::map<std::string, std::string> items(const std::string& line) {
    std::map<std::string, std::string> found;
    std::istringstream parts(line);
    std::string part;
    while (std::getline(parts, part, '/')) {
        const std::size_t colon = part.find(':');
        const std::string value = colon == std::string::npos ? "" : part.substr(colon + 1);
        found.insert({part.substr(0, colon), value});
    }
    return found;
}

unsigned Lamps::show(unsigned present) {
    lit_ = (present & ~covered_) | (lit_ & staying_);
    return lit_;
}

int Scale::put(int weight) {
    ++puts_;
    total_ += weight;
    return total_;
}

}
