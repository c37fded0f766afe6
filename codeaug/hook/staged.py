"""The settings as the index has them: what is about to be committed counts, not the work tree."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

from codeaug.errors import UsageError
from codeaug.index import Objects
from codeaug.notices import RULES, Notice
from codeaug.settings import Loaded, Settings, load_settings, validate_settings


@dataclass(frozen=True)
class StagedFile:
    """As much of a path as reading settings needs."""

    name: str
    data: bytes | None

    def __fspath__(self) -> str:
        return f"/{self.name}"

    def is_symlink(self) -> bool:
        return False  # nothing follows one: git has the text of its target

    def is_file(self) -> bool:
        return self.data is not None

    def open(self, mode: str = "rb") -> BytesIO:
        return BytesIO(self.data or b"")

    def read_text(self, encoding: str = "utf-8") -> str:
        return (self.data or b"").decode(encoding).replace("\r\n", "\n")


@dataclass(frozen=True)
class Staged:
    """The top folder of the index, or of a commit."""

    objects: Objects

    def __fspath__(self) -> str:
        return "/"

    def __truediv__(self, name: str, /) -> StagedFile:
        return StagedFile(name, self.objects.at(name))


def staged_settings(objects: Objects) -> Loaded:
    """The settings that hold for what is committed. Raises UsageError."""
    return load_settings(_root(objects), {}, upwards=False)


def _root(objects: Objects) -> Path:
    return cast(Path, Staged(objects))  # of which only files right below are asked for


def settings_that_hold(objects: Objects) -> Settings:
    """As `staged_settings`; where the repository's own are wrong, which is for `codeaug-config` to
    tell, those of the user alone."""
    try:
        return staged_settings(objects).settings
    except UsageError:
        return load_settings(None, {}).settings


def wrong_setting(objects: Objects) -> list[Notice]:
    """The first wrong setting of the repository's own files."""
    try:
        validate_settings(_root(objects), {}, {"XDG_CONFIG_HOME": os.devnull}, upwards=False)
    except UsageError as error:
        names = ("codeaug.toml", ".codeaug.toml", "pyproject.toml")
        place = next(name for name in names if objects.at(name) is not None)
        return [Notice(RULES["settings"], place, str(error).rstrip("."))]
    return []
