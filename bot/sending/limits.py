"""Telegram's limits, kept by us so that it never has to say 429. Monotonic seconds throughout.

https://core.telegram.org/bots/faq: about 30 messages a second overall, one a second in a private chat (short bursts
pass), 20 a minute in a group.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.sending.overall_limit import MARGIN, Going, OverallLimit

PRIVATE_BURST = 5
GROUP_MESSAGES = 20
GROUP_RESERVE = 2  # of these, kept for what is urgent
GROUP_WINDOW = 60.0
SHARE = 2
"""What one person causes in a group is at most so many times what is left free for others: 12 of 18 in a minute."""
SOONEST, RAREST = 2.0, 60.0  # how soon a chat that refuses to be written to is tried again, and how rarely at last


class _Sent(NamedTuple):
    """A message that went to a group: when, who caused it, and whether it was urgent."""

    at: float
    person: int | None
    urgent: bool


class Limiter:
    """Says how long a message for a chat must wait. `rate` is messages a second overall; 0 switches all limits off."""

    def __init__(self, rate: float, now: Callable[[], float]) -> None:
        self._rate = rate
        self._now = now
        self._overall = OverallLimit(rate, now)
        self._private: dict[int, float] = {}
        self._groups: dict[int, deque[_Sent]] = {}
        self._paused: dict[int, float] = {}
        self._closed: dict[int, tuple[float, float]] = {}
        """Chats that refuse: when they may be tried again, and how long that took this time."""
        self._all_paused = 0.0

    def wait(self, chat: int, private: bool, urgent: bool = False, count: int = 1) -> float:
        """Seconds until a message may go to that chat; 0 when it may go now. Groups keep room for `urgent` ones.

        An album is `count` messages. One that is longer than a limit allows at once waits until nothing else counts.
        """
        return max(self.wait_chat(chat, private, urgent, count), self.wait_overall(count))

    def wait_chat(self, chat: int, private: bool, urgent: bool = False, count: int = 1) -> float:
        """The same for that chat alone, whatever goes to all others."""
        until = max(self._paused.get(chat, 0.0), self._closed.get(chat, (0.0, 0.0))[0])
        if self._rate:
            until = max(until, self._private_free(chat, count) if private else self._group_free(chat, urgent, count))
        return max(0.0, until - self._now())

    def wait_overall(self, count: int = 1, evenly: bool = False) -> float:
        """Seconds until anything may go to anybody; 0 when something may. What many get is sent `evenly`."""
        until = max(self._all_paused, self._overall.free(count, evenly) if self._rate else 0.0)
        return max(0.0, until - self._now())

    def wait_share(self, chat: int, person: int | None, urgent: bool = False, count: int = 1) -> float:
        """Seconds until one more message that a person causes leaves enough room in a group for all others; 0: now.

        So there is always some: whoever has caused none in the last minute waits for nobody who has caused many. Of
        what is urgent only the urgent ones count: whoever has written much may still be in danger. What nobody causes
        (None, or 0) has no share.
        """
        sent = self._groups.get(chat)
        if not self._rate or sent is None or not person:
            return 0.0
        now, window = self._now(), GROUP_WINDOW + MARGIN
        self._let_go(sent, now - window)
        free = (GROUP_MESSAGES if urgent else GROUP_MESSAGES - GROUP_RESERVE) - len(sent)
        own = sum(each.person == person and (each.urgent or not urgent) for each in sent)
        until = now
        for each in sent:
            if not own or own + count <= SHARE * (free - count):
                break
            free += 1
            own -= each.person == person and (each.urgent or not urgent)
            until = each.at + window
        return until - now

    def take(
        self, chat: int, private: bool, ago: float = 0.0, count: int = 1, person: int | None = None,
        urgent: bool = False, evenly: bool = False,
    ) -> Going:  # fmt: skip
        """Count a message that goes out so many seconds `ago`, or in so many where that is below zero.

        Those that went out go first, the oldest before all. `person` is who causes it, in a group. Returns what is to
        be told when it has `landed`.
        """
        at = self._now() - ago
        if not self._rate:
            return Going(at)
        if private:
            self._private[chat] = max(self._private.get(chat, 0.0), at) + count
            if len(self._private) > 4096:
                now = self._now()
                self._private = {key: free for key, free in self._private.items() if free > now}
        else:
            self._groups.setdefault(chat, deque()).extend([_Sent(at, person, urgent)] * count)
        return self._overall.take(at, count, evenly)

    def until(self, going: Going) -> float:
        """Seconds until that may go out; 0: now."""
        return max(0.0, going.at - self._now())

    def landed(self, going: Going) -> None:
        """Telegram has answered."""
        self._overall.landed(going)

    def pause(self, chat: int, seconds: float) -> None:
        """Nothing to that chat for so long (Telegram's retry_after, or our own backing off)."""
        now = self._now()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        self._paused[chat] = max(self._paused.get(chat, 0.0), now + seconds)

    def close(self, chat: int) -> None:
        """That chat refuses to be written to: it is tried again soon, and each time it is not open more rarely.

        Telegram tells nobody when a group lets its members write again, so it has to be tried.
        """
        now = self._now()
        until, seconds = self._closed.get(chat, (0.0, 0.0))
        if until <= now:  # not one more of those that were on their way together
            seconds = min(max(2 * seconds, SOONEST), RAREST)
            self._closed[chat] = (now + seconds, seconds)

    def open(self, chat: int) -> None:
        """It has taken a message."""
        self._closed.pop(chat, None)

    def try_closed(self) -> None:
        """Rights have changed somewhere: chats that refused may be tried now."""
        self._closed.clear()

    def pause_all(self, seconds: float) -> None:
        """Nothing to anybody for so long: there is no network."""
        self._all_paused = max(self._all_paused, self._now() + seconds)

    def resume_all(self) -> None:
        """There is a network again."""
        self._all_paused = 0.0

    def _private_free(self, chat: int, count: int) -> float:
        # A leaky bucket kept as one number: the time at which it would be empty again.
        return self._private.get(chat, 0.0) - PRIVATE_BURST + min(count, PRIVATE_BURST)

    def _group_free(self, chat: int, urgent: bool, count: int) -> float:
        sent = self._groups.get(chat)
        if sent is None:
            return 0.0
        window = GROUP_WINDOW + MARGIN
        self._let_go(sent, self._now() - window)
        room = GROUP_MESSAGES if urgent else GROUP_MESSAGES - GROUP_RESERVE
        return _freed([each.at for each in sent], room, count, window)

    @staticmethod
    def _let_go(sent: "deque[_Sent]", before: float) -> None:
        while sent and sent[0].at <= before:
            sent.popleft()


def _freed(sent: Sequence[float], room: int, count: int, window: float) -> float:
    """When enough of what was sent has left the window for `count` more; an earlier time when there is room now."""
    surplus = len(sent) + min(count, room) - room
    return sent[surplus - 1] + window if surplus > 0 else 0.0
