"""What was approved -> a dataset: rows for a training stack, splits, lineage and its documents.

A sample needs a person's approval, or the user's word that evidence of some rung is enough; which
of the two stands with every variant. A variant that some check failed in its newest evidence, or
that anybody rejected, is never trained on. The store is read twice: `planning` decides what goes
in, `writing` writes it. See docs/datasets.md.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeaug import withdrawals
from codeaug.agreement import agreement
from codeaug.dataset import lineage, mix
from codeaug.dataset.candidates import candidates
from codeaug.dataset.lengths import Ruler, ruler
from codeaug.dataset.planning import SPLITS, Plan, plan, rows_of
from codeaug.dataset.recipe import Policy, Recipe, recipe_of
from codeaug.dataset.sources import Sources
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.surveying import Reader
from codeaug.dataset.writing import CAPTION, JOURNAL, LENGTHS, Export, digest_of, put
from codeaug.errors import CodeaugError, GateFailed, OutOfSpace, UsageError
from codeaug.formats import Facts
from codeaug.formats.containers import line
from codeaug.model import content_id
from codeaug.people import MAY, Permission
from codeaug.provenance import DOCUMENTS, Dossier, pseudonyms
from codeaug.provenance.signing import require_key, sign
from codeaug.store import Store
from codeaug.store.releases import Release

__all__ = ["Override", "Recipe", "export", "recipe_of", "require_curator"]

MANIFEST, KIND, VERSION = "manifest.json", "codeaug dataset", 2
LEAKAGE = "leakage.json"
_PLAN = "plan.json"
_OWN = {"key", "key.new", "new", "old", _PLAN, f"{_PLAN}.new", "signatures"}
"""What lies in the hidden folder of an export that is under way."""
_COUNTED = ("tasks", "languages", "rungs", "accepted_by", "engines", "transforms")
_NO_SPACE = (28, 122)  # ENOSPC, EDQUOT

Stage = Callable[[str, int], AbstractContextManager[Callable[..., None]]]
"""Tells people of long work: its name and size; gives a function that counts."""


@contextmanager
def unseen(name: str, size: int) -> Iterator[Callable[..., None]]:
    yield lambda *done: None


@dataclass(frozen=True, slots=True)
class Override:
    """A curator's word that the mix may be looser than the policy's defaults: as far as the
    settings say, or where they say nothing looser, without any policy."""

    reason: str
    by: str


def export(
    store: Store,
    recipe: Recipe,
    out: Path,
    *,
    override: Override | None = None,
    key_file: Path | None = None,
    stage: Stage = unseen,
) -> dict[str, Any]:
    """Writes the dataset to the folder `out`, all of it or nothing. Returns the manifest.

    Equal stores and recipes make equal bytes. An older export of ours is replaced; any other folder
    that is not empty is refused. A run that was stopped goes on in the hidden folder beside `out`.
    Raises UsageError, GateFailed (the mix policy), MissingTool, StoreError, OutOfSpace.
    """
    out = out.resolve()
    if out == Path.cwd():
        raise UsageError("the folder that one stands in cannot be replaced: give another --out.")
    _refuse_foreign(out)
    if key_file is not None:
        require_key(key_file)
    recipe = _overridden(recipe, override)
    with _space(out), Sources(described=_described(recipe)) as sources:
        work = _Work(store, recipe, sources, out, stage)
        manifest = work.run(override, key_file)
    return manifest


def require_curator(store: Store, name: str) -> None:
    """Raises UsageError unless the person may lift the mix policy: where the store knows people,
    one who curates; else whoever can write to it."""
    if not any(person.active for person in store.people.all()):
        return
    person = store.people.named(name)
    if person is None or not person.active or Permission.CURATE not in MAY[person.role]:
        raise UsageError(f"{name!r} is no curator here: name one with --curator NAME.")


def named(store: Store, recipe: Recipe) -> Recipe:
    """The recipe with a name: the settings', else that of the newest dataset, else that of the
    first repository."""
    if recipe.name:
        return recipe
    known = store.material.current()
    names = [one.name for one in reversed(store.releases.all())]
    names += [known[0].repository.name] if known else []
    return replace(recipe, name=next(iter(names), "dataset"))


def _described(recipe: Recipe) -> bool:
    return any(task.name in ("implementation", "description") for task in recipe.tasks)


def _overridden(recipe: Recipe, override: Override | None) -> Recipe:
    loosened = recipe.policy.loosened()
    if override is not None and not override.reason.strip():
        raise UsageError("--override-mix needs a reason: it stands in the dataset's card.")
    if override is not None:
        return recipe if loosened else replace(recipe, policy=Policy.lifted())
    lax = [f"dataset.{name} = {value:g}" for name, value in loosened.items()] + recipe.lax()
    if lax:
        told = ", ".join(lax)
        raise UsageError(
            f"{told}: looser than the policy's default, so a curator has to say why: "
            "--override-mix REASON."
        )
    return recipe


class _Work:
    """One export."""

    def __init__(
        self, store: Store, recipe: Recipe, sources: Sources, out: Path, stage: Stage
    ) -> None:
        self._store, self._sources, self._out, self._stage = store, sources, out, stage
        self._partial = out.parent / f".{out.name}.partial"
        self._ruler: Ruler = ruler(recipe.tokenizer)
        self._recipe = named(store, recipe)
        self._accepted = store.material.accepted(recipe.accept_rung)
        self._units = candidates(store, self._recipe.name, self._accepted)
        withdrawn = withdrawals.withdrawn(store)
        self._reader = Reader(store, self._recipe, sources, withdrawn, self._ruler.special)

    def run(self, override: Override | None, key_file: Path | None) -> dict[str, Any]:
        with _held(self._partial):
            return self._run(self._partial, override, key_file)

    def _run(
        self, partial: Path, override: Override | None, key_file: Path | None
    ) -> dict[str, Any]:
        state = content_id(json.dumps(self._recipe.shown()), self._marker(), version("codeaug"))
        begun = _begin(partial, state)
        made = self._plan(partial, begun)
        if not any(made.variants.values()):
            shutil.rmtree(partial)
            raise UsageError(_nothing(self._recipe, made))
        self._require_floors(made)
        key = self._store.secret("reviewer pseudonyms")
        with Export(partial / "new", self._recipe, self._ruler, key) as writing:
            writing.resume()
            self._write(writing, made)
            files = writing.close()
        if not files[TRAIN]:
            shutil.rmtree(partial)
            tasks = ", ".join(task.name for task in self._recipe.tasks)
            raise UsageError(f"no row to train on, nothing was written: {tasks} found nothing.")
        manifest = self._manifest(writing, made, files, override)
        self._finish(partial, manifest, made, key_file)
        return manifest

    def _marker(self) -> str:
        """Stands for all that an export depends on beside its settings."""
        files = [*self._recipe.benchmarks, *_files_of(self._recipe.tokenizer)]
        read = (digest_of(Path(name)) for name in files if Path(name).is_file())
        return content_id(self._store.material.stamp(), *read)

    def _plan(self, partial: Path, begun: bool) -> Plan:
        kept = partial / _PLAN
        if begun and kept.exists():
            document = json.loads(kept.read_bytes())
            return Plan(
                document["split"],
                {unit: tuple(own) for unit, own in document["variants"].items()},
                [(unit, variant, why) for unit, variant, why in document["left_out"]],
                document["figures"],
                document["leakage"],
                {},
                document["barred"],
                document["novelty"],
            )
        released = dict(self._store.releases.splits(self._recipe.splitting))
        with self._stage("looked at", len(self._units)) as advance:
            made = plan(
                *(self._recipe, self._ruler, self._reader, self._units, self._accepted),
                *(released, partial, advance),
            )
        put(kept, line({one.name: getattr(made, one.name) for one in fields(made)}))
        return made

    def _require_floors(self, made: Plan) -> None:
        problems = mix.unmet(made.figures, self._recipe.policy)
        if any(made.leakage[kind] for kind in ("normalised", "similar", "names")):
            problems.append(f"the splits share texts: {made.leakage}")
        if problems:
            raise GateFailed(
                f"the mix policy refuses this dataset, nothing was written: {'; '.join(problems)}. "
                "A curator may lift the policy: --override-mix REASON."
            )

    def _write(self, writing: Export, made: Plan) -> None:
        rows = rows_of(self._recipe, self._ruler)
        known = sorted(
            (one for one in self._units if one.id in made.split),
            key=lambda one: (one.repository.name, one.path, one.name, one.id),
        )
        contrasts, barred = self._recipe.contrasts, frozenset(made.barred)
        rest = known[writing.done :]
        with self._stage("written", len(rest)) as advance:
            for found in self._reader.chosen(rest, made.variants, contrasts):
                split = made.split[found.known.id]
                found = found.without_misses(barred) if barred else found
                if split != TRAIN:  # held out is what people wrote
                    found = replace(found, family=replace(found.family, near_misses=()))
                    found = found.without_caption()
                writing.write(found, split, list(rows(found.family)), self._accepted)
                advance(1)
        writing.left_out(
            lineage.left_out_line(unit, variant, why) for unit, variant, why in made.left_out
        )
        writing.checkpoint()

    def _manifest(
        self,
        writing: Export,
        made: Plan,
        files: Mapping[str, list[tuple[str, int]]],
        override: Override | None,
    ) -> dict[str, Any]:
        totals, recipe = writing.totals, self._recipe
        counts = {kind: dict(sorted(own.items())) for kind, own in totals.counts.items()}
        units = counts.get("units", {})
        return {
            "kind": KIND,
            "version": VERSION,
            "codeaug": version("codeaug"),
            "name": recipe.name,
            "date": self._date(totals.newest),
            "settings": recipe.shown(),
            "files": [
                self._file(split, name, rows) for split in SPLITS for name, rows in files[split]
            ],
            "documents": [],
            "counts": {
                "rows": {split: totals.rows[split] for split in SPLITS},
                "units": {split: units.get(split, 0) for split in SPLITS},
                "variants": sum(counts.get("engines", {}).values()),
                "contrasts": sum(counts.get("contrast", {}).values()),
                "ancestors": sum(counts.get("ancestor", {}).values()),
                "captions": counts.get("captions", {}),
                "unwritten": counts.get("unwritten", {}),
                **{kind: counts.get(kind, {}) for kind in _COUNTED},
            },
            "tokens": {
                "counter": self._ruler.name,
                "human": totals.tokens["human"],
                "synthetic": totals.tokens["synthetic"],
                "longest": totals.longest,
                "lengths": _lengths(counts),
            },
            "repositories": self._repositories(counts),
            "generators": _generators(counts),
            "mix": self._mix(made, override),
            "reviewers": _reviewers(counts),
            "left_out": dict(sorted(Counter(why for _, _, why in made.left_out).items())),
            "leakage": made.leakage,
        }

    def _file(self, split: str, name: str, rows: int) -> dict[str, Any]:
        path = self._partial / "new" / name
        size = path.stat().st_size
        return {
            "name": name, "split": split, "sha256": digest_of(path), "bytes": size, "rows": rows,
        }  # fmt: skip

    def _repositories(self, counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
        licenses = {
            (one.repository.name, one.repository.commit): one.repository.license
            for one in self._units
        }
        found = []
        for (name, commit), license in sorted(licenses.items()):
            units = counts.get(f"repository units {commit}", {}).get(name, 0)
            variants = counts.get(f"repository variants {commit}", {}).get(name, 0)
            if units:
                found.append(
                    {"name": name, "commit": commit, "license": license}
                    | {"units": units, "variants": variants}
                )
        return found

    def _mix(self, made: Plan, override: Override | None) -> dict[str, Any]:
        loosened = self._recipe.policy.loosened()
        key = self._store.secret("reviewer pseudonyms")
        return {
            "policy": asdict(self._recipe.policy),
            "figures": made.figures,
            "novelty": made.novelty,
            "dropped": dict(
                sorted(Counter(w for _, _, w in made.left_out if w in mix.REASONS).items())
            ),
            "override": None if override is None or not loosened else {
                "reason": override.reason,
                "by": pseudonyms.person(key, override.by),
                "loosened": loosened,
            },
        }  # fmt: skip

    def _date(self, newest: str) -> str:
        """The day of the newest decision, else of the newest commit, else of the last run: no clock
        is looked at unless there is none, and then only where the environment says no day."""
        if newest:
            return newest[:10]
        commits = {one.repository.commit: one for one in self._units}
        days = [day for one in commits.values() if (day := self._sources.date(one))]
        if days:
            return max(days)
        if census := self._store.census():
            return census.made_at.date().isoformat()
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
        return now.date().isoformat()

    def _finish(
        self, partial: Path, manifest: dict[str, Any], made: Plan, key_file: Path | None
    ) -> None:
        """The documents, then the manifest that lists them, then the folder takes its place."""
        new = partial / "new"
        for left in (new / JOURNAL, *new.glob("*.new")):  # of a run that was killed just here
            left.unlink(missing_ok=True)
        (new / LEAKAGE).write_bytes(_pretty(made.leakage))
        self._extras(new, manifest)
        dossier = Dossier(new, manifest)
        for name, document in DOCUMENTS.items():
            with (new / name).open("wb") as file:
                document.write(dossier, file)
        data = {file["name"] for file in manifest["files"]}
        for path in sorted(path for path in new.rglob("*") if path.is_file()):
            name = path.relative_to(new).as_posix()
            if name not in data and name != MANIFEST:
                size = path.stat().st_size
                entry = {"name": name, "sha256": digest_of(path), "bytes": size}
                manifest["documents"].append(entry)
        put(new / MANIFEST, _pretty(manifest))
        if key_file is not None:
            sign(new, key_file)
        self._remember(manifest, made)  # first: nothing is given out that the store does not know
        if (partial / "old").exists():
            shutil.rmtree(partial / "old")
        if self._out.exists():
            self._out.rename(partial / "old")
        new.rename(self._out)
        shutil.rmtree(partial)

    def _remember(self, manifest: Mapping[str, Any], made: Plan) -> None:
        """Which dataset holds what: for splits that stay, and for whoever withdraws a function."""
        recipe, rows = self._recipe, sum(manifest["counts"]["rows"].values())
        text = _pretty(manifest).decode()
        release = Release(
            recipe.name, recipe.format.name, str(self._out), recipe.splitting, rows, text
        )
        variants = (one for own in made.variants.values() for one in own)
        self._store.releases.put(release, made.split.items(), variants)

    def _extras(self, new: Path, manifest: dict[str, Any]) -> None:
        recipe = self._recipe
        files = {
            split: tuple(f["name"] for f in manifest["files"] if f["split"] == split)
            for split in SPLITS
        }
        rows = {split: n for split, n in manifest["counts"]["rows"].items() if n}
        longest = recipe.max_length or manifest["tokens"]["longest"]
        facts = Facts(
            *(recipe.name, rows, longest, Path(recipe.tokenizer).name, recipe.target_model),
            *(recipe.fim_family, recipe.tasks[0].shape, files),
        )
        for name, data in recipe.format.extras(facts).items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)


def _generators(counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """What made variants, and which models wrote captions, with the tokens trained on."""
    variants = counts.get("generators", {})
    names = {*variants, *(f"{CAPTION}\0{model}" for model in counts.get("captions", {}))}
    return [
        {"engine": engine, "model": model, "variants": variants.get(name, 0)}
        | {"tokens": counts.get("made tokens", {}).get(name, 0)}
        for name in sorted(names)
        for engine, _, model in (name.partition("\0"),)
    ]


def _lengths(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The rows of each task by the upper bounds of their bins, the shortest first."""
    return {
        kind.removeprefix(LENGTHS): dict(sorted(own.items(), key=lambda one: int(one[0])))
        for kind, own in sorted(counts.items())
        if kind.startswith(LENGTHS)
    }


