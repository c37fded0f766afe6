"""The pictures of the dashboard, each with its table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from codeaug.agreement import FEWEST, Agreement
from codeaug.estimates import share
from codeaug.model import RejectReason, Rung, Word
from codeaug.store import Census, Kind, Tested
from codeaug.web.charts import Figure, Row, Table, bars, days, ranges
from codeaug.web.figures import Figures, made_by, number, percent
from codeaug.web.pages import LANGUAGES

Patterns = Mapping[tuple[str, str, str], Mapping[tuple[int, ...], int]]

_DAYS = 60
_GRADES = (1, 2, 3, 4, 5)
_WORDS = (Word.APPROVED, Word.REJECTED)

_KINDS = (
    ("all faults caught", "good"),
    ("some caught", "doubt"),
    ("none caught", "bad"),
    ("no fault injected", "neutral"),
    ("no test", "rest"),
)


def pictures(
    figures: Figures, census: Census | None, bar: Rung, until: str, waiting: int
) -> list[Figure]:
    """All its pictures."""
    return [
        _progress(figures.kinds(until), waiting),
        _yield(figures.patterns(until), census, bar, FEWEST if until else 0),
        _reasons(figures.kinds(until)),
        _agreement(figures.strata(until)),
        _strength(census),
        _naturalness(figures.kinds(until)),
    ]


def _progress(kinds: Sequence[Kind], waiting: int) -> Figure:
    votes: Counter[tuple[str, str]] = Counter()
    for kind in kinds:
        votes[kind.day, kind.word] += kind.votes
    named = _last_days([day for day, _ in votes])
    decided = [[votes[day, word] for word in _WORDS] for day in named]
    later = [sum(map(sum, decided[number + 1 :])) for number in range(len(named))]
    left = [waiting + votes_later for votes_later in later]
    columns = [
        Row(day, tuple(zip(map(float, counts), ("good", "bad"), strict=True)))
        for day, counts in zip(named, decided, strict=True)
    ]
    rows = tuple(
        (day, str(a), str(r), str(w)) for day, (a, r), w in zip(named, decided, left, strict=True)
    )
    return Figure(
        "Progress",
        days(named, columns, left),
        Table("Votes a day", ("Day", "Approved", "Rejected", "Waiting"), rows[::-1]),
        (
            ("good", "approved"),
            ("bad", "rejected"),
            ("trend", "waiting, on its own scale"),
        ),
        "Waiting: of the votes that are wanted today, those that were still to come that day.",
    )


def _yield(patterns: Patterns, census: Census | None, bar: Rung, fewest: int) -> Figure:
    """`fewest`: of fewer variants that were voted on it is not told how many were approved, since
    whoever has yet to vote on one of them would know what others said."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for made in census.made if census else ():
        row = counts[made.language, made_by(made.engine, made.recipe)]
        row["made"] += made.variants
        row["accepted"] += made.variants * made.accepted(bar)
    for (language, engine, recipe), found in patterns.items():
        row = counts[language, made_by(engine, recipe)]
        for (approvals, rejections), n in found.items():
            row["approved"] += n * (approvals > rejections)
            row["voted"] += n * (approvals + rejections > 0)
    kept_back = {kind for kind, row in counts.items() if row["voted"] < fewest}
    for kind in kept_back:
        counts[kind]["approved"] = 0
    named = sorted(counts.items())
    rows = tuple(
        (
            _title(language, name), str(c["made"]), str(c["accepted"]), str(c["voted"]),
            *(("–", "–") if (language, name) in kept_back else _approved(c)),
        )
        for (language, name), c in named
    )  # fmt: skip
    pictured = [
        Row(_title(language, name), (
            (float(c["approved"]), "good"),
            (float(max(0, c["accepted"] - c["approved"])), "doubt"),
            (float(max(0, c["made"] - max(c["accepted"], c["approved"]))), "rest"),
        ))
        for (language, name), c in named
    ]  # fmt: skip
    columns = ("Language, transform", "Made", "At the bar", "Voted on", "Approved", "Of those")
    counted = f"Variants counted {census.made_at:%Y-%m-%d %H:%M} UTC. " if census else ""
    if fewest:
        counted += f"Approvals are told where {fewest} variants or more were voted on."
    return Figure(
        "Yield by language and transform", bars(pictured),
        Table("Variants", columns, rows),
        (("good", "approved"), ("doubt", "at the bar, not approved"), ("rest", "below it")),
        counted.strip(),
    )  # fmt: skip


