#include "wire.h"

#include <cstring>

using namespace wire;

static const int fixed_score = 20;

int main() {
    int one = 5, two = 12, three = 30, most = 9, numbers[] = {1, 4, 9, 16};
    Zone near{1, false};
    Parcel parcels[] = {{200, 500, &near}, {100, 20, &near}};
    Rule rule{&most, true};
    Account account{1000, 0};
    long amount = 300;
    unsigned char data[] = {1, 2, 3};
    char text[] = "word ";
    Level level = Level::middle;
    int slots[] = {0, 0};
    Ring ring{slots, 2, 1, 0};
    bool good = grade(&one) == 0 && grade(&two) == 1 && grade(&three) == 1;
    good = good && rank(&fixed_score) == 1 && apart(&fixed_score, &fixed_score) == 0;
    good = good && postage(parcels) == 350 && heavy(parcels, 2) == 0 && is_within(&rule, 5);
    good = good && withdraw(&account, &amount) && account.balance == 700;
    good = good && above(numbers, 4, 3) == 3 && checksum(data, 3) == 1026;
    good = good && trim(text, 5) == 4 && std::strcmp(text, "word") == 0 && hashed("ab", 2) == 3105;
    good = good && push(&ring, 7) && slots[1] == 7 && push(&ring, 8) && !push(&ring, 9);
    raise_level(&level);
    good = good && place(numbers, 4, 9) == 2 && place(numbers, 4, 5) == -1;
    return good && level == Level::high && total(numbers, numbers + 4) == 30 ? 0 : 1;
}
