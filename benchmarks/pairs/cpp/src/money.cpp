#include "money.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string_view>

namespace shop {

std::string format_cents(std::int64_t cents) {
    std::uint64_t size = static_cast<std::uint64_t>(cents);
    if (cents < 0) {
        size = 0 - size;
    }
    std::string digits = std::to_string(size);
    if (digits.size() < 3) {
        digits.insert(0, 3 - digits.size(), '0');
    }
    digits.insert(digits.size() - 2, ".");
    return cents < 0 ? "-" + digits : digits;
}

std::optional<std::int64_t> parse_cents(const std::string& text) {
    std::size_t i = 0;
    bool negative = false;
    if (i < text.size() && text[i] == '-') {
        negative = true;
        ++i;
    }
    std::int64_t cents = 0;
    std::size_t before = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
        cents = cents * 10 + (text[i] - '0');
        if (++before > 12) {
            return std::nullopt;
        }
    }
    if (before == 0) {
        return std::nullopt;
    }
    std::size_t after = 0;
    if (i < text.size() && text[i] == '.') {
        for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9' && after < 2; ++i) {
            cents = cents * 10 + (text[i] - '0');
            ++after;
        }
        if (after == 0) {
            return std::nullopt;
        }
    }
    if (i != text.size()) {
        return std::nullopt;
    }
    for (; after < 2; ++after) {
        cents *= 10;
    }
    return negative ? -cents : cents;
}

int total(int price, int count) {
    std::int64_t product = static_cast<std::int64_t>(price) * count;
    if (product < INT_MIN || product > INT_MAX) {
        throw std::overflow_error("total too large");
    }
    return static_cast<int>(product);
}

int discounted(int price, int percent) {
    if (percent < 0 || percent > 100) {
        throw std::invalid_argument("no such percentage");
    }
    return static_cast<int>(static_cast<std::int64_t>(price) * (100 - percent) / 100);
}

std::vector<int> split(int total, int people) {
    std::vector<int> shares;
    if (people < 1 || people > 1000) {
        return shares;
    }
    int share = total / people;
    int left = total % people;
    if (left < 0) {
        left += people;
        --share;
    }
    for (int i = 0; i < people; ++i) {
        shares.push_back(i < left ? share + 1 : share);
    }
    return shares;
}

int postage(int grams, bool express) {
    if (grams < 0) {
        throw std::invalid_argument("negative weight");
    }
    int cost;
    if (grams <= 500) {
        cost = 390;
    } else if (grams <= 2000) {
        cost = 690;
    } else {
        cost = 1290;
    }
    return express ? cost * 2 : cost;
}

std::int64_t sum(const std::vector<int>& amounts) {
    std::int64_t sum = 0;
    for (int amount : amounts) {
        sum += amount;
    }
    return sum;
}

int first_overdraft(std::int64_t start, const std::vector<int>& entries) {
    std::int64_t balance = start;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        balance += entries[i];
        if (balance < 0) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

int level_percent(const char* level) {
    if (level == nullptr) {
        return 0;
    }
    if (std::strcmp(level, "gold") == 0) {
        return 10;
    }
    if (std::strcmp(level, "silver") == 0) {
        return 5;
    }
    return 0;
}

std::int64_t with_tax(std::int64_t cents, int rate) {
    std::int64_t scaled = cents * (10000 + static_cast<std::int64_t>(rate));
    std::int64_t whole = scaled / 10000;
    std::int64_t rest = std::abs(scaled % 10000);
    if (rest > 5000 || (rest == 5000 && whole % 2 != 0)) {
        whole += scaled < 0 ? -1 : 1;
    }
    return whole;
}

std::pair<std::vector<int>, int> coins(int amount, const std::vector<int>& values) {
    std::vector<int> counts;
    for (int value : values) {
        int count = value > 0 && amount >= value ? amount / value : 0;
        counts.push_back(count);
        amount -= count * value;
    }
    return {counts, amount};
}

bool Account::withdraw(std::int64_t amount) {
    if (amount < 0 || amount > balance_) {
        return false;
    }
    balance_ -= amount;
    entries_.push_back(-amount);
    return true;
}

bool Account::transfer(Account& to, std::int64_t amount) {
    if (!withdraw(amount)) {
        return false;
    }
    to.balance_ += amount;
    to.entries_.push_back(amount);
    return true;
}

bool Account::book(const std::vector<std::int64_t>& amounts) {
    std::int64_t balance = balance_;
    for (std::int64_t amount : amounts) {
        balance += amount;
        if (balance < 0) {
            return false;
        }
    }
    balance_ = balance;
    entries_.insert(entries_.end(), amounts.begin(), amounts.end());
    return true;
}

}  // namespace shop
