"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.cast_form._rewriting import functional_cast, static_cast

_FUNCTIONAL_CAST = (
    Example(
        "cpp",
        """\
double mean(int sum, int n) {
  return static_cast<double>(sum) / n;
}
""",
        """\
double mean(int sum, int n) {
  return double(sum) / n;
}
""",
    ),
    Example(
        "cpp",
        """\
unsigned length(const std::string &text)
{
    return static_cast<unsigned>(text.size() + 1);
}
""",
        """\
unsigned length(const std::string &text)
{
    return unsigned(text.size() + 1);
}
""",
        why="whatever it is that becomes a number",
    ),
    Example(
        "cpp",
        """\
void put(Sink &sink, long n) {
  sink.put(static_cast<uint8_t>(n & 0xff)); // the last byte
}
""",
        """\
void put(Sink &sink, long n) {
  sink.put(uint8_t(n & 0xff)); // the last byte
}
""",
    ),
    Example(
        "cpp",
        """\
unsigned long f(int n) {
  return static_cast<unsigned long>(n);
}
""",
        why="the type is more than one word",
    ),
    Example(
        "cpp",
        """\
char *f(void *p) {
  return static_cast<char *>(p);
}
""",
        why="no number",
    ),
    Example(
        "cpp",
        """\
void f(long n) {
  static_cast<int>(n);
}
""",
        declined="NATURAL",
        why="`int(n);` declares n",
    ),
    Example(
        "cpp",
        """\
void f(long n) {
  Guard guard(static_cast<int>(n), 3);
  guard.lock();
}
""",
        declined="NATURAL",
        why="`Guard guard(int(n));` would declare a function",
    ),
    Example(
        "cpp",
        """\
int f(long n) {
  return static_cast<int /* enough */>(n);
}
""",
        why="the comment would be lost",
    ),
    Example(
        "cpp",
        """\
int f(long n) {
  return static_cast<int>(SCALED(n));
}
""",
        declined="NOMACRO",
    ),
)

_STATIC_CAST = (
    Example(
        "cpp",
        """\
double mean(int sum, int n) {
  return (double)sum / n;
}
""",
        """\
double mean(int sum, int n) {
  return static_cast<double>(sum) / n;
}
""",
    ),
    Example(
        "cpp",
        """\
int rounded(double x)
{
    return int(x + 0.5);
}
""",
        """\
int rounded(double x)
{
    return static_cast<int>(x + 0.5);
}
""",
    ),
    Example(
        "cpp",
        """\
unsigned char last(long n) {
  return (unsigned char)(n & 0xff);
}
""",
        """\
unsigned char last(long n) {
  return static_cast<unsigned char>(n & 0xff);
}
""",
        why="the parentheses are those of the cast",
    ),
    Example(
        "cpp",
        """\
char *text(void *p) {
  return (char *)p;
}
""",
        why="no number",
    ),
    Example(
        "cpp",
        """\
long address(void *p) {
  return (long)p;
}
""",
        declined="BUILTIN",
        why="a pointer needs reinterpret_cast",
    ),
    Example(
        "cpp",
        """\
int number(Handle handle) {
  return int(handle);
}
""",
        declined="BUILTIN",
        why="a handle may be a pointer",
    ),
    Example(
        "cpp",
        """\
int f(long n) {
  return (int) /* enough */ n;
}
""",
        declined="TRIVIA",
    ),
    Example(
        "cpp",
        """\
Point f(int n) {
  return Point(n);
}
""",
        why="it makes an object",
    ),
)

DIRECTIONS: Directions = {
    "functional-cast": (functional_cast, _FUNCTIONAL_CAST),
    "static-cast": (static_cast, _STATIC_CAST),
}
