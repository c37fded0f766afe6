#include "check.h"
#include "dates.h"

#include <stdexcept>

using namespace shop;

namespace {

void knows_leap_years() {
    CHECK(is_leap(2024));
    CHECK(!is_leap(2023));
    CHECK(!is_leap(1900));
}

void knows_month_lengths() {
    const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
        CHECK(days_in_month(2023, month) == days[month - 1]);
    }
    CHECK(days_in_month(2024, 2) == 29);
    CHECK_THROWS(std::invalid_argument, days_in_month(2024, 13));
    CHECK_THROWS(std::invalid_argument, days_in_month(2024, 0));
}

void knows_weekdays() {
    CHECK(weekday(0) == 4);
    CHECK(weekday(3) == 0);
    CHECK(weekday(-5) == 6);
}

void tells_overlaps() {
    CHECK(overlaps(1, 5, 4, 6));
    CHECK(!overlaps(1, 2, 4, 6));
    CHECK(!overlaps(1, 4, 4, 6));
}

void parses_times() {
    CHECK(parse_time("08:30") == 510);
    CHECK(parse_time("24:00") == -1);
    CHECK(parse_time("12:60") == -1);
    CHECK(parse_time("8") == -1);
    CHECK(parse_time("a:00") == -1);
    CHECK(parse_time(" 8:30") == -1);
    CHECK(parse_time("123:00") == -1);
    CHECK(parse_time("12:345") == -1);
}

void formats_times() {
    CHECK(format_time(510) == "08:30");
    CHECK(format_time(65) == "01:05");
    CHECK(format_time(1439) == "23:59");
    CHECK(format_time(-1) == "23:59");
}

void knows_millis() {
    CHECK(millis(1) == 86400000);
}

void adds_months() {
    Date later = months_later({2023, 1, 31}, 1);
    CHECK(later.year == 2023 && later.month == 2 && later.day == 28);
    later = months_later({2023, 11, 5}, 3);
    CHECK(later.year == 2024 && later.month == 2 && later.day == 5);
    CHECK(months_later({2023, 2, 28}, 1).day == 28);
    CHECK(months_later({1, 1, 1}, -14).month == 11);
}

void numbers_days() {
    CHECK(day_number({1970, 1, 1}) == 0);
    CHECK(day_number({1970, 3, 1}) == 59);
    CHECK(day_number({2000, 1, 1}) == 10957);
}

void knows_quarters() {
    CHECK(quarter(1) == 1);
    CHECK(quarter(3) == 1);
    CHECK(quarter(12) == 4);
    CHECK(quarter(0) == 0);
}

void knows_ages() {
    CHECK(age({2000, 5, 20}, {2020, 6, 1}) == 20);
    CHECK(age({2000, 5, 20}, {2020, 4, 30}) == 19);
    CHECK(age({2000, 5, 20}, {2020, 5, 20}) == 20);
}

}  // namespace

int main() {
    knows_leap_years();
    knows_month_lengths();
    knows_weekdays();
    tells_overlaps();
    parses_times();
    formats_times();
    knows_millis();
    adds_months();
    numbers_days();
    knows_quarters();
    knows_ages();
    return failures == 0 ? 0 : 1;
}
