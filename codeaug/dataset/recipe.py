"""What a dataset is asked to be: the settings of `[dataset]` and the flags of the verb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from codeaug.errors import UsageError
from codeaug.formats import Format, fits, of_name
from codeaug.formats.fim import FAMILIES, Sentinels
from codeaug.model import Rung, content_id
from codeaug.settings import Settings
from codeaug.tasks import Infilling, Task, named

CONTRASTS = frozenset({"equivalence", "preference", "judgement"})
"""The tasks that use near misses."""
LIKEST = 0.8
"""The likeness up to which the field calls texts near-duplicates; above it they leak."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The caps and floors of the mix; shares are of the tokens that are trained on."""

    max_llm_depth: int = 1
    max_rule_depth: int = 3
    max_synthetic_share: float = 0.33
    max_per_unit: int = 4
    max_transform_share: float = 0.15
    max_generator_share: float = 0.25
    max_repository_share: float = 1.0
    min_real_units: int = 20
    min_diversity: float = 0.5
    min_tail: float = 0.5

    @classmethod
    def lifted(cls) -> Policy:
        """No cap and no floor."""
        deep, many = 1 << 30, 1 << 30
        return cls(deep, deep, 1.0, many, 1.0, 1.0, 1.0, 0, 0.0, 0.0)

    def loosened(self) -> dict[str, float]:
        """What is looser than the default, with its value."""
        default = Policy()
        return {
            name: mine
            for name, mine in asdict(self).items()
            if (mine - getattr(default, name)) * (-1 if name.startswith("min") else 1) > 0
        }


@dataclass(frozen=True, slots=True)
class Override:
    """A curator's word that the mix may be looser than the policy's defaults: as far as the
    settings say, or where they say nothing looser, without any policy."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what an export holds, beside the store."""

    name: str
    format: Format
    tasks: tuple[Task, ...]
    policy: Policy
    accept_rung: Rung | None = None
    seed: int = 0
    validation: float = 0.05
    test: float = 0.05
    by_module: bool = False
    similarity: float = 0.7
    tokenizer: str = ""
    max_length: int = 0
    fim_family: str = ""
    licenses: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    personal_data: bool = False
    robustness: bool = False
    target_model: str = ""
    benchmarks: tuple[str, ...] = ()

    @property
    def contrasts(self) -> bool:
        """Whether near misses are written."""
        return any(task.name in CONTRASTS for task in self.tasks)

    def lax(self) -> list[str]:
        """The settings beside the policy that let in what the defaults keep out."""
        found = [f"dataset.similarity = {self.similarity:g}"] if self.similarity > LIKEST else []
        return found + ["dataset.personal_data = true"] * self.personal_data

    @property
    def sentinels(self) -> Sentinels:
        return FAMILIES.get(self.fim_family, Sentinels("", "", "", ""))

    @property
    def splitting(self) -> str:
        """A key of the datasets that share their units out alike: those of one name."""
        return content_id("splits", self.name)

    def shown(self) -> dict[str, Any]:
        """The settings as the manifest tells them."""
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        # Where files lie on this machine is nobody's business.
        plain |= {"tokenizer": Path(self.tokenizer).name}
        plain |= {"benchmarks": [Path(name).name for name in self.benchmarks]}
        plain |= {"format": self.format.name, "tasks": [task.name for task in self.tasks]}
        plain["accept_rung"] = self.accept_rung.label if self.accept_rung else None
        del plain["policy"], plain["name"]
        listed = {name: list(v) if isinstance(v, tuple) else v for name, v in plain.items()}
        return listed | asdict(self.policy)


def recipe_of(
    settings: Settings, format_name: str, accept_rung: str | None = None, name: str = ""
) -> Recipe:
    """The recipe that settings and flags say. Raises UsageError for what does not go together."""
    format = of_name(format_name)
    own: Mapping[str, Any] = {
        f.name.removeprefix("dataset_"): getattr(settings, f.name)
        for f in fields(settings)
        if f.name.startswith("dataset_")
    }
    policy = Policy(**{f.name: own[f.name] for f in fields(Policy)})
    rest = {f.name for f in fields(Recipe)} - {"format", "tasks", "policy", "accept_rung", "seed"}
    chosen = {key: own[key] for key in rest}
    if chosen["validation"] + chosen["test"] >= 1:
        raise UsageError("dataset.validation and dataset.test together leave nothing to train on.")
    return Recipe(
        **chosen | {"name": chosen["name"] or name},
        format=format,
        tasks=_tasks(own["tasks"], format, own["fim_family"]),
        policy=policy,
        accept_rung=None if accept_rung is None else _rung(accept_rung),
        seed=settings.seed,
    )


def _tasks(names: tuple[str, ...], format: Format, family: str) -> tuple[Task, ...]:
    """Those of the tasks that the format can hold; of preferences and verdicts, its own."""
    wanted = [named()[name] for name in dict.fromkeys(names)]
    found = tuple(task for task in wanted if fits(format, task.shape))
    if not found:
        found = tuple(task for task in named().values() if task.shape is format.shapes[0])[:1]
    if any(task.name == "infilling" for task in found) and not family and _marks_gaps(format):
        raise UsageError(
            f"{format.name} writes gaps by the target's own tokens: name its family in "
            f"dataset.fim_family (known: {', '.join(FAMILIES)})."
        )
    return found


def _marks_gaps(format: Format) -> bool:
    """Whether code with a gap is written with the target's own tokens."""
    row = format.row(Infilling("python", "a", "b", "c"), Sentinels("", "<P>", "<S>", "<M>"))
    return "<P>" in str(row)


def _rung(label: str) -> Rung:
    known = {rung.label: rung for rung in Rung if rung > Rung.NONE}
    if label not in known:
        raise UsageError(f"no rung {label!r}: there are {', '.join(known)}")
    return known[label]
