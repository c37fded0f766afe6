#include "shop.hpp"

int main() {
    bool right = shop::Basket({3, 0, 5}).total(1) == 6 && shop::Basket({3}).total(-1) == 0;
    return right ? 0 : 1;
}
