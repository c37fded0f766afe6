"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Example

_HEAD = "#include <vector>\n\n"


def _function(body: str, head: str = "", before: str = "") -> str:
    head = head or "static auto f(std::vector<int> numbers, const std::vector<Row>& rows) -> int"
    lines = "".join(f"    {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{_HEAD}{before}constexpr int limit = 8;\n\n{head}\n{{\n{lines}}}\n"


_MEMBERS = "struct Box {\n    void f();\n    void g() const;\n    std::vector<Row> rows;\n};\n\n"

INDEX_TO_EACH = (
    Example(
        "cpp",
        _function("""
int total = 0;
for (std::size_t i = 0; i < numbers.size(); ++i) {
    total += numbers[i] * 2; // twice
}
return total;
"""),
        _function("""
int total = 0;
for (int number : numbers) {
    total += number * 2; // twice
}
return total;
"""),
        why="a number that is only read is taken by value",
    ),
    Example(
        "cpp",
        _function("""
int total = 0;
for (size_t i = 0; i < rows.size(); i++)
    total += rows[i].width;
return total;
"""),
        _function("""
int total = 0;
for (const Row& row : rows)
    total += row.width;
return total;
"""),
        why="an object is bound by reference, const as the container is",
    ),
    Example(
        "cpp",
        _function("""
for (int i = 0; i < static_cast<int>(numbers.size()); ++i) {
    numbers[i] += 1;
}
return 0;
"""),
        _function("""
for (int& number : numbers) {
    number += 1;
}
return 0;
"""),
        why="an element that is assigned is bound by reference",
    ),
    Example(
        "cpp",
        _function("""
for (size_t i = 0; i < numbers.size(); ++i) {
    const int n = numbers.at(i);
    add(n);
}
return 0;
"""),
        _function("""
for (const int n : numbers) {
    add(n);
}
return 0;
"""),
        why="the variable that takes the element becomes the loop's",
    ),
    Example(
        "cpp",
        _function("""
Node* nodes[4];
fill(nodes);
for (int i = 0; i < 4; ++i) {
    delete(nodes[i]);
}
return 0;
"""),
        _function("""
Node* nodes[4];
fill(nodes);
for (auto& node : nodes) {
    delete(node);
}
return 0;
"""),
        why="an array, up to the number of its elements",
    ),
    Example(
        "cpp",
        _function("""
for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] > 0) numbers.push_back(0);
}
return 0;
"""),
        declined="INDEP",
        why="the container grows in the loop (llvm#154764)",
    ),
    Example(
        "cpp",
        _function(
            "for (size_t i = 0; i < rows.size(); ++i) {\n    rows[i].run();\n}",
            "void Box::f()",
            _MEMBERS,
        ),
        declined="INDEP",
        why="what is called may resize the member",
    ),
    Example(
        "cpp",
        _function("""
for (size_t i = 0; i < numbers.size(); ++i) {
    print(i, numbers[i]);
}
return 0;
"""),
        declined="INDEP",
        why="the index is needed",
    ),
    Example(
        "cpp",
        _function(
            "for (size_t i = 0; i < flags.size(); ++i) {\n    count += flags[i];\n}",
            "void f(std::vector<bool> flags)",
        ),
        declined="BUILTIN",
        why="an element of vector<bool> is a proxy",
    ),
    Example(
        "cpp",
        _function(
            "for (size_t i = 0; i < all.size(); ++i) {\n    count += all[i];\n}",
            "template <typename T>\nvoid f(std::vector<T> all)",
        ),
        declined="BUILTIN",
        why="the element type depends on a template parameter",
    ),
    Example(
        "cpp",
        _function("""
for (size_t i = 0; i < numbers.size(); ++i) {
    later([&] { return numbers[i]; });
}
return 0;
"""),
        declined="NOCAP",
        why="a lambda may read the element later",
    ),
    Example(
        "cpp",
        _function(
            "for (size_t i = 0; i < made().size(); ++i) {\n    count += made()[i];\n}", "void f()"
        ),
        declined="PURE",
        why="each call may give another container, and a temporary's range would dangle",
    ),
    Example(
        "cpp",
        "void f(std::vector<int> all) {\n  for (int i = 0; i < all.size(); i++)\n"
        "    count += all[i];\n}\n",
        declined="NATURAL",
        why="nothing shows that the file may be C++11",
    ),
    Example(
        "cpp",
        _function("""
#define EACH(v) for (size_t i = 0; i < v.size(); ++i)
EACH(numbers) {
    print(numbers[i]);
}
return 0;
"""),
        why="a macro's loop is no loop here",
    ),
    Example(
        "cpp",
        _function("""
for (size_t i = 0; i < numbers.size(); ++i) {
    CHECK_EQ(numbers[i], 0);
}
return 0;
"""),
        declined="NOMACRO",
        why="a macro may see the text of the element",
    ),
    Example(
        "cpp",
        _function("""
for (size_t i = 0; /* all */ i < numbers.size(); ++i) {
    count += numbers[i];
}
return 0;
"""),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "cpp",
        """\
class Seen {
  std::vector<int> all;
  void log(int n);
  void each() noexcept {
    for (std::size_t i = 0; i < all.size(); i++) {
      log(all[i]);
    }
  }
};
""",
        declined="INDEP",
        why="a log of its own, not a logarithm",
    ),
    Example(
        "cpp",
        """\
class Seen {
  std::vector<int> all;
  int sum(const Seen *next) noexcept {
    int sum = 0;
    for (std::size_t i = 0; i < all.size(); i++) {
      sum += all[i];
      *this = *next;
    }
    return sum;
  }
};
""",
        declined="INDEP",
        why="the object is replaced as a whole",
    ),
    Example(
        "cpp",
        """\
int sum(std::vector<int> &all, std::vector<int> &more) noexcept {
  int sum = 0;
  for (std::size_t i = 0; i < all.size(); i++) {
    sum += all[i];
    more = {};
  }
  return sum;
}
""",
        declined="INDEP",
        why="both may be the same vector",
    ),
)

EACH_TO_INDEX = (
    Example(
        "cpp",
        _function("""
for (const auto& row : rows) {
    print(row);
}
return 0;
"""),
        _function("""
for (std::size_t i = 0; i < rows.size(); i++) {
    const auto& row = rows[i];
    print(row);
}
return 0;
"""),
        why="the reference is bound to the same element",
    ),
    Example(
        "cpp",
        _function("""
for (int n : numbers) count += n;
for (size_t i = 0; i < 3; ++i) {
    count += 1;
}
return 0;
"""),
        _function("""
for (size_t j = 0; j < numbers.size(); ++j)
{
    int n = numbers[j];
    count += n;
}
for (size_t i = 0; i < 3; ++i) {
    count += 1;
}
return 0;
""").replace(")\n    {\n        int", ") {\n        int"),
        why="a block of its own, an index that is free, counted as the file does",
    ),
    Example(
        "cpp",
        _function("for (auto& row : rows) {\n    row.width = 0;\n}", "void Box::f()", _MEMBERS),
        _function(
            "for (std::size_t i = 0; i < rows.size(); i++) {\n    auto& row = rows[i];\n"
            "    row.width = 0;\n}",
            "void Box::f()",
            _MEMBERS,
        ),
        why="a member that nothing in the loop can change",
    ),
    Example(
        "cpp",
        _function("for (auto& row : rows) {\n    row.run();\n}", "void Box::f()", _MEMBERS),
        declined="INDEP",
        why="what is called may put another container there",
    ),
    Example(
        "cpp",
        _function("for (auto& row : made()) {\n    print(row);\n}\nreturn 0;"),
        declined="PURE",
        why="it would be made in each round",
    ),
    Example(
        "cpp",
        _function("for (auto&& n : numbers) {\n    print(n);\n}\nreturn 0;"),
        declined="NATURAL",
        why="a forwarding reference is bound to what the range gives",
    ),
    Example(
        "cpp",
        _function(
            "for (const auto& each : all) {\n    print(each);\n}", "void f(std::set<int> all)"
        ),
        declined="BUILTIN",
        why="a set has no index",
    ),
    Example(
        "cpp",
        _function("for (int n : numbers) {\n    numbers[0] += n;\n}\nreturn 0;"),
        declined="INDEP",
        why="the container is used in the loop",
    ),
    Example(
        "cpp",
        _function("for (int n : numbers) print(n); // all\nreturn 0;"),
        declined="TRIVIA",
        why="the comment would end up behind a brace",
    ),
)
