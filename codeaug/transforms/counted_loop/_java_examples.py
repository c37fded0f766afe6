"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example


def _method(body: str, imports: str = "", fields: str = "", head: str = "") -> str:
    head = head or "void f(String[] names, int[] counts, Object[] all, String text)"
    lines = "".join(f"        {line}\n" if line else "\n" for line in body.strip("\n").split("\n"))
    member = f"    {fields}\n\n" if fields else ""
    return f"{imports}class A {{\n{member}    {head} {{\n{lines}    }}\n}}\n"


_LIST = "import java.util.List;\n\n"
_ARRAY_LIST = "import java.util.ArrayList;\nimport java.util.List;\n\n"

INDEX_TO_EACH = (
    Example(
        "java",
        """\
class A {
    boolean begins(char[] text, char[] all, int at) {
        for (int i = 0; i < text.length; i++, at++) {
            if (text[i] != all[at]) {
                return false;
            }
        }
        return true;
    }
}
""",
        why="another variable is stepped, too",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; i++) {
    System.out.println(names[i]); // one a line
}
"""),
        _method("""
for (String name : names) {
    System.out.println(name); // one a line
}
"""),
        why="the element's name is the singular of the array's",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; ++i) {
    final String given = names[i];
    add(given.trim());
}
"""),
        _method("""
for (final String given : names) {
    add(given.trim());
}
"""),
        why="the variable that takes the element becomes the loop's",
    ),
    Example(
        "java",
        _method("""
int total = 0;
for (int i = 0; i < text.length(); i++)
    if (Character.isDigit(text.charAt(i))) total += text.charAt(i) - '0';
"""),
        _method("""
int total = 0;
for (char c : text.toCharArray())
    if (Character.isDigit(c)) total += c - '0';
"""),
        why="a string cannot change",
    ),
    Example(
        "java",
        _method(
            """
for (int i = 0; i < lines.size(); i++) {
    total += lines.get(i).length();
}
""",
            _LIST,
            head="void f(List<String> lines)",
            fields="int total;",
        ),
        _method(
            """
for (String line : lines) {
    total += line.length();
}
""",
            _LIST,
            head="void f(List<String> lines)",
            fields="int total;",
        ),
        why="nothing that is called can change the list",
    ),
    Example(
        "java",
        _method(
            """
List<String> parts = new ArrayList<>();
parts.add(text);
for (int i = 0; i < parts.size(); i++) {
    print(parts.get(i));
}
""",
            _ARRAY_LIST,
        ),
        _method(
            """
List<String> parts = new ArrayList<>();
parts.add(text);
for (String part : parts) {
    print(part);
}
""",
            _ARRAY_LIST,
        ),
        why="nobody else has the list that was made here",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; i++) {
    names[i] = names[i].trim();
}
"""),
        declined="INDEP",
        why="an element is assigned",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; i++) {
    print(i + ": " + names[i]);
}
"""),
        declined="INDEP",
        why="the index is needed",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; i++) {
    shuffle();
    print(names[i]);
}
"""),
        declined="INDEP",
        why="the call may change the array before the element is read",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < counts.length; i++) {
    for (int j = 0; j < 3; j++) {
        all[j] = counts[i];
        other(j);
    }
}
"""),
        declined="INDEP",
        why="the inner loop reads the element again after the call",
    ),
    Example(
        "java",
        _method(
            """
for (int i = 0; i < lines.size(); i++) {
    lines.add(lines.get(i).trim());
}
""",
            _LIST,
            head="void f(List<String> lines)",
        ),
        declined="INDEP",
        why="the list grows: an iterator would throw ConcurrentModificationException",
    ),
    Example(
        "java",
        _method(
            """
for (int i = 0; i < lines.size(); i++) {
    visit(lines.get(i));
}
""",
            _LIST,
            head="void f(List<String> lines)",
        ),
        declined="INDEP",
        why="what is called may change the list",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; i++) {
    print(names[i]);
    names = more();
}
"""),
        declined="INDEP",
        why="the array variable is assigned",
    ),
    Example(
        "java",
        _method(
            "for (int i = 0; i < rows.size(); i++) {\n    total += rows.get(i).length();\n}",
            "import org.example.List;\n\n",
            head="void f(List<String> rows)",
            fields="int total;",
        ),
        declined="BUILTIN",
        why="a list of somebody else's may count otherwise",
    ),
    Example(
        "java",
        _method(
            "for (int i = 0; i < rows.size(); i++) {\n    total += rows.get(i).length();\n}",
            "import java.awt.*;\nimport java.util.*;\n\n",
            head="void f(List<String> rows)",
            fields="int total;",
        ),
        declined="BUILTIN",
        why="a star may bring another class of that name",
    ),
    Example(
        "java",
        _method("""
