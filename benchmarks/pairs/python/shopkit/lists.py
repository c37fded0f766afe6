"""Lists and what can be done with them."""

from collections import deque


def chunked(items: list, size: int) -> list:
    """Lists of `size` (>= 1) items each, the last perhaps shorter."""
    chunks = []
    for start in range(0, len(items), size):
        chunks.append(items[start : start + size])
    return chunks


def dedupe(items: list) -> list:
    """The items (hashable) without repetitions, in order of first occurrence."""
    seen = set()
    unique = []
    for item in items:
        if item not in seen:
            seen.add(item)
            unique.append(item)
    return unique


def group_by(items: list, key) -> dict:
    """Items by what `key` says of them, groups in order of first occurrence; one call an item."""
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def flatten(nested: list) -> list:
    """All that is no list, from lists in lists however deep (to 500), from left to right."""
    flat = []
    for item in nested:
        if isinstance(item, list):
            flat.extend(flatten(item))
        else:
            flat.append(item)
    return flat


def find_sorted(items: list, wanted: int) -> int:
    """The first index of `wanted` in sorted items (perhaps repeated); -1 if it is not there."""
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(items) and items[low] == wanted else -1


def rotate(items: list, count: int) -> None:
    """Turns the list in place to the right by `count` (of either sign, of any size)."""
    if not items:
        return
    count %= len(items)
    items[:] = items[-count:] + items[:-count] if count else items[:]


def partition(items: list, wanted) -> tuple:
    """(those for which `wanted` is true, the others), each in order; one call an item."""
    yes, no = [], []
    for item in items:
        if wanted(item):
            yes.append(item)
        else:
            no.append(item)
    return yes, no


def top(items: list, count: int) -> list:
    """The `count` (>= 0) largest (points, name) by points, equal ones in the order given."""
    return sorted(items, key=lambda item: -item[0])[:count]


def adders(steps: list) -> list:
    """One function a step that adds it to its argument."""
    made = []
    for step in steps:
        made.append(lambda value, step=step: value + step)
    return made


def last_seen(events, limit: int) -> list:
    """The last `limit` (>= 0) of any iterable of events, oldest first."""
    window = deque(maxlen=limit)
    for event in events:
        window.append(event)
    return list(window)


def drop_empty(items: list) -> list:
    """Takes None and empty texts out of the very list that was given, and returns it; 0 stays."""
    kept = [item for item in items if item is not None and item != ""]
    items[:] = kept
    return items


def pairwise_gaps(values: list) -> list:
    """What lies between each number and the next; empty for fewer than two."""
    gaps = []
    for index in range(1, len(values)):
        gaps.append(values[index] - values[index - 1])
    return gaps


def index_of(items: list, wanted, start: int = 0) -> int:
    """The first index from `start` (>= 0) on at which an item equals `wanted`, or -1."""
    for index in range(start, len(items)):
        if items[index] == wanted:
            return index
    return -1
