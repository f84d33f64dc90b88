"""Many promises on A3: as many sheets as they want, none left out, and a letter no font has harms none."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from paper.board import BoardOrder, Card, print_board
from paper.fonts import BUILT_IN, Family
from paper.printing import Unwritable
from paper.sheet import Sheet, Size


def test_a_font_that_lacks_a_dash_writes_another_one() -> None:
    """Hours without any dash would be no hours: 19:0020:00."""
    assert BUILT_IN.plain("19:00–20:00, “it’s fine” …路灯") == '19:00-20:00, "it\'s fine" ...'


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


RARE = "".join(chr(0x1F900 + at % 200) + chr(0x13000 + at) for at in range(60))
"""Letters of which hardly a font has one."""
CARDS = {
    "a name in rare letters": Card("No. 7", "I sing", ["kept 1"], "\U00013000\U00013001\U00013002", 7),
    "a name of 120 odd letters": Card("No. 7", "I sing", ["kept 1"], RARE, 7),
    "a name without an end": Card("No. 7", "I sing", ["kept 1"], "W" * 129, 7),
    "a name of towers": Card("No. 7", "I sing", ["kept 1"], "Z" + "\u0335" * 100, 7),
    "a name that turns round": Card("No. 7", "I sing", ["kept 1"], "\u202eiuH\u202c \u0645\u0631\u062d\u0628\u0627", 7),
    "a name of several lines": Card("No. 7", "I sing", ["kept 1"], "Hui\n\n\nand\u2028all", 7),
    "a name of nothing": Card("No. 7", "I sing", ["kept 1"], "\u200b\u200d\ufeff", 7),
    "half a letter": Card("No. 7", "I sing", ["kept 1"], "Hui\ud83d", 7),
    "words in rare letters": Card("No. 7", RARE, ["kept 1"], "Hui", 7),
    "words without an end": Card("No. 7", "w" * 300, ["kept 1"], "Hui", 7),
}


@pytest.mark.parametrize("case", CARDS)
@pytest.mark.parametrize("families", [None, [BUILT_IN]])
def test_a_card_that_is_hard_to_draw_harms_no_other(tmp_path: Path, case: str, families: list[Family] | None) -> None:
    ordinary = order("I keep the stairs clean", "I water the flowers")
    made = print_board(replace(ordinary, cards=[ordinary.cards[0], CARDS[case], ordinary.cards[1]]), tmp_path, families)
    [sheet] = sheets(made.files[0])
    assert "I keep the stairs clean" in sheet and "I water the flowers" in sheet
    assert made.left_out == (("7",) if case == "words in rare letters" else ())
    assert ("No. 7" in sheet) == (not made.left_out)


def test_a_name_that_lacks_a_letter_is_left_out_whole(tmp_path: Path) -> None:
    named = Card("No. 7", "I sing", ["kept 1"], "Hui \U00013000", 7)
    smiling = Card("No. 8", "I sing", ["kept 1"], "Bo \U0001fae8", 8)
    [sheet] = sheets(print_board(replace(order(), cards=[named, smiling]), tmp_path, [BUILT_IN]).files[0])
    assert "Hui" not in sheet and "Bo" in sheet


def test_no_line_is_wider_than_its_card_and_no_card_longer_than_a_sheet(tmp_path: Path) -> None:
    drawing = Sheet(Size.A3, BUILT_IN)
    block = drawing.block("W" * 2000, 60, 12, most=3, cut=True)
    assert len(block.lines) == 3 and block.lines[-1].endswith("...")


def test_without_any_font_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unwritable):
        print_board(order("x"), tmp_path, [])
