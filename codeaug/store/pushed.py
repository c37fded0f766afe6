"""What another store told: units without the rest of their files, and which samples are known."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from codeaug.model import Repository, ScannedFile, SourceFile, Unit
from codeaug.store.rows import add, chunks
from codeaug.store.scans import file_id, put_files
from codeaug.store.tables import evidence, repository, scan, scan_file

_FINGERPRINT = "pushed"
_VARIANT_ID = 20


def put_pushed(connection: sa.Connection, origin: Repository, record: Unit, no_train: bool) -> None:
    """Keeps a unit as one of a commit. Where this store has read the commit itself, questions about
    it go on speaking of that; nobody elsewhere says where a clone lies here."""
    place = {"address": origin.address, "commit_id": origin.commit, "license": origin.license}
    add(connection, repository, [{**place, "git_dir": ""}])
    # A file of its own for each: what a later push adds must not be taken for read already.
    fingerprint = f"{_FINGERPRINT} {record.id}{' no-train' if no_train else ''}"
    file = SourceFile(record.path, record.language, record.blob, 0)
    marked = frozenset({record.span.start} if no_train else ())
    put_files(connection, fingerprint, [ScannedFile(file, (record.facts,), (), marked)])
    key = {"commit_id": origin.commit, "fingerprint": _FINGERPRINT, "selection": ""}
    add(connection, scan, [{**key, "used": 0}])
    same = [scan.c[name] == value for name, value in key.items()]
    seq = connection.scalar(sa.select(scan.c.seq).where(*same))
    known = file_id(fingerprint, record.path, record.language, record.blob)
    add(connection, scan_file, [{"scan_seq": seq, "file_id": known}])


def known_samples(connection: sa.Connection, ids: Iterable[str]) -> list[str]:
    """Those samples that were received before."""
    found: list[str] = []
    for some in chunks(ids):
        variants = {sample_id[:_VARIANT_ID] for sample_id in some}
        same = (evidence.c.variant_id.in_(variants), evidence.c.key.in_(some))
        found += connection.scalars(sa.select(evidence.c.key).where(*same))
    return found
