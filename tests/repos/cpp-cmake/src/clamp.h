#pragma once

int clamp(int value, int low, int high);

inline bool between(int value, int low, int high) {
    if (value < low) {
        return false;
    }
    return value <= high;
}
