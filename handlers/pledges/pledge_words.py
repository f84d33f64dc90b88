"""How a pledge is spoken of in messages; what a web page says alike is in speech/promises.py."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import east_asian_width

from domain.calendar.local_time import local_time
from domain.community import Community
from domain.pledges.pledges import MOST, Kind, Outcome, Plan, times
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, quote
from services.pledges import reminder_schedule
from services.pledges.checking_in import NotYet, TooLate
from services.pledges.pledges import MOST_EACH, BadNumber, NeverDue, TooMany
from speech import promises
from storage.core.database import Transaction
from storage.pledges import occurrences
from storage.pledges.occurrences import Occurrence
from storage.pledges.pledges import Pledge

NEXT = 3
BUTTON = 18
"""Letters of a promise on a button; half as many Chinese ones, and one."""
FAR = timedelta(days=3 * 366)


def following(say: Speaker, community: Community, plan: Plan, now: datetime) -> Html | None:
    """The next three times, so that whoever promises sees what they promise."""
    if plan.kind is Kind.ON_CALL:
        return None
    if plan.kind is Kind.RECURRING:
        found = plan.recurrence(community.zone).next(now, NEXT)
        said = [say.moment(at, now) if plan.minutes else say.day(at, now) for at in found]
        if not said:
            return say("By these days it is never due: they are over, or do not exist. Please change when.")
        return lines(say("The next times:"), *said)
    spans = reminder_schedule.spans(community, plan)
    coming = times(plan, 0, community.zone, spans, now, now + FAR)[:NEXT]
    if plan.kind is Kind.ONCE or (len(coming) == 1 and plan.windows is None):
        return None  # said already: it is by one day
    said = [
        say("{first} to {last}", first=say.day(time.starts, now), last=say.day(time.ends - timedelta(minutes=1), now))
        for time in coming
    ]
    return lines(say("The next times:"), *said)


def own_words(pledge: Pledge, limit: int = 60) -> str:
    """Its own words on one line."""
    return one_line(pledge.words, limit)


def named(say: Speaker, pledge: Pledge) -> Html:
    """`No. 7: I keep the stairs clean`."""
    return say("No. {number}: {name}", number=pledge.id, name=own_words(pledge))


def short(say: Speaker, pledge: Pledge) -> str:
    """The same for a button."""
    return button(say, pledge.id, pledge.words)


def button(say: Speaker, number: int, words: str) -> str:
    """A button with a promise's number and its first words, as many as a small screen has room for."""
    return say.label("No. {number}: {name}", number=number, name=_narrow(one_line(words, BUTTON)))


def _narrow(words: str) -> str:
    """Chinese letters are twice as wide as others."""
    room = BUTTON + 2
    for place, letter in enumerate(words):
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return words[: place - 1].rstrip("…") + "…"
    return words


def time_named(say: Speaker, pledge: Pledge, time: Occurrence, now: datetime) -> str:
    """One time: `Saturday, 5 December, 19:00`, or the last day of what is promised by a day."""
    if pledge.kind is Kind.RECURRING:
        return say.moment(time.starts_at, now) if pledge.plan.minutes else say.day(time.starts_at, now)
    last = say.day(time.ends_at - timedelta(minutes=1), now)
    return say.label("by {day}", day=last) if pledge.kind is Kind.ONCE else say.label("until {day}", day=last)


def progress(tx: Transaction, say: Speaker, pledge: Pledge) -> Html | None:
    """How it goes: `12 of 80`, or how often it was kept, not kept, not reported, excused."""
    if pledge.kind is Kind.ON_CALL:
        count = occurrences.amount_of(tx, pledge.id)
        if not count:
            return say("Nobody has needed it yet.")
        return say.plural("Was there {count} time", "Was there {count} times", count)
    parts = []
    if pledge.kind is Kind.QUOTA:
        current = occurrences.last_of(tx, pledge.id, tx.now, 1)
        parts += [escape(promises.done_of(say, each.done, each.target, pledge.plan.unit)) for each in current]
    said = counted(say, occurrences.counts(tx, pledge.id))
    return lines(*parts, said) or None


def counted(say: Speaker, counts: dict[Outcome, int]) -> Html | None:
    """`kept 12 · not kept 1`: all of it alike, and nothing hidden; None while nothing is known."""
    return escape(promises.tally(say, counts)) or None


def described(
    say: Speaker, community: Community, words: str, plan: Plan, codes: Iterable[str], now: datetime,
    *, resting: bool = False,
) -> Html:  # fmt: skip
    """A pledge read back: its words, when, the next three times (`resting`, paused or ended: none), for which areas."""
    return lines(
        quote(words),
        say("When: {when}", when=bold(promises.when(say, community, plan, now))),
        None if resting else following(say, community, plan, now),
        say("For: {areas}", areas=promises.areas(say, community, codes)),
    )


def today(community: Community, now: datetime) -> date:
    """The local day."""
    return local_time(now, community.zone).date()


REFUSALS: Mapping[type[Exception], Callable[[Speaker, Any], str]] = {
    NotYet: lambda say, _refusal: say.label("It is not due yet. You can say so when its time has come."),
    TooLate: lambda say, _refusal: say.label("That was too long ago to be changed now."),
    NeverDue: lambda say, _refusal: say.label(
        "By these days it is never due: they are over, or do not exist. Please change when."
    ),
    BadNumber: lambda say, _refusal: say.label("Please give a number from {least} to {most}.", least=1, most=MOST),
    TooMany: lambda say, _refusal: say.label(
        "You have {count} promises already. Please end one first.", count=MOST_EACH
    ),
}
