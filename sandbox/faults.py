"""Misbehaviour on demand: what a network and a busy server do to a bot."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.refusals import Problem, Refusal, plain, too_many_requests
from sandbox.shapes import Json

KINDS = (
    "latency",
    "429",
    "500",
    "refuse",
    "drop_before",
    "drop_after",
    "timeout_after",
    "duplicate_update",
    "late_update",
)
DEFAULT_SECONDS = {"latency": 1.0, "429": 3.0, "timeout_after": 60.0, "late_update": 3.0}
BAD_GATEWAY = plain(502, "Bad Gateway")


@dataclass
class Fault:
    """One sort of trouble: for which calls, how often, how long."""

    kind: str
    method: str | None
    chat: int | None
    times: int | None
    seconds: float
    probability: float
    random: random.Random
    refusal: Refusal | None = None
    """Of the kind `refuse`: in which words."""

    def strikes(self, method: str | None, chat: int | None) -> bool:
        """Whether it happens this time; one that is limited to so many times then has one less."""
        if self.times == 0 or (self.method is not None and method != self.method):
            return False
        if self.chat is not None and chat != self.chat:
            return False
        if self.probability < 1 and self.random.random() >= self.probability:
            return False
        if self.times is not None:
            self.times -= 1
        return True


class Faults:
    """All trouble that is switched on."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._timers: set[asyncio.TimerHandle] = set()

    def set(self, described: list[Json]) -> None:
        """Replace all faults. Raises Problem for one that cannot be read."""
        self._faults = [_fault(one) for one in described]

    def clear(self) -> None:
        """No trouble any more; updates still held back are lost."""
        self._faults = []
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def latency(self, method: str, chat: int | None) -> float:
        """Seconds to wait before the call is looked at."""
        return sum(fault.seconds for fault in self._of("latency") if fault.strikes(method, chat))

    def refusal(self, method: str, chat: int | None) -> Refusal | None:
        """A refusal in place of the answer, or a 429 or 5xx; the call is then not carried out."""
        for fault in self._faults:
            if fault.kind == "429" and fault.strikes(method, chat):
                return too_many_requests(max(1, round(fault.seconds)))
            if fault.kind == "500" and fault.strikes(method, chat):
                return BAD_GATEWAY
            if fault.kind == "refuse" and fault.strikes(method, chat):
                return fault.refusal
        return None

    def drops_before(self, method: str, chat: int | None) -> bool:
        """Whether the connection ends before the call is carried out."""
        return any(fault.strikes(method, chat) for fault in self._of("drop_before"))

    def drops_after(self, method: str, chat: int | None) -> float | None:
        """Seconds until the connection ends unanswered although the call was carried out; None: it is answered."""
        for fault in self._faults:
            if fault.kind in ("drop_after", "timeout_after") and fault.strikes(method, chat):
                return fault.seconds if fault.kind == "timeout_after" else 0.0
        return None

    def for_update(self, chat: int | None) -> tuple[int, float]:
        """How often an update is put into the queue, and how late."""
        copies = 2 if any(fault.strikes(None, chat) for fault in self._of("duplicate_update")) else 1
        late = sum(fault.seconds for fault in self._of("late_update") if fault.strikes(None, chat))
        return copies, late

    def later(self, seconds: float, action: Callable[[], Any]) -> None:
        """Do something after so many real seconds, unless the faults are cleared before."""
        loop = asyncio.get_running_loop()

        def run() -> None:
            self._timers.discard(timer)
            action()

        timer = loop.call_later(seconds, run)
        self._timers.add(timer)

    def _of(self, kind: str) -> list[Fault]:
        return [fault for fault in self._faults if fault.kind == kind]


def _fault(described: Json) -> Fault:
    kind = str(described.get("kind", ""))
    if kind not in KINDS:
        raise Problem(f"There is no fault {kind!r}; there are: {', '.join(KINDS)}.")
    known = {"kind", "method", "chat", "times", "seconds", "probability", "seed"}
    unknown = set(described) - (known | {"words", "code"} if kind == "refuse" else known)
    if unknown:
        raise Problem(f"A fault has no {sorted(unknown)[0]!r}.")
    method = described.get("method")
    try:
        return Fault(
            kind,
            str(method).lower() if method is not None else None,
            int(described["chat"]) if described.get("chat") is not None else None,
            int(described["times"]) if described.get("times") is not None else None,
            float(described.get("seconds", DEFAULT_SECONDS.get(kind, 0.0))),
            float(described.get("probability", 1.0)),
            random.Random(described.get("seed")),
            Refusal(str(described.get("words", "no")), int(described.get("code", 400))) if kind == "refuse" else None,
        )
    except (TypeError, ValueError):
        raise Problem(f"The fault {kind!r} has a number that is none.") from None
