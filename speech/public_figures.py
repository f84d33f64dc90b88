"""How public figures are spoken of: periods, measures, how long something took, and what each measure means."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from domain.figures.periods import Length, Period
from speech.speaker import PlainSpeaker


def period(say: PlainSpeaker, of: Period) -> str:
    """`October 2026`, `Quarter 4 of 2026`, `2026`."""
    if of.length is Length.MONTH:
        return month(say, of.first)
    if of.length is Length.QUARTER:
        return say.label("Quarter {number} of {year}", number=(of.first.month + 2) // 3, year=of.first.year)
    return say.label("The year {year}", year=of.first.year)


def month(say: PlainSpeaker, day: date) -> str:
    """`October 2026`."""
    return format_date(day, "y年M月" if say.language.startswith("zh") else "MMMM y", locale=say.language)


def short(say: PlainSpeaker, of: Period) -> str:
    """Beside others of the same year: `October`, `Quarter 4`, `2026`."""
    if of.length is Length.MONTH:
        return format_date(of.first, "M月" if say.language.startswith("zh") else "LLLL", locale=say.language)
    if of.length is Length.QUARTER:
        return say.label("Quarter {number}", number=(of.first.month + 2) // 3)
    return str(of.first.year)


def measure(say: PlainSpeaker, what: str) -> str:
    """What a count is called."""
    return {
        "collected": say.label("Collected"),
        "handled": say.label("Handled"),
        "resolutions": say.label("Times staff said it is fixed"),
        "declined": say.label("Declined"),
        "passed_on": say.label("Passed on to others"),
        "overdue": say.label("Deadline missed"),
        "confirmed": say.label("Yes, it is fixed"),
        "disputed": say.label("No, it is not fixed"),
        "satisfied": say.label("Satisfied with the handling"),
        "not_satisfied": say.label("Not satisfied with the handling"),
        "objections": say.label("Objected to a decision"),
        "reopened": say.label("Had a report reopened"),
        "silent": say.label("No reply"),
        "not_reachable": say.label("Nobody could be asked"),
        "open": say.label("Still being asked, or withdrawn"),
        "repairs_asked": say.label("Repairs asked for"),
        "repairs_done": say.label("Repairs done"),
        "pledges": say.label("Promises made"),
        "pledges_kept": say.label("Promises kept"),
        "pledges_partly": say.label("Promises partly kept"),
        "pledges_not_kept": say.label("Promises not kept"),
    }[what]


def rate_name(say: PlainSpeaker, what: str) -> str:
    """What a rate is called."""
    return {
        "handled": say.label("Handled"),
        "answered": say.label("Answered by staff"),
        "in_time": say.label("Answered in time"),
        "confirmed": say.label("Fixed, residents say"),
        "satisfied": say.label("Satisfied with the handling"),
    }[what]


def time_name(say: PlainSpeaker, what: str) -> str:
    """What took so long."""
    return {
        "first_answer": say.label("First answer"),
        "first_answer_working": say.label("First answer, in working time"),
        "resolution": say.label("Resolved by staff"),
        "resolution_working": say.label("Resolved by staff, in working time"),
    }[what]


@dataclass(frozen=True)
class Definition:
    """A measure, and what it means."""

    name: str
    meaning: str


def definitions(say: PlainSpeaker) -> list[Definition]:
    """What each measure means, as docs/measures.md defines it."""
    label = say.label
    return [
        Definition(label("Collected"), label("Every report that was sent in the period, by any way.")),
        Definition(
            label("Handled"),
            label(
                "Of the reports collected in the period: those that staff resolved, declined, passed on or merged with "
                "another report, at least once by the end of the period."
            ),
        ),
        Definition(
            label("Answered by staff"),
            label(
                "Of the reports collected in the period: those to which staff gave a first answer by its end. The rate "
                "leaves out reports whose deadline has not passed yet; “if silence counts as no” it does not."
            ),
        ),
        Definition(label("Answered in time"), label("The first answer came by the deadline as it stood then.")),
        Definition(
            label("Times staff said it is fixed"),
            label(
                "Each time in the period that staff said of a report that it is fixed. Then its residents are asked."
            ),
        ),
        Definition(label("Yes, it is fixed"), label("The last word of a resident, by the end of the period, was yes.")),
        Definition(label("No, it is not fixed"), label("A resident said no: the report was opened again.")),
        Definition(label("No reply"), label("Somebody was asked, nobody replied, and the question was closed.")),
        Definition(label("Nobody could be asked"), label("It was closed, and nobody could be reached.")),
        Definition(
            label("Fixed, residents say"),
            label(
                "Yes, of all who said yes or no. “If silence counts as no”: yes, of all who are no longer being asked."
            ),
        ),
        Definition(
            label("Satisfied with the handling"),
            label("Residents who said that they are satisfied, of those who said whether they are."),
        ),
        Definition(
            label("Objected to a decision"), label("Residents who did not agree that their report was declined.")
        ),
        Definition(
            label("Deadline missed"), label("Reports of which the deadline was found to have passed in the period.")
        ),
        Definition(
            label("Repairs done"),
            label("Of the repairs asked for in the period: those that a volunteer had done by its end."),
        ),
        Definition(
            label("Promises kept"),
            label("Of the promises made in the period: those that were kept by its end, as far as is known."),
        ),
        Definition(
            label("Half within, nine in ten within"),
            label(
                "Of all times that ended in the period: the middle one, and the one that nine in ten did not pass. "
                "Only of 20 or more, and rounded up."
            ),
        ),
    ]
