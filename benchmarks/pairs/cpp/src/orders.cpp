#include "orders.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <numeric>
#include <set>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

namespace shop {

State Order::advance() {
    if (state_ == State::sent) {
        throw std::logic_error("already sent");
    }
    history_.push_back(state_);
    state_ = static_cast<State>(static_cast<int>(state_) + 1);
    return state_;
}

bool Order::can_cancel(bool manager) const {
    if (state_ == State::fresh || state_ == State::paid) {
        return true;
    }
    return state_ == State::packed && manager;
}

int Order::add(const std::string& sku, int count) {
    if (count < 1 || count > 1000) {
        throw std::invalid_argument("no such count");
    }
    int& pieces = pieces_[sku];
    pieces += count;
    return pieces;
}

bool Order::take(const std::string& sku) {
    auto found = pieces_.find(sku);
    if (found == pieces_.end()) {
        return false;
    }
    if (--found->second == 0) {
        pieces_.erase(found);
    }
    return true;
}

const std::string& Order::note(const std::string& key) const {
    static const std::string none;
    auto found = notes_.find(key);
    return found == notes_.end() ? none : found->second;
}

std::int64_t Order::size() const {
    std::int64_t size = 0;
    for (const auto& entry : pieces_) {
        size += entry.second;
    }
    return size;
}

std::vector<std::string> Order::skus(int least) const {
    std::vector<std::string> found;
    for (const auto& entry : pieces_) {
        if (entry.second >= least) {
            found.push_back(entry.first);
        }
    }
    return found;
}

std::optional<std::string> Order::take_coupon() {
    std::optional<std::string> taken = coupon_;
    coupon_.reset();
    return taken;
}

void Order::absorb(Order& other) {
    if (&other == this) {
        return;
    }
    for (const auto& entry : other.pieces_) {
        pieces_[entry.first] += entry.second;
    }
    other.pieces_.clear();
}

bool is_sku(const std::string& sku) {
    if (sku.size() != 6 || sku[2] != '-') {
        return false;
    }
    for (std::size_t i = 0; i < 6; ++i) {
        char c = sku[i];
        bool fits = i < 2 ? c >= 'A' && c <= 'Z' : i == 2 || (c >= '0' && c <= '9');
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool luhn(const std::string& number) {
    int total = 0;
    bool twice = false;
    for (std::size_t i = number.size(); i > 0; --i) {
        int digit = number[i - 1] - '0';
        if (digit < 0 || digit > 9) {
            return false;
        }
        if (twice) {
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        total = (total + digit) % 10;
        twice = !twice;
    }
    return number.size() > 1 && total == 0;
}

std::string carrier(int weight, const std::string& country, bool fragile) {
    if (country == "CH") {
        return fragile || weight > 30000 ? "courier" : "post";
    }
    if (weight > 20000) {
        return "freight";
    }
    return fragile ? "courier" : "parcel";
}

std::string shown(bool value) {
    return value ? "yes" : "no";
}

std::string shown(const std::string& value) {
    return '"' + value + '"';
}

std::string setting(const std::string& name, const std::string& value) {
    std::string out = name;
    out += '=';
    out += shown(value);
    return out;
}

std::string ticket(Sequence& numbers) {
    std::string first = std::to_string(numbers.next());
    std::string second = std::to_string(numbers.next());
    return first + "-" + second;
}

int passed(const std::vector<std::function<bool()>>& checks) {
    int count = 0;
    for (const auto& check : checks) {
        if (!check()) {
            break;
        }
        ++count;
    }
    return count;
}

int retry(const std::function<int()>& action, int times) {
    for (int attempt = 1;; ++attempt) {
        try {
            return action();
        } catch (const std::runtime_error&) {
            if (attempt >= times) {
                throw;
            }
        }
    }
}

std::string complaint(const std::function<void()>& action) {
    try {
        action();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

int parse_count(const std::string& text) {
    if (text.empty() || text.size() > 4) {
        throw std::invalid_argument("no count");
    }
    int count = 0;
    for (char c : text) {
        if (c < '0' || c > '9') {
            throw std::invalid_argument("no count");
        }
        count = count * 10 + (c - '0');
    }
    return count;
}

std::string headline(Board& board) {
    const Board& lines = board;
    std::string longest;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines.line(i).size() > longest.size()) {
            longest = lines.line(i);
        }
    }
    return longest;
}

std::vector<int> numbered(const std::vector<std::string>& names, std::map<std::string, int>& last) {
    std::vector<int> numbers;
    for (const std::string& name : names) {
        numbers.push_back(++last[name]);
    }
    return numbers;
}

}  // namespace shop
