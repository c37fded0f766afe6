#pragma once

#include <functional>
#include <istream>
#include <map>
#include <string>
#include <vector>

namespace shelf {

struct Order {
    int pieces;
    std::string article;
};

struct Date {
    int year;
    int month;
    int day;
};

class Ring {
public:
    Ring() : first_(0), size_(0), slots_(3) {}
    int push(int value);

private:
    unsigned long first_;
    unsigned long size_;
    std::vector<int> slots_;
};

class Load {
public:
    explicit Load(int most) : most_(most) {}
    bool breaks(int pieces) const;

private:
    int most_;
};

class Drawer {
public:
    explicit Drawer(std::map<std::string, int> pieces) : pieces_(pieces) {}
    long all() const;
    const std::string& label(const std::string& article) const;

private:
    std::map<std::string, int> pieces_;
    std::map<std::string, std::string> labels_;
};

class Handle {
public:
    explicit Handle(Order* order) : order_(order) {}
    Handle(Handle&& other) : order_(other.order_) { other.order_ = nullptr; }
    Handle& operator=(Handle&& other);
    bool holds() const { return order_ != nullptr; }

private:
    Order* order_;
};

int checksum(const std::string& text);

/// The cost of an order.
long cost(const Order& order, int price);

/// The day of the year of a date (a valid one).
int day_of_year(const Date& date);

/// The place of a number in a sorted list, the first of several; -1 for none.
int place(const std::vector<int>& sorted, int number);

/// Takes out what is equal to `one`, which may be one of the items.
int take(std::vector<std::string>& items, const std::string& one);

std::string sorted_names(std::vector<std::string> names);

int count(const std::vector<int>& items, const std::function<bool(int)>& test);

/// The share of one of `parts` (1 to 100).
int share(int whole, int parts);

char letter(const std::string& text, unsigned long place);

int digits(const std::string& text);

void sold(int pieces);
std::size_t spots(std::size_t count);

int lines(std::istream& in);

}
