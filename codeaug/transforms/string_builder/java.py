"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.string_builder._rewriting import to_builder, to_concatenation

_CONCATENATION_TO_BUILDER = (
    Example(
        "java",
        """\
class A {
    String show(List<String> names) {
        String text = "[";
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            text += name + ", ";
        }
        return text + "]";
    }
}
""",
        """\
class A {
    String show(List<String> names) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            text.append(name).append(", ");
        }
        return text.toString() + "]";
    }
}
""",
        why="a loop makes it longer",
    ),
    Example(
        "java",
        """\
class A {
    String dots(int n) {
        String text = "";
        while (n > text.length()) {
            text = text + '.';
        }
        return text;
    }
}
""",
        """\
class A {
    String dots(int n) {
        StringBuilder text = new StringBuilder();
        while (n > text.length()) {
            text.append('.');
        }
        return text.toString();
    }
}
""",
        why="its length can be asked of either",
    ),
    Example(
        "java",
        """\
class A {
    private int size;
    private String name;
    public String toString() {
        return "A[" + "size=" + size + ", name=" + name + ']';
    }
}
""",
        """\
class A {
    private int size;
    private String name;
    public String toString() {
        return new StringBuilder("A[")
                .append("size=")
                .append(size)
                .append(", name=")
                .append(name)
                .append(']')
                .toString();
    }
}
""",
        why="a result of many parts",
    ),
    Example(
        "java",
        """\
class A {
    String show(List<Integer> all, char[] end) {
        String text = "";
        for (int i : all) {
            text += i;
            text += end;
        }
        return text;
    }
}
""",
        declined="BUILTIN",
        why="append would append the characters",
    ),
    Example(
        "java",
        """\
class A {
    String show(int[] all) {
        String text = "";
        for (int i : all) {
            text += text.length() + i;
        }
        return text;
    }
}
""",
        declined="INDEP",
        why="it is read while it grows",
    ),
    Example(
        "java",
        """\
class A {
    String show(int[] all) {
        String text = "";
        try {
            for (int i : all) {
                text += "x" + read(i);
            }
        } finally {
            log(text);
        }
        return text;
    }
    int read(int i) {
        return i;
    }
}
""",
        declined="INDEP",
        why="an exception could show it half made",
    ),
    Example(
        "java",
        """\
class A {
    String show(int[] all) {
        String text = "";
        for (int i : all) {
            text += i;
            log(text);
        }
        return text;
    }
}
""",
        declined="NATURAL",
        why="a string would be made in each round",
    ),
    Example(
        "java",
        """\
class A {
    String show(int[] all) {
        String text = "";
        for (int i : all) {
            text += /* next */ i;
        }
        return text;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    static final String END = "]";
    String show() {
        return "A[" + "size=" + 1 + ", name=" + END + "]";
    }
}
""",
        declined="BUILTIN",
        why="a constant, of which there is one object",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        String text = "";
        text += name;
        return "[" + text + "]";
    }
}
""",
        why="nobody would need a builder",
    ),
)

_BUILDER_TO_CONCATENATION = (
    Example(
        "java",
        """\
class A {
    public String show(String name, int size) {
        StringBuilder text = new StringBuilder();
        text.append(name).append(": ");
        text.append(size + 1);
        return text.toString();
    }
}
""",
        """\
class A {
    public String show(String name, int size) {
        return name + ": " + (size + 1);
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name, boolean open) {
        return new StringBuilder("[").append(name).append(open ? ']' : ')').toString();
    }
}
""",
        """\
class A {
    String show(String name, boolean open) {
        return "[" + name + (open ? ']' : ')');
    }
}
""",
        why="in one go",
    ),
    Example(
        "java",
        """\
class A {
    private String firstName;
    private String lastName;
    private long size;
    public String toString() {
        final StringBuilder text = new StringBuilder(64);
        text.append("A[firstName=").append(firstName);
        text.append(", lastName=").append(lastName);
        text.append(", size=").append(size).append("bytes]");
        return text.toString();
    }
}
""",
        """\
class A {
    private String firstName;
    private String lastName;
    private long size;
    public String toString() {
        return "A[firstName="
                + firstName
                + ", lastName="
                + lastName
                + ", size="
                + size
                + "bytes]";
    }
}
""",
        why="too long for one line",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name, char[] end) {
        return new StringBuilder().append(name).append(end).toString();
    }
}
""",
        declined="BUILTIN",
        why="the array itself would be shown",
    ),
    Example(
        "java",
        """\
class A {
    String show(int a, int b) {
        return new StringBuilder().append(a).append(b).toString();
    }
}
""",
        declined="BUILTIN",
        why="the numbers would be added up",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        StringBuilder text = new StringBuilder();
        text.append(name);
        text.append(text.length());
        return text.toString();
    }
}
""",
        declined="INDEP",
        why="the builder is read while it grows",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        StringBuilder text = new StringBuilder();
        text.append("[");
        // the name
        text.append(name);
        return text.toString();
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        StringBuilder text = new StringBuilder();
        text.append(name);
        text.setLength(2);
        return text.toString();
    }
}
""",
        why="the builder does more than append",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        return new StringBuilder(name).append("]").toString();
    }
}
""",
        declined="NOTHROW",
        why="null is refused by the constructor only",
    ),
)

DIRECTIONS: Directions = {
    "concatenation-to-builder": (to_builder, _CONCATENATION_TO_BUILDER),
    "builder-to-concatenation": (to_concatenation, _BUILDER_TO_CONCATENATION),
}
