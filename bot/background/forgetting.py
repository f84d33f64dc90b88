"""Sees to what is outside of the database once somebody is forgotten: messages in Telegram, what waits to be sent, what
is left behind on the disk. Then says so, as the last message.

Messages are found beside the bot and deleted through the outbox, within Telegram's limits. Killed at any moment, it
goes on where it was: each step can be done twice.
"""

import asyncio
import json
import sqlite3
from datetime import timedelta

import structlog

from bot.background.worker import Finish, Worker
from domain.core.subjects import split, subject
from handlers.kit.update_context import Setup
from handlers.personal_data import outside as words
from services.operations import wiping
from services.personal_data import outside as service
from services.personal_data.outside import At
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.reading import read_beside
from storage.personal_data import forgetting, outside, talks
from storage.personal_data.forgetting import Forgetting
from storage.personal_data.outside import Place

LOOK_SECONDS = 30.0
BUSY_SECONDS = 1.0
"""So often it looks while somebody is being forgotten."""
CARDS_AT_ONCE = 20
PATIENCE = timedelta(minutes=50)
log = structlog.get_logger()


class ForgettingOutside(Worker):
    """Works until cancelled."""

    kind = service.KIND
    tries = 1000
    again = timedelta(minutes=1)

    def __init__(self, database: Database, setup: Setup) -> None:
        super().__init__(database)
        self._setup = setup
        self._busy = False
        database.listen(forgetting.SIGNAL, self._wake.set)

    @property
    def poll_seconds(self) -> float:
        return BUSY_SECONDS if self._busy else LOOK_SECONDS

    async def _prepare(self) -> None:
        await self._database.run(service.see_to_all)
        self._busy = await self._database.read(service.is_anybody)

    async def _do(self, row: sqlite3.Row) -> Finish:
        of = await self._database.read(forgetting.by_id, split(row["subject"])[1])
        if of is None:
            return lambda _tx: True
        match At(json.loads(row["data"]).get("at", At.LOOKING)):
            case At.LOOKING:
                return await self._look(of, row)
            case At.DELETING:
                return await self._deleted(of, row)
            case At.WIPING:
                return lambda tx: self._wiped(tx, of, row)
            case At.SAYING:
                return lambda tx: self._said(tx, of, row)

    async def _look(self, of: Forgetting, row: sqlite3.Row) -> Finish:
        """Find what holds something of theirs, and have it deleted; what can be written anew is."""
        if await self._database.read(outside.on_its_way, of):
            return lambda tx: _later(tx, of, row)
        own, others = await self._database.run(service.theirs, of, await self._talks(of))
        drawn = self._setup.features.redraws
        found, came = await asyncio.to_thread(self._find, of, own, others)
        sent = await self._database.run(lambda tx: {outside.kept(tx, *each) for each in came})
        places = [*found, *sorted(sent - set(found), key=lambda place: (place.chat, place.message))]
        for first in range(0, len(places), service.CHUNK):
            await self._database.run(
                service.delete,
                of,
                places[first : first + service.CHUNK],
                lambda tx, chat: words.line(tx, self._setup, chat),
            )
        cards = [split(about) for about in (*own, *others, *await self._database.read(outside.staff_lists))]
        cards = [(kind, number) for kind, number in cards if kind in drawn]
        for first in range(0, len(cards), CARDS_AT_ONCE):
            await self._database.run(self._draw, cards[first : first + CARDS_AT_ONCE])
        log.info("forgetting_found", forgetting=of.id, messages=len(places))

        def finish(tx: Transaction) -> bool:
            service.go_on(tx, of, At.DELETING, drawn=[subject(*each) for each in cards])
            return False

        return finish

    def _find(self, of: Forgetting, own: list[str], others: list[str]) -> tuple[list[Place], list[tuple[int, int]]]:
        drawn = frozenset(self._setup.features.redraws)

        def read(tx: Transaction) -> tuple[list[Place], list[tuple[int, int]]]:
            found = outside.find(tx, of, own, others, drawn)
            return found, outside.came_lately(tx, of, found)

        return read_beside(self._database.path, self._database.now, read)

    async def _talks(self, of: Forgetting) -> list[str]:
        return await asyncio.to_thread(
            read_beside, self._database.path, self._database.now, lambda tx: service.talks(tx, of)
        )

    def _is_late(self, of: Forgetting) -> bool:
        """What a chat did not take until then counts as what stays; it is tried further."""
        return self._database.now() - of.asked_at > PATIENCE

    def _draw(self, tx: Transaction, cards: list[tuple[str, int]]) -> None:
        for kind, number in cards:
            if outside.has_card(tx, subject(kind, number)):
                self._setup.features.redraws[kind](tx, self._setup, number)

    async def _deleted(self, of: Forgetting, row: sqlite3.Row) -> Finish:
        """Once all is deleted that can be, what was sent and what came in says nothing any more here either."""
        drawn = json.loads(row["data"]).get("drawn", ())
        if not self._is_late(of) and await self._database.read(outside.is_open, service.name_of(of.id), drawn):
            return lambda tx: _later(tx, of, row)
        about_them = await self._talks(of)
        own, others = await self._database.run(service.theirs, of, about_them)
        for first in range(0, len(about_them), service.CHUNK):
            await self._database.run(talks.empty_ended, about_them[first : first + service.CHUNK])
        while await self._database.run(outside.empty_sent, [*own, *others], service.CHUNK):
            pass
        await self._database.run(outside.empty_handled, of)

        def finish(tx: Transaction) -> bool:
            outside.forget_searches(tx)
            wiping.plan(tx)
            service.go_on(tx, of, At.WIPING, since=to_text(tx.now))
            return False

        return finish

    def _wiped(self, tx: Transaction, of: Forgetting, row: sqlite3.Row) -> bool:
        if not service.is_wiped(tx, json.loads(row["data"])["since"]):
            return _later(tx, of, row)
        words.say_done(tx, self._setup, of, service.what_stayed(tx, of))
        service.go_on(tx, of, At.SAYING)
        return False

    def _said(self, tx: Transaction, of: Forgetting, row: sqlite3.Row) -> bool:
        """Once it has been sent, or cannot be, nothing leads to them any more."""
        if not self._is_late(of) and outside.is_open(tx, service.name_of(of.id)):
            return _later(tx, of, row)
        outside.empty_handled(tx, of)  # what was pressed until all had gone from the chats, too
        service.finish(tx, of)
        wiping.plan(tx)
        return True


def _later(tx: Transaction, of: Forgetting, row: sqlite3.Row) -> bool:
    service.look_again(tx, of, row["data"])
    return False
