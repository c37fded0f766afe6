"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.boolean_return._braces import expand_boolean_return, simplify_boolean_return

_SIMPLIFY_BOOLEAN_RETURN = (
    Example(
        "cpp",
        """\
bool is_small(int n)
{
    if (n < 10) {
        return true;
    }
    return false;
}
""",
        """\
bool is_small(int n)
{
    return n < 10;
}
""",
    ),
    Example(
        "cpp",
        """\
bool is_set(const char *name)
{
    if (name == nullptr)
        return false;
    else
        return true;
}
""",
        """\
bool is_set(const char *name)
{
    return name != nullptr;
}
""",
        why="the other way round",
    ),
    Example(
        "cpp",
        """\
bool fits(int a, int b) {
  if (a > 0 && !(b < a)) {
    return true;
  } else {
    return false;
  }
}
""",
        """\
bool fits(int a, int b) {
  return a > 0 && !(b < a);
}
""",
    ),
    Example(
        "cpp",
        """\
bool is_set(const char *name)
{
    if (name) {
        return true;
    }
    return false;
}
""",
        declined="BOOLVAL",
        why="a pointer is no bool",
    ),
    Example(
        "cpp",
        """\
bool is_set(int key)
{
    if (found(key)) {
        return true;
    }
    return false;
}
""",
        declined="BOOLVAL",
        why="found() may give an object with explicit operator bool",
    ),
    Example(
        "cpp",
        """\
int is_small(int n)
{
    if (n < 10) {
        return true;
    }
    return false;
}
""",
        declined="BOOLVAL",
        why="the result is an int",
    ),
    Example(
        "cpp",
        """\
bool is_big(double n)
{
    if (n < 10.5) {
        return false;
    }
    return true;
}
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    Example(
        "cpp",
        """\
bool is_small(int n)
{
    return run([=] {
        if (n < 10) {
            return true;
        }
        return false;
    });
}
""",
        declined="BOOLVAL",
        why="the lambda's result is inferred",
    ),
    Example(
        "cpp",
        """\
bool is_small(int n)
{
    if (n < 10) {
        return true; // one digit
    }
    return false;
}
""",
        declined="TRIVIA",
        why="the comment would be lost",
    ),
    Example(
        "cpp",
        """\
bool is_small(int n)
{
    if (n < 10) {
        return true;
    }
    return true;
}
""",
        why="both ways the same",
    ),
)

_EXPAND_BOOLEAN_RETURN = (
    Example(
        "cpp",
        """\
bool is_small(int n)
{
    return n < 10;
}
""",
        """\
bool is_small(int n)
{
    if (n < 10) {
        return true;
    }
    return false;
}
""",
    ),
    Example(
        "cpp",
        """\
bool fits(const char *key, int most)
{
    if(most < 0)
        return false;
    return key != nullptr && most > 0;
}
""",
        """\
bool fits(const char *key, int most)
{
    if(most < 0)
        return false;
    if(key != nullptr && most > 0) {
        return true;
    }
    return false;
}
""",
    ),
    Example(
        "cpp",
        """\
bool Table::is_open() const {
  return (state_ == nullptr || count_ > 0);
}

class Table {
  Node* state_;
  int count_;
};
""",
        """\
bool Table::is_open() const {
  if (state_ == nullptr || count_ > 0) {
    return true;
  }
  return false;
}

class Table {
  Node* state_;
  int count_;
};
""",
    ),
    Example(
        "cpp",
        """\
bool is_same(Money a, Money b)
{
    return a == b;
}
""",
        declined="BOOLVAL",
        why="== may be overloaded and give no bool",
    ),
    Example(
        "cpp",
        """\
int is_small(int n)
{
    return n < 10;
}
""",
        declined="BOOLVAL",
        why="the result is an int",
    ),
    Example(
        "cpp",
        """\
template <typename T> bool is_small(T n)
{
    return n < 10;
}
""",
        declined="BOOLVAL",
        why="it depends on the template's type",
    ),
    Example(
        "cpp",
        """\
bool fits(const char *key, int most)
{
    return key != nullptr
        && most > 0;
}
""",
        declined="NATURAL",
        why="a condition of several lines",
    ),
    Example(
        "cpp",
        """\
bool is_open()
{
    return state();
}
""",
        why="a plain call",
    ),
    Example(
        "cpp",
        """\
bool is_small(int n)
{
    return run([=] { return n < 10; });
}
""",
        declined="BOOLVAL",
        why="the lambda's result is inferred",
    ),
)

DIRECTIONS: Directions = {
    "simplify-boolean-return": (simplify_boolean_return, _SIMPLIFY_BOOLEAN_RETURN),
    "expand-boolean-return": (expand_boolean_return, _EXPAND_BOOLEAN_RETURN),
}
