"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms._function_examples import example
from codeaug.transforms.rename_local._braces import rename_local
from codeaug.transforms.rename_local._placeholders import placeholder_names

_RENAME_LOCAL = (
    Example(
        "java",
        """\
class A {
    String join(int n) {
        // collects the digits
        StringBuilder sb = new StringBuilder();
        for (int i = 0; i < n; i++) {
            sb.append(i);
        }
        return sb.toString();
    }
}
""",
        """\
class A {
    String join(int n) {
        // collects the digits
        StringBuilder builder = new StringBuilder();
        for (int i = 0; i < n; i++) {
            builder.append(i);
        }
        return builder.toString();
    }
}
""",
        why="the repository calls builders so",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    StringBuilder text;

    String show() {
        StringBuilder text = new StringBuilder();
        text.append(this.text).append("text");
        return text.toString();
    }
}
""",
        """\
class A {
    StringBuilder text;

    String show() {
        StringBuilder builderText = new StringBuilder();
        builderText.append(this.text).append("text");
        return builderText.toString();
    }
}
""",
        why="a field of the same name stays",
        vocabulary=Vocabulary({"type:StringBuilder": ("builderText",)}),
    ),
    Example(
        "java",
        """\
class A {
    int total(boolean deep) {
        int sum = 0;
        if (deep) {
            List<String> list = getNames();
            sum += list.size();
        }
        for (Object list : others) {
            sum += list.hashCode();
        }
        return sum;
    }
}
""",
        """\
class A {
    int total(boolean deep) {
        int sum = 0;
        if (deep) {
            List<String> names = getNames();
            sum += names.size();
        }
        for (Object list : others) {
            sum += list.hashCode();
        }
        return sum;
    }
}
""",
        why="only one of two variables of that name, by binding",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    Runnable later() {
        List<String> found = getNames();
        return () -> show(found);
    }
}
""",
        """\
class A {
    Runnable later() {
        List<String> names = getNames();
        return () -> show(names);
    }
}
""",
        why="a use in a lambda moves too",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    void fill(StringBuilder builder) {
        StringBuilder sb = new StringBuilder(builder);
        use(sb);
    }
}
""",
        declined="FRESH",
        why="the parameter has that name",
        vocabulary=Vocabulary({"type:StringBuilder": ("builder",)}),
    ),
    Example(
        "java",
        """\
class A {
    int names;

    int count() {
        List<String> list = getNames();
        return list.size() + names;
    }
}
""",
        declined="FRESH",
        why="an unqualified field of that name is read",
        vocabulary=Vocabulary({"call:getNames": ("names",)}),
    ),
    Example(
        "java",
        """\
class A {
    void each() {
        List<String> list = getNames();
        others.forEach(names -> show(names));
        show(list);
    }
}
""",
        declined="FRESH",
        why="a lambda parameter has that name",
        vocabulary=Vocabulary({"call:getNames": ("names",)}),
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box found) {
            return found.size;
        }
        List<String> found = getNames();
        return found.size();
    }
}
""",
        declined="FLOW",
        why="a pattern variable has the name",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    Runnable later() {
        List<String> found = getNames();
        return new Task() {
            public void run() {
                show(found);
            }
        };
    }
}
""",
        declined="NOCAP",
        why="the inner class could see an inherited field of the name",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    int twice(int n) {
        int doubled = n * 2;
        return doubled;
    }
}
""",
        declined="NATURAL",
        why="the repository knows no name for it",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    int last(List<String> given) {
        for (int i = 0; i < 3; i++) {
            show(i);
        }
        return given.size();
    }
}
""",
        why="a parameter is seen from outside, a loop counter is fine as it is",
        vocabulary=Vocabulary(
            {
                "type:StringBuilder": ("builder", "sb"),
                "call:getNames": ("names",),
                "type:List<String>": ("names", "nameList"),
            }
        ),
    ),
    Example(
        "java",
        """\
class A {
    int total(List<Option> all) {
        List<String> list = getNames();
        return all.stream().mapToInt(Option::list).sum() + list.size();
    }
}
""",
        """\
