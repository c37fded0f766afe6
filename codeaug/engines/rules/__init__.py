"""The rules engine: the transforms of `codeaug.transforms`, one to three of them a variant.

`habits` knows what is usual in a repository, `composition` which sites can be joined, `naturalness`
what reads as the repository does, `choosing` which variants are taken.
"""

from __future__ import annotations

import inspect
import random
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from codeaug import formatters, patterns, predicates, transforms
from codeaug.engines.rules.choosing import Chooser
from codeaug.engines.rules.composition import Place, compositions, ordered
from codeaug.engines.rules.habits import Habits
from codeaug.model import Unit, Variant, content_id
from codeaug.patterns import transforms_of
from codeaug.settings import Patterns
from codeaug.transforms import Subject, load, sites

UNNATURAL = "SURPRISAL"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a transform applied to a unit (`declined` empty) or declined by a predicate."""

    transform: str
    declined: str
    count: int


@cache
def fingerprint() -> str:
    """Changes with the code of the transforms, patterns, predicates, formatters and this package:
    units are asked again then."""
    paths = (
        path for own in (transforms, patterns, predicates, formatters) for path in own.__path__
    )
    own = (*map(Path, paths), Path(__file__).parent)
    files = {path for folder in own for path in folder.rglob("*.py")}
    files.add(Path(__file__).parents[2] / "ngrams.py")
    for transform in load():
        files |= {Path(inspect.getfile(inspect.unwrap(f))) for f in transform.languages.values()}
    return content_id(*(path.read_bytes() for path in sorted(files)))


def propose(
    unit: Unit,
    source: bytes,
    habits: Habits,
    wanted: int,
    seed: int,
    tiers: Collection[str],
    own: Patterns = (),
) -> tuple[list[Variant], list[Tally]]:
    """At most `wanted` variants of a unit, as unlike each other as its sites allow, by transforms
    of these tiers, among them `own`; and what applied, and what declined.

    Each is made by one to three transforms. The same unit, habits and seed give the same variants.
    A site whose result reads unlike the repository's own code declines with SURPRISAL. What is new
    in a variant is laid out by the repository's formatter. Raises SyntaxLimit.
    """
    places: list[Place] = []
    tallies: Counter[tuple[str, str]] = Counter()
    unwritable = "" if unit.is_utf8 else "PARSE"
    style = habits.styles.of(unit.language, unit.path)
    subject = Subject(unit, source, habits.vocabulary, style)
    for transform, site in sites(subject, tiers, transforms_of(own)):
        declined = site.declined or unwritable
        if not declined:
            places.append(Place(transform, site, source))
        else:
            tallies[transform.name, declined] += 1
    rng = random.Random(content_id(unit.id, str(seed)))
    chooser = Chooser(unit, source, habits, seed, style)
    in_turn = ordered(places, habits.rarity, rng)
    variants = chooser.variants(compositions(in_turn, rng), wanted)
    for place in places:
        declined = "" if chooser.natural.get(place, True) else UNNATURAL
        tallies[place.transform.name, declined] += 1
    return variants, [Tally(name, why, n) for (name, why), n in sorted(tallies.items())]
