from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from codeaug.runners.hosts.native.proof import job
from codeaug.runners.hosts.native.proof.asked import Function
from codeaug.runners.hosts.native.proof.lines import Line, read_lines
from tests.proof_pairs_cpp import BEHIND, EQUAL, UNEQUAL

INCLUDES = """\
#include <cassert>
#include <climits>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
"""
FLAGS = ("-std=c++17",)


def answers(
    pairs: Mapping[str, tuple[str, str, str]], folder: Path, *, others: tuple[str, ...] = ()
) -> dict[str, job.Answer]:
    """All pairs in one file, each in a namespace of its own."""
    text, functions = INCLUDES, []
    for number, (name, (before, original, changed)) in enumerate(pairs.items()):
        text += f"namespace n{number} {{\n{before}\n"
        body = original.index("{")
        functions.append(Function(len(text), len(text) + len(original), len(text) + body, (changed,)))
        text += f"{original}\n{BEHIND.get(name, '')}\n}}\n"
    path = folder / "pairs.cpp"
    path.write_text(text)
    proof = job.prove(str(path), text, functions, [Line("g++", FLAGS, str(path), str(folder))], others)
    assert path.read_text() == text
    return {name: proof.answers[number, 0] for number, name in enumerate(pairs)}


def test_equal_functions_are_proved(tmp_path: Path) -> None:
    found = answers(EQUAL, tmp_path)
    assert {name: each.detail for name, each in found.items() if not each.proved} == {}


def test_no_unequal_function_is_proved(tmp_path: Path) -> None:
    found = answers(UNEQUAL, tmp_path)
    assert {name: each.proved for name, each in found.items() if each.proved} == {}
    assert all(each.detail for each in found.values())
