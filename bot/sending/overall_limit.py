"""How many messages a second may go out in all: a window of one second that slides, used to the last message.

A message counts from when it is sent until a second after Telegram has answered, for it has counted it by then. While
the answer is not there yet, and where it takes long, what the network may squeeze together is added instead. So no more
than the limit ever arrive within a second, and nothing is given away for fear of it. Monotonic seconds throughout.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

WINDOW = 1.0
MARGIN = 0.05
"""What the network may squeeze together on the way."""
CATCH_UP = 3
"""So many messages that are sent evenly may make up for a delay at once ..."""
SPREAD = 0.97
"""... and the others soon: those of a second are spread over this part of it. Spread over all of it, what a delay left
free would never be used."""


@dataclass
class Counted:
    """One message among those of a second, until then."""

    until: float


@dataclass(frozen=True)
class Going:
    """What has its place: when it may be sent, and what it counts for."""

    at: float
    counted: list[Counted] = field(default_factory=list)


class OverallLimit:
    """At most `rate` messages a second."""

    def __init__(self, rate: float, now: Callable[[], float]) -> None:
        self._limit = max(1, int(rate))
        self._now = now
        self._counted: list[Counted] = []
        self._even = 0.0
        """When the next of those would go that are sent evenly, if none came late."""

    def free(self, count: int = 1, evenly: bool = False) -> float:
        """When so many more may go; an earlier time when they may now.

        What many people get is sent `evenly`, so that who is answered meanwhile does not wait for the end of a second
        whose messages all went at its beginning.
        """
        now = self._now()
        self._counted = [each for each in self._counted if each.until > now]
        surplus = len(self._counted) + min(count, self._limit) - self._limit
        at = sorted(each.until for each in self._counted)[surplus - 1] if surplus > 0 else 0.0
        return max(at, self._even - CATCH_UP / self._limit) if evenly else at

    def take(self, at: float, count: int = 1, evenly: bool = False) -> Going:
        """Count what goes out then. What is over the limit of one second counts in the next ones."""
        if evenly:
            self._even = max(self._even, at) + count * SPREAD / self._limit
        whole = WINDOW + MARGIN
        taken = [Counted(at + (1 + number // self._limit) * whole) for number in range(count)]
        self._counted += taken
        return Going(at, taken)

    def landed(self, going: Going) -> None:
        """Telegram has answered."""
        until = self._now() + WINDOW
        for number, each in enumerate(going.counted):
            if number < self._limit:
                each.until = min(each.until, until)
