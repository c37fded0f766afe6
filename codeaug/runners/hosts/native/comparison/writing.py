"""The file with the probe: at the start of its block the unit says that it is called."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from ..resident import schemata
from ..resident.texts import Block, Text
from .heads import Head
from .naming import Constants, Members
from .told import span

HERE = Path(__file__).parent
PARAMETERS = 16  # that may be others
ORIGINAL = -1  # the unchanged block once more: what it remembers is as new as the others'
_CHECKS = "signed-integer-overflow,shift,integer-divide-by-zero,bounds,float-cast-overflow"
# undefined behaviour is reported to us
FLAGS = (
    *("-w", "-g0", "-O0", "-fno-access-control", "-D_GLIBCXX_ASSERTIONS"),
    *(f"-fsanitize={_CHECKS}", "-fsanitize=return,unreachable"),
)
_OVERLAPS = re.compile(
    r"\b(?:(?:may|can|perhaps|possibly) [\w ]*(?:parts? of|one of|an? (?:item|element) of|the same|"
    r"overlap|alias)|overlapping|aliased)\b",
    re.I,
)
# members of that name tell where and how many others are
_PLACE_WORDS = """
size count length len capacity depth position pos index offset first last begin end head tail front
back next prev top start limit refs version id
"""
_PLACES = frozenset(_PLACE_WORDS.split())


def flags(numbers: Sequence[int], header: Path) -> list[str]:
    """What the compiler is told besides.

    Lines of the library and of ours are not counted: that takes longer than many a call.
    """
    apart = f"-fprofile-exclude-files={HERE}/.*;{header};/include/c[+][+]/.*"
    return ["-include", str(header), apart, *FLAGS, *schemata.flags(numbers)]


def write(folder: Path, first: Text, blocks: Mapping[int, Block], name: str, probe: str,
          head: Head) -> bytes:  # fmt: skip
    """The text of the whole file; the blocks' files are written into `folder`."""
    source = schemata.write(folder, first.source, blocks, name)
    own = blocks[0]
    glue = schemata.choice(folder, 0)
    again = f'if (::codeaug_active == {ORIGINAL})\n#include "{folder}/0.inc"\nelse\n'
    glue.write_text(f'#line 1 "{schemata.GLUE}/0"\n{probe}\n{again}{glue.read_text()}')
    start = first.span[0]
    return source[:start] + head.text.encode("utf-8", "surrogateescape") + source[own.start :]


def traits(head: Head, blocks: Sequence[str], words: str) -> int:
    """What the texts, the unchanged one first, and its comments tell: see `Trait`, `offering.h`."""
    asks = re.search(r"\bthis\s*[!=]=|[!=]=\s*this\b", blocks[0])
    catches = re.search(r"\bcatch\s*\(", blocks[0])
    statics = any(re.search(r"\bstatic\b", block) for block in blocks)
    overlaps = _OVERLAPS.search(words)
    counts = sum(head.counts(name) << n for n, name in enumerate(head.parameters[:PARAMETERS]))
    return (
        head.has_spans
        | bool(asks) << 1
        | bool(catches) << 2
        | bool(overlaps) << 3
        | statics << 4
        | counts << 5
    )


def probe(head: Head, member: bool, traits: int, shared: Sequence[str] = ()) -> str:
    """The statement that says that the unit is called, and how to call it.

    `shared`: variables of the file.
    """
    result = f"decltype({_call(head, member, head.parameters)})"
    if head.is_constructor:
        result = f"{head.scope} &"
    numbered = [f"codeaug_{n}" for n in range(len(head.parameters))]
    types = [f"decltype({name})" for name in head.parameters]
    taken = ", ".join(f"{t} {n}" for t, n in zip(types, numbered, strict=True))
    names = ", ".join(f'"{name}"' for name in (*head.parameters, ""))
    own = "this" if member and not head.is_constructor else "(::codeaug::Nobody *)0"
    told = " ".join(f'::codeaug::shared(to, "::{name}", {name});' for name in shared)
    places = "".join(f", ::std::addressof({name})" for name in head.parameters)
    return (
        "if (::codeaug_due()) {\n"
        f"typedef {result} codeaug_result;\n"
        f"auto codeaug_call = [&]({taken}) -> codeaug_result "
        f"{{ return {_call(head, member, numbered)}; }};\n"
        "void (*codeaug_shared)(::codeaug::Words &) = "
        f"[](::codeaug::Words &to) {{ {told} (void)to; }};\n"
        f"static const char *const codeaug_names[] = {{{names}}};\n"
        f"::codeaug::probe<{', '.join(['codeaug_result', *types])}>"
        f"(codeaug_call, {own}, codeaug_names, {traits}, codeaug_shared{places});\n}}"
    )


