"""Who may read how the bot is in detail: those who show the operator's token (`HEALTH_TOKEN`)."""

import hmac

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_SCHEME = "bearer "


def may_watch(request: Request, token: str | None) -> bool:
    """Whether a request shows the token, as `Authorization: Bearer …` (RFC 6750); without one nobody may."""
    shown = request.headers.get("Authorization", "")
    if token is None or not shown.lower().startswith(_SCHEME):
        return False
    return hmac.compare_digest(shown[len(_SCHEME) :].strip().encode(), token.encode())


def refuse(token: str | None) -> Response:
    """The answer to a request that may not: 401, or 404 where no token is set and so nobody may."""
    if token is None:
        return PlainTextResponse("Not found: set HEALTH_TOKEN to read this.\n", 404)
    return PlainTextResponse("Show the token: Authorization: Bearer ...\n", 401, {"WWW-Authenticate": "Bearer"})
