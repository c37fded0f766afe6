"""Orders, their states, their checks; caches and files of them."""

NEXT = {"new": "paid", "paid": "packed", "packed": "sent", "sent": "done"}


class Cache:
    """The last `size` (>= 1) values by key; the one not asked for longest goes first."""

    def __init__(self, size: int):
        self.size = size
        self.entries = {}
        self.misses = 0

    def get(self, key, default=None):
        """The value, which is then the youngest, or `default`. A value may be None."""
        if key not in self.entries:
            self.misses += 1
            return default
        value = self.entries.pop(key)
        self.entries[key] = value
        return value

    def put(self, key, value) -> None:
        """Keeps the value as the youngest; drops the oldest where there is no room."""
        if key in self.entries:
            del self.entries[key]
        elif len(self.entries) >= self.size:
            del self.entries[next(iter(self.entries))]
        self.entries[key] = value

    def compute(self, key, make):
        """The value of the key, else that of `make(key)`, which is then kept; one call at most.

        What `make` raises passes through, and nothing is kept.
        """
        if key in self.entries:
            return self.get(key)
        self.misses += 1
        value = make(key)
        self.put(key, value)
        return value


class Order:
    """One order on its way."""

    def __init__(self, number: int, items: list, state: str = "new"):
        self.number = number
        self.items = items
        self.state = state
        self.history = []

    def advance(self) -> str:
        """To the next state, with the old one in the history. Raises ValueError at the end."""
        if self.state not in NEXT:
            raise ValueError(f"no way on from {self.state}")
        self.history.append(self.state)
        self.state = NEXT[self.state]
        return self.state

    def can_cancel(self, is_manager: bool) -> bool:
        """Anybody cancels what is new or paid, a manager what is packed too."""
        if self.state in ("new", "paid"):
            return True
        return self.state == "packed" and is_manager

    def copy(self) -> "Order":
        """An order of the same number and state, with lists of its own and an empty history."""
        return Order(self.number, list(self.items), self.state)

    def label(self) -> str:
        """`#00042 (3)`: the number in five digits at least, and how many items."""
        return f"#{self.number:05d} ({len(self.items)})"


def check_order(order: dict) -> list:
    """What is wrong with an order from outside, in this order: id, items, email."""
    problems = []
    if not order.get("id"):
        problems.append("id is missing")
    items = order.get("items")
    if items is None:
        problems.append("items are missing")
    elif not items:
        problems.append("no items")
    email = order.get("email", "")
    if email and "@" not in email:
        problems.append("email is wrong")
    return problems


def is_valid_sku(sku: str) -> bool:
    """Two capital letters (A to Z), a dash and three digits (0 to 9)."""
    if len(sku) != 6 or sku[2] != "-":
        return False
    letters, digits = sku[:2], sku[3:]
    return all("A" <= c <= "Z" for c in letters) and all("0" <= c <= "9" for c in digits)


def luhn(number: str) -> bool:
    """Whether the checksum of a card number (digits 0 to 9 only, at least two) holds."""
    if len(number) < 2 or not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for position, char in enumerate(reversed(number)):
        digit = int(char)
        if position % 2 == 1:
            digit *= 2
            if digit > 9:
                digit -= 9
        total += digit
    return total % 10 == 0


def import_orders(source, handle) -> int:
    """Hands each line that is not blank to `handle`; the source is closed whatever happens.

    Returns how many lines were handled.
    """
    count = 0
    try:
        for line in source:
            if line.strip():
                handle(line.rstrip("\n"))
                count += 1
    finally:
        source.close()
    return count


def retry(action, times: int):
    """What `action` returns, tried again after ValueError up to `times` (>= 1) calls in all.

    The last ValueError passes through, and any other exception at once.
    """
    for attempt in range(1, times + 1):
        try:
            return action()
        except ValueError:
            if attempt == times:
                raise


def pick_carrier(weight: int, country: str, fragile: bool) -> str:
    """The carrier for a parcel: weight in grams, country in capitals."""
    if country == "CH":
        if fragile or weight > 30000:
            return "courier"
        return "post"
    if weight > 20000:
        return "freight"
    return "courier" if fragile else "parcel"


def merge_settings(base: dict, extra: dict) -> dict:
    """A new dict: `extra` over `base`, dicts within dicts merged alike; neither one changes.

    None in `extra` is a value like any other.
    """
    merged = dict(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge_settings(merged[key], value)
        else:
            merged[key] = value
    return merged
