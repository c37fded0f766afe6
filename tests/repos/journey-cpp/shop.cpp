#include "shop.hpp"

#include <utility>

namespace shop {

std::string grade(const int* score) {
    // no score, no grade
    if (score == nullptr) {
        return "none";
    } else {
        const char* label = *score > 10 ? "good" : "bad";
        return label;
    }
}

Basket::Basket(std::vector<int> prices) : prices_(std::move(prices)) {}

int Basket::total(int rebate) const {
    int total = 0;
    for (int price : prices_) {
        if (price > 0) {
            if (rebate >= 0) {
                total += price - rebate;
            }
        }
    }
    return total;
}

int Basket::untested(bool value) const {
    if (value) {
        return 1;
    } else {
        return 2;
    }
}

}  // namespace shop
