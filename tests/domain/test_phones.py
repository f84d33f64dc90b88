"""Telephone numbers: what people say is taken, what cannot be one is not."""

import pytest

from domain.phones import phone_number


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("138 0013 8000", "138 0013 8000"),
        ("+86 (10) 6552-9988", "+86 (10) 6552-9988"),
        ("  ０１０－６５５２９９８８ ", "010-65529988"),
        ("65529988转203", "65529988转203"),
        ("030/123456 ext. 7", "030/123456 ext. 7"),
        ("8217", "8217"),
    ],
)
def test_taken(said: str, kept: str) -> None:
    assert phone_number(said) == kept


@pytest.mark.parametrize("said", ["", "none", "12", "call me", "138 0013 8000 or so", "1" * 30, "+", "12a45"])
def test_not_taken(said: str) -> None:
    assert phone_number(said) is None