def _call(head: Head, member: bool, names: Sequence[str]) -> str:
    given = ", ".join(f"static_cast<decltype({name}) &&>({name})" for name in names)
    if head.is_constructor:
        return f"*::new (::codeaug::room<{head.scope}>()) {head.scope}({given})"
    return f"this->{head.scope}::{head.name}({given})" if member else f"{head.name}({given})"


def header(
    members: Members, known: Constants, fields: Mapping[str, str], bits: Collection[str]
) -> str:
    """What is included before the file, behind the prelude: constants to try, and the members that
    objects may have.

    `fields`: what is said of members; `bits`: those that are read bit by bit.
    """
    reals = [r for r in (*map(float, known.integers), *known.reals) if math.isfinite(r)]
    lines = [
        "#pragma once",
        "#pragma GCC system_header",
        "namespace codeaug {",
        "namespace {",
        *_table("long long", "integer", [f"{value}LL" for value in known.integers], "0"),
        *_table("double", "real", [repr(value) for value in reals], "0"),
        *_table("char *const", "string", known.strings, '""'),
        f'const char letters[] = "{_escaped(known.letters)}";',
        "}",
    ]
    for name in members.plain:
        lines += _reader(name, f"of.{name}", f"read(to, of.{name})")
        lines += _picker(name, span(name, fields.get(name, "")), is_bits=name in bits)
    for name in members.overlaid:
        place = f"reinterpret_cast<const unsigned char *>(&of.{name})"
        lines += _reader(name, place, f"to.bytes({place}, sizeof of.{name})")
    names = (*members.plain, *members.overlaid)
    calls = "".join(f"    member_{name}(to, value, 0);\n" for name in names)
    lines += [
        "template <class T> void read_members(Words &to, const T &value) {",
        f"{calls}    (void)to, (void)value;",
        "}",
        "template <class To, class T> void pick_members(To &to, T &of) {",
        *(f"    pick_{name}(to, of, 0);" for name in members.plain),
        "    (void)to, (void)of;",
        "}",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _reader(name: str, needed: str, action: str) -> list[str]:
    """Reads a member where an object has it."""
    return [
        f"#ifndef {name}",
        f"template <class T> auto member_{name}(Words &to, const T &of, int)"
        f' -> decltype((void)({needed})) {{ to.place(".{name}"); {action}; }}',
        "#endif",
        f"template <class T> void member_{name}(Words &, const T &, long) {{}}",
    ]


def _picker(name: str, within: tuple[int, int], *, is_bits: bool) -> list[str]:
    """Offers a member to be changed where an object has it."""
    is_place = not _PLACES.isdisjoint(name.lower().split("_"))
    role = "ROLE_BITS" if is_bits else "ROLE_PLACE" if is_place else "ROLE_PLAIN"
    return [
        f"#ifndef {name}",
        f"template <class To, class T> auto pick_{name}(To &to, T &of, int)"
        f" -> decltype((void)(&of.{name}))"
        f" {{ to.member(of.{name}, {role}, {within[0]}, {within[1]}); }}",
        "#endif",
        f"template <class To, class T> void pick_{name}(To &, T &, long) {{}}",
    ]


def _escaped(letters: str) -> str:
    """As they are written in a literal."""
    return "".join(f"\\{ord(letter):03o}" for letter in letters)


def _table(kind: str, name: str, values: Sequence[str], empty: str) -> list[str]:
    return [
        f"const {kind} {name}s[] = {{{', '.join(values) or empty}}};",
        f"const int {name}_count = {len(values)};",
    ]
