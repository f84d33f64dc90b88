"""Handing a bot's updates to its own address, as the real server's WebhookActor does.

One update a request, POST with JSON. Updates of one lane (a chat's messages, a person's presses) go one after the
other, lanes go side by side. Any 2xx confirms; anything else is tried again at once, then after 2, 4, 8 … seconds, at
most one or two minutes, or when Retry-After says; until the update's life is over. Source: WebhookActor.cpp of
tdlib/telegram-bot-api.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.clock import MovableClock
from sandbox.faults import Faults
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.updates import Entry, UpdateQueue, as_bytes

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
AS_METHOD = "webhook"
"""What a fault calls a delivery in its field `method`."""
LONGEST_RETRY_AFTER = 3600
LONGEST_WAIT = (60, 120)
ACTIVE = 10.0
"""Seconds after a success in which the server opens more than one connection."""
REST = 2.0
"""Seconds between two attempts to connect while nobody answers."""
GONE_FOR = 23 * 3600.0
"""Seconds of nothing but HTTP 410 after which the webhook is taken away."""

Perform = Callable[[str, bytes], Awaitable[None]]
"""Carries out the method in an answer, given its content type and body."""


@dataclass
class Pace:
    """How the server waits. `pace` shortens the waits between tries, so that a test need not wait for minutes."""

    pace: float = 1.0
    answer_within: float = 60.0

    def set(self, wanted: Json) -> Json:
        """Change what is named; answers what now holds. Raises Problem."""
        for name, value in wanted.items():
            if name not in ("pace", "answer_within"):
                raise Problem(f"Webhooks have no {name!r}; they have: pace, answer_within.")
            if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
                raise Problem(f"{name!r} must be a number above zero.")
            setattr(self, name, float(value))
        return {"pace": self.pace, "answer_within": self.answer_within}


@dataclass(frozen=True)
class Address:
    """Where the updates go and how, as setWebhook said."""

    url: str
    secret_token: str
    max_connections: int
    ip_address: str = field(default="", compare=False)


@dataclass
class _Attempt:
    """What became of an update so far."""

    delay: int = 1
    fails: int = 0
    at: float = 0.0
    is_flying: bool = False


class Webhook:
    """One bot's webhook, from setWebhook until it is deleted or replaced."""

    def __init__(
        self, address: Address, queue: UpdateQueue, faults: Faults, clock: MovableClock, pace: Pace, perform: Perform
    ) -> None:
        self.address = address
        self.is_gone = False
        self.last_error_date = 0
        self.last_error_message = ""
        self._queue = queue
        self._faults = faults
        self._clock = clock
        self._pace = pace
        self._perform = perform
        self._random = random.Random()
        self._attempts: dict[Entry, _Attempt] = {}
        self._last_success = -3600.0
        self._rest_until = 0.0
        self._gone_since: float | None = None
        self._wake = asyncio.Event()
        queue.on_push = self._wake.set
        self._task = asyncio.get_running_loop().create_task(self._run())

    def close(self) -> None:
        """Stop at once: what is on its way stays pending."""
        self._queue.on_push = None
        self._task.cancel()

    async def _run(self) -> None:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as tasks:
            while not self.is_gone:
                self._wake.clear()
                now = time.monotonic()
                for entry in self._due(now):
                    attempt = self._attempts.setdefault(entry, _Attempt())
                    attempt.is_flying = True
                    self._queue.hand(entry)
                    tasks.create_task(self._deliver(session, entry, attempt))
                try:
                    async with asyncio.timeout(self._until_next(now)):
                        await self._wake.wait()
                except TimeoutError:
                    pass
        self._queue.on_push = None

    def _due(self, now: float) -> list[Entry]:
        """The updates that go now: the first of each lane that has nothing on its way, as far as connections reach."""
        if now < self._rest_until:
            return []
        # Until somebody has answered, the real server opens one connection only.
        most = self.address.max_connections if now < self._last_success + ACTIVE else 1
        free = most - sum(attempt.is_flying for attempt in self._attempts.values())
        due: list[Entry] = []
        for entry in self._firsts():
            attempt = self._attempts.get(entry)
            if len(due) < free and (attempt is None or (not attempt.is_flying and attempt.at <= now)):
                due.append(entry)
        return due

    def _firsts(self) -> list[Entry]:
        # Only so many are looked at: lanes that fail can hold up all others, as with the real server.
        seen: dict[Any, Entry] = {}
        entries = self._queue.first(self.address.max_connections * 2)
        for entry in entries:
            seen.setdefault(lane(entry), entry)
        for entry in self._attempts.keys() - set(entries):
            if not self._attempts[entry].is_flying:
                del self._attempts[entry]
        return list(seen.values())

    def _until_next(self, now: float) -> float | None:
        """Seconds until something may go, if nothing happens before; what waits for a connection has its bell."""
        if now < self._rest_until:
            return self._rest_until - now
        later = [attempt.at for attempt in self._attempts.values() if not attempt.is_flying and attempt.at > now]
        return min(later) - now if later else None

    async def _deliver(self, session: aiohttp.ClientSession, entry: Entry, attempt: _Attempt) -> None:
        answer: tuple[str, bytes] | None = None
        error, retry_after = "", 0
        try:
            answer = await self._post(session, entry)
        except _Failed as failed:
            error, retry_after = str(failed), failed.retry_after
        except Exception as unforeseen:
            log.exception("a delivery failed")
            error = f"the sandbox itself failed: {unforeseen}"
        attempt.is_flying = False
        if answer is None:
            self._failed(entry, attempt, error, retry_after)
        else:
            self._last_success = time.monotonic()
            self._gone_since = None
            self._queue.confirm(entry)
            self._attempts.pop(entry, None)
        self._wake.set()
        if answer is not None and answer[1].strip():
            try:
                await self._perform(*answer)
            except Exception:
                log.exception("the method in a webhook's answer failed")

    async def _post(self, session: aiohttp.ClientSession, entry: Entry) -> tuple[str, bytes]:
        """The content type and body of the answer. Raises _Failed for any answer but 2xx, and for none."""
        headers = {"Content-Type": "application/json"}
        if self.address.secret_token:
            headers[SECRET_HEADER] = self.address.secret_token
        chat = chat_of(entry.update)
        await asyncio.sleep(self._faults.latency(AS_METHOD, chat))
        if self._faults.drops_before(AS_METHOD, chat):
            raise _Failed("Connection closed")
        timeout = aiohttp.ClientTimeout(total=self._pace.answer_within)
        try:
            async with session.post(
                self.address.url,
                data=as_bytes(entry.update),
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                body = await response.read()
        except TimeoutError:
            raise _Failed("Read timeout expired") from None
        except aiohttp.ClientConnectorError as error:
            self._rest()
            raise _Failed(_words(error.os_error)) from None
        except (aiohttp.ClientError, OSError) as error:
            raise _Failed(_words(error) if isinstance(error, OSError) else "Connection closed") from None
        late = self._faults.drops_after(AS_METHOD, chat)
        if late is not None:
            # The bot has the update, but its answer is lost on the way back.
            await asyncio.sleep(late)
            raise _Failed("Connection closed")
        if not 200 <= response.status <= 299:
            self._note_gone(response.status)
            words = f"Wrong response from the webhook: {response.status} {response.reason}"
            raise _Failed(words, _retry_after(response.headers.get("Retry-After", "")))
        return response.headers.get("Content-Type", ""), body

    def _failed(self, entry: Entry, attempt: _Attempt, error: str, retry_after: int) -> None:
        self.last_error_date = self._clock.timestamp()
        self.last_error_message = error
        wait = retry_after
        if wait == 0 and attempt.fails > 0:
            attempt.delay = wait = min(self._random.randint(*LONGEST_WAIT), attempt.delay * 2)
        attempt.fails += 1
        attempt.at = time.monotonic() + wait * self._pace.pace
        if attempt.at > entry.made + entry.life:
            self._queue.give_up(entry)
            self._attempts.pop(entry, None)

    def _rest(self) -> None:
        now = time.monotonic()
        if now >= self._last_success + ACTIVE:
            self._rest_until = now + REST * self._pace.pace

    def _note_gone(self, status: int) -> None:
        now = time.monotonic()
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now > self._gone_since + GONE_FOR * self._pace.pace:
            self.is_gone = True


class _Failed(Exception):
    """A delivery that was not confirmed."""

    def __init__(self, words: str, retry_after: int = 0) -> None:
        super().__init__(words)
        self.retry_after = min(max(retry_after, 0), LONGEST_RETRY_AFTER)


def lane(entry: Entry) -> Any:
    """What an update has to wait behind: its chat's messages, or one person's presses, or a chat's changes."""
    kind, content = _content(entry.update)
    if kind in ("message", "edited_message", "channel_post", "edited_channel_post"):
        return "message", _id(content, "chat")
    number = _id(content, "from") if kind.endswith("_query") else _id(content, "chat")
    return (kind, number) if number is not None else entry.update_id


def chat_of(update: Json) -> int | None:
    """The chat an update is about, as far as it tells."""
    content = _content(update)[1]
    return _id(content, "chat") or _id(content.get("message"), "chat")


def _content(update: Json) -> tuple[str, Json]:
    for kind, content in update.items():
        if kind != "update_id":
            return kind, content if isinstance(content, dict) else {}
    return "", {}


def _id(content: Any, name: str) -> int | None:
    owner = content.get(name) if isinstance(content, dict) else None
    number = owner.get("id") if isinstance(owner, dict) else None
    return number if isinstance(number, int) else None


def _retry_after(value: str) -> int:
    return int(value) if value.strip().isdecimal() else 0


def _words(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "Connection closed"
