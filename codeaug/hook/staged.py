"""The settings as the index has them: what is about to be committed counts, not the work tree."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from codeaug.errors import UsageError
from codeaug.index import Objects
from codeaug.notices import RULES, Notice
from codeaug.settings import Loaded, Settings, load_settings


@dataclass(frozen=True)
class StagedFile:
    name: str
    data: bytes | None

    def is_file(self) -> bool:
        return self.data is not None

    def read_text(self, encoding: str | None = None) -> str:
        if self.data is None:
            raise FileNotFoundError(self.name)
        return self.data.decode(encoding or "utf-8").replace("\r\n", "\n")


@dataclass(frozen=True)
class Staged:
    """The top folder of the index (or of a commit)."""

    objects: Objects

    def __truediv__(self, name: str, /) -> StagedFile:
        return StagedFile(name, self.objects.at(name))


def staged_settings(objects: Objects, environ: Mapping[str, str] | None = None) -> Loaded:
    """The settings that hold for what is committed. Raises UsageError."""
    return load_settings(Staged(objects), {}, os.environ if environ is None else environ)


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
        staged_settings(objects, {"XDG_CONFIG_HOME": os.devnull})
    except UsageError as error:
        place = "codeaug.toml" if objects.at("codeaug.toml") is not None else "pyproject.toml"
        return [Notice(RULES["settings"], place, str(error).rstrip("."))]
    return []
