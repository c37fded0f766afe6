"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.guard_clause._braces import guard_clause, nest_guard

_GUARD_CLAUSE = (
    Example(
        "cpp",
        """\
int sign(int n)
{
    if (n < 0) {
        return -1;
    } else {
        // not negative
        int one = 1;
        return n == 0 ? 0 : one;
    }
}
""",
        """\
int sign(int n)
{
    if (n < 0) {
        return -1;
    }
    // not negative
    int one = 1;
    return n == 0 ? 0 : one;
}
""",
        why="no else is needed behind a return",
    ),
    Example(
        "cpp",
        """\
void add(const char* name) {
  if (name != nullptr) {
    std::string copy(name);
    names.push_back(copy);
  }
}
""",
        """\
void add(const char* name) {
  if (name == nullptr) {
    return;
  }
  std::string copy(name);
  names.push_back(copy);
}
""",
        why="the wrapped tail of a void function",
    ),
    Example(
        "cpp",
        """\
void add_all(int *all, int n)
{
    for (int i = 0; i < n; ++i) {
        if (all[i] > 0) {
            ++count;
            add(all[i]);
        }
    }
}
""",
        """\
void add_all(int *all, int n)
{
    for (int i = 0; i < n; ++i) {
        if (all[i] <= 0) {
            continue;
        }
        ++count;
        add(all[i]);
    }
}
""",
        why="the wrapped tail of a loop body",
    ),
    Example(
        "cpp",
        """\
int Table::find(int key) const
{
    if (has(key))
    {
        touch(key);
        return get(key);
    }
    return -1;
}
""",
        """\
int Table::find(int key) const
{
    if (!has(key))
    {
        return -1;
    }
    touch(key);
    return get(key);
}
""",
        why="the short way out comes first",
    ),
    Example(
        "cpp",
        """\
void add(int n)
{
    if (n < 0) {
        return;
    } else {
        Lock held(mutex);
        names.push_back(n);
    }
    changed();
}
""",
        declined="TRIVLIFE",
        why="the lock would be held longer",
    ),
    Example(
        "cpp",
        """\
void add(Money n)
{
    if (n == limit) {
        ++count;
        add(n, n);
    }
}
""",
        declined="BUILTIN",
        why="> may be overloaded, or compare with NaN",
    ),
    Example(
        "cpp",
        """\
void add(double n)
{
    if (n > 0.5) {
        ++count;
        add(n, n);
    }
}
""",
        declined="NOFLOAT",
        why="NaN is neither greater nor not greater",
    ),
    Example(
        "cpp",
        """\
template <typename T>
void add(T n)
{
    if (n) {
        ++count;
        add(n, n);
    }
}
""",
        declined="NODEP",
        why="its type depends on the template's",
    ),
    Example(
        "cpp",
        """\
int find(int key)
{
    if (auto found = lookup(key)) {
        return found;
    } else {
        use(found);
        return 0;
    }
}
""",
        declined="FRESH",
        why="the condition declares a name for both branches",
    ),
    Example(
        "cpp",
        """\
template <bool B> int pick(int n)
{
    if constexpr (B) {
        return n;
    } else {
        return n.size();
    }
}
""",
        declined="NODEP",
        why="a discarded branch would be compiled",
    ),
    Example(
        "cpp",
        """\
int find(int n)
{
    if (n < 0) {
        return -1;
    } else {
        int one = 1;
        use(one);
    }
done:
    return 1;
}
""",
        declined="REACH",
        why="the label could be jumped to past the initialiser",
    ),
    Example(
        "cpp",
        """\
int find(int n)
{
    if (n < 0) {
        return -1;
    } else {
        CHECK(n);
        return 1;
    }
}
""",
        declined="NOMACRO",
        why="nobody knows what CHECK expands to",
    ),
    Example(
        "cpp",
        """\
int find(int n)
{
    if (n < 0) {
        return -1;
    } else {
#ifdef DEBUG
        use(n);
#endif
        return 1;
    }
}
""",
        declined="NOMACRO",
        why="a directive inside",
    ),
    Example(
        "cpp",
        """\
void add(int n)
{
    int copy = 1;
    if (n > 0) {
        int copy = n;
        add(copy, copy);
    }
}
""",
        declined="FRESH",
        why="an outer variable of that name exists",
    ),
)

_NEST_GUARD = (
    Example(
        "cpp",
        """\
int sign(int n)
{
    if (n < 0)
        return -1;
    // not negative
    return 1;
}
""",
        """\
int sign(int n)
{
    if (n < 0) {
        return -1;
    } else {
        // not negative
        return 1;
    }
}
""",
    ),
    Example(
        "cpp",
        """\
void add(const char *name)
{
    if (!name) {
        return;
    }
    std::string copy(name);
    names.push_back(copy);
}
""",
        """\
void add(const char *name)
{
    if (name) {
        std::string copy(name);
        names.push_back(copy);
    }
}
""",
        why="a bare return needs no else",
    ),
    Example(
        "cpp",
        """\
void add_all(int* all, int n) {
  for (int i = 0; i < n; ++i) {
    if (all[i] <= 0) continue;
    ++count;
    add(all[i]);
  }
}
""",
        """\
void add_all(int* all, int n) {
  for (int i = 0; i < n; ++i) {
    if (all[i] > 0) {
      ++count;
      add(all[i]);
    }
  }
}
""",
        why="nor does a continue",
    ),
    Example(
        "cpp",
        """\
void add(float n)
{
    if (n < 0) {
        return;
    }
    add(n, n);
}
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    Example(
        "cpp",
        """\
int sign(int n)
{
    if (n < 0) {
        return -1;
    }
    CHECK(n);
    return 1;
}
""",
        declined="NOMACRO",
        why="nobody knows what CHECK expands to",
    ),
    Example(
        "cpp",
        """\
int sign(int n)
{
    if (n < 0) {
        return -1;
    }
    goto done;
done:
    return 1;
}
""",
        declined="REACH",
        why="a label would be nested",
    ),
    Example(
        "cpp",
        """\
std::string text(bool empty)
{
    if (empty) {
        return "";
    }
    return R"(one
    two)";
}
""",
        declined="NATURAL",
        why="a raw string would have to move",
    ),
    Example(
        "cpp",
        """\
int find(int key)
{
    if (auto found = lookup(key)) {
        return found;
    }
    return 0;
}
""",
        declined="FRESH",
        why="the condition declares a name",
    ),
    Example(
        "cpp",
        """\
void add(int n)
{
    if (n < 0) {
        return;
    }
}
""",
        why="the last statement",
    ),
)

DIRECTIONS: Directions = {
    "guard-clause": (guard_clause, _GUARD_CLAUSE),
    "nest-guard": (nest_guard, _NEST_GUARD),
}
