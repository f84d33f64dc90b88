"""The webhook's door: a post of Telegram's is answered 200 only once its update is committed.

What Telegram is answered otherwise it posts again, for about a day. So whatever may become good is refused: storage in
trouble (503), a secret not yet told anew (401), and also what is no update (400). Telegram posts none; a proxy that
spoils bodies does, and those would be lost by a 200.
"""

import asyncio
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from storage.core import inbox
from web import body
from web.body import Refused

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LONGEST_BODY = 1_000_000
"""The longest update there can be is a tenth of that."""
BODY_SECONDS = 10.0
STORE_SECONDS = 25.0
RETRY_AFTER = {"Retry-After": "2"}
"""Without it Telegram waits longer each time, up to minutes, also after all is well again."""
SELDOM_SECONDS = 60.0
log = structlog.get_logger()

Keep = Callable[[dict[str, Any]], Awaitable[None]]
"""Returns when the update is committed. Raises NotKept when it cannot be, for now."""


class NotKept(Exception):
    """Storage is in trouble; the same update is welcome later."""


@dataclass(frozen=True)
class Door:
    """Where Telegram posts to (`path`), what it must know (`secret`), who keeps what it brings, who counts answers."""

    path: str
    secret: str
    keep: Keep
    answered: Callable[[int], None]

    def is_known(self, address: bytes, headers: Sequence[tuple[bytes, bytes]]) -> bool:
        """Whether a request, of which only the head is here yet, is Telegram's."""
        return address.partition(b"?")[0] == self.path.encode() and any(
            hmac.compare_digest(value, self.secret.encode())
            for name, value in headers
            if name == SECRET_HEADER.lower().encode()
        )


def route(door: Door) -> Route:
    """The route of the webhook."""
    told = -SELDOM_SECONDS

    async def post(request: Request) -> Response:
        nonlocal told
        try:
            await _take(request, door)
            response = Response()
        except Refused as error:
            # Strangers knock often; one line a minute says so.
            if error.status != 401 or time.monotonic() - told >= SELDOM_SECONDS:
                log.warning("webhook_refused", status=error.status, reason=error.reason)
                told = time.monotonic() if error.status == 401 else told
            headers = RETRY_AFTER if error.status >= 500 else None
            response = PlainTextResponse(error.reason, error.status, headers)
        door.answered(response.status_code)
        return response

    return Route(door.path, post, methods=["POST"])


async def _take(request: Request, door: Door) -> None:
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode("latin-1"), door.secret.encode()):
        raise Refused(401, "the secret is missing or wrong")
    update = _update(await body.read(request, LONGEST_BODY, BODY_SECONDS))
    try:
        async with asyncio.timeout(STORE_SECONDS):
            await door.keep(update)
    except (NotKept, TimeoutError):
        raise Refused(503, "cannot be stored now") from None
    except Exception:
        log.exception("webhook_failed")
        raise Refused(500, "a fault of ours") from None


def _update(content: bytes) -> dict[str, Any]:
    """The update in it. Never its words in an error: they are somebody's."""
    try:
        update = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(400, "not JSON") from None
    if not inbox.storable(update):
        raise Refused(400, "not an update: it has no update_id")
    assert isinstance(update, dict)
    return update
