"""The two dialects of C++ in which a pair has to be the same, at one level of optimisation each.

`wrap` is the language with undefined behaviour defined away as far as flags can: integers and
pointers wrap, any pointer may alias any other, null is an address, loops may run for ever, unset
variables are zero. It is the dialect of the issue that this prover answers.

`trap` is the language with a check before each operation that could be undefined: overflow, shifts,
division, conversions, null, alignment, bounds, a missing return. Equal code then has equal checks,
so a variant that is undefined where the original is not differs. Unset variables hold a pattern
that is not the one of `wrap`, and objects stay after their scope and their destructor, where in
`wrap` they are gone: reading what nobody wrote gives two different answers, one of them other than
the original's.

Flags that come last win, so these are put behind the project's own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..programs import run

ENVIRONMENT: Mapping[str, str] = {"LC_ALL": "C", "SOURCE_DATE_EPOCH": "0", "GCC_COLORS": ""}
LEVELS = ("-O0", "-O2", "-O1")  # from cheap, and often enough, to what is hardly ever needed

_BOTH = (
    "-S", "-g0", "-fno-strict-aliasing", "-ffp-contract=off",
    "-fno-delete-null-pointer-checks", "-fno-finite-loops", "-fno-fast-math", "-fno-lto",
    "-fno-asynchronous-unwind-tables", "-frandom-seed=0", "-fno-profile-arcs",
    "-fno-test-coverage", "-fdiagnostics-color=never", "-Wno-error",
)  # fmt: skip
_GCC = (
    "-fno-ident", "-fno-aggressive-loop-optimizations", "-fno-isolate-erroneous-paths-dereference",
    "-fno-isolate-erroneous-paths-attribute", "-fno-devirtualize",
    "-fno-devirtualize-speculatively", "-fno-allocation-dce", "-fno-ipa-icf",
    "-fno-toplevel-reorder", "-fno-diagnostics-show-caret", "-fdiagnostics-show-option",
)  # fmt: skip
_CLANG = ("-Qn", "-fno-caret-diagnostics", "-fno-addrsig", "-Wno-unknown-warning-option")
_ZERO_IN_CLANG = "-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang"
# A new warning of these kinds means that the variant may do what the original does not.
_SUSPICIOUS = (
    "sequence-point", "uninitialized", "array-bounds", "cast-qual", "return-type",
    "null-dereference", "shift-count-overflow", "shift-count-negative", "nonnull",
    "delete-non-virtual-dtor", "address", "pessimizing-move", "init-self", "overflow",
    "invalid-offsetof", "pointer-arith",
)  # fmt: skip
_SUSPICIOUS_TO_GCC = (
    "return-local-addr", "maybe-uninitialized", "class-memaccess", "stringop-overflow",
    "div-by-zero", "free-nonheap-object", "strict-aliasing", "restrict", "dangling-pointer=2",
    "use-after-free=3", "mismatched-new-delete", "infinite-recursion",
)  # fmt: skip
_SUSPICIOUS_TO_CLANG = (
    "return-stack-address", "dangling", "unsequenced", "sometimes-uninitialized",
    "conditional-uninitialized", "division-by-zero", "undefined-reinterpret-cast",
)  # fmt: skip


@dataclass(frozen=True)
class Tool:
    """A compiler: its command, its version and whether it is a GCC."""

    path: str
    version: str
    gcc: bool

    @property
    def mark(self) -> str:
        """What stands before each function looked at: nothing may know its body but itself."""
        return f"__attribute__((used,{'noipa' if self.gcc else 'noinline'})) "


@dataclass(frozen=True)
class Dialect:
    name: str
    flags: tuple[str, ...]


Level = tuple[str, tuple[Dialect, ...]]
"""A level of optimisation, and the two dialects at that level."""


@cache
def find_tool(path: str) -> Tool | None:
    """The compiler at `path`, None when it is neither a GCC nor a clang."""
    ended = run([path, "--version"], "/", {"LC_ALL": "C"})
    text = ended.output.decode(errors="replace")
    first = text.splitlines()[0] if text else ""
    gcc = "Free Software Foundation" in text
    if ended.exit_code != 0 or not (gcc or "clang version" in text):
        return None
    return Tool(path, first, gcc)


@cache
def dialects(tool: Tool, folder: str) -> tuple[Level, ...]:
    """Each level that this compiler can be trusted at, with both dialects.

    A compiler that cannot set unset variables (GCC before 12) is trusted only without optimisation.
    """
    both = (*_BOTH, *(_GCC if tool.gcc else _CLANG), *_warnings(tool, folder))
    wrap = (*_wrapping(tool, folder), "-fno-sanitize=all", *_unset(tool, "zero", folder))
    trap = ("-w", *_checks(tool), *_unset(tool, "pattern", folder))
    if _takes(tool, (*both, *wrap), folder) and _takes(tool, (*both, *trap), folder):
        levels: tuple[str, ...] = LEVELS
    else:
        wrap, trap = (*_wrapping(tool, folder), "-fno-sanitize=all"), _checks(tool)
        levels = ("-O0",) if _takes(tool, (*both, *wrap, *trap), folder) else ()
    named = (Dialect("wrap", (*both, *wrap)), Dialect("trap", (*both, *trap)))
    return tuple(
        (level, tuple(Dialect(each.name, (*each.flags, level)) for each in named))
        for level in levels
    )


def _warnings(tool: Tool, folder: str) -> list[str]:
    kinds = _SUSPICIOUS + (_SUSPICIOUS_TO_GCC if tool.gcc else _SUSPICIOUS_TO_CLANG)
    flags = [f"-W{kind}" for kind in kinds]
    if _takes(tool, ("-S", *flags), folder):
        return flags
    return [flag for flag in flags if _takes(tool, ("-S", flag), folder)]


def _wrapping(tool: Tool, folder: str) -> tuple[str, ...]:
    # with -fwrapv clang before 20 lets pointers wrap too
    pointers = tool.gcc or _takes(tool, ("-fwrapv-pointer", "-S"), folder)
    return ("-fwrapv", "-fwrapv-pointer") if pointers else ("-fwrapv",)


def _unset(tool: Tool, value: str, folder: str) -> tuple[str, ...]:
    flag = f"-ftrivial-auto-var-init={value}"
    if not tool.gcc and value == "zero" and not _takes(tool, (flag, "-S"), folder):
        return (flag, _ZERO_IN_CLANG)
    return (flag,)


def _checks(tool: Tool) -> tuple[str, ...]:
    if tool.gcc:
        return (
            "-fno-wrapv", "-fno-wrapv-pointer", "-fsanitize=undefined,float-cast-overflow",
            "-fno-sanitize=vptr", "-fsanitize-undefined-trap-on-error", "-fno-lifetime-dse",
            "-fstack-reuse=none", "-fno-tree-sra", "-fno-ipa-sra",
        )  # fmt: skip
    return (
        "-fno-wrapv", "-fsanitize=undefined,float-cast-overflow", "-fno-sanitize=vptr,function",
        "-fsanitize-trap=all", "-Xclang", "-disable-lifetime-markers",
    )  # fmt: skip


def _takes(tool: Tool, flags: Sequence[str], folder: str) -> bool:
    source = os.path.join(folder, "probe.cpp")
    with open(source, "w") as file:
        file.write("int f(int a) { int b; return a > 0 ? a : b; }\n")
    ended = run([tool.path, *flags, source, "-o", os.devnull], folder, ENVIRONMENT)
    return ended.exit_code == 0
