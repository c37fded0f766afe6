"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.named_constant._braces import inline_constant, name_literal

_NAME_LITERAL = (
    Example(
        "cpp",
        """\
void check(int n)
{
    if (n < 0)
        throw std::runtime_error("not a number of things");
}
""",
        declined="NATURAL",
        why="a message far from its throw, and made where nothing is thrown",
    ),
    Example(
        "cpp",
        """\
void check(const std::string &name)
{
    if (name.size() > 80) {
        throw Error(name);
    }
}
""",
        """\
void check(const std::string &name)
{
    const int max_size = 80;
    if (name.size() > max_size) {
        throw Error(name);
    }
}
""",
        why="what is refused is above the most",
    ),
    Example(
        "cpp",
        """\
int read(Stream &in) {
  char buffer[4096];
  return in.read(buffer);
}
""",
        """\
int read(Stream &in) {
  const int buffer_size = 4096;
  char buffer[buffer_size];
  return in.read(buffer);
}
""",
    ),
    Example(
        "cpp",
        """\
void check(const Node *first_node) {
  if (first_node == nullptr)
    return;
  throw std::runtime_error("there is a node");
}
""",
        """\
void check(const Node *first_node) {
  if (first_node == nullptr)
    return;
  const char *message = "there is a node";
  throw std::runtime_error(message);
}
""",
        why="an exception of the standard library",
    ),
    Example(
        "cpp",
        """\
void check(const std::string &name, int maxSize) {
  if (name.size() > 80) {
    throw Error(name);
  }
}
""",
        declined="FRESH",
        why="the name is taken",
    ),
    Example(
        "cpp",
        """\
void check(const std::string &name) {
  auto test = [&] {
    if (name.size() > 80) {
      throw Error(name);
    }
  };
  test();
}
""",
        declined="NOCAP",
        why="the lambda would have to capture it",
    ),
    Example(
        "cpp",
        """\
#define CHECK_SIZE(x) (x)
int dots(const char *text) {
  return CHECK_SIZE(text[0] == '.') + (text[1] == '.');
}
""",
        declined="NOMACRO",
        why="a macro may show the text",
    ),
    Example(
        "cpp",
        """\
void check(const Node *node) {
  throw Error("there is a node");
}
""",
        why="the constructor may be a template, or take an array",
    ),
    Example(
        "cpp",
        """\
int size(int n) {
  return n > 80 ? 80 : n + 2;
}
""",
        why="no name suggests itself",
    ),
)

_INLINE_CONSTANT = (
    Example(
        "cpp",
        """\
int size(int n)
{
    const int limit = 80;

    return n > limit ? n : n + limit;
}
""",
        """\
int size(int n)
{
    return n > 80 ? n : n + 80;
}
""",
    ),
    Example(
        "cpp",
        """\
void read(Stream &in) {
  in.open();
  const int size = 64;

  char buffer[size];
  in.read(buffer);
}
""",
        """\
void read(Stream &in) {
  in.open();

  char buffer[64];
  in.read(buffer);
}
""",
        why="the blank line stays",
    ),
    Example(
        "cpp",
        """\
char first(const char *text) {
  const char dot = '.';
  if (text[0] == dot) return text[1];
  return dot;
}
""",
        """\
char first(const char *text) {
  if (text[0] == '.') return text[1];
  return '.';
}
""",
    ),
    Example(
        "cpp",
        """\
long size(long n) {
  const long limit = 80;
  return n + limit;
}
""",
        declined="BUILTIN",
        why="the sum may be an int then",
    ),
    Example(
        "cpp",
        """\
int size(int n) {
  const int limit = 80;
  return std::min(n, limit) + *find(&limit);
}
""",
        declined="BUILTIN",
        why="its address may be kept",
    ),
    Example(
        "cpp",
        """\
int size(int n) {
  const int limit = 80;
  CHECK(n < limit);
  return n;
}
""",
        declined="NOMACRO",
        why="a macro may show the text",
    ),
    Example(
        "cpp",
        """\
int size(int n) {
  const int step = -1;
  return n - step;
}
""",
        declined="NATURAL",
        why="two signs in a row",
    ),
    Example(
        "cpp",
        """\
int size(int n) {
  const int limit = 80; // as in the specification
  return n + limit;
}
""",
        declined="TRIVIA",
    ),
    Example(
        "cpp",
        """\
int size(int n) {
  int limit = 80;
  return n + limit;
}
""",
        why="no constant",
    ),
    Example(
        "cpp",
        """\
int first(int n)
{
    const int size = 4;
    std::array<int, size> all = read(n);

    return all[0] + size;
}
""",
        declined="BUILTIN",
        why="an argument of a template",
    ),
)

DIRECTIONS: Directions = {
    "name-literal": (name_literal, _NAME_LITERAL),
    "inline-constant": (inline_constant, _INLINE_CONSTANT),
}
