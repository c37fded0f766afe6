from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from codeaug.builds import cmake
from codeaug.model import Comparison
from tests.native_bench import built
from tests.test_resident_cpp import Yard, yard

REPO = Path(__file__).parent / "repos" / "cpp-compare"
SECONDS = 20.0

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    opened = yard(built("cpp-compare", cmake.BUILD, tmp_path_factory.mktemp("desk")))
    yield opened
    opened.residents.close()


def compared(
    desk: Yard, name: str, codes: Sequence[str], test: str, seconds: float = SECONDS
) -> list[Comparison]:
    """The unchanged unit against each of the codes."""
    unit = desk.unit(name, _file(name))
    texts = desk.texts(unit, codes)
    with desk.residents.of_unit(desk.prepared, texts) as runner:
        return [runner.compare(text.source, [test], seconds).result for text in texts[1:]]


def changed(desk: Yard, name: str, old: str, new: str) -> str:
    code = desk.unit(name, _file(name)).code
    assert old in code
    return code.replace(old, new)


def _file(name: str) -> str:
    owner = name.split("::")[0]
    if name == "Account::kind" or name == "desk::largest":
        return "src/account.h" if owner == "Account" else "src/desk.h"
    return "src/desk.cpp" if owner == "desk" else "src/account.cpp"
