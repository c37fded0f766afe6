"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.declared_type._java_rewriting import infer_type, write_type

_INFER_TYPE = (
    Example(
        "java",
        """\
class A {
    int open(Path path) {
        var size = 0;
        final Reader reader = new Reader(path); // once
        return reader.read(size);
    }
}
""",
        """\
class A {
    int open(Path path) {
        var size = 0;
        final var reader = new Reader(path); // once
        return reader.read(size);
    }
}
""",
        why="the value names the type",
    ),
    Example(
        "java",
        """\
class A {
    void fill(Object all) {
        var size = 0;
        Map<String, Integer> map = (Map<String, Integer>) all;
        map.put("size", size);
    }
}
""",
        """\
class A {
    void fill(Object all) {
        var size = 0;
        var map = (Map<String, Integer>) all;
        map.put("size", size);
    }
}
""",
        why="so does a cast",
    ),
    Example(
        "java",
        """\
class A {
    void fill() {
        var size = 0;
        ArrayList<String> names = new ArrayList<>();
        names.add("size" + size);
    }
}
""",
        """\
class A {
    void fill() {
        var size = 0;
        var names = new ArrayList<String>();
        names.add("size" + size);
    }
}
""",
        why="the diamond has nothing to take its arguments from",
    ),
    Example(
        "java",
        """\
class A {
    void fill(List<String> names) {
        var size = 0;
        for (String name : names) {
            use(name, size);
        }
    }
}
""",
        """\
class A {
    void fill(List<String> names) {
        var size = 0;
        for (var name : names) {
            use(name, size);
        }
    }
}
""",
        why="the elements have that type",
    ),
    Example(
        "java",
        """\
class A {
    void fill() {
        var size = 0;
        List<String> names = new ArrayList<String>();
        names.add("size" + size);
    }
}
""",
        declined="BUILTIN",
        why="it is declared wider than its value",
    ),
    Example(
        "java",
        """\
class A {
    long size(String text) {
        var start = 0;
        long size = text.length();
        return size - start;
    }
}
""",
        declined="BUILTIN",
        why="the value is converted",
    ),
    Example(
        "java",
        """\
class A {
    Object make() {
        var start = 0;
        List<String> names = new List<>() {};
        return names;
    }
}
""",
        declined="BUILTIN",
        why="an anonymous class has a type of its own",
    ),
    Example(
        "java",
        """\
class A {
    Object make() {
        var start = 0;
        List<?> names = new List<>();
        return names;
    }
}
""",
        declined="BUILTIN",
    ),
    Example(
        "java",
        """\
class A {
    int open(Path path) {
        Reader reader = new Reader(path);
        return reader.read();
    }
}
""",
        declined="NATURAL",
        why="nothing shows that the file is not older than var",
    ),
    Example(
        "java",
        """\
class A {
    int open(Path path) {
        var size = 0;
        Reader /* the first */ reader = new Reader(path);
        return reader.read(size);
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    int open(Path path) {
        var size = 0;
        int other = 1, third = 2;
        return size + other;
    }
}
""",
        why="the value of a number does not show its type",
    ),
)

_WRITE_TYPE = (
    Example(
        "java",
        """\
class A {
    int open(Path path) {
        final var reader = new Reader(path);
        return reader.read();
    }
}
""",
        """\
class A {
    int open(Path path) {
        final Reader reader = new Reader(path);
        return reader.read();
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void fill() {
        var names = new ArrayList<String>(8);
        names.add("size");
    }
}
""",
        """\
class A {
    void fill() {
        ArrayList<String> names = new ArrayList<>(8);
        names.add("size");
    }
}
""",
        why="the type arguments are written once",
    ),
    Example(
        "java",
        """\
class A {
    void fill(String[] names) {
        for (var name : names) {
            use(name);
        }
    }
}
""",
        """\
class A {
    void fill(String[] names) {
        for (String name : names) {
            use(name);
        }
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void fill(String text) {
        try (var scanner = new Scanner(text)) {
            use(scanner);
        }
    }
}
""",
        """\
class A {
    void fill(String text) {
        try (Scanner scanner = new Scanner(text)) {
            use(scanner);
        }
    }
}
""",
        why="a resource",
    ),
    Example(
        "java",
        """\
class A {
    void fill() {
        var names = new ArrayList<>();
        names.add("size");
    }
}
""",
        declined="BUILTIN",
        why="it is a list of objects, which nobody sees",
    ),
    Example(
        "java",
        """\
class A {
    void fill(Other other) {
        var names = other.names();
        names.add("size");
    }
}
""",
        declined="BUILTIN",
    ),
    Example(
        "java",
        """\
class A {
    void fill(Other other) {
        var names = new Object() { int n; };
        names.n++;
    }
}
""",
        declined="BUILTIN",
        why="the type has no name",
    ),
    Example(
        "java",
        """\
class A {
    void fill() {
        var a = new a.b.Names();
        use(a);
    }
}
""",
        declined="NATURAL",
        why="the type is not imported",
    ),
    Example(
        "java",
        """\
class A {
    void fill(String text) {
        var /* text */ size = text.length();
        use(size);
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    void fill(List<? extends Node> nodes) {
        for (var node : nodes) {
            use(node);
        }
    }
}
""",
        declined="BUILTIN",
    ),
)

DIRECTIONS: Directions = {
    "infer-type": (infer_type, _INFER_TYPE),
    "write-type": (write_type, _WRITE_TYPE),
}
