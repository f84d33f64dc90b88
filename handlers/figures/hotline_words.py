"""Hotline complaints in words: what is known of a period, what was entered, and what is wrong with a table."""

from collections.abc import Sequence
from datetime import date

from domain.figures.hotline_figures import HotlineFigures
from domain.figures.hotline_table import MOST_COMPLAINTS, Problem, Wrong
from handlers.kit.texts import Html, Speaker, lines, shorten
from services.figures.hotline import Entered
from speech import periods
from speech.counts import number

PROBLEMS_SHOWN = 12
TEXT_SHOWN = 60


def of_period(say: Speaker, found: HotlineFigures) -> list[Html | None]:
    """The lines of a period: how many, in which months, and a year before."""
    months = months_of(say, found.months)
    if found.a_year_before is None:
        counted = say("{months}: {count}", months=months, count=number(found.complaints))
    elif found.change_percent is None:
        counted = say(
            "{months}: {count}. A year before: {before}.",
            months=months,
            count=number(found.complaints),
            before=number(found.a_year_before),
        )
    else:
        counted = say(
            "{months}: {count}. A year before: {before} (change {change} %).",
            months=months,
            count=number(found.complaints),
            before=number(found.a_year_before),
            change=f"{found.change_percent:+.2f}",
        )
    missing = found.months_of - len(found.months)
    return [
        counted,
        say.plural(
            "The figure of {count} later month is not known yet.",
            "The figures of {count} later months are not known yet.",
            missing,
        )
        if missing
        else None,
        *(
            say(
                "Corrected on {day}: {month} was {before} before.",
                day=say.dated(known.at),
                month=periods.month(say, month),
                before=number(known.before),
            )
            for month, known in sorted(found.corrected.items())
            if known.before is not None
        ),
    ]


def months_of(say: Speaker, months: tuple[date, ...]) -> str:
    """From which month to which."""
    if len(months) == 1:
        return periods.month(say, months[0])
    return say.label("{first} to {last}", first=periods.month(say, months[0]), last=periods.month(say, months[-1]))


def entered(say: Speaker, found: Entered) -> Html:
    """What became of the months."""
    new = [
        say.label("{month}: {count}", month=periods.month(say, each.month), count=number(each.complaints))
        for each in found.new
    ]
    return lines(
        say("Entered: {months}", months=say.listed(new)) if new else None,
        *(
            say(
                "Corrected: {month} is {count}; it was {before}. That is on record.",
                month=periods.month(say, each.month),
                count=number(each.complaints),
                before=number(before),
            )
            for each, before in found.corrected
        ),
        say.plural("{count} month was entered like this already.", "{count} months were entered like this already.",
                   len(found.same)) if found.same else None,
    )  # fmt: skip


def problems(say: Speaker, found: Sequence[Problem]) -> Html:
    """What is wrong, line by line, and what to write instead."""
    left = len(found) - PROBLEMS_SHOWN
    return lines(
        say("Nothing was entered, because of this:"),
        *(_problem(say, each) for each in found[:PROBLEMS_SHOWN]),
        say.plural("And {count} more line.", "And {count} more lines.", left) if left > 0 else None,
    )


def _problem(say: Speaker, one: Problem) -> Html:
    line, text = one.line, shorten(one.text, TEXT_SHOWN)
    match one.wrong:
        case Wrong.NOT_TEXT:
            return say("This is not a text file. In your spreadsheet, save the table as “CSV UTF-8”.")
        case Wrong.TOO_LONG:
            return say("This is far too long for a table of months. Leave only a month and its number in each line.")
        case Wrong.EMPTY:
            return say("There is no month in it. Write a month and its number in each line, for example: 2026-03;314")
        case Wrong.COLUMNS:
            return say(
                "Line {line} (“{text}”): write a month and its number, and nothing else, for example: 2026-03;314",
                line=line,
                text=text,
            )
        case Wrong.MONTH:
            return say(
                "Line {line}: “{text}” is not a month. Write year and month, for example: 2026-03", line=line, text=text
            )
        case Wrong.NOT_OVER:
            return say(
                "Line {line}: {text} is not over yet. Enter it when the month is over, or correct the year.",
                line=line,
                text=text,
            )
        case Wrong.NUMBER:
            return say(
                "Line {line}: “{text}” is not a whole number from 0 to {most}. Write it in digits, for example: 1234",
                line=line,
                text=text,
                most=MOST_COMPLAINTS,
            )
        case Wrong.TWICE:
            return say(
                "Line {line}: {text} stands in line {other} already. Delete one of the two.",
                line=line,
                text=text,
                other=one.other,
            )
