#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Lists and what can be done with them.
namespace shop {

/// New lists of `size` items each, the last perhaps shorter; none for size 0.
template <typename T>
std::vector<std::vector<T>> chunked(const std::vector<T>& items, std::size_t size) {
    std::vector<std::vector<T>> chunks;
    for (std::size_t i = 0; size > 0 && i < items.size(); ++i) {
        if (i % size == 0) {
            chunks.emplace_back();
        }
        chunks.back().push_back(items[i]);
    }
    return chunks;
}

/// The items without repetitions, in order of first occurrence.
std::vector<int> distinct(const std::vector<int>& items);

/// The first index of `wanted` in a sorted list, perhaps with repetitions, or -1.
int find(const std::vector<int>& sorted, int wanted);

/// Takes every item equal to `unwanted` (perhaps one of the items itself) out; how many.
std::size_t drop(std::vector<std::string>& items, const std::string& unwanted);

/// Turns the list in place to the right by `by` (any int).
void rotate(std::vector<int>& items, int by);

/// The largest; throws std::invalid_argument for none.
int largest(const std::vector<int>& values);

/// Sorted by length, equal lengths in the order given.
std::vector<std::string> sorted_by_length(std::vector<std::string> names);

/// Names by their length, each group in the order given.
std::map<std::size_t, std::vector<std::string>> by_length(const std::vector<std::string>& names);

/// One supplier an item, each giving its own item, for as long as the supplier lives.
std::vector<std::function<std::string()>> suppliers(const std::vector<std::string>& items);

/// Puts all items behind those of the target, which may be the same list.
void append_all(std::vector<int>& target, const std::vector<int>& items);

/// Whether all values are in ascending order, equal ones allowed.
bool is_sorted(const std::vector<int>& values);

/// Two sorted lists as one, equal values from the left one first.
std::vector<std::pair<int, char>> merged(const std::vector<std::pair<int, char>>& left,
                                         const std::vector<std::pair<int, char>>& right);

/// How many items the test accepts, each tested once, in order.
int count(const std::vector<int>& items, const std::function<bool(int)>& test);

/// The sums of all `size` neighbours; none where there are fewer or size is 0.
std::vector<std::int64_t> window_sums(const std::vector<int>& values, std::size_t size);

/// The longest run of equal neighbours, the first of equally long ones: where it begins and how
/// long it is; nothing for no values.
std::optional<std::pair<std::size_t, std::size_t>> longest_run(const std::vector<int>& values);

/// Keys and values turned round; the smallest key of several with one value.
std::map<int, std::string> inverted(const std::map<std::string, int>& map);

}  // namespace shop
