#include <cstdio>

#include "rounding.h"

int main() {
    bool good = down(7, 5) == 5 && rest(7, 5) == 2;
    std::printf("down: %s\n", good ? "good" : "bad");
    return good ? 0 : 1;
}
