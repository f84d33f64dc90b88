"""What people can do, by the name under /api/ that does it. A story plays the same functions."""

from collections.abc import Callable
from typing import Any

from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.things import Chat, Message, Person
from sandbox.world import World

Action = Callable[[World, Json], Any]
"""Takes the world and the request's body, gives the answer, or raises Problem."""

ACTIONS: dict[str, Action] = {}


def people_can(name: str) -> Callable[[Action], Action]:
    """Marks the function behind POST /api/<name>."""

    def register(action: Action) -> Action:
        ACTIONS[name] = action
        return action

    return register


def required(body: Json, name: str) -> Any:
    """A field that must be there. Raises Problem."""
    if body.get(name) in (None, ""):
        raise Problem(f"The field {name!r} is missing.")
    return body[name]


def words(body: Json, name: str) -> str:
    """A field that must be a text. Raises Problem."""
    value = required(body, name)
    if not isinstance(value, str):
        raise Problem(f"The field {name!r} must be a text.")
    return value


def number(body: Json, name: str) -> float:
    """A field that must be a number. Raises Problem."""
    value = required(body, name)
    try:
        return float(value)
    except (TypeError, ValueError):
        raise Problem(f"The field {name!r} must be a number.") from None


def who(world: World, body: Json) -> Person:
    """The person who acts."""
    return world.person(required(body, "from"))


def where(world: World, person: Person, body: Json) -> Chat:
    """The chat in which somebody acts; the private chat with the bot when none is named."""
    return world.chat(person.id, body.get("chat"), body.get("bot"))


def which(chat: Chat, body: Json) -> Message:
    """The message that is meant. Raises Problem."""
    given = required(body, "message")
    message = chat.messages.get(int(given)) if str(given).isdigit() else None
    if message is None:
        raise Problem(f"There is no message {given!r} in this chat.")
    return message
