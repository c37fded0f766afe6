#include "check.h"
#include "money.h"

#include <climits>
#include <stdexcept>

using namespace shop;

namespace {

void formats() {
    CHECK(format_cents(1205) == "12.05");
    CHECK(format_cents(0) == "0.00");
    CHECK(format_cents(-350) == "-3.50");
    CHECK(format_cents(-5) == "-0.05");
}

void parses() {
    CHECK(parse_cents("12.50") == 1250);
    CHECK(parse_cents("-3.5") == -350);
    CHECK(parse_cents("7") == 700);
    CHECK(parse_cents("0.29") == 29);
    CHECK(!parse_cents("x"));
    CHECK(!parse_cents("7."));
    CHECK(!parse_cents("-"));
    CHECK(!parse_cents(""));
    CHECK(!parse_cents("1234567890123"));
}

void totals() {
    CHECK(total(200, 3) == 600);
    CHECK_THROWS(std::overflow_error, total(INT_MAX, 2));
    CHECK_THROWS(std::overflow_error, total(INT_MIN, 2));
}

void discounts() {
    CHECK(discounted(999, 10) == 899);
    CHECK(discounted(100, 0) == 100);
    CHECK_THROWS(std::invalid_argument, discounted(100, 101));
}

void splits() {
    CHECK((split(10, 3) == std::vector<int>{4, 3, 3}));
    CHECK((split(-1, 2) == std::vector<int>{0, -1}));
    CHECK((split(6, 4) == std::vector<int>{2, 2, 1, 1}));
    CHECK(split(10, 0).empty());
}

void asks_postage() {
    CHECK(postage(400, false) == 390);
    CHECK(postage(500, false) == 390);
    CHECK(postage(1500, true) == 1380);
    CHECK(postage(5000, false) == 1290);
    CHECK_THROWS(std::invalid_argument, postage(-1, false));
}

void sums() {
    CHECK(sum({1, 2, 3}) == 6);
    CHECK(sum({}) == 0);
    CHECK(sum({INT_MAX, INT_MAX}) == 4294967294);
}

void finds_overdrafts() {
    CHECK(first_overdraft(10, {5, -20, 1}) == 1);
    CHECK(first_overdraft(10, {5}) == -1);
}

void knows_levels() {
    CHECK(level_percent("gold") > level_percent("silver"));
    CHECK(level_percent("none") == 0);
    CHECK(level_percent("golden") == 0);
    CHECK(level_percent(nullptr) == 0);
}

void taxes() {
    CHECK(with_tax(10000, 770) == 10770);
    CHECK(with_tax(50, 100) == 50);
    CHECK(with_tax(199, 770) == 214);
    CHECK(with_tax(-199, 770) == -214);
}

void pays_with_coins() {
    auto paid = coins(87, {50, 20, 10});
    CHECK((paid.first == std::vector<int>{1, 1, 1}));
    CHECK(paid.second == 7);
    paid = coins(50, {50});
    CHECK(paid.second == 0);
}

void withdraws() {
    Account account(100);
    CHECK(account.withdraw(30));
    CHECK(!account.withdraw(71));
    CHECK(!account.withdraw(-1));
    CHECK(account.balance() == 70);
    CHECK((account.entries() == std::vector<std::int64_t>{-30}));
    CHECK(account.withdraw(70));
}

void transfers() {
    Account from(100);
    Account to(0);
    CHECK(from.transfer(to, 60));
    CHECK(!from.transfer(to, 60));
    CHECK(from.balance() == 40);
    CHECK(to.balance() == 60);
}

void books() {
    Account account(100);
    CHECK(account.book({-50, 20}));
    CHECK(account.balance() == 70);
    CHECK(!account.book({-80}));
    CHECK(!account.book({-10, -80}));
    CHECK(account.balance() == 70);
}

}  // namespace

int main() {
    formats();
    parses();
    totals();
    discounts();
    splits();
    asks_postage();
    sums();
    finds_overdrafts();
    knows_levels();
    taxes();
    pays_with_coins();
    withdraws();
    transfers();
    books();
    return failures == 0 ? 0 : 1;
}
