#include "tiny.h"

int main() {
    return tiny() == 7 ? 0 : 1;
}
