"""What tests of notices share: writing one by its buttons, and reading what those see who get it."""

from fnmatch import fnmatchcase

from sandbox.client import Person, buttons
from tests.e2e.reading import Json, newest, presses_what, shows

WATER = "Water is off tomorrow from 9 to 12"
KIND, EVERYONE, PLACES = "f:*:kind:{}", "f:*:whom:!all", "f:*:whom:places"
SEND, SEE, MORE, URGENT = "f:*:summary:!send", "f:*:summary:see", "f:*:summary:more", "f:*:summary:urgent"
YES, NO, ALONE = "no:*:yes", "no:*:no", "no:*:alone"


async def writes(person: Person, words: str = WATER, kind: str = "maintenance", *, area: str | None = None) -> Json:
    """Write a notice as far as its summary; for everyone, or for those who live in an area of the top."""
    await person.says("/notice")
    await presses_to(person, words, kind, area=area)
    return await summary(person)


async def presses_to(person: Person, words: str, kind: str = "maintenance", *, area: str | None = None) -> None:
    """Answer the first questions of /notice."""
    await asks(person, "f:*:words:!cancel")
    await person.says(words)
    await presses_what(person, KIND.format(kind), message=await asks(person, KIND.format(kind)))
    if area is None:
        await presses_what(person, EVERYONE, message=await asks(person, EVERYONE))
        return
    await presses_what(person, PLACES, message=await asks(person, PLACES))
    await presses_what(person, EVERYONE)
    await asks(person, "f:*:areas:*")
    await person.says(area)
    await presses_what(person, "f:*:areas:!all", message=await asks(person, "f:*:areas:!all"))


async def asks(person: Person, button: str, chat: int | None = None) -> Json:
    """Wait for a message with a button whose data is like that."""

    def fits(message: Json) -> bool:
        return any(fnmatchcase(str(each.get("callback_data", "")), button) for each in buttons(message))

    return await newest(person, fits, f"a button {button}", chat)


async def summary(person: Person) -> Json:
    """Wait for the summary."""
    return await asks(person, SEND)


async def sends(person: Person, **how: str) -> None:
    """Write a notice and send it."""
    await presses_what(person, SEND, message=await writes(person, **how))  # type: ignore[arg-type]


async def makes_urgent(person: Person) -> None:
    """On the summary."""
    await presses_what(person, MORE, message=await summary(person))
    await presses_what(person, URGENT, message=await asks(person, URGENT))


async def gets(person: Person, *texts: str) -> Json:
    """Wait for a notice with these texts on somebody's screen."""
    return await shows(person, *(texts or (WATER,)))
