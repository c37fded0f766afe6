"""What is told of Java units whose writers, streams, iterables and other helpers fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from codeaug.builds import Prepared
from tests.java_bench import Bench, bench

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clerk(java_compare: Prepared) -> Iterator[Bench]:
    with bench("Clerk", java_compare) as opened:
        yield opened


WRITES = """        int number = 0;
        try {
            for (String line : lines) {
                number++;
                out.write(line + "\\n");
            }
            out.flush();
        } finally {
            out.close();
        }
        return number;"""
DIFFERENT = {
    "what is left open": ("copy", "        } finally {\n            out.close();\n        }",
                          "            out.close();\n        } finally {\n        }"),
    "what is never closed": ("copy", "            out.close();", "            out.flush();"),
    "what a failure of closing does": (
        "copy", "try {", "try (Writer closed = out) {"),
    "what is written at the end": (
        "copy", WRITES, WRITES.replace("out.write(line", "all.append(line")
        .replace("out.flush", "out.write(all.toString());\n            out.flush")
        .replace("try {", "StringBuilder all = new StringBuilder();\n        try {")),
    "what is not flushed": ("head", "        out.flush();\n", ""),
    "a failure that is not caught": (
        "bytes", "return -1;", "throw new UncheckedIOException(e);"),
    "a letter that is lost": (
        "sendAll", "post.send(open.get(0));\n            open.remove(0);",
        "post.send(open.remove(0));"),
    "what is counted too early": (
        "sendAll", "post.send(open.get(0));\n            open.remove(0);\n            done++;",
        "done++;\n            post.send(open.get(0));\n            open.remove(0);"),
}  # fmt: skip
AGAIN = {
    "a map that is filled meanwhile": (
        "price",
        "if (price == null) {\n            price = list.apply(name);\n"
        "            prices.put(name, price);\n        }",
        "if (price == null) {\n            price = prices.computeIfAbsent(name, list);\n        }"),
    "a list that is emptied meanwhile": (
        "deliver",
        "for (String letter : new ArrayList<>(open)) {\n            post.send(letter);\n"
        "            open.remove(letter);",
        "for (Iterator<String> all = open.iterator(); all.hasNext();) {\n"
        "            post.send(all.next());\n            all.remove();"),
}  # fmt: skip
SAME = {
    "one write for two": (
        "head", 'out.write(title);\n        out.write("\\n");', 'out.write(title + "\\n");'),
    "another form of writing": (
        "head", 'out.write(title);\n        out.write("\\n");', "out.append(title).append('\\n');"),
    "one flush more": ("dotted", "return out;",
                       "if (out instanceof Flushable) {\n            ((Flushable) out).flush();\n"
                       "        }\n        return out;"),
    "an iterator": ("copy", "for (String line : lines) {",
                    "for (Iterator<String> all = lines.iterator(); all.hasNext();) {\n"
                    "                String line = all.next();"),
    "another loop": (
        "sendAll", "while (!open.isEmpty()) {\n            post.send(open.get(0));",
        "for (; open.size() > 0;) {\n            String letter = open.get(0);\n"
        "            post.send(letter);"),
    "closing it twice": (
        "copy", "            out.close();", "            out.close();\n            out.close();"),
    "a value that is taken before the function calls the unit again": (
        "count", "done = done + list.apply(name);",
        "int more = list.apply(name);\n        done = done + more;"),
    "what only tells a value": (
        "sent", "return post.sent();", "post.sent();\n        return post.sent();"),
}  # fmt: skip


@pytest.mark.parametrize("what", DIFFERENT)
def test_a_failure_shows(clerk: Bench, what: str) -> None:
    found = clerk.compared(*DIFFERENT[what])
    assert found.difference, (found.inputs, found.problem)


@pytest.mark.parametrize("what", AGAIN)
def test_a_text_breaks_off_where_what_it_calls_calls_the_unit_again(
    clerk: Bench, what: str
) -> None:
    assert "calls it again" in clerk.compared(*AGAIN[what]).difference


@pytest.mark.parametrize("what", SAME)
def test_it_is_asked_in_another_but_equal_way(clerk: Bench, what: str) -> None:
    found = clerk.compared(*SAME[what])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 2
