"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.declared_type._cpp_rewriting import infer_type, write_type

_INFER_TYPE = (
    Example(
        "cpp",
        """\
int each(std::vector<int> &all) noexcept
{
    for (std::vector<int>::iterator i = all.begin(); i != all.end(); ++i) use(*i);
    return 0;
}
""",
        """\
int each(std::vector<int> &all) noexcept
{
    for (auto i = all.begin(); i != all.end(); ++i) use(*i);
    return 0;
}
""",
        why="everybody knows what begin() gives",
    ),
    Example(
        "cpp",
        """\
void show(Base *base) {
  auto size = 0;
  const Node *node = static_cast<const Node*>(base); // really
  node->show(size);
}
""",
        """\
void show(Base *base) {
  auto size = 0;
  const auto *node = static_cast<const Node*>(base); // really
  node->show(size);
}
""",
        why="the cast names the type",
    ),
    Example(
        "cpp",
        """\
void make(int n) noexcept {
  Node *node = new Node(n);
  std::unique_ptr<Node> other = std::make_unique<Node>(n);
  use(node, other);
}
""",
        """\
void make(int n) noexcept {
  auto *node = new Node(n);
  std::unique_ptr<Node> other = std::make_unique<Node>(n);
  use(node, other);
}
""",
    ),
    Example(
        "cpp",
        """\
void each(const std::vector<int> &all) noexcept {
  std::vector<int>::const_iterator i = all.begin();
  const long n = static_cast<int>(*i);
  use(n);
}
""",
        """\
void each(const std::vector<int> &all) noexcept {
  auto i = all.begin();
  const long n = static_cast<int>(*i);
  use(n);
}
""",
        why="of a constant vector it is a const_iterator",
    ),
    Example(
        "cpp",
        """\
void show(Base *base) noexcept {
  const Base *other = new Base();
  long n = static_cast<int>(*base);
  use(n);
}
""",
        declined="BUILTIN",
        why="auto would drop the const, or the conversion",
    ),
    Example(
        "cpp",
        """\
void show(const std::vector<int> &all) noexcept {
  const int &n = static_cast<int>(all[0]);
  use(n);
}
""",
        declined="BUILTIN",
        why="auto would drop the reference",
    ),
    Example(
        "cpp",
        """\
void show() noexcept {
  std::unique_ptr<Base> base = std::make_unique<Node>();
  use(base);
}
""",
        declined="BUILTIN",
        why="the value is converted",
    ),
    Example(
        "cpp",
        """\
void make(int n) {
  Node *node = new Node(n);
  use(node);
}
""",
        declined="NATURAL",
        why="nothing shows that the file is not older than auto",
    ),
    Example(
        "cpp",
        """\
void make(int n) noexcept {
  Node *node /* one */ = new Node(n);
  use(node);
}
""",
        declined="TRIVIA",
    ),
    Example(
        "cpp",
        """\
void make(int n) noexcept {
  std::initializer_list<int> all = {n, n};
  std::vector<bool>::reference first = bits()[0];
  int m = n;
}
""",
        why="a list, a proxy, and a value that does not name its type",
    ),
)

_WRITE_TYPE = (
    Example(
        "cpp",
        """\
int each(std::map<int, int> &all)
{
    for (auto i = all.begin(); i != all.end(); ++i) use(*i);
    return 0;
}
""",
        """\
int each(std::map<int, int> &all)
{
    for (std::map<int, int>::iterator i = all.begin(); i != all.end(); ++i) use(*i);
    return 0;
}
""",
    ),
    Example(
        "cpp",
        """\
void show(Base *base) {
  auto node = static_cast<const Node *>(base); // really
  node->show();
}
""",
        """\
void show(Base *base) {
  const Node *node = static_cast<const Node *>(base); // really
  node->show();
}
""",
    ),
    Example(
        "cpp",
        """\
void make(int n) {
  auto* node = new Node(n);
  use(node);
}
""",
        """\
void make(int n) {
  Node* node = new Node(n);
  use(node);
}
""",
    ),
    Example(
        "cpp",
        """\
void show(const std::string &text) {
  const auto size = text.size();
  use(size);
}
""",
        """\
void show(const std::string &text) {
  const std::size_t size = text.size();
  use(size);
}
""",
    ),
    Example(
        "cpp",
        """\
void each(std::vector<bool> &bits) {
  auto bit = bits[0];
  use(bit);
}
""",
        declined="BUILTIN",
        why="a proxy: as a bool it would be a copy",
    ),
    Example(
        "cpp",
        """\
void make(int n) {
  auto &node = find(n);
  auto all = {n, n};
  use(node, all);
}
""",
        declined="BUILTIN",
        why="neither a reference nor a list",
    ),
    Example(
        "cpp",
        """\
template <class T>
void each(std::vector<T> &all) {
  auto i = all.begin();
  use(*i);
}
""",
        declined="BUILTIN",
        why="it depends on the template parameter",
    ),
    Example(
        "cpp",
        """\
class Names {
  std::vector<int> all;
  int first() const {
    auto i = all.begin();
    return *i;
  }
};
""",
        declined="BUILTIN",
        why="here the vector is a constant",
    ),
    Example(
        "cpp",
        """\
void make(Base *base) {
  const auto node = static_cast<Node *>(base);
  use(node);
}
""",
        declined="BUILTIN",
        why="the pointer is constant, not the node",
    ),
    Example(
        "cpp",
        """\
struct Flags {
  unsigned low : 3;
  bool none() const {
    auto before = low - 1;
    return before < 0;
  }
};
""",
        declined="BUILTIN",
        why="three bits promote to int",
    ),
    Example(
        "cpp",
        """\
int scale(int n);
double twice(int n) {
  auto scale = [](int m) { return m / 2.0; };
  auto half = scale(n);
  return half * 4;
}
""",
        declined="BUILTIN",
        why="the lambda is called",
    ),
    Example(
        "cpp",
        """\
int scale(int n);
double twice(int n, double (*scale)(int)) {
  auto half = scale(n);
  return half * 4;
}
""",
        declined="BUILTIN",
        why="the parameter is called",
    ),
    Example(
        "cpp",
        """\
int scale(int n);
class Half : public Part {
  double twice(int n) {
    auto half = scale(n);
    return half * 4;
  }
};
""",
        declined="BUILTIN",
        why="the base may have such a function",
    ),
    Example(
        "cpp",
        """\
void make(int n) {
  auto /* one */ node = new Node(n);
  use(node);
}
""",
        declined="TRIVIA",
    ),
)

DIRECTIONS: Directions = {
    "infer-type": (infer_type, _INFER_TYPE),
    "write-type": (write_type, _WRITE_TYPE),
}
