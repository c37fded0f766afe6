#include "parity.h"

bool even(int number) {
    if (number % 2 == 0) {
        return true;
    }
    return false;
}
