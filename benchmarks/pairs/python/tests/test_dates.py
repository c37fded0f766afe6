import pytest

from shopkit import dates


@pytest.mark.parametrize(("year", "leap"), [(2024, True), (2023, False), (1900, False)])
def test_is_leap(year, leap):
    assert dates.is_leap(year) is leap


def test_days_in_month():
    assert [dates.days_in_month(2023, m) for m in range(1, 13)] == [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]
    assert dates.days_in_month(2024, 2) == 29
    with pytest.raises(ValueError):
        dates.days_in_month(2024, 13)


def test_add_months():
    assert dates.add_months(2024, 11, 3) == (2025, 2)


def test_overlaps():
    assert dates.overlaps((1, 5), (4, 6))
    assert not dates.overlaps((1, 2), (4, 6))


def test_merge_intervals():
    assert dates.merge_intervals([(5, 8), (1, 3), (2, 4)]) == [(1, 4), (5, 8)]


def test_parse_time():
    assert dates.parse_time("08:30") == 510
    for wrong in ("8", "24:00", "aa:00"):
        with pytest.raises(ValueError):
            dates.parse_time(wrong)


def test_working_days():
    assert dates.working_days(0, 7) == 5
    assert dates.working_days(3, 3) == 0
