#pragma once

#include <map>
#include <string>
#include <vector>

namespace scale {

/// How many of the weights a percentage of them is, rounded down.
int part(const std::vector<int>& weights, int percent);

/// Index of the first of the largest weights; NaN is none. -1 if there is none.
int heaviest(const std::vector<double>& weights);

/// The length of the longest run of equal marks; std::runtime_error for more than six.
int run(const std::vector<unsigned char>& marks);

/// The number of two digits; -1 for any other text.
int number(const std::string& text);

/// The values by key of "KEY:VALUE/KEY:VALUE"; of a repeated key the first one counts.
std::map<std::string, std::string> items(const std::string& line);

/// The lamps of a scale, a bit each.
class Lamps {
public:
    explicit Lamps(unsigned staying) : staying_(staying) {}

    /// Shows these; what is covered does not come on, what stays and is on stays on.
    unsigned show(unsigned present);

private:
    unsigned staying_;
    unsigned covered_ = 0;
    unsigned lit_ = 0;
};

class Scale {
public:
    int put(int weight);

private:
    int total_ = 0;
    int puts_ = 0;
};

}
