"""No text in a cell is carried out by a spreadsheet, however its formula is disguised."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.core.spreadsheet_cells import CELL_LENGTH, harmless

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
BEFORE = ("", " ", "\u3000", "\ufeff", "\u200b", "\u2060", "\u202e", "\x00", "\x1c", " \u200b ")


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_begins_a_formula_stands_behind_an_apostrophe(sign: str, before: str) -> None:
    text = f"{before}{sign}HYPERLINK(1)"
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1", "\tname", "\rname", "\nname"])
def test_so_does_what_begins_with_a_tab_or_the_end_of_a_line(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", " ", "灯不亮", "3-2", "a=b", "'quoted", "Building 3, stairwell 2", "12", "第12号"]
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_what_no_cell_holds_is_cut() -> None:
    assert len(harmless("x" * 40_000)) == CELL_LENGTH and harmless("x" * 40_000).endswith("…")
    assert len(harmless("=" * 40_000)) == CELL_LENGTH
    assert harmless("x" * CELL_LENGTH) == "x" * CELL_LENGTH


@given(st.text())
def test_nothing_that_begins_so_is_left_and_nothing_is_lost(text: str) -> None:
    made = harmless(text)
    seen = "".join(letter for letter in made if unicodedata.category(letter) not in ("Cc", "Cf")).strip()
    assert not unicodedata.normalize("NFKC", seen[:1]).startswith(("=", "+", "-", "@"))
    assert made in (text, f"'{text}")
