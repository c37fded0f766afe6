"""A statement taken away: is its effect ever looked at?

Statement deletion (SDL/SSDL): Untch (2009), Deng, Offutt, Li (ICST 2013); Mull
`cxx_remove_void_call`; PIT VOID_METHOD_CALLS and NON_VOID_METHOD_CALLS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.mutations.body import Body, shown
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.reach import is_endless
from codeaug.mutations.removal import is_removable, removed
from codeaug.predicates.nodes import Node

_ASSIGNED = ("assignment_expression", "augmented_assignment", "assignment")
_DELETED = (*_ASSIGNED, "delete_expression")
_LOOPS = ("for_statement", "enhanced_for_statement", "while_statement", "do_statement")
_ONLY_FASTER = re.compile(
    r"(?:reserve|shrink_to_fit|ensureCapacity|trimToSize|va_end|setdefaulttimeout|gc|yield|sleep)\Z"
)


def _statement(body: Body) -> Iterator[Fault]:
    for node in body.find("expression_statement"):
        what = node.parts[0] if len(node.parts) == 1 else None
        if what is None or what.kind not in _DELETED or _declares(what):
            continue
        if is_removable(body, node):
            yield _without(node, what)
    for node in body.find(*_LOOPS, "delete_statement"):
        if _is_deletable(node) and is_removable(body, node):
            head = node.child("body")
            text = node.source[node.start : head.start if head else node.end].decode()
            said = " ".join(text.rstrip("{: \n").split())[:40]
            yield Fault(
                removed(node),
                f"the statement `{said}` removed",
                f"check what `{said}` does to the result or the state",
            )


def _is_deletable(node: Node) -> bool:
    if node.kind == "delete_statement":
        return any(n.kind != "identifier" for n in node.parts)
    return not is_endless(node)


def _declares(node: Node) -> bool:
    """`x: int` of Python has no effect."""
    return node.kind == "assignment" and node.child("right") is None


def _without(node: Node, what: Node) -> Fault:
    left = what.child("left")
    effect = f"the value of {shown(left)} afterwards" if left is not None else "what it frees"
    return Fault(removed(node), f"the statement {shown(what)} removed", f"check {effect}")


def _call(body: Body) -> Iterator[Fault]:
    for node in body.find("expression_statement"):
        what = node.parts[0] if len(node.parts) == 1 else None
        call = what.parts[0] if what is not None and what.kind == "await" else what
        if call is None or call.kind != "call" or not is_removable(body, node):
            continue
        name = _name(call)
        if name and not _ONLY_FASTER.search(name):
            yield Fault(
                removed(node),
                f"the call of `{name}` removed",
                f"check what {shown(call)} does to the result or the state",
            )


def _name(call: Node) -> str:
    called = call.child("function") or call.child("name")
    if called is None:
        return ""
    last = called.child("attribute") or called.child("field") or called.child("name") or called
    return " ".join(last.text.split())


OPERATORS = (
    Operator(
        "delete-statement",
        "An assignment, a loop or a deletion removed",
        "SDL (Untch; Deng et al.); Dextool SDL; Major STD",
        _statement,
        (
            Example(
                "python",
                "def f(a):\n    a.b = 1\n    for x in a:\n        a += x\n    del a[0]\n",
                (
                    "def f(a):\n    pass\n    for x in a:\n        a += x\n    del a[0]\n",
                    "def f(a):\n    a.b = 1\n    for x in a:\n        pass\n    del a[0]\n",
                    "def f(a):\n    a.b = 1\n    pass\n    del a[0]\n",
                    "def f(a):\n    a.b = 1\n    for x in a:\n        a += x\n    pass\n",
                ),
            ),
            Example("python", "def f():\n    b = 1\n    return b\n", why="b would be unbound"),
            Example(
                "java",
                "class A { int n; void f(int a) { n = a; if (a > 1) n = 2; } }",
                (
                    "class A { int n; void f(int a) {  if (a > 1) n = 2; } }",
                    "class A { int n; void f(int a) { n = a; if (a > 1) {} } }",
                ),
            ),
            Example(
                "java",
                "class A { int f() { int b; b = 1; while (true) { } } }",
                why="b would be unset; what follows an endless loop is nothing",
            ),
            Example(
                "cpp",
                "void f(int* a) { *a = 1; while (g()) { *a += 1; } }",
                (
                    "void f(int* a) {  while (g()) { *a += 1; } }",
                    "void f(int* a) { *a = 1; while (g()) {  } }",
                    "void f(int* a) { *a = 1;  }",
                ),
            ),
            Example("cpp", "int f() { int b; b = 1; return b; }", why="b would be unset"),
        ),
    ),
    Operator(
        "remove-call",
        "A call whose result is not used removed",
        "PIT VOID_METHOD_CALLS; Mull cxx_remove_void_call",
        _call,
        (
            Example(
                "python",
                "def f(a):\n    a.close()\n    return a\n",
                ("def f(a):\n    pass\n    return a\n",),
            ),
            Example("python", "def f(a):\n    log.info('x')\n", why="only a log would notice"),
            Example(
                "java",
                "class A { void f(B b) { b.g(); if (b.h()) b.i(); } }",
                (
                    "class A { void f(B b) {  if (b.h()) b.i(); } }",
                    "class A { void f(B b) { b.g(); if (b.h()) {} } }",
                ),
            ),
            Example(
                "java",
                "class A { void f(B b) { try { b.g(); } catch (IOException e) { b = null; } } }",
                why="nothing would throw what is caught",
            ),
            Example("java", "class A { void f(B b) { LOG.warn(b); } }", why="a log call"),
            Example("cpp", "void f(B& b) { b.g(1); }", ("void f(B& b) {  }",)),
            Example("cpp", "void f(V& v) { v.reserve(9); CHECK(v); }", why="no effect; a macro"),
        ),
    ),
)
