"""Methods by name."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sandbox.call import Call
from sandbox.schema import METHODS

Handler = Callable[[Call], Any | Awaitable[Any]]
"""Takes a call, gives its `result` (or an awaitable of it), or raises Refusal."""

HANDLERS: dict[str, Handler] = {}


Marked = TypeVar("Marked", bound=Handler)


def answers(name: str) -> Callable[[Marked], Marked]:
    """Marks the function that answers a method."""
    if name.lower() not in METHODS:
        raise ValueError(f"the Bot API has no {name}")

    def register(handler: Marked) -> Marked:
        HANDLERS[name] = handler
        return handler

    return register