class A {
    int total(List<Option> all) {
        List<String> names = getNames();
        return all.stream().mapToInt(Option::list).sum() + names.size();
    }
}
""",
        why="a method that is referred to by the same name stays",
        vocabulary=Vocabulary({"call:getNames": ("names",)}),
    ),
    Example(
        "java",
        """\
class A {
    private int len(int len) {
        return len + 1;
    }
}
""",
        declined="SIGNATURE",
        why="the method has that name, too",
        vocabulary=Vocabulary({}, ("length",)),
    ),
    Example(
        "java",
        """\
class A {
    private boolean isBlank(final int ch) {
        return ch == ' ';
    }
}
""",
        """\
class A {
    private boolean isBlank(final int character) {
        return character == ' ';
    }
}
""",
        why="a parameter that nothing else names",
        vocabulary=Vocabulary({}, ("quoteCharacter",)),
    ),
    Example(
        "java",
        """\
class A {
    /** @param ch what may be blank */
    boolean isBlank(final int ch) {
        return ch == ' ';
    }
}
""",
        declined="NATURAL",
        why="its description would name no parameter",
        vocabulary=Vocabulary({}, ("quoteCharacter",)),
    ),
    Example(
        "java",
        """\
class A {
    boolean isBlank(@Param("ch") int ch) {
        return ch == ' ';
    }
}
""",
        declined="NODYN",
        why="a framework reads the annotation and maybe the name",
        vocabulary=Vocabulary({}, ("quoteCharacter",)),
    ),
    Example(
        "java",
        """\
class A {
    A(int len) {
        super(len);
    }
}
""",
        declined="NODYN",
        why="a constructor's parameters name properties",
        vocabulary=Vocabulary({}, ("length",)),
    ),
    Example(
        "java",
        """\
class A {
    void each(List<Option> options) {
        for (Option o : options) {
            show(o);
        }
    }
}
""",
        """\
class A {
    void each(List<Option> options) {
        for (Option option : options) {
            show(option);
        }
    }
}
""",
        why="one of the options",
    ),
    Example(
        "java",
        """\
class A {
    void show() {
        // sb collects the digits
        StringBuilder sb = new StringBuilder();
        use(sb);
    }
}
""",
        declined="NATURAL",
        why="the comment would speak of nothing",
        vocabulary=Vocabulary({"type:StringBuilder": ("builder",)}),
    ),
    Example(
        "java",
        """\
class A {
    int size(Header header) {
        Header lastHeader = next(header);
        return lastHeader.size();
    }
}
""",
        declined="NATURAL",
        why="any other name says less",
        vocabulary=Vocabulary(
            {"type:Header": ("header", "hdr", "last", "firstHeader"), "call:next": ("next",)}
        ),
    ),
)

_PLACEHOLDERS = (
    example(
        "java",
        "int c = a;\nfor (int each : all) {\n    Runnable r = () -> f(each, b, all);\n}\nreturn c;",
        "int var0 = a;\nfor (int var1 : all) {\n    Runnable var2 = () -> f(var1, b, all);\n}\n"
        "return var0;",
    ),
    example(
        "java",
        "if (a > b) {\n    int c = a;\n    return c;\n}\nint c = this.c;\nreturn c;",
        "if (a > b) {\n    int var0 = a;\n    return var0;\n}\nint var1 = this.c;\nreturn var1;",
        why="two variables of one name, and a field",
    ),
    example(
        "java",
        "int n = 1; // as `n`\nint m = n;\nreturn m;",
        "int n = 1; // as `n`\nint var1 = n;\nreturn var1;",
        why="a comment speaks of the other",
    ),
    example(
        "java", "int c = a;\nreturn c + var0;", declined="FRESH", why="the field would be hidden"
    ),
    example(
        "java",
        "int c = a;\nreturn new Object() {\n    int at() { return c; }\n}.at();",
        declined="NOCAP",
    ),
    example("java", "return a + b;", why="parameters are seen from outside"),
    example("java", "int var0 = a;\nreturn var0;", why="it is called so"),
    example(
        "java", "int c = a; // `c`\nreturn c;", declined="NATURAL", why="a comment speaks of it"
    ),
)

DIRECTIONS: Directions = {
    "rename-local": (rename_local, _RENAME_LOCAL),
    "placeholder-names": (placeholder_names, _PLACEHOLDERS),
}
