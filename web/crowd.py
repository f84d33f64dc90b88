"""Everybody who is connected: how many there may be, who gives way to whom, and that Telegram always finds a place.

A connection is never refused while another one only keeps us waiting (a head that does not come, an answer nobody
reads, nothing asked at all): the longest of those gives way, first of the address that holds most places. So whoever
opens hundreds of connections takes places from themselves.
"""

import ipaddress
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Protocol

import structlog
from starlette.responses import PlainTextResponse

MOST = 400
"""Connections at once; a system gives a program 1,024 files."""
PER_ADDRESS = 60
"""Of one public address. Machines of one's own network are not bounded by number: behind a web server in front of this
one, everybody comes from its address."""
VISITORS = 200
"""Requests being answered at once; Telegram's are not counted. Telegram opens 40 connections at most."""
log = structlog.get_logger()

Headers = Sequence[tuple[bytes, bytes]]
Known = Callable[[bytes, Headers], bool]
"""Whether a request, by its address and headers, comes from whom a place is always kept for."""


class Guest(Protocol):
    """A connection. `since`: the second its present stage began; `is_known`: it has brought a request of Telegram's."""

    address: str
    since: float
    is_known: bool

    @property
    def can_give_way(self) -> bool:
        """Whether it is the other side that is waited for."""

    def end(self) -> None:
        """Close it at once."""


class Crowd:
    """Counts connections and decides who gives way. `known` tells Telegram's requests from all others."""

    def __init__(self, known: Known | None = None) -> None:
        self._known = known
        self._here: dict[Guest, str] = {}
        self._by_address: Counter[str] = Counter()
        self._answering: set[Guest] = set()

    def comes(self, guest: Guest) -> bool:
        """Somebody connects; False when there is no place, because everybody is being answered just now."""
        key, is_bounded = _neighbourhood(guest.address)
        there = True
        if is_bounded and self._by_address[key] >= PER_ADDRESS:
            there = self._gives_way(each for each, of in self._here.items() if of == key)
        elif len(self._here) >= MOST:
            there = self._gives_way(self._here)
        self._here[guest] = key
        self._by_address[key] += 1
        return there

    def goes(self, guest: Guest) -> None:
        """It is over; said twice it is over, too."""
        self._answering.discard(guest)
        key = self._here.pop(guest, None)
        if key is not None:
            self._by_address[key] -= 1
            if not self._by_address[key]:
                del self._by_address[key]

    def admits(self, guest: Guest, address: bytes, headers: Headers) -> bool:
        """Whether a request is answered; else it gets `full`."""
        if self._known is not None and self._known(address, headers):
            guest.is_known = True
            return True
        if len(self._answering) >= VISITORS and guest not in self._answering and not self._gives_way(self._answering):
            return False
        self._answering.add(guest)
        return True

    def answered(self, guest: Guest) -> None:
        """Its requests are answered."""
        self._answering.discard(guest)

    @staticmethod
    async def full(scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        """The answer (an ASGI application) to whoever comes while all are busy."""
        log.warning("web_server_full", answering=VISITORS)
        await PlainTextResponse("Too many visitors just now.", 503, {"Retry-After": "5"})(scope, receive, send)

    def _gives_way(self, guests: Iterable[Guest]) -> bool:
        """End the one who can best be spared; False when nobody can."""
        spared = [each for each in guests if each.can_give_way]
        if not spared:
            return False
        last = min(spared, key=lambda each: (each.is_known, -self._by_address[self._here[each]], each.since))
        self.goes(last)
        last.end()
        return True


def _neighbourhood(address: str) -> tuple[str, bool]:
    """Whose address that is, for counting, and whether it is public. One household has 2^64 addresses of IPv6."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address, False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped), found.ipv4_mapped.is_global
        return str(ipaddress.ip_network((int(found) >> 64 << 64, 64))), found.is_global
    return str(found), found.is_global
