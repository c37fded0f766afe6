"""The units that a dataset may be made of."""

from __future__ import annotations

from collections.abc import Mapping

from codeaug.store import Store
from codeaug.store.material import Known


def candidates(store: Store, name: str, accepted: Mapping[str, str]) -> list[Known]:
    """Units as each repository was scanned last, those of earlier datasets of this name (human code
    only ever grows), and what accepted variants were made of; the oldest first."""
    material = store.material
    found = {one.id: one for one in material.current()}
    moved = material.moved()
    others = [one for one in accepted if moved.get(one) not in found]
    for one in material.ancestors(others):
        found.setdefault(one.id, one)
    earlier = (one for one in store.releases.units_of(name) if one not in found)
    for one in material.anywhere(earlier):
        found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.first, one.id))
