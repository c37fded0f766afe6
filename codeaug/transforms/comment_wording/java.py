"""What becomes of comments in Java."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.comment_wording._examples import (
    shorten_examples,
    spell_out_examples,
    to_order_examples,
    to_third_examples,
)
from codeaug.transforms.comment_wording._wording import (
    shorten,
    spell_out,
    to_imperative,
    to_third_person,
)

_SPELL_OUT = (
    Example(
        "java",
        """\
class A {
    int f(int x) {
        /*
         * It's empty: TODO.
         */
        Runnable r = new Runnable() {
            /** Doesn't do a thing. */
            public void run() {}
        };
        return x;
    }
}
""",
        """\
class A {
    int f(int x) {
        /*
         * It's empty: TODO.
         */
        Runnable r = new Runnable() {
            /** Does not do a thing. */
            public void run() {}
        };
        return x;
    }
}
""",
        why="the first comment stands for work to do",
    ),
    Example(
        "java",
        """\
class A {
    int f(Runnable r) {
        /** @param r isn't null */
        return 1;
    }
}
""",
        declined="TRIVIA",
        why="a tag",
    ),
    Example(
        "java",
        "class A {\r\n\tint f(int x) {\r\n\t\tg(); // can't fail\r\n\t\treturn x;\r\n\t}\r\n}\r\n",
        "class A {\r\n\tint f(int x) {\r\n\t\tg(); // cannot fail\r\n\t\treturn x;\r\n\t}\r\n}\r\n",
    ),
    Example(
        "java",
        """\
class A {
    String f() {
        return \"\"\"
            // don't
            \"\"\";
    }
}
""",
        why="a text block",
    ),
)

DIRECTIONS: Directions = {
    "spell-out-comment": (spell_out, (*spell_out_examples("java"), *_SPELL_OUT)),
    "shorten-comment": (shorten, shorten_examples("java")),
    "comment-to-third-person": (to_third_person, to_third_examples("java")),
    "comment-to-imperative": (to_imperative, to_order_examples("java")),
}
