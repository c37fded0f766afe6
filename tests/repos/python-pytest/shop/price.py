"""Prices."""


def double(value): return value * 2


def total(prices, discount=0):
    result = 0
    for price in prices:
        result += price
    if discount:
        result -= discount
    return result


def label(name):
    return name.upper()


def at_import():
    value = 1
    return value


CONSTANT = at_import()
