"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.type_alias._rewriting import to_typedef, to_using

_TYPEDEF_TO_USING = (
    Example(
        "cpp",
        """\
void each(const std::vector<int> &all) noexcept
{
    typedef std::vector<int>::const_iterator Place;
    for (Place i = all.begin(); i != all.end(); ++i) use(*i);
}
""",
        """\
void each(const std::vector<int> &all) noexcept
{
    using Place = std::vector<int>::const_iterator;
    for (Place i = all.begin(); i != all.end(); ++i) use(*i);
}
""",
    ),
    Example(
        "cpp",
        """\
void each(const char *all) noexcept {
  typedef const char *Text; // a text
  use(Text(all));
}
""",
        """\
void each(const char *all) noexcept {
  using Text = const char *; // a text
  use(Text(all));
}
""",
        why="the star belongs to the type",
    ),
    Example(
        "cpp",
        """\
void call(int n) noexcept {
  typedef int (*Reader)(int);
  Reader read = find(n);
  read(n);
}
""",
        """\
void call(int n) noexcept {
  using Reader = int (*)(int);
  Reader read = find(n);
  read(n);
}
""",
        why="a pointer to a function",
    ),
    Example(
        "cpp",
        """\
void call(int n) noexcept {
  typedef int Number, *Place;
  Number m = n;
}
""",
        declined="NATURAL",
        why="two names",
    ),
    Example(
        "cpp",
        """\
void call(int n) noexcept {
  typedef struct { int m; } Pair;
  Pair p = {n};
}
""",
        declined="NATURAL",
        why="it declares a type of its own",
    ),
    Example(
        "cpp",
        """\
void call(int n) noexcept {
  typedef int Row[3];
  Row row = {n};
}
""",
        declined="NATURAL",
        why="an array",
    ),
    Example(
        "cpp",
        """\
void call(int n) {
  typedef int Number;
  Number m = n;
}
""",
        declined="NATURAL",
        why="nothing shows that the file is not older than using",
    ),
    Example(
        "cpp",
        """\
void call(int n) noexcept {
  typedef /* whole */ int Number;
  Number m = n;
}
""",
        declined="TRIVIA",
    ),
)

_USING_TO_TYPEDEF = (
    Example(
        "cpp",
        """\
void each(const std::vector<int> &all)
{
    using Place = std::vector<int>::const_iterator;
    for (Place i = all.begin(); i != all.end(); ++i) use(*i);
}
""",
        """\
void each(const std::vector<int> &all)
{
    typedef std::vector<int>::const_iterator Place;
    for (Place i = all.begin(); i != all.end(); ++i) use(*i);
}
""",
    ),
    Example(
        "cpp",
        """\
void each(const char *all) {
  using Text = const char *; // a text
  use(Text(all));
}
""",
        """\
void each(const char *all) {
  typedef const char *Text; // a text
  use(Text(all));
}
""",
        why="the star belongs to the name",
    ),
    Example(
        "cpp",
        """\
template <class T>
void each(const T &all) {
  using Value = typename T::value_type;
  use(Value(all));
}
""",
        """\
template <class T>
void each(const T &all) {
  typedef typename T::value_type Value;
  use(Value(all));
}
""",
    ),
    Example(
        "cpp",
        """\
void call(int n) {
  using Reader = int (*)(int);
  Reader read = find(n);
}
""",
        declined="NATURAL",
        why="the name would stand in the middle",
    ),
    Example(
        "cpp",
        """\
void call(int n) {
  using Row = int[3];
  Row row = {n};
}
""",
        declined="NATURAL",
        why="an array",
    ),
    Example(
        "cpp",
        """\
void call(int n) {
  using Number = /* whole */ int;
  Number m = n;
}
""",
        declined="TRIVIA",
    ),
    Example(
        "cpp",
        """\
#define NUMBER int
void call(int n) {
  using Number = NUMBER;
  Number m = n;
}
""",
        declined="NOMACRO",
    ),
)

DIRECTIONS: Directions = {
    "typedef-to-using": (to_using, _TYPEDEF_TO_USING),
    "using-to-typedef": (to_typedef, _USING_TO_TYPEDEF),
}
