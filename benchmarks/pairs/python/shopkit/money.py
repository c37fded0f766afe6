"""Money: amounts are whole cents, of either sign."""

from itertools import accumulate


def parse_amount(text: str) -> int:
    """`12.50`, `-3.5` or `7` as cents; one or two digits after the point.

    Raises ValueError for anything else.
    """
    text = text.strip()
    sign = 1
    if text.startswith("-"):
        sign = -1
        text = text[1:]
    whole, point, rest = text.partition(".")
    if not (whole.isascii() and whole.isdigit()):
        raise ValueError(f"not an amount: {text!r}")
    if point and not (rest.isascii() and rest.isdigit() and len(rest) <= 2):
        raise ValueError(f"not an amount: {text!r}")
    return sign * (int(whole) * 100 + int(rest.ljust(2, "0")))


def format_cents(cents: int) -> str:
    """Cents of either sign as `-12.05`."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"


def split_evenly(total: int, people: int) -> list:
    """Shares (people >= 1) that add up to `total` (of either sign) and differ by one at most.

    Larger shares come first.
    """
    share, left = divmod(total, people)
    return [share + 1] * left + [share] * (people - left)


def discounted(price: int, percent: int) -> int:
    """The price (of either sign) less `percent` (0 to 100), rounded down to whole cents."""
    return price * (100 - percent) // 100


def shipping(grams: int, express: bool = False, free_from: int = 0, value: int = 0) -> int:
    """Postage in cents; none for a `value` of at least `free_from`, unless that is 0.

    Raises ValueError for a negative weight.
    """
    if grams < 0:
        raise ValueError("negative weight")
    if free_from and value >= free_from and not express:
        return 0
    if grams <= 500:
        cost = 390
    elif grams <= 2000:
        cost = 690
    else:
        cost = 690 + 100 * -(-(grams - 2000) // 1000)
    return cost * 2 if express else cost


def income_tax(income: int) -> int:
    """Tax on a whole income >= 0: nothing to 10000, 20 % to 50000, 40 % above; rounded down each."""
    tax = 0
    if income > 10000:
        tax += (min(income, 50000) - 10000) * 20 // 100
    if income > 50000:
        tax += (income - 50000) * 40 // 100
    return tax


def running_balance(start: int, entries: list) -> list:
    """The balance after each entry; empty for none."""
    balances = []
    balance = start
    for entry in entries:
        balance += entry
        balances.append(balance)
    return balances


def first_overdraft(start: int, entries: list) -> int:
    """The index of the first entry after which the balance is negative; -1 if there is none."""
    for index, balance in enumerate(list(accumulate(entries, initial=start))[1:]):
        if balance < 0:
            return index
    return -1


class Cart:
    """What a customer is about to buy: pieces by article."""

    def __init__(self, prices: dict):
        self.prices = prices
        self.pieces = {}

    def add(self, sku: str, count: int = 1) -> int:
        """Puts `count` more pieces in; returns how many there are now.

        Raises KeyError for an unknown article and ValueError for a count below 1; the cart is
        then as before.
        """
        if sku not in self.prices:
            raise KeyError(sku)
        if count < 1:
            raise ValueError("count must be positive")
        self.pieces[sku] = self.pieces.get(sku, 0) + count
        return self.pieces[sku]

    def remove(self, sku: str) -> bool:
        """Takes one piece out, the article with its last one; whether there was any."""
        if sku not in self.pieces:
            return False
        self.pieces[sku] -= 1
        if self.pieces[sku] == 0:
            del self.pieces[sku]
        return True

    def total(self) -> int:
        """The price of everything; ten or more pieces of an article cost 5 % less (down)."""
        total = 0
        for sku, count in self.pieces.items():
            line = self._price(sku) * count
            if count >= 10:
                line = line * 95 // 100
            total += line
        return total

    def merged(self, other: "Cart") -> "Cart":
        """A new cart with the pieces of both; neither of them changes."""
        cart = Cart(self.prices)
        cart.pieces = dict(self.pieces)
        for sku, count in other.pieces.items():
            cart.pieces[sku] = cart.pieces.get(sku, 0) + count
        return cart

    def _price(self, sku: str) -> int:
        """The price of one piece; 0 where the list says None (a gift)."""
        price = self.prices[sku]
        return 0 if price is None else price

    def cheapest(self) -> str:
        """The article with the lowest price, the first put in of several; empty for an empty cart."""
        best = ""
        for sku in self.pieces:
            if not best or self._price(sku) < self._price(best):
                best = sku
        return best
