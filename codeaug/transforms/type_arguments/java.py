"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.type_arguments._rewriting import infer_arguments, write_arguments

_INFER_TYPE_ARGUMENTS = (
    Example(
        "java",
        """\
class A {
    Map<String, Integer> count() {
        Map<String, Integer> counts = new HashMap<String, Integer>();
        return counts;
    }
}
""",
        """\
class A {
    Map<String, Integer> count() {
        Map<String, Integer> counts = new HashMap<>();
        return counts;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    private List<String> names;
    void clear(int size) {
        names = new ArrayList<String>(size);
    }
}
""",
        """\
class A {
    private List<String> names;
    void clear(int size) {
        names = new ArrayList<>(size);
    }
}
""",
        why="a field",
    ),
    Example(
        "java",
        """\
class A {
    List<String> none() {
        return new ArrayList< String >();
    }
}
""",
        """\
class A {
    List<String> none() {
        return new ArrayList<>();
    }
}
""",
        why="a result",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        List<Object> all = new ArrayList<String>().subList(0, 0);
        use(new ArrayList<String>());
    }
}
""",
        declined="BUILTIN",
        why="an argument may choose another overload",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        Comparable<String> all = new Words<String>();
    }
}
""",
        declined="BUILTIN",
        why="the class may have other type parameters",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        Comparator<String> all = new Comparator<String>() {};
    }
}
""",
        declined="BUILTIN",
        why="an anonymous class cannot before Java 9",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        Collection<?> all = new ArrayList<String>();
    }
}
""",
        declined="BUILTIN",
        why="they would become Object",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        var all = new ArrayList<String>();
    }
}
""",
        declined="BUILTIN",
        why="there is nothing else to take them from",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        List<String> all = new ArrayList<String /* names */>();
    }
}
""",
        declined="TRIVIA",
    ),
)

_WRITE_TYPE_ARGUMENTS = (
    Example(
        "java",
        """\
class A {
    Map<String, Integer> count() {
        Map<String, Integer> counts = new HashMap<>();
        return counts;
    }
}
""",
        """\
class A {
    Map<String, Integer> count() {
        Map<String, Integer> counts = new HashMap<String, Integer>();
        return counts;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    private List<String> names;
    void clear(int size) {
        this.names = new ArrayList<>(size);
    }
}
""",
        """\
class A {
    private List<String> names;
    void clear(int size) {
        this.names = new ArrayList<String>(size);
    }
}
""",
        why="a field",
    ),
    Example(
        "java",
        """\
class A {
    List<String> none() {
        return new ArrayList<>();
    }
}
""",
        """\
class A {
    List<String> none() {
        return new ArrayList<String>();
    }
}
""",
        why="a result",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        use(new ArrayList<>());
    }
}
""",
        declined="BUILTIN",
        why="the parameter is not known",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        List<? extends Node> all = new ArrayList<>();
    }
}
""",
        declined="BUILTIN",
        why="nothing has a wildcard for its type argument",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        Function<String, Integer> all = new Lengths<>();
    }
}
""",
        declined="BUILTIN",
        why="the class may have other type parameters",
    ),
    Example(
        "java",
        """\
class A {
    Supplier<List<String>> f() {
        return () -> {
            return new ArrayList<>();
        };
    }
}
""",
        declined="BUILTIN",
        why="the result of a lambda is inferred",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        Object all = new ArrayList<>();
    }
}
""",
        declined="BUILTIN",
    ),
)

DIRECTIONS: Directions = {
    "infer-type-arguments": (infer_arguments, _INFER_TYPE_ARGUMENTS),
    "write-type-arguments": (write_arguments, _WRITE_TYPE_ARGUMENTS),
}
