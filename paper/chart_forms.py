"""How each kind of chart looks, as a specification of Vega-Lite: everything has its place in pixels, scales aside."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from paper.chart import Chart, ChartKind, Shade
from paper.chart_canvas import (
    AIR,
    FAINT,
    INK,
    NAME,
    PAPER,
    SMALL,
    TITLE,
    TONE,
    Canvas,
    Json,
    fill,
    fitting,
    number,
    width_of,
)

ROW = 46
"""From one label of a chart of rows to the next."""
TALL = 190
"""How high a chart over time is."""


def specification(charts: Sequence[Chart], width: int, font: str, plain: Callable[[str], str]) -> Json:
    """What Vega-Lite is told to draw the charts under each other. `plain` leaves out of a text what the font cannot
    write."""
    canvas = Canvas(width, plain)
    for at, chart in enumerate(charts):
        canvas.down(26 if at else 0)
        _draw(canvas, chart)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": math.ceil(canvas.y + AIR),
        "padding": 0,
        "autosize": "none",
        "background": PAPER,
        "config": {"font": font, "aria": False, "view": {"stroke": None}},
        "layer": canvas.layers,
    }


def _draw(canvas: Canvas, chart: Chart) -> None:
    canvas.words(chart.title, TITLE, bold=True)
    if any(value for each in chart.series for value in each.values):
        _FORMS[chart.kind](canvas, chart)
    else:
        canvas.words(chart.empty, NAME)
    if chart.note:
        canvas.down(8)
        canvas.words(chart.note, SMALL, colour=FAINT)


def shades(chart: Chart) -> list[Shade]:
    """Of each series, or of each part of a whole."""
    order = list(Shade)
    if chart.kind is ChartKind.WHOLE:
        return list(chart.shades) or [order[at % len(order)] for at in range(len(chart.labels))]
    return [each.shade or order[at % len(order)] for at, each in enumerate(chart.series)]


def _bars(canvas: Canvas, chart: Chart) -> None:
    """Rows: the label at the left, and for each series a bar that ends in its number."""
    looks = [fill(chart, shade) for shade in shades(chart)]
    _boxes(canvas, chart, looks)
    thick = 15
    step = thick * len(chart.series) + 8
    top, bottom = canvas.y, canvas.y + step * len(chart.labels)
    names = [canvas.one_line(each) for each in chart.labels]
    left = AIR + min(max(width_of(each, NAME) for each in names) + 8, canvas.width * 0.4)
    most = max(value or 0 for each in chart.series for value in each.values)
    room = max(width_of(_said(chart, value), NAME) for each in chart.series for value in each.values) + 8
    y = _band(len(names), top, bottom)
    x = _linear(most, left, canvas.right - room)
    for row, name in enumerate(names):
        canvas.text(fitting(name, NAME, left - AIR - 6), AIR, top + step * (row + 0.5))
    for at, (each, look) in enumerate(zip(chart.series, looks, strict=True)):
        shift = thick * (at - (len(chart.series) - 1) / 2)
        values = [
            {"row": row, "value": value or 0, "said": _said(chart, value)} for row, value in enumerate(each.values)
        ]
        where = {"y": {"field": "row", "type": "ordinal", "scale": y, "axis": None}}
        canvas.layers += [
            {
                "data": {"values": [each for each in values if each["value"]]},
                "mark": {"type": "bar", "size": thick, "yOffset": shift, "fill": look, "stroke": INK, "strokeWidth": 1},
                "encoding": {**where, "x": {"field": "value", "type": "quantitative", "scale": x, "axis": None}},
            },
            {
                "data": {"values": values},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "middle",
                    "dx": 7,
                    "dy": shift + 1,
                    "fontSize": NAME,
                },
                "encoding": {
                    **where,
                    "x": {"field": "value", "type": "quantitative", "scale": x, "axis": None},
                    "text": {"field": "said", "type": "nominal"},
                },
            },
        ]
    canvas.y = bottom


def _stacks(canvas: Canvas, chart: Chart) -> None:
    """Rows: name and sum above a bar whose parts have their numbers in them, where there is room."""
    looks = shades(chart)
    _boxes(canvas, chart, [fill(chart, shade) for shade in looks])
    sums = [sum(each.values[row] or 0 for each in chart.series) for row in range(len(chart.labels))]
    widest = max(sums)
    for row, label in enumerate(chart.labels):
        top = canvas.y
        known = all(each.values[row] is not None for each in chart.series)
        said = number(sums[row]) if known else chart.hidden
        canvas.text(said, canvas.right, top + 8, bold=True, align="right")
        canvas.text(fitting(canvas.one_line(label), NAME, canvas.right - AIR - width_of(said, NAME) - 8), AIR, top + 8)
        parts = [each.values[row] or 0 for each in chart.series]
        _parts(canvas, chart, parts, looks, (AIR, canvas.right), widest, (top + 18, top + 38))
        canvas.down(ROW + 2)
    canvas.down(-8)


def _whole(canvas: Canvas, chart: Chart) -> None:
    """One bar, and a line for each part below it."""
    looks = shades(chart)
    values = [value or 0 for value in chart.series[0].values]
    _parts(canvas, chart, values, looks, (AIR, canvas.right), sum(values), (canvas.y, canvas.y + 40))
    canvas.down(40 + 18)
    said = chart.said or [_said(chart, value) for value in chart.series[0].values]
    for label, words, shade in zip(chart.labels, said, looks, strict=True):
        canvas.box(AIR, AIR + 20, canvas.y - 7, canvas.y + 7, fill(chart, shade))
        room = canvas.right - AIR - 28 - width_of(words, NAME) - 8
        canvas.text(fitting(canvas.one_line(label), NAME, room), AIR + 28, canvas.y)
        canvas.text(words, canvas.right, canvas.y, bold=True, align="right")
        canvas.down(24)
    canvas.down(-8)


def _parts(
    canvas: Canvas, chart: Chart, values: Sequence[float], looks: Sequence[Shade], across: tuple[float, float],
    widest: float, down: tuple[float, float],
) -> None:  # fmt: skip
    """The parts of one bar beside each other, `widest` filling it."""
    left, right = across
    begins = 0.0
    for value, shade in zip(values, looks, strict=True):
        start, end = (left + (right - left) * at / widest for at in (begins, begins + value))
        begins += value
        if not value:
            continue
        canvas.box(start, end, *down, fill(chart, shade))
        said = number(value)
        if width_of(said, SMALL) + 6 <= end - start:
            dark = shade is Shade.DARK
            middle = (start + end) / 2, (down[0] + down[1]) / 2
            patterned = shade in (Shade.STRIPED, Shade.DOTTED, Shade.LINED)
            canvas.text(said, *middle, SMALL, colour=PAPER if dark else INK, align="center", bold=True, halo=patterned)


def _lines(canvas: Canvas, chart: Chart) -> None:
    """From left to right; the first series strong, the second dashed, each ending in its number."""
    looks = [_LINE_LOOKS[at % len(_LINE_LOOKS)] for at in range(len(chart.series))]

    def swatch(at: int, x: float, y: float) -> None:
        mark = {"type": "line", "clip": False, **looks[at]}
        ends = [{"x": x, "y": y}, {"x": x + 30, "y": y}]
        canvas.layers.append({"data": {"values": ends}, "mark": mark, "encoding": _raw("x", "y")})
        _dot(canvas, x + 15, y, hollow=at > 0)

    canvas.legend([each.name for each in chart.series], swatch, 30)
    most, found = ticks(max(value or 0 for each in chart.series for value in each.values))
    top, bottom = canvas.y + 6, canvas.y + TALL
    left = AIR + max(width_of(number(tick), SMALL) for tick in found) + 8
    y = {"domain": [0, most], "range": [bottom, top], "nice": False, "zero": True}
    for tick in found:
        at = bottom - (bottom - top) * tick / most
        mark: Json = {"type": "rule", "color": INK if not tick else "#c9cfd2", "strokeWidth": 1}
        places = {"x": left, "x2": canvas.right, "y": at, "y2": at}
        canvas.add(mark, {channel: {"value": value} for channel, value in places.items()})
        canvas.text(number(tick), left - 6, at, SMALL, align="right", colour=FAINT)
    count = len(chart.labels)
    step = (canvas.right - left) / count
    names = [canvas.one_line(each) for each in chart.labels]
    every = max(1, math.ceil((max(width_of(each, SMALL) for each in names) + 4) / step))
    for at, name in enumerate(names):
        if (count - 1 - at) % every == 0:
            canvas.text(name, left + step * (at + 0.5), bottom + 14, SMALL, align="center")
    for number_of, each in reversed(list(enumerate(chart.series))):
        points = [
            {"x": left + step * (at + 0.5), "value": value} for at, value in enumerate(each.values) if value is not None
        ]
        encoding = {
            "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
            "y": {"field": "value", "type": "quantitative", "scale": y, "axis": None},
        }
        for mark in ({"type": "line", **looks[number_of]}, {"type": "point", **_dotted(hollow=number_of > 0)}):
            canvas.layers.append({"data": {"values": points}, "mark": mark, "encoding": encoding})
    _last_numbers(
        canvas, chart, lambda at: left + step * (at + 0.5), lambda value: bottom - (bottom - top) * value / most
    )
    canvas.y = bottom + 24


def _last_numbers(canvas: Canvas, chart: Chart, x: Callable[[int], float], y: Callable[[float], float]) -> None:
    """The number that each line ends in: above it, or below where the other line is above."""
    for each in chart.series:
        at = max((at for at, value in enumerate(each.values) if value is not None), default=None)
        if at is None:
            continue
        value = each.values[at] or 0
        others = [other.values[at] or 0 for other in chart.series if other is not each]
        shift = 16 if any(other > value for other in others) and y(value) + 24 < y(0) else -14
        said = number(value)
        centre = min(x(at), canvas.right - width_of(said, SMALL) / 2)
        canvas.text(said, centre, y(value) + shift, SMALL, bold=True, align="center", halo=True)


def ticks(most: float) -> tuple[float, list[int]]:
    """The top of a scale, and three to five round numbers on it; whole ones, since people and reports are."""
    rough = max(most, 1) / 4
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(int(power * each) for each in (1, 2, 2.5, 5, 10) if power * each >= rough and power * each % 1 == 0)
    count = math.ceil(max(most, 1) / step)
    return float(step * count), [step * at for at in range(count + 1)]


_LINE_LOOKS: list[Json] = [
    {"color": TONE, "strokeWidth": 3},
    {"color": "#6b767b", "strokeWidth": 2, "strokeDash": [5, 4]},
]


def _dotted(*, hollow: bool) -> Json:
    if hollow:
        return {"filled": True, "fill": PAPER, "stroke": "#6b767b", "strokeWidth": 1.5, "size": 36, "opacity": 1}
    return {"filled": True, "fill": TONE, "stroke": TONE, "size": 46, "opacity": 1}


def _dot(canvas: Canvas, x: float, y: float, *, hollow: bool) -> None:
    mark = {"type": "point", **_dotted(hollow=hollow)}
    canvas.add(mark, {"x": {"value": x}, "y": {"value": y}})


def _boxes(canvas: Canvas, chart: Chart, looks: Sequence[str]) -> None:
    """A legend of boxes."""

    def swatch(at: int, x: float, y: float) -> None:
        canvas.box(x, x + 20, y - 7, y + 7, looks[at])

    canvas.legend([each.name for each in chart.series], swatch, 20)


def _said(chart: Chart, value: float | None) -> str:
    return chart.hidden if value is None else number(value)


def _band(count: int, top: float, bottom: float) -> Json:
    return {"type": "band", "domain": list(range(count)), "range": [top, bottom], "padding": 0}


def _linear(most: float, left: float, right: float) -> Json:
    return {"domain": [0, most], "range": [left, right], "nice": False, "zero": True}


def _raw(*channels: str) -> Json:
    return {each: {"field": each, "type": "quantitative", "scale": None, "axis": None} for each in channels}


_FORMS: dict[ChartKind, Callable[[Canvas, Chart], None]] = {
    ChartKind.BARS: _bars,
    ChartKind.STACKS: _stacks,
    ChartKind.LINES: _lines,
    ChartKind.WHOLE: _whole,
}
