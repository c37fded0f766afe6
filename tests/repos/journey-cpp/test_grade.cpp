#include "shop.hpp"

int main() {
    int good = 11, bad = 10;
    bool right = shop::grade(nullptr) == "none" && shop::grade(&good) == "good" &&
                 shop::grade(&bad) == "bad";
    return right ? 0 : 1;
}
