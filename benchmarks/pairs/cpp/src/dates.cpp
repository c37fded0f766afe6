#include "dates.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <set>
#include <stdexcept>
#include <tuple>

namespace shop {

bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) {
    switch (month) {
        case 2:
            return is_leap(year) ? 29 : 28;
        case 4:
        case 6:
        case 9:
        case 11:
            return 30;
        case 1:
        case 3:
        case 5:
        case 7:
        case 8:
        case 10:
        case 12:
            return 31;
        default:
            throw std::invalid_argument("no such month");
    }
}

int weekday(std::int64_t day) {
    int rest = static_cast<int>(day % 7);
    return (rest + 7 + 4) % 7;
}

bool overlaps(int start_a, int end_a, int start_b, int end_b) {
    return std::max(start_a, start_b) < std::min(end_a, end_b);
}

int parse_time(const std::string& text) {
    std::size_t colon = text.find(':');
    if (colon == std::string::npos || colon < 1 || colon > 2) {
        return -1;
    }
    if (text.size() - colon < 2 || text.size() - colon > 3) {
        return -1;
    }
    int parts[2] = {0, 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == colon) {
            continue;
        }
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        int& part = parts[i < colon ? 0 : 1];
        part = part * 10 + (text[i] - '0');
    }
    return parts[0] < 24 && parts[1] < 60 ? parts[0] * 60 + parts[1] : -1;
}

std::string format_time(int minutes) {
    int rest = minutes % 1440;
    if (rest < 0) {
        rest += 1440;
    }
    std::string out = "00:00";
    out[0] = static_cast<char>('0' + rest / 600);
    out[1] = static_cast<char>('0' + rest / 60 % 10);
    out[3] = static_cast<char>('0' + rest % 60 / 10);
    out[4] = static_cast<char>('0' + rest % 10);
    return out;
}

std::int64_t millis(int days) {
    return std::int64_t{days} * 24 * 60 * 60 * 1000;
}

std::int64_t middle(std::int64_t low, std::int64_t high) {
    return (low & high) + ((low ^ high) >> 1);
}

Date months_later(Date date, int months) {
    int index = date.year * 12 + date.month - 1 + months;
    int year = index / 12;
    int month = index % 12;
    if (month < 0) {
        month += 12;
        --year;
    }
    date.year = year;
    date.month = month + 1;
    date.day = std::min(date.day, days_in_month(date.year, date.month));
    return date;
}

int day_number(const Date& date) {
    int years = date.year - 1;
    int days = years * 365 + years / 4 - years / 100 + years / 400;
    for (int month = 1; month < date.month; ++month) {
        days += days_in_month(date.year, month);
    }
    return days + date.day - 719163;
}

int quarter(int month) {
    if (month < 1 || month > 12) {
        return 0;
    }
    return (month + 2) / 3;
}

std::int64_t next_workday(std::int64_t from, const std::vector<std::int64_t>& holidays) {
    std::int64_t day = from;
    while (weekday(day) >= 5 ||
           std::find(holidays.begin(), holidays.end(), day) != holidays.end()) {
        ++day;
    }
    return day;
}

int age(const Date& birth, const Date& on) {
    int years = on.year - birth.year;
    if (on.month < birth.month || (on.month == birth.month && on.day < birth.day)) {
        --years;
    }
    return std::max(years, 0);
}

}  // namespace shop
