#include "lists.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <list>
#include <numeric>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

namespace shop {

std::vector<int> distinct(const std::vector<int>& items) {
    std::vector<int> unique;
    std::set<int> seen;
    for (int item : items) {
        if (seen.insert(item).second) {
            unique.push_back(item);
        }
    }
    return unique;
}

int find(const std::vector<int>& sorted, int wanted) {
    std::size_t low = 0;
    std::size_t high = sorted.size();
    while (low < high) {
        std::size_t middle = low + (high - low) / 2;
        if (sorted[middle] < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < sorted.size() && sorted[low] == wanted ? static_cast<int>(low) : -1;
}

std::size_t drop(std::vector<std::string>& items, const std::string& unwanted) {
    std::vector<std::string> kept;
    for (const std::string& item : items) {
        if (item != unwanted) {
            kept.push_back(item);
        }
    }
    std::size_t dropped = items.size() - kept.size();
    items = kept;
    return dropped;
}

void rotate(std::vector<int>& items, int by) {
    if (items.empty()) {
        return;
    }
    std::int64_t size = static_cast<std::int64_t>(items.size());
    std::int64_t shift = by % size;
    if (shift < 0) {
        shift += size;
    }
    std::vector<int> old = items;
    for (std::size_t i = 0; i < old.size(); ++i) {
        items[(i + static_cast<std::size_t>(shift)) % old.size()] = old[i];
    }
}

int largest(const std::vector<int>& values) {
    if (values.empty()) {
        throw std::invalid_argument("no values");
    }
    int best = values[0];
    for (int value : values) {
        if (value > best) {
            best = value;
        }
    }
    return best;
}

std::vector<std::string> sorted_by_length(std::vector<std::string> names) {
    std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return a.size() < b.size();
    });
    return names;
}

std::map<std::size_t, std::vector<std::string>> by_length(const std::vector<std::string>& names) {
    std::map<std::size_t, std::vector<std::string>> groups;
    for (const std::string& name : names) {
        groups[name.size()].push_back(name);
    }
    return groups;
}

std::vector<std::function<std::string()>> suppliers(const std::vector<std::string>& items) {
    std::vector<std::function<std::string()>> found;
    for (const std::string& item : items) {
        found.push_back([item] { return item; });
    }
    return found;
}

void append_all(std::vector<int>& target, const std::vector<int>& items) {
    std::size_t count = items.size();
    target.reserve(target.size() + count);
    for (std::size_t i = 0; i < count; ++i) {
        target.push_back(items[i]);
    }
}

bool is_sorted(const std::vector<int>& values) {
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (values[i - 1] > values[i]) {
            return false;
        }
    }
    return true;
}

std::vector<std::pair<int, char>> merged(const std::vector<std::pair<int, char>>& left,
                                         const std::vector<std::pair<int, char>>& right) {
    std::vector<std::pair<int, char>> out;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() || j < right.size()) {
        if (j == right.size() || (i < left.size() && left[i].first <= right[j].first)) {
            out.push_back(left[i++]);
        } else {
            out.push_back(right[j++]);
        }
    }
    return out;
}

int count(const std::vector<int>& items, const std::function<bool(int)>& test) {
    int count = 0;
    for (int item : items) {
        if (test(item)) {
            ++count;
        }
    }
    return count;
}

std::vector<std::int64_t> window_sums(const std::vector<int>& values, std::size_t size) {
    std::vector<std::int64_t> sums;
    if (size == 0 || size > values.size()) {
        return sums;
    }
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i];
        if (i >= size) {
            sum -= values[i - size];
        }
        if (i + 1 >= size) {
            sums.push_back(sum);
        }
    }
    return sums;
}

std::optional<std::pair<std::size_t, std::size_t>> longest_run(const std::vector<int>& values) {
    std::optional<std::pair<std::size_t, std::size_t>> best;
    std::size_t start = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != values[start]) {
            start = i;
        }
        if (!best || i - start + 1 > best->second) {
            best = std::make_pair(start, i - start + 1);
        }
    }
    return best;
}

std::map<int, std::string> inverted(const std::map<std::string, int>& map) {
    std::map<int, std::string> turned;
    for (const auto& entry : map) {
        turned.insert({entry.second, entry.first});
    }
    return turned;
}

}  // namespace shop
