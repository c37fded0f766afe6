#include "animals.h"

#include <cstdlib>

static int twice(int number) {
    return number * 2;
}

namespace {
int once(int number) {
    return number;
}
}

Animal::Animal(const std::string& name, int legs)
    : name_(name), legs_{limit(legs)} {
    if (name_.empty()) {
        name_ = "nobody";
    }
}

int Animal::legs() const {
    return twice(legs_) - once(legs_);
}

std::string Animal::sound() const {
    std::string said = name_;
    said += "!";
    return said;
}

std::string place(const char* said) {
    const char* file = __FILE__;
    std::string line = std::to_string(__LINE__);
    return std::string(said) + " " + file + ":" + line + " " + __func__;
}
