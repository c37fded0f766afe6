#include <cstdio>

#include "digits.h"

int main() {
    bool good = digits(0) == 1 && digits(9) == 1 && digits(10) == 2 && digits(12345) == 5;
    std::printf("digits at %p: %s in 0.%d s\n", (void*)&good, good ? "good" : "bad", digits(7));
    return good ? 0 : 1;
}
