"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.augmented_assignment._braces import augment_assignment, expand_assignment

_EXPAND_AUGMENTED_ASSIGNMENT = (
    Example(
        "cpp",
        """\
int sum(const int *all, int n)
{
    int sum = 0;
    for (int i = 0; i < n; ++i) {
        sum += all[i];
    }
    return sum;
}
""",
        """\
int sum(const int *all, int n)
{
    int sum = 0;
    for (int i = 0; i < n; ++i) {
        sum = sum + all[i];
    }
    return sum;
}
""",
    ),
    Example(
        "cpp",
        """\
std::string show(const std::string &name) {
  std::string text = name;
  text += ": ";
  return text;
}
""",
        """\
std::string show(const std::string &name) {
  std::string text = name;
  text = text + ": ";
  return text;
}
""",
        why="a standard string",
    ),
    Example(
        "cpp",
        """\
unsigned mix(unsigned hash, unsigned key) {
  hash ^= key >> 3; // mix
  return hash;
}
""",
        """\
unsigned mix(unsigned hash, unsigned key) {
  hash = hash ^ (key >> 3); // mix
  return hash;
}
""",
        why="operators of bits get parentheses",
    ),
    Example(
        "cpp",
        """\
int sum(int n) {
  int sum = 0;
  sum += read(n);
  return sum;
}
int read(int n);
""",
        """\
int sum(int n) {
  int sum = 0;
  sum = sum + read(n);
  return sum;
}
int read(int n);
""",
        why="nobody else knows the variable",
    ),
    Example(
        "cpp",
        """\
int sum(int &sum, int n) {
  sum += read(n);
  return sum;
}
int read(int n);
""",
        declined="INDEP",
        why="what it calls may change the variable",
    ),
    Example(
        "cpp",
        """\
int sum(int n) {
  int sum = 0;
  watch(&sum);
  sum += read(n);
  return sum;
}
int read(int n);
""",
        declined="INDEP",
        why="its address is known elsewhere",
    ),
    Example(
        "cpp",
        """\
void add(Money &sum, Money more) {
  sum += more;
}
""",
        declined="BUILTIN",
        why="the operators may be overloaded, each in its own way",
    ),
    Example(
        "cpp",
        """\
void add(volatile int *sum, std::atomic<int> &all) {
  all += 1;
}
""",
        declined="BUILTIN",
        why="of an atomic variable it would be no single step any more",
    ),
    Example(
        "cpp",
        """\
void next(std::list<int>::iterator i, int n) {
  i += n;
}
""",
        declined="BUILTIN",
    ),
    Example(
        "cpp",
        """\
template <class T>
T add(T a, int b) {
  a += b;
  return a;
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
void add(int *all, int i) {
  all[i++] += 2;
}
""",
        declined="PURE",
        why="the index would be computed twice",
    ),
    Example(
        "cpp",
        """\
#define STEP 2
int add(int a) {
  a += STEP;
  return a;
}
""",
        declined="NOMACRO",
    ),
    Example(
        "cpp",
        """\
int add(int a, int b) {
  a += b; b -= /* one */ a;
  return a;
}
""",
        """\
int add(int a, int b) {
  a = a + b; b -= /* one */ a;
  return a;
}
""",
        why="the first of two on a line",
    ),
    Example(
        "cpp",
        """\
int add(int a, int b) {
  b -= /* one */ a;
  return b;
}
""",
        declined="TRIVIA",
    ),
    Example(
        "cpp",
        """\
struct Own {
  int size;
  void grow(int n) {
    Big size(n);
    size += 1;
  }
};
""",
        declined="BUILTIN",
        why="not the field: an object that reads like a function",
    ),
    Example(
        "cpp",
        """\
namespace large {
struct Node {
  Big total;
  void add(int n) { total += n; }
};
}
namespace small {
struct Node {
  int total;
};
}
""",
        declined="BUILTIN",
        why="two classes of one name",
    ),
)

_AUGMENT_ASSIGNMENT = (
    Example(
        "cpp",
        """\
int sum(const int *all, int n)
{
    int sum = 0;
    for (int i = 0; i < n; ++i) {
        sum = sum + all[i];
    }
    return sum;
}
""",
        """\
int sum(const int *all, int n)
{
    int sum = 0;
    for (int i = 0; i < n; ++i) {
        sum += all[i];
    }
    return sum;
}
""",
    ),
    Example(
        "cpp",
        """\
unsigned half(unsigned value) {
  while (value > 99) {
    value = value / 2;
    value = value - 1;
  }
  return value;
}
""",
        """\
unsigned half(unsigned value) {
  while (value > 99) {
    value /= 2;
    value = value - 1;
  }
  return value;
}
""",
    ),
    Example(
        "cpp",
        """\
int next(int value) {
  --value;
  value = value + 1;
  return value;
}
""",
        """\
int next(int value) {
  --value;
  ++value;
  return value;
}
""",
        why="one more is ++, on the side where the others have it",
    ),
    Example(
        "cpp",
        """\
std::string show(std::string text, const std::string &name) {
  text = text + name;
  return text;
}
""",
        """\
std::string show(std::string text, const std::string &name) {
  text += name;
  return text;
}
""",
        why="a standard string",
    ),
    Example(
        "cpp",
        """\
int add(int sum, int a, int b) {
  sum = sum + a + b;
  return sum;
}
""",
        declined="BUILTIN",
        why="a + b may overflow",
    ),
    Example(
        "cpp",
        """\
Money add(Money sum, Money more) {
  sum = sum + more;
  return sum;
}
""",
        declined="BUILTIN",
        why="the operators may be overloaded, each in its own way",
    ),
    Example(
        "cpp",
        """\
template <class T>
T add(T a, int b) {
  a = a + b;
  return a;
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
void add(int *all, int i) {
  all[i++] = all[i++] + 2;
}
""",
        declined="PURE",
        why="the index is computed twice",
    ),
    Example(
        "cpp",
        """\
#define STEP 2
int add(int a) {
  a = a + STEP;
  return a;
}
""",
        declined="NOMACRO",
    ),
    Example(
        "cpp",
        """\
int add(int a, int b) {
  a = b - a;
  return a;
}
""",
        why="the operands would change places",
    ),
)

DIRECTIONS: Directions = {
    "expand-augmented-assignment": (expand_assignment, _EXPAND_AUGMENTED_ASSIGNMENT),
    "augment-assignment": (augment_assignment, _AUGMENT_ASSIGNMENT),
}
