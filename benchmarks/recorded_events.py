"""The record of two years with so many reports, five events each, written straight into a new database file.

What figures read is there: kinds, places, channels, deadlines, answers, resolutions and what residents said of them. Of
each other event a report has one (somebody takes it), as in life figures have to pass over many.
"""

import heapq
import itertools
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.neighbourhood import FIRST_RESIDENT, FIRST_STAFF, STAFF
from benchmarks.stand_in import STAFF_CHAT
from domain.community import Community
from services.staff_room import staff_chat
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.people import people

SPAN = timedelta(days=730)
RESIDENTS = 200
CHUNK = 20_000
Event = tuple[str, int | None, str, str, str]
"""When, who, about what, which kind, and what was noted."""
_CHANNELS = ("chat", "recorded", "representative")
_DECIDES = ("report.confirmed", "report.lapsed", "report.reopened", "report.confirmed")


class Record:
    """Writes itself into a file. The same numbers make the same record, up to the time it is written at."""

    def __init__(self, community: Community, reports: int, seed: int = 1) -> None:
        self._community = community
        self._reports = reports
        self._say = random.Random(f"{seed} {reports}")
        self._areas = [each.code for each in community.all_areas()]
        self._weights = [1 / (1 + place) for place in range(len(self._areas))]
        self._now = datetime.now(UTC)

    async def write(self, path: Path) -> int:
        """Make the file at `path`; how many events it has."""
        database = Database(path, lambda: datetime.now(UTC))
        await database.open()
        count = 0
        try:
            await database.run(self._people)
            events = self._events()
            while some := list(itertools.islice(events, CHUNK)):
                count += len(some)
                await database.run(_keep, some)
        finally:
            await database.close()
        return count

    def _people(self, tx: Transaction) -> None:
        now = to_text(tx.now)
        staff_chat.choose_by_setting(tx, STAFF_CHAT, staff_chat.meet(tx, STAFF_CHAT, "supergroup", "Staff", True))
        for telegram_id in (
            *range(FIRST_STAFF, FIRST_STAFF + STAFF),
            *range(FIRST_RESIDENT, FIRST_RESIDENT + RESIDENTS),
        ):
            person = tx.insert(
                "INSERT INTO people (telegram_id, name, language, chose_language, started, created_at) "
                "VALUES (?, ?, 'en', 1, 1, ?)",
                (telegram_id, f"Person {telegram_id}", now),
            )
            tx.insert("INSERT INTO chats (telegram_id, kind, created_at) VALUES (?, 'private', ?)", (telegram_id, now))
            if telegram_id < FIRST_RESIDENT:
                people.grant(tx, person, "staff", None)

    def _events(self) -> Iterator[Event]:
        """In the order in which they happened."""
        ahead: list[Event] = []
        for number in range(1, self._reports + 1):
            sent = self._now - SPAN + SPAN * (number / (self._reports + 1))
            for event in self._life(number, sent):
                heapq.heappush(ahead, event)
            until = to_text(sent)
            while ahead and ahead[0][0] <= until:
                yield heapq.heappop(ahead)
        now = to_text(self._now)
        while ahead and ahead[0][0] < now:
            yield heapq.heappop(ahead)

    def _life(self, number: int, at: datetime) -> Iterator[Event]:
        say, about = self._say, f"report:{number}"
        category = say.choice(self._community.categories)
        staff, resident = say.randint(1, STAFF), STAFF + say.randint(1, RESIDENTS)
        due = at + timedelta(days=3)

        def event(kind: str, days: float, actor: int | None, **data: Any) -> Event:
            return to_text(at + timedelta(days=days)), actor, about, kind, json.dumps(data)

        yield event(
            "report.submitted", 0, resident, danger=None, opens=None, quietly=False,
            channel=say.choices(_CHANNELS, (7, 2, 1))[0], category=category.code if say.random() < 0.95 else None,
            area=say.choices(self._areas, self._weights)[0] if say.random() < 0.9 else None,
            department=category.department, due_at=to_text(due), follows=None,
        )  # fmt: skip
        took = say.lognormvariate(-1.5, 1.2)
        yield event("report.taken", took / 2, staff, assignee=staff, before=None)
        if say.random() < 0.12:
            yield event("report.declined", took, staff, reason="not-ours")
            return
        yield event("report.answered", took, staff)
        if took > 3:
            yield event("report.overdue", 3.01, None, due_at=to_text(due))
        fixed = took + say.lognormvariate(0.5, 1)
        if say.random() < 0.85:
            yield event("report.resolved", fixed, staff, round=1)
            kind, more = say.choice(_DECIDES), {"closed": False, "again": False}
            yield event(kind, fixed + say.uniform(0.1, 7), resident, round=1, **(more if "reopened" in kind else {}))
            if kind == "report.confirmed":
                yield event("report.handling_judged", fixed + 7.1, resident, round=1, content=say.random() < 0.8)


def _keep(tx: Transaction, events: list[Event]) -> None:
    tx.many("INSERT INTO events (at, actor, subject, kind, data) VALUES (?, ?, ?, ?, ?)", events)
