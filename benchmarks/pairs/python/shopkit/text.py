"""Texts: names, labels and lines as customers and suppliers write them."""

import re
from collections import Counter, defaultdict


def slugify(title: str) -> str:
    """Any text as lower-case words joined by single dashes; other signs separate words."""
    words = []
    current = ""
    for char in title.lower():
        if char.isalnum():
            current += char
        elif current:
            words.append(current)
            current = ""
    if current:
        words.append(current)
    return "-".join(words)


def truncate(text: str, width: int, mark: str = "...") -> str:
    """The text in at most `width` (>= len(mark)) characters, with `mark` where it was cut."""
    if len(text) <= width:
        return text
    return text[: width - len(mark)] + mark


def word_counts(text: str) -> dict:
    """How often each word (separated by any blanks) occurs, in order of first occurrence."""
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def parse_pairs(line: str) -> dict:
    """`a=1;b=2` as a dict of stripped texts; a value may hold `=`; a later key wins.

    Empty parts are passed over. Raises ValueError for a part without `=`.
    """
    pairs = {}
    for part in line.split(";"):
        part = part.strip()
        if not part:
            continue
        if "=" not in part:
            raise ValueError(f"no '=' in {part!r}")
        key, value = part.split("=", 1)
        pairs[key.strip()] = value.strip()
    return pairs


def is_palindrome(text: str) -> bool:
    """Whether the letters and digits read the same from both ends, whatever their case."""
    left, right = 0, len(text) - 1
    while left < right:
        if not text[left].isalnum():
            left += 1
        elif not text[right].isalnum():
            right -= 1
        elif text[left].lower() != text[right].lower():
            return False
        else:
            left += 1
            right -= 1
    return True


def wrap_words(text: str, width: int) -> list:
    """Lines of at most `width` (>= 1) characters; a longer word stands alone in its line."""
    lines = []
    line = ""
    for word in text.split():
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    if line:
        lines.append(line)
    return lines


def mask_card(number: str) -> str:
    """The card number with all but its last four digits as `*`; other signs stay."""
    seen = sum(char.isdigit() for char in number)
    masked = []
    for char in number:
        if char.isdigit():
            masked.append("*" if seen > 4 else char)
            seen -= 1
        else:
            masked.append(char)
    return "".join(masked)


def same_name(a: str, b: str) -> bool:
    """Whether two customers' names are equal without regard to case and outer blanks."""
    return a.strip().casefold() == b.strip().casefold()


def index_lines(text: str) -> dict:
    """The numbers (from 1) of the lines that hold each word; a number once per word."""
    places = defaultdict(list)
    for number, line in enumerate(text.split("\n"), 1):
        for word in line.split():
            if number not in places[word]:
                places[word].append(number)
    return dict(places)


def fits_field(text: str, size: int) -> bool:
    """Whether the text fits a database field of `size` bytes of UTF-8."""
    return len(text.encode("utf-8")) <= size


def common_prefix(names: list) -> str:
    """The longest text with which all names begin; empty for no names."""
    if not names:
        return ""
    prefix = names[0]
    for name in names[1:]:
        while not name.startswith(prefix):
            prefix = prefix[:-1]
    return prefix


def most_common_word(text: str) -> str:
    """The word that occurs most often, the first of several; empty for a text without words."""
    counts = Counter(re.findall(r"\w+", text))
    best = ""
    for word, count in counts.items():
        if not best or count > counts[best]:
            best = word
    return best
