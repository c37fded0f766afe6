#pragma once

#include <cstddef>

namespace wire {

struct Zone {
    int number;
    bool remote;
};

struct Parcel {
    int grams;
    int value;
    const Zone* zone;
};

struct Rule {
    const int* most;
    bool strict;
};

struct Account {
    long balance;
    int refused;
};

struct Ring {
    int* slots;
    unsigned capacity;
    unsigned head;
    unsigned count;
};

enum class Level { low, middle, high };

int grade(const int* score);
int rank(const int* score);
int apart(const int* one, const int* other);
long postage(const Parcel* parcel);
bool is_within(const Rule* rule, int number);
bool withdraw(Account* account, const long* amount);
int above(const int* numbers, std::size_t count, int limit);
int heavy(const Parcel* parcels, std::size_t count);
unsigned checksum(const unsigned char* data, std::size_t size);
std::size_t trim(char* text, std::size_t length);
unsigned hashed(const char* text, std::size_t length);
void raise_level(Level* level);
bool push(Ring* ring, int value);

/// The place of a number among sorted ones, -1 for none.
int place(const int* sorted, std::size_t count, int number);

int total(const int* first, const int* last);

}
