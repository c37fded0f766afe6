"""How long flake8 or pycodestyle let lines be: `setup.cfg`, `tox.ini`, `.flake8`."""

from __future__ import annotations

from configparser import ConfigParser, Error
from functools import lru_cache

from codeaug.formatters.style import Style, line_length

NAMES = (".flake8", "setup.cfg", "tox.ini")
_SECTIONS = ("flake8", "pycodestyle", "pep8")


@lru_cache(maxsize=64)
def style(text: str) -> Style:
    """What such a file says."""
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error:
        return Style()
    said = (
        parser.get(section, key, fallback="").strip()
        for section in _SECTIONS
        for key in ("max-line-length", "max_line_length")
    )
    return Style(next(filter(None, map(line_length, said)), 0))
