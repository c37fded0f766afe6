"""How rows lie on disk: writers that can go on after an interruption, readers in bounded memory.

A writer makes the files of one split. `flush` makes what was written safe and says in its state how
many rows that are; after an interruption a new writer is given that state by `resume`, drops
whatever was written later, and is fed from row `state["rows"]` on. `close` gives the files with
their rows. No row, no file: consumers stumble over empty ones. Equal rows make equal bytes.
"""

from __future__ import annotations

import os
import tarfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from codeaug.errors import MissingTool, UsageError
from codeaug.formats import Container, Row

State = dict[str, Any]
PARQUET_SHARD, TAR_SHARD = 50_000, 10_000  # rows
_ROW_GROUP, _GROUP_BYTES = 1_000, 32 << 20  # whatever is reached first
_BUFFER = 1 << 20


class Writer(Protocol):
    def write(self, row: Row) -> bytes:
        """Returns the row's line, the text that its digest in the lineage is of."""

    def flush(self) -> State: ...

    def resume(self, state: State) -> None: ...

    def close(self) -> list[tuple[str, int]]: ...

    def abandon(self) -> None:
        """Lets go of the files as they are."""


def open_writer(
    container: Container,
    folder: Path,
    stem: str,
    columns: tuple[tuple[str, str], ...] = (),
    shard: int = 0,
) -> Writer:
    """A writer for the files `stem*` in `folder`; `columns` are a table's, `shard` its rows."""
    match container:
        case Container.JSONL:
            return _Lines(folder, stem)
        case Container.PARQUET:
            return _Table(folder, stem, columns, shard or PARQUET_SHARD)
        case Container.WEBDATASET:
            return _Tar(folder, stem, shard or TAR_SHARD)


def read_rows(container: Container, files: Iterable[Path]) -> Iterator[Row]:
    """The rows of the files, one after the other. Raises UsageError that names file and row."""
    read = {Container.JSONL: _lines, Container.PARQUET: _table, Container.WEBDATASET: _tar}
    for path in files:
        yield from read[container](path)


def line(row: Row) -> bytes:
    """The row as `json.dumps(row, ensure_ascii=False, separators=(",", ":"))` writes it."""
    return bytes(_orjson().dumps(row))


def _orjson() -> Any:
    try:
        import orjson
    except ImportError as error:
        raise MissingTool("orjson is missing: pip install 'codeaug[dataset]'") from error
    return orjson


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingTool("pyarrow is missing: pip install 'codeaug[parquet]'") from error
    return pyarrow, parquet


def _unreadable(path: Path, number: int, error: Exception) -> UsageError:
    return UsageError(f"{path.name} cannot be read from row {number} on: {error}")


