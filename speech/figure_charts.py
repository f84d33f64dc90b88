"""Figures as charts, worded in one language, for chats, pages and paper.

Numbers come as they are to be shown; None is not shown, and `hidden` stands in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.figures.rates import Rate
from domain.figures.report_history import Outcome
from paper.chart import Chart, ChartKind, Series, Shade
from speech.speaker import PlainSpeaker

HIDDEN = "–"
Shown = Sequence[int | None]


@dataclass(frozen=True)
class Became:
    """What had become of the reports of one group: each report is in one of these."""

    resolved: int | None
    """First by staff who said that it is fixed."""
    settled_otherwise: int | None
    """First by being declined, passed on or merged."""
    withdrawn: int | None
    waiting: int | None


def collected_and_handled(
    say: PlainSpeaker, labels: Sequence[str], collected: Shown, handled: Shown, note: str = "", hidden: str = HIDDEN
) -> Chart:
    """By time (`labels`): what came in, and how many of these are handled."""
    series = [
        Series(say.label("Collected"), collected, Shade.LIGHT),
        Series(say.label("Of these handled"), handled, Shade.DARK),
    ]
    return Chart(
        "collected-and-handled",
        ChartKind.BARS,
        say.language,
        say.label("Reports collected and handled"),
        _read_out(say, labels, series, hidden),
        labels,
        series,
        nothing(say),
        hidden,
        note,
    )


def what_became(
    say: PlainSpeaker, title: str, groups: Sequence[tuple[str, Became]], note: str = "", hidden: str = HIDDEN
) -> Chart:
    """Group by group, each with its name, the reports collected and what had become of them."""
    parts = [each for _, each in groups]
    series = [
        Series(say.label("Resolved by staff"), [each.resolved for each in parts], Shade.DARK),
        Series(say.label("Declined, passed on or merged"), [each.settled_otherwise for each in parts], Shade.STRIPED),
        Series(say.label("Withdrawn"), [each.withdrawn for each in parts], Shade.DOTTED),
        Series(say.label("Not handled yet"), [each.waiting for each in parts], Shade.WHITE),
    ]
    shown = [each for each in series if any(value != 0 for value in each.values)] or series[:1]
    labels = [name for name, _ in groups]
    return Chart(
        "what-became",
        ChartKind.STACKS,
        say.language,
        title,
        _read_out(say, labels, shown, hidden),
        labels,
        shown,
        nothing(say),
        hidden,
        note,
    )


def year_before(
    say: PlainSpeaker, title: str, labels: Sequence[str], this: tuple[str, Shown], before: tuple[str, Shown],
    note: str = "", hidden: str = HIDDEN,
) -> Chart:  # fmt: skip
    """Month by month, beside the same months a year before; each series with its name, such as its year."""
    series = [Series(*this), Series(*before)]
    return Chart(
        "year-before",
        ChartKind.LINES,
        say.language,
        title,
        _read_out(say, labels, series, hidden),
        labels,
        series,
        nothing(say),
        hidden,
        note,
    )


def outcomes(say: PlainSpeaker, counts: Mapping[Outcome, int | None], note: str = "", hidden: str = HIDDEN) -> Chart:
    """What residents said of each time that staff said it is fixed; silence is one of the parts."""
    parts = [
        (say.label("Residents: yes, it is fixed"), Outcome.CONFIRMED, Shade.DARK),
        (say.label("Residents: no, it is not"), Outcome.DISPUTED, Shade.STRIPED),
        (say.label("No reply"), Outcome.SILENT, Shade.LIGHT),
        (say.label("Nobody could be asked"), Outcome.NOT_REACHABLE, Shade.DOTTED),
        (say.label("Still being asked"), Outcome.ASKED, Shade.WHITE),
        (say.label("Withdrawn before a reply"), Outcome.WITHDRAWN, Shade.LINED),
    ]
    # What ends no question is named only where there is some of it.
    named = [(name, counts.get(of, 0), shade) for name, of, shade in parts]
    shown = [each for at, each in enumerate(named) if at < 4 or each[1] != 0]
    all_of_it = _sum([count for _, count, _ in shown])
    title = say.label(
        "Staff said {count} times that it is fixed. What residents say",
        count=hidden if all_of_it is None else f"{all_of_it:,}",
    )
    return whole(say, "outcomes", title, shown, note, hidden)


def whole(
    say: PlainSpeaker, name: str, title: str, parts: Sequence[tuple[str, int | None, Shade]], note: str = "",
    hidden: str = HIDDEN,
) -> Chart:  # fmt: skip
    """One bar and its parts, each with its name and count; all of it together is what shares are of."""
    labels, values = [each for each, _, _ in parts], [count for _, count, _ in parts]
    all_of_it = _sum(values)
    series = [Series("", values)]
    said = [_share(say, value, all_of_it, hidden) for value in values]
    return Chart(
        name, ChartKind.WHOLE, say.language, title, _read_out(say, labels, series, hidden), labels, series,
        nothing(say), hidden, note, said=said, shades=[shade for _, _, shade in parts],
    )  # fmt: skip


def nothing(say: PlainSpeaker) -> str:
    """What stands where there is nothing to draw."""
    return say.label("Nothing happened in this period.")


def _sum(values: Shown) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _share(say: PlainSpeaker, value: int | None, whole: int | None, hidden: str) -> str:
    if value is None:
        return hidden
    percent = Rate(value, whole).percent if whole else None
    return f"{value:,}" if percent is None else say.label("{count} ({percent} %)", count=f"{value:,}", percent=percent)


def _read_out(say: PlainSpeaker, labels: Sequence[str], series: Sequence[Series], hidden: str) -> str:
    """All of a chart in a sentence for each label, for those who hear it."""
    said = []
    for at, label in enumerate(labels):
        numbers = []
        for each in series:
            value = each.values[at]
            count = hidden if value is None else value
            numbers.append(say.label("{name} {count}", name=each.name, count=count) if each.name else str(count))
        said.append(say.label("{label}: {numbers}.", label=label, numbers=say.listed(numbers)))
    return " ".join(said)
