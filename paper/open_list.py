"""The open list on A4, across: a table that goes over as many sheets as it needs, each with its headings and number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paper.fonts import Family, chosen, find_families
from paper.printing import Unwritable, keep
from paper.sheet import GREY, Block, Colour, Sheet, Size

SIDE, AIR = 12.0, 1.2
"""White at the edges, and above and below the letters of a row, in millimetres."""
SIZE, HEAD, TITLE = 9.5, 9.5, 17.0
"""Letters of rows, of headings, and of the title, in points."""
LINE: Colour = (122, 130, 136)
SHARES = (0.06, 0.28, 0.20, 0.16, 0.09, 0.09, 0.12)
"""How much of the width each column has: number, what, place, state, since, deadline, department."""


@dataclass(frozen=True)
class Section:
    """Rows of one kind below a title; `late` says of which rows the day has passed: they are bold."""

    title: str
    rows: Sequence[Sequence[str]]
    late: Sequence[bool]


@dataclass(frozen=True)
class ListOrder:
    """A list to be printed. Below the title stand `note` and `legend`, which says what bold means; `empty` is what it
    says without a row."""

    language: str
    community: str
    title: str
    day: str
    note: str | None
    legend: str | None
    headings: Sequence[str]
    empty: str
    sections: Sequence[Section]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "ListOrder":
        """An order that came as JSON."""
        return cls(**{**told, "sections": [Section(**each) for each in told["sections"]]})

    @property
    def frame(self) -> str:
        """Every letter of what is on each sheet whatever is open."""
        titles = "".join(each.title for each in self.sections)
        notes = f"{self.note or ''}{self.legend or ''}"
        return f"{self.community}{self.title}{self.day}{notes}{''.join(self.headings)}{titles}0123456789-. "

    @property
    def text(self) -> str:
        """Every letter of it."""
        return self.frame + "".join({letter for each in self.sections for row in each.rows for letter in "".join(row)})


def print_list(order: ListOrder, file: Path, families: Iterable[Family] | None = None) -> None:
    """Write the PDF, safe on the disk. Raises Unwritable, OSError."""
    family = chosen(find_families((order.language,)) if families is None else families, order.frame, order.text)
    if family is None:
        raise Unwritable(order.frame[:20])
    keep(file, _Drawing(order, family).pdf())


class _Drawing:
    """The sheets, filled from above."""

    def __init__(self, order: ListOrder, family: Family) -> None:
        self._order = order
        self._family = family
        self._sheet = Sheet(Size.A4_ACROSS, family, self._plain(order.title))
        self._width = self._sheet.width - 2 * SIDE
        self._columns = [share * self._width for share in SHARES]
        self._ends = self._sheet.height - SIDE
        self._number = 0
        self._y = 0.0

    def pdf(self) -> bytes:
        """All of it."""
        self._page()
        for section in self._order.sections:
            self._section(section)
        if not self._order.sections:
            self._write(self._order.empty, 12)
        return self._sheet.pdf()

    def _page(self) -> None:
        """A new sheet: whose list it is and of which day, on each; one that is found alone says so, too."""
        self._number += 1
        self._sheet.page()
        self._y = SIDE
        if self._number == 1:
            self._write(self._order.title, TITLE, bold=True)
        self._write(f"{self._order.community} · {self._order.day} · {self._number}", 10, colour=GREY)
        for said in (self._order.note, self._order.legend):
            if self._number == 1 and said:
                self._write(said, 10)
        self._y += AIR

    def _section(self, section: Section) -> None:
        title = self._sheet.cell(self._plain(section.title), self._width, 12, bold=True, most=1)
        heads = self._blocks(self._order.headings, HEAD, bold=True)
        for place, (row, late) in enumerate(zip(section.rows, section.late, strict=True)):
            blocks = self._blocks(row, SIZE, bold=late)
            height = _height(blocks)
            above = title.height + 2 * AIR + _height(heads) if not place else 0.0
            if self._y + above + height > self._ends:
                self._page()
                if place:
                    self._row(heads)
            if not place:
                self._y = self._sheet.put(title, SIDE, self._y + 2 * AIR, self._width, "L")
                self._row(heads)
            self._row(blocks)

    def _blocks(self, texts: Sequence[str], size: float, *, bold: bool) -> list[Block]:
        return [
            self._sheet.cell(self._plain(text), width - 2 * AIR, size, bold=bold)
            for text, width in zip(texts, self._columns, strict=True)
        ]

    def _row(self, blocks: Sequence[Block]) -> None:
        x = SIDE
        for block, width in zip(blocks, self._columns, strict=True):
            self._sheet.put(block, x, self._y + AIR, width - 2 * AIR, "L")
            x += width
        self._y += _height(blocks)
        self._sheet.line(SIDE, self._y, self._width, LINE)

    def _write(self, text: str, size: float, *, bold: bool = False, colour: Colour = (20, 20, 20)) -> None:
        block = self._sheet.cell(self._plain(text), self._width, size, bold=bold, colour=colour)
        self._y = self._sheet.put(block, SIDE, self._y, self._width, "L")

    def _plain(self, text: str) -> str:
        return " ".join(self._family.plain(text).split())


def _height(blocks: Sequence[Block]) -> float:
    return max(block.height for block in blocks) + 2 * AIR
