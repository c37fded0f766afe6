import pytest

from shopkit import money
from shopkit.money import Cart

PRICES = {"pen": 120, "ink": 999, "gift": None}


def test_parse_amount():
    assert money.parse_amount("12.50") == 1250
    assert money.parse_amount("-3.5") == -350
    assert money.parse_amount("7") == 700
    with pytest.raises(ValueError):
        money.parse_amount("x")
    with pytest.raises(ValueError):
        money.parse_amount("1.234")


def test_format_cents():
    assert money.format_cents(1205) == "12.05"
    assert money.format_cents(0) == "0.00"


def test_split_evenly():
    assert money.split_evenly(10, 3) == [4, 3, 3]


def test_discounted():
    assert money.discounted(999, 10) == 899
    assert money.discounted(100, 0) == 100


def test_shipping():
    assert money.shipping(400) == 390
    assert money.shipping(2500) == 790
    assert money.shipping(1500, express=True) == 1380
    assert money.shipping(400, free_from=5000, value=9000) == 0
    with pytest.raises(ValueError):
        money.shipping(-1)


def test_income_tax_grows():
    assert money.income_tax(60000) > money.income_tax(20000) > 0


def test_running_balance():
    assert money.running_balance(10, [5, -20]) == [15, -5]


def test_first_overdraft():
    assert money.first_overdraft(10, [5, -20, 1]) == 1
    assert money.first_overdraft(10, [5]) == -1


def test_cart():
    cart = Cart(PRICES)
    cart.add("pen", 10)
    cart.add("ink")
    cart.add("gift")
    assert cart.total() == 1140 + 999
    with pytest.raises(KeyError):
        cart.add("cup")
    with pytest.raises(ValueError):
        cart.add("pen", 0)
    assert cart.remove("ink")
    assert not cart.remove("ink")


def test_merged():
    one, two = Cart(PRICES), Cart(PRICES)
    one.add("pen")
    two.add("pen")
    two.add("ink")
    assert one.merged(two).pieces == {"pen": 2, "ink": 1}


def test_cheapest():
    cart = Cart(PRICES)
    cart.add("ink")
    cart.add("pen")
    assert cart.cheapest() == "pen"
