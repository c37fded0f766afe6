"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.implicit_comparison._rewriting import (
    explicit_comparison,
    implicit_comparison,
)

_EXPLICIT_COMPARISON = (
    Example(
        "cpp",
        """\
void close(Node *node, Node *other = nullptr) {
  if (node) {
    node->close();
  }
}
""",
        """\
void close(Node *node, Node *other = nullptr) {
  if (node != nullptr) {
    node->close();
  }
}
""",
        why="null as the file writes it",
    ),
    Example(
        "cpp",
        """\
bool none(const Node *node, int n)
{
    if (!node && n > 2)
        return true;
    return false;
}
""",
        """\
bool none(const Node *node, int n)
{
    if (node == 0 && n > 2)
        return true;
    return false;
}
""",
        why="a file that writes neither nullptr nor NULL",
    ),
    Example(
        "cpp",
        """\
void together(Node *left, Node *right) {
  while (left && right) {
    left = left->next;
    right = right->next;
  }
  use(left, right, nullptr);
}
""",
        """\
void together(Node *left, Node *right) {
  while (left != nullptr && right != nullptr) {
    left = left->next;
    right = right->next;
  }
  use(left, right, nullptr);
}
""",
        why="all parts of a condition in one form",
    ),
    Example(
        "cpp",
        """\
size_t length(const char *text) {
  const char *end = text;
  while (*end) ++end; // up to '\\0'
  return end - text;
}
""",
        """\
size_t length(const char *text) {
  const char *end = text;
  while (*end != '\\0') ++end; // up to '\\0'
  return end - text;
}
""",
        why="a character",
    ),
    Example(
        "cpp",
        """\
int sign(int n) {
  return n ? 1 : 0;
}
""",
        """\
int sign(int n) {
  return n != 0 ? 1 : 0;
}
""",
    ),
    Example(
        "cpp",
        """\
void close(std::unique_ptr<Node> node) {
  if (node) node->close();
}
""",
        declined="BUILTIN",
        why="a class says itself what it is as a condition",
    ),
    Example(
        "cpp",
        """\
template <class T>
void close(T node) {
  if (node) node->close();
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
void close(Node *node, const Lock &lock) {
  if (node && lock) node->close();
}
""",
        declined="BUILTIN",
        why="a lock may overload && for pointers",
    ),
    Example(
        "cpp",
        """\
#define CURRENT node
void close(Node *node) {
  if (!CURRENT) stop();
}
""",
        declined="BUILTIN",
        why="a macro",
    ),
    Example(
        "cpp",
        """\
bool is(bool open, const Node *node) {
  if (open) return node;
  return false;
}
""",
        why="a boolean, and a pointer that is no condition",
    ),
    Example(
        "cpp",
        """\
void close(Node *node) {
  if (! /* none */ node) stop();
}
""",
        declined="TRIVIA",
    ),
)

_IMPLICIT_COMPARISON = (
    Example(
        "cpp",
        """\
#ifndef A
#ifdef B
void VERY_LONG_NO_RETURN abort_now();
#endif
#endif
struct Node : Base {
  void close(Node *node) {
    if (node != next()) stop();
    if (depth(node) == 0) stop();
  }
};
""",
        declined="BUILTIN",
        unit="Node::close",
        why="a macro before a function that looks like a scope, and what another file declares",
    ),
    Example(
        "cpp",
        """\
void close(Node *node) {
  if (node != nullptr) {
    node->close();
  }
}
""",
        """\
void close(Node *node) {
  if (node) {
    node->close();
  }
}
""",
    ),
    Example(
        "cpp",
        """\
bool none(const Node *node, int n)
{
    if (n > 2 && node == NULL)
        return true;
    return false;
}
""",
        """\
bool none(const Node *node, int n)
{
    if (n > 2 && !node)
        return true;
    return false;
}
""",
    ),
    Example(
        "cpp",
        """\
bool both(const Node *left, int n) {
  if (n != 0 && left != nullptr) return true;
  return false;
}
""",
        """\
bool both(const Node *left, int n) {
  if (n && left) return true;
  return false;
}
""",
        why="all parts of a condition in one form",
    ),
    Example(
        "cpp",
        """\
int odd(int n) {
  if ((n & 1) != 0) return 1;
  return 0;
}
""",
        """\
int odd(int n) {
  if (n & 1) return 1;
  return 0;
}
""",
        why="a mask alone needs no parentheses",
    ),
    Example(
        "cpp",
        """\
int even(int n, int m) {
  return (n & 1) == 0 && m > 2 ? 1 : 0;
}
""",
        """\
int even(int n, int m) {
  return !(n & 1) && m > 2 ? 1 : 0;
}
""",
    ),
    Example(
        "cpp",
        """\
void close(const Handle &handle) {
  if (handle != nullptr) stop();
}
""",
        declined="BUILTIN",
        why="a class may overload the operator",
    ),
    Example(
        "cpp",
        """\
void close(double n) {
  if (n == 0) stop();
}
""",
        declined="BUILTIN",
        why="!n asks for another kind of number",
    ),
    Example(
        "cpp",
        """\
int f(int a, int b) {
  if (a - b != 0) return 1;
  return 0;
}
""",
        declined="NATURAL",
        why="a difference as a condition",
    ),
    Example(
        "cpp",
        """\
bool is(const Node *node) {
  return node != nullptr;
}
""",
        why="a result, no condition",
    ),
    Example(
        "cpp",
        """\
void close(Node *node) {
  assert(node != nullptr);
  if (node /* none */ == nullptr) stop();
}
""",
        declined="TRIVIA",
    ),
    Example(
        "cpp",
        """\
void close(const Node *const *nodes) {
  if (FIRST(nodes) != 0) stop();
}
""",
        declined="BUILTIN",
        why="a macro",
    ),
)

DIRECTIONS: Directions = {
    "explicit-comparison": (explicit_comparison, _EXPLICIT_COMPARISON),
    "implicit-comparison": (implicit_comparison, _IMPLICIT_COMPARISON),
}
