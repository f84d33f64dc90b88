"""A report's number is understood in every way in which the bot writes it."""

import pytest

from domain.core.subjects import written_number


@pytest.mark.parametrize(
    "words",
    [
        "12",
        "#12",
        "No. 12",
        "no.12",
        "Report no. 12",
        "12号",
        "１２号",
        "第12号",
        "第 12 号",
        "第12号诉求",
        "第12号反映",
        "第12号。",
    ],
)
def test_the_number_is_read_as_it_is_written(words: str) -> None:
    assert written_number(words) == 12


@pytest.mark.parametrize(
    "words", ["", "第号", "12号楼", "第12条", "12 13", "12%", "no", "第一个", "3号楼2单元", "9" * 40]
)
def test_anything_else_is_no_number(words: str) -> None:
    assert written_number(words) is None
