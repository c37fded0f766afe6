def value():
    return "one"
