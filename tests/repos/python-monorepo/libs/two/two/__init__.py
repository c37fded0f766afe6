def value():
    return "two"
