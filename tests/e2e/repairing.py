"""What tests of repairs share: volunteers, and asking for a repair as a resident does."""

from typing import Any

from domain.calendar.hours import Window
from domain.people.rights import Role
from sandbox.client import Person
from storage.core.database import Transaction
from storage.people import people
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile
from tests.e2e.conftest import Estate, Json
from tests.e2e.reading import asked_to_send, presses_send

ADDRESS = "Flat 502, name Zhou at the door"
TAP = "The kitchen tap does not close any more"


async def volunteer(estate: Estate, name: str, language: str = "en", **offers: Any) -> Person:
    """Somebody whom staff have approved as a volunteer: plumbing on the north side, round the clock, unless said."""
    person = await estate.newcomer(name, language)
    given: Json = {
        "trades": ("plumbing",), "areas": ("north",), "always": True, "windows": (), "at_once": 2, "night": False,
        "phone": None, "listed": False, **offers,
    }  # fmt: skip

    def approve(tx: Transaction) -> None:
        known = people.by_telegram_id(tx, person.id)
        assert known is not None
        people.grant(tx, known.id, Role.VOLUNTEER, None)
        volunteers.put(tx, known.id, Profile(**given), volunteers.ASKED)
        volunteers.approve(tx, known.id, None)

    await estate.bot.database.run(approve)
    return person


async def asks(
    estate: Estate, words: str = TAP, urgency: str = "Today", by: Person | None = None, address: str = ADDRESS
) -> Json:
    """A resident asks for a plumber in building 3 for the first time; returns the status card."""
    person = by or estate.resident
    await person.says(f"/repair {words}")
    await answers_the_rest(person, urgency, address)
    await presses_send(person)
    return await person.sees("Repair ")


async def answers_the_rest(person: Person, urgency: str = "Today", address: str = ADDRESS) -> None:
    """Who is needed, how soon, where; until the summary."""
    await person.presses("Plumbing", message=await person.sees("Who is needed?"))
    await person.presses(urgency, message=await person.sees("How soon?"))
    await person.sees("Where is it?")
    await person.says("building 3")
    await person.sees("The address to the door?")
    await person.says(address)
    await person.presses("Yes", message=await person.sees("keep this address"))
    await person.presses("Leave this out", message=await person.sees("When is somebody home?"))
    await asked_to_send(person)


async def to_the_photos(person: Person) -> None:
    """Plumbing, today, building 3, the address; until it is asked who may see the photos."""
    await person.presses("Plumbing", message=await person.sees("Who is needed?"))
    await person.presses("Today", message=await person.sees("How soon?"))
    await person.sees("Where is it?")
    await person.says("building 3")
    await person.sees("The address to the door?")
    await person.says(ADDRESS)
    await person.presses("No", message=await person.sees("keep this address"))
    await person.presses("Leave this out", message=await person.sees("When is somebody home?"))


def windows(*each: tuple[int, int, int]) -> tuple[Window, ...]:
    """Weekly hours: weekday from 0, and hours of the day."""
    return tuple(Window(day, opens * 60, closes * 60) for day, opens, closes in each)
