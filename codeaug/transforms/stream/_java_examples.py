"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example

_IMPORTS = """\
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

"""


def _class(body: str, head: str = "boolean f(List<String> names, int least)", of: str = "") -> str:
    lines = "".join(f"        {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{of or _IMPORTS}class A {{\n    {head} {{\n{lines}    }}\n}}\n"


_ANY = """
for (String name : names) {
    if (name.length() > least) {
        return true;
    }
}
return false;
"""
_LIST = "List<Integer> f(List<String> names, int least)"
_OWN = "List<String> words = new ArrayList<>(names);\n"
_FIRST = "Item f(List<Item> items, String id)"

LOOP_TO_STREAM = (
    Example(
        "java",
        _class(_ANY),
        _class("return names.stream().anyMatch(name -> name.length() > least);"),
        why="whether any element fulfils it",
    ),
    Example(
        "java",
        _class(
            "for (String word : words)\n    if (!word.isEmpty()) return false;\nreturn true;",
            "boolean f(String[] words)",
        ),
        _class(
            "return Arrays.stream(words).allMatch(word -> word.isEmpty());",
            "boolean f(String[] words)",
        ),
        why="an array, and what all must fulfil",
    ),
    Example(
        "java",
        _class(
            """
List<Integer> lengths = new ArrayList<>();
for (String name : names) {
    if (!name.isEmpty()) {
        lengths.add(name.length());
    }
}
return lengths;
""",
            _LIST,
        ),
        _class(
            """
List<Integer> lengths = names.stream()
        .filter(name -> !name.isEmpty())
        .map(name -> name.length())
        .collect(Collectors.toList());
return lengths;
""",
            _LIST,
        ),
        why="a list that is filled and nothing else; a line for each step where one is too long",
    ),
    Example(
        "java",
        _class(
            """
for (final Item item : items) {
    if (item.id().equals(id)) {
        return item;
    }
}
return null;
""",
            _FIRST,
        ),
        _class(
            "return items.stream().filter(item -> item.id().equals(id)).findFirst().orElse(null);",
            _FIRST,
        ),
        why="the first that fulfils it, which is not null",
    ),
    Example(
        "java",
        _class(
            "int sum = 0;\nfor (String s : names) {\n    sum += s.length();\n}\nreturn sum > 9;"
        ),
        _class("int sum = names.stream().mapToInt(s -> s.length()).sum();\nreturn sum > 9;"),
        why="a sum of integers",
    ),
    Example(
        "java",
        _class("int n = 0;\nfor (String s : names) {\n    if (s.isEmpty()) n++;\n}\nreturn n > 9;"),
        _class("int n = (int) names.stream().filter(s -> s.isEmpty()).count();\nreturn n > 9;"),
        why="a count",
    ),
    Example(
        "java",
        _class(_OWN + "for (String word : words) {\n    print(word);\n}\nreturn true;"),
        _class(_OWN + "words.forEach(word -> print(word));\nreturn true;"),
        why="one thing done for each element",
    ),
    Example(
        "java",
        _class("for (String name : names) {\n    print(name);\n}\nreturn true;"),
        declined="INDEP",
        why="print may change names, which the loop and forEach notice at different times",
    ),
    Example(
        "java",
        _class(_ANY.replace("name.length() > least", "isLong(name)")).replace(
            "boolean f(List<String> names, int least)", "List<String> names;\n\n    boolean f()"
        ),
        declined="INDEP",
        unit="A.f",
        why="isLong may change the field's list, which the loop and anyMatch notice at other times",
    ),
    Example(
        "java",
        _class(_ANY, "boolean f(List<String> names, int least) throws IOException").replace(
            "name.length()", "read(name)"
        ),
        declined="EXC",
        why="a lambda may not throw a checked exception (sonar-java#6127)",
    ),
    Example(
        "java",
        _class(
            "try {\n    for (String name : names) {\n        print(name);\n    }\n"
            "} catch (IOException e) {\n    return false;\n}\nreturn true;"
        ),
        declined="EXC",
        why="what is called may throw what is caught around the loop",
    ),
    Example(
        "java",
        _class("least++;" + _ANY),
        declined="NOCAP",
        why="a lambda may use only locals that are final in effect",
    ),
    Example(
        "java",
        _class(
            "double sum = 0;\nfor (double d : all) {\n    sum += d;\n}\nreturn sum > 1;",
            "boolean f(double[] all)",
        ),
        declined="NOFLOAT",
        why="DoubleStream.sum compensates: 1.0 and not 0.9999999999999999",
    ),
    Example(
        "java",
        _class(
            "for (Item item : items) {\n    if (item != this.last) return item;\n}\nreturn null;",
            _FIRST,
        ),
        declined="NOTHROW",
        why="findFirst throws where the element is null",
    ),
    Example(
        "java",
        _class("for (String name : names) {\n    names.remove(name);\n}\nreturn true;"),
        declined="INDEP",
        why="the collection is changed: the loop and forEach notice at different times",
    ),
    Example(
        "java",
        _class(_ANY, of=_IMPORTS.replace("java.util.List", "org.example.List")),
        declined="BUILTIN",
        why="not a collection of the JDK",
    ),
    Example(
        "java",
        _class(
            "for (long n : all) {\n    if (n == 1) return true;\n}\nreturn false;",
            "boolean f(List<Integer> all)",
        ),
        declined="BUILTIN",
        why="the loop converts: in a lambda n would be an Integer",
    ),
    Example(
        "java",
        _class(_ANY, of="import java.util.List; // a -> b\n\n"),
        declined="NATURAL",
        why="nothing in the file shows that it is Java 8",
    ),
    Example(
        "java",
        _class(_ANY.replace("if (", "// long enough\n    if (")),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class("for (String s : names) {\n    if (s.isEmpty()) break;\n    n++;\n}\nreturn true;"),
        why="a stream has no break",
    ),
    Example(
        "java",
        """\
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

class A {
    int f(int[] sizes) {
        int sum = 0;
        for (int size : sizes) {
            sum += size;
        }
        return sum;
    }
}
""",
        """\
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

class A {
    int f(int[] sizes) {
        int sum = Arrays.stream(sizes).sum();
        return sum;
    }
}
""",
        why="a stream of int needs no mapToInt, and has none",
    ),
    Example(
        "java",
        """\
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

class A {
    List<String> f(int[] sizes) {
        List<String> texts = new ArrayList<>();
        for (int size : sizes) {
            texts.add("#" + size);
        }
        return texts;
    }
}
""",
        declined="BUILTIN",
        why="a stream of int maps to int, and gathers no list",
    ),
    Example(
        "java",
        """\
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

class A {
    List<List<Object>> f(List<String> names) {
        List<List<Object>> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(Arrays.asList(name));
        }
        return rows;
    }
}
""",
        declined="BUILTIN",
        why="it would be a list of lists of String",
    ),
)

STREAM_TO_LOOP = (
    Example(
        "java",
        _class("return names.stream().anyMatch(name -> name.length() > least);"),
        _class(_ANY),
        why="the first that fulfils it decides",
    ),
    Example(
        "java",
        _class(_OWN + "words.forEach(word -> {\n    // each\n    print(word);\n});\nreturn true;"),
        _class(
            _OWN + "for (String word : words) {\n    // each\n    print(word);\n}\nreturn true;"
        ),
        why="the block stays as it is",
    ),
    Example(
        "java",
        _class("names.forEach(name -> print(name));\nreturn true;"),
        declined="INDEP",
        why="print may change names",
    ),
    Example(
        "java",
        _class(
            "return names.stream().filter(s -> !s.isEmpty()).map(s -> s.length())\n"
            "        .collect(Collectors.toList());",
            _LIST,
        ),
        _class(
            """
List<Integer> result = new ArrayList<>();
for (String s : names) {
    if (!s.isEmpty()) {
        result.add(s.length());
    }
}
return result;
""",
            _LIST,
        ),
        why="a list is filled, element by element as before",
    ),
    Example(
        "java",
        _class("return Arrays.stream(all).allMatch(w -> w != null);", "boolean f(Object[] all)"),
        _class(
            """
for (Object w : all) {
    if (w == null) {
        return false;
    }
}
return true;
""",
            "boolean f(Object[] all)",
        ),
        why="the first that does not fulfil it decides",
    ),
    Example(
        "java",
        _class(
            _OWN + "words.forEach(word -> {\n    if (word.isEmpty()) return;\n    print(word);\n"
            "});\nreturn true;"
        ),
        declined="REACH",
        why="a return of the lambda would be one of the method",
    ),
    Example(
        "java",
        _class("List<String> all = names.stream().filter(s -> s != null).collect(toSet());"),
        declined="BUILTIN",
        why="no plain list",
    ),
    Example(
        "java",
        _class("return all().stream().anyMatch(s -> s == null);"),
        declined="BUILTIN",
        why="the element's type is not known",
    ),
    Example(
        "java",
        _class("return names.stream().anyMatch(s -> s.isEmpty() /* blank */);"),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class(
            "return names.stream().map(s -> s.trim()).toList();",
            "List<String> f(List<String> names)",
        ),
        why="the list of toList() cannot be changed",
    ),
    Example(
        "java",
        _class("return names.parallelStream().anyMatch(s -> s.isEmpty());"),
        declined="INDEP",
        why="a parallel stream is no loop",
    ),
    Example(
        "java",
        """\
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

class A {
    List<? extends Number> f(List<String> names) {
        return names.stream().map(name -> name.length()).collect(Collectors.toList());
    }
}
""",
        declined="BUILTIN",
        why="nothing can be added to a list of ? extends Number",
    ),
)
