"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.single_statement._braces import add_braces, remove_braces

_ADD_BRACES = (
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0)
        return 1; // above
      return 0;
    }
}
""",
        """\
class A {
    int sign(int n) {
      if (n > 0) {
        return 1; // above
      }
      return 0;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int steps(int n) {
        for (int i = 0; i < n; ++i)
            if (n % 2 == 0)
                n /= 2;
            else
                n -= 1;
        while (n > 9) // too many
            --n;
        return n;
    }
}
""",
        """\
class A {
    int steps(int n) {
        for (int i = 0; i < n; ++i) {
            if (n % 2 == 0) {
                n /= 2;
            } else {
                n -= 1;
            }
        }
        while (n > 9) { // too many
            --n;
        }
        return n;
    }
}
""",
        why="all of the function's",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n)
    {
        if (n == 2)
        {
            use(n);
            n = 1;
        }
        if (n > 0) return 1;
        else if (n < 0)
            return -1;
        else
            return 0;
    }
}
""",
        """\
class A {
    int sign(int n)
    {
        if (n == 2)
        {
            use(n);
            n = 1;
        }
        if (n > 0)
        {
            return 1;
        }
        else if (n < 0)
        {
            return -1;
        }
        else
        {
            return 0;
        }
    }
}
""",
        why="braces where the file has them",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) return 1; else return 0;
    }
}
""",
        declined="NATURAL",
        why="on one line",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) /* above */ return 1;
      return 0;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    void skip(int text) {
      while (text++ > 0)
        ;
      if (text > 0) {
        use(text);
      }
    }
}
""",
        why="an empty statement, and one in braces",
    ),
    Example(
        "java",
        """\
class A {
    void each(List<String> all) {
        all.forEach(n -> { if (n.isEmpty()) return; });
    }
}
""",
        declined="NATURAL",
        why="inside a lambda on one line",
    ),
)

_REMOVE_BRACES = (
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) {
        return 1; // above
      }
      if (n == 0)
        return 0;
      return -1;
    }
}
""",
        """\
class A {
    int sign(int n) {
      if (n > 0)
        return 1; // above
      if (n == 0)
        return 0;
      return -1;
    }
}
""",
        why="as another one of the file is written",
    ),
    Example(
        "java",
        """\
class A {
    int steps(int n) {
        while (n > 9) {
            --n;
        }
        if (n > 1) {
            n = 1;
        } else if (n < 0) {
            n = 0;
        } else
            n = 2;
        for (int i = 0; i < n; ++i) {
            use(i);
            use(n);
        }
        return n;
    }
}
""",
        """\
class A {
    int steps(int n) {
        while (n > 9)
            --n;
        if (n > 1)
            n = 1;
        else if (n < 0)
            n = 0;
        else
            n = 2;
        for (int i = 0; i < n; ++i) {
            use(i);
            use(n);
        }
        return n;
    }
}
""",
        why="all of the function's",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n)
    {
        if (n > 0)
        {
            return 1;
        }
        else
        {
            n = 2;
        }
        if (n == 2) { return 0; }
        while (n < 0)
            ++n;
        return n;
    }
}
""",
        """\
class A {
    int sign(int n)
    {
        if (n > 0)
            return 1;
        else
            n = 2;
        if (n == 2) return 0;
        while (n < 0)
            ++n;
        return n;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) {
        return 1;
      }
      return 0;
    }
}
""",
        declined="NATURAL",
        why="the file always writes braces",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) {
        // above
        return 1;
      }
      return 0;
    }
}
""",
        declined="TRIVIA",
        why="the comment would stand outside",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) {
        if (n > 1) return 1;
      } else {
        return 0;
      }
      return 2;
    }
}
""",
        why="the else would belong to another if",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
      if (n > 0) {
        int m = n;
      }
      for (;;) {
      }
    }
}
""",
        why="a declaration, and nothing",
    ),
)

DIRECTIONS: Directions = {
    "add-braces": (add_braces, _ADD_BRACES),
    "remove-braces": (remove_braces, _REMOVE_BRACES),
}
