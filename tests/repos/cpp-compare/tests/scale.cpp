#include "scale.h"

using namespace scale;

int main() {
    Scale own;
    bool good = part({3, 5, 8, 9}, 50) == 2 && heaviest({1.5, 4, 2}) == 1 && run({7, 7, 9}) == 2;
    good = good && own.put(4) == 4 && own.put(2) == 6;
    Lamps lamps(1);
    good = good && lamps.show(3) == 3 && lamps.show(2) == 3;
    good = good && number("12") == 12 && items("coat:red/hat:blue").size() == 2;
    return good ? 0 : 1;
}