def _reviewers(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Who decided about the variants, how often, and how far they agree."""
    votes = {
        (int(yes), int(no)): number
        for name, number in counts.get("votes", {}).items()
        for yes, no in (name.split(),)
    }
    people = counts.get("reviewers", {})
    found = agreement({votes: number for votes, number in votes.items() if sum(votes)})
    told = {"raw": found.raw, "alpha": found.alpha, "ac1": found.ac1}
    return {
        "people": len(people),
        "decisions": sum(people.values()),
        "approved": sum(yes * number for (yes, _), number in votes.items()),
        "agreement": {
            name: round(one.value, 4) for name, one in told.items() if one is not None
        } or None,
    }  # fmt: skip


def _files_of(tokenizer: str) -> list[str]:
    path = Path(tokenizer)
    return [str(path / "tokenizer.json" if path.is_dir() else path)] if tokenizer else []


def _nothing(recipe: Recipe, made: Plan) -> str:
    if made.left_out:
        reasons = Counter(why for _, _, why in made.left_out)
        told = ", ".join(f"{reason}: {n}" for reason, n in sorted(reasons.items()))
        return f"no sample to export, nothing was written: left out ({told})"
    if recipe.accept_rung is not None:
        return (
            f"no variant reaches the rung {recipe.accept_rung.label}, nothing was written: "
            "run `codeaug run` first or accept a lower rung"
        )
    return (
        "no variant is approved, nothing was written: approve some with `codeaug review`, "
        "or accept by evidence alone with --accept-rung RUNG"
    )


def _pretty(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


# --- folders --------------------------------------------------------------------------------------


@contextmanager
def _held(partial: Path) -> Iterator[None]:
    """The hidden folder is ours alone. Raises UsageError where another export is under way."""
    while True:
        partial.mkdir(parents=True, exist_ok=True)
        folder = os.open(partial, os.O_RDONLY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UsageError(f"another export is writing {partial}: wait for it.") from error
            if partial.exists() and os.path.samestat(os.fstat(folder), os.stat(partial)):
                yield
                return
        finally:
            os.close(folder)


def _begin(partial: Path, key: str) -> bool:
    """Whether there is something to go on with; what belongs to another export is thrown away."""
    mark = partial / "key"
    if mark.exists() and mark.read_text() == key:
        return True
    if not {path.name for path in partial.iterdir()} <= _OWN:
        raise UsageError(f"{partial} is not ours: remove it, or give another --out.")
    mark.unlink(missing_ok=True)  # first: what is half removed is nobody's
    for path in partial.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (partial / "new").mkdir()
    put(mark, key.encode())
    return False


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: give a folder with --out")
    if any(out.iterdir()) and not _is_ours(out):
        raise UsageError(f"{out} holds other files than a dataset of codeaug: give another --out")


def _is_ours(out: Path) -> bool:
    """Whether the folder holds an export and nothing else that a new one would delete."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        if manifest["kind"] != KIND:
            return False
        listed = {one["name"] for one in (*manifest["files"], *manifest.get("documents", ()))}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    return there <= listed | {MANIFEST, "manifest.dsse.json"}


@contextmanager
def _space(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _cannot_write(out, error) from error


def _cannot_write(out: Path, error: OSError) -> CodeaugError:
    if error.errno in _NO_SPACE:
        return OutOfSpace(f"no space left for {out}: free some and run again, it goes on")
    return UsageError(f"cannot write to {out} ({error.strerror}): give another folder with --out")
