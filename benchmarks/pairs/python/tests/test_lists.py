from shopkit import lists


def test_chunked():
    assert lists.chunked([1, 2, 3], 2) == [[1, 2], [3]]


def test_dedupe():
    assert sorted(lists.dedupe([3, 1, 3, 2])) == [1, 2, 3]


def test_group_by():
    assert lists.group_by(["ab", "c", "de"], len) == {2: ["ab", "de"], 1: ["c"]}


def test_flatten():
    assert lists.flatten([1, [2, [3]], []]) == [1, 2, 3]


def test_find_sorted():
    assert lists.find_sorted([1, 3, 5, 7], 5) == 2
    assert lists.find_sorted([1, 3, 5, 7], 4) == -1
    assert lists.find_sorted([1, 3], 9) == -1


def test_rotate():
    items = [1, 2, 3, 4]
    lists.rotate(items, 1)
    assert items == [4, 1, 2, 3]
    lists.rotate([], 3)


def test_partition():
    assert lists.partition([1, 2, 3], lambda n: n > 1) == ([2, 3], [1])


def test_top():
    best = lists.top([(1, "a"), (3, "b"), (2, "c")], 2)
    assert best == [(3, "b"), (2, "c")]


def test_adders():
    assert [add(10) for add in lists.adders([1, 2])] == [11, 12]


def test_last_seen():
    assert lists.last_seen(iter(range(5)), 2) == [3, 4]


def test_drop_empty():
    assert lists.drop_empty([1, None, "", 2]) == [1, 2]


def test_index_of():
    assert lists.index_of([5, 6, 5], 5) == 0
    assert lists.index_of([5, 6, 5], 5, 1) == 2
    assert lists.index_of([], 5) == -1
