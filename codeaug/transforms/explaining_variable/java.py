"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms.explaining_variable._braces import extract_variable, inline_variable

_REPOSITORY = Vocabulary(
    {"argument:parse/0": ("file", "reader"), "parameter:Format": ("format",)},
    ("key",),
    {
        "class Option": "org.cli",
        "Option.getKey/0": "String",
        "Option.getValues/0": "List<String>|java.util.List",
        "Option.find/1": "Option|org.cli.Option",
        "derived Option": "yes",
    },
)

_EXTRACT_VARIABLE = (
    Example(
        "java",
        """\
class A {
    String show(List<String> names) {
        return formatNames(names);
    }
}
""",
        """\
class A {
    String show(List<String> names) {
        String formatted = formatNames(names);
        return formatted;
    }
}
""",
        why="the value has the type of the result",
        vocabulary=Vocabulary({"call:formatNames": ("formatted",)}),
    ),
    Example(
        "java",
        """\
class A {
    void require(File file) {
        if (!file.exists()) {
            stop();
        }
    }
}
""",
        declined="NATURAL",
        why="the repository's only name for it counts files, and there is one",
        vocabulary=Vocabulary({"call:exists": ("file1Exists",)}),
    ),
    Example(
        "java",
        """\
class A {
    void close() {
        if (isOpen()) {
            stop();
        }
    }
}
""",
        """\
class A {
    void close() {
        boolean isOpen = isOpen();
        if (isOpen) {
            stop();
        }
    }
}
""",
        why="a condition is a boolean",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        final int at = 1;
        write(line.length(), at);
    }
}
""",
        """\
class A {
    void log(String line) {
        final int at = 1;
        final int length = line.length();
        write(length, at);
    }
}
""",
        why="the first argument is evaluated first",
    ),
    Example(
        "java",
        """\
class A {
    boolean fits(String key, int most) {
        if (hasKey(key) && most > 0) {
            use(key);
        }
        return true;
    }
}
""",
        """\
class A {
    boolean fits(String key, int most) {
        boolean hasKey = hasKey(key);
        if (hasKey && most > 0) {
            use(key);
        }
        return true;
    }
}
""",
        why="the left side of && is always evaluated",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean open, String key) {
        if (open && hasKey(key)) {
            touch(key);
        }
    }
}
""",
        declined="INDEP",
        why="the right side of && is evaluated only sometimes",
    ),
    Example(
        "java",
        """\
class A {
    int size(String key) {
        int size = key == null ? 0 : key.length();
        return size;
    }
}
""",
        declined="INDEP",
        why="an arm is evaluated only sometimes",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        write(next(), line.length());
    }
}
""",
        declined="INDEP",
        why="next() is called before",
    ),
    Example(
        "java",
        """\
class A {
    int at;

    void log(String line) {
        write(at, countOf(line));
    }

    int countOf(String line) {
        return at++;
    }
}
""",
        declined="INDEP",
        why="a field that the call may change is read before",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        throw new Failure(line.length());
    }
}
""",
        declined="INDEP",
        why="the class is initialised before its argument is evaluated",
    ),
    Example(
        "java",
        """\
class A {
    Runnable later(String line) {
        return () -> write(line.length());
    }
}
""",
        declined="NOCAP",
        why="the lambda runs later",
    ),
    Example(
        "java",
        """\
class A {
    void log() {
        write(unknown());
    }
}
""",
        declined="BUILTIN",
        why="the type of unknown() is not known, and which write is called depends on it",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line, int length) {
        write(line.length(), length);
    }
}
""",
        declined="FRESH",
        why="length is taken",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        begin(); write(line.length());
    }
}
""",
        declined="NATURAL",
        why="other code stands on the line",
    ),
    Example(
        "java",
        """\
class A {
    void drain() {
        while (hasNext()) {
            count++;
        }
    }
}
""",
        why="a loop condition is evaluated again and again",
    ),
    Example(
        "java",
        """\
class A {
    void drain(int c) {
        if (accept(c = next())) {
            count++;
        }
    }
}
""",
        declined="DA",
        why="it assigns",
    ),
    Example(
        "java",
        """\
class A {
    static final int MOST = 0;

    int limit() {
        int least;
        if (MOST > 0 && isOpen()) {
            return least;
        }
        return 0;
    }
}
""",
        declined="DA",
        why="where the constant is false the compiler counts least as assigned",
    ),
    Example(
        "java",
        """\
package org.cli;

class A {
    void show(Option option) {
        write(option.getKey());
    }
}
""",
        """\
package org.cli;

class A {
    void show(Option option) {
        String key = option.getKey();
        write(key);
    }
}
""",
        why="a method of a class of another file in the package",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
package org.other;

class A {
    void show(Option option) {
        write(option.getKey());
    }
}
""",
        declined="BUILTIN",
        why="another package: this is another Option",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
package org.cli;

class A {
    void show(Option option) {
        write(option.getValues());
    }
}
""",
        declined="BUILTIN",
        why="List is not imported here, it may be another one",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
package org.cli;

class A {
    void show(Option option) {
        write(option.find(1));
    }
}
""",
        declined="BUILTIN",
        why="a class above it may have an overload that fits better",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
class A {
    Result read(String text) {
        return parse(new StringReader(text));
    }
}
""",
        """\
class A {
    Result read(String text) {
        StringReader reader = new StringReader(text);
        return parse(reader);
    }
}
""",
        why="as the method that takes it calls it",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
class A {
    Result read(String text) {
        Result result = new Result(new StringReader(text));
        return result;
    }
}
""",
        declined="INDEP",
        why="the class Result is loaded before the argument is evaluated",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
class A {
    void fail(String text) {
        throw new Failure(text);
    }
}
""",
        why="an exception is thrown where it is made",
        vocabulary=_REPOSITORY,
    ),
    Example(
        "java",
        """\
class A {
    void check(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("a negative length: " + n);
        }
    }
}
""",
        """\
class A {
    void check(int n) {
        if (n < 0) {
            String message = "a negative length: " + n;
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
    void check(int n, Exception e) {
        throw new BadLengthException(
            "a negative length: " + n, e);
    }
}
""",
        """\
class A {
    void check(int n, Exception e) {
        String message = "a negative length: " + n;
        throw new BadLengthException(message, e);
    }
}
""",
        why="it needs no line of its own any more",
    ),
    Example(
        "java",
        """\
class A {
    void check(int n) {
        throw new BadLengthException("a negative length: " + next());
    }
}
""",
        declined="INDEP",
        why="the class is initialised before next() is called",
    ),
    Example(
        "java",
        """\
class A extends Base {
    String show(Integer id) {
        return write(find(id));
    }

    int find(int id) {
        return id;
    }
}
""",
        declined="BUILTIN",
        unit="A.show",
        why="Base may have a find(Integer) with another result",
    ),
)

