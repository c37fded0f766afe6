"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example

_IMPORTS = """\
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

"""
_MORE = "\n\n    int size(String s) {\n        return s.length();\n    }\n"


def _class(body: str, head: str = "void f(List<String> names)", more: str = _MORE) -> str:
    lines = "".join(f"        {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{_IMPORTS}class A {{\n    {head} {{\n{lines}    }}{more}}}\n"


LAMBDA_TO_REFERENCE = (
    Example(
        "java",
        _class("names.stream().map(s -> s.trim()).filter(s -> size(s) > 1).forEach(x -> add(x));"),
        _class("names.stream().map(String::trim).filter(s -> size(s) > 1).forEach(x -> add(x));"),
        unit="A.f",
        why="a method of a string; a step of a stream takes one kind of function",
    ),
    Example(
        "java",
        _class("Function<String, Integer> sized = s -> size(s); // the size"),
        _class("Function<String, Integer> sized = this::size; // the size"),
        unit="A.f",
        why="a method that this class has once",
    ),
    Example(
        "java",
        _class("Supplier<List<String>> made = () -> new ArrayList<>();"),
        _class("Supplier<List<String>> made = ArrayList::new;"),
        unit="A.f",
        why="a constructor",
    ),
    Example(
        "java",
        _class("names.removeIf(s -> Objects.isNull(s));"),
        _class("names.removeIf(Objects::isNull);"),
        unit="A.f",
        why="a static method of the JDK",
    ),
    Example(
        "java",
        _class(
            "run(s -> s.trim());", more="\n\n    void run(Function<String, String> f) {\n    }\n"
        ).replace("run(s -> s.trim())", "run((String s) -> s.trim())"),
        _class(
            "run(String::trim);", more="\n\n    void run(Function<String, String> f) {\n    }\n"
        ),
        unit="A.f",
        why="a target that this class has once, and a type that is written",
    ),
    Example(
        "java",
        _class("submit(() -> new Object());"),
        declined="BUILTIN",
        unit="A.f",
        why="an overloaded target becomes ambiguous (gradle-baseline#1376, #1392)",
    ),
    Example(
        "java",
        _class("Function<Integer, String> shown = n -> Integer.toString(n);"),
        declined="BUILTIN",
        unit="A.f",
        why="Integer::toString may be either of two methods",
    ),
    Example(
        "java",
        _class("Predicate<Object> same = o -> other.equals(o);", "void f(Object other)"),
        declined="INDEP",
        unit="A.f",
        why="the receiver would be evaluated, and be null, at once and not when called",
    ),
    Example(
        "java",
        _class(
            "Function<String, Integer> sized = s -> size(s);",
            more=_MORE + "\n    int size(Object o) {\n        return 0;\n    }\n",
        ),
        declined="BUILTIN",
        unit="A.f",
        why="the method is overloaded",
    ),
    Example(
        "java",
        _class("Function<Item, String> named = i -> i.name();"),
        declined="BUILTIN",
        unit="A.f",
        why="the class is elsewhere: it may have a static name(Item) too",
    ),
    Example(
        "java",
        _class("Function<String, Integer> sized = s -> size(/* it */ s);"),
        declined="TRIVIA",
        unit="A.f",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class(
            "Function<String, Integer> sized = s -> size(s.trim());\nCallable<Integer> c = () -> 1;"
        ),
        unit="A.f",
        why="more than handing on",
    ),
)

REFERENCE_TO_LAMBDA = (
    Example(
        "java",
        _class("names.stream().map(String::trim).forEach(System.out::println);"),
        _class("names.stream().map(s -> s.trim()).forEach(System.out::println);"),
        unit="A.f",
        why="a method of a string",
    ),
    Example(
        "java",
        _class("Function<String, Integer> sized = this::size;"),
        _class("Function<String, Integer> sized = s -> size(s);"),
        unit="A.f",
        why="the parameter has the name that the method gives it",
    ),
    Example(
        "java",
        _class("names.removeIf(Objects::isNull);"),
        _class("names.removeIf(value -> value == null);"),
        unit="A.f",
        why="as it is written without a reference",
    ),
    Example(
        "java",
        _class("List<String> all = last.orElseGet(ArrayList::new);"),
        _class("List<String> all = last.orElseGet(() -> new ArrayList<>());"),
        unit="A.f",
        why="a supplier of something new",
    ),
    Example(
        "java",
        _class("Function<String, Boolean> known = names::contains;"),
        declined="INDEP",
        unit="A.f",
        why="the receiver is evaluated once, at once",
    ),
    Example(
        "java",
        _class("names.forEach(System.out::println);"),
        declined="INDEP",
        unit="A.f",
        why="System.out is read once, and may be set meanwhile",
    ),
    Example(
        "java",
        _class("names.sort(Comparator.comparing(String::length).reversed());"),
        declined="BUILTIN",
        unit="A.f",
        why="the comparator's type is inferred from the reference",
    ),
    Example(
        "java",
        _class("Function<Item, String> named = Item::name;"),
        declined="BUILTIN",
        unit="A.f",
        why="whether the method is static is not known",
    ),
    Example(
        "java",
        _class("int s = 1;\nFunction<String, Integer> sized = this::size;"),
        declined="FRESH",
        unit="A.f",
        why="a lambda's parameter may not hide a local",
    ),
)

ANONYMOUS_TO_LAMBDA = (
    Example(
        "java",
        _class("""
Comparator<String> byLength = new Comparator<String>() {
    @Override
    public int compare(String one, String two) {
        return one.length() - two.length();
    }
};
names.removeIf(s -> s.isEmpty());
"""),
        _class("""
Comparator<String> byLength = (one, two) -> one.length() - two.length();
names.removeIf(s -> s.isEmpty());
"""),
        unit="A.f",
        why="one expression",
    ),
    Example(
        "java",
        _class("""
Runnable task = new Runnable() {
    public void run() {
        // both
        size("one");
        size("two");
    }
};
names.removeIf(s -> s.isEmpty());
"""),
        _class("""
Runnable task = () -> {
    // both
    size("one");
    size("two");
};
names.removeIf(s -> s.isEmpty());
"""),
        unit="A.f",
        why="a block keeps its comments",
    ),
    Example(
        "java",
        _class("""
Thread thread = new Thread(new Runnable() {
    @Override
    public void run() {
        size("one");
    }
});
names.removeIf(s -> s.isEmpty());
"""),
        _class("""
Thread thread = new Thread(() -> size("one"));
names.removeIf(s -> s.isEmpty());
"""),
        unit="A.f",
        why="a thread takes nothing else that a lambda could be",
    ),
    *(
        Example(
            "java",
            _class(f"""
Runnable task = new Runnable() {{
    public void run() {{
        {statement}
    }}
}};
names.removeIf(s -> s.isEmpty());
{after}
"""),
            declined=predicate,
            unit="A.f",
            why=why,
        )
        for statement, after, predicate, why in (
            ("start(this);", "", "NOCAP", "this would be the object around it"),
            ("print(toString());", "", "NOCAP", "toString would be called on the object around it"),
            ("int names = 1;", "", "FRESH", "a lambda may not hide a local"),
            ("size(null);", "print(task.getClass());", "NODYN", "the class is looked at"),
        )
    ),
    Example(
        "java",
        _class("""
submit(new Callable<String>() {
    public String call() {
        return "";
    }
}, s -> 1);
"""),
        declined="BUILTIN",
        unit="A.f",
        why="an overloaded target may take a lambda for something else",
    ),
    Example(
        "java",
        _class("""
Runnable task = new Runnable() {
    private int count;

    public void run() {
        count++;
    }
};
"""),
        declined="NATURAL",
        unit="A.f",
        why="the object has a state",
    ),
    Example(
        "java",
        _class("""
Runnable task = new Runnable() {
    // does nothing yet
    public void run() {
    }
};
"""),
        declined="TRIVIA",
        unit="A.f",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class("""
Runnable task = new Runnable() {
    public void run() {
        size("a -> b");
    }
};
""").replace("import java.util.stream.Collectors;\n", ""),
        declined="NATURAL",
        unit="A.f",
        why="nothing in the file shows that it is Java 8",
    ),
)

LAMBDA_TO_ANONYMOUS = (
    Example(
        "java",
        _class("Comparator<String> c = (one, two) -> one.length() - two.length();"),
        _class("""
Comparator<String> c = new Comparator<String>() {
    @Override
    public int compare(String one, String two) {
        return one.length() - two.length();
    }
};
"""),
        unit="A.f",
        why="the interface is in sight",
    ),
    Example(
        "java",
        _class("""
Thread thread = new Thread(() -> {
    // both
    size("one");

    size("two");
});
"""),
        _class("""
Thread thread = new Thread(new Runnable() {
    @Override
    public void run() {
        // both
        size("one");

        size("two");
    }
});
"""),
        unit="A.f",
        why="a block moves one level in",
    ),
    Example(
        "java",
        _class("return s -> size(s) > 0;", "Predicate<String> f()"),
        _class(
            """
return new Predicate<String>() {
    @Override
    public boolean test(String s) {
        return size(s) > 0;
    }
};
""",
            "Predicate<String> f()",
        ),
        unit="A.f",
        why="the result type tells",
    ),
    Example(
        "java",
        _class("Callable<Integer> c = () -> read();"),
        _class("""
Callable<Integer> c = new Callable<Integer>() {
    @Override
    public Integer call() throws Exception {
        return read();
    }
};
"""),
        unit="A.f",
        why="what is called may throw what the interface allows",
    ),
    Example(
        "java",
        _class("Runnable task = () -> start(this);"),
        declined="NOCAP",
        unit="A.f",
        why="this would be the new object",
    ),
    Example(
        "java",
        _class("Supplier<String> shown = () -> toString();"),
        declined="NOCAP",
        unit="A.f",
        why="toString would be the new object's",
    ),
    Example(
        "java",
        _class("Predicate<? super String> set = s -> s != null;"),
        declined="BUILTIN",
        unit="A.f",
        why="an object cannot be made of a wildcard",
    ),
    Example(
        "java",
        _class("Shape shape = () -> 4;"),
        declined="BUILTIN",
        unit="A.f",
        why="the interface is elsewhere",
    ),
    Example(
        "java",
        _class("Runnable task = () /* later */ -> size(null);"),
        declined="TRIVIA",
        unit="A.f",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class("names.forEach(s -> size(s));"),
        unit="A.f",
        why="an argument's interface is not in sight",
    ),
)
