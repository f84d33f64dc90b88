"""Intake by polling: an update is committed to the inbox before the offset that confirms it to Telegram moves on.

PTB's Updater confirms updates that no handler has seen: killed then, it loses them; and one update it cannot parse
stops it for ever (both reproduced). Here the raw JSON is kept first and parsed later.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from bot.intake.contact import Contact
from bot.kit.alarm import Alarm
from bot.kit.request import NotSent, Refused, Request, Uncertain
from storage.core import inbox
from storage.core.database import Database
from storage.core.trouble import is_trouble
from web.metrics import Metrics

POLL_SECONDS = 25
# Said on every call: left out, Telegram keeps the list an earlier owner of the token set.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
# Asking whether the network is back costs next to nothing, and everybody waits for it.
LONGEST_WITHOUT_NETWORK = 5.0
log = structlog.get_logger()


class TokenRefused(Exception):
    """Telegram does not know this token."""


class Polling:
    """Fetches updates until cancelled. A poll given up loses nothing: Telegram keeps what it would have brought.

    `on_contact` is called whenever Telegram has answered: there is a network. `contact` is told when what it brought is
    stored as well.
    """

    def __init__(
        self,
        database: Database,
        request: Request,
        alarm: Alarm,
        contact: Contact,
        on_contact: Callable[[], None],
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._request = request
        self._alarm = alarm
        self._contact = contact
        self._on_contact = on_contact
        self._metrics = metrics or Metrics()
        self._offset = 0
        self._webhook_gone = False

    async def run(self) -> None:
        """Poll until cancelled. Raises TokenRefused when the token is revoked meanwhile."""
        delay = FIRST_DELAY
        while True:
            try:
                await self._poll()
                delay = FIRST_DELAY
            except Refused as error:
                delay = await self._refused(error, delay)
            except (NotSent, Uncertain) as error:
                delay = min(delay, LONGEST_WITHOUT_NETWORK)
                log.warning("polling_failed", error=str(error), retry_in=delay)
                delay = await self._back_off(delay)
            except Exception as error:
                # Nothing was acknowledged: Telegram hands the same updates over again.
                if is_trouble(error):
                    log.error("inbox_storage_trouble", error=str(error), retry_in=delay)
                    self._alarm.storage_fails()
                else:
                    log.exception("polling_failed_by_us", retry_in=delay)
                delay = await self._back_off(delay)

    async def _poll(self) -> None:
        if not self._webhook_gone:
            # While one is set Telegram refuses to be polled. What waits for it is not dropped.
            await self._request.call("deleteWebhook", {"drop_pending_updates": False})
            self._webhook_gone = True
        updates = await self._fetch()
        self._on_contact()
        if updates:
            await self._store(updates)
        else:
            # All is confirmed. After a quiet week the numbers start anew, perhaps below this one: ask for whatever
            # there is.
            self._offset = 0
        await self._contact.heard()

    async def _fetch(self) -> list[Any]:
        parameters = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        # The answer comes after POLL_SECONDS at the latest; a client that gives up sooner would poll without end.
        updates = await self._request.call("getUpdates", parameters, read_timeout=POLL_SECONDS + 10)
        if not isinstance(updates, list):
            raise Uncertain("getUpdates brought no list")
        return updates

    async def _store(self, updates: list[Any]) -> None:
        good = [update for update in updates if inbox.storable(update)]
        if len(good) < len(updates):
            log.error("updates_without_number", count=len(updates) - len(good))
        if not good:
            raise Uncertain("getUpdates brought nothing that is an update")
        new = await self._database.run(inbox.store, good)
        self._alarm.storage_works()
        self._metrics.received(len(good), new)
        # Only now may Telegram forget them; the next call says so.
        self._offset = max(update["update_id"] for update in good) + 1

    async def _refused(self, error: Refused, delay: float) -> float:
        if error.code in (401, 404):
            raise TokenRefused(error.description) from None
        wait = error.retry_after or delay
        if error.code == 409 and "webhook" in error.description.lower():
            self._webhook_gone = False
            log.warning("webhook_in_the_way", said=error.description, retry_in=wait)
        elif error.code == 409:
            log.error("another_bot_polls", said=error.description, retry_in=wait)
        else:
            log.warning("polling_refused", code=error.code, said=error.description, retry_in=wait)
        await asyncio.sleep(wait)
        return min(delay * 2, LONGEST_DELAY)

    async def _back_off(self, delay: float) -> float:
        await asyncio.sleep(delay)
        return min(delay * 2, LONGEST_DELAY)
