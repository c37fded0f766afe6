"""What a Java project's build and Checkstyle say of its layout; the formatters themselves need Java
and are not run."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from codeaug.formatters.style import Style, line_length

BUILDS = ("pom.xml", "build.gradle", "build.gradle.kts")
_GOOGLE = re.compile(r"\bgoogleJavaFormat\b|\bgoogle-java-format\b|\bfmt-maven-plugin\b")
_AOSP = re.compile(r"\baosp\b", re.IGNORECASE)
_PALANTIR = re.compile(r"\bpalantirJavaFormat\b|\bpalantir-java-format\b")
_LINE_LENGTH = re.compile(r"""name\s*=\s*["'](?:\w+\.)*LineLength["']""")
_MOST = re.compile(r"""name\s*=\s*["']max["']\s+value\s*=\s*["'](\d{1,4})["']""")


@lru_cache(maxsize=64)
def of_build(text: str) -> Style:
    """By the formatter that a build names: google-java-format (Spotless calls it googleJavaFormat)
    and palantir-java-format take no settings but the width of an indentation."""
    if _PALANTIR.search(text):
        return Style(120, "    ")
    if _GOOGLE.search(text):
        return Style(100, "    " if _AOSP.search(text) else "  ")
    return Style()


def is_checkstyle(path: str) -> bool:
    name = PurePosixPath(path).name.lower()
    return name.endswith(".xml") and "checkstyle" in name


def of_checkstyle(text: str) -> Style:
    """By `LineLength` of Checkstyle's settings."""
    module = _LINE_LENGTH.search(text)
    if module is None:
        return Style()
    end = text.find("</module>", module.end())
    most = _MOST.search(text, module.end(), len(text) if end < 0 else end)
    return Style(line_length(most[1]) if most else 0)