String name = text, value = text, element = text;
for (int i = 0; i < names.length; i++) {
    print(names[i] + name + value);
}
"""),
        declined="FRESH",
        why="all good names are taken",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < names.length; i++) {
    String name = names[i]; // as given
    print(name);
}
"""),
        declined="TRIVIA",
        why="the comment would end up beside other code",
    ),
    Example(
        "java",
        _method("""
for (int i = 0 /* first */; i < names.length; i++) {
    print(names[i]);
}
"""),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _method("""
for (int i = 1; i < names.length; i++) {
    print(names[i]);
}
for (int i = 0; i <= counts.length - 1; i++) {
    print(counts[i]);
}
"""),
        why="the bounds are not exactly those of the array",
    ),
)

EACH_TO_INDEX = (
    Example(
        "java",
        _method("""
for (final String name : names) {
    // one a line
    print(name);
}
"""),
        _method("""
for (int i = 0; i < names.length; i++) {
    final String name = names[i];
    // one a line
    print(name);
}
"""),
        why="the element is read when its round begins, as before",
    ),
    Example(
        "java",
        _method("""
for (int i = 0; i < 3; ++i) {
    for (char c : text.toCharArray())
        print(c + i);
}
"""),
        _method("""
for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < text.length(); ++j) {
        char c = text.charAt(j);
        print(c + i);
    }
}
"""),
        why="a block of its own, and an index that is free",
    ),
    Example(
        "java",
        _method(
            """
for (String line : lines) {
    total += line.length();
}
""",
            _LIST,
            head="void f(List<String> lines)",
            fields="int total;",
        ),
        _method(
            """
for (int i = 0; i < lines.size(); i++) {
    String line = lines.get(i);
    total += line.length();
}
""",
            _LIST,
            head="void f(List<String> lines)",
            fields="int total;",
        ),
        why="a list that nothing changes meanwhile",
    ),
    Example(
        "java",
        _method("""
for (String name : names) {
    print(name);
    names = more();
}
"""),
        declined="INDEP",
        why="the array variable is assigned: the loop went on with the old one",
    ),
    Example(
        "java",
        _method("""
for (String name : read()) {
    print(name);
}
"""),
        declined="PURE",
        why="it would be called in each round",
    ),
    Example(
        "java",
        _method(
            """
for (String line : lines) {
    visit(line);
}
""",
            _LIST,
            head="void f(List<String> lines)",
        ),
        declined="INDEP",
        why="if that changes the list, the iterator throws and an index does not",
    ),
    Example(
        "java",
        _method(
            "for (String line : lines) {\n    print(line);\n}",
            "import java.util.Set;\n\n",
            head="void f(Set<String> lines)",
        ),
        declined="BUILTIN",
        why="a set has no index",
    ),
    Example(
        "java",
        _method("for (String name : names) print(name); // all"),
        declined="TRIVIA",
        why="the comment would end up behind a brace",
    ),
    Example(
        "java",
        _method(
            "for (String name : names) {\n    print(name);\n}",
            head="void f()",
            fields="private String[] names;",
        ),
        declined="INDEP",
        why="the field may be assigned by what is called",
    ),
)
