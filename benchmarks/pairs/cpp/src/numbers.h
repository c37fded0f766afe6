#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// Figures: any double (NaN and infinities too) and any int, unless it says otherwise.
namespace shop {

/// The value or the bound (low not above high, neither NaN) that it passes; NaN stays NaN.
double clamped(double value, double low, double high);

/// The mean, added from left to right; NaN for no values.
double mean(const std::vector<double>& values);

/// -1, 0 or 1.
int compared(int a, int b);

/// Whether an int is odd.
bool is_odd(int number);

/// A slot from 0 to `slots` - 1 for any hash; throws std::invalid_argument for slots below 1.
int slot(int hash, int slots);

/// a / b rounded up, for any a; throws std::invalid_argument for b below 1.
int ceil_div(int a, int b);

/// How many bits of a number are set, negative ones too.
int bits(int number);

/// The greatest common divisor; gcd(0, 0) is 0.
unsigned gcd(unsigned a, unsigned b);

/// n! for 0 to 20; throws std::out_of_range otherwise.
std::uint64_t factorial(int n);

/// Whether two doubles are the same value: NaN equals NaN, 0.0 equals -0.0.
bool same(double a, double b);

/// The smallest value that is not NaN, the first of equal ones; nothing where there is none.
std::optional<double> smallest(const std::vector<double>& values);

/// The nearest whole number, halves away from zero; throws std::out_of_range at 1e15 and beyond
/// and for NaN.
std::int64_t rounded(double value);

/// The sum, or the largest or smallest int where it passes that.
int saturated_sum(int a, int b);

/// base^exponent modulo `modulus` (at least 1, or std::invalid_argument).
std::uint32_t power_mod(std::uint32_t base, std::uint32_t exponent, std::uint32_t modulus);

/// The largest whole number whose square is not above n; -1 for a negative n.
int root(int n);

/// The values times the factor, as a new list.
std::vector<double> scaled(const std::vector<double>& values, double factor);

/// The largest distance between two neighbours of the list, 0 for fewer than two.
std::int64_t widest_step(const std::vector<int>& values);

}  // namespace shop
