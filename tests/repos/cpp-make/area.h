#pragma once

int area(int width, int height);

inline int twice(int value) {
    return value * FACTOR;
}
