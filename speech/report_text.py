"""What a period's figures come to, in sentences: as a community office writes them in its report of the year.

Each sentence stands only where what it says is counted, and known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.figures.periods import Period
from domain.figures.rates import FEWEST, Rate, change
from services.figures.as_values import Values
from speech import periods
from speech.counts import number, rate, took
from speech.speaker import PlainSpeaker


@dataclass(frozen=True)
class Word:
    """What one side says: its heading, one number, and what that is."""

    side: str
    number: str
    words: str
    made_of: bool = False
    """The words name what the number is made of."""

    def line(self, say: PlainSpeaker) -> str:
        """All of it on one line."""
        if self.made_of:
            return say.label("{side}: {number} ({words})", side=self.side, number=self.number, words=self.words)
        return say.label("{side}: {number} {words}", side=self.side, number=self.number, words=self.words)


def sentences(
    say: PlainSpeaker, period: Period, found: Values, before: Values | None = None, *, goes_on: bool = False
) -> list[str]:
    """What happened; `before` is of the same time a year earlier, None or without reports where none had been sent."""
    return [each for each in _sentences(say, periods.when(say, period, goes_on=goes_on), found, before) if each]


def words_of_each_side(say: PlainSpeaker, found: Values) -> list[Word]:
    """The staff's word, the residents' word and silence, side by side; nothing where staff have said nothing."""
    said = _int(found, "resolutions")
    if not said:
        return []
    yes, no = _int(found, "resolutions_confirmed"), _int(found, "resolutions_disputed")
    silent, out_of_reach = _int(found, "resolutions_silent"), _int(found, "resolutions_not_reachable")
    asked = _int(found, "resolutions_asked")
    noes = say.plural("{count} time no", "{count} times no", no)
    quiet = [
        say.label("no reply: {count}", count=number(silent)),
        say.label("nobody could be asked: {count}", count=number(out_of_reach)) if out_of_reach else "",
        say.label("still being asked: {count}", count=number(asked)) if asked else "",
    ]
    return [
        Word(
            say.label("The staff say"),
            number(said),
            say.plural("time that it is fixed", "times that it is fixed", said),
        ),
        Word(
            say.label("Residents say"),
            number(yes),
            say.plural("time yes; {no}", "times yes; {no}", yes, no=noes),
        ),
        Word(
            say.label("Silence"),
            number(silent + out_of_reach + asked),
            say.listed(filter(None, quiet)),
            made_of=True,
        ),
    ]


def small_print(say: PlainSpeaker, found: Values) -> list[str]:
    """Of what the numbers are."""
    yes, no = _int(found, "resolutions_confirmed"), _int(found, "resolutions_disputed")
    silent = _int(found, "resolutions_silent") + _int(found, "resolutions_not_reachable")
    notes = [
        say.label(
            "Handled: resolved by staff, declined with a reason, passed on or merged, at least once, by the end of "
            "this time; of all {collected} reports sent in it.",
            collected=number(_int(found, "collected")),
        ),
        say.label(
            "Residents say that it is fixed: {rate} of those who answered. If silence counts as no: {strict}.",
            rate=rate(say, Rate(yes, yes + no)),
            strict=rate(say, Rate(yes, yes + no + silent)),
        )
        if yes + no + silent
        else "",
        say.label("A promise counts as kept if it was kept every time we heard how it went.")
        if _int(found, "pledges")
        else "",
        say.label(
            "Everything is counted from the record of what happened, as it was known at the end of this time. A time "
            "that is over no longer changes."
        ),
        say.label("Of fewer than {fewest} cases no percentage is given.", fewest=FEWEST),
    ]
    return [each for each in notes if each]


def _sentences(say: PlainSpeaker, when: str, found: Values, before: Values | None) -> Iterator[str]:
    yield _reports(say, when, found)
    if before is not None and "collected" in before:
        yield _than_before(say, _int(found, "collected"), _int(before, "collected"))
    if _int(found, "collected") and _int(found, "waiting"):
        yield say.plural("{count} is not handled yet.", "{count} are not handled yet.", _int(found, "waiting"))
    yield _projects(say, found)
    yield _promises(say, found)
    yield _hotline(say, found)
    solved = _int(found, "urgent_solved")
    if solved:
        yield say.plural(
            "{number} pressing problem was solved.", "{number} pressing problems were solved.", solved,
            number=number(solved),
        )  # fmt: skip
    median, ninetieth = found.get("first_answer_median_seconds"), found.get("first_answer_p90_seconds")
    if median is not None and ninetieth is not None:
        yield say.label(
            "Half of the first answers came within {median}, nine in ten within {ninetieth}.",
            median=took(say, int(median)),
            ninetieth=took(say, int(ninetieth)),
        )


def _reports(say: PlainSpeaker, when: str, found: Values) -> str:
    collected, handled = _int(found, "collected"), _int(found, "handled")
    if not collected:
        return say.label("{when} residents sent no reports.", when=when)
    percent = found.get("handled_rate")
    if percent is None:
        became = say.plural("{number} was handled", "{number} were handled", handled, number=number(handled))
    else:
        became = say.label("{number} ({percent} %) were handled", number=number(handled), percent=percent)
    return say.plural(
        "{when} residents sent {number} report; {handled}.",
        "{when} residents sent {number} reports; {handled}.",
        collected,
        when=when,
        number=number(collected),
        handled=became,
    )


def _than_before(say: PlainSpeaker, now: int, before: int) -> str:
    percent = change(before, now)
    if percent is None:
        return say.label("In the same time a year before there were {count}.", count=number(before))
    if percent == 0:
        return say.label("In the same time a year before there were as many.")
    if percent > 0:
        return say.label(
            "That is {percent} % more than in the same time a year before ({count}).",
            percent=percent,
            count=number(before),
        )
    return say.label(
        "That is {percent} % fewer than in the same time a year before ({count}).",
        percent=-percent,
        count=number(before),
    )


def _projects(say: PlainSpeaker, found: Values) -> str:
    projects, leads = _int(found, "projects"), _int(found, "leads")
    if not projects:
        return ""
    if not leads:
        return say.plural("{number} project was under way.", "{number} projects were under way.", projects,
                          number=number(projects))  # fmt: skip
    led = say.plural("{number} project lead", "{number} project leads", leads, number=number(leads))
    return say.plural(
        "{number} project was under way, led by {leads}.", "{number} projects were under way, led by {leads}.",
        projects, number=number(projects), leads=led,
    )  # fmt: skip


def _promises(say: PlainSpeaker, found: Values) -> str:
    made, makers, kept = _int(found, "pledges"), _int(found, "pledgers"), _int(found, "pledges_kept")
    if not made:
        return ""
    people = say.plural("{number} person", "{number} people", makers, number=number(makers))
    promises = say.plural("{number} promise", "{number} promises", made, number=number(made))
    if kept == made and _somebody_was_silent(found):
        return say.label(
            "{people} made {promises} in public; all of those with an update were kept.",
            people=people,
            promises=promises,
        )
    if kept == made:
        return say.label("{people} made {promises} in public; all of them were kept.", people=people, promises=promises)
    return say.plural(
        "{people} made {promises} in public; {kept} of them was kept.",
        "{people} made {promises} in public; {kept} of them were kept.",
        kept, people=people, promises=promises, kept=number(kept),
    )  # fmt: skip


def _somebody_was_silent(found: Values) -> bool:
    """Whether of a time at which a promise was due nobody has said how it went."""
    strict = found.get("pledges_kept_rate_if_no_update_is_no")
    return bool(found.get("pledge_times_no_update")) if strict is None else strict < 100


def _hotline(say: PlainSpeaker, found: Values) -> str:
    percent = found.get("hotline_change_percent")
    if percent is None:
        return ""
    if percent == 0:
        said = say.label("As many complaints reached the hotline as in the same time a year before")
    elif percent < 0:
        said = say.label(
            "Complaints to the hotline fell by {percent} % against the same time a year before", percent=-percent
        )
    else:
        said = say.label(
            "Complaints to the hotline rose by {percent} % against the same time a year before", percent=percent
        )
    known, months = _int(found, "hotline_months"), _int(found, "hotline_months_of")
    if known < months:
        return say.label(
            "{said}, as far as is known: {known} of {months} months.", said=said, known=known, months=months
        )
    return say.label("{said}.", said=said)


def _int(found: Values, name: str) -> int:
    return int(found.get(name) or 0)
