#include "cages.h"

#include "animals.h"

namespace {
int opened = cage(3);
}

int cage(int number) {
    static int calls = 0;
    switch (number) {
    case 1:
        ++calls;
        break;
    case 3:
        return 30;
    default:
        return -1;
    }
    return calls + (opened == 30 ? 0 : 100);
}

int sum(const int* numbers, int count) {
    int total = 0;
again:
    if (count == 0) {
        return total;
    }
    total += numbers[--count];
    goto again;
}

int lost(int number) {
    return Animal("ant", number).legs() == 6 ? 1 : 0;
}

void open_to(int number) {
    if (number < 0) {
        return;
    }
    opened = number;
}
