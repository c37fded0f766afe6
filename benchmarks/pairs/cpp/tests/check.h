#pragma once

#include <iostream>

/// Assertions of our own: each failed one is told, and the program ends with 1.
inline int failures = 0;

#define CHECK(condition)                                                               \
    do {                                                                               \
        if (!(condition)) {                                                            \
            std::cerr << __FILE__ << ":" << __LINE__ << ": not so: " #condition "\n"; \
            ++failures;                                                                \
        }                                                                              \
    } while (false)

#define CHECK_THROWS(type, expression)                                                        \
    do {                                                                                      \
        bool thrown = false;                                                                  \
        try {                                                                                 \
            (void)(expression);                                                               \
        } catch (const type&) {                                                               \
            thrown = true;                                                                    \
        }                                                                                     \
        if (!thrown) {                                                                        \
            std::cerr << __FILE__ << ":" << __LINE__ << ": no " #type " of " #expression "\n"; \
            ++failures;                                                                       \
        }                                                                                     \
    } while (false)
