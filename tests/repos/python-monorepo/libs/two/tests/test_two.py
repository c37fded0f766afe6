from two import value


def test_value():
    assert value() == "onetwo"
