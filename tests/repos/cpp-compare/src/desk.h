#pragma once

#include <map>
#include <string>
#include <vector>

namespace desk {

enum class Side { left, right };

struct Point {
    int x;
    int y;
};

class Hidden;
Hidden* hidden();
void seal(Hidden* hidden);

struct Node {
    int value;
    Node* next;
};

int grade(int score);
int middle(int low, int high);
unsigned char wrapped(int number);
double ratio(double part, double whole);
double signed_zero(double number);
int apart(int one, int other);
int checked(int age);
int divided(int number, int by);
void sort_in_place(std::vector<int>& items);
std::string shout(const std::string& text);
const char* skip_blanks(const char* text);
int length(const char* text, int most);
void add_to(int& total, const int& step);
void fill(double* numbers, int count, double value);
Point mirrored(Point point, Side side);
const Node* find(const Node* list, int value);
std::map<std::string, int> counted(const std::vector<std::string>& words);
void greet(const std::string& name);
int countdown(int start);
int next_number(int step);
int rolled(int sides);
int stamp(int number);
int lines_of(const char* path);
bool is_vowel(char letter);
int variadic(int count, ...);

template <class T>
T largest(const std::vector<T>& items) {
    T found = items.at(0);
    for (const T& item : items) {
        if (item > found) {
            found = item;
        }
    }
    return found;
}

}
