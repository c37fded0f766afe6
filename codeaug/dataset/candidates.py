"""The units that a dataset may be made of."""

from __future__ import annotations

from collections.abc import Container, Iterable

from codeaug.store import Store
from codeaug.store.material import Known


def candidates(
    store: Store, name: str, current: Iterable[Known], accepted: Container[str]
) -> list[Known]:
    """Units as each repository was scanned last (`current`), those of earlier datasets of this name
    (human code only ever grows), and what accepted variants were made of; the oldest first."""
    material = store.material
    found = {one.id: one for one in current}
    moved = material.moved()
    gone = {
        unit_id
        for variant_id, unit_id in material.made_of_others(found)
        if variant_id in accepted and moved.get(variant_id) not in found
    }
    gone.update(one for one in store.releases.units_of(name) if one not in found)
    for one in material.anywhere(gone):
        found[one.id] = one
    return sorted(found.values(), key=lambda one: (one.first, one.id))
