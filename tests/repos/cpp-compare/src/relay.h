#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace relay {

/// The number that the text is; none if it is no number, or not an int.
std::optional<int> parsed(const std::string& text);

/// Skips up to the end of the line; how many bytes that were.
std::size_t skipped(std::istream& in);

struct Ticket {
    int id = 0;
    int priority = 0;
};

/// Whether a ticket comes before another: higher priority first, then the lower id.
bool before(const Ticket& a, const Ticket& b);

/// Takes `block` (1 or more) items of one list, then of the other, and so on.
std::vector<int> mixed(const std::vector<int>& a, const std::vector<int>& b, std::size_t block);

double opposite(double number);

/// Does something with each item, and counts in `done` with which.
void each(const std::vector<int>& items, const std::function<void(int)>& act, int& done);

/// An average that forgets; the first reading is taken as it is.
class Meter {
public:
    double add(double reading);

private:
    std::optional<double> average_;
};

struct Cart {
    int x = 0;
    int y = 0;
    int heading = 0;

    bool drive(int steps);
};

struct Timer {
    std::string name;
    int due;
};

class Timers {
public:
    void add(Timer timer) { timers_.push_back(timer); }

    /// The name of the earliest timer, of equal ones that of the first.
    std::string next() const;

private:
    std::vector<Timer> timers_;
};

/// Gives what is written on in whole lines, without "\n" or "\r\n".
class Lines {
public:
    explicit Lines(std::function<void(const std::string&)> take) : take_(take) {}

    void write(const std::string& text);

private:
    std::function<void(const std::string&)> take_;
    std::string rest_;
};

}
