#pragma once

#include <stdexcept>
#include <vector>

template <typename T>
class Stack {
public:
    void push(const T& value) {
        items.push_back(value);
    }

    T pop() {
        if (items.empty()) {
            throw std::out_of_range("empty");
        }
        T value = items.back();
        items.pop_back();
        return value;
    }

    int size() const {
        return static_cast<int>(items.size());
    }

private:
    std::vector<T> items;
};
