def late(number):
    result = number + 1
    return result
