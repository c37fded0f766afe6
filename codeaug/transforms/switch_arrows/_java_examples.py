"""What arrows and colons become, and what is left alone."""

from __future__ import annotations

from codeaug.transforms import Example

_WITH_ARROWS = """\
    int g(int n) {
        return switch (n) {
            case 1 -> 2;
            default -> 3;
        };
    }
"""


def _example(
    before: str, after: str = "", *, declined: str = "", why: str = "", rest: str = _WITH_ARROWS
) -> Example:
    """A method `f` of those statements, indented by 8, before a method with arrows."""
    head = "class A {\n    int f(int n, Object o) {\n"
    tail = f"        return 0;\n    }}\n{rest}}}\n"
    whole = head + after + tail if after else ""
    return Example("java", head + before + tail, whole, declined, why=why)


TO_ARROWS = (
    _example(
        """\
        switch (n) {
            case 1:
            case 2:
                use(n);
                break;
            case 3:
                // the last
                return 3;
            default:
                throw new IllegalArgumentException();
        }
""",
        """\
        switch (n) {
            case 1, 2 -> use(n);
            case 3 -> {
                // the last
                return 3;
            }
            default -> throw new IllegalArgumentException();
        }
""",
    ),
    _example(
        """\
        switch (color(n)) {
        case RED: {
            int size = 1;
            use(size);
            break;
        }
        case BLUE:
            use(n);
        }
""",
        """\
        switch (color(n)) {
        case RED -> {
            int size = 1;
            use(size);
        }
        case BLUE -> use(n);
        }
""",
        why="it is evaluated once and null fails either way",
    ),
    _example(
        """\
        switch (n) {
            case 1:
                if (again(n)) {
                    break;
                }
                use(n);
                break;
            default:
                use(0);
                again(0);
        }
""",
        """\
        switch (n) {
            case 1 -> {
                if (again(n)) {
                    break;
                }
                use(n);
            }
            default -> {
                use(0);
                again(0);
            }
        }
""",
        why="a break leaves the switch from a block too",
    ),
    _example(
        """\
        switch (n) {
            case 1:
                use(n);
            case 2:
                again(n);
                break;
        }
""",
        declined="REACH",
        why="an arrow does not fall through",
    ),
    _example(
        """\
        switch (n) {
            case 1:
                int size = 3;
                use(size);
                break;
            case 2:
                size = 4;
                use(size);
                break;
        }
""",
        declined="FRESH",
        why="one case uses the other's variable",
    ),
    _example(
        """\
        switch (o) {
            case String s:
                use(s);
                break;
            default:
                return 4;
        }
""",
        declined="BUILTIN",
        why="a pattern",
    ),
    _example(
        """\
        switch (n) {
            case 1:
                use(n);
                break; // done
            case 2:
                return 4;
        }
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    _example(
        """\
        switch (n) {
            case 1:
                use(n);
                break;
            case 2:
                return 4;
        }
""",
        declined="NATURAL",
        why="nothing says that the project's Java knows arrows",
        rest="",
    ),
    _example("        use(n);\n", why="no switch"),
)

TO_COLONS = (
    _example(
        """\
        switch (n) {
            case 1, 2 -> use(n);
            case 3 -> {
                // the last
                return 3;
            }
            default -> throw new IllegalArgumentException();
        }
""",
        """\
        switch (n) {
            case 1:
            case 2:
                use(n);
                break;
            case 3:
                // the last
                return 3;
            default:
                throw new IllegalArgumentException();
        }
""",
    ),
    _example(
        """\
        switch (color(n)) {
            case RED -> {
                int size = 1;
                use(size);
            }
            case BLUE -> {
                int size = 2;
                use(size);
            }
        }
""",
        """\
        switch (color(n)) {
            case RED: {
                int size = 1;
                use(size);
                break;
            }
            case BLUE: {
                int size = 2;
                use(size);
                break;
            }
        }
""",
        why="each has its own size",
    ),
    _example(
        """\
        switch (n) {
            case 'a' -> {
            }
            case 'b' -> use(n);
        }
""",
        """\
        switch (n) {
            case 'a':
                break;
            case 'b':
                use(n);
                break;
        }
""",
    ),
    _example(
        """\
        switch (o) {
            case String s -> use(s);
            default -> use(n);
        }
""",
        declined="BUILTIN",
        why="a pattern",
    ),
    _example(
        """\
        switch (n) {
            case 1 -> use(n); // one
            default -> use(0);
        }
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    _example(
        """\
        switch (o) {
            case null -> use(n);
            default -> use(0);
        }
""",
        declined="BUILTIN",
        why="null with colons came later",
    ),
    _example(
        """\
        int size = switch (n) {
            case 1 -> 2;
            default -> 3;
        };
        use(size);
""",
        why="an expression",
    ),
    _example(
        """\
        switch (n) {
            case 1:
                use(n);
                break;
        }
""",
        why="colons already",
    ),
)
