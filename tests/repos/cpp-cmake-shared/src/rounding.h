#pragma once

int up(int value, int step);
int down(int value, int step);

inline int rest(int value, int step) {
    return value % step;
}
