from one import value


def test_value():
    assert value() == "one"
