"""Reading what the bot shows as its reader does, and pressing: by what a button does, whatever is written on it.

A test whose subject is not the wording waits for the question that can be sent rather than for the words above it.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from bot.application import Parts
from handlers.figures.ordered import KIND as FIGURES
from sandbox.client import Person, World, buttons, written
from tests.waiting import until

Json = dict[str, Any]
T = TypeVar("T")

SEND = "f:*:!send"
"""The button that sends a draft, of whichever kind."""
TAKE, RESOLVE = "v:*:take:*", "v:*:resolve:*"
"""On the staff's card of a report."""
IS_FIXED, NOT_FIXED = "r:*:yes:*", "r:*:no:*"
"""A resident's answers to "Is it fixed?"."""
TAKES_REPAIR, ON_THE_WAY, REPAIRED = "ro:*:take", "rj:*:out:*", "rj:*:done:*"
"""What a volunteer presses."""
APPROVE = "ps:*:approve:*"
"""On the staff's card of a promise."""


async def newest(
    person: Person, fits: Callable[[Json], bool], what: str, chat: int | None = None, after: Json | None = None
) -> Json:
    """Wait for a message of the bot to somebody (or in a group) that fits; the newest one.

    `after`: only those that came later than this message. Raises AssertionError with what is there instead.
    """
    where = person.id if chat is None else chat
    there: list[Json] = []

    async def look() -> Json | None:
        there[:] = [
            each
            for each in await person.world.chat_messages(where)
            if each["from"]["id"] == person.world.bot_id and (after is None or each["message_id"] > after["message_id"])
        ]
        return next((each for each in reversed(there) if fits(each)), None)

    try:
        found = await until(look, what)
    except AssertionError as error:
        raise AssertionError(f"{error}; there is:\n" + "\n---\n".join(map(written, there[-6:]))) from None
    assert found is not None
    return found


async def shows(person: Person, *texts: str, chat: int | None = None, after: Json | None = None) -> Json:
    """Wait until the bot shows somebody (or a group) a message with all these texts; the newest one."""
    return await newest(person, lambda each: _holds(each, texts), f"{texts}", chat, after)


async def asked_to_send(person: Person, *texts: str, chat: int | None = None, after: Json | None = None) -> Json:
    """Wait until the bot shows somebody what they have not sent yet, with all these texts and the button that sends."""

    def fits(message: Json) -> bool:
        return can_be_sent(message) and _holds(message, texts)

    return await newest(person, fits, f"something to send with {texts}", chat, after)


async def presses_send(person: Person, draft: Json | None = None, **where: Any) -> Json:
    """Send a draft: this one, or the newest there is; see `asked_to_send`. Returns the press."""
    return await presses_what(person, SEND, message=draft or await asked_to_send(person, **where))


async def presses_what(person: Person, what: str, chat: int | None = None, message: Json | None = None) -> Json:
    """Press the button whose data is like `what`: under this message as it is now, or the newest that has one.

    `chat` is the private one with the bot unless a group's id is given. Returns the press.
    """
    if message is None:
        message = await newest(person, lambda each: bool(_like(each, what)), f"a button {what}", chat)
    there = await person.world.chat_messages(person.id if chat is None else chat)
    now = next((each for each in there if each["message_id"] == message["message_id"]), message)
    found = _like(now, what)
    assert len(found) == 1, f"{len(found)} buttons {what}: {written(now)}"
    return await person.presses(chat=chat, message=now, data=found[0])


async def figures_of_reports(person: Person) -> Json:
    """Ask for the figures of this month, and for all there is about reports; returns the press."""
    asked = await person.says("/figures")
    return await presses_what(person, "fg:*:reports*", message=await shows(person, "Figures from", after=asked))


def can_be_sent(message: Json) -> bool:
    """Whether there is a button under it that sends a draft."""
    return bool(_like(message, SEND))


def _like(message: Json, what: str) -> list[str]:
    data = (str(each.get("callback_data", "")) for each in buttons(message))
    return [each for each in data if fnmatchcase(each, what)]


def _holds(message: Json, texts: tuple[str, ...]) -> bool:
    words = written(message)
    return all(text in words for text in texts)


async def settled(world: World, bot: Parts) -> None:
    """Wait until everything that came was handled, figures are counted, and everything to be sent is sent."""
    left: list[Json] = []

    async def look() -> bool:
        left[:] = [await _unfinished(world, bot)]
        return not left[0]

    try:
        await until(look, "rest")
    except AssertionError:
        raise AssertionError(f"never came to rest: {left}") from None


async def _unfinished(world: World, bot: Parts) -> Json:
    told = await world.get("updates")
    row = await bot.database.read(
        lambda tx: tx.query(
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'new') AS to_handle, (SELECT count(*) FROM outbox "
            "WHERE state IN ('pending', 'waiting', 'sending')) AS to_send, (SELECT count(*) FROM scheduled_tasks "
            "WHERE kind = ?) AS to_count",
            (FIGURES,),
        )[0]
    )
    counts = {**dict(row), "to_fetch": told["made"] - told["confirmed"]}
    return {name: count for name, count in counts.items() if count}
