"""A bot's queue of updates, handed over as the real getUpdates does it.

Source: Client::process_get_updates_query of tdlib/telegram-bot-api and TQueue of tdlib/td.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from sandbox import refusals
from sandbox.refusals import Refusal
from sandbox.shapes import Json

MAX_POLL = 50
"""Seconds a poll may wait at most."""
COALESCE = 0.002
"""After the first update a waiting poll is answered this late, so that those coming together go together."""
CONFLICT_PAUSE = 3.0
LIFE = {"callback_query": 150.0, "inline_query": 30.0}
"""Seconds after which an update is given up, by kind; 24 hours for the rest."""
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, eq=False)
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
        self.handed: dict[int, None] = {}
        """Ids of the updates handed over, in the order of their first time."""
        self.polls = 0
        """How often the bot has asked for updates."""
        self.confirmed = 0
        self._entries: deque[Entry] = deque()
        self.on_push: Callable[[], None] | None = None
        """Told of each new update: the webhook's bell."""
        self._poll: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0
        self._next_conflict = 0.0
        self._closed = False

    @property
    def handed_over(self) -> int:
        """How many updates were handed over."""
        return len(self.handed)

    def kept(self) -> list[int]:
        """Which of those handed over are kept, to be handed over again: the bot has not confirmed them."""
        self._give_up_old()
        return sorted({entry.update_id for entry in self._entries if entry.update_id in self.handed})

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
        update = {"update_id": update_id, **content}
        made, life = time.monotonic(), _life(kind)
        self._entries.extend(Entry(update_id, update, made, life, is_raw) for _ in range(copies))
        self.made += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self.on_push is not None:
            self.on_push()
        return update_id

    def allow(self, kinds: list[str]) -> None:
        """Set the kinds wanted; names are case-insensitive, unknown ones are ignored, none left means the default."""
        known = frozenset(kind.lower() for kind in kinds) & UPDATE_KINDS
        self.allowed = known or None

    def forget_all(self) -> None:
        """Drop what is pending (deleteWebhook with drop_pending_updates)."""
        self._entries.clear()

    # For a webhook

    def first(self, limit: int) -> list[Entry]:
        """The oldest updates that are still to be handed over."""
        now = time.monotonic()
        oldest = list(islice(self._entries, limit))
        for entry in oldest:
            if now - entry.made > entry.life:
                self.give_up(entry)
        return [entry for entry in oldest if now - entry.made <= entry.life]

    def hand(self, entry: Entry) -> None:
        """An update goes out; told again, it counts once."""
        self.handed.setdefault(entry.update_id)

    def confirm(self, entry: Entry) -> None:
        """The bot has taken an update: its copy is gone, and with the last copy it counts as confirmed."""
        if self._take_out(entry):
            self.confirmed += 1

    def give_up(self, entry: Entry) -> None:
        """An update's time is over, and nobody took it."""
        self._take_out(entry)

    def _take_out(self, entry: Entry) -> bool:
        """Whether it was there, and no copy of it is left."""
        for index, one in enumerate(self._entries):
            if one is entry:
                del self._entries[index]
                beside = islice(self._entries, max(index - 1, 0), index + 1)
                return not any(other.update_id == entry.update_id for other in beside)
        return False

    # For getUpdates

    async def get(self, offset: int, limit: int, timeout: int) -> list[Entry]:
        """Answer a getUpdates. `offset` confirms what lies before it; waits up to `timeout` seconds when empty.

        Raises Refusal (409) when a later poll takes over.
        """
        start = time.monotonic()
        self.polls += 1
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
            self.hand(entry)
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
        self.abort_poll(refusals.OTHER_POLL)
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

    def abort_poll(self, refusal: Refusal) -> None:
        """End the poll that waits, if one does, with a 409."""
        older = self._poll
        if older is None or older.done():
            return
        self._poll = None

        def refuse() -> None:
            if not older.done():
                older.set_exception(refusal)

        late = self.conflict()
        if late:
            asyncio.get_running_loop().call_later(late, refuse)
        else:
            refuse()

    def conflict(self) -> float:
        """Seconds after which to answer with a 409: at once, or three seconds late when the last was just before."""
        now = time.monotonic()
        if now < self._next_conflict:
            return CONFLICT_PAUSE
        self._next_conflict = now + CONFLICT_PAUSE
        return 0.0


def as_bytes(value: Json) -> bytes:
    """JSON as Telegram sends it; also what cannot be UTF-8 goes out as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


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
