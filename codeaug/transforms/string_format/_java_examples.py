"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example


def _class(statement: str, head: str = "String f(String name, int count, Object any)") -> str:
    return f"class A {{\n    {head} {{\n        {statement}\n    }}\n}}\n"


CONCAT_TO_FORMAT = (
    Example(
        "java",
        _class('return "Found " + count + " of " + name; // so far'),
        _class('return String.format("Found %s of %s", count, name); // so far'),
        why="numbers and strings are written alike by both",
    ),
    Example(
        "java",
        _class('throw new Error(name + ": only " + (count - 1) + "% left\\n");'),
        _class('throw new Error(String.format("%s: only %s%% left\\n", name, count - 1));'),
        why="a sign of its own is doubled",
    ),
    Example(
        "java",
        _class('String line = "[" + name + ", " + any.toString() + "]";\n        return line;'),
        _class(
            'String line = String.format("[%s, %s]", name, any.toString());\n        return line;'
        ),
        why="toString gives a string whatever the object is",
    ),
    Example(
        "java",
        _class('return "Found " + any + " of " + name;'),
        declined="BUILTIN",
        why="%s asks a Formattable to format itself",
    ),
    Example(
        "java",
        _class("return 'a' + count + \" of them are \" + name;"),
        declined="BUILTIN",
        why="it begins with a sum of a char and an int",
    ),
    Example(
        "java",
        _class('return "Found " + all + " of " + name;', "String f(char[] all, String name)"),
        declined="BUILTIN",
        why="an array",
    ),
    Example(
        "java",
        _class('name += "Found " + count + " of " + name;\n        return name;'),
        declined="NATURAL",
        why="a text that is built up piece by piece",
    ),
    Example(
        "java",
        _class(
            'final String key = "a" + ONE + "b" + TWO;\n        return key;',
        ).replace("class A {", 'class A {\n    static final String ONE = "1", TWO = "2";\n'),
        declined="DA",
        why="a constant may be a case label",
    ),
    Example(
        "java",
        _class('return name + "/" + count;'),
        declined="NATURAL",
        why="too little text for a format",
    ),
    Example(
        "java",
        _class('return "Found " + count /* so far */ + " of " + name;'),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _class('return "Found " + name;'),
        why="one value at the end is plainer as it is",
    ),
)

FORMAT_TO_CONCAT = (
    Example(
        "java",
        _class('return String.format("Found %s of %s", count, name); // so far'),
        _class('return "Found " + count + " of " + name; // so far'),
        why="numbers and strings are written alike by both",
    ),
    Example(
        "java",
        _class('return String.format("%s%%: %s", count + 1, any.toString());'),
        _class('return (count + 1) + "%: " + any.toString();'),
        why="a sum keeps its parentheses",
    ),
    Example(
        "java",
        _class('print(String.format("%s%s", name, count));\n        return name;'),
        _class("print(name + count);\n        return name;"),
        why="it begins with a string",
    ),
    Example(
        "java",
        _class('return String.format("Found %d", count);'),
        declined="BUILTIN",
        why="%d writes the digits of the default locale",
    ),
    Example(
        "java",
        _class('return String.format("Found %s", any);'),
        declined="BUILTIN",
        why="%s asks a Formattable to format itself",
    ),
    Example(
        "java",
        _class('return String.format(Locale.ROOT, "Found %s", name);'),
        declined="BUILTIN",
        why="made for a locale",
    ),
    Example(
        "java",
        _class('return String.format("%s", name);'),
        declined="BUILTIN",
        why="null would stay null and not become a text",
    ),
    Example(
        "java",
        _class('return String.format("%s%s", count, count);'),
        declined="NATURAL",
        why="the numbers would be added",
    ),
    Example(
        "java",
        _class('return String.format("Found %s", name).trim();'),
        declined="NATURAL",
        why="it would need parentheses",
    ),
    Example(
        "java",
        _class('return String.format("Found %2$s %1$s", name, count);'),
        declined="BUILTIN",
        why="the values would have to change places",
    ),
    Example(
        "java",
        _class('return String.format("Found %s", /* the */ name);'),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
)
