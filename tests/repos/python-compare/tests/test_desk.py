import asyncio
import datetime
import io
import warnings

import pytest

import desk


def test_grade():
    assert desk.grade(95) == "best"
    assert desk.grade(50) == "good"


def test_clamp():
    assert desk.clamp(5) == 5


def test_mean():
    assert desk.mean([1, 2, 3]) == 2


def test_sort_in_place():
    assert desk.sort_in_place([1, 2]) is None


def test_first_word():
    assert desk.first_word("one two") == "one"


def test_digits():
    assert desk.digits("a1b2") == [1, 2]


def test_whole():
    assert desk.whole(1)


def test_countdown():
    assert next(desk.countdown(3)) == 3


def test_doubled():
    assert asyncio.run(desk.doubled(2)) == 4


def test_shout():
    assert desk.shout("a") is None


def test_old():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert desk.old(1) == 1


def test_checked():
    assert desk.checked(3) == 3


def test_merged():
    assert desk.merged({"a": 1}, {"b": 2}) == {"a": 1, "b": 2}


def test_chosen():
    assert desk.chosen("high") == 100


def test_noted():
    desk.noted("x")


def test_unique():
    assert desk.unique([1, 2]) == [1, 2]


def test_same():
    assert desk.same([1]) == [1]


def test_joined():
    assert desk.joined("a", "b", x=1) == "a, bx"


def test_account():
    account = desk.Account("ann", 10)
    assert account.deposit(5) == 15
    assert not account.is_rich
    assert desk.Account.fee(10) == 1
    assert account == desk.Account("ann")
    assert len({account}) == 1


def test_stack():
    stack = desk.Stack()
    stack.push(1)
    assert stack.items


def test_scaler():
    assert desk.scaler(2)(3) == 6


def test_marked():
    assert hash(desk.Marked((1,), len)) == hash(len)
    assert hash(desk.Marked((1,), max)) == 1
    assert hash(desk.Marked((1,), id))


def test_lottery():
    assert desk.lottery(1) >= 0


def test_saved(tmp_path):
    assert desk.saved(tmp_path / "x", "abc") == 3


def test_started():
    assert desk.started("a") == b"a\n"


def test_consumed():
    assert desk.consumed(number for number in [1, 2]) == 3


def test_opened(tmp_path):
    with open(tmp_path / "x", "w") as file:
        assert desk.opened(file)


def test_factorial():
    assert desk.factorial(4) == 24


def test_place_in():
    assert desk.place_in([1, 3, 5], 3) == 1
    assert desk.place_in([1, 3], 4) == -1


def test_shared():
    assert shared_sum() == 7


def shared_sum():
    return sum(desk.shared(7, 3))


def test_quarter():
    assert desk.quarter(5) == 2


def test_grouped():
    assert desk.grouped(["ab", "c"], len) == {2: ["ab"], 1: ["c"]}


def test_kept_if():
    least = 1
    assert desk.kept_if([1, 2, 3], lambda number: number > least) == [2, 3]


def test_last_ones():
    assert desk.last_ones(iter(range(5)), 2) == [3, 4]


def test_deep_merge():
    assert desk.deep_merge({"a": {"b": 1}}, {"a": {"c": 2}}) == {"a": {"b": 1, "c": 2}}


def test_ticket():
    assert desk.Ticket.first("a").number == 1
    assert desk.Ticket(1) < desk.Ticket(2)
    assert not desk.Ticket(1, "a") < desk.Ticket(1, "b")


def test_remembered():
    assert desk.remembered(abs)(-2) == 2


def test_entries():
    assert desk.entries(io.StringIO("a\n# no\nb\n")) == ["a", "b"]


def test_week_end():
    assert desk.week_end(datetime.date(2024, 5, 1)) == datetime.date(2024, 5, 5)


def test_next_day():
    assert desk.next_day(datetime.date(2024, 5, 1), 4) == datetime.date(2024, 5, 3)


def test_renamed():
    assert desk.renamed({"a": 1}, {"a": 2}) == ["a"]


def test_runs():
    assert desk.runs("aab") == ["aa", "b"]


def test_report():
    assert desk.report([(1, "a"), (2, "b")]) == ["1 a", "2 b"]


def test_last_by():
    assert desk.last_by(["bb", "a"], lambda item: -len(item)) == (-1, "a")
    assert desk.last_by(["a", "bb"], len) == (2, "bb")


def test_setting():
    layers = [{"db": {"host": "h"}}, {"web": {"port": 1}}]
    assert desk.setting(layers, "web.port") == 1


def test_is_under():
    assert desk.is_under("/x", "/x/y")


def test_reserved():
    assert desk.reserved({"nut": 2}, [("nut", 1), ("nut", 1)]) == {"nut": 2}
    with pytest.raises(ValueError):
        desk.reserved({"nut": 2}, [("nut", 3)])


def test_rows_of():
    assert desk.rows_of(io.BytesIO(b"one\ntwo")) == [b"one", b"two"]


def test_paragraphs():
    assert list(desk.paragraphs([" a ", "b"])) == ["a", "b"]


def test_tried():
    entries = ["a"]
    with desk.tried(entries) as found:
        assert found is entries


def test_attempted():
    assert desk.attempted(lambda: 1, []) == 1


def test_with_names():
    assert desk.with_names({"colour": "color"})(colour="red") == {"color": "red"}


def test_sum_from():
    assert desk.sum_from([(1, 2), (5, 4), (9, 1)]) == 7
    assert desk.sum_from([(1, 2), (5, 4), (9, 1)], 5) == 5


def test_spread():
    assert desk.spread(b"abcde", 2) == 3


def test_ids_of():
    assert desk.ids_of([(1, "a")]) == [1]


def test_count_and_sum():
    assert desk.count_and_sum([1, 2, 4]) == (3, 7)


def test_crumbs():
    assert desk.crumbs("/halls/east") == ["halls", "east"]


def test_zeros():
    assert list(desk.zeros([1, 2])) == [[0], [0, 0]]
    assert sum(map(len, desk.zeros([3000, 1]))) == 3001
