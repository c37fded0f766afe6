#include <iostream>

#include "area.h"

int main() {
    bool good = area(2, 3) == 6 && area(-1, 3) == 0 && twice(4) == 8;
    std::cout << (good ? "3 checks passed" : "failed") << std::endl;
    return good ? 0 : 1;
}
