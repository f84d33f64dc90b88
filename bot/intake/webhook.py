"""Intake by webhook: Telegram is told where to post, and what it posts is committed before it is answered.

Posts arriving together share a commit. The HTTP itself is web/webhook.py.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from bot.intake.contact import Contact
from bot.intake.polling import ALLOWED_UPDATES, FIRST_DELAY, LONGEST_DELAY, LONGEST_WITHOUT_NETWORK, TokenRefused
from bot.kit.alarm import Alarm
from bot.kit.request import NotSent, Refused, Request, Uncertain
from storage.core import inbox
from storage.core.database import Database, Transaction
from storage.core.trouble import is_trouble
from web.metrics import Metrics
from web.webhook import NotKept

AT_ONCE = 100
"""So many updates share a commit at most."""
MAX_CONNECTIONS = 40
LOOK_SECONDS = 60.0
log = structlog.get_logger()

Posted = tuple[dict[str, Any], asyncio.Future[None]]
"""An update, and who waits for it to be committed."""


@dataclass(frozen=True)
class Address:
    """Where Telegram posts to, and the secret by which we know that it is Telegram."""

    url: str
    secret: str


class Webhook:
    """Keeps what is posted, and looks after Telegram's knowing where to post.

    A post proves that Telegram reaches us, not that we reach Telegram; so `on_contact` is called when Telegram has
    answered a question of ours, which is asked more often while delivery is `without_network`.
    """

    def __init__(
        self, address: Address, database: Database, request: Request, alarm: Alarm, contact: Contact,
        on_contact: Callable[[], None], without_network: Callable[[], bool], metrics: Metrics,
    ) -> None:  # fmt: skip
        self._address = address
        self._database = database
        self._request = request
        self._alarm = alarm
        self._contact = contact
        self._on_contact = on_contact
        self._without_network = without_network
        self._metrics = metrics
        self._waiting: deque[Posted] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._ours = ""
        self._last_error = 0

    # -- what is posted

    async def keep(self, update: dict[str, Any]) -> None:
        """Return when the update (which must be storable) is committed. Raises NotKept when storage fails."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, kept))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write(), name="webhook commits")
        await kept

    async def _write(self) -> None:
        """Commit what waits, and what comes meanwhile, until nothing does."""
        try:
            while self._waiting:
                batch: list[Posted] = []
                trouble = await self._store(batch)
                if trouble is not None:
                    # Also those that came later: nothing could be stored for them either.
                    batch += self._waiting
                    self._waiting.clear()
                for _, kept in batch:
                    if kept.done():
                        continue  # whoever posted it does not wait any more
                    if trouble is None:
                        kept.set_result(None)
                    else:
                        kept.set_exception(trouble)
        finally:
            self._writing = None

    async def _store(self, batch: list[Posted]) -> Exception | None:
        """Store what waits, and put it into `batch`; why it could not be, or None."""
        try:
            new = await self._database.run(self._take, batch)
        except Exception as error:
            if not is_trouble(error):
                return error
            log.error("inbox_storage_trouble", error=str(error))
            self._alarm.storage_fails()
            return NotKept()
        self._alarm.storage_works()
        self._metrics.received(len(batch), new)
        await self._contact.heard()
        return None

    def _take(self, tx: Transaction, batch: list[Posted]) -> int:
        """On the database's thread, when it is our turn: whatever has come until then shares the commit."""
        while self._waiting and len(batch) < AT_ONCE:
            batch.append(self._waiting.popleft())
        return inbox.store(tx, [update for update, _ in batch])

    # -- that Telegram posts

    async def run(self) -> None:
        """Tell Telegram the address, patiently, and see that it stays told. Raises TokenRefused."""
        delay = FIRST_DELAY
        while True:
            try:
                if self._ours:
                    await self._check_registration()
                else:
                    await self._tell()
                self._on_contact()
                delay = FIRST_DELAY
                await self._rest()
            except Refused as error:
                if error.code in (401, 404):
                    raise TokenRefused(error.description) from None
                log.error("webhook_not_set", code=error.code, said=error.description, retry_in=delay)
                await asyncio.sleep(error.retry_after or delay)
                delay = min(delay * 2, LONGEST_DELAY)
            except (NotSent, Uncertain) as error:
                delay = min(delay, LONGEST_WITHOUT_NETWORK)
                log.warning("webhook_not_asked", error=str(error), retry_in=delay)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)
            except Exception:
                # Updates are posted to us all the while; an answer nobody foresaw does not end that.
                log.exception("webhook_not_understood", retry_in=delay)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_DELAY)

    async def _tell(self) -> None:
        # What waits at Telegram is not dropped: it is posted.
        parameters = {
            "url": self._address.url,
            "secret_token": self._address.secret,
            "allowed_updates": ALLOWED_UPDATES,
            "max_connections": MAX_CONNECTIONS,
            "drop_pending_updates": False,
        }
        await self._request.call("setWebhook", parameters)
        info = await self._info()
        # As Telegram writes it: it may add a slash, or make letters small.
        self._ours = info["url"]
        self._last_error = info.get("last_error_date", 0)
        log.info("webhook_set", waiting=info.get("pending_update_count"))

    async def _check_registration(self) -> None:
        """Whether Telegram still posts to us, and what it met when it did. Where nothing waits, nothing gets lost."""
        info = await self._info()
        if info["url"] != self._ours:
            # Somebody polls with our token, or has set another webhook with it: we would hear nothing any more.
            log.error("webhook_taken_away", by="polling" if not info["url"] else "another webhook")
            await self._tell()
        elif info.get("last_error_date", 0) > self._last_error:
            self._last_error = info["last_error_date"]
            said = info.get("last_error_message", "")
            log.warning("webhook_troubled", said=said, waiting=info.get("pending_update_count"))
        if not info.get("pending_update_count"):
            await self._contact.heard()

    async def _info(self) -> dict[str, Any]:
        info = await self._request.call("getWebhookInfo")
        if not isinstance(info, dict) or not isinstance(info.get("url"), str):
            raise Uncertain("getWebhookInfo brought no information")
        return info

    async def _rest(self) -> None:
        until = time.monotonic() + LOOK_SECONDS
        while time.monotonic() < until:
            await asyncio.sleep(LONGEST_WITHOUT_NETWORK)
            if self._without_network():
                return
