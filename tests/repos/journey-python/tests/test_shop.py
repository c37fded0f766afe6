from shop import Basket, grade


def test_grade_of_nothing():
    assert grade(None) == "none"


def test_grades():
    assert [grade(11), grade(10), grade(0)] == ["good", "bad", "bad"]


def test_total():
    assert Basket([3, 0, 5]).total(1) == 6
    assert Basket([3]).total(None) == 0
