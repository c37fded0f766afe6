"""Accounts."""


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("nothing to deposit")
        self.balance += amount
        return self.balance


def owed(amount, rate):
    interest = amount * rate
    return amount + interest
