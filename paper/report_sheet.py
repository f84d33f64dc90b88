"""A report on paper, A4, to be handed on or hung up: sentences, each side's word, charts, small print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paper.chart import Chart
from paper.chart_canvas import AIR
from paper.fonts import Family, find_families
from paper.printing import Printed, Unwritable, keep, settle
from paper.sheet import BLACK, GREY, WHITE, Block, Colour, Sheet, Size

BAND: Colour = (15, 76, 92)
LINE: Colour = (122, 130, 136)
SIDE, GAP, FOOT, HEAD = 18.0, 6.0, 16.0, 10.0
"""White at the sides, between what stands under each other, below, and above on later sheets, in millimetres."""
CHART_WIDTH = 640
"""In pixels of a chart, so that its letters are as large as those of a book, or larger."""
SHARP = 3.2
"""So many dots for each of them: 300 an inch."""


@dataclass(frozen=True)
class Side:
    """What one side says: who, a number, and what that is."""

    side: str
    number: str
    words: str


@dataclass(frozen=True)
class ReportOrder:
    """A report to be printed, in one language. `foot` stands on each sheet, `notes` in small letters at the end."""

    name: str
    language: str
    community: str
    title: str
    dates: str
    sentences: Sequence[str]
    sides: Sequence[Side]
    charts: Sequence[Chart]
    notes: Sequence[str]
    foot: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "ReportOrder":
        """An order that came as JSON. Raises ValueError."""
        sides, charts = [Side(**each) for each in told["sides"]], [Chart.of(each) for each in told["charts"]]
        return cls(**{**told, "sides": sides, "charts": charts})

    @property
    def text(self) -> str:
        """Every letter of it."""
        words = [self.community, self.title, self.dates, self.foot, *self.sentences, *self.notes]
        words += [f"{each.side}{each.number}{each.words}" for each in self.sides]
        return "".join((*words, *(each.text for each in self.charts))) + "0123456789/ "


def print_report(order: ReportOrder, folder: Path, families: Iterable[Family] | None = None) -> Printed:
    """Make the file in `folder`, safe on the disk. Raises Unwritable, OSError."""
    found = list(find_families((order.language,)) if families is None else families)
    family = min(found, key=lambda each: len(each.lacks(order.text)))
    missing = "".join(letter for letter in family.lacks(order.text) if letter.isalnum())
    if missing:
        raise Unwritable(missing)
    folder.mkdir(parents=True, exist_ok=True)
    made = keep(folder / f"{order.name}.pdf", _Drawing(order, family, found).pdf())
    settle(folder)
    return Printed((made,), ())


class _Drawing:
    """The sheets, filled from top to bottom."""

    def __init__(self, order: ReportOrder, family: Family, families: Sequence[Family]) -> None:
        self._order = order
        self._family = family
        self._families = families
        self._sheet = Sheet(Size.A4, family, self._plain(order.title))
        self._width = self._sheet.width - 2 * SIDE
        self._number = 0
        self._y = 0.0

    def pdf(self) -> bytes:
        """All of it."""
        self._first_page()
        for sentence in self._order.sentences:
            self._put(self._block(sentence, 14, most=99), GAP * 0.6)
        self._sides()
        self._charts()
        between = "" if self._order.language.startswith("zh") else " "
        self._put(self._block(between.join(self._order.notes), 9.5, most=99, colour=GREY), 0)
        return self._sheet.pdf()

    def _first_page(self) -> None:
        order, sheet = self._order, self._sheet
        self._page()
        head = [
            self._block(order.community, 17, colour=WHITE, most=1),
            self._block(order.title, 30, bold=True, colour=WHITE, most=2, least=18),
            self._block(order.dates, 15, colour=WHITE, most=1),
        ]
        height = sum(each.height for each in head) + 18
        sheet.box(0, 0, sheet.width, height, BAND)
        y = 9.0
        for each in head:
            y = sheet.put(each, SIDE, y, self._width, "L")
        self._y = height + GAP + 2

    def _sides(self) -> None:
        """Boxes of the same size beside each other, so that no side's word stands larger than another's."""
        sides = self._order.sides
        if not sides:
            return
        width = (self._width - GAP * (len(sides) - 1)) / len(sides)
        inner = width - 8
        boxes = [
            [
                self._block(each.side, 13, most=1, width=inner, colour=GREY),
                self._block(each.number, 26, bold=True, most=1, width=inner),
                self._block(each.words, 11.5, most=4, width=inner),
            ]
            for each in sides
        ]
        height = max(sum(block.height for block in box) for box in boxes) + 8
        self._room(height + GAP)
        top = self._y + 2
        for at, box in enumerate(boxes):
            x = SIDE + at * (width + GAP)
            self._sheet.box(x, top, width, height, WHITE, LINE)
            y = top + 4
            for block in box:
                y = self._sheet.put(block, x + 4, y, inner, "L")
        self._y = top + height + GAP

    def _charts(self) -> None:
        """Each on the sheet that has room for it, in their order as far as that leaves no sheet half empty."""
        from paper.chart_drawing import DrawnCharts  # what draws them is large

        # Their own white is left out: words of a chart begin where those of the report do.
        scale = self._width / (CHART_WIDTH - 2 * AIR)
        waiting = [(each, DrawnCharts(each.name, [each], CHART_WIDTH, self._families)) for each in self._order.charts]
        while waiting:
            room = self._sheet.height - FOOT - self._y
            fitting = next((each for each in waiting if each[1].height * scale <= room), None)
            if fitting is None and self._y > HEAD:
                self._page()
                continue
            chart, drawn = fitting or waiting[0]
            waiting.remove((chart, drawn))
            shrunk = min(scale, room / drawn.height)
            left = SIDE - AIR * shrunk
            self._sheet.image(drawn.png(SHARP), left, self._y, CHART_WIDTH * shrunk, chart.description)
            self._y += drawn.height * shrunk

    def _put(self, block: Block, gap: float) -> None:
        self._room(block.height)
        self._y = self._sheet.put(block, SIDE, self._y, self._width, "L") + gap

    def _room(self, height: float) -> None:
        """Begin a sheet where that much has no room on this one."""
        if self._y + height > self._sheet.height - FOOT:
            self._page()

    def _page(self) -> None:
        self._sheet.page()
        self._number += 1
        foot = self._block(f"{self._order.foot} · {self._number}", 9.5, most=1, colour=GREY)
        self._sheet.put(foot, SIDE, self._sheet.height - FOOT + 6, self._width, "L")
        self._y = HEAD

    def _block(
        self, text: str, size: float, *, most: int, width: float | None = None, bold: bool = False,
        colour: Colour = BLACK, least: float = 9.0,
    ) -> Block:  # fmt: skip
        wide = self._width if width is None else width
        return self._sheet.block(
            self._plain(text), wide, size, bold=bold, colour=colour, most=most, least=min(least, size)
        )

    def _plain(self, text: str) -> str:
        return " ".join(self._family.plain(text).split())
