#pragma once

inline int tiny() {
    return 7;
}
