#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Days and months without time zones.
namespace shop {

struct Date {
    int year;
    int month;
    int day;
};

/// Whether a Gregorian year has 366 days.
bool is_leap(int year);

/// Days of a month (1 to 12); throws std::invalid_argument for another month.
int days_in_month(int year, int month);

/// The day of the week (0 to 6) of a day number, day 0 being 4; for any number.
int weekday(std::int64_t day);

/// Whether two half-open intervals share a day; an empty one shares none.
bool overlaps(int start_a, int end_a, int start_b, int end_b);

/// "HH:MM" (one or two ASCII digits each) as minutes, or -1 for anything else.
int parse_time(const std::string& text);

/// Minutes (any) as "HH:MM" of their day.
std::string format_time(int minutes);

/// Milliseconds of so many days.
std::int64_t millis(int days);

/// The middle of two points in time (any), rounded down.
std::int64_t middle(std::int64_t low, std::int64_t high);

/// The date so many months (up to 10000 of either sign) later, on the last day of its month where
/// that has fewer; the date is a valid one of the years 1 to 9999.
Date months_later(Date date, int months);

/// The day number of a date (valid, years 1 to 9999), 1970-01-01 being 0.
int day_number(const Date& date);

/// The quarter (1 to 4) of a month; 0 for no month.
int quarter(int month);

/// The first day from `from` on that is no holiday and no weekday 5 or 6 (see weekday).
std::int64_t next_workday(std::int64_t from, const std::vector<std::int64_t>& holidays);

/// Whole years between birth and a later day, as birthdays count them; 0 for an earlier day.
int age(const Date& birth, const Date& on);

}  // namespace shop
