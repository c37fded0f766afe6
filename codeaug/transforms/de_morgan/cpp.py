"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.de_morgan._braces import distribute_negation, factor_negation

_DISTRIBUTE_NEGATION = (
    Example(
        "cpp",
        """\
void add(bool full, int n)
{
    if (!(full && n > 0)) {
        stop();
    }
}
""",
        """\
void add(bool full, int n)
{
    if (!full || n <= 0) {
        stop();
    }
}
""",
        why="the operator of integers is flipped",
    ),
    Example(
        "cpp",
        """\
bool is_open(const Door *door, bool shut, bool gone) {
  return door != nullptr && !(shut || gone);
}
""",
        """\
bool is_open(const Door *door, bool shut, bool gone) {
  return door != nullptr && !shut && !gone;
}
""",
        why="no parentheses are needed inside the same operator",
    ),
    Example(
        "cpp",
        """\
bool f(const std::string &tag, bool late) {
  return late || !(tag.empty() || tag == "?");
}
""",
        """\
bool f(const std::string &tag, bool late) {
  return late || (!tag.empty() && tag != "?");
}
""",
        why="of standard strings != is the opposite of ==",
    ),
    Example(
        "cpp",
        """\
bool f(Money a, Money b) {
  return !(a && b);
}
""",
        declined="BUILTIN",
        why="&& may be overloaded, and then evaluates both",
    ),
    Example(
        "cpp",
        """\
template <class T>
bool f(const T &a, bool b) {
  return !(a && b);
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
bool f(double a, bool b) {
  return !(a < 1.0 && b);
}
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    Example(
        "cpp",
        """\
#define READY(x) (x)
bool f(bool a, bool b) {
  return !(READY(a) && b);
}
""",
        declined="NOMACRO",
    ),
    Example(
        "cpp",
        """\
bool f(Door a, bool b, bool c) {
  return a && !(b || c);
}
""",
        declined="BUILTIN",
        why="without parentheses a comes first",
    ),
    Example(
        "cpp",
        """\
bool f(int a, int b) {
  return !(a & b);
}
""",
        why="the operators of bits are left alone",
    ),
)

_FACTOR_NEGATION = (
    Example(
        "cpp",
        """\
void copy(bool read, bool write)
{
    if ( !read && !write ) {
        return;
    }
    run();
}
""",
        """\
void copy(bool read, bool write)
{
    if ( !(read || write) ) {
        return;
    }
    run();
}
""",
    ),
    Example(
        "cpp",
        """\
int digit(char c) {
  if (c < '0' || c > '9')
    return -1;
  return c - '0';
}
""",
        """\
int digit(char c) {
  if (!(c >= '0' && c <= '9'))
    return -1;
  return c - '0';
}
""",
        why="outside of a range",
    ),
    Example(
        "cpp",
        """\
bool f(const char *p, bool on) {
  return on && (*p != 'e' && *p != 'E');
}
""",
        """\
bool f(const char *p, bool on) {
  return on && !(*p == 'e' || *p == 'E');
}
""",
        why="the parentheses around it are not needed any more",
    ),
    Example(
        "cpp",
        """\
bool f(const Iterator &a, const Iterator &b) {
  return !a && !b;
}
""",
        declined="BUILTIN",
        why="|| may be overloaded",
    ),
    Example(
        "cpp",
        """\
template <class T>
bool f(T a, T b) {
  return !a || !b;
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
bool f(float x) {
  return x < 0 || x > 1;
}
""",
        declined="NOFLOAT",
        why="NaN is not outside of the range",
    ),
    Example(
        "cpp",
        """\
bool f(const char *a, const char *b) {
  return a != nullptr && b != nullptr;
}
""",
        why="nobody would deny that one of them is null",
    ),
    Example(
        "cpp",
        """\
#define LATE(x) (x)
bool f(bool a, bool b) {
  return !LATE(a) && !b;
}
""",
        declined="NOMACRO",
    ),
    Example(
        "cpp",
        """\
bool f(bool a, bool b) {
  return !a /* yet */ || !b;
}
""",
        declined="TRIVIA",
    ),
)

DIRECTIONS: Directions = {
    "distribute-negation": (distribute_negation, _DISTRIBUTE_NEGATION),
    "factor-negation": (factor_negation, _FACTOR_NEGATION),
}
