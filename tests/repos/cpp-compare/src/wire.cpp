#include "wire.h"

#include <algorithm>
#include <cstring>

namespace wire {

int grade(const int* score) {
    if (*score > 10) {
        return 1;
    }
    return 0;
}

int rank(const int* score) {
    return *score > 10 ? 1 : 2;
}

int apart(const int* one, const int* other) {
    return *one == *other ? 0 : 1;
}

long postage(const Parcel* parcel) {
    long cents = parcel->value > 10000 ? 450 : 300;
    if (parcel->zone->remote) {
        cents += 200;
    }
    return cents + 50 * static_cast<long>(parcel->zone->number);
}

bool is_within(const Rule* rule, int number) {
    return rule->strict ? number < *rule->most : number <= *rule->most;
}

bool withdraw(Account* account, const long* amount) {
    if (*amount <= 0 || *amount > account->balance) {
        account->refused += 1;
        return false;
    }
    account->balance -= *amount;
    return true;
}

int above(const int* numbers, std::size_t count, int limit) {
    int found = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (numbers[i] > limit) {
            ++found;
        }
    }
    return found;
}

int heavy(const Parcel* parcels, std::size_t count) {
    int found = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (parcels[i].grams > 2000) {
            ++found;
        }
    }
    return found;
}

unsigned checksum(const unsigned char* data, std::size_t size) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        sum = (sum * 31 + data[i]) % 9973;
    }
    return sum;
}

std::size_t trim(char* text, std::size_t length) {
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) {
        --length;
        text[length] = '\0';
    }
    return length;
}

unsigned hashed(const char* text, std::size_t length) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < length; ++i) {
        sum = sum * 31 + static_cast<unsigned char>(text[i]);
    }
    return sum;
}

void raise_level(Level* level) {
    if (*level == Level::low) {
        *level = Level::middle;
    } else {
        *level = Level::high;
    }
}

bool push(Ring* ring, int value) {
    if (ring->count == ring->capacity) {
        return false;
    }
    ring->slots[(ring->head + ring->count) % ring->capacity] = value;
    ++ring->count;
    return true;
}

int place(const int* sorted, std::size_t count, int number) {
    const int* found = std::lower_bound(sorted, sorted + count, number);
    return found == sorted + count || *found != number ? -1 : static_cast<int>(found - sorted);
}

int total(const int* first, const int* last) {
    int sum = 0;
    for (; first != last; ++first) {
        if (*first > 0) {
            sum += *first % 1000;
        }
    }
    return sum;
}

}
