"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Example

_HEAD = "#include <algorithm>\n#include <numeric>\n\n"


def _function(body: str, head: str = "", includes: str = _HEAD) -> str:
    head = head or "bool f(const std::vector<int>& numbers, std::vector<Row> rows, int least)"
    lines = "".join(f"    {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{includes}{head}\n{{\n{lines}}}\n"


LOOP_TO_ALGORITHM = (
    Example(
        "cpp",
        _function("""
for (int n : numbers) {
    if (n > least) {
        return true;
    }
}
return false;
"""),
        _function("""
return std::any_of(numbers.begin(), numbers.end(), [&](int n) { return n > least; });
"""),
        why="whether any element fulfils it",
    ),
    Example(
        "cpp",
        _function("""
for (const auto& row : rows)
    if (row.width <= 0) return false;
return true;
"""),
        _function("""
return std::none_of(rows.begin(), rows.end(), [](const Row& row) { return row.width <= 0; });
"""),
        why="whether none does; the element type is written out, for C++11",
    ),
    Example(
        "cpp",
        _function("""
for (const Row& row : rows) {
    if (!(row.width == least)) return false;
}
return true;
"""),
        _function("""
return std::all_of(rows.begin(), rows.end(),
                   [&](const Row& row) { return row.width == least; });
"""),
        why="whether all do",
    ),
    Example(
        "cpp",
        _function("""
int found = 0;
for (int n : numbers) {
    if (n == 1) ++found;
}
return found > 1;
"""),
        _function("""
int found = static_cast<int>(std::count_if(numbers.begin(), numbers.end(),
                                           [](int n) { return n == 1; }));
return found > 1;
"""),
        why="a count, of the type that it had",
    ),
    Example(
        "cpp",
        _function("""
int sum = 0;
for (int n : numbers) sum += n;
return sum > 9;
"""),
        _function("""
int sum = std::accumulate(numbers.begin(), numbers.end(), 0);
return sum > 9;
"""),
        why="a sum in the type of its first value",
    ),
    Example(
        "cpp",
        _function("long sum = 0;\nfor (int n : numbers) sum += n;\nreturn sum > 9;"),
        declined="BUILTIN",
        why="accumulate would add up in int, the type of 0",
    ),
    Example(
        "cpp",
        _function("for (int n : numbers) {\n    if (n < 0) return true;\n}\nreturn false;", "", ""),
        declined="NATURAL",
        why="the file does not include <algorithm>",
    ),
    Example(
        "cpp",
        _function(
            "for (const Row& row : rows) {\n    if (row.next()) return true;\n}\nreturn false;"
        ),
        declined="BOOLVAL",
        why="what it returns is not known; a class would be copied",
    ),
    Example(
        "cpp",
        _function(
            "for (int n : numbers) {\n    if ((least += n) > 9) return true;\n}\nreturn false;"
        ),
        declined="PURE",
        why="it assigns",
    ),
    Example(
        "cpp",
        _function(
            "auto [low, high] = bounds();\nfor (int n : numbers)\n    if (n > high) return true;\n"
            "return false;"
        ),
        declined="NOCAP",
        why="a lambda cannot capture a structured binding before C++20",
    ),
    Example(
        "cpp",
        _function("for (int n : numbers) {\n    if (CHECK(n)) return true;\n}\nreturn false;"),
        declined="NOMACRO",
        why="a macro may return",
    ),
    Example(
        "cpp",
        _function(
            "for (int n : numbers) {\n    // below zero\n    if (n < 0) return true;\n}\n"
            "return false;"
        ),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "cpp",
        _function("for (int n : made()) {\n    if (n < 0) return true;\n}\nreturn false;"),
        declined="PURE",
        why="begin and end would be of two containers",
    ),
    Example(
        "cpp",
        _function(
            "int least = 9;\nfor (int n : numbers) {\n    least = n < least ? n : least;\n}\n"
            "return least > 0;",
            "bool f(const std::vector<int>& numbers)",
        ),
        why="no min: ties and NaN would be decided otherwise",
    ),
)

ALGORITHM_TO_LOOP = (
    Example(
        "cpp",
        _function(
            "return std::any_of(all.begin(), all.end(), [&](const Row& r) { return r.id == id; });",
            "bool Table::has(int id) const",
        ),
        _function(
            """
for (const Row& r : all)
{
    if (r.id == id)
    {
        return true;
    }
}
return false;
""",
            "bool Table::has(int id) const",
        )
        .replace(")\n    {", ") {")
        .replace(")\n        {", ") {"),
        why="the first that fulfils it decides",
    ),
    Example(
        "cpp",
        _function(
            "return std::none_of(rows.begin(), rows.end(), [](auto& r) { return r.bad(); });"
        ),
        _function("""
for (auto& r : rows) {
    if (r.bad()) {
        return false;
    }
}
return true;
"""),
        why="none may",
    ),
    Example(
        "cpp",
        _function(
            "return std::all_of(numbers.begin(), numbers.end(), [&](int n) { return n >= least; });"
        ),
        _function("""
for (int n : numbers) {
    if (n < least) {
        return false;
    }
}
return true;
"""),
        why="the first that does not decides",
    ),
    Example(
        "cpp",
        _function(
            "return std::all_of(all.begin(), all.end(), [](double d) { return d > 0.5; });",
            "bool f(const std::vector<double>& all)",
        ),
        declined="NOFLOAT",
        why="NaN is neither above nor not above",
    ),
    Example(
        "cpp",
        _function(
            "return std::any_of(a.begin(), b.end(), [](int n) { return n > 0; });",
            "bool f(const std::vector<int>& a, const std::vector<int>& b)",
        ),
        declined="BUILTIN",
        why="no range of one container",
    ),
    Example(
        "cpp",
        _function("return std::any_of(get().begin(), get().end(), [](int n) { return n > 0; });"),
        declined="PURE",
        why="it is called twice, and the loop would call it once",
    ),
    Example(
        "cpp",
        _function(
            "return std::any_of(rows.begin(), rows.end(), [k = least](Row& r) { return r == k; });"
        ),
        declined="NOCAP",
        why="the capture is a name of its own",
    ),
    Example(
        "cpp",
        _function(
            "return std::any_of(rows.begin(), rows.end(), [](Row& r) {\n    log(r);\n"
            "    return r.id == 0;\n});"
        ),
        declined="NATURAL",
        why="the lambda is more than a question",
    ),
    Example(
        "cpp",
        _function(
            "return std::any_of(rows.begin(), rows.end(), [](Row& r) { return r.id; /* set */ });"
        ),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
)
