"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example

_IMPORTS = "import java.util.HashMap;\nimport java.util.Map;\n\n"


def _class(body: str, head: str = "void f(Map<String, Integer> ages)", of: str = _IMPORTS) -> str:
    lines = "".join(f"        {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    return f"{of}class A {{\n    {head} {{\n{lines}    }}\n}}\n"


KEYS_TO_ITEMS = (
    Example(
        "java",
        _class("""
for (String name : ages.keySet()) {
    print(name, ages.get(name)); // both
}
"""),
        _class("""
for (Map.Entry<String, Integer> entry : ages.entrySet()) {
    print(entry.getKey(), entry.getValue()); // both
}
"""),
        why="the value is at hand in the entry",
    ),
    Example(
        "java",
        _class("""
for (final String name : ages.keySet()) {
    Integer age = ages.get(name);
    print(name, age);
    print(name.trim(), age);
}
"""),
        _class("""
for (final Map.Entry<String, Integer> entry : ages.entrySet()) {
    final String name = entry.getKey();
    Integer age = entry.getValue();
    print(name, age);
    print(name.trim(), age);
}
"""),
        why="a key that is used more than once keeps its name",
    ),
    Example(
        "java",
        _class("""
StringBuilder all = new StringBuilder();
for (String name : ages.keySet()) {
    all.append(name).append(ages.get(name)).append(';');
}
"""),
        _class("""
StringBuilder all = new StringBuilder();
for (Map.Entry<String, Integer> entry : ages.entrySet()) {
    all.append(entry.getKey()).append(entry.getValue()).append(';');
}
"""),
        why="a builder changes nothing but itself",
    ),
    Example(
        "java",
        _class("""
int sum = 0;
for (String name : ages.keySet())
    sum += ages.get(name);
"""),
        _class("""
int sum = 0;
for (Map.Entry<String, Integer> entry : ages.entrySet())
    sum += entry.getValue();
"""),
        why="only the value is needed",
    ),
    Example(
        "java",
        _class("""
for (String name : ages.keySet()) {
    ages.put(name, ages.get(name) + 1);
}
"""),
        declined="INDEP",
        why="the map is changed in the loop",
    ),
    Example(
        "java",
        _class("""
for (String name : ages.keySet()) {
    grow(name);
    print(ages.get(name));
}
"""),
        declined="INDEP",
        why="the call may change the value before it is read; an entry may be a copy",
    ),
    Example(
        "java",
        _class("""
for (String name : ages.keySet()) {
    later(() -> ages.get(name));
}
"""),
        declined="NOCAP",
        why="a lambda reads the value later, when an entry may be another (EnumMap)",
    ),
    Example(
        "java",
        _class("for (String name : ages.keySet()) {\n    print(ages.get(name));\n}", of=""),
        declined="BUILTIN",
        why="not known to be the map of the JDK",
    ),
    Example(
        "java",
        _class(
            "for (String name : ages.keySet()) {\n    print(ages.get(name));\n}",
            "void f(HashMap<String, Integer> ages)",
            "import java.util.HashMap;\n\n",
        ),
        declined="NATURAL",
        why="the file does not import Map, of which Entry is a part",
    ),
    Example(
        "java",
        _class("""
for (String name : ages.keySet()) {
    print(ages.get(name));
    ages = null;
}
"""),
        declined="INDEP",
        why="the variable is assigned",
    ),
    Example(
        "java",
        _class("""
for (String name /* first */ : ages.keySet()) {
    print(ages.get(name));
}
"""),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class("for (String name : ages.keySet()) {\n    print(name, others.get(name));\n}"),
        why="another map's value",
    ),
)

ITEMS_TO_KEYS = (
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> entry : ages.entrySet()) {
    print(entry.getKey(), entry.getValue());
}
"""),
        _class("""
for (String key : ages.keySet()) {
    print(key, ages.get(key));
}
"""),
        why="the value is under its key",
    ),
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> e : ages.entrySet()) {
    final String name = e.getKey();
    // of that name
    print(name, e.getValue());
}
"""),
        _class("""
for (final String name : ages.keySet()) {
    // of that name
    print(name, ages.get(name));
}
"""),
        why="the variable that takes the key becomes the loop's",
    ),
    Example(
        "java",
        _class("""
for (final var e : ages.entrySet())
    print(e.getValue());
"""),
        _class("""
for (final var key : ages.keySet())
    print(ages.get(key));
"""),
        why="an inferred type stays inferred",
    ),
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> e : ages.entrySet()) {
    e.setValue(e.getValue() + 1);
}
"""),
        declined="INDEP",
        why="the entry itself is needed",
    ),
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> e : ages.entrySet()) {
    print(e.getKey());
    print(e.getValue());
}
"""),
        declined="INDEP",
        why="the call may change or remove the value before it is read",
    ),
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> e : ages.entrySet()) {
    later(() -> e.getValue());
}
"""),
        declined="NOCAP",
        why="a lambda reads the value later",
    ),
    Example(
        "java",
        _class(
            "for (Map.Entry<String, Integer> e : all().entrySet()) {\n    print(e.getValue());\n}"
        ),
        declined="BUILTIN",
        why="it would be called in each round",
    ),
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> e : ages.entrySet()) {
    int age = e.getValue();
    String name = e.getKey();
    print(name, age);
}
"""),
        declined="NATURAL",
        why="the key would get two names",
    ),
    Example(
        "java",
        _class("""
for (Map.Entry<String, Integer> e : ages.entrySet()) {
    String name = e.getKey(); // as given
    print(name, e.getValue());
}
"""),
        declined="TRIVIA",
        why="the comment would end up beside other code",
    ),
)
