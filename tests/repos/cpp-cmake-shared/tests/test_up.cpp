#include <cstdio>

#include "rounding.h"

int main() {
    bool good = up(7, 5) == 10 && up(10, 5) == 10 && rest(7, 5) == 2;
    std::printf("up: %s\n", good ? "good" : "bad");
    return good ? 0 : 1;
}
