"""Methods by name."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.call import Call
from sandbox.schema import METHODS

Handler = Callable[[Call], Any | Awaitable[Any]]
"""Takes a call, gives its `result` (or an awaitable of it), or raises Refusal."""

HANDLERS: dict[str, Handler] = {}


def answers(name: str) -> Callable[[Handler], Handler]:
    """Marks the function that answers a method."""
    if name.lower() not in METHODS:
        raise ValueError(f"the Bot API has no {name}")

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register
