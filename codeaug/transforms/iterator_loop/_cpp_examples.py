"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Example


def _function(body: str, head: str = "", before: str = "") -> str:
    head = head or "void f(std::vector<int> numbers, const std::map<std::string, int>& ages)"
    lines = "".join(f"    {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{before}constexpr int limit = 8;\n\n{head}\n{{\n{lines}}}\n"


_MEMBERS = "struct Box {\n    void f();\n    void g() const;\n    std::vector<Row> rows_;\n};\n\n"

ITERATOR_TO_EACH = (
    Example(
        "cpp",
        _function("""
for (std::vector<int>::iterator it = numbers.begin(); it != numbers.end(); ++it) {
    *it += 1; // one more
}
"""),
        _function("""
for (auto& number : numbers) {
    number += 1; // one more
}
"""),
        why="the iterator only reaches its element",
    ),
    Example(
        "cpp",
        _function("""
for (auto it = ages.begin(); it != ages.end(); it++)
    std::printf("%s %d", it->first.c_str(), (*it).second);
"""),
        _function("""
for (const auto& entry : ages)
    std::printf("%s %d", entry.first.c_str(), entry.second);
"""),
        why="an element of a map, const as the map is",
    ),
    Example(
        "cpp",
        _function(
            """
for (auto it = rows_.cbegin(); it != rows_.cend(); ++it) {
    const Row& row = *it;
    total += row.width;
}
""",
            "void Box::g() const",
            _MEMBERS,
        ),
        _function(
            """
for (const Row& row : rows_) {
    total += row.width;
}
""",
            "void Box::g() const",
            _MEMBERS,
        ),
        why="the variable that takes the element becomes the loop's",
    ),
    Example(
        "cpp",
        _function(
            """
for (auto it = nodes.begin(); it != nodes.end(); ++it) {
    delete*it;
}
""",
            "void f(std::vector<Node*> nodes)",
        ),
        _function(
            """
for (auto& node : nodes) {
    delete node;
}
""",
            "void f(std::vector<Node*> nodes)",
        ),
        why="a space is needed after the keyword (llvm#105508)",
    ),
    Example(
        "cpp",
        _function("""
for (auto it = numbers.begin(); it != numbers.end(); ++it) {
    if (*it == 0) it = numbers.erase(it);
}
"""),
        declined="INDEP",
        why="the erase idiom moves the iterator itself",
    ),
    Example(
        "cpp",
        _function("""
for (auto it = numbers.begin(); it != numbers.end(); ++it) {
    if (*it == 0) numbers.push_back(1);
}
"""),
        declined="INDEP",
        why="the container grows in the loop",
    ),
    Example(
        "cpp",
        _function(
            "for (auto it = rows_.begin(); it != rows_.end(); ++it) {\n    it->run();\n}",
            "void Box::f()",
            _MEMBERS,
        ),
        declined="INDEP",
        why="what is called may resize the member",
    ),
    Example(
        "cpp",
        _function("""
for (auto it = numbers.begin(); it != numbers.end(); ++it) {
    later([&] { return *it; });
}
"""),
        declined="NOCAP",
        why="a lambda may use the iterator later",
    ),
    Example(
        "cpp",
        _function(
            "for (auto it = flags.begin(); it != flags.end(); ++it) {\n    count += *it;\n}",
            "void f(std::vector<bool> flags)",
        ),
        declined="BUILTIN",
        why="an element of vector<bool> is a proxy",
    ),
    Example(
        "cpp",
        _function(
            "for (auto it = all.begin(); it != all.end(); ++it) {\n    count += *it;\n}",
            "template <typename T>\nvoid f(std::vector<T> all)",
        ),
        declined="BUILTIN",
        why="the element type depends on a template parameter",
    ),
    Example(
        "cpp",
        _function("""
for (auto it = numbers.begin(); it != numbers.end(); ++it) {
    CHECK_EQ(*it, 0);
}
"""),
        declined="NOMACRO",
        why="a macro may see the text of the element",
    ),
    Example(
        "cpp",
        "void f(std::vector<int> all) {\n"
        "  for (std::vector<int>::iterator i = all.begin(); i != all.end(); ++i)\n"
        "    count += *i;\n}\n",
        declined="NATURAL",
        why="nothing shows that the file may be C++11",
    ),
    Example(
        "cpp",
        _function("""
for (auto it = numbers.rbegin(); it != numbers.rend(); ++it) {
    print(*it);
}
for (auto it = numbers.begin() + 1; it != numbers.end(); ++it) {
    print(*it);
}
"""),
        why="not from the first element to the last",
    ),
)

EACH_TO_ITERATOR = (
    Example(
        "cpp",
        _function("""
for (int n : numbers) {
    // one by one
    print(n);
}
"""),
        _function("""
for (auto it = numbers.begin(); it != numbers.end(); ++it) {
    int n = *it;
    // one by one
    print(n);
}
"""),
        why="the element is read when its round begins, as before",
    ),
    Example(
        "cpp",
        _function("""
for (const auto& [name, age] : ages) {
    print(name, age);
}
"""),
        _function("""
for (auto it = ages.begin(); it != ages.end(); ++it) {
    const auto& [name, age] = *it;
    print(name, age);
}
"""),
        why="a structured binding is bound to the same element",
    ),
    Example(
        "cpp",
        _function(
            "for (auto& row : rows_)\n    row.width = 0;\nif (limit) {\n    stop();\n}",
            "void Box::f()",
            _MEMBERS,
        ),
        _function(
            "for (auto it = rows_.begin(); it != rows_.end(); ++it) {\n    auto& row = *it;\n"
            "    row.width = 0;\n}\nif (limit) {\n    stop();\n}",
            "void Box::f()",
            _MEMBERS,
        ),
        why="a block of its own",
    ),
    Example(
        "cpp",
        _function("for (auto& row : rows_) {\n    row.run();\n}", "void Box::f()", _MEMBERS),
        declined="INDEP",
        why="what is called may put another container there",
    ),
    Example(
        "cpp",
        _function("for (auto& row : made()) {\n    print(row);\n}"),
        declined="PURE",
        why="begin and end would be of two temporaries",
    ),
    Example(
        "cpp",
        _function("for (char c : text) {\n    print(c);\n}", "void f(std::string text)"),
        declined="NATURAL",
        why="the characters of a string are counted",
    ),
    Example(
        "cpp",
        _function("for (auto it : numbers) {\n    print(it, numbers.size());\n}"),
        declined="INDEP",
        why="the container is used in the loop",
    ),
    Example(
        "cpp",
        _function("for (int n : numbers) print(n); // all"),
        declined="TRIVIA",
        why="the comment would end up behind a brace",
    ),
)
