"""Draws charts: as SVG for a page, as PNG for a chat or for paper. Vega-Lite does it, fetching nothing from anywhere.

The SVG keeps words as words, with a title and a description for screen readers; it holds no script and no address.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import vl_convert
from fontTools.ttLib import TTFont

from paper.chart import Chart, ChartOrder
from paper.chart_canvas import patterns
from paper.chart_forms import specification
from paper.fonts import Family, find_families
from paper.printing import Printed, Unwritable, keep, settle

SHARP = 3.0
"""So many dots of a PNG for a pixel of a page."""
_SVG = "http://www.w3.org/2000/svg"
# What a page falls back on where the reader's machine lacks the font that is here.
_ELSEWHERE = "PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans, Helvetica, Arial, sans-serif"


def draw_charts(order: ChartOrder, folder: Path, families: Iterable[Family] | None = None) -> Printed:
    """Make the files in `folder`, safe on the disk, in the order of the charts. Raises Unwritable, OSError."""
    found = list(find_families((order.charts[0].language,)) if families is None else families)
    folder.mkdir(parents=True, exist_ok=True)
    sheets: list[tuple[str, Sequence[Chart]]] = [(each.name, [each]) for each in order.charts]
    if order.together is not None:
        sheets = [(order.together, order.charts)]
    files = []
    for name, charts in sheets:
        drawn = DrawnCharts(name, charts, order.width, found)
        if "svg" in order.formats:
            files.append(keep(folder / f"{name}.svg", drawn.svg().encode()))
        if "png" in order.formats:
            files.append(keep(folder / f"{name}.png", drawn.png()))
    settle(folder)
    return Printed(tuple(files), ())


class DrawnCharts:
    """Charts under each other, in the first of the families that lacks least."""

    def __init__(self, name: str, charts: Sequence[Chart], width: int, families: Iterable[Family]) -> None:
        text = "".join(each.text for each in charts)
        family = min(families, key=lambda each: len(each.lacks(text)))
        self._missing = "".join(letter for letter in family.lacks(text) if letter.isalnum())
        self._font = _register(family)
        # Where words cannot be written here, only a page can show them: with the letters of the reader's machine.
        told = specification(charts, width, self._font, str if self._missing else family.plain)
        self.height = float(told["height"])
        """In pixels, as wide as was wished."""
        self._svg = _described(name, charts, vl_convert.vegalite_to_svg(told, allowed_base_urls=[]))

    def svg(self) -> str:
        """For a page, in a font of the reader's machine."""
        return self._svg.replace(f'font-family="{self._font}"', f'font-family="{self._font}, {_ELSEWHERE}"')

    def png(self, sharp: float = SHARP) -> bytes:
        """As a picture. Raises Unwritable where no font of this machine has a letter or digit of it: no boxes."""
        if self._missing:
            raise Unwritable(self._missing)
        return bytes(vl_convert.svg_to_png(self._svg, scale=sharp))


def _register(family: Family) -> str:
    """Make a font known to what draws; returns what it is called there."""
    if family.regular is None:
        return "sans-serif"  # one that comes with the library, for Latin letters
    for font in (family.regular, family.bold):
        if font is not None:
            vl_convert.register_font_directory(str(font.path.parent.resolve()))
    with TTFont(family.regular.path, fontNumber=family.regular.number, lazy=True) as opened:
        return str(opened["name"].getBestFamilyName())


def _described(name: str, charts: Sequence[Chart], svg: str) -> str:
    """With a title and a description for screen readers, and with what stripes and dots are made of."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn here
    root.attrib.pop("class", None)
    told = {
        "title": (f"{name}-title", " · ".join(each.title for each in charts)),
        "desc": (f"{name}-description", " ".join(each.description for each in charts)),
    }
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(identity for identity, _ in told.values()))
    for place, (tag, (identity, words)) in enumerate(told.items()):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": identity})
        element.text = words
        root.insert(place, element)
    made = "".join(patterns(each.name) for each in charts)
    root.insert(len(told), ElementTree.fromstring(f'<defs xmlns="{_SVG}">{made}</defs>'))  # noqa: S314 - made here
    return ElementTree.tostring(root, encoding="unicode")
