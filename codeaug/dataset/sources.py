"""What stands around a unit in its file: read from our clone where that is at hand."""

from __future__ import annotations

from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from codeaug import git
from codeaug.egress.licenses import HEAD
from codeaug.model import Description, Unit
from codeaug.store.material import Known


class Sources:
    """Files of the repositories' clones, one kept at a time. A store that lies elsewhere than its
    clones (or holds what others pushed) knows functions and no files: then there is nothing."""

    def __init__(self, *, described: bool) -> None:
        self._described = described
        self._open = ExitStack()
        self._clones: dict[str, object] = {}
        self._file = lru_cache(maxsize=4)(self._read)

    def __enter__(self) -> Sources:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def head(self, known: Known, unit: Unit) -> bytes:
        """The beginning of the unit's file; nothing where there is no clone."""
        return self._file(known.repository.git_dir, unit.blob)[:HEAD]

    @property
    def described(self) -> bool:
        """Whether descriptions are asked for."""
        return self._described

    def description(
        self, known: Known, unit: Unit, caption: Description | None = None
    ) -> Description:
        """What the unit's own documentation says, else the caption; nothing where none of it is
        asked for."""
        if not self._described:
            return Description()
        from codeaug.documentation import documentation

        text: str = documentation(unit, self._file(known.repository.git_dir, unit.blob))
        return Description(text) if text else caption or Description()

    def date(self, known: Known) -> str:
        """The day of a commit, ISO 8601; "" where there is no clone, or no commit."""
        if not known.repository.git_dir or not Path(known.repository.git_dir).is_dir():
            return ""
        return git.day_of(Path(known.repository.git_dir), known.repository.commit)

    def _read(self, git_dir: str, blob: str) -> bytes:
        if not git_dir or not Path(git_dir).is_dir():
            return b""
        if git_dir not in self._clones:
            self._clones[git_dir] = self._open.enter_context(git.blobs(git_dir))
        read = self._clones[git_dir]
        assert callable(read)
        try:
            found: bytes = read(blob)
        except KeyError:
            return b""
        return found
