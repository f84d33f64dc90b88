"""Charts of public figures: what is to be drawn, and where it is once it is there.

They are drawn ahead (`bot/background/public_figures.py`), never while a visitor waits. A chart's name comes of all that
is in it, so one that would look otherwise is another one.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from speech import counts
from speech import public_figures as words
from storage.core import page_files
from web.figures.shown import Figures, Grouped, names_over_time

FOLDER = "figures"
"""In the media folder."""
NAME = re.compile(r"c[0-9a-f]{24}", re.ASCII)
WHATS = ("words", "categories", "places", "time")
"""What there can be charts of on a page."""
MOST_BARS = 12
Order = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A picture on the page: its address, and what is to be seen in words."""

    address: str
    words: str


def orders(figures: Figures, over_time: Sequence[Figures]) -> dict[str, Order]:
    """What is to be drawn for the page of one period in one language, by what it shows."""
    found = {
        "words": _words(figures),
        "categories": _groups(figures, figures.categories(), figures.say.label("Reports by category")),
        "places": _groups(figures, figures.places(), figures.say.label("Reports by place")),
        "time": _over_time(over_time) if len(over_time) > 1 else None,
    }
    return {what: {**order, "name": _name(order)} for what, order in found.items() if order is not None}


def together(wanted: Sequence[Order]) -> Order:
    """What `paper` is told, to draw these; they are of one language."""
    return {"charts": list(wanted), "formats": ["svg"]}


def there(folder: Path, wanted: dict[str, Order]) -> dict[str, Chart]:
    """Those that are drawn."""
    return {
        what: Chart(f"/figures/charts/{order['name']}.svg", order["description"])
        for what, order in wanted.items()
        if (folder / f"{order['name']}.svg").is_file()
    }


def read(folder: Path, name: str) -> bytes | None:
    """The file of a chart; None where there is none. Raises OSError."""
    if not NAME.fullmatch(name):
        return None
    try:
        return (folder / f"{name}.svg").read_bytes()
    except FileNotFoundError:
        return None


def remove_others(folder: Path, names: set[str]) -> None:
    """Take away what no page shows any more."""
    for file in page_files.names(folder):
        if file.removesuffix(".svg") not in names:
            page_files.remove(folder, file)


def _words(figures: Figures) -> Order | None:
    """Of all that is no longer being asked: yes, no, silence."""
    parts = ("confirmed", "disputed", "silent", "not_reachable")
    counts = [figures.count(what) for what in parts]
    if not any(counts):
        return None
    names = [words.measure(figures.say, what) for what in parts[:3]] + [figures.say.label("Not reachable")]
    said = figures.say.listed(f"{name} {_said(count)}" for name, count in zip(names, counts, strict=True))
    title = figures.say.label("What residents say of what staff call fixed")
    return _order(figures, "bars", title, said, names, [(figures.say.label("Times"), counts)])


def _groups(figures: Figures, grouped: Grouped, title: str) -> Order | None:
    """The largest of them, as many as can be read."""
    of = [(line.name, line.counts) for line in grouped.lines]
    of = sorted(of, key=lambda each: -(each[1][0] or 0))[:MOST_BARS]
    if not of:
        return None
    say = figures.say
    series = [
        (words.measure(say, what), [counts[place] for _, counts in of])
        for place, what in ((0, "collected"), (1, "handled"))
    ]
    described = say.listed(f"{name} {_said(counts[0])}" for name, counts in of)
    return _order(figures, "bars", title, described, [name for name, _ in of], series)


def _over_time(over_time: Sequence[Figures]) -> Order:
    last = over_time[-1]
    names = names_over_time(over_time)
    series = [
        (words.measure(last.say, what), [each.count(what) for each in over_time]) for what in ("collected", "handled")
    ]
    described = last.say.listed(f"{name} {_said(count)}" for name, count in zip(names, series[0][1], strict=True))
    return _order(last, "lines", last.say.label("Over time"), described, names, series)


def _order(
    figures: Figures, kind: str, title: str, described: str, labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[int | None]]],
) -> Order:  # fmt: skip
    return {
        "kind": kind,
        "language": figures.say.language,
        "title": title,
        "description": f"{title} · {words.period(figures.say, figures.period)}: {described}",
        "labels": list(labels),
        "series": [{"name": name, "values": list(values)} for name, values in series],
        "empty": figures.say.label("Nothing happened in this period."),
    }


def _said(count: int | None) -> str:
    return "–" if count is None else counts.number(count)


def _name(order: Order) -> str:
    written = json.dumps(order, sort_keys=True, ensure_ascii=False)
    return f"c{hashlib.sha256(written.encode()).hexdigest()[:24]}"
