#include "relay.h"

#include <limits>

namespace relay {

std::optional<int> parsed(const std::string& text) {
    const bool negative = !text.empty() && text[0] == '-';
    const long long most = std::numeric_limits<int>::max() + (negative ? 1LL : 0LL);
    long long number = 0;
    for (std::size_t at = negative ? 1 : 0; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9') {
            return std::nullopt;
        }
        number = number * 10 + (text[at] - '0');
        if (number > most) {
            return std::nullopt;
        }
    }
    return static_cast<int>(negative ? -number : number);
}

std::size_t skipped(std::istream& in) {
    std::size_t bytes = 0;
    for (int c = in.get(); c != std::istream::traits_type::eof() && c != '\n'; c = in.get()) {
        ++bytes;
    }
    return bytes;
}

bool before(const Ticket& a, const Ticket& b) {
    if (a.priority != b.priority) {
        return a.priority > b.priority;
    }
    return a.id < b.id;
}

std::vector<int> mixed(const std::vector<int>& a, const std::vector<int>& b, std::size_t block) {
    std::vector<int> result;
    for (std::size_t at = 0; at < a.size() || at < b.size(); at += block) {
        for (const std::vector<int>* items : {&a, &b}) {
            for (std::size_t i = at; i < items->size() && i - at < block; ++i) {
                result.push_back((*items)[i]);
            }
        }
    }
    return result;
}

double opposite(double number) { return number == 0 ? 0 : 0.0 - number; }

void each(const std::vector<int>& items, const std::function<void(int)>& act, int& done) {
    for (int item : items) {
        act(item);
        ++done;
    }
}

double Meter::add(double reading) {
    if (!average_) {
        average_ = reading;
    } else {
        *average_ += (reading - *average_) / 2;
    }
    return *average_;
}

bool Cart::drive(int steps) {
    if (heading == 0) {
        y += steps;
    } else if (heading == 90) {
        x += steps;
    } else if (heading == 270) {
        x -= steps;
    } else {
        return false;
    }
    return true;
}

std::string Timers::next() const {
    const Timer* first = nullptr;
    for (const Timer& timer : timers_) {
        if (!first || timer.due < first->due) {
            first = &timer;
        }
    }
    return first ? first->name : "";
}

void Lines::write(const std::string& text) {
    for (char c : text) {
        if (c != '\n') {
            rest_ += c;
            continue;
        }
        std::string line;
        line.swap(rest_);
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
        take_(line);
    }
}

}
