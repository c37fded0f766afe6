"""Days and months without time zones; a day is a number, an interval half open."""


def is_leap(year: int) -> bool:
    """Whether a year of the Gregorian calendar has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Days of a month (1 to 12). Raises ValueError for another month."""
    if month < 1 or month > 12:
        raise ValueError(f"no month {month}")
    if month == 2:
        return 29 if is_leap(year) else 28
    if month in (4, 6, 9, 11):
        return 30
    return 31


def add_months(year: int, month: int, count: int) -> tuple:
    """(year, month) `count` months later, or earlier when it is negative; months from 1 to 12."""
    index = year * 12 + (month - 1) + count
    return index // 12, index % 12 + 1


def overlaps(a: tuple, b: tuple) -> bool:
    """Whether two half-open intervals (start <= end) share a day; an empty one shares none."""
    return max(a[0], b[0]) < min(a[1], b[1])


def merge_intervals(intervals: list) -> list:
    """Sorted intervals, closed on both sides, with those that touch or overlap made one.

    The argument is left as it is.
    """
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def parse_time(text: str) -> int:
    """`HH:MM` (one or two digits each) as minutes of the day. Raises ValueError for others."""
    parts = text.split(":")
    if len(parts) != 2:
        raise ValueError(f"not a time: {text!r}")
    for part in parts:
        if not (part.isascii() and part.isdigit()) or len(part) > 2:
            raise ValueError(f"not a time: {text!r}")
    hours, minutes = int(parts[0]), int(parts[1])
    if hours > 23 or minutes > 59:
        raise ValueError(f"no such time: {text!r}")
    return hours * 60 + minutes


def working_days(start: int, end: int) -> int:
    """Days from `start` to before `end` (start <= end) whose number modulo 7 is below 5."""
    count = 0
    for day in range(start, end):
        if day % 7 < 5:
            count += 1
    return count


def describe_minutes(minutes: int) -> str:
    """Minutes (>= 0) as `2 h 5 min`, `2 h` or `5 min`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(f"{hours} h")
    if rest or not parts:
        parts.append(f"{rest} min")
    return " ".join(parts)
