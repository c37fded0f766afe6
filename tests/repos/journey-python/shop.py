"""A shop of three functions: two are tested, one is not."""


def grade(score):
    """The grade for a score."""
    # no score, no grade
    if score is None:
        return "none"
    else:
        label = "good" if score > 10 else "bad"
        return label


class Basket:
    def __init__(self, prices):
        self.prices = prices

    def total(self, rebate):
        total = 0
        for price in self.prices:
            if price > 0:
                if rebate is not None:
                    total += price - rebate
        return total


def untested(value):
    if value:
        return 1
    else:
        return 2
