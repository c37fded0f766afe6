#include <cstdio>

#include "clamp.h"

int main(int argc, char**) {
    if (argc > 1) {
        return 77;
    }
    bool good = clamp(5, 1, 3) == 3 && clamp(-5, 1, 3) == 1 && clamp(2, 1, 3) == 2;
    good = good && between(2, 1, 3) && !between(0, 1, 3);
    std::printf("clamp: %s\n", good ? "good" : "bad");
    return good ? 0 : 1;
}
