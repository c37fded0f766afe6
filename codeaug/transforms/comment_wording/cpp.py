"""What becomes of comments in C++."""

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
        "cpp",
        """\
int f(int x) {
  /* it isn't used
   * (i.e. never) */
  return x;
}
""",
        """\
int f(int x) {
  /* it is not used
   * (that is, never) */
  return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
  return x;  // NOLINT: it isn't used
}
""",
        declined="TRIVIA",
        why="an order to a tool",
    ),
    Example(
        "cpp",
        "int f(int x) {\r\n\tg(x); // can't fail\r\n\treturn x;\r\n}\r\n",
        "int f(int x) {\r\n\tg(x); // cannot fail\r\n\treturn x;\r\n}\r\n",
    ),
    Example(
        "cpp",
        """\
const char* f() {
  return R"(
  // don't
  )";
}
""",
        why="a raw string",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
  // it isn't used \\
  and goes on
  return x;
}
""",
        declined="TRIVIA",
        why="a line that goes on",
    ),
)

DIRECTIONS: Directions = {
    "spell-out-comment": (spell_out, (*spell_out_examples("cpp"), *_SPELL_OUT)),
    "shorten-comment": (shorten, shorten_examples("cpp")),
    "comment-to-third-person": (to_third_person, to_third_examples("cpp")),
    "comment-to-imperative": (to_imperative, to_order_examples("cpp")),
}
