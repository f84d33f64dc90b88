"""A table of months and numbers, however an office or a spreadsheet writes it; each wrong line is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.hotline_table import MOST_BYTES, MonthCount, Problem, Wrong, read_file, read_text

TODAY = date(2026, 3, 2)
JANUARY, FEBRUARY = MonthCount(date(2026, 1, 1), 314), MonthCount(date(2026, 2, 1), 1228)


def wrong(text: str | bytes) -> list[Problem]:
    table = read_file(text if isinstance(text, bytes) else text.encode(), TODAY)
    assert not table.counts
    return list(table.problems)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01 314；2026-02 1228",
        "2026年1月：314件、2026年2月：1228件",
        "2026-01,314\n2026-02,1228\n",
        "month,complaints\r\n2026-01,314\r\n2026-02,1228",
        "月份；投诉件数\n\n２０２６年１月；３１４\n\n２０２６年２月；１２２８件\n",
        "month\tnumber\n2026/1\t314\t\n2026/02\t1228\t\t",
        "01/2026;314\n2.2026;1 228",
        '"2026-01","314"\n"2026-02","1,228"',
        "202601;314.0\n202602;1228.00",
        "2026-01-01;314\n2026/2/1;1228",
        "2026-01 314\n2026年2月 1228",
        "2026年1月：314\n2026年2月1228件",
    ],
)
def test_as_people_have_it(text: str) -> None:
    for encoded in (text.encode(), text.encode("utf-8-sig"), text.encode("gb18030"), text.encode("utf-16")):
        assert read_file(encoded, TODAY).counts == (JANUARY, FEBRUARY)


def test_each_line_that_is_wrong_is_named_and_nothing_is_taken() -> None:
    table = "month;complaints\n2026-01;314\n2026-13;5\n\nJan-26;7\n2026-01;300\n"
    table += "2026-03;12\n2025-12;many\n2025-11;-4\n2025-10"
    assert wrong(table) == [
        Problem(Wrong.MONTH, 3, "2026-13"),
        Problem(Wrong.MONTH, 5, "Jan-26"),
        Problem(Wrong.TWICE, 6, "2026-01", 2),
        Problem(Wrong.NOT_OVER, 7, "2026-03"),
        Problem(Wrong.NUMBER, 8, "many"),
        Problem(Wrong.NUMBER, 9, "-4"),
        Problem(Wrong.COLUMNS, 10, "2025-10"),
    ]
    assert wrong("2026-01;3;14") == [Problem(Wrong.COLUMNS, 1, "2026-01 3 14")]
    assert wrong("2026-01;3.14") == [Problem(Wrong.NUMBER, 1, "3.14")]
    assert wrong("2026-01;99999999") == [Problem(Wrong.NUMBER, 1, "99999999")]


def test_what_is_no_table_at_all() -> None:
    assert wrong("") == wrong("\n \n") == wrong("month,complaints\n") == wrong("hello there") == [Problem(Wrong.EMPTY)]
    assert wrong(b"PK\x03\x04\x14\x00\x06\x00") == [Problem(Wrong.NOT_TEXT)], "a spreadsheet's own file"
    assert wrong(b"2026-01;1\n" * MOST_BYTES) == [Problem(Wrong.TOO_LONG)]


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_named(text: str) -> None:
    table = read_text(text, TODAY)
    assert bool(table.counts) != bool(table.problems)
    assert all(each.month < TODAY and each.complaints >= 0 for each in table.counts)
    assert len({each.month for each in table.counts}) == len(table.counts)
