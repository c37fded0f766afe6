"""Functions that are held, made and called in many ways."""

import asyncio
import functools

SEEN = []
ORDER = []


def plain(number):
    if number > 1:
        return number * 2
    return number


def doubled(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        return function(*arguments) * 2

    return wrapper


@doubled
def decorated(number):
    result = number + 1
    return result


class Animal:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    @property
    def loud(self):
        text = self.name.upper()
        return text

    @staticmethod
    def legs(kind):
        if kind == "bird":
            return 2
        return 4

    @classmethod
    def named(cls, name):
        made = cls(name)
        return made


class Dog(Animal):
    __slots__ = ()

    def describe(self):
        loud = super().loud
        return loud + "!"


def counter(start):
    count = start

    def step(by):
        nonlocal count
        count = count + by
        return count

    return step


ticket = counter(10)


def outer(number):
    def inner(more):
        total = more + number
        return total

    return inner(2)


def halved(number):
    if number % 2 == 0:
        def half(even): return even // 2
        return half(number)
    def half(odd): return (odd - 1) // 2
    return number // 2


def squares(number):
    for each in range(number):
        yield each * each


async def fetched(number):
    await asyncio.sleep(0)
    return number


def at_import(number):
    result = number + 100
    return result


CONSTANT = at_import(1)


@functools.lru_cache(maxsize=None)
def cached(number):
    result = number * 3
    return result


def remember(item):
    SEEN.append(item)
    return len(SEEN)


def kind(value):
    match value:
        case int():
            return "number"
        case str() if value:
            return "text"
        case _:
            return "other"


def parsed(text):
    """The number in a text."""
    total = (
        0
    )
    try:
        total = int(text)
    except ValueError:
        total = -1
    except (
        TypeError,
        KeyError,
    ):
        return None
    else:
        while total > 100:
            total -= 100
    finally:
        SEEN.clear()
    numbers = [
        each
        for each in range(total)
    ]

    class Local:
        """Documented."""

        value = len(numbers)

    if total < 0:
        return "negative"
    elif total == 0:
        return "nothing"
    return Local.value
