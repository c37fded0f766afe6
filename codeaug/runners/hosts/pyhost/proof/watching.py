"""Functions that look at their own variables' names: nothing of such a function may be renamed."""

from __future__ import annotations

from types import CodeType

from .reading import Raw, read

# Each gives its caller's variables by name, or a frame or code object that does.
_ALWAYS = frozenset({
    "locals", "eval", "exec", "_getframe", "currentframe", "getinnerframes", "getouterframes",
    "f_locals", "gi_frame", "cr_frame", "ag_frame", "__code__", "co_varnames", "co_code",
    "settrace", "setprofile",
})  # fmt: skip
_WITHOUT_ARGUMENTS = frozenset({"vars", "dir"})
_OF_INSPECT = frozenset({"stack", "trace"})


def watcher(code: CodeType) -> str:
    """The name by which this code or one nested in it may see its variables; "" for none."""
    names = set(code.co_names)
    found = sorted(names & _ALWAYS)
    if "inspect" in names:
        found += sorted(names & _OF_INSPECT)
    if not found and names & _WITHOUT_ARGUMENTS:
        found += _bare(code)
    if found:
        return found[0]
    nested = (each for each in code.co_consts if isinstance(each, CodeType))
    return next((name for name in map(watcher, nested) if name), "")


def _bare(code: CodeType) -> list[str]:
    """`vars` and `dir`, unless every use is a plain call with an argument."""
    raws, _ = read(code)
    unpacks = any(raw.name == "CALL_FUNCTION_EX" for raw in raws)
    return [
        name
        for name in sorted(_WITHOUT_ARGUMENTS & set(code.co_names))
        if unpacks or not all(_called(raws, n) for n in _uses(raws, code.co_names.index(name)))
    ]


def _uses(raws: list[Raw], name: int) -> list[int]:
    loads = [
        n for n, raw in enumerate(raws) if raw.name == "LOAD_GLOBAL" and raw.argument >> 1 == name
    ]
    return loads or [len(raws)]  # used otherwise: as an attribute, or in a class


def _called(raws: list[Raw], use: int) -> bool:
    following = raws[use + 1 : use + 2]
    return bool(
        following and raws[use].argument & 1 and following[0].name not in ("PRECALL", "CALL")
    )
