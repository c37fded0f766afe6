"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.named_constant._braces import inline_constant, name_literal

_NAME_LITERAL = (
    Example(
        "java",
        """\
class A {
    void check(String name) {
        if (name.length() > 80) {
            throw new BadName(name);
        }
    }
}
""",
        """\
class A {
    void check(String name) {
        final int maxLength = 80;
        if (name.length() > maxLength) {
            throw new BadName(name);
        }
    }
}
""",
        why="what is refused is above the most",
    ),
    Example(
        "java",
        """\
class A {
    void check(int[] all) {
        if (all == null) {
            throw new IllegalArgumentException("nothing to check");
        }
    }
}
""",
        """\
class A {
    void check(int[] all) {
        if (all == null) {
            final String message = "nothing to check";
            throw new IllegalArgumentException(message);
        }
    }
}
""",
        why="the text of an exception is its message",
    ),
    Example(
        "java",
        """\
class A {
    boolean isText(Headers headers) {
        if (!headers.has("Content-Type")) {
            return false;
        }
        return headers.get("Content-Type").isText();
    }
}
""",
        """\
class A {
    boolean isText(Headers headers) {
        final String contentType = "Content-Type";
        if (!headers.has(contentType)) {
            return false;
        }
        return headers.get(contentType).isText();
    }
}
""",
        why="a text that stands there twice is named after what it says",
    ),
    Example(
        "java",
        """\
class A {
    int read(Stream in) {
        final byte[] buf = new byte[4096];
        return in.read(buf);
    }
}
""",
        """\
class A {
    int read(Stream in) {
        final int bufferSize = 4096;
        final byte[] buf = new byte[bufferSize];
        return in.read(buf);
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int dots(String text) {
        int n = 0;
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '.' && text.charAt(i - 1) != '.') {
                n++;
            }
        }
        return n;
    }
}
""",
        """\
class A {
    int dots(String text) {
        int n = 0;
        for (int i = 1; i < text.length(); i++) {
            final char dot = '.';
            if (text.charAt(i) == dot && text.charAt(i - 1) != dot) {
                n++;
            }
        }
        return n;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void check(String name, int maxLength) {
        if (name.length() > 80) {
            throw new BadName(name, maxLength);
        }
    }
}
""",
        declined="FRESH",
        why="the name is taken",
    ),
    Example(
        "java",
        """\
class A {
    int number(String name) {
        switch (name) {
            case "first name":
                return find("first name");
            default:
                return find(name);
        }
    }
}
""",
        declined="REACH",
        why="a case label is best a literal",
    ),
    Example(
        "java",
        """\
class A {
    A() {
        this(new byte[1024]);
    }
    A(byte[] all) {
    }
}
""",
        declined="REACH",
        why="a constructor begins with another one",
    ),
    Example(
        "java",
        """\
class A {
    void check() {
        throw new BadStateException("this text is much longer than the name for it would ever be");
    }
}
""",
        declined="NATURAL",
        why="a long text",
    ),
    Example(
        "java",
        """\
class A {
    int size(int n) {
        if (n > 80) {
            return 80;
        }
        return n + 2;
    }
}
""",
        why="no name suggests itself",
    ),
    Example(
        "java",
        """\
class A {
    int size() {
        final int maxSize = 80;
        return maxSize;
    }
}
""",
        why="it has a name",
    ),
)

_INLINE_CONSTANT = (
    Example(
        "java",
        """\
class A {
    int size(int n) {
        final int limit = 80;

        return n > limit ? limit : n;
    }
}
""",
        """\
class A {
    int size(int n) {
        return n > 80 ? 80 : n;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        check(name);
        final String separator = ", ";

        return name + separator + size;
    }
}
""",
        """\
class A {
    String show(String name) {
        check(name);

        return name + ", " + size;
    }
}
""",
        why="the blank line stays",
    ),
    Example(
        "java",
        """\
class A {
    Runnable later(Timer timer) {
        final long delay = 500L;
        return () -> timer.start(delay);
    }
}
""",
        """\
class A {
    Runnable later(Timer timer) {
        return () -> timer.start(500L);
    }
}
""",
        why="a lambda needs no constant",
    ),
    Example(
        "java",
        """\
class A {
    long size(long n) {
        final long limit = 80;
        return take(limit);
    }
}
""",
        declined="BUILTIN",
        why="an int may choose another overload",
    ),
    Example(
        "java",
        """\
class A {
    int size(int n) {
        final int step = -1;
        return n - step;
    }
}
""",
        declined="NATURAL",
        why="two signs in a row",
    ),
    Example(
        "java",
        """\
class A {
    boolean has(String name) {
        final String prefix = "get";
        return prefix.equals(name);
    }
}
""",
        declined="NATURAL",
        why="a method of a literal",
    ),
    Example(
        "java",
        """\
class A {
    int size(int n) {
        final int limit = 80; // as in the specification
        return n + limit;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    int size(int n) {
        final int limit = 80;
        return n > limit ? limit : n + limit - n % limit;
    }
}
""",
        declined="NATURAL",
        why="a name that is used so often is worth it",
    ),
    Example(
        "java",
        """\
class A {
    int size(int n) {
        int limit = 80;
        limit++;
        return n + limit;
    }
}
""",
        why="no constant",
    ),
    Example(
        "java",
        """\
class A {
    int f(int n) {
        final int least = -5;
        return n > 0 ? n : -least;
    }
}
""",
        declined="NATURAL",
        why="--5 would count",
    ),
)

DIRECTIONS: Directions = {
    "name-literal": (name_literal, _NAME_LITERAL),
    "inline-constant": (inline_constant, _INLINE_CONSTANT),
}
