"""A bot's queue of updates, handed over as the real getUpdates does it.

Source: Client::process_get_updates_query of tdlib/telegram-bot-api and TQueue of tdlib/td.
"""

import asyncio
import time
from collections import deque
from dataclasses import dataclass

from sandbox import refusals
from sandbox.shapes import Json

MAX_POLL = 50
"""Seconds a poll may wait at most."""
COALESCE = 0.002
"""After the first update a waiting poll is answered this late, so that those coming together go together."""
CONFLICT_PAUSE = 3.0
LIFE = {"callback_query": 150.0, "inline_query": 30.0}
"""Seconds after which an update is given up, by kind; 24 hours for the rest."""
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True)
class Entry:
    """An update in the queue. `is_raw` ones were pushed as they are and are never checked."""

    update_id: int
    update: Json
    made: float
    life: float
    is_raw: bool = False


class UpdateQueue:
    """Updates of one bot, kept until they are confirmed by a later offset."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.allowed: frozenset[str] | None = None
        self.made = 0
        self.handed_over = 0
        self.confirmed = 0
        self._entries: deque[Entry] = deque()
        self._highest_handed = first_id - 1
        self._poll: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0
        self._last_conflict = 0.0
        self._closed = False

    @property
    def pending(self) -> int:
        """How many updates wait to be confirmed."""
        self._give_up_old()
        return len(self._entries)

    def accepts(self, kind: str) -> bool:
        """Whether the bot wants updates of this kind; decided when one is made, not when it is fetched."""
        if self.allowed is None:
            return kind not in NOT_BY_DEFAULT
        return kind in self.allowed

    def push(self, content: Json, *, is_raw: bool = False, copies: int = 1) -> int:
        """Put an update (without its id) into the queue; returns the id it got."""
        update_id = self.next_id
        self.next_id += 1
        kind = next((key for key in content if key != "update_id"), "")
        entry = Entry(update_id, {"update_id": update_id, **content}, time.monotonic(), _life(kind), is_raw)
        self._entries.extend([entry] * copies)
        self.made += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        return update_id

    def allow(self, kinds: list[str]) -> None:
        """Set the kinds wanted; names are case-insensitive, unknown ones are ignored, none left means the default."""
        known = frozenset(kind.lower() for kind in kinds) & UPDATE_KINDS
        self.allowed = known or None

    def forget_all(self) -> None:
        """Drop what is pending (deleteWebhook with drop_pending_updates)."""
        self._entries.clear()

    async def get(self, offset: int, limit: int, timeout: int) -> list[Entry]:
        """Answer a getUpdates. `offset` confirms what lies before it; waits up to `timeout` seconds when empty.

        Raises Refusal (409) when a later poll takes over.
        """
        start = time.monotonic()
        limit = min(max(limit, 1), 100)
        timeout = min(max(timeout, 0), MAX_POLL)
        if offset == self._last_offset:
            # The real server slows down clients that ask the same again and again.
            if timeout < 3 and start < self._last_start + 3:
                timeout = 3
            if start < self._last_start + 0.5:
                limit = 1
        self._last_offset, self._last_start = offset, start
        self._confirm(offset)
        if not self._entries and timeout:
            await self._wait(timeout)
            self._confirm(offset)
        return self._hand_over(limit)

    def close(self) -> None:
        """The server stops: let a waiting poll go."""
        self._closed = True
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _hand_over(self, limit: int) -> list[Entry]:
        batch = list(self._entries)[:limit]
        for entry in batch:
            if entry.update_id > self._highest_handed:
                self._highest_handed = entry.update_id
                self.handed_over += 1
        return batch

    def _confirm(self, offset: int) -> None:
        self._give_up_old()
        if offset < 0:
            while len(self._entries) > -offset:
                self._entries.popleft()
            return
        # An offset far ahead, or before everything, counts as none: all that is pending is answered again.
        if offset > self.next_id + 10:
            return
        while self._entries and self._entries[0].update_id < offset:
            gone = self._entries.popleft()
            if not self._entries or self._entries[0].update_id != gone.update_id:
                self.confirmed += 1

    def _give_up_old(self) -> None:
        now = time.monotonic()
        if any(now - entry.made > entry.life for entry in self._entries):
            self._entries = deque(entry for entry in self._entries if now - entry.made <= entry.life)

    async def _wait(self, timeout: int) -> None:
        if self._closed:
            return
        await self._take_over()
        poll = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            async with asyncio.timeout(timeout):
                await poll
            await asyncio.sleep(COALESCE)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    async def _take_over(self) -> None:
        older = self._poll
        if older is None or older.done():
            return
        # The older poll gets the 409; a second conflict within three seconds is answered three seconds late.
        now = time.monotonic()
        late = now < self._last_conflict + CONFLICT_PAUSE
        self._last_conflict = now
        self._poll = None
        loop = asyncio.get_running_loop()

        def refuse() -> None:
            if not older.done():
                older.set_exception(refusals.OTHER_POLL)

        if late:
            loop.call_later(CONFLICT_PAUSE, refuse)
        else:
            refuse()


def _life(kind: str) -> float:
    return LIFE.get(kind, 86400.0)


UPDATE_KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "guest_message",
        "managed_bot",
    }
)
