"""Calls of a file's own functions in C++."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.helper_function._braces import inline

_INLINE = (
    Example(
        "cpp",
        """\
static bool is_blank(const char* s) {
    return s == nullptr || *s == 0;
}

int f(int n, const char* name) {
    if (is_blank(name)) {
        return 1;
    }
    return n;
}
""",
        """\
static bool is_blank(const char* s) {
    return s == nullptr || *s == 0;
}

int f(int n, const char* name) {
    if (name == nullptr || *name == 0) {
        return 1;
    }
    return n;
}
""",
        unit="f",
    ),
    Example(
        "cpp",
        """\
namespace {
int total = 0;

void add(int x) {
    // one more
    total += x;
}
}  // namespace

int f(int n, const char* name) {
    add(n);
    return n;
}
""",
        """\
namespace {
int total = 0;

void add(int x) {
    // one more
    total += x;
}
}  // namespace

int f(int n, const char* name) {
    // one more
    total += n;
    return n;
}
""",
        unit="f",
    ),
    Example(
        "cpp",
        """\
static int twice(int x) {
    int result = x + x;
    return result * 2;
}

int f(int n, const char* name) {
    return twice(n);
}
""",
        """\
static int twice(int x) {
    int result = x + x;
    return result * 2;
}

int f(int n, const char* name) {
    int result = n + n;
    return result * 2;
}
""",
        unit="f",
    ),
    Example(
        "cpp",
        """\
class Box {
public:
    bool full() const {
        return is_at(count);
    }

private:
    bool is_at(int n) const {
        return n == limit;
    }

    int count;
    int limit;
};
""",
        """\
class Box {
public:
    bool full() const {
        return count == limit;
    }

private:
    bool is_at(int n) const {
        return n == limit;
    }

    int count;
    int limit;
};
""",
        unit="Box::full",
    ),
    Example(
        "cpp",
        """\
int next(int x) {
    return x + 1;
}

int f(int n, const char* name) {
    return next(n);
}
""",
        declined="REACH",
        unit="f",
        why="not private to the file",
    ),
    Example(
        "cpp",
        """\
static int next(int x) {
    return x + 1;
}
static int next(long x) {
    return 2;
}

int f(int n, const char* name) {
    return next(n);
}
""",
        declined="REACH",
        unit="f",
        why="overloaded",
    ),
    Example(
        "cpp",
        """\
static long next(long x) {
    return x + 1;
}

int f(int n, const char* name) {
    return next(n);
}
""",
        declined="BUILTIN",
        unit="f",
        why="the argument is widened",
    ),
    Example(
        "cpp",
        """\
static int size(const std::string& s) {
    return s.size();
}

int f(int n, const char* name) {
    return size(name);
}
""",
        declined="BUILTIN",
        unit="f",
        why="a temporary is made, and the result is converted",
    ),
    Example(
        "cpp",
        """\
static int twice(int x) {
    return x + x;
}

int f(int n, const char* name) {
    return twice(n++);
}
""",
        declined="PURE",
        unit="f",
        why="the argument would be evaluated twice",
    ),
    Example(
        "cpp",
        """\
static int next(int x) noexcept {
    return x + 1;
}

int f(int n, const char* name) {
    return next(n);
}
""",
        declined="REACH",
        unit="f",
        why="what it throws ends the program",
    ),
    Example(
        "cpp",
        """\
static int next(int x = 1) {
    return x + 1;
}

int f(int n, const char* name) {
    return next();
}
""",
        declined="REACH",
        unit="f",
        why="a default argument",
    ),
    Example(
        "cpp",
        """\
static int count(int x) {
    static int total = 0;
    total += x;
    return total;
}

int f(int n, const char* name) {
    return count(n);
}
""",
        declined="TRIVLIFE",
        unit="f",
        why="a static variable",
    ),
    Example(
        "cpp",
        """\
static int count(int x) {
    std::lock_guard<std::mutex> lock(mutex);
    total += x;
    return total;
}

int f(int n, const char* name) {
    return count(n);
}
""",
        declined="TRIVLIFE",
        unit="f",
        why="the lock would be held longer",
    ),
    Example(
        "cpp",
        """\
template <class T>
static int next(T x) {
    return x + 1;
}

int f(int n, const char* name) {
    return next(n);
}
""",
        declined="NODEP",
        unit="f",
    ),
    Example(
        "cpp",
        """\
#define LIMIT 3
static bool is_high(int x) {
    return x > LIMIT;
}

int f(int n, const char* name) {
    if (is_high(n)) {
        return 1;
    }
    return 2;
}
""",
        declined="NOMACRO",
        unit="f",
    ),
    Example(
        "cpp",
        """\
static int total;
static int next(int x) {
    return x + total;
}

int f(int n, const char* name) {
    int total = 2;
    return next(n);
}
""",
        declined="FRESH",
        unit="f",
        why="total is another variable here",
    ),
    Example(
        "cpp",
        """\
static bool is_same(int x, int y) {
    return x == y;
}

int f(int n, const char* name) {
    return !is_same(n, n);
}
""",
        declined="NATURAL",
        unit="f",
        why="!(a == b)",
    ),
    Example(
        "cpp",
        """\
static int next(int x) {
    return x + 1;
}

int Box::f(int n) {
    return next(n);
}
""",
        declined="REACH",
        unit="Box::f",
        why="a member of the class may hide it",
    ),
    Example(
        "cpp",
        """\
static void log(int x) {
    total += x;
}

int f(int n, const char* name) {
    log(n);
    log(n);
    return n;
}
""",
        declined="NATURAL",
        unit="f",
        why="the same lines twice",
    ),
)

DIRECTIONS: Directions = {"inline-helper": (inline, _INLINE)}
