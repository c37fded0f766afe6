#include "check.h"
#include "numbers.h"

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace shop;

namespace {

void clamps() {
    CHECK(clamped(5.0, 0.0, 1.0) == 1.0);
    CHECK(clamped(-5.0, 0.0, 1.0) == 0.0);
    CHECK(clamped(0.5, 0.0, 1.0) == 0.5);
    CHECK(std::isnan(clamped(std::nan(""), 0.0, 1.0)));
}

void averages() {
    CHECK(mean({1.0, 2.0, 6.0}) == 3.0);
    CHECK(mean({0.5}) == 0.5);
}

void compares() {
    CHECK(compared(1, 2) == -1);
    CHECK(compared(2, 1) == 1);
    CHECK(compared(2, 2) == 0);
}

void tells_odd_ones() {
    CHECK(is_odd(3));
    CHECK(!is_odd(4));
    CHECK(is_odd(-3));
}

void finds_slots() {
    CHECK(slot(13, 10) == 3);
    CHECK(slot(-3, 10) == 7);
    CHECK_THROWS(std::invalid_argument, slot(1, 0));
}

void divides_up() {
    CHECK(ceil_div(7, 2) == 4);
    CHECK(ceil_div(6, 2) == 3);
    CHECK(ceil_div(-7, 2) == -3);
    CHECK_THROWS(std::invalid_argument, ceil_div(6, 0));
}

void counts_bits() {
    CHECK(bits(7) == 3);
    CHECK(bits(0) == 0);
    CHECK(bits(-1) == 32);
}

void finds_divisors() {
    CHECK(gcd(12, 18) == 6);
    CHECK(gcd(7, 13) == 1);
}

void multiplies() {
    CHECK(factorial(5) == 120);
    CHECK(factorial(0) == 1);
    CHECK(factorial(20) == 2432902008176640000u);
    CHECK_THROWS(std::out_of_range, factorial(21));
    CHECK_THROWS(std::out_of_range, factorial(-1));
}

void tells_same_ones() {
    CHECK(same(1.5, 1.5));
    CHECK(!same(1.5, 2.5));
    CHECK(same(0.0, -0.0));
    CHECK(!same(1.0, std::nan("")));
    CHECK(same(std::nan(""), std::nan("")));
}

void finds_smallest() {
    CHECK(smallest({3.0, 1.0, 2.0}) == 1.0);
    CHECK(smallest({3.0, std::nan(""), 2.0}) == 2.0);
    CHECK(!smallest({}));
}

void rounds() {
    CHECK(rounded(2.4) == 2);
    CHECK(rounded(2.5) == 3);
    CHECK(rounded(-2.5) == -3);
    CHECK(rounded(-2.6) == -3);
    CHECK_THROWS(std::out_of_range, rounded(1e300));
    CHECK_THROWS(std::out_of_range, rounded(std::nan("")));
}

void saturates() {
    CHECK(saturated_sum(2, 3) == 5);
    CHECK(saturated_sum(-2, std::numeric_limits<int>::min()) == std::numeric_limits<int>::min());
    CHECK(saturated_sum(std::numeric_limits<int>::max(), 1) == std::numeric_limits<int>::max());
}

void raises() {
    CHECK(power_mod(3, 4, 7) == 4);
    CHECK(power_mod(2, 10, 1000) == 24);
    CHECK_THROWS(std::invalid_argument, power_mod(2, 3, 0));
}

void takes_roots() {
    CHECK(root(16) == 4);
    CHECK(root(17) == 4);
    CHECK(root(std::numeric_limits<int>::max()) == 46340);
    CHECK(root(-1) == -1);
}

void scales() {
    CHECK((scaled({1.0, 2.5}, 2.0) == std::vector<double>{2.0, 5.0}));
    CHECK((scaled({1.0}, 0.1) == std::vector<double>{0.1}));
}

void measures_steps() {
    CHECK(widest_step({1, 4, 2}) == 3);
    CHECK(widest_step({5, 1}) == 4);
    CHECK(widest_step({5}) == 0);
    CHECK(widest_step({}) == 0);
}

}  // namespace

int main() {
    clamps();
    averages();
    compares();
    tells_odd_ones();
    finds_slots();
    divides_up();
    counts_bits();
    finds_divisors();
    multiplies();
    tells_same_ones();
    finds_smallest();
    rounds();
    saturates();
    raises();
    takes_roots();
    scales();
    measures_steps();
    return failures == 0 ? 0 : 1;
}
