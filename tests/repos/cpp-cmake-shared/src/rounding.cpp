#include "rounding.h"

int up(int value, int step) {
    int over = rest(value, step);
    return over == 0 ? value : value - over + step;
}

int down(int value, int step) {
    return value - rest(value, step);
}
