import parcels
from fractions import Fraction


def test_parcels():
    assert parcels.days(parcels.Speed.SLOW) == 9
    assert parcels.stickers(parcels.Mark.FRAGILE) == "f"
    assert not parcels.abroad(parcels.Parcel(3))
    assert parcels.label(2) == "2 pieces"
    assert parcels.overhang(parcels.Box(4, 1), parcels.Box(3, 1)) == 1
    assert parcels.ordered({"item": "a", "count": 2}) == 2
    assert parcels.next_number(parcels.Number(1)) == 2
    assert parcels.part(Fraction(1, 2), Fraction(3, 4)) == Fraction(2, 3)
    assert parcels.labels(parcels.Drawer({"b": 1, "a": 2}), "c") == ["c", "a", "b"]
    assert not parcels.is_lucky(3)
    assert parcels.untyped(2, 3) == 6
    one, other = parcels.Parcel(2), parcels.Parcel(0)
    assert parcels.heavier(one, other) is parcels.heavier(other, one) is one
