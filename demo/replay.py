"""What people did in the past, done again by the services that would have done it then, each thing at its own time.

The record of events and all tables are afterwards as if it had happened here. Rules hear of what happens, and what was
due by the clock is done; nobody is written to.
"""

import heapq
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.community.community_file import load_community
from bot.features import joined
from domain.core.state_machine import WrongState
from domain.events import Event
from handlers.kit.feature import Stage
from handlers.kit.update_context import Setup
from services.core.errors import AlreadyDone
from services.pledges import pledge_reminders, reminder_schedule
from services.projects import delivering, public_figures
from services.repairs import repair_verdicts
from services.reports import deadlines, verdicts
from storage.core import chats, events, scheduled_tasks
from storage.core.database import Database, Transaction
from storage.people import people
from storage.people.people import Person

BOT_ID = 4242
TASKS = (
    deadlines.KIND, verdicts.KIND, reminder_schedule.AHEAD_KIND, pledge_reminders.CLOSE_KIND, delivering.KIND,
    public_figures.KIND, repair_verdicts.KIND,
)  # fmt: skip
"""What the clock does of itself. Whatever else is due, such as reminders and lists, is nobody's past."""
AT_ONCE = 500
Deed = Callable[[], object]


class Replay:
    """What is still to be done, in order of time. A deed may plan further ones."""

    def __init__(self, tx: Transaction, setup: Setup) -> None:
        self.tx = tx
        self.setup = setup
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._planned = 0
        self._chats: list[int] = []
        features = setup.features
        self._kinds = (*features.tasks, *features.chunk_tasks, *features.workers)

    def at(self, when: datetime, deed: Deed) -> None:
        """It is done then; of several at the same time in this order."""
        self._planned += 1
        heapq.heappush(self._deeds, (when, self._planned, deed))

    def until(self, end: datetime) -> None:
        """All of it until then, and what is due by the clock meanwhile. It is that time then."""
        while self._deeds and self._deeds[0][0] < end:
            when, _, deed = heapq.heappop(self._deeds)
            self._clock_until(when)
            self._do(deed)
        self._clock_until(end)

    def meet(self, name: str, language: str, *roles: str) -> Person:
        """Somebody with Telegram, whom the bot may write to, with these roles."""
        number = 9_000_000_001 + len(self._chats)  # no number of anybody here
        made = people.meet(self.tx, number, name, None, language)
        people.set_started(self.tx, made.id)
        chat = chats.meet(self.tx, number, chats.ChatKind.PRIVATE, None, False)
        self._chats.append(chat.id)
        for role in roles:
            people.grant(self.tx, made.id, role, None)
        return people.by_id(self.tx, made.id)

    def everybody_leaves(self) -> None:
        """Nobody of them is here in truth: nothing is sent to them from now on, and nothing is due."""
        for chat in self._chats:
            chats.set_unreachable(self.tx, chat, "they are part of the past alone")
        scheduled_tasks.cancel_all(self.tx)

    def _clock_until(self, when: datetime) -> None:
        while (at := scheduled_tasks.earliest(self.tx, self._kinds)) is not None and at <= when:
            self.tx.now = max(self.tx.now, at)
            for task in scheduled_tasks.claim(self.tx, self._kinds, AT_ONCE):
                scheduled_tasks.finished(self.tx, task["id"])
                self._due(task["kind"], task["subject"], json.loads(task["data"]))
        self.tx.now = max(self.tx.now, when)

    def _due(self, kind: str, about: str, data: Mapping[str, Any]) -> None:
        if kind in TASKS:
            with self.tx.savepoint():
                self.setup.features.tasks[kind](self.tx, self.setup, about, dict(data))

    def _do(self, deed: Deed) -> None:
        """What somebody else was quicker with is not done."""
        try:
            with self.tx.savepoint():
                deed()
        except (WrongState, AlreadyDone):
            pass


async def replay(path: Path, community: Path, begins: datetime, live: Callable[[Replay], None]) -> None:
    """Make the database at `path`, with what `live` plans and does in that community, from `begins` on."""
    features = joined()
    setup = Setup(load_community(community), BOT_ID, "resident_voices_bot", path.parent / "media", features)
    database = Database(path, lambda: begins)
    database.record = events.record
    database.publisher = _rules(setup)
    await database.open()
    try:
        await database.run(lambda tx: live(Replay(tx, setup)))
    finally:
        await database.close()


def _rules(setup: Setup) -> Callable[[Transaction, Event], None]:
    """Those who hear of an event and follow a rule; not those who write to people."""

    def publish(tx: Transaction, event: Event) -> None:
        for each in setup.features.subscriptions(type(event)):
            if each.stage is Stage.RULE:
                each.run(tx, setup, event)

    return publish
