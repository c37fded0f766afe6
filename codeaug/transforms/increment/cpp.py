"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms._function_examples import example
from codeaug.transforms.increment._braces import (
    increment_to_assignment,
    postfix_increment,
    prefix_increment,
)

_PREFIX_INCREMENT = (
    Example(
        "cpp",
        """\
int count(const int *all, int n)
{
    for (int i = 0; i < n; i++)
        n += all[i];
    return n;
}
""",
        """\
int count(const int *all, int n)
{
    for (int i = 0; i < n; ++i)
        n += all[i];
    return n;
}
""",
        why="the update of a for",
    ),
    Example(
        "cpp",
        """\
void bump(int *length) {
  (*length)++;
}
""",
        """\
void bump(int *length) {
  ++(*length);
}
""",
    ),
    Example(
        "cpp",
        """\
void each(const std::vector<int> &all) {
  for (auto i = all.begin(); i != all.end(); i++) {
    use(*i);
  }
}
""",
        """\
void each(const std::vector<int> &all) {
  for (auto i = all.begin(); i != all.end(); ++i) {
    use(*i);
  }
}
""",
        why="an iterator of the standard library",
    ),
    Example(
        "cpp",
        """\
void each(Cursor c) {
  for (; c.valid(); c++) {
    use(*c);
  }
}
""",
        declined="BUILTIN",
        why="a class may define only one of them, or each differently",
    ),
    Example(
        "cpp",
        """\
template <class T>
void each(T first, T last) {
  for (; first != last; first++) {
    use(*first);
  }
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
void add(std::atomic<int> &n) {
  n++;
}
""",
        declined="BUILTIN",
    ),
    Example(
        "cpp",
        """\
int next(const char *text) {
  return *text++;
}
""",
        why="the value is used",
    ),
    Example(
        "cpp",
        """\
void skip(const char *text) {
  *text++;
}
""",
        why="the pointer would be moved first",
    ),
    Example(
        "cpp",
        """\
void f(int n) {
  int b = 0;
  for (int i = 0; i < n; i++, b++) {
    use(i, b);
  }
}
""",
        declined="NATURAL",
        why="the two would look different",
    ),
)

_POSTFIX_INCREMENT = (
    Example(
        "cpp",
        """\
int count(const int *all, int n)
{
    for (int i = 0; i < n; ++i)
        n += all[i];
    return n;
}
""",
        """\
int count(const int *all, int n)
{
    for (int i = 0; i < n; i++)
        n += all[i];
    return n;
}
""",
        why="the update of a for",
    ),
    Example(
        "cpp",
        """\
void bump(int *length) {
  ++*length;
}
""",
        """\
void bump(int *length) {
  (*length)++;
}
""",
        why="the operator would bind to the pointer",
    ),
    Example(
        "cpp",
        """\
void each(std::map<int, int>::const_iterator i) {
  --i;
}
""",
        """\
void each(std::map<int, int>::const_iterator i) {
  i--;
}
""",
        why="an iterator of the standard library",
    ),
    Example(
        "cpp",
        """\
void each(Cursor c) {
  for (; c.valid(); ++c) {
    use(*c);
  }
}
""",
        declined="BUILTIN",
        why="a class may define only one of them, or each differently",
    ),
    Example(
        "cpp",
        """\
template <class T>
void each(T first, T last) {
  for (; first != last; ++first) {
    use(*first);
  }
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
class Cursor {
  Cursor &next() {
    ++*this;
    return *this;
  }
};
""",
        declined="BUILTIN",
    ),
    Example(
        "cpp",
        """\
void add(volatile int &n) {
  ++n;
}
""",
        declined="BUILTIN",
    ),
    Example(
        "cpp",
        """\
int next(const char *text) {
  return *++text;
}
""",
        why="the value is used",
    ),
)

_ASSIGNMENT = (
    example("cpp", "a++;\nreturn a;", "a += 1;\nreturn a;"),
    example(
        "cpp",
        "for (int i = a; i > 0; --i) b--; // all\nreturn b;",
        "for (int i = a; i > 0; i -= 1) b--; // all\nreturn b;",
    ),
    example("cpp", "--all[b++];\nreturn a;", "all[b++] -= 1;\nreturn a;"),
    example("cpp", "n++;\nreturn a;", declined="BUILTIN", head="int f(std::atomic<int> &n, int a)"),
    example(
        "cpp",
        "n++;\nreturn a;",
        declined="BUILTIN",
        head="int f(short n, int a)",
        why="compilers warn where += narrows",
    ),
    example("cpp", "a /* one */ ++;\nreturn a;", declined="TRIVIA"),
    example("cpp", "return a++;", why="the value is used"),
    example("cpp", "a += 1;\nreturn a;", why="it is one"),
    example("cpp", "while (a-- > 0) b = a;\nreturn b;", why="the value is compared"),
)

DIRECTIONS: Directions = {
    "prefix-increment": (prefix_increment, _PREFIX_INCREMENT),
    "increment-to-assignment": (increment_to_assignment, _ASSIGNMENT),
    "postfix-increment": (postfix_increment, _POSTFIX_INCREMENT),
}
