"""Tells admins that storage fails. Directly, past the outbox: what cannot be written cannot wait in a table."""

import asyncio
import time
from collections.abc import Callable

import structlog

from bot.kit.request import NotSent, Refused, Request, Uncertain
from domain.people.rights import Role
from handlers.kit.texts import Html
from handlers.kit.update_context import Setup
from handlers.operations import storage_alarm
from storage.core.database import Database
from storage.core.trouble import is_trouble
from storage.people import people
from storage.people.people import Person

PATIENCE = 5.0
AGAIN = 6 * 3600.0
RECENT = 60.0
log = structlog.get_logger()


class Alarm:
    """Rings once when storage has failed for some seconds, again every six hours, and says when it is over."""

    def __init__(self, database: Database, request: Request, setup: Setup) -> None:
        self._database = database
        self._request = request
        self._setup = setup
        self._since: float | None = None
        self._latest = 0.0
        self._told: float | None = None
        self._admins: list[Person] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def learn(self) -> None:
        """Note who the admins are while the database can still be read; it need not take anything."""
        self._admins = await self._database.read(people.with_role, Role.ADMIN)

    def storage_fails(self) -> None:
        """Something could not be written just now."""
        self._latest = now = time.monotonic()
        if self._since is None:
            self._since = now
        if now - self._since >= PATIENCE and (self._told is None or now - self._told >= AGAIN):
            self._told = now
            self._tell(storage_alarm.storage_fails)

    def storage_works(self) -> None:
        """Something was written just now."""
        if self._told is not None:
            self._tell(storage_alarm.storage_works)
        self._since = self._told = None

    @property
    def failing(self) -> bool:
        """Whether something could not be written lately, and nothing since. (Whoever fails tries again soon.)"""
        return self._since is not None and time.monotonic() - self._latest < RECENT

    def _tell(self, write: Callable[[Setup, Person], Html]) -> None:
        task = asyncio.ensure_future(self._send(write))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, write: Callable[[Setup, Person], Html]) -> None:
        try:
            await self.learn()
        except Exception as error:
            if not is_trouble(error):
                raise
        for admin in self._admins:
            text = {"chat_id": admin.telegram_id, "text": write(self._setup, admin), "parse_mode": "HTML"}
            try:
                await self._request.call("sendMessage", text)
            except (NotSent, Uncertain, Refused) as error:
                log.warning("alarm_not_sent", person=admin.id, error=str(error))
