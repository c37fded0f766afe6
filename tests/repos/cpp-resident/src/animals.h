#pragma once

#include <string>

constexpr int limit(int number) {
    return number > 8 ? 8 : number;
}

class Animal {
public:
    explicit Animal(const std::string& name, int legs = 4);
    virtual ~Animal() = default;
    int legs() const;
    virtual std::string sound() const;

    bool operator<(const Animal& other) const {
        return legs_ < other.legs_;
    }

private:
    std::string name_;
    int legs_;
};

std::string place(const char* said);
