"""What was approved -> a dataset: rows for a training stack, splits, lineage and its documents.

A sample needs a person's approval, or the user's word that evidence of some rung is enough; which
of the two stands with every variant. A variant that some check failed in its newest evidence, or
that anybody rejected, is never trained on. The store is read twice: `planning` decides what goes
in, `writing` writes it. See docs/datasets.md.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from codeaug.dataset import lineage, mix
from codeaug.dataset.candidates import candidates
from codeaug.dataset.folder import PLAN, begin, held, hidden, refuse_foreign, space, take_place
from codeaug.dataset.lengths import rows_of
from codeaug.dataset.manifest import MANIFEST, Account, pretty
from codeaug.dataset.planning import SPLITS, Plan, plan
from codeaug.dataset.recipe import Override, Policy, Recipe, recipe_of
from codeaug.dataset.sources import Sources
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.surveying import surveyor
from codeaug.dataset.writing import JOURNAL, Export, digest_of, put
from codeaug.errors import GateFailed, UsageError
from codeaug.formats import Facts
from codeaug.formats.containers import line
from codeaug.model import content_id
from codeaug.people import MAY, Permission
from codeaug.provenance import DOCUMENTS, Dossier
from codeaug.provenance.signing import require_key, sign
from codeaug.store import Store
from codeaug.store.material import Known
from codeaug.store.releases import Release

__all__ = ["Override", "Recipe", "export", "recipe_of", "require_curator"]

LEAKAGE = "leakage.json"

Stage = Callable[[str, int], AbstractContextManager[Callable[..., None]]]
"""Tells people of long work: its name and size; gives a function that counts."""


@contextmanager
def unseen(name: str, size: int) -> Iterator[Callable[..., None]]:
    yield lambda *done: None


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
    refuse_foreign(out)
    if key_file is not None:
        require_key(key_file)
    recipe = _overridden(recipe, override)
    with space(out), Sources(described=_described(recipe)) as sources:
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


def _named(store: Store, recipe: Recipe, known: Sequence[Known]) -> Recipe:
    """The recipe with a name: the settings', else that of the newest dataset, else that of the
    first repository."""
    if recipe.name:
        return recipe
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
        self._partial = hidden(out)
        current = store.material.current()
        self._recipe = _named(store, recipe, current)
        self._accepted = store.material.accepted(recipe.accept_rung)
        self._units = candidates(store, self._recipe.name, current, self._accepted)
        self._look = surveyor(store, self._recipe, sources, self._accepted)
        self._ruler = self._look.ruler

    def run(self, override: Override | None, key_file: Path | None) -> dict[str, Any]:
        with held(self._partial):
            return self._run(self._partial, override, key_file)

    def _run(
        self, partial: Path, override: Override | None, key_file: Path | None
    ) -> dict[str, Any]:
        state = content_id(json.dumps(self._recipe.shown()), self._marker(), version("codeaug"))
        begun = begin(partial, state)
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
        account = Account(self._store, self._sources, self._recipe, self._units, self._ruler.name)
        manifest = account.manifest(partial / "new", writing.totals, made, files, override)
        self._finish(partial, manifest, made, key_file)
        return manifest

    def _marker(self) -> str:
        """Stands for all that an export depends on beside its settings."""
        files = [*self._recipe.benchmarks, *_files_of(self._recipe.tokenizer)]
        read = (digest_of(Path(name)) for name in files if Path(name).is_file())
        return content_id(self._store.material.stamp(), *read)

    def _plan(self, partial: Path, begun: bool) -> Plan:
        kept = partial / PLAN
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
            made = plan(self._look, self._units, released, partial, advance)
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
            for found in self._look.reader.chosen(rest, made.variants, contrasts):
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

    def _finish(
        self, partial: Path, manifest: dict[str, Any], made: Plan, key_file: Path | None
    ) -> None:
        """The documents, then the manifest that lists them, then the folder takes its place."""
        new = partial / "new"
        for left in (new / JOURNAL, *new.glob("*.new")):  # of a run that was killed just here
            left.unlink(missing_ok=True)
        (new / LEAKAGE).write_bytes(pretty(made.leakage))
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
        put(new / MANIFEST, pretty(manifest))
        if key_file is not None:
            sign(new, key_file)
        self._remember(manifest, made)  # first: nothing is given out that the store does not know
        take_place(partial, self._out)

    def _remember(self, manifest: Mapping[str, Any], made: Plan) -> None:
        """Which dataset holds what: for splits that stay, and for whoever withdraws a function."""
        recipe, rows = self._recipe, sum(manifest["counts"]["rows"].values())
        text = pretty(manifest).decode()
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
