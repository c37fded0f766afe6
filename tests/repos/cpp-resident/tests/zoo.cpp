#include <cstdio>
#include <cstring>
#include <string>

#include "animals.h"
#include "cages.h"

static bool good(const std::string& name) {
    if (name == "legs") {
        return Animal("bee", 6).legs() == 6 && Animal("bee") < Animal("ant", 6);
    }
    if (name == "sound") {
        open_to(30);
        return Animal("bee").sound() == "bee!" && Animal("").sound() == "nobody!";
    }
    if (name == "cage") {
        return cage(1) == 1 && cage(1) == 2 && cage(3) == 30 && cage(4) == -1;
    }
    if (name == "sum") {
        const int numbers[] = {1, 2, 3};
        return sum(numbers, 3) == 6;
    }
    if (name == "places") {
        std::printf("%s\n", place("here").c_str());
        return true;
    }
    if (name == "limit") {
        static_assert(limit(9) == 8, "");
        return Animal("spider", 8).legs() == 8;
    }
    return lost(6) != 1;
}

int main(int, char** arguments) {
    bool right = good(arguments[1]);
    std::printf("%s: %s\n", arguments[1], right ? "good" : "bad");
    return right ? 0 : 1;
}
