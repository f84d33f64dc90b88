"""What every answer tells a browser it may do with it, whichever part of the server it comes from."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

# Nothing is loaded but our own style and pictures, nothing runs, nobody frames it, and no other site learns whence.
RULES = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_AS_SENT = [(name.lower().encode(), value.encode()) for name, value in {**RULES, "Cache-Control": "no-store"}.items()]


def ruled(application: Application) -> Application:
    """The application, with the rules in each answer that does not say otherwise; what says nothing is kept nowhere."""

    async def answer(scope: Any, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        async def with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                known = {name.lower() for name, _ in given}
                message = {**message, "headers": given + [each for each in _AS_SENT if each[0] not in known]}
            await send(message)

        await application(scope, receive, with_rules)

    return answer


def written() -> bytes:
    """The rules as lines of an answer that no application has made."""
    return b"".join(name + b": " + value + b"\r\n" for name, value in _AS_SENT)
