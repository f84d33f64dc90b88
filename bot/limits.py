"""Telegram's limits, kept by us so that it never has to say 429. Monotonic seconds throughout.

https://core.telegram.org/bots/faq: about 30 messages a second overall, one a second in a private chat (short bursts
pass), 20 a minute in a group.
"""

from collections import deque
from collections.abc import Callable

PRIVATE_BURST = 5
GROUP_MESSAGES = 20
GROUP_RESERVE = 2  # of these, kept for what is urgent
GROUP_WINDOW = 60.0
MARGIN = 0.05  # what the network may squeeze together on the way


class Limiter:
    """Says how long a message for a chat must wait. `rate` is messages a second overall; 0 switches all limits off."""

    def __init__(self, rate: float, now: Callable[[], float]) -> None:
        self._rate = rate
        self._now = now
        self._overall: deque[float] = deque()
        self._private: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._paused: dict[int, float] = {}
        self._all_paused = 0.0

    def wait(self, chat: int, private: bool, urgent: bool = False) -> float:
        """Seconds until a message may go to that chat; 0 when it may go now. Groups keep room for `urgent` ones."""
        now = self._now()
        until = max(self._all_paused, self._paused.get(chat, 0.0))
        if self._rate:
            until = max(
                until, self._private_free(chat) if private else self._group_free(chat, urgent), self._overall_free()
            )
        return max(0.0, until - now)

    def wait_overall(self) -> float:
        """Seconds until anything may go to anybody; 0 when something may."""
        until = max(self._all_paused, self._overall_free() if self._rate else 0.0)
        return max(0.0, until - self._now())

    def take(self, chat: int, private: bool, ago: float = 0.0) -> None:
        """Count a message that goes out now, or went out so many seconds `ago` (those first, the oldest before all)."""
        if not self._rate:
            return
        now = self._now() - ago
        self._overall.append(now)
        if private:
            self._private[chat] = max(self._private.get(chat, 0.0), now) + 1.0
            if len(self._private) > 4096:
                self._private = {key: free for key, free in self._private.items() if free > now}
        else:
            self._groups.setdefault(chat, deque()).append(now)

    def pause(self, chat: int, seconds: float) -> None:
        """Nothing to that chat for so long (Telegram's retry_after, or our own backing off)."""
        now = self._now()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        self._paused[chat] = max(self._paused.get(chat, 0.0), now + seconds)

    def pause_all(self, seconds: float) -> None:
        """Nothing to anybody for so long: there is no network."""
        self._all_paused = max(self._all_paused, self._now() + seconds)

    def resume_all(self) -> None:
        """There is a network again."""
        self._all_paused = 0.0

    def _overall_free(self) -> float:
        window = 1.0 + MARGIN
        while self._overall and self._overall[0] <= self._now() - window:
            self._overall.popleft()
        full = len(self._overall) >= max(1, int(self._rate))
        return self._overall[0] + window if full else 0.0

    def _private_free(self, chat: int) -> float:
        # A leaky bucket kept as one number: the time at which it would be empty again.
        return self._private.get(chat, 0.0) - PRIVATE_BURST + 1

    def _group_free(self, chat: int, urgent: bool) -> float:
        sent = self._groups.get(chat)
        if sent is None:
            return 0.0
        window = GROUP_WINDOW + MARGIN
        while sent and sent[0] <= self._now() - window:
            sent.popleft()
        room = GROUP_MESSAGES if urgent else GROUP_MESSAGES - GROUP_RESERVE
        return sent[len(sent) - room] + window if len(sent) >= room else 0.0
