import unittest

from bank import Account, owed


def load_tests(loader, tests, pattern):
    tests.addTest(unittest.FunctionTestCase(check_owed))
    return tests


def check_owed():
    assert owed(100, 1) == 200


class AccountTest(unittest.TestCase):
    def test_deposit(self):
        self.assertEqual(Account().deposit(5), 5)

    def test_parts(self):
        account = Account()
        for amount in (1, 2):
            with self.subTest(amount=amount):
                self.assertGreaterEqual(account.deposit(amount), amount)

    def test_refused(self):
        with self.assertRaises(ValueError):
            Account().deposit(0)

    @unittest.skip("not now")
    def test_skipped(self):
        self.fail()

    @unittest.expectedFailure
    def test_known(self):
        self.assertEqual(owed(1, 1), 3)


class NoFixture(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("no fixture")

    def test_never_starts(self):
        pass