_INLINE_VARIABLE = (
    Example(
        "java",
        """\
class A {
    String show(List<String> names) {
        String result = format(names);
        return result;
    }
}
""",
        """\
class A {
    String show(List<String> names) {
        return format(names);
    }
}
""",
        why="the declared type is the result's",
    ),
    Example(
        "java",
        """\
class A {
    abstract boolean isOpen();

    void close() {
        final boolean open = isOpen();
        if (open) {
            stop();
        }
    }
}
""",
        """\
class A {
    abstract boolean isOpen();

    void close() {
        if (isOpen()) {
            stop();
        }
    }
}
""",
        why="isOpen is known to give a plain boolean",
    ),
    Example(
        "java",
        """\
class A {
    void close() {
        boolean open = settings.get("open");
        if (open) {
            stop();
        }
    }
}
""",
        declined="BUILTIN",
        why="without the variable a generic result would be inferred anew",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        int length = line.length();
        length = 0;
    }
}
""",
        declined="INDEP",
        why="the next statement assigns it",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        int length = line.length();
        write(length);
    }
}
""",
        """\
class A {
    void log(String line) {
        write(line.length());
    }
}
""",
        why="both are int",
    ),
    Example(
        "java",
        """\
class A {
    Object show(String line) {
        long length = line.length();
        return length;
    }
}
""",
        declined="BUILTIN",
        why="the value is an int, the variable a long",
    ),
    Example(
        "java",
        """\
class A {
    void log() {
        Object found = lookup();
        write(found);
    }
}
""",
        declined="BUILTIN",
        why="which write is called may change",
    ),
    Example(
        "java",
        """\
class A {
    int[] pair() {
        int[] pair = {1, 2};
        return pair;
    }
}
""",
        declined="BUILTIN",
        why="an array initialiser needs the declared type",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        int length = line.length();
        write(next(), length);
    }
}
""",
        declined="INDEP",
        why="next() would be called before",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        boolean open = isOpen();
        while (open) {
            write(line);
        }
    }
}
""",
        declined="INDEP",
        why="it would be evaluated again and again",
    ),
    Example(
        "java",
        """\
class A {
    Runnable later(String line) {
        Runnable task = wrap(() -> write(line));
        return task;
    }
}
""",
        declined="NOCAP",
        why="the value is a lambda's",
    ),
    Example(
        "java",
        """\
class A {
    Runnable later(String line) {
        int length = line.length();
        return () -> write(length);
    }
}
""",
        declined="INDEP",
        why="a lambda runs later",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        int length = line.length(); // in characters
        write(length);
    }
}
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        """\
class A {
    void log(int a, int b) {
        int sum = a + b;
        write(sum * 2);
    }
}
""",
        declined="NATURAL",
        why="it would need parentheses",
    ),
    Example(
        "java",
        """\
class A {
    void log(String line) {
        int length = line.length();
        write(length, length);
    }
}
""",
        why="it is used twice",
    ),
    Example(
        "java",
        """\
class A {
    int take() {
        int last = next();
        int one = next(), two = last;
        return one - two;
    }
}
""",
        declined="INDEP",
        why="another variable is made first",
    ),
    Example(
        "java",
        """\
class A {
    boolean isOne() {
        String prefix = "a";
        return prefix + "b" == "ab";
    }
}
""",
        declined="BUILTIN",
        why="strings joined at compile time are one object",
    ),
    Example(
        "java",
        """\
class A {
    int size;

    int next() {
        int last = size;
        int size = next(last);
        return size * size;
    }
}
""",
        declined="FRESH",
        why="the field is hidden where the variable was used",
    ),
)

DIRECTIONS: Directions = {
    "extract-variable": (extract_variable, _EXTRACT_VARIABLE),
    "inline-variable": (inline_variable, _INLINE_VARIABLE),
}
