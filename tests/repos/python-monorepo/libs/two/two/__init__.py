import one


def value():
    return one.value() + "two"
