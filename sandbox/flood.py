"""Telegram's limits for sending, on real (monotonic) time, whatever the movable clock says.

Telegram documents about 30 messages a second in all, about one a second in a private chat, 20 a minute in a group. The
server is given a little more patience than the bot should use, for requests bunch up on their way.
"""

import math
import time
from collections import defaultdict, deque

from sandbox.refusals import Problem, too_many_requests
from sandbox.shapes import Json

_DEFAULTS: dict[str, float] = {
    "overall": 30,
    "overall_burst": 45,
    "private": 1,
    "private_burst": 8,
    "group": 20,
    "group_seconds": 59,
}


class FloodLimits:
    """Refuses what goes too fast with the 429 of the real thing."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """The limits as Telegram has them, with nothing sent yet."""
        self.limits = True
        self.values = dict(_DEFAULTS)
        self._forget()

    def set(self, wanted: Json) -> Json:
        """Change limits (`limits: false` switches all off); answers what now holds."""
        for name, value in wanted.items():
            if name == "limits":
                self.limits = bool(value)
            elif name not in self.values:
                raise Problem(f"There is no limit {name!r}; there are: limits, {', '.join(self.values)}.")
            elif isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
                raise Problem(f"The limit {name!r} must be a number above zero.")
            else:
                self.values[name] = value
        self._forget()
        return {"limits": self.limits, **self.values}

    def take(self, bot_id: int, chat_id: int, *, is_group: bool, count: int = 1) -> None:
        """Count `count` messages to a chat. Raises Refusal (429) when that is too fast."""
        if not self.limits:
            return
        now = time.monotonic()
        wait = self._overall[bot_id].wait(now, self.values["overall"], self.values["overall_burst"], count)
        if is_group:
            wait = max(wait, self._group_wait((bot_id, chat_id), now, count))
        else:
            bucket = self._private[bot_id, chat_id]
            wait = max(wait, bucket.wait(now, self.values["private"], self.values["private_burst"], count))
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._overall[bot_id].take(count)
        if is_group:
            self._group[bot_id, chat_id].extend([now] * count)
        else:
            self._private[bot_id, chat_id].take(count)

    def _group_wait(self, key: tuple[int, int], now: float, count: int) -> float:
        sent, most, seconds = self._group[key], int(self.values["group"]), self.values["group_seconds"]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        surplus = len(sent) + count - most
        if surplus <= 0:
            return 0.0
        return sent[min(surplus, len(sent)) - 1] + seconds - now if sent else 0.0

    def _forget(self) -> None:
        self._overall: defaultdict[int, _Bucket] = defaultdict(_Bucket)
        self._private: defaultdict[tuple[int, int], _Bucket] = defaultdict(_Bucket)
        self._group: defaultdict[tuple[int, int], deque[float]] = defaultdict(deque)


class _Bucket:
    """Fills at a rate up to a size; what is sent takes out."""

    def __init__(self) -> None:
        self._missing = 0.0
        self._at = time.monotonic()

    def wait(self, now: float, rate: float, size: float, count: int) -> float:
        """Seconds until so many may be taken; an empty request larger than the bucket needs it full."""
        self._missing = max(0.0, self._missing - (now - self._at) * rate)
        self._at = now
        return max(0.0, (self._missing + min(count, size) - size) / rate)

    def take(self, count: int) -> None:
        self._missing += count
