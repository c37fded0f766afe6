#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Money in whole cents, of either sign.
namespace shop {

/// Cents (any) as "-12.05".
std::string format_cents(std::int64_t cents);

/// "12.50", "-3.5" or "7" (up to 12 digits before the point) as cents; nothing for anything else.
std::optional<std::int64_t> parse_cents(const std::string& text);

/// The price of `count` pieces; throws std::overflow_error where an int cannot hold it.
int total(int price, int count);

/// The price less `percent` (0 to 100, or std::invalid_argument), rounded towards zero.
int discounted(int price, int percent);

/// Shares that differ by one at most, larger ones first; none for fewer than one person or
/// more than 1000.
std::vector<int> split(int total, int people);

/// Postage by weight in grams; twice as much for express; throws std::invalid_argument below 0.
int postage(int grams, bool express);

/// The sum of all amounts; 0 for none.
std::int64_t sum(const std::vector<int>& amounts);

/// The first index after which the balance is negative, or -1.
int first_overdraft(std::int64_t start, const std::vector<int>& entries);

/// The discount of a level (null: none): gold 10, silver 5, others 0.
int level_percent(const char* level);

/// Cents with `rate` (per 10000) added, halves to the even; for |cents| and rate up to 10^9.
std::int64_t with_tax(std::int64_t cents, int rate);

/// How often each value (below 1: never) is paid, in the order given and as often as it fits, and
/// what is left of the amount.
std::pair<std::vector<int>, int> coins(int amount, const std::vector<int>& values);

/// An account that is never overdrawn.
class Account {
public:
    explicit Account(std::int64_t balance) : balance_(balance) {}

    std::int64_t balance() const { return balance_; }
    const std::vector<std::int64_t>& entries() const { return entries_; }

    /// Takes the amount off; false, and nothing changed, where it is negative or not there.
    bool withdraw(std::int64_t amount);

    /// Moves the amount to another account, perhaps the same; false where it cannot be withdrawn.
    bool transfer(Account& to, std::int64_t amount);

    /// Books all amounts or, where one of them would overdraw, none of them; whether it did.
    bool book(const std::vector<std::int64_t>& amounts);

private:
    std::int64_t balance_;
    std::vector<std::int64_t> entries_;
};

}  // namespace shop
