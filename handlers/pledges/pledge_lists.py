"""The list of the week: one message per person with all their promises.

For a whole chunk of people at once it goes into the outbox, unworded; each is worded when it is sent.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.pledges import Kind, due_share
from domain.subjects import split, subject
from handlers.here import Setup, our_language
from handlers.keyboards import Button, Markup, column, rows
from handlers.pledges.checking_in import LISTED, STEPS
from handlers.texts import Html, Speaker, bold, lines, one_line, paragraphs
from services import pledge_reminders as service
from services.pledge_reminders import WeekList
from storage import outbox
from storage.database import Transaction
from storage.instants import from_text, from_text_or_none, to_text
from storage.outbox import Lane, Outgoing
from storage.pledge_lists import Listed, ListedTime

BUTTONS = 7
TIMES = 15
"""Of a daily promise all of the last two weeks: a time that is not named was not asked about."""
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
            late = self.say("This comes late: it was due on {when}. Please excuse that.",
                            when=self.say.moment(week.late_since, self._now))  # fmt: skip
        head = bold(self.say("Your promises this week"))
        hint = self.say("Tap a promise to say what became of it. Or reply with a few words or a photo.")
        return paragraphs(head, late, *map(self._promise, week.promises), hint), self._buttons(week.promises)

    def _promise(self, promise: Listed) -> Html:
        say = self.say
        name = say("No. {number}: {name}", number=promise.id, name=one_line(promise.words, 80))
        if promise.kind is Kind.ON_CALL:
            return lines(name, say("whenever somebody needs it"))
        past = [time for time in promise.times if time.ends_at <= self._now]
        coming = [time for time in promise.times if time.ends_at > self._now]
        return lines(
            name,
            say.listed(self._time(promise, time) for time in coming[:TIMES]) if coming else None,
            say("Not said yet: {times}", times=say.listed(self._time(promise, time) for time in past[:TIMES]))
            if past
            else None,
        )

    def _time(self, promise: Listed, time: ListedTime) -> str:
        if promise.kind is Kind.RECURRING:
            return self._moment(time.starts_at) if promise.timed else self._day(time.starts_at)
        day = self._day(time.ends_at - _MINUTE)
        if time.target is None:
            return self.say.label("until {day}", day=day)
        share = due_share(time.target, time.starts_at, time.ends_at, self._now)
        if time.done < share:
            return self.say.label("{done} of {target}, until {day} ({share} would be in step)", done=time.done,
                                  target=time.target, day=day, share=share)  # fmt: skip
        return self.say.label("{done} of {target}, until {day}", done=time.done, target=time.target, day=day)

    def _day(self, at: datetime) -> str:
        return self.say.short_day(at)

    def _moment(self, at: datetime) -> str:
        return f"{self.say.short_day(at)} {self.say.time(at)}"

    def _buttons(self, promises: Sequence[Listed]) -> Markup:
        if len(promises) == 1:
            only = promises[0]
            if only.kind is Kind.QUOTA and only.times:
                time = only.times[-1].id
                return rows([[Button(f"+{amount}", f"pc:{time}:{amount}:{only.id}") for amount in STEPS]])
            return column([Button(self.say.label("Say what became of it"), f"p:{only.id}:say:0")])
        shown = [
            Button(self.say.label("No. {number}: {name}", number=each.id, name=one_line(each.words, 18)),
                   f"p:{each.id}:say:0")
            for each in promises[:BUTTONS]
        ]  # fmt: skip
        if len(promises) > BUTTONS:
            shown.append(Button(self.say.label("All my promises"), "p:0:list:0"))
        return column(shown)


def write_due(tx: Transaction, setup: Setup, due_rows: Sequence[sqlite3.Row]) -> Mapping[int, datetime]:
    """The duty of a chunk of lists: all of them into the outbox; says when each person's next one is due."""
    found = service.lists_due(tx, setup.community, due_rows)  # type: ignore[arg-type]
    together: dict[datetime | None, list[tuple[int, str, str]]] = {}
    for each in found.lists:
        together.setdefault(each.late_since, []).append((each.chat, subject("person", each.person), each.once))
    for late_since, to in together.items():
        late = to_text(late_since) if late_since else None
        content = {"by": AUTHOR, "written": to_text(tx.now), "late": late}
        outbox.add_to_many(
            tx, Outgoing(chat=0, action="worded", content=content, purpose=LISTED, lane=Lane.BROADCAST), to
        )
    return found.next_due


def word(tx: Transaction, setup: Setup, about: str, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """A list as it reads at the moment it is sent; None when there is nothing to remind of any more."""
    week = service.week_list(
        tx, setup.community, split(about)[1], from_text(content["written"]), from_text_or_none(content.get("late"))
    )
    if week is None:
        return None
    text, markup = _Writer(setup.speaker(our_language(week.to.language)), tx.now).write(week)
    return {"text": text, "markup": markup}
