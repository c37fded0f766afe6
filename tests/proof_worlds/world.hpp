// What the examples of the transforms call and name without declaring it.
#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

struct Node {
    Node *next;
    int value, size;
    Node *find(const std::string &name);
    Node *child(int number) const;
    bool valid() const;
    bool done() const;
};
struct Row {
    int total, count;
    std::string name;
    int size() const;
    bool empty() const;
    void add(int number);
};
struct Box {
    int size;
    bool open() const;
    void put(int one);
};
struct Base {
    virtual ~Base();
    virtual int run();
};
struct Door {
    bool is_open() const, is_locked() const;
};
struct Tree {
    Node *root;
    int size() const;
};
struct Error {
    explicit Error(int number);
};
extern int y, count, limit;
template <class... T> void use(T...);
template <class... T> void open(T...);
template <class... T> void print(T...);
template <class... T> void show(T...);
template <class... T> void touch(T...);
template <class T> bool has(T);
template <class... T> bool done(T...);
void stop();
void grow();
void fail();
int g(int one);
int g(int one, int other);
int h(int one);
int h();
int next(int one);
int step();
bool again(int one);
bool more();
bool none();
