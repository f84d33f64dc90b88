"""Intake by polling: an update is committed to the inbox before the offset that confirms it to Telegram moves on.

PTB's Updater confirms updates that no handler has seen: killed then, it loses them; and one update it cannot parse
stops it for ever (both reproduced). Here the raw JSON is kept first and parsed later.
"""

import asyncio
from typing import Any

import structlog

from bot.request import NotSent, Refused, Request, Uncertain
from storage import inbox
from storage.database import Database
from storage.trouble import is_trouble

POLL_SECONDS = 25
# Said on every call: left out, Telegram keeps the list an earlier owner of the token set.
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
log = structlog.get_logger()


class TokenRefused(Exception):
    """Telegram does not know this token."""


class Polling:
    """Fetches updates until cancelled. A poll given up loses nothing: Telegram keeps what it would have brought."""

    def __init__(self, database: Database, request: Request) -> None:
        self._database = database
        self._request = request
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises TokenRefused when the token is revoked meanwhile."""
        delay = 0.5
        while True:
            try:
                updates = await self._fetch()
                if updates:
                    await self._store(updates)
                delay = 0.5
            except Refused as error:
                if error.code in (401, 404):
                    raise TokenRefused(error.description) from None
                wait = float(error.parameters.get("retry_after", delay))
                if error.code == 409:
                    log.error("another_bot_polls", said=error.description, retry_in=wait)
                else:
                    log.warning("polling_refused", code=error.code, said=error.description, retry_in=wait)
                delay = await self._back_off(wait)
            except (NotSent, Uncertain) as error:
                log.warning("polling_failed", error=str(error), retry_in=delay)
                delay = await self._back_off(delay)
            except Exception as error:
                if not is_trouble(error):
                    raise
                # Nothing was acknowledged: Telegram hands the same updates over again.
                log.error("inbox_storage_trouble", error=str(error), retry_in=delay)
                delay = await self._back_off(delay)

    async def _fetch(self) -> list[dict[str, Any]]:
        parameters = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        # The answer comes after POLL_SECONDS at the latest; a client that gives up sooner would poll without end.
        updates: list[dict[str, Any]] = await self._request.call(
            "getUpdates", parameters, read_timeout=POLL_SECONDS + 10
        )
        return updates

    async def _store(self, updates: list[dict[str, Any]]) -> None:
        await self._database.run(inbox.store, updates)
        # Only now may Telegram forget them; the next call says so.
        self._offset = max(update["update_id"] for update in updates) + 1

    async def _back_off(self, delay: float) -> float:
        await asyncio.sleep(delay)
        return min(delay * 2, 30.0)
