"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.emplace_back._rewriting import to_emplace, to_push

_EMPLACE_BACK = (
    Example(
        "cpp",
        """\
void add(std::vector<std::pair<int, std::string>> &all, int n, const std::string &name)
{
    all.push_back(std::make_pair(n, name));
}
""",
        """\
void add(std::vector<std::pair<int, std::string>> &all, int n, const std::string &name)
{
    all.emplace_back(n, name);
}
""",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<std::string> *names) {
  names->push_back("none");
}
""",
        """\
void add(std::vector<std::string> *names) {
  names->emplace_back("none");
}
""",
        why="the string is made in its place",
    ),
    Example(
        "cpp",
        """\
void add(std::deque<Node> &all, Node node) {
  all.push_back(std::move(node));
}
""",
        """\
void add(std::deque<Node> &all, Node node) {
  all.emplace_back(std::move(node));
}
""",
        why="one move either way",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<Node> &all, int n) {
  all.push_back(Node(n, 1));
}
""",
        declined="TRIVLIFE",
        why="one object less is made and destroyed",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<std::unique_ptr<Node>> &all) {
  all.push_back(std::unique_ptr<Node>(new Node));
}
""",
        declined="PURE",
        why="the node would leak where the vector cannot grow",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<std::pair<int, char *>> &all, int n) {
  all.push_back(std::make_pair(n, NULL));
}
""",
        declined="BUILTIN",
        why="as a reference it is a number",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<std::pair<int, long>> &all, int n) {
  all.push_back(std::pair<int, long>(n, {}));
}
""",
        declined="BUILTIN",
        why="a list in braces has no type of its own",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<Node> &all, const Other &other) {
  all.push_back(other);
}
""",
        declined="BUILTIN",
        why="an explicit constructor would be called",
    ),
    Example(
        "cpp",
        """\
void add(Names &all, const std::string &name) {
  all.push_back(name);
}
""",
        declined="BUILTIN",
        why="the container may have no emplace_back",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<int> &all, int n) {
  all.push_back(n);
}
""",
        declined="NATURAL",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<std::string> &all, const std::string &name) {
  all.push_back(name /* copied */);
}
""",
        declined="TRIVIA",
    ),
)

_PUSH_BACK = (
    Example(
        "cpp",
        """\
void add(std::vector<std::pair<int, long>> &all, int n)
{
    all.emplace_back(n, n + 1);
}
""",
        """\
void add(std::vector<std::pair<int, long>> &all, int n)
{
    all.push_back(std::pair<int, long>(n, n + 1));
}
""",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<std::string> *names) {
  names->emplace_back("none");
}
""",
        """\
void add(std::vector<std::string> *names) {
  names->push_back("none");
}
""",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<Node> &all, const Node &node) {
  all.emplace_back( node ); // copied
}
""",
        """\
void add(std::vector<Node> &all, const Node &node) {
  all.push_back( node ); // copied
}
""",
        why="one copy either way",
    ),
    Example(
        "cpp",
        """\
void add(std::vector<Node> &all, int n) {
  all.emplace_back(n, 1);
}
""",
        declined="TRIVLIFE",
        why="one object more would be made and destroyed",
    ),
    Example(
        "cpp",
        """\
void add(Names &all, const std::string &name) {
  all.emplace_back(name);
}
""",
        declined="BUILTIN",
        why="the container is not known",
    ),
    Example(
        "cpp",
        """\
template <class T>
void add(std::vector<T> &all, const T &one) {
  all.emplace_back(one);
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
Node &add(std::vector<Node> &all, const Node &node) {
  return all.emplace_back(node);
}
""",
        why="push_back gives nothing",
    ),
)

DIRECTIONS: Directions = {
    "emplace-back": (to_emplace, _EMPLACE_BACK),
    "push-back": (to_push, _PUSH_BACK),
}
