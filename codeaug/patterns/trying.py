"""Whether a transform does what its examples say: `codeaug transforms test`."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from codeaug.edits import rewritten
from codeaug.languages import LANGUAGES, TITLES, comments, find_units
from codeaug.model import Span, Unit
from codeaug.parsing import Changed, unparseable
from codeaug.transforms import Example, Site, Subject, Transform


def faults(transform: Transform) -> Iterator[str]:
    """What is wrong with a transform, a sentence each."""
    for language in transform.languages:
        own = [example for example in transform.examples if example.language == language]
        if not any(example.after for example in own):
            yield f"no example changes anything: nothing shows that it works in {TITLES[language]}"
    for number, example in enumerate(transform.examples, 1):
        yield from (f"example {number}: {fault}" for fault in _of_example(transform, example))


def _of_example(transform: Transform, example: Example) -> Iterator[str]:
    if example.language not in transform.languages:
        yield f"it is in {example.language}, which the transform does not know"
        return
    units = _units(example)
    if not units:
        yield "it holds no function that can be read"
        return
    source = example.before.encode()
    found = [(unit, _sites(transform, example, unit, source)) for unit in units]
    unit, sites = next((pair for pair in found if pair[1]), (units[0], []))
    yield from _of_sites(example, unit, source, sites)
    for one in (site for site in sites if not site.declined):
        yield from _of_result(transform, example, unit, source, one)


def _units(example: Example) -> list[Unit]:
    found = find_units(example.language, example.before.encode(), _path(example), "")
    units = sorted((u for u in found if isinstance(u, Unit)), key=lambda u: u.span.start)
    return [u for u in units if example.unit in ("", u.name, u.qualified_name)]


def _path(example: Example) -> str:
    return f"example{LANGUAGES[example.language].suffixes[0]}"


def _sites(transform: Transform, example: Example, unit: Unit, source: bytes) -> list[Site]:
    function = transform.languages[example.language]
    return list(function(Subject(unit, source, example.vocabulary)))


def _of_sites(example: Example, unit: Unit, source: bytes, sites: list[Site]) -> Iterator[str]:
    """Whether it is changed, or declined, as said."""
    applied = [site for site in sites if not site.declined]
    declined = {site.declined: site.detail for site in sites if site.declined}
    why = ", ".join(f"{name} ({text})" if text else name for name, text in declined.items())
    if not example.after:
        if applied:
            yield "it is changed, and should not be"
        elif example.declined not in (declined or {"": ""}):
            yield f"it declines with {why or 'nothing: there is no site'}, not {example.declined!r}"
        return
    if not applied:
        yield f"nothing is changed: {f'it declines with {why}' if why else 'there is no site'}"
        return
    try:
        changed, _ = rewritten(unit, source, applied[0].edits)
    except ValueError:
        return
    if changed.decode() != example.after:
        yield f"the result is another:\n{difference(example.after, changed.decode())}"


def _of_result(
    transform: Transform, example: Example, unit: Unit, source: bytes, site: Site
) -> Iterator[str]:
    """What holds of every rewrite, whatever the example says."""
    try:
        changed, span = rewritten(unit, source, site.edits)
    except ValueError as error:
        yield f"{error}"
        return
    path = _path(example)
    if wrong := unparseable(Changed(path, example.language, changed, (source,))):
        yield f"the result does not parse: {wrong[0].message}"
        return
    old = Counter(comments(example.language, source, unit.span))
    new = Counter(comments(example.language, changed, span))
    if lost := list((old - new).elements()):
        yield f"a comment is lost: {lost[0]}"
    if _again(transform, example, unit, source, site):
        yield "it applies once more to its own result"


def _again(transform: Transform, example: Example, unit: Unit, source: bytes, site: Site) -> bool:
    """Whether it would do the same again within what it wrote, other than back."""
    changed, span = rewritten(unit, source, site.edits)
    grown = len(changed) - len(source)
    region = Span(site.span.start, site.span.end + grown)
    body = replace(unit.body, end=unit.body.end + grown)
    code = changed[span.start : span.end].decode("utf-8", "replace")
    after = replace(unit, span=span, body=body, code=code)
    texts = sorted(edit.text for edit in site.edits)
    for each in _sites(transform, example, after, changed):
        inside = region.start <= each.span.start and each.span.end <= region.end
        same = each.span == region or sorted(edit.text for edit in each.edits) == texts
        if not each.declined and inside and same:
            return rewritten(after, changed, each.edits)[0] != source
    return False


def difference(old: str, new: str, context: int = 3) -> str:
    """The lines that differ, as a unified diff without its head."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=context, lineterm="")
    return "\n".join(list(lines)[2:])
