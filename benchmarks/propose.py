"""Units a second a core: finding the sites of all transforms, and all that the rules engine does.

    python benchmarks/propose.py [--languages python,java,cpp] [--projects NAME ...] [--repeat N]

Processor time, the parsing of each file included, in a process that has seen none of them; what is
usual in the repository is known before. The median of N is told, and a hash of all that was made:
it stays the same where a change is about speed alone.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from statistics import median

from corpora import CORPORA, fetch
from transforms import TIERS, project_files

from codeaug.engines.rules import propose
from codeaug.engines.rules.habits import Habits, habits
from codeaug.languages import find_units
from codeaug.model import Unit, content_id
from codeaug.transforms import Subject, sites

WANTED, SEED = 3, 0
Work = list[tuple[bytes, list[Unit]]]


def found(unit: Unit, source: bytes, usual: Habits) -> str:
    """Looks at every site of the unit."""
    return str(sum(1 for _ in sites(Subject(unit, source, usual.vocabulary), TIERS)))


def proposed(unit: Unit, source: bytes, usual: Habits) -> str:
    """Makes the unit's variants."""
    return repr(propose(unit, source, usual, WANTED, SEED, TIERS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--languages", default="python,java,cpp")
    parser.add_argument("--projects", nargs="+", choices=sorted(CORPORA))
    parser.add_argument("--repeat", type=int, default=3, metavar="N")
    given = parser.parse_args()
    counts: defaultdict[str, int] = defaultdict(int)
    seconds: defaultdict[tuple[str, str], float] = defaultdict(float)
    made: defaultdict[str, str] = defaultdict(str)
    for name in given.projects or CORPORA:
        language = CORPORA[name].language
        if language in given.languages.split(","):
            usual, work = _project(name, language)
            counts[language] += sum(len(units) for _, units in work)
            for ask in (found, proposed):
                runs = [_alone(ask, usual, work) for _ in range(given.repeat)]
                seconds[language, ask.__name__] += median(took for took, _ in runs)
            made[language] = content_id(made[language], runs[0][1])
    print(f"{'':8}{'units':>8}{'sites only':>12}{'propose':>10}   made")
    for language, count in counts.items():
        looked, whole = (count / seconds[language, ask.__name__] for ask in (found, proposed))
        print(f"{language:8}{count:>8}{looked:>10,.0f}/s{whole:>8,.0f}/s   {made[language]}")


def _project(name: str, language: str) -> tuple[Habits, Work]:
    files = list(project_files(fetch(name), language))
    work = [
        (source, [u for u in find_units(language, source, path, "") if isinstance(u, Unit)])
        for path, source in files
    ]
    return habits(language, files), work


def _alone(
    ask: Callable[[Unit, bytes, Habits], str], usual: Habits, work: Work
) -> tuple[float, str]:
    """Seconds, and a hash of all answers, by a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(partial(_timed, ask, usual), work).result()


def _timed(
    ask: Callable[[Unit, bytes, Habits], str], usual: Habits, work: Work
) -> tuple[float, str]:
    # What is loaded when it is first used does not count: the smallest file is looked at before.
    source, units = min((one for one in work if one[1]), key=lambda one: len(one[0]))
    _answers(ask, usual, [(source, units)])
    gc.freeze()  # as a worker does when it knows what is usual
    started = time.process_time()
    answers = _answers(ask, usual, work)
    return time.process_time() - started, content_id(*answers)


def _answers(ask: Callable[[Unit, bytes, Habits], str], usual: Habits, work: Work) -> Sequence[str]:
    return [ask(unit, source, usual) for source, units in work for unit in units]


if __name__ == "__main__":
    main()
