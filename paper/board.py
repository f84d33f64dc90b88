"""The board of promises on A3: cards in columns under each other, none cut by the edge of a sheet, each sheet dated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paper.fonts import Family, chosen, find_families
from paper.printing import Printed, Unwritable, keep, settle
from paper.sheet import GREY, WHITE, Block, Colour, Sheet, Size

BAND: Colour = (15, 76, 92)
LINE: Colour = (122, 130, 136)
SIDE, GAP, AIR = 12.0, 5.0, 4.0
"""White at the edges, between cards, and inside of them, in millimetres."""
BAND_HEIGHT = 42.0
COLUMNS = 3


@dataclass(frozen=True)
class Card:
    """A promise in words: `head` is its number and kind, `lines` say when, where and what became of it.

    `name` is whose it is, where the board may say so.
    """

    head: str
    words: str
    lines: Sequence[str]
    name: str | None = None
    number: int = 0


@dataclass(frozen=True)
class BoardOrder:
    """A board to be printed; `link` is what the QR code opens, `invitation` stands beside it."""

    name: str
    language: str
    community: str
    title: str
    day: str
    link: str
    invitation: str
    cards: Sequence[Card]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "BoardOrder":
        """An order that came as JSON."""
        return cls(**{**told, "cards": [Card(**card) for card in told["cards"]]})

    @property
    def frame(self) -> str:
        """Every letter of what is on each sheet whatever is promised."""
        heads = "".join(card.head for card in self.cards)
        return f"{self.community}{self.title}{self.day}{self.invitation}{heads}0123456789/. "

    @property
    def text(self) -> str:
        """Every letter of it but of names, which are anybody's."""
        return self.frame + "".join(f"{card.words}{''.join(card.lines)}" for card in self.cards)


def print_board(order: BoardOrder, folder: Path, families: Iterable[Family] | None = None) -> Printed:
    """Make the file in `folder`, safe on the disk. Raises Unwritable, OSError."""
    family = _choose(order, find_families((order.language,)) if families is None else families)
    folder.mkdir(parents=True, exist_ok=True)
    drawing = _Drawing(order, family)
    made = keep(folder / f"{order.name}.pdf", drawing.pdf())
    settle(folder)
    return Printed((made,), tuple(str(number) for number in drawing.left_out))


def _choose(order: BoardOrder, families: Iterable[Family]) -> Family:
    """Raises Unwritable. What somebody promised in rare letters, or calls themselves, decides about their own card
    alone."""
    family = chosen(families, order.frame, order.text)
    if family is None:
        raise Unwritable(order.frame[:20])
    return family


class _CannotBeDrawn(Exception):
    """No font of this machine can write the words of a card."""


class _Drawing:
    """The sheets, filled column by column."""

    def __init__(self, order: BoardOrder, family: Family) -> None:
        self._order = order
        self._family = family
        self.left_out: list[int] = []
        """The numbers of promises that could not be drawn."""
        self._sheet = Sheet(Size.A3, family, self._plain(order.title))
        self._width = (self._sheet.width - 2 * SIDE - (COLUMNS - 1) * GAP) / COLUMNS
        self._number = 0

    def pdf(self) -> bytes:
        """All of it."""
        column, y = COLUMNS, 0.0
        for card in self._order.cards:
            try:
                blocks = self._blocks(card)
            except _CannotBeDrawn:
                self.left_out.append(card.number)
                continue
            height = sum(block.height for block in blocks) + 2 * AIR
            if column < COLUMNS and y + height > self._sheet.height - SIDE:
                column, y = column + 1, BAND_HEIGHT + GAP
            if column >= COLUMNS:
                self._page()
                column, y = 0, BAND_HEIGHT + GAP
            self._card(blocks, SIDE + column * (self._width + GAP), y, height)
            y += height + GAP
        if not self._number:
            self._page()
        return self._sheet.pdf()

    def _page(self) -> None:
        """A new sheet: whose board it is, of which day, and the QR code; one that falls off the wall says so, too."""
        self._number += 1
        sheet, order = self._sheet, self._order
        sheet.page()
        sheet.box(0, 0, sheet.width, BAND_HEIGHT, BAND)
        side = BAND_HEIGHT - 10
        sheet.code(order.link, sheet.width - SIDE - side, 5, side)
        half = (sheet.width - 2 * SIDE - side) * 0.58
        y = sheet.put(self._block(order.community, half, 16, colour=WHITE, most=1), SIDE, 5, half, "L")
        y = sheet.put(self._block(order.title, half, 34, bold=True, colour=WHITE, most=1), SIDE, y, half, "L")
        sheet.put(self._block(f"{order.day} · {self._number}", half, 13, colour=WHITE, most=1), SIDE, y, half, "L")
        rest = sheet.width - 2 * SIDE - side - half - GAP
        invitation = self._block(order.invitation, rest, 14, colour=WHITE, most=4)
        sheet.put(invitation, SIDE + half, (BAND_HEIGHT - invitation.height) / 2, rest, "R")

    def _blocks(self, card: Card) -> list[Block]:
        """Raises _CannotBeDrawn."""
        try:
            return self._measured(card)
        except _CannotBeDrawn:
            raise
        except Exception as error:  # a font or its library that stumbles over one text: no other card suffers for it
            raise _CannotBeDrawn from error

    def _measured(self, card: Card) -> list[Block]:
        width, family = self._width - 2 * AIR, self._family
        if family.mostly_lacks(card.words):
            raise _CannotBeDrawn
        lines = [line for line in card.lines if not family.mostly_lacks(line)]
        # A name without some of its letters would be another one's.
        if card.name and not any(letter.isalnum() for letter in family.lacks(card.name)) and self._plain(card.name):
            lines.insert(0, card.name)
        return [
            self._block(card.head, width, 11, colour=GREY, most=1),
            self._block(card.words, width, 17, bold=True, most=8, least=11),
            *(self._block(line, width, 12.5, most=3) for line in lines),
        ]

    def _card(self, blocks: Sequence[Block], x: float, y: float, height: float) -> None:
        self._sheet.box(x, y, self._width, height, WHITE, LINE)
        y += AIR
        for block in blocks:
            y = self._sheet.put(block, x + AIR, y, self._width - 2 * AIR, "L")

    def _block(self, text: str, width: float, size: float, **form: Any) -> Block:
        return self._sheet.block(self._plain(text), width, size, cut=True, **form)

    def _plain(self, text: str) -> str:
        return " ".join(self._family.plain(text).split())
