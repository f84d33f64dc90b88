"""The list of the week: one message per person with all their promises.

For a whole chunk of people at once it goes into the outbox, unworded; each is worded when it is sent.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.core.subjects import split, subject
from domain.pledges.pledges import Kind, due_share
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column, rows
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.pledges import pledge_words
from handlers.pledges.buttons import Doing, PledgePress, SaidPress
from handlers.pledges.checking_in import LISTED, STEPS
from services.pledges import pledge_reminders as service
from services.pledges.pledge_reminders import WeekList
from speech import promises as speech_of
from storage.core import outbox
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.core.outbox import Action, Lane
from storage.pledges.weekly_lists import Listed, ListedTime

BUTTONS = 7
TIMES = 4
"""More of one promise are told as a number, with the first and the last: nobody reads fourteen days one by one."""
FULL = 8
"""With more promises than that each has a shorter name, so that all of them are in one message Telegram takes."""
PROMISES = 20
"""More are only counted; those of which something is to be said come first."""
LONG, SHORT = 80, 40
NAME = 20
AUTHOR = "pledge_list"
_MINUTE = timedelta(minutes=1)


class _Writer:
    """Words one list."""

    def __init__(self, say: Speaker, now: datetime) -> None:
        self.say = say
        self._now = now

    def write(self, week: WeekList) -> tuple[Html, Markup]:
        late = None
        if week.late_since is not None:
            late = self.say(
                "This comes late: it was due on {when}. Please excuse that.",
                when=self.say.moment(week.late_since, self._now),
            )
        shown = self._chosen(week.promises)
        more = len(week.promises) - len(shown)
        limit = LONG if len(shown) <= FULL else SHORT
        head = bold(self.say("Your promises this week"))
        rest = None
        if more:
            rest = self.say.plural(
                "And {count} more promise: /pledge shows it.", "And {count} more promises: /pledge shows them.", more
            )
        hint = self.say("Tap a promise to say what became of it. Or reply with a few words or a photo.")
        text = paragraphs(head, late, *(self._promise(promise, limit) for promise in shown), rest, hint)
        return text, self._buttons(shown, more)

    def _chosen(self, promises: Sequence[Listed]) -> list[Listed]:
        """All of them, in order; of very many those that wait for an answer, then those that come."""
        if len(promises) <= PROMISES:
            return list(promises)
        first = sorted(
            promises, key=lambda each: (not any(time.ends_at <= self._now for time in each.times), not each.times)
        )
        return sorted(first[:PROMISES], key=lambda each: each.id)

    def _promise(self, promise: Listed, limit: int) -> Html:
        say = self.say
        name = say("No. {number}: {name}", number=promise.id, name=one_line(promise.words, limit))
        if promise.of is not None:
            name = lines(name, say("A promise of {name}", name=one_line(promise.of, NAME)))
        if promise.kind is Kind.ON_CALL:
            return lines(name, say("whenever somebody needs it"))
        past = [time for time in promise.times if time.ends_at <= self._now]
        coming = [time for time in promise.times if time.ends_at > self._now]
        return lines(
            name,
            self._times(promise, coming) if coming else None,
            say("Not said yet: {times}", times=self._times(promise, past)) if past else None,
        )

    def _times(self, promise: Listed, times: Sequence[ListedTime]) -> str:
        if len(times) <= TIMES:
            return self.say.listed(self._time(promise, time) for time in times)
        first, last = (self._day(time.starts_at) for time in (times[0], times[-1]))
        return self.say.plural(
            "{count} time, {first} to {last}", "{count} times, {first} to {last}", len(times), first=first, last=last
        )

    def _time(self, promise: Listed, time: ListedTime) -> str:
        if promise.kind is Kind.RECURRING:
            return self._moment(time.starts_at) if promise.timed else self._day(time.starts_at)
        end = time.ends_at - _MINUTE
        if time.target is None:
            return self.say.label("by {day}", day=self.say.day(end, self._now))
        day = self._day(end)
        share = due_share(time.target, time.starts_at, time.ends_at, self._now)
        if time.done < share and time.ends_at > self._now:
            return self.say.label(
                "{done} of {target}, until {day} ({share} would be in step)",
                done=time.done,
                target=speech_of.amount(time.target, promise.unit),
                day=day,
                share=share,
            )
        target = speech_of.amount(time.target, promise.unit)
        return self.say.label("{done} of {target}, until {day}", done=time.done, target=target, day=day)

    def _day(self, at: datetime) -> str:
        return self.say.short_day(at)

    def _moment(self, at: datetime) -> str:
        return f"{self.say.short_day(at)} {self.say.time(at)}"

    def _buttons(self, promises: Sequence[Listed], more: int) -> Markup:
        if len(promises) == 1:
            only = promises[0]
            time = only.times[-1].id if only.kind is Kind.QUOTA and only.times else None
            if time is not None:
                return rows([[Button(f"+{amount}", SaidPress(time, amount, only.id).pack()) for amount in STEPS]])
            return column(Button(self.say.label("Say what became of it"), PledgePress(only.id, Doing.SAY).pack()))
        shown = [
            Button(pledge_words.button(self.say, each.id, each.words), PledgePress(each.id, Doing.SAY).pack())
            for each in promises[:BUTTONS]
        ]
        if more or len(promises) > BUTTONS:
            shown.append(Button(self.say.label("All my promises"), PledgePress(0, Doing.LIST).pack()))
        return column(*shown)


def write_due(tx: Transaction, setup: Setup, due_rows: Sequence[sqlite3.Row]) -> Mapping[int, datetime]:
    """The task of a chunk of lists: all of them into the outbox; says when each person's next one is due."""
    found = service.lists_due(tx, setup.community, due_rows)  # type: ignore[arg-type]
    together: dict[datetime | None, list[tuple[int, str, str]]] = {}
    for each in found.lists:
        together.setdefault(each.late_since, []).append((each.chat, subject("person", each.person), each.once))
    for late_since, to in together.items():
        late = to_text(late_since) if late_since else None
        content = {"by": AUTHOR, "written": to_text(tx.now), "late": late}
        mailer.to_many(tx, Action.WORDED, content, to, purpose=LISTED, lane=Lane.BROADCAST)
    return found.next_due


def word(tx: Transaction, setup: Setup, about: str, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """A list as it reads at the moment it is sent, and the times it tells of; None when there is nothing to remind of.

    Only reads. `content["row"]` is the row of the outbox it is sent for.
    """
    elsewhere = outbox.being_told(tx, LISTED, content.get("row"))
    week = service.week_list(
        tx,
        setup.community,
        split(about)[1],
        from_text(content["written"]),
        from_text_or_none(content.get("late")),
        elsewhere,
    )
    if week is None:
        return None
    text, markup = _Writer(setup.speaker(week.to.language), tx.now).write(week)
    return {"text": text, "markup": markup, "tells": [time.key for promise in week.promises for time in promise.times]}


def note_sent(
    tx: Transaction,
    setup: Setup,
    row: int,
    about: str,
    content: Mapping[str, Any],
    worded: datetime,
    times: Sequence[str],
) -> None:
    """A list was sent, worded at that instant: its keeper knows of these times."""
    service.list_sent(tx, setup.community, split(about)[1], row, from_text(content["written"]), worded, times)
