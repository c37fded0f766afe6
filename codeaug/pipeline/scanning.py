"""The first stage: every unit of the commit into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from codeaug import units
from codeaug.errors import UsageError
from codeaug.model import ScannedFile, content_id
from codeaug.pipeline.session import Session
from codeaug.repository import source_files
from codeaug.store import LanguageSummary


def scan(session: Session) -> list[LanguageSummary]:
    """Every unit of the commit into the store; files that were scanned before are not parsed."""
    store, settings = session.store, session.settings
    fingerprint = content_id(units.fingerprint(session.tree), str(settings.max_file_kib))
    selection = content_id(repr((settings.languages, settings.paths, settings.skip)))
    if not store.scanned(session.commit, fingerprint, selection):
        files = units.selected(source_files(session.repository), settings)
        keys = [(file.path, file.language, file.blob) for file in files]
        known = store.cached(fingerprint, keys)
        missing = [f for f, key in zip(files, keys, strict=True) if key not in known]
        with session.progress.stage("scan", len(missing)) as advance:
            found = units.find_all(session.repository, missing, settings)
            store.put_scan(fingerprint, _counted(found, advance))
        store.put_tree(session.commit, fingerprint, keys, selection)
    summaries = store.summary(session.commit)
    if not summaries:
        raise UsageError(
            f"{session.repository.address} holds no Java, C++ or Python file that the settings "
            "let through."
        )
    return summaries


def _counted(found: Iterable[ScannedFile], advance: Callable[[int], None]) -> Iterator[ScannedFile]:
    for file in found:
        advance(1)
        yield file
