"""A document of one or more pages: words that fit, boxes, QR codes. All measures are millimetres, of letters points."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import pypdfium2
import segno
from fpdf import FPDF

from paper.fonts import Family
from paper.wrap import balanced, broken, wrap

# It tells of each table of a font that it leaves out, some hundred lines a sheet.
logging.getLogger("fontTools").setLevel(logging.ERROR)
POINT = 25.4 / 72
Colour = tuple[int, int, int]
BLACK: Colour = (20, 20, 20)
GREY: Colour = (90, 90, 90)
WHITE: Colour = (255, 255, 255)


class Size(Enum):
    """Paper, upright where it is not said otherwise: width and height."""

    A4 = (210.0, 297.0)
    A4_ACROSS = (297.0, 210.0)
    A3 = (297.0, 420.0)


@dataclass(frozen=True)
class Block:
    """A text in lines that fit into a width; `size` in points."""

    lines: Sequence[str]
    size: float
    bold: bool
    colour: Colour

    @property
    def height(self) -> float:
        """What it takes from top to bottom."""
        return len(self.lines) * self.leading

    @property
    def leading(self) -> float:
        """From one line to the next; Chinese letters fill their square and want air."""
        return self.size * POINT * 1.32


class Sheet:
    """Pages of one size in one family of fonts."""

    def __init__(self, size: Size, family: Family, title: str = "") -> None:
        self.width, self.height = size.value
        self._pdf = FPDF(unit="mm", format=size.value)
        self._pdf.set_auto_page_break(False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_title(title)
        self._name = "helvetica"
        for style, font in (("", family.regular), ("B", family.bold)):
            if font is not None:
                self._name = "main"
                self._pdf.add_font("main", style, font.path, collection_font_number=font.number)

    def page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()

    def block(
        self, text: str, width: float, size: float, *, bold: bool = False, colour: Colour = BLACK, most: int = 2,
        least: float = 8.0, cut: bool = False,
    ) -> Block:  # fmt: skip
        """A text to be put somewhere: as large as fits into `most` lines, from `size` down to `least`.

        What does not fit even so takes more lines; with `cut` it ends in dots. An emergency number is never cut.
        """
        while True:
            self._font(size, bold)
            lines = balanced(text, width, self._pdf.get_string_width)
            fits = len(lines) <= most and all(self._pdf.get_string_width(line) <= width for line in lines)
            if fits:
                return Block(lines, size, bold, colour)
            if size <= least:
                lines = [part for line in lines for part in broken(line, width, self._pdf.get_string_width)]
                return Block(self._cut(lines, most, width) if cut else lines, size, bold, colour)
            size = max(least, size * 0.94)

    def cell(
        self, text: str, width: float, size: float, *, bold: bool = False, colour: Colour = BLACK, most: int = 3
    ) -> Block:
        """A text of a table: `most` lines of that size, filled from the left; what does not fit ends in dots."""
        self._font(size, bold)
        measure = self._pdf.get_string_width
        lines = [part for line in wrap(text, width, measure) for part in broken(line, width, measure)]
        return Block(self._cut(lines, most, width), size, bold, colour)

    def line(self, x: float, y: float, width: float, colour: Colour) -> None:
        """A thin line from left to right."""
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(0.2)
        self._pdf.line(x, y, x + width, y)

    def _cut(self, lines: Sequence[str], most: int, width: float) -> Sequence[str]:
        """So many lines; where some are left out, the last one says so."""
        measure = self._pdf.get_string_width
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        while last and measure(f"{last}...") > width:
            last = last[:-1]
        return [*lines[: most - 1], f"{last.rstrip()}..."]

    def put(self, block: Block, x: float, y: float, width: float, align: str = "C") -> float:
        """Write a block into a column; returns where it ends. `align`: L, C or R."""
        self._font(block.size, block.bold)
        self._pdf.set_text_color(*block.colour)
        for line in block.lines:
            self._pdf.set_xy(x, y)
            self._pdf.cell(width, block.leading, line, align=align)
            y += block.leading
        return y

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, line: Colour | None = None) -> None:
        """A filled box, with a border where `line` is a colour."""
        self._pdf.set_fill_color(*colour)
        if line is not None:
            self._pdf.set_draw_color(*line)
            self._pdf.set_line_width(0.8)
        self._pdf.rect(x, y, width, height, style="F" if line is None else "DF")

    def image(self, png: bytes, x: float, y: float, width: float, words: str) -> None:
        """A picture as wide as that; `words` say what is to be seen, for those who do not see it."""
        self._pdf.image(io.BytesIO(png), x=x, y=y, w=width, alt_text=words)

    def code(self, link: str, x: float, y: float, side: float) -> None:
        """A QR code with the white around it that readers need, as lines of black: sharp at any size."""
        made = segno.make(link, error="m", micro=False)
        rows = [list(row) for row in made.matrix_iter(border=4)]
        module = side / len(rows)
        self.box(x, y, side, side, WHITE)
        self._pdf.set_fill_color(0, 0, 0)
        for down, row in enumerate(rows):
            start = None
            for across, dark in enumerate([*row, 0]):
                if dark and start is None:
                    start = across
                elif not dark and start is not None:
                    # A little taller than its row, so that no printer leaves a white hair between two.
                    self._pdf.rect(x + start * module, y + down * module, (across - start) * module, module * 1.02, "F")
                    start = None
        self._pdf.link(x, y, side, side, link)

    def pdf(self) -> bytes:
        """The document."""
        return bytes(self._pdf.output())

    def _font(self, size: float, bold: bool) -> None:
        self._pdf.set_font(self._name, "B" if bold else "", size)


def single(pdf: bytes, page: int) -> bytes:
    """One page of a document, as a document."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document, pypdfium2.PdfDocument.new() as alone:
        alone.import_pages(document, [page])
        alone.save(out)
    return out.getvalue()


def picture(pdf: bytes, page: int = 0, dots: int = 200) -> bytes:
    """A page of a document as PNG, with so many dots an inch: what is printed is what is seen."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=dots / 72).to_pil().convert("RGB")
    image.save(out, "PNG", dpi=(dots, dots))
    return out.getvalue()
