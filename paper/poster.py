"""The poster of a place: scan it, and a report begins there. A4, in one language or several under each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from paper.sheet import GREY, WHITE, Block, Colour, Sheet

BAND: Colour = (15, 76, 92)
SIDE = 18.0
"""The white at the left and right, in millimetres."""
GAP = 4.5
LARGEST = 140.0
"""Of the QR code: larger than this no phone reads it better."""


@dataclass(frozen=True)
class Wording:
    """What a poster says in one language. `place` is empty on the poster of the whole community."""

    community: str
    purpose: str
    how: str
    here: str
    place: str
    danger: str

    @property
    def all(self) -> str:
        """Every letter of it."""
        return f"{self.community}{self.purpose}{self.how}{self.here}{self.place}{self.danger}"


@dataclass(frozen=True)
class Poster:
    """One sheet: where its QR code leads, that link in letters, and the words of each language, the first on top."""

    link: str
    letters: str
    words: Sequence[Wording]


def draw(sheet: Sheet, poster: Poster) -> None:
    """Draw it on a new page. What has no room is written smaller; the QR code takes what is left, and much of it."""
    sheet.page()
    width = sheet.width - 2 * SIDE
    words = poster.words
    names = list(dict.fromkeys(each.community for each in words))  # one that is not translated stands there once
    titles = [
        sheet.block(name, width, 26 if place else 38, bold=True, colour=WHITE, most=1 if place else 2)
        for place, name in enumerate(names)
    ]
    band = _height(titles) + 16
    sheet.box(0, 0, sheet.width, band, BAND)
    _put(sheet, titles, 8, width)

    purposes = [sheet.block(each.purpose, width, 25, bold=True, most=1, least=19) for each in words]
    hows = [sheet.block(each.how, width, 13, colour=GREY) for each in words]
    places: list[Block] = []
    for number, each in enumerate(words):
        if each.place:
            places.append(sheet.block(each.here, width, 13, colour=GREY, most=1))
            size = 24 if number else 28
            places.append(sheet.block(each.place, width, size, bold=True, colour=BAND, most=1, least=17))
    dangers = [sheet.block(each.danger, width, 10.5, colour=GREY, most=2, least=9.5) for each in words if each.danger]
    link = sheet.block(poster.letters, width, 15, bold=True, most=1)

    bottom = sheet.height - 11
    for blocks in (dangers, [link], places, hows):
        if blocks:
            bottom -= _height(blocks)
            _put(sheet, blocks, bottom, width)
            bottom -= GAP
    top = _put(sheet, purposes, band + GAP, width)
    side = min(bottom - top, width, LARGEST)
    sheet.code(poster.link, (sheet.width - side) / 2, (top + bottom - side) / 2, side)


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _put(sheet: Sheet, blocks: Sequence[Block], y: float, width: float) -> float:
    for block in blocks:
        y = sheet.put(block, SIDE, y, width)
    return y
