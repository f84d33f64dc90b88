"""What may go out beside what is on its way already: at most so many, and nothing that overtakes."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from bot.sending.row_to_call import Sending
from storage.core.chats import Chat

IN_FLIGHT = 64
IN_FLIGHT_GROUP = 20  # what Telegram takes in a minute


class Claim:
    """The rows `flying`, and those claimed beside them.

    Of a private chat there is one at a time. Of a group there are several, each about another thing; making a topic is
    done alone, so that it is not made twice.
    """

    def __init__(self, flying: Iterable[Sending]) -> None:
        self.claimed: list[Sending] = []
        self.waits: list[float] = []
        """Seconds until something may go that may not go now."""
        self._count = 0
        self._by_chat: dict[int, list[Sending]] = defaultdict(list)
        for sending in flying:
            self._add(sending)

    @property
    def is_full(self) -> bool:
        """Whether nothing more may go to anybody."""
        return self._count >= IN_FLIGHT

    def of(self, chat: int) -> list[Sending]:
        """What is on its way to a chat."""
        return self._by_chat.get(chat, [])

    def is_busy(self, chat: int) -> bool:
        """Whether nothing more may go to that chat."""
        ctx = self.of(chat)
        if not ctx:
            return False
        alone = ctx[0].is_private or any(sending.make_topic is not None for sending in ctx)
        return alone or len(ctx) >= IN_FLIGHT_GROUP

    def may_go(self, chat: Chat, row: sqlite3.Row) -> bool:
        """Whether nothing on its way to that chat is about the same thing (what is about nothing keeps its order)."""
        return all(sending.row["subject"] != row["subject"] for sending in self.of(chat.id))

    def take(self, sending: Sending) -> None:
        """It goes out now."""
        self._add(sending)
        self.claimed.append(sending)

    def _add(self, sending: Sending) -> None:
        self._count += 1
        self._by_chat[sending.chat.id].append(sending)
