"""What a chart shows: plain numbers, and words of one language. `paper/chart_drawing.py` draws it.

`python -m paper` takes `{"kind": "charts", "order": {"charts": [{…}, …], "together": null}, "folder": "…"}`, where each
chart has the fields of `Chart`. With `together` all are drawn under each other, into one file of that name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PHONE = 360
"""As wide as the narrowest phones, in pixels as pages count them."""
_NAME = re.compile("[a-z][a-z0-9-]*")


class ChartKind(StrEnum):
    """How numbers are shown."""

    BARS = "bars"  # at each label one bar for each series, beside each other
    STACKS = "stacks"  # for each label one bar, of which the series are the parts
    LINES = "lines"  # over time, from left to right; at most two series
    WHOLE = "whole"  # one bar, of which the labels are the parts; one series


class Shade(StrEnum):
    """What tells one part from another: also printed in black alone, and for those who see no colours."""

    DARK = "dark"
    STRIPED = "striped"
    LIGHT = "light"
    DOTTED = "dotted"
    WHITE = "white"
    LINED = "lined"


@dataclass(frozen=True)
class Series:
    """Numbers, one for each label; None: not known, or not shown."""

    name: str
    values: Sequence[float | None]
    shade: Shade | None = None
    """None: the next in the order of `Shade`. Lines have none."""


@dataclass(frozen=True)
class Chart:
    """What is to be drawn. `name`: of the file, without its ending; no two on a page may have the same.

    `description` says in a sentence or two what is to be seen, for those who do not see it. `empty` stands in place of
    a chart without any number above 0, `hidden` in place of a number that is None, `note` in small letters below.
    """

    name: str
    kind: ChartKind
    language: str
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    empty: str
    hidden: str = "–"
    note: str = ""
    said: Sequence[str] = ()
    """Words beside each part of a WHOLE, such as `40 of 45 (88.9 %)`; none: its number."""
    shades: Sequence[Shade] = ()
    """Of each part of a WHOLE; none: in the order of `Shade`."""

    def __post_init__(self) -> None:
        lengths = {len(each.values) for each in self.series} | {len(each) for each in (self.said, self.shades) if each}
        if not _NAME.fullmatch(self.name) or lengths != {len(self.labels)}:
            raise ValueError(f"{self.name}: no name of a file, or not one value for each label")

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Chart":
        """A chart that came as JSON. Raises ValueError."""
        series = [
            Series(each["name"], each["values"], Shade(each["shade"]) if each.get("shade") else None)
            for each in told["series"]
        ]
        shades = [Shade(each) for each in told.get("shades", ())]
        return cls(**{**told, "kind": ChartKind(told["kind"]), "series": series, "shades": shades})

    @property
    def text(self) -> str:
        """Every letter that is drawn."""
        words = (self.title, self.note, self.empty, self.hidden, *self.labels, *self.said)
        return "".join((*words, *(each.name for each in self.series))) + "0123456789,."


@dataclass(frozen=True)
class ChartOrder:
    """Charts to be drawn, of one language; with `together` under each other in one file of that name."""

    charts: Sequence[Chart]
    together: str | None = None
    formats: Sequence[str] = ("svg", "png")
    width: int = PHONE
    """In pixels; letters are the same size whatever it is."""

    def __post_init__(self) -> None:
        if not self.charts or (self.together is not None and not _NAME.fullmatch(self.together)):
            raise ValueError("no chart to draw, or no name of a file")

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "ChartOrder":
        """An order that came as JSON. Raises ValueError."""
        return cls(**{**told, "charts": [Chart.of(each) for each in told["charts"]]})
