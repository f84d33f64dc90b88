"""What a pledge is, the states it passes through, and what became of each time it was due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant
from domain.calendar.recurrence import Recurrence
from domain.core.state_machine import StateMachine, Transition
from domain.core.stored import Stored, known

WORDS_LENGTH = 300
MOST = 10_000
"""The greatest number a quota may promise."""
BACKFILL = timedelta(days=14)
"""For so long after it was due it can be said what became of it; then it is recorded as not reported."""
AHEAD = timedelta(days=15)
"""So far ahead the times of a pledge are written down."""


class Kind(Stored, StrEnum, kept_in="pledges.kind"):
    """What sort of promise it is."""

    RECURRING = "recurring"
    QUOTA = "quota"
    ON_CALL = "on_call"
    ONCE = "once"


class State(Stored, StrEnum, kept_in="pledges.state"):
    """Where a pledge stands. What is not sent yet is no pledge but a draft (handlers/pledges/pledging.py)."""

    WAITING = "waiting"  # for staff to look at it
    ASKED = "asked"  # staff asked for a change
    PUBLISHED = "published"
    PAUSED = "paused"
    ENDED = "ended"

    @property
    def is_public(self) -> bool:
        """Whether it is on the board."""
        return self in (State.PUBLISHED, State.PAUSED, State.ENDED)

    @property
    def rests(self) -> bool:
        """Whether nothing is due, until it goes on or for good."""
        return self in (State.PAUSED, State.ENDED)


class Move(StrEnum):
    """What can be done to a pledge that changes its state."""

    SEND_AGAIN = "send_again"
    PUBLISH = "publish"
    ASK = "ask"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


MOVES = StateMachine(
    State,
    Move,
    {
        Move.SEND_AGAIN: Transition(frozenset({State.WAITING, State.ASKED}), State.WAITING),
        Move.PUBLISH: Transition(frozenset({State.WAITING, State.ASKED}), State.PUBLISHED),
        Move.ASK: Transition(frozenset({State.WAITING}), State.ASKED),
        Move.PAUSE: Transition(frozenset({State.PUBLISHED}), State.PAUSED),
        Move.RESUME: Transition(frozenset({State.PAUSED}), State.PUBLISHED),
        Move.END: Transition(frozenset(State) - {State.ENDED}, State.ENDED),
    },
    final=frozenset({State.ENDED}),
)
after = MOVES.after
"""The state a move leads to. Raises WrongState when the move does not start from there."""


def state_in(row: Mapping[str, Any]) -> State:
    """The state a row of pledges is in; where that name is unknown, the one that the rest of the row speaks for.

    Nothing becomes public by that: what was never published waits for staff.
    """
    if row["ended_at"] is not None:
        return known(row["state"], State.ENDED)
    return known(row["state"], State.WAITING if row["published_at"] is None else State.PAUSED)


class Outcome(Stored, StrEnum, kept_in="occurrences.outcome"):
    """What became of one time a pledge was due. Not reported is not "not kept"."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    NOT_REPORTED = "not_reported"
    EXCUSED = "excused"  # not this time: ill, away, called off


class Asked(Stored, StrEnum, kept_in="pledge_consents.how"):
    """How staff asked somebody without Telegram whether the board may show their name or photos."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    PAPER = "paper"  # they signed it


class Answer(Stored, StrEnum, kept_in="checkins.answer"):
    """What was said of it."""

    DONE = "done"
    PARTLY = "partly"
    CANNOT = "cannot"
    EXCUSED = "excused"
    NOTE = "note"  # words or a photo, sent after the answer


SETTLES: dict[Answer, Outcome] = {
    Answer.DONE: Outcome.KEPT,
    Answer.PARTLY: Outcome.PARTLY,
    Answer.CANNOT: Outcome.NOT_KEPT,
    Answer.EXCUSED: Outcome.EXCUSED,
}


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of local days, first and last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a stretch must begin before it ends")


@dataclass(frozen=True)
class Plan:
    """When a pledge is due, on the wall clock of its zone.

    Recurring: `start` (the first local time), `rule`, `minutes` (0: no fixed time of the day) and perhaps `until`.
    Quota: `target`, counted in `unit` where one was said (副, pairs), in each window, which are the days `start` to
    `until`, or those the community names as `windows`.
    Once: by `until`. On call: nothing.
    """

    kind: Kind
    start: datetime | None = None
    rule: str | None = None
    minutes: int = 0
    until: date | None = None
    target: int | None = None
    windows: str | None = None
    unit: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For the record."""
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return {
            name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in values.items()
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Plan:
        """What `as_json` wrote."""
        read = dict(values)
        read["kind"] = known(read["kind"], Kind.ONCE)
        if "start" in read:
            read["start"] = datetime.fromisoformat(read["start"])
        if "until" in read:
            read["until"] = date.fromisoformat(read["until"])
        return cls(**read)

    def recurrence(self, zone: ZoneInfo) -> Recurrence:
        """The times of a recurring pledge. Raises BadRule."""
        assert self.start is not None and self.rule is not None
        return Recurrence(self.start, self.rule, zone, self.until)


@dataclass(frozen=True)
class Time:
    """One time a pledge is due: its key is the same however often it is reckoned."""

    key: str
    starts: datetime
    ends: datetime
    target: int | None = None


def times(
    plan: Plan, pledge: int, zone: ZoneInfo, spans: tuple[Span, ...], after: datetime, until: datetime
) -> list[Time]:
    """Each time the pledge is due that begins later than `after` and not later than `until`.

    `spans` are the windows of a quota. One whose window is open at `after` is among them: it is due all the while.
    """
    if plan.kind is Kind.RECURRING:
        length = timedelta(minutes=plan.minutes)
        return [
            Time(key(pledge, local), at, at + length if plan.minutes else end_of(local.date(), zone))
            for local, at in plan.recurrence(zone).between(after, until)
        ]
    found = []
    for span in spans:
        begin = instant(datetime(span.first.year, span.first.month, span.first.day), zone)
        end = end_of(span.last, zone)
        if begin <= until and end > after:
            found.append(
                Time(key(pledge, datetime(span.first.year, span.first.month, span.first.day)), begin, end, plan.target)
            )
    return found


def key(pledge: int, local: datetime) -> str:
    """`pledge:7:2026-12-05T19:00`, the name of one time a pledge is due."""
    return f"pledge:{pledge}:{local.isoformat(timespec='minutes')}"


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local day is over."""
    following = day + timedelta(days=1)
    return instant(datetime(following.year, following.month, following.day), zone)


def due_share(target: int, starts: datetime, ends: datetime, now: datetime) -> int:
    """How much of a quota should be done by now, in step with the time that has passed."""
    if now >= ends:
        return target
    if now <= starts:
        return 0
    return int(target * ((now - starts) / (ends - starts)))


def at_end(target: int | None, done: int, said: bool) -> Outcome:
    """What became of it when nobody can say any more: a quota that was counted counts, the rest is not reported."""
    if target is not None and said:
        return Outcome.KEPT if done >= target else Outcome.NOT_KEPT
    return Outcome.NOT_REPORTED
