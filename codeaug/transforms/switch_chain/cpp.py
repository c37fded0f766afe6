"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.switch_chain._braces import switch_to_if
from codeaug.transforms.switch_chain._switch import if_to_switch


def _example(
    before: str,
    after: str = "",
    *,
    declined: str = "",
    why: str = "",
    given: str = "int n",
    lead: str = "",
) -> Example:
    """A function of those statements, indented by 4."""
    head = f"{lead}int f({given}) {{\n"
    tail = "    return 0;\n}\n"
    whole = head + after + tail if after else ""
    return Example("cpp", head + before + tail, whole, declined, why=why)


_COLORS = "enum class Color { red, blue };\n"

_SWITCH_TO_IF = (
    _example(
        """\
    switch (n) {
    case 1:
    case 2:
        use(n);
        break;
    case 'x': return 3;
    default:
        again(n);
    }
""",
        """\
    if (n == 1 || n == 2) {
        use(n);
    } else if (n == 'x') {
        return 3;
    } else {
        again(n);
    }
""",
    ),
    _example(
        """\
    switch (color) {
        case Color::red: {
            std::string name("red");
            use(name);
        } break;
        case Color::blue:
            return 1;
    }
""",
        """\
    if (color == Color::red) {
        std::string name("red");
        use(name);
    } else if (color == Color::blue) {
        return 1;
    }
""",
        why="an enumeration of this file",
        given="Color color",
        lead=_COLORS,
    ),
    _example(
        """\
    switch ( n % 4 )
    {
    case 0:
        for (;;) {
            break;
        }
        break;
    default:
        break;
    }
""",
        """\
    if (n % 4 == 0)
    {
        for (;;) {
            break;
        }
    }
""",
        why="the inner break is the loop's",
    ),
    _example(
        """\
    switch (n) {
    case 1:
        use(n);
        // fall through
    case 2:
        return 3;
    }
""",
        declined="REACH",
        why="it falls through",
    ),
    _example(
        """\
    switch (n % 4) {
    case 0: do { use(n);
    case 1:      again(n);
            } while (--n > 0);
    }
""",
        declined="REACH",
        why="Duff's device",
    ),
    _example(
        """\
    switch (color) {
    case Color::red:
        return 1;
    case Color::blue:
        return 2;
    }
""",
        declined="BUILTIN",
        why="Color may be a class with a conversion",
        given="Color color",
    ),
    _example(
        """\
    switch (color) {
    case Color::red:
        return 1;
    case Color::blue:
        return 2;
    }
""",
        declined="BUILTIN",
        why="== is overloaded in this file",
        given="Color color",
        lead=_COLORS + "bool operator==(Color a, Color b);\n",
    ),
    _example(
        """\
    switch (n) {
#include "cases.inc"
    }
""",
        declined="REACH",
        why="cases that cannot be seen",
    ),
    _example(
        """\
    switch (n++) {
    case 1:
        return 1;
    case 2:
        return 2;
    }
""",
        declined="NATURAL",
        why="it would be increased twice",
    ),
    _example(
        """\
    switch (n) {
    case 1:
        int size;
        size = n;
        use(size);
        break;
    case 2:
        size = 3;
        use(size);
        break;
    }
""",
        declined="FRESH",
        why="one case uses the other's variable",
    ),
    _example(
        """\
    switch (n) {
    case 1:
        goto out;
    case 2:
        return 2;
    }
out:
""",
        declined="REACH",
        why="labels",
    ),
    _example(
        """\
    switch (int found = find(n)) {
    case 1:
        return 1;
    default:
        use(found);
    }
""",
        declined="FRESH",
        why="the head declares a name",
    ),
)

_IF_TO_SWITCH = (
    _example(
        """\
    if (n == 1 || n == 2) {
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
    if (c == 'a') {
        std::string name("a");
        use(name);
    }
    else if (c == '\\\\') {
        return 1;
    }
    else if (c == '\\0') {
        return 2;
    }
""",
        """\
    switch (c) {
        case 'a': {
            std::string name("a");
            use(name);
            break;
        }
        case '\\\\':
            return 1;
        case '\\0':
            return 2;
    }
""",
        why="no case may jump over the name",
        given="char c",
    ),
    _example(
        """\
    if (n == 1)
        use(1);
    else if (n == 2)
        use(2);
    else if (n == -3)
        use(3);
""",
        """\
    switch (n) {
        case 1:
            use(1);
            break;
        case 2:
            use(2);
            break;
        case -3:
            use(3);
            break;
    }
""",
    ),
    _example(
        """\
    for (;;) {
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
    } else if (n == last) {
        use(3);
    }
""",
        declined="BUILTIN",
        why="last may be no constant",
    ),
    _example(
        """\
    if (key == 1) {
        use(1);
    } else if (key == 2) {
        use(2);
    } else if (key == 3) {
        use(3);
    }
""",
        declined="BUILTIN",
        why="== may be overloaded",
        given="Key key",
    ),
    _example(
        """\
    if (n == 1) {
        use(1);
    } else if (n == 01) {
        use(2);
    } else if (n == 3) {
        use(3);
    }
""",
        declined="BUILTIN",
        why="the same number twice",
    ),
    _example(
        """\
    if (n == 1) {
        LOG(1);
    } else if (n == 2) {
        use(2);
    } else if (n == 3) {
        use(3);
    }
""",
        declined="NOMACRO",
        why="LOG may hold a break",
    ),
    _example(
        """\
    if (count == 1) {
        use(1);
    } else if (count == 2) {
        use(2);
    } else if (count == 3) {
        use(3);
    }
""",
        declined="PURE",
        why="the branch reads it once more, and others may change it",
    ),
    _example(
        """\
    if (n == 1) {
        use(1);
    } else if (n > 2) {
        use(2);
    } else if (n == 3) {
        use(3);
    }
""",
        why="no constant of its own",
    ),
)

DIRECTIONS: Directions = {
    "switch-to-if": (switch_to_if, _SWITCH_TO_IF),
    "if-to-switch": (if_to_switch, _IF_TO_SWITCH),
}
