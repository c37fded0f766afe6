"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.switch_chain._braces import switch_to_if
from codeaug.transforms.switch_chain._switch import if_to_switch


def _example(
    before: str, after: str = "", *, declined: str = "", why: str = "", given: str = "int n"
) -> Example:
    """A method of those statements, indented by 8."""
    head = f"class A {{\n    int f({given}) {{\n"
    tail = "        return 0;\n    }\n}\n"
    whole = head + after + tail if after else ""
    return Example("java", head + before + tail, whole, declined, why=why)


_SWITCH_TO_IF = (
    _example(
        """\
        switch (n) {
        case 1:
        case 2:
            // a few
            use(n);
            break;
        case 3:
            return 3;
        default:
            again(n);
        }
""",
        """\
        if (n == 1 || n == 2) {
            // a few
            use(n);
        } else if (n == 3) {
            return 3;
        } else {
            again(n);
        }
""",
    ),
    _example(
        """\
        switch (name) {
            case "a": {
                int size = 1;
                use(size);
                break;
            }
            case "b": {
                int size = 2;
                use(size);
            }
        }
""",
        """\
        if (name.equals("a")) {
            int size = 1;
            use(size);
        } else if (name.equals("b")) {
            int size = 2;
            use(size);
        }
""",
        why="equals fails for null just as switch does",
        given="String name",
    ),
    _example(
        """\
        switch (c) {
            case 'a': // first
                use(c);
                break;
            case 'b':
                while (true) {
                    break;
                }
                break;
            default:
                break;
        }
""",
        """\
        if (c == 'a') {
            // first
            use(c);
        } else if (c == 'b') {
            while (true) {
                break;
            }
        }
""",
        why="the inner break is the loop's; a default that does nothing goes",
        given="Character c",
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
        why="it falls through",
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
            case 2:
                return 1;
        }
""",
        declined="REACH",
        why="the break in the middle would leave something else",
    ),
    _example(
        """\
        switch (next()) {
            case 1:
                return 3;
            case 2:
                return 4;
        }
""",
        declined="PURE",
        why="next would be called twice",
    ),
    _example(
        """\
        switch (color) {
            case RED:
                return 3;
            case BLUE:
                return 4;
        }
""",
        declined="BUILTIN",
        why="null fails in a switch and not in a comparison",
        given="Color color",
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
        switch (n & 3) {
            case 1:
                return 3;
            case 2:
                return 4;
        }
""",
        declined="NATURAL",
        why="& binds looser than ==",
    ),
    _example(
        """\
        switch (n) {
            default:
                use(n);
                break;
            case 2:
                return 4;
        }
""",
        declined="NATURAL",
        why="the else comes last",
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
        given="Object o",
    ),
    _example(
        """\
        switch (n) {
            case 1 -> use(n);
            case 2 -> again(n);
        }
""",
        why="arrows",
    ),
    _example(
        """\
        int size = switch (n) {
            case 1 -> 2;
            default -> 3;
        };
""",
        why="an expression",
    ),
)

_IF_TO_SWITCH = (
    _example(
        """\
        if (n == 1 || n == 2) {
            // a few
            use(n);
        } else if (n == 3) {
            return 3;
        } else {
            again(n);
        }
""",
        """\
        switch (n) {
            case 1:
            case 2:
                // a few
                use(n);
                break;
            case 3:
                return 3;
            default:
                again(n);
                break;
        }
""",
    ),
    _example(
        """\
        if (name.equals("a")) {
            int size = 1;
            use(size);
        } else if (name.equals("b")) {
            return 1;
        } else if (name.equals("c"))
            return 2;
""",
        """\
        switch (name) {
            case "a": {
                int size = 1;
                use(size);
                break;
            }
            case "b":
                return 1;
            case "c":
                return 2;
        }
""",
        why="equals fails for null just as switch does",
        given="String name",
    ),
    _example(
        """\
        if (c == 'a') {
            use(1);
        } else if (c == '\\n') {
            use(2);
        } else if ((c == ' ')) {
            use(3);
        }
""",
        """\
        switch (c) {
            case 'a':
                use(1);
                break;
            case '\\n':
                use(2);
                break;
            case ' ':
                use(3);
                break;
        }
""",
        given="char c",
    ),
    _example(
        """\
        while (again(n)) {
            if (n == 1) {
                break;
            } else if (n == 2) {
                use(2);
            } else if (n == 3) {
                use(3);
            }
        }
""",
        declined="REACH",
        why="the break would leave the switch and not the loop",
    ),
    _example(
        """\
        if (n == 1) {
            use(1);
        } else if (n == 2) {
            use(2);
        } else if (n == 1) {
            use(3);
        }
""",
        declined="REACH",
        why="the same case twice",
    ),
    _example(
        """\
        if (n == 1) {
            use(1);
        } else if (n == 2) {
            use(2);
        } else if (n == LAST) {
            use(3);
        }
""",
        declined="BUILTIN",
        why="LAST may be no constant",
    ),
    _example(
        """\
        if (n == 1) {
            use(1);
        } else if (n == 2) {
            use(2);
        } else if (n == 3) {
            use(3);
        }
""",
        declined="BUILTIN",
        why="no switch on long",
        given="long n",
    ),
    _example(
        """\
        if (c == 'a') {
            use(1);
        } else if (c == 'b') {
            use(2);
        } else if (c == -1) {
            use(3);
        }
""",
        declined="REACH",
        why="javac refuses a case that the type does not have",
        given="char c",
    ),
    _example(
        """\
        if (n == 1) {
            use(1);
        } // or
        else if (n == 2) {
            use(2);
        } else if (n == 3) {
            use(3);
        }
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    _example(
        """\
        if (n == 1) {
            use(1);
        } else {
            use(2);
        }
""",
        why="two ways only",
    ),
    _example(
        """\
        if ("a".equals(name)) {
            return 1;
        } else if ("b".equals(name)) {
            return 2;
        } else if ("c".equals(name)) {
            return 3;
        }
""",
        why="null fails in a switch and not here",
        given="String name",
    ),
)

DIRECTIONS: Directions = {
    "switch-to-if": (switch_to_if, _SWITCH_TO_IF),
    "if-to-switch": (if_to_switch, _IF_TO_SWITCH),
}
