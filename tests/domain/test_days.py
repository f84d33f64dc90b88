"""A day as people write it."""

from datetime import date

import pytest

from domain.days import parse_day

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
        ("31.2.", None),
        ("2026-13-01", None),
        ("soon", None),
        ("", None),
        ("99999-01-01", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day