def _keep(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


# --- JSON lines -----------------------------------------------------------------------------------


class _Lines:
    def __init__(self, folder: Path, stem: str) -> None:
        self._path = folder / f"{stem}.jsonl"
        self._file: BinaryIO | None = None
        self._rows = 0
        self._dumps = _orjson().dumps

    def write(self, row: Row) -> bytes:
        file = self._file or self._open("wb")
        text: bytes = self._dumps(row)
        file.write(text + b"\n")
        self._rows += 1
        return text

    def _open(self, mode: str) -> BinaryIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = opened = cast(BinaryIO, self._path.open(mode, _BUFFER))
        return opened

    def flush(self) -> State:
        if self._file is None:
            return {"rows": 0, "bytes": 0}
        _keep(self._file)
        return {"rows": self._rows, "bytes": self._file.tell()}

    def resume(self, state: State) -> None:
        self._rows = state["rows"]
        if not self._rows:
            self._path.unlink(missing_ok=True)
            return
        if not self._path.is_file() or self._path.stat().st_size < state["bytes"]:
            raise UsageError(f"{self._path.name} is shorter than it was: export anew")
        file = self._open("rb+")
        file.truncate(state["bytes"])
        file.seek(state["bytes"])

    def close(self) -> list[tuple[str, int]]:
        if self._file is None:
            return []
        _keep(self._file)
        self._file.close()
        return [(self._path.name, self._rows)]

    def abandon(self) -> None:
        if self._file is not None:
            self._file.close()


def _lines(path: Path) -> Iterator[Row]:
    loads = _orjson().loads
    number = 1
    with path.open("rb", _BUFFER) as file:
        try:
            for text in file:
                if not text.endswith(b"\n"):
                    raise ValueError("its last line has no end")
                yield _row(loads(text))
                number += 1
        except ValueError as error:
            raise _unreadable(path, number, error) from error


def _row(value: Any) -> Row:
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


# --- shards ---------------------------------------------------------------------------------------


class _Shards(ABC):
    """Files of a fixed number of rows. Only whole ones are safe; the last is written anew. What is
    abstract here is what `_Table` and `_Tar` differ in."""

    _file: Any

    def __init__(self, folder: Path, stem: str, size: int) -> None:
        self._folder, self._stem, self._size = folder, stem, size
        self._whole: list[int] = []
        self._rows = 0  # of the unfinished one

    def write(self, row: Row) -> bytes:
        text = line(row)
        if not self._rows:
            path = self._path(len(self._whole))
            path.parent.mkdir(parents=True, exist_ok=True)
            self._start(path)
        self._add(row, text)
        self._rows += 1
        if self._rows == self._size:
            self._end()
        return text

    def _end(self) -> None:
        self._finish()
        self._whole.append(self._rows)
        self._rows = 0

    def flush(self) -> State:
        return {"rows": sum(self._whole), "shards": list(self._whole)}

    def resume(self, state: State) -> None:
        self._whole = list(state["shards"])
        for path in self._folder.glob(self._pattern()):
            if self._number(path) >= len(self._whole):
                path.unlink()
            else:  # a file of a set that was finished has another name
                path.rename(self._path(self._number(path)))
        for number in range(len(self._whole)):
            if not self._path(number).is_file():
                raise UsageError(f"{self._path(number).name} is gone: export anew")

    def close(self) -> list[tuple[str, int]]:
        if self._rows:
            self._end()
        found = []
        for number, rows in enumerate(self._whole):
            path = self._path(number).rename(self._path(number, len(self._whole)))
            found.append((path.relative_to(self._folder).as_posix(), rows))
        return found

    def abandon(self) -> None:
        if self._rows:
            self._file.close()

    @abstractmethod
    def _path(self, number: int, of: int = 0) -> Path:
        """Where a shard lies; `of` how many, once that is known."""

    @abstractmethod
    def _pattern(self) -> str:
        """What the names of all shards look like, for `glob`."""

    def _number(self, path: Path) -> int:
        return int(path.name[len(self._stem) + 1 :].split("-")[0].split(".")[0])

    @abstractmethod
    def _start(self, path: Path) -> None:
        """Begins a shard."""

    @abstractmethod
    def _add(self, row: Row, text: bytes) -> None:
        """Writes a row, of which `text` is the line."""

    @abstractmethod
    def _finish(self) -> None:
        """Ends the shard that was begun."""


class _Table(_Shards):
    """Parquet in `data/`, as the Hugging Face hub names it, in row groups that fit in memory."""

    def __init__(
        self, folder: Path, stem: str, columns: tuple[tuple[str, str], ...], size: int
    ) -> None:
        super().__init__(folder, stem, size)
        self._arrow, self._parquet = _arrow()
        self._schema = self._arrow.schema(
            [self._arrow.field(name, kind, nullable=False) for name, kind in columns]
        )
        self._group: list[Row] = []
        self._weight = 0

    def _path(self, number: int, of: int = 0) -> Path:
        suffix = f"-of-{of:05d}" if of else ""
        return self._folder / "data" / f"{self._stem}-{number:05d}{suffix}.parquet"

    def _pattern(self) -> str:
        return f"data/{self._stem}-[0-9]*.parquet"

    def _start(self, path: Path) -> None:
        self._file = self._parquet.ParquetWriter(path, self._schema, compression="zstd")

    def _add(self, row: Row, text: bytes) -> None:
        self._group.append(row)
        self._weight += len(text)
        if len(self._group) >= _ROW_GROUP or self._weight >= _GROUP_BYTES:
            self._put()

    def _put(self) -> None:
        if self._group:
            self._file.write_table(self._arrow.Table.from_pylist(self._group, self._schema))
        self._group, self._weight = [], 0

    def _finish(self) -> None:
        self._put()
        self._file.close()


class _Tar(_Shards):
    """WebDataset: one member a row, `KEY.json`. Keys have no dot: what follows one is a column."""

    def _path(self, number: int, of: int = 0) -> Path:
        return self._folder / f"{self._stem}-{number:06d}.tar"

    def _pattern(self) -> str:
        return f"{self._stem}-[0-9]*.tar"

    def _start(self, path: Path) -> None:
        self._file = path.open("wb", _BUFFER)

    def _add(self, row: Row, text: bytes) -> None:
        number = len(self._whole) * self._size + self._rows
        member = tarfile.TarInfo(f"{self._stem}-{number:09d}.json")
        member.size, member.mode = len(text), 0o644
        self._file.write(member.tobuf(tarfile.USTAR_FORMAT))
        self._file.write(text + bytes(-len(text) % tarfile.BLOCKSIZE))

    def _finish(self) -> None:
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))
        self._file.write(bytes(-self._file.tell() % tarfile.RECORDSIZE))
        _keep(self._file)
        self._file.close()


def _table(path: Path) -> Iterator[Row]:
    arrow, parquet = _arrow()
    number = 1
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROW_GROUP):
                for row in batch.to_pylist():
                    yield row
                    number += 1
    except (arrow.ArrowException, OSError) as error:
        raise _unreadable(path, number, error) from error


def _tar(path: Path) -> Iterator[Row]:
    loads = _orjson().loads
    number = 1
    try:
        with path.open("rb", _BUFFER) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            for member in tar:
                data = tar.extractfile(member)
                if data is None or not member.name.endswith(".json"):
                    raise ValueError(f"{member.name} is no row")
                yield _row(loads(data.read()))
                number += 1
            if file.seek(0, os.SEEK_END) % tarfile.RECORDSIZE:
                raise ValueError("it is cut short")
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise _unreadable(path, number, error) from error
