"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms.constant_local._cpp_rewriting import make_constant, make_variable

_CLASS = Vocabulary(members={"class A": ": ", "A.put()": "void", "A.put(?)": "(int n, int& most)"})

_MAKE_CONSTANT = (
    Example(
        "cpp",
        """\
int area(int width, int height) {
  int size = width * height;
  return size > 9 ? 9 : size;
}
""",
        """\
int area(int width, int height) {
  const int size = width * height;
  return size > 9 ? 9 : size;
}
""",
    ),
    Example(
        "cpp",
        """\
void show(int n)
{
    unsigned int length(n + 1);
    std::cout << "length: " << length << std::endl;
}
""",
        """\
void show(int n)
{
    const unsigned int length(n + 1);
    std::cout << "length: " << length << std::endl;
}
""",
        why="printed to a standard stream",
    ),
    Example(
        "cpp",
        """\
int half(int n, const int &most) {
  int const top = most + 1;
  bool odd = n % 2 == 1;
  return half(odd ? n - 1 : n, top);
}
""",
        """\
int half(int n, const int &most) {
  int const top = most + 1;
  bool const odd = n % 2 == 1;
  return half(odd ? n - 1 : n, top);
}
""",
        why="as the file writes it",
    ),
    Example(
        "cpp",
        """\
void put(A *a) {
  int n = 3;
  a->put(n, n);
}
""",
        declined="BUILTIN",
        why="the second parameter is a reference",
        vocabulary=_CLASS,
    ),
    Example(
        "cpp",
        """\
int read(std::istream &in) {
  int n = 0;
  in >> n;
  return n;
}
""",
        declined="BUILTIN",
        why="the operator may change it",
    ),
    Example(
        "cpp",
        """\
int read(Source &source) {
  int n = 0;
  fill(source, n);
  return n;
}
""",
        declined="BUILTIN",
        why="nothing tells what the function takes",
    ),
    Example(
        "cpp",
        """\
int read(Source &source) {
  int n = 0;
  int *p = &n;
  return *p;
}
""",
        declined="BUILTIN",
        why="its address is taken",
    ),
    Example(
        "cpp",
        """\
int count(int n) {
  int sum = 0;
  for (int i = 0; i < n; ++i) sum += i;
  return sum;
}
""",
        why="both change",
    ),
    Example(
        "cpp",
        """\
int count(int n) {
  int most = n + 1;
  auto below = [&](int i) { return i < most; };
  return below(3) ? 1 : 0;
}
""",
        declined="NOCAP",
    ),
    Example(
        "cpp",
        """\
std::string name(int n) {
  std::string text = std::to_string(n);
  return text;
}
""",
        why="a class: a constant is copied, not moved",
    ),
    Example(
        "cpp",
        """\
int count(int n) {
  int most = n + 1;
  CHECK(most > 1);
  return most;
}
""",
        declined="NOMACRO",
    ),
)

_MAKE_VARIABLE = (
    Example(
        "cpp",
        """\
int area(int width, int height) {
  const int size = width * height;
  return size > 9 ? 9 : size;
}
""",
        """\
int area(int width, int height) {
  int size = width * height;
  return size > 9 ? 9 : size;
}
""",
    ),
    Example(
        "cpp",
        """\
bool odd(int n)
{
    bool const found = n % 2 == 1; // or not
    return !found;
}
""",
        """\
bool odd(int n)
{
    bool found = n % 2 == 1; // or not
    return !found;
}
""",
    ),
    Example(
        "cpp",
        """\
int first(const int *all, int n) {
  const std::size_t last = n - 1;
  return all[last];
}
""",
        """\
int first(const int *all, int n) {
  std::size_t last = n - 1;
  return all[last];
}
""",
    ),
    Example(
        "cpp",
        """\
void fill(char *all) {
  const int size = 9;
  char buffer[size];
  copy(all, buffer);
}
""",
        declined="BUILTIN",
        why="only a constant can be the size of an array",
    ),
    Example(
        "cpp",
        """\
void put(A *a) {
  const int n = 3;
  a->put(n, n);
}
""",
        declined="BUILTIN",
        why="another function may take a variable",
        vocabulary=_CLASS,
    ),
    Example(
        "cpp",
        """\
bool is(char c) {
  const char quote = '"';
  auto same = [](char other) { return other == quote; };
  return same(c);
}
""",
        declined="NOCAP",
        why="a lambda sees a constant without capturing it",
    ),
    Example(
        "cpp",
        """\
bool is(int n) {
  const int least = 1;
  switch (n) {
    case least: return true;
    default: return false;
  }
}
""",
        declined="BUILTIN",
        why="a label is a constant",
    ),
    Example(
        "cpp",
        """\
int f() {
  static const int n = 3;
  const char *text = "x";
  return n;
}
""",
        why="one lasts, and the other is no constant",
    ),
)

DIRECTIONS: Directions = {
    "make-constant": (make_constant, _MAKE_CONSTANT),
    "make-variable": (make_variable, _MAKE_VARIABLE),
}
