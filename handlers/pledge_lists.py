"""The list of the week: one message per person with all their promises. Written for a whole chunk of people at once."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.pledges import Kind
from domain.subjects import subject
from handlers.checking_in import LISTED, PURPOSE, STEPS
from handlers.here import Setup, our_language
from handlers.keyboards import Button, Markup, column, rows
from handlers.texts import Html, Speaker, bold, lines, one_line, paragraphs
from services import pledge_reminders as service
from services.pledge_reminders import WeekList
from storage import outbox
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.pledge_lists import Listed, ListedTime

BUTTONS = 7
TIMES = 7
_MINUTE = timedelta(minutes=1)


class _Writer:
    """Writes lists of one language. What many lists say alike, such as a day, is said once and kept for the chunk."""

    def __init__(self, say: Speaker, now: datetime) -> None:
        self.say = say
        self._now = now
        self._days: dict[datetime, str] = {}
        self._moments: dict[datetime, str] = {}
        self.head = bold(say("Your promises this week"))
        self.hint = say("Tap a promise to say what became of it. Or reply with a few words or a photo.")
        self.more = say.label("All my promises")
        self.what = say.label("Say what became of it")

    def write(self, week: WeekList) -> tuple[Html, Markup]:
        late = None
        if week.late_since is not None:
            late = self.say("This comes late: it was due on {when}. Please excuse that.",
                            when=self.say.moment(week.late_since, self._now))  # fmt: skip
        return paragraphs(self.head, late, *map(self._promise, week.promises), self.hint), self._buttons(week.promises)

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
        return self.say.label("{done} of {target}, until {day}", done=time.done, target=time.target, day=day)

    def _day(self, at: datetime) -> str:
        if at not in self._days:
            self._days[at] = self.say.short_day(at)
        return self._days[at]

    def _moment(self, at: datetime) -> str:
        if at not in self._moments:
            self._moments[at] = f"{self.say.short_day(at)} {self.say.time(at)}"
        return self._moments[at]

    def _buttons(self, promises: Sequence[Listed]) -> Markup:
        if len(promises) == 1:
            only = promises[0]
            if only.kind is Kind.QUOTA and only.times:
                time = only.times[-1].id
                return rows([[Button(f"+{amount}", f"pc:{time}:{amount}:{only.id}") for amount in STEPS]])
            return column([Button(self.what, f"p:{only.id}:say:0")])
        shown = [
            Button(self.say.label("No. {number}: {name}", number=each.id, name=one_line(each.words, 18)),
                   f"p:{each.id}:say:0")
            for each in promises[:BUTTONS]
        ]  # fmt: skip
        if len(promises) > BUTTONS:
            shown.append(Button(self.more, "p:0:list:0"))
        return column(shown)


def write_due(tx: Transaction, setup: Setup, due_rows: Sequence[sqlite3.Row]) -> Mapping[int, datetime]:
    """The duty of a chunk of lists: all of them into the outbox; says when each person's next one is due."""
    found = service.lists_due(tx, setup.community, [dict(row) for row in due_rows])
    writers: dict[str, _Writer] = {}
    written = []
    for week in found.lists:
        language = our_language(week.to.language)
        if language not in writers:
            writers[language] = _Writer(setup.speaker(language), tx.now)
        text, markup = writers[language].write(week)
        assert week.to.chat is not None
        single = len(week.promises) == 1
        written.append(
            Outgoing(
                chat=week.to.chat,
                action="message",
                content={"text": text, "markup": markup},
                subject=subject("pledge", week.promises[0].id) if single else subject("person", week.to.person),
                purpose=PURPOSE if single else LISTED,
                lane=Lane.BROADCAST,
                once=week.once,
            )
        )
    outbox.add_many(tx, written)
    service.told(tx, found.lists)
    return found.next_due
