"""A day as people write it."""

from datetime import date

import pytest

from domain.language.days import parse_day, parse_weekdays

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        (" 5.12. ", date(2026, 12, 5)),
        ("5.12", date(2026, 12, 5)),
        ("5. 12. 2027", date(2027, 12, 5)),
        ("25.11.", TODAY),
        ("24.11.", date(2027, 11, 24)),
        ("12月5日", date(2026, 12, 5)),
        ("2027年1月3号", date(2027, 1, 3)),
        ("5 December", date(2026, 12, 5)),
        ("Saturday, 5 December", date(2026, 12, 5)),
        ("the 5th of December", date(2026, 12, 5)),
        ("Dec 5th, 2027", date(2027, 12, 5)),
        ("30 sept", date(2027, 9, 30)),
        ("31/12", date(2026, 12, 31)),
        ("12/31/2027", date(2027, 12, 31)),
        ("5/5", date(2027, 5, 5)),
        ("5/6", None),
        ("十二月三十一日", date(2026, 12, 31)),
        ("12月5日星期六", date(2026, 12, 5)),
        ("31 February", None),
        ("31 Decembers", None),
        ("31.2.", None),
        ("2026-13-01", None),
        ("soon", None),
        ("", None),
        ("99999-01-01", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Saturday and Sunday", {5, 6}),
        ("every Sat, Sun", {5, 6}),
        ("Tuesdays", {1}),
        ("Mon Wed Thurs", {0, 2, 3}),
        ("at the weekend", None),
        ("Weekends", {5, 6}),
        ("周六和周日", {5, 6}),
        ("每周六、日", {5, 6}),
        ("星期一，星期三", {0, 2}),
        ("礼拜天", {6}),
        ("周末", {5, 6}),
        ("Monday to Friday", None),
        ("not on Sunday", None),
        ("周一到周五", None),
        ("sunny", None),
        ("", None),
    ],
)
def test_weekdays(text: str, days: set[int] | None) -> None:
    assert parse_weekdays(text) == (frozenset(days) if days is not None else None)
