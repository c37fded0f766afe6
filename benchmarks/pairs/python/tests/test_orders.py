import io

import pytest

from shopkit import orders
from shopkit.orders import Cache, Order


def test_cache():
    cache = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert cache.get("b") is None
    assert cache.get("c") == 3


def test_compute():
    cache = Cache(2)
    assert cache.compute("a", str.upper) == "A"
    assert cache.compute("a", str.upper) == "A"


def test_advance():
    order = Order(1, [])
    assert order.advance() == "paid"
    with pytest.raises(ValueError):
        Order(1, [], "done").advance()


def test_can_cancel():
    assert Order(1, []).can_cancel(False)
    assert Order(1, [], "packed").can_cancel(True)
    assert not Order(1, [], "sent").can_cancel(True)


def test_copy():
    order = Order(1, ["pen"])
    other = order.copy()
    assert (other.number, other.items, other.state) == (1, ["pen"], "new")


def test_check_order():
    assert orders.check_order({"id": 1, "items": ["pen"], "email": "a@b.ch"}) == []
    assert orders.check_order({}) == ["id is missing", "items are missing"]
    assert orders.check_order({"id": 1, "items": [], "email": "x"}) == ["no items", "email is wrong"]


def test_is_valid_sku():
    assert orders.is_valid_sku("AB-123")
    assert not orders.is_valid_sku("Ab-123")
    assert not orders.is_valid_sku("AB-12x")
    assert not orders.is_valid_sku("AB123")


def test_luhn():
    assert orders.luhn("79927398713")
    assert not orders.luhn("79927398710")
    assert not orders.luhn("7992x")


def test_import_orders():
    got = []
    assert orders.import_orders(io.StringIO("a\n\nb\n"), got.append) == 2
    assert got == ["a", "b"]


def test_retry():
    left = [ValueError("no"), None]

    def action():
        error = left.pop(0)
        if error:
            raise error
        return "done"

    assert orders.retry(action, 3) == "done"


def test_pick_carrier():
    assert orders.pick_carrier(100, "CH", False) == "post"
    assert orders.pick_carrier(100, "CH", True) == "courier"
    assert orders.pick_carrier(100, "FR", False) == "parcel"
    assert orders.pick_carrier(50000, "FR", False) == "freight"


def test_merge_settings():
    assert orders.merge_settings({"a": {"x": 1}}, {"a": {"y": 2}}) == {"a": {"x": 1, "y": 2}}
