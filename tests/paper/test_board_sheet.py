"""Many promises on A3: as many sheets as they want, none left out, and a letter no font has harms none."""

from pathlib import Path

import pypdfium2
import pytest

from paper.board import BoardOrder, Card, print_board
from paper.printing import Unwritable


def order(*words: str) -> BoardOrder:
    cards = [Card(f"No. {number}", text, ["kept 3 · not kept 1"]) for number, text in enumerate(words, 1)]
    return BoardOrder(
        "board", "en", "Maple Court", "Our promises", "2 March 2026", "https://t.me/x", "Scan this", cards
    )


def sheets(path: Path) -> list[str]:
    return [" ".join(each.get_textpage().get_text_range().split()) for each in pypdfium2.PdfDocument(path)]


def test_every_promise_is_there_and_every_sheet_is_dated(tmp_path: Path) -> None:
    made = print_board(order(*(f"I keep stairwell {number} clean " * 4 for number in range(100))), tmp_path)
    found = sheets(made.files[0])
    assert len(found) > 2 and all("2 March 2026" in sheet and "Maple Court" in sheet for sheet in found)
    assert all(f"No. {number} I keep" in " ".join(found) for number in range(1, 101))


def test_an_empty_board_is_a_sheet_all_the_same(tmp_path: Path) -> None:
    assert len(sheets(print_board(order(), tmp_path).files[0])) == 1


def test_a_letter_that_no_font_has_is_left_out(tmp_path: Path) -> None:
    [sheet] = sheets(print_board(order("I sing \U0001fae8 every morning"), tmp_path).files[0])
    assert "I sing every morning" in sheet


def test_without_any_font_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unwritable):
        print_board(order("x"), tmp_path, [])
