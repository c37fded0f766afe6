"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.null_pointer._rewriting import to_null, to_nullptr

_NULL_TO_NULLPTR = (
    Example(
        "cpp",
        """\
Node *find(Node *node, const std::string &name) noexcept
{
    if (node == NULL) {
        return NULL;
    }
    return node->find(name);
}
""",
        """\
Node *find(Node *node, const std::string &name) noexcept
{
    if (node == nullptr) {
        return NULL;
    }
    return node->find(name);
}
""",
    ),
    Example(
        "cpp",
        """\
void clear(Node *node) {
  const Node *next = 0;
  for (auto &each : *node) use(each, next);
}
""",
        """\
void clear(Node *node) {
  const Node *next = nullptr;
  for (auto &each : *node) use(each, next);
}
""",
        why="a zero that is a pointer",
    ),
    Example(
        "cpp",
        """\
const char *name(int n) {
  static_assert(sizeof(n) > 1, "int");
  return 0;
}
""",
        """\
const char *name(int n) {
  static_assert(sizeof(n) > 1, "int");
  return nullptr;
}
""",
        why="a result",
    ),
    Example(
        "cpp",
        """\
void show(Node *node) noexcept {
  print(NULL, node);
}
""",
        declined="BUILTIN",
        why="it may choose another overload",
    ),
    Example(
        "cpp",
        """\
bool none(Handle handle) noexcept {
  return handle == NULL;
}
""",
        declined="BUILTIN",
        why="a handle may be a number",
    ),
    Example(
        "cpp",
        """\
bool none(const Node *node) noexcept {
  CHECK(node != NULL);
  return true;
}
""",
        declined="NOMACRO",
        why="the macro shows the text",
    ),
    Example(
        "cpp",
        """\
bool none(const Node *node) {
  return node == NULL;
}
""",
        declined="NATURAL",
        why="nothing shows that the file is not older than nullptr",
    ),
    Example(
        "cpp",
        """\
int none(int n) noexcept {
  return n == 0 ? 0 : 1;
}
""",
        why="zeros that are numbers",
    ),
)

_NULLPTR_TO_NULL = (
    Example(
        "cpp",
        """\
Node *find(Node *node)
{
    if (node == nullptr) {
        return node;
    }
    return node->next != NULL ? node->next : node;
}
""",
        """\
Node *find(Node *node)
{
    if (node == NULL) {
        return node;
    }
    return node->next != NULL ? node->next : node;
}
""",
    ),
    Example(
        "cpp",
        """\
void clear(Node *node) {
  const Node *next = nullptr;
  if (node != NULL) use(next);
}
""",
        """\
void clear(Node *node) {
  const Node *next = NULL;
  if (node != NULL) use(next);
}
""",
    ),
    Example(
        "cpp",
        """\
const char *name(const char *text) {
  if (text == NULL) stop();
  return nullptr;
}
""",
        """\
const char *name(const char *text) {
  if (text == NULL) stop();
  return NULL;
}
""",
    ),
    Example(
        "cpp",
        """\
void show(Node *node) {
  if (node != NULL) print(nullptr, node);
}
""",
        declined="BUILTIN",
        why="it may choose another overload",
    ),
    Example(
        "cpp",
        """\
void show(std::shared_ptr<Node> node, Node *other) {
  if (other != NULL && node != nullptr) print();
}
""",
        declined="BUILTIN",
        why="only nullptr is compared with it",
    ),
    Example(
        "cpp",
        """\
auto show(Node *other) {
  auto none = nullptr;
  return other == NULL ? none : nullptr;
}
""",
        declined="BUILTIN",
        why="the type is inferred",
    ),
    Example(
        "cpp",
        """\
bool none(const Node *node) {
  return node == nullptr; // not NULL
}
""",
        declined="NATURAL",
        why="the file writes nullptr only",
    ),
    Example(
        "cpp",
        """\
bool none(const Node *node, const Node *other) {
  assert(node != nullptr);
  return other == NULL;
}
""",
        declined="NOMACRO",
        why="the macro shows the text",
    ),
)

DIRECTIONS: Directions = {
    "null-to-nullptr": (to_nullptr, _NULL_TO_NULLPTR),
    "nullptr-to-null": (to_null, _NULLPTR_TO_NULL),
}
