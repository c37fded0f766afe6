"""Functions whose tests look at little."""

import contextlib
import datetime
import io
import itertools
import random
import subprocess
import threading
import warnings
from collections.abc import Iterable, Iterator

LIMITS = {"low": 10, "high": 100}
LOG = []


def grade(score):
    if score >= 90:
        return "best"
    if score > 10:
        return "good"
    return "bad"


def clamp(value: int, low: int = 0, high: int = 100) -> int:
    if value < low:
        return low
    if value > high:
        return high
    return value


def mean(numbers):
    total = 0.0
    for number in numbers:
        total += number
    return total / len(numbers)


def sort_in_place(items):
    items.sort()
    return None


def first_word(text):
    words = text.split()
    return words[0] if words else ""


def digits(text, base=10):
    result = []
    for each in text:
        if each.isdigit():
            result.append(int(each) % base)
    return result


def whole(number):
    return number == 1


def countdown(start):
    while start > 0:
        yield start
        start -= 1


async def doubled(number):
    return number * 2


def shout(text):
    print(text.upper())


def old(number):
    warnings.warn("use new", DeprecationWarning, stacklevel=2)
    return number


def checked(age):
    if age < 0:
        raise ValueError("negative", age)
    return age


def merged(one, two):
    result = dict(one)
    for key, value in two.items():
        result[key] = value
    return result


def chosen(name, default=None):
    if default is None:
        default = "low"
    return LIMITS.get(name, LIMITS[default])


def noted(text):
    LOG.append(text)


def unique(items):
    seen = set()
    kept = []
    for item in items:
        if item not in seen:
            seen.add(item)
            kept.append(item)
    return kept


def same(items):
    return items


def joined(*parts, separator=", ", **marks):
    text = separator.join(parts)
    for mark, times in marks.items():
        text += mark * times
    return text


class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount")
        self.balance += amount
        self.history.append(amount)
        return self.balance

    @property
    def is_rich(self):
        return self.balance >= 1000

    @staticmethod
    def fee(amount):
        return 5 if amount > 50 else 1

    def __eq__(self, other):
        return self.owner == other.owner

    def __hash__(self):
        return hash(self.owner)


class Ticket:
    def __init__(self, number, label=None):
        self.number = number
        self.label = label

    @classmethod
    def first(cls, label):
        return cls(1, label)

    def __lt__(self, other):
        if self.number != other.number:
            return self.number < other.number
        return self.label is None and other.label is not None


class Stack:
    __slots__ = ("items", "lock")

    def __init__(self):
        self.items = []
        self.lock = threading.RLock()

    def push(self, item):
        with self.lock:
            self.items.append(item)


def scaler(factor):
    def scale(number):
        if number > 100:
            return 100
        return number * factor

    return scale


count = itertools.count().__next__


class Marked:
    def __init__(self, item, key=None):
        self.item, self.key = item, key or id

    def __hash__(self):
        if self.key == len:
            value = self.key
        else:
            value = self.key(self.item)
        return hash(value)


def lottery(limit):
    return random.SystemRandom().random() * limit


def saved(path, text):
    with open(path, "w") as file:
        file.write(text)
    return len(text)


def started(word):
    return subprocess.check_output(["/bin/echo", word])


def consumed(numbers):
    return sum(numbers)


def opened(file):
    return file.name


def factorial(number):
    if number <= 1:
        return 1
    return number * factorial(number - 1)


def place_in(items, wanted):
    """The first place of `wanted` in sorted items, or -1."""
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(items) and items[low] == wanted else -1


def shared(total, people):
    """Whole parts of `total` for each of the `people` (>= 1)."""
    return [total // people + (number < total % people) for number in range(people)]


def quarter(month):
    """The quarter of a month (1 to 12)."""
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return (month + 2) // 3


def grouped(items, key):
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def kept_if(items, wanted):
    return [item for item in items if wanted(item)]


def last_ones(events, count):
    """The last `count` (>= 0) of any iterable."""
    kept = []
    for event in events:
        kept.append(event)
    return kept[len(kept) - count :] if count < len(kept) else kept


def deep_merge(base, extra):
    result = dict(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            value = deep_merge(result[key], value)
        result[key] = value
    return result


def remembered(function):
    known = {}

    def call(*args):
        if args not in known:
            known[args] = function(*args)
        return known[args]

    return call


def entries(stream):
    """The lines of a stream but comments, which begin with #. ValueError for a blank one."""
    found = []
    for number, line in enumerate(stream, 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            raise ValueError(f"line {number} is blank")
        found.append(line.rstrip("\n"))
    return found


def week_end(day):
    return day + datetime.timedelta(6 - day.weekday())


def next_day(day, weekday):
    """The first day after `day` that is the weekday, 0 for Monday to 6 for Sunday."""
    ahead = (weekday - day.weekday()) % 7
    return day + datetime.timedelta(ahead or 7)


def renamed(old, new):
    return [key for key in old if key in new and old[key] != new[key]]


def runs(text):
    found = []
    for letter in text:
        if found and found[-1].startswith(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def report(rows):
    return [" ".join(str(cell) for cell in row) for row in rows]


def last_by(items, key):
    """The last of items that are sorted by `key`, with what the key gives of it."""
    found = None
    for item in items:
        found = (key(item), item)
    return found


def setting(layers, path):
    """The value at a dotted path in the first layer that has all of it."""
    for layer in layers:
        found = layer
        for name in path.split("."):
            if not isinstance(found, dict) or name not in found:
                break
            found = found[name]
        else:
            return found
    return None


def is_under(folder, path):
    return path == folder or path.startswith(folder + "/")


def reserved(stock, lines):
    needed = {}
    for name, count in lines:
        needed[name] = needed.get(name, 0) + count
    for name, count in needed.items():
        if stock.get(name, 0) < count:
            raise ValueError(f"{name}: too few")
    return needed


def rows_of(content: io.BytesIO) -> list[bytes]:
    return content.getvalue().split(b"\n")


def paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line.strip()


@contextlib.contextmanager
def tried(entries):
    kept = len(entries)
    try:
        yield entries
    except BaseException:
        del entries[kept:]
        raise


def attempted(action, failures):
    try:
        return action()
    except Exception:
        failures.append(1)
        raise


def with_names(names):
    def call(**values):
        return {names.get(name, name): value for name, value in values.items()}

    return call


def sum_from(pairs: Iterable[tuple[int, int]], start: int | None = None) -> int:
    return sum(value for at, value in pairs if start is None or at >= start)


def spread(content: bytes, size: int) -> int:
    """The number of parts of `size` (1 or more) bytes."""
    count = 0
    while content:
        content = content[size:]
        count += 1
    return count


def ids_of(pairs: Iterable[tuple[int, str]]) -> list[int]:
    return [number for number, _ in filter(None, pairs)]


def count_and_sum(numbers: Iterable[int]) -> tuple[int, int]:
    kept = list(numbers)
    return sum(1 for _ in kept), sum(kept)


def crumbs(path: str) -> list[str]:
    if not path.strip("/"):
        return []
    return path.strip("/").split("/")


def zeros(sizes: Iterable[int]) -> Iterator[list[int]]:
    for size in sizes:
        yield [0] * size
