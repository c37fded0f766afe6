#include "check.h"
#include "lists.h"

#include <stdexcept>

using namespace shop;

namespace {

using Ints = std::vector<int>;
using Names = std::vector<std::string>;

void chunks() {
    CHECK((chunked(Ints{1, 2, 3, 4, 5}, 2) == std::vector<Ints>{{1, 2}, {3, 4}, {5}}));
    CHECK(chunked(Ints{}, 2).empty());
    CHECK((chunked(Ints{1, 2, 3, 4, 5}, 3) == std::vector<Ints>{{1, 2, 3}, {4, 5}}));
    CHECK(chunked(Ints{1}, 0).empty());
}

void keeps_distinct_ones() {
    CHECK((distinct({1, 2, 1, 3, 2}) == Ints{1, 2, 3}));
    CHECK((distinct({3, 1, 3}) == Ints{3, 1}));
}

void finds() {
    CHECK(find({1, 3, 5}, 3) == 1);
    CHECK(find({1, 3, 5}, 1) == 0);
    CHECK(find({1, 3, 5}, 4) == -1);
    CHECK(find({}, 4) == -1);
}

void drops() {
    Names items{"pen", "ink", "pen"};
    CHECK(drop(items, "pen") == 2);
    CHECK(items == Names{"ink"});
    items = {"pen", "pen", "ink"};
    CHECK(drop(items, "pen") == 2);
}

void rotates() {
    Ints items{1, 2, 3, 4};
    rotate(items, 1);
    CHECK((items == Ints{4, 1, 2, 3}));
    rotate(items, 6);
    CHECK((items == Ints{2, 3, 4, 1}));
    Ints three{1, 2, 3};
    rotate(three, -1);
    CHECK((three == Ints{2, 3, 1}));
    Ints none;
    rotate(none, 3);
    CHECK(none.empty());
}

void finds_largest() {
    CHECK(largest({3, 7, 5}) == 7);
    CHECK(largest({-3, -7}) == -3);
    CHECK_THROWS(std::invalid_argument, largest({}));
}

void sorts() {
    CHECK((sorted_by_length({"ccc", "b", "aa", "a"}) == Names{"b", "a", "aa", "ccc"}));
}

void groups() {
    auto groups = by_length({"pen", "ink", "a"});
    CHECK(groups.size() == 2);
    CHECK((groups[3] == Names{"pen", "ink"}));
    CHECK(by_length({"pen", "pen"})[3].size() == 2);
}

void supplies() {
    Names items{"pen", "ink"};
    auto found = suppliers(items);
    CHECK(found[0]() == "pen");
    CHECK(found[1]() == "ink");
}

void appends() {
    Ints target{1, 2};
    append_all(target, {3, 4});
    CHECK((target == Ints{1, 2, 3, 4}));
}

void tells_sorted_ones() {
    CHECK(is_sorted({1, 2, 3}));
    CHECK(!is_sorted({1, 3, 2}));
    CHECK(is_sorted({1}));
    CHECK(is_sorted({2, 2}));
    CHECK(is_sorted({}));
}

void merges() {
    auto all = merged({{1, 'a'}, {3, 'a'}}, {{2, 'b'}, {4, 'b'}});
    CHECK((all == std::vector<std::pair<int, char>>{{1, 'a'}, {2, 'b'}, {3, 'a'}, {4, 'b'}}));
    CHECK(merged({{1, 'a'}}, {}).size() == 1);
}

void counts() {
    CHECK(count({1, 2, 3, 4}, [](int item) { return item > 2; }) == 2);
}

void sums_windows() {
    CHECK((window_sums({1, 2, 3, 4}, 2) == std::vector<std::int64_t>{3, 5, 7}));
    CHECK(window_sums({1, 2}, 3).empty());
    CHECK(window_sums({1, 2}, 2).size() == 1);
}

void finds_runs() {
    auto run = longest_run({1, 2, 2, 2, 3});
    CHECK(run && run->first == 1 && run->second == 3);
    run = longest_run({1, 1, 2, 2});
    CHECK(run && run->first == 0);
    CHECK(!longest_run({}));
}

}  // namespace

int main() {
    chunks();
    keeps_distinct_ones();
    finds();
    drops();
    rotates();
    finds_largest();
    sorts();
    groups();
    supplies();
    appends();
    tells_sorted_ones();
    merges();
    counts();
    sums_windows();
    finds_runs();
    return failures == 0 ? 0 : 1;
}
