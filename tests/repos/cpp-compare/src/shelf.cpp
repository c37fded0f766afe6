#include "shelf.h"

#include <algorithm>
#include <stdexcept>

namespace shelf {

static int sales = 0;

bool Load::breaks(int pieces) const {
    return pieces > 2L * most_;
}

int Ring::push(int value) {
    int gone = -1;
    if (size_ == slots_.size()) {
        gone = slots_[first_];
        first_ = (first_ + 1) % slots_.size();
        size_--;
    }
    slots_[(first_ + size_) % slots_.size()] = value;
    size_++;
    return gone;
}

long Drawer::all() const {
    long sum = 0;
    for (const auto& entry : pieces_) {
        sum += entry.second;
    }
    return sum;
}

const std::string& Drawer::label(const std::string& article) const {
    static const std::string none;
    auto found = labels_.find(article);
    return found == labels_.end() ? none : found->second;
}

Handle& Handle::operator=(Handle&& other) {
    if (this != &other) {
        order_ = other.order_;
        other.order_ = nullptr;
    }
    return *this;
}

int checksum(const std::string& text) {
    int sum = 7;
    for (unsigned char byte : text) {
        sum = (sum * 31 + byte) % 65536;
    }
    return sum;
}

long cost(const Order& order, int price) {
    if (order.pieces < 1) {
        throw std::invalid_argument("no pieces of " + order.article);
    }
    return static_cast<long>(order.pieces) * price;
}

int day_of_year(const Date& date) {
    int days = date.day;
    for (int month = 1; month < date.month; ++month) {
        days += month == 2 ? 28 + (date.year % 4 == 0) : 30 + (month + month / 8) % 2;
    }
    return days;
}

int place(const std::vector<int>& sorted, int number) {
    auto found = std::lower_bound(sorted.begin(), sorted.end(), number);
    return found == sorted.end() || *found != number ? -1 : static_cast<int>(found - sorted.begin());
}

int take(std::vector<std::string>& items, const std::string& one) {
    const std::string wanted = one;
    const auto end = std::remove(items.begin(), items.end(), wanted);
    const int taken = static_cast<int>(items.end() - end);
    items.erase(end, items.end());
    return taken;
}

std::string sorted_names(std::vector<std::string> names) {
    std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return a.size() < b.size();
    });
    std::string all;
    for (const std::string& name : names) {
        all += name + ";";
    }
    return all;
}

int count(const std::vector<int>& items, const std::function<bool(int)>& test) {
    int found = 0;
    for (int item : items) {
        if (test(item)) {
            ++found;
        }
    }
    return found;
}

int share(int whole, int parts) {
    return whole / parts;
}

char letter(const std::string& text, unsigned long place) {
    return text.at(place);
}

void sold(int pieces) {
    if (pieces > 0) {
        ++sales;
    }
}

std::size_t spots(std::size_t count) {
    std::vector<char> seen(count);
    return seen.size();
}

int lines(std::istream& in) {
    int count = 0;
    std::string line;
    while (std::getline(in, line)) {
        ++count;
    }
    return count;
}

int digits(const std::string& text) {
    int number = 0;
    for (char c : text) {
        if (c < '0' || c > '9' || number > 9999) {
            throw std::invalid_argument("no number");
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

}