def _approved(counts: Counter[str]) -> tuple[str, str]:
    return str(counts["approved"]), percent(share(counts["approved"], counts["voted"]))


def _reasons(kinds: Sequence[Kind]) -> Figure:
    found: Counter[str] = Counter()
    for kind in kinds:
        found[kind.reason] += kind.votes * (kind.word is Word.REJECTED)
    whole = sum(found.values())
    named = [(reason.value, found[reason.value]) for reason in RejectReason]
    return Figure(
        "Why variants are rejected",
        bars([Row(name, ((float(n), "bad"),)) for name, n in named]),
        Table(
            "Rejections", ("Reason", "Rejections", "Share"),
            tuple((name, str(n), percent(share(n, whole))) for name, n in named),
        ),
    )  # fmt: skip


def _agreement(strata: Mapping[tuple[str, str], Agreement]) -> Figure:
    found = [(name, one) for (_, name), one in strata.items() if one.raw is not None]
    return Figure(
        "How far people agree",
        ranges([(name, one.ac1) for name, one in found]),
        Table(
            "Agreement", ("Of", "Variants", "Raw", "Alpha", "AC1"),
            tuple(
                (name, str(one.variants), percent(one.raw), number(one.alpha), number(one.ac1))
                for name, one in found
            ),
        ),
        (("dot", "Gwet's AC1 with its 95 % interval"),),
        "" if found else "Nothing yet: it takes five variants that two people voted on.",
    )  # fmt: skip


def _naturalness(kinds: Sequence[Kind]) -> Figure:
    found: Counter[int] = Counter()
    for kind in kinds:
        found[kind.naturalness] += kind.votes
    whole = sum(found[grade] for grade in _GRADES)
    return Figure(
        "How natural variants read",
        bars([Row(f"{g} of 5", ((float(found[g]), "neutral"),)) for g in _GRADES]),
        Table(
            "Grades", ("Grade", "Votes", "Share"),
            tuple(
                (f"{g} of 5", str(found[g]), percent(share(found[g], whole)))
                for g in _GRADES
            ),
        ),
    )  # fmt: skip


def _strength(census: Census | None) -> Figure:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    faults: dict[str, Counter[str]] = defaultdict(Counter)
    for each in census.tested if census else ():
        counts[each.language][_kind(each)] += each.units
        faults[each.language]["caught"] += each.caught * each.units
        faults[each.language]["judged"] += each.judged * each.units
    named = sorted(counts)
    return Figure(
        "What the tests can tell",
        bars([
            Row(LANGUAGES.get(name, name), tuple((float(counts[name][k]), c) for k, c in _KINDS))
            for name in named
        ]),
        Table(
            "Units by what their tests catch",
            ("Language", *(kind for kind, _ in _KINDS), "Faults caught"),
            tuple(
                (
                    LANGUAGES.get(name, name), *(str(counts[name][kind]) for kind, _ in _KINDS),
                    percent(share(faults[name]["caught"], faults[name]["judged"])),
                )
                for name in named
            ),
        ),
        tuple((colour, kind) for kind, colour in _KINDS),
    )  # fmt: skip


def _kind(each: Tested) -> str:
    if not each.tests:
        return "no test"
    if not each.judged:
        return "no fault injected"
    if each.caught == each.judged:
        return "all faults caught"
    return "some caught" if each.caught else "none caught"


def _title(language: str, name: str) -> str:
    return f"{LANGUAGES.get(language, language)}, {name}"


def _last_days(named: list[str]) -> list[str]:
    """The days from the first to the last that is named, without gaps, and not too many."""
    if not named:
        return []
    last = date.fromisoformat(max(named))
    number = min(_DAYS, (last - date.fromisoformat(min(named))).days + 1)
    return [(last - timedelta(days=back)).isoformat() for back in range(number)][::-1]
