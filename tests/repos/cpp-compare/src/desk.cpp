#include "desk.h"

#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <stdexcept>

namespace desk {

Hidden* hidden() {
    static long place = 0;
    return reinterpret_cast<Hidden*>(&place);
}

void seal(Hidden* hidden) {
    *reinterpret_cast<long*>(hidden) += 1;
}

int grade(int score) {
    if (score > 90) {
        return 1;
    }
    return score > 50 ? 2 : 3;
}

int middle(int low, int high) {
    return low + (high - low) / 2;
}

unsigned char wrapped(int number) {
    return static_cast<unsigned char>(number);
}

double ratio(double part, double whole) {
    return part / whole;
}

double signed_zero(double number) {
    return number * 0.0;
}

int apart(int one, int other) {
    return one - other;
}

int checked(int age) {
    if (age < 0) {
        throw std::out_of_range("age");
    }
    return age;
}

int divided(int number, int by) {
    if (by == 0) {
        return 0;
    }
    return number / by;
}

void sort_in_place(std::vector<int>& items) {
    std::sort(items.begin(), items.end());
}

std::string shout(const std::string& text) {
    std::string loud = text;
    for (char& letter : loud) {
        if (letter >= 'a' && letter <= 'z') {
            letter = static_cast<char>(letter - 32);
        }
    }
    return loud;
}

const char* skip_blanks(const char* text) {
    while (*text == ' ') {
        ++text;
    }
    return text;
}

int length(const char* text, int most) {
    int count = 0;
    while (count < most && text[count] != 0) {
        ++count;
    }
    return count;
}

void add_to(int& total, const int& step) {
    total += step;
    total += step;
}

void fill(double* numbers, int count, double value) {
    for (int i = 0; i < count; ++i) {
        numbers[i] = value;
    }
}

Point mirrored(Point point, Side side) {
    if (side == Side::left) {
        return Point{-point.x, point.y};
    }
    return Point{point.x, -point.y};
}

const Node* find(const Node* list, int value) {
    while (list != nullptr && list->value != value) {
        list = list->next;
    }
    return list;
}

std::map<std::string, int> counted(const std::vector<std::string>& words) {
    std::map<std::string, int> found;
    for (const std::string& word : words) {
        ++found[word];
    }
    return found;
}

void greet(const std::string& name) {
    std::cout << "hello " << name << "\n";
}

int countdown(int start) {
    int steps = 0;
    while (start > 0) {
        start -= 2;
        ++steps;
    }
    return steps;
}

int next_number(int step) {
    static int last = 0;
    last += step;
    return last;
}

int rolled(int sides) {
    return std::rand() % sides;
}

int stamp(int number) {
    timespec now;
    timespec_get(&now, TIME_UTC);
    return number + static_cast<int>(now.tv_nsec);
}

int lines_of(const char* path) {
    std::FILE* file = std::fopen(path, "r");
    int lines = 0;
    if (file == nullptr) {
        return -1;
    }
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
        lines += c == '\n';
    }
    std::fclose(file);
    return lines;
}

namespace {
bool is_one_of(char letter, const std::string& all) {
    return all.find(letter) != std::string::npos;
}
}

bool is_vowel(char letter) {
    return is_one_of(letter, "aeiou");
}

int variadic(int count, ...) {
    va_list more;
    va_start(more, count);
    int total = 0;
    for (int i = 0; i < count; ++i) {
        total += va_arg(more, int);
    }
    va_end(more);
    return total;
}

}
