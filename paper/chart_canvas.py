"""What a chart is drawn on: words and boxes that have their place in pixels, as layers of Vega-Lite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import east_asian_width

from paper.chart import Chart, Shade
from paper.wrap import balanced

Json = dict[str, Any]
INK, FAINT, PAPER, TONE, PALE = "#14181b", "#4a5358", "#ffffff", "#0f4c5c", "#c3d3d8"
TITLE, NAME, SMALL = 17, 14, 12.5
"""Sizes of letters."""
AIR = 14
"""White around everything."""
_NARROW = "fijlrt,.:;|!'I ()"


def patterns(name: str) -> str:
    """What stripes and dots are made of, as SVG; `name` keeps those of several charts on one page apart."""
    return (
        f'<pattern id="{name}-striped" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{PAPER}"/>'
        f'<rect width="2.2" height="5" fill="{TONE}"/></pattern>'
        f'<pattern id="{name}-dotted" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{PAPER}"/><circle cx="3" cy="3" r="1.3" fill="{TONE}"/></pattern>'
        f'<pattern id="{name}-lined" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<rect width="5" height="5" fill="{PAPER}"/><rect width="5" height="1.4" fill="{TONE}"/></pattern>'
    )


def number(value: float) -> str:
    """`1,354`; with one decimal where there is one."""
    return f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"


def width_of(text: str, size: float) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    return size * sum(
        1.0 if east_asian_width(letter) in "WF" else 0.34 if letter in _NARROW else 0.6 for letter in text
    )


def fitting(text: str, size: float, width: float) -> str:
    """The text, or as much of it as there is room for, and dots."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def fill(chart: Chart, shade: Shade) -> str:
    """A shade as SVG says it."""
    return {Shade.DARK: TONE, Shade.LIGHT: PALE, Shade.WHITE: PAPER}.get(shade, f"url(#{chart.name}-{shade})")


@dataclass
class Canvas:
    """Layers, and how far down they reach."""

    width: int
    plain: Callable[[str], str]
    y: float = AIR
    layers: list[Json] = field(default_factory=list)

    @property
    def right(self) -> float:
        return self.width - AIR

    def down(self, by: float) -> None:
        self.y += by

    def words(self, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        """A paragraph over the whole width."""
        for line in balanced(self.one_line(text), self.right - AIR, lambda part: width_of(part, size)):
            self.text(line, AIR, self.y, size, bold=bold, colour=colour, baseline="top")
            self.down(size * 1.35)
        self.down(4)

    def one_line(self, text: str) -> str:
        return " ".join(self.plain(text).split())

    def text(
        self, text: str, x: float, y: float, size: float = NAME, *, bold: bool = False, colour: str = INK,
        align: str = "left", baseline: str = "middle", halo: bool = False,
    ) -> None:  # fmt: skip
        """One line at a place."""
        mark: Json = {
            "type": "text", "align": align, "baseline": baseline, "fontSize": size, "color": colour,
            "fontWeight": "bold" if bold else "normal",
        }  # fmt: skip
        encoding = {"x": {"value": x}, "y": {"value": y}, "text": {"value": self.one_line(text)}}
        if halo:
            around = {**mark, "stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round"}
            self.add(around, encoding)
        self.add(mark, encoding)

    def box(self, left: float, right: float, top: float, bottom: float, filled: str) -> None:
        """A rectangle with a thin line around it, so that a white one is seen."""
        places = {"x": left, "x2": right, "y": top, "y2": bottom}
        mark = {"type": "rect", "fill": filled, "stroke": INK, "strokeWidth": 1}
        self.add(mark, {channel: {"value": value} for channel, value in places.items()})

    def legend(self, names: Sequence[str], swatch: Callable[[int, float, float], None], wide: float) -> None:
        """What each series is called, in as many lines as that takes; `swatch` draws number, x and y of one."""
        x, y = float(AIR), self.y + 8
        for at, name in enumerate(map(self.one_line, names)):
            takes = wide + 6 + width_of(name, NAME) + 14
            if x > AIR and x + takes - 14 > self.right:
                x, y = float(AIR), y + 22
            swatch(at, x, y)
            self.text(fitting(name, NAME, self.right - x - wide - 6), x + wide + 6, y)
            x += takes
        self.y = y + 18

    def add(self, mark: Json, encoding: Json) -> None:
        """A layer of one mark at a place of its own."""
        self.layers.append({"data": {"values": [{}]}, "mark": mark, "encoding": encoding})
