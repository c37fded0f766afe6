"""What is told about staged code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from codeaug.children import in_children
from codeaug.egress import Policy, codeowners, likely_secrets
from codeaug.hook.files import batches, ignored, language_of, of_interest
from codeaug.hook.marks import policy_marks
from codeaug.hook.staleness import Name, Said, contents, in_question, name_of, stale
from codeaug.hook.stored import approved_units, store_file
from codeaug.index import Change, Objects
from codeaug.model import Unit
from codeaug.notices import RULES, Notice
from codeaug.parsing import Changed, is_own, unparseable
from codeaug.settings import Settings

_OWNER_FILES = ("CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS")


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to tell, and the files at which a parser crashed or stayed too long."""

    notices: tuple[Notice, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one file has to tell, and what its functions in question say before and after."""

    notices: list[Notice]
    before: list[Said]
    after: list[Said]


@dataclass(frozen=True)
class _Look:
    """How a batch of files is looked at."""

    batch: Sequence[Changed]
    policy: Policy
    names: frozenset[Name]
    left_out: frozenset[str]

    def at(self, file: Changed) -> _Seen:
        notices = [*self._secrets(file), *policy_marks(file, self.policy)]
        if file.path not in self.left_out:
            notices += unparseable(file)
        before, after = in_question(file, self.names)
        old = file.olds[0] if before else b""
        return _Seen(
            notices,
            before if before and self._has_units(file.old_path, file.language, old) else [],
            after if after and self._has_units(file.path, file.language, file.text) else [],
        )

    def _has_units(self, path: str, language: str, text: bytes) -> bool:
        from codeaug.languages import is_test

        return (
            path not in self.left_out and is_own(path, text) and not is_test(language, path, text)
        )

    def _secrets(self, file: Changed) -> list[Notice]:
        text = file.text.decode("utf-8", "replace")
        own = {line.strip() for old in file.olds for line in _lines(old)}
        found = likely_secrets(text, lambda line: line.strip() in own)
        lines = text.split("\n") if found else []
        return [
            Notice(RULES["secret"], file.path, f"holds {one.kind}", one.line, one.line)
            for one in found
            if lines[one.line - 1].strip() not in self._known
        ]

    @cached_property
    def _known(self) -> set[str]:
        """All lines that some changed file had before: a secret that moves is an old one."""
        return {line.strip() for file in self.batch for old in file.olds for line in _lines(old)}


def _lines(text: bytes) -> list[str]:
    return text.decode("utf-8", "replace").split("\n")


def check(
    changes: Iterable[Change],
    objects: Objects,
    settings: Settings,
    top: Path | None,
    only: Sequence[str] = (),
) -> Checked:
    """Everything about the changed code, by path and line; `only` about these paths, if given."""
    changes = of_interest(changes, settings, only)
    approved = approved_units(store_file(settings.store, top)) if changes else Counter()
    policy, names = _policy(objects, settings), frozenset(map(name_of, approved))
    left_out = ignored([path for one in changes for path in (one.path, one.old_path)], objects)
    seen: list[_Seen] = []
    lost: list[str] = []
    for batch in batches(changes, objects, settings.max_file_kib * 1024):
        found, gone = in_children(_Look(batch, policy, names, left_out).at, batch, _size)
        seen += found
        lost += [file.path for file in gone]
    notices = [notice for one in seen for notice in one.notices]
    notices += _stale(approved, seen, objects, settings)
    return Checked(tuple(sorted(notices, key=_place)), tuple(lost))


def _policy(objects: Objects, settings: Settings) -> Policy:
    owners = []
    if settings.never_send_owners:
        texts = {path: objects.at(path) for path in _OWNER_FILES}
        there = {path: text for path, text in texts.items() if text is not None}
        owners = [there[path].decode("utf-8", "replace") for path in codeowners(there)]
    return Policy(
        never_send=settings.never_send,
        never_send_licenses=settings.never_send_licenses,
        never_send_owners=settings.never_send_owners,
        codeowners=tuple(owners),
    )


def _stale(
    approved: Counter[Unit], seen: Sequence[_Seen], objects: Objects, settings: Settings
) -> list[Notice]:
    before = [one for file in seen for one in file.before]
    after = [one for file in seen for one in file.after]
    names = {one.name for one in before}
    units = [unit for unit in approved if name_of(unit) in names]
    if not units:
        return []
    told, _ = in_children(_numbered, units, lambda unit: len(unit.code))
    number: Counter[tuple[Name, str]] = Counter()
    for unit, content in told:
        number[name_of(unit), content] += approved[unit]
    missing = {(one.name, one.content) for one in before} - {
        (one.name, one.content) for one in after
    }
    twins = [unit for unit, content in told if (name_of(unit), content) in missing]
    there = [
        one for one in _said_at(twins, objects, settings) if (one.name, one.content) in missing
    ]
    return stale(number, before, after + there)


def _said_at(units: Sequence[Unit], objects: Objects, settings: Settings) -> list[Said]:
    """What functions of these names say where the units were last seen: also in files that did
    not change."""
    names = frozenset(map(name_of, units))
    places = dict.fromkeys(Change(unit.path, "", (), unit.path) for unit in units)
    wanted = of_interest(places, settings)
    left_out = ignored([change.path for change in wanted], objects)
    paths = [change.path for change in wanted if change.path not in left_out]
    texts = ((path, objects.at(path, settings.max_file_kib * 1024)) for path in paths)
    files = [Changed(path, language_of(path), text) for path, text in texts if text]
    found, _ = in_children(lambda file: in_question(file, names)[1], files, _size)
    return [one for some in found for one in some]


def _numbered(unit: Unit) -> tuple[Unit, str]:
    return unit, contents(unit)


def _size(file: Changed) -> int:
    return len(file.text)


def _place(notice: Notice) -> tuple[str, int, str]:
    return notice.path, notice.line, notice.rule.id
