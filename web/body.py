"""The body of a request, as far as it may be long and slow."""

import asyncio

from starlette.requests import ClientDisconnect, Request


class Refused(Exception):
    """A request is not taken: the status, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def read(request: Request, most: int, seconds: float) -> bytes:
    """All of it; not more than `most` bytes are read, and for no longer than that. Raises Refused."""
    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and (len(length) > 18 or int(length) > most):
        raise Refused(413, "too large")
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise Refused(413, "too large")
    except TimeoutError:
        raise Refused(408, "the body did not come") from None
    except ClientDisconnect:
        raise Refused(400, "the body did not come whole") from None
    return bytes(body)
