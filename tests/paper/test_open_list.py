"""The open list on paper: every row is on a sheet, each sheet has its headings and its number, nothing runs out."""

from pathlib import Path

import pypdfium2
import pytest

from paper.fonts import BUILT_IN
from paper.open_list import ListOrder, Section, print_list
from paper.printing import Unwritable
from tests.paper.test_posters import chinese

HEADINGS = ("No.", "What it is about", "Place", "State", "Since", "Deadline", "Department")


def order(rows: int, what: str = "Lamp is dark", **more: object) -> ListOrder:
    found = [
        (
            str(number),
            f"{what} {number}",
            "North side, Building 3",
            "NEW",
            "2026-11-01",
            "2026-11-05",
            "Property office",
        )
        for number in range(1, rows + 1)
    ]
    sections = [Section(f"Reports ({rows})", found, [number % 2 == 0 for number in range(rows)])] if rows else []
    given = {
        "language": "en", "community": "Maple Court", "title": "Open list", "day": "As it stands on Monday",
        "note": "Not on this list: 2 reports.", "legend": "Bold: the deadline has passed.",
        "headings": HEADINGS, "empty": "Nothing is open.", "sections": sections,
    }  # fmt: skip
    return ListOrder(**{**given, **more})  # type: ignore[arg-type]


def pages(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_many_rows_go_over_several_sheets_and_none_is_lost(tmp_path: Path) -> None:
    print_list(order(100), tmp_path / "open.pdf", [BUILT_IN])
    found = pages(tmp_path / "open.pdf")
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert "Department" in page and f"Monday · {number}" in page and "Maple Court" in page
    assert (
        "Not on this list: 2 reports." in found[0]
        and "Bold: the deadline" in found[0]
        and "Open list" in found[0]
        and "Reports (100)" in found[0]
    )
    assert sum(page.count("Lamp is dark") for page in found) == 100


def test_nothing_is_drawn_beyond_the_edge(tmp_path: Path) -> None:
    print_list(order(40, "Word" * 60), tmp_path / "open.pdf", [BUILT_IN])
    with pypdfium2.PdfDocument(tmp_path / "open.pdf") as document:
        for page in document:
            width, height = page.get_size()
            for thing in page.get_objects():
                left, bottom, right, top = thing.get_bounds()
                assert left >= 0 and bottom >= 0 and right <= width and top <= height


def test_of_nothing_that_is_said(tmp_path: Path) -> None:
    print_list(order(0, note=None), tmp_path / "open.pdf", [BUILT_IN])
    (page,) = pages(tmp_path / "open.pdf")
    assert "Nothing is open." in page


def test_a_rare_letter_is_left_out_and_the_rest_is_there(tmp_path: Path) -> None:
    print_list(order(1, "Lamp 灯"), tmp_path / "open.pdf", [BUILT_IN])
    assert "Lamp 1" in pages(tmp_path / "open.pdf")[0]


def test_a_list_nobody_could_read_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Unwritable):
        print_list(
            order(1, community="枫林苑社区居民委员会", title="未办结清单", headings=("编号",) * 7),
            tmp_path / "open.pdf",
            [BUILT_IN],
        )
    assert not list(tmp_path.iterdir())


@chinese
def test_in_chinese(tmp_path: Path) -> None:
    print_list(order(3, "路灯不亮", language="zh_Hans", community="枫林苑", title="未办结清单"), tmp_path / "open.pdf")
    (page,) = pages(tmp_path / "open.pdf")
    assert "未办结清单" in page and "路灯不亮 3" in page
