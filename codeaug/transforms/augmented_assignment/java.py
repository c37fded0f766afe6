"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.augmented_assignment._braces import augment_assignment, expand_assignment

_EXPAND_AUGMENTED_ASSIGNMENT = (
    Example(
        "java",
        """\
class A {
    int sum(int[] all) {
        int sum = 0;
        for (int each : all) {
            sum += each;
        }
        return sum;
    }
}
""",
        """\
class A {
    int sum(int[] all) {
        int sum = 0;
        for (int each : all) {
            sum = sum + each;
        }
        return sum;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name, int n) {
        String text = name;
        text += ": " + n;
        return text;
    }
}
""",
        """\
class A {
    String show(String name, int n) {
        String text = name;
        text = text + ": " + n;
        return text;
    }
}
""",
        why="a string goes on with more strings",
    ),
    Example(
        "java",
        """\
class A {
    private long mask;
    void add(int a, long b) {
        this.mask |= b << a;
    }
}
""",
        """\
class A {
    private long mask;
    void add(int a, long b) {
        this.mask = this.mask | (b << a);
    }
}
""",
        why="operators of bits get parentheses",
    ),
    Example(
        "java",
        """\
class A {
    void count(int[] counts, int place) {
        counts[place] += 2; // both of them
    }
}
""",
        """\
class A {
    void count(int[] counts, int place) {
        counts[place] = counts[place] + 2; // both of them
    }
}
""",
        why="array and index are locals",
    ),
    Example(
        "java",
        """\
class A {
    double rest(double all, float part, int n) {
        all -= part - n;
        return all;
    }
}
""",
        """\
class A {
    double rest(double all, float part, int n) {
        all = all - (part - n);
        return all;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int scale(int size) {
        size *= 1.5;
        return size;
    }
}
""",
        declined="BUILTIN",
        why="a cast to int is hidden",
    ),
    Example(
        "java",
        """\
class A {
    byte next(byte state) {
        state += 1;
        return state;
    }
}
""",
        declined="BUILTIN",
        why="a cast to byte is hidden",
    ),
    Example(
        "java",
        """\
class A {
    void add(Total total) {
        inherited += total.value();
    }
}
""",
        declined="BUILTIN",
        why="nothing tells the types",
    ),
    Example(
        "java",
        """\
class A {
    Object show(Object o) {
        o += "!";
        return o;
    }
}
""",
        declined="BUILTIN",
    ),
    Example(
        "java",
        """\
class A {
    void add(int[] all) {
        all[next()] += 1;
    }
}
""",
        declined="PURE",
        why="the index would be computed twice",
    ),
    Example(
        "java",
        """\
class A {
    int add(int a, int b) {
        a += b++;
        return a;
    }
}
""",
        declined="INDEP",
        why="it assigns",
    ),
    Example(
        "java",
        """\
class A {
    int add(int a, int b) {
        a += /* one */ b;
        return a;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    int add(int a, int b) {
        return a += b;
    }
}
""",
        why="no statement of its own",
    ),
)

_AUGMENT_ASSIGNMENT = (
    Example(
        "java",
        """\
class A {
    int sum(int[] all) {
        int sum = 0;
        for (int each : all) {
            sum = sum + each;
        }
        return sum;
    }
}
""",
        """\
class A {
    int sum(int[] all) {
        int sum = 0;
        for (int each : all) {
            sum += each;
        }
        return sum;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int trim(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length = length - 1;
        }
        return length;
    }
}
""",
        """\
class A {
    int trim(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length--;
        }
        return length;
    }
}
""",
        why="one less is --",
    ),
    Example(
        "java",
        """\
class A {
    String show(String name) {
        String text = "";
        text = text + ": " + name;
        return text;
    }
}
""",
        """\
class A {
    String show(String name) {
        String text = "";
        text += ": " + name;
        return text;
    }
}
""",
        why="of strings it is the same in groups",
    ),
    Example(
        "java",
        """\
class A {
    int flags;
    void set(int a, int b) {
        flags = flags | (a << b);
    }
}
""",
        """\
class A {
    int flags;
    void set(int a, int b) {
        flags |= a << b;
    }
}
""",
        why="the parentheses are not needed any more",
    ),
    Example(
        "java",
        """\
class A {
    long add(long sum, int a, int b) {
        sum = sum + a + b;
        return sum;
    }
}
""",
        declined="BUILTIN",
        why="a + b may overflow as an int",
    ),
    Example(
        "java",
        """\
class A {
    double add(double sum, double a, double b) {
        sum = sum + a + b;
        return sum;
    }
}
""",
        declined="BUILTIN",
        why="floating-point numbers would be rounded differently",
    ),
    Example(
        "java",
        """\
class A {
    String add(String text, int a, int b) {
        text = text + a + b;
        return text;
    }
}
""",
        declined="BUILTIN",
        why="the numbers would be added first",
    ),
    Example(
        "java",
        """\
class A {
    int add(int a, int b) {
        a = b + a;
        return a;
    }
}
""",
        why="the operands would change places",
    ),
    Example(
        "java",
        """\
class A {
    int add(int a, int b) {
        a = a * 2 + b;
        return a;
    }
}
""",
        why="only a part begins with the target",
    ),
    Example(
        "java",
        """\
class A {
    void add(Node node, int n) {
        next().size = next().size + n;
    }
}
""",
        declined="PURE",
        why="the target is computed twice",
    ),
    Example(
        "java",
        """\
class A {
    int add(int a, int b) {
        a = a + /* one */ b;
        return a;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    Object add() {
        left = left + 1;
        return left;
    }
}
""",
        declined="BUILTIN",
        why="it may be a string, so ++ is not proven",
    ),
)

DIRECTIONS: Directions = {
    "expand-augmented-assignment": (expand_assignment, _EXPAND_AUGMENTED_ASSIGNMENT),
    "augment-assignment": (augment_assignment, _AUGMENT_ASSIGNMENT),
}
