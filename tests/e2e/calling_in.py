"""What end-to-end tests of departments share: a project with a lead, departments called in to it, and their cards."""

from domain.people.rights import Role
from sandbox.client import Person, written
from services.projects import making
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate, Json
from tests.e2e.projecting import opens
from tests.e2e.reading import asked_to_send, newest, presses_send, presses_what, shows

CARD = "you are called in to project no. {number}"
COME, OPINION, NOT_OURS, THERE = "jd:*:come:*", "jd:*:opinion:*", "jd:*:not_ours:*", "jd:*:there:*"


async def lead(estate: Estate, name: str = "Lin", language: str = "en") -> Person:
    """Somebody who is not of the staff and may lead a project."""
    person = await estate.newcomer(name, language)

    def give(tx: Transaction) -> None:
        known = people.by_telegram_id(tx, person.id)
        assert known is not None
        people.grant(tx, known.id, Role.PLEDGER, None)

    await estate.bot.database.run(give)
    return person


async def led(estate: Estate, title: str, *by: Person) -> int:
    """Staff have started a project that these lead; its number."""

    def make(tx: Transaction) -> int:
        known = [people.by_telegram_id(tx, each.id) for each in (estate.staff, *by)]
        wei, *leads = [each for each in known if each is not None]
        return making.make(tx, estate.bot.setup.community, wei, title, "All lifts run", [each.id for each in leads]).id

    number = await estate.bot.database.run(make)
    await estate.settled()
    return number


async def calls_in(who: Person, number: int, *departments: str, day: str | None = None) -> Json:
    """A lead or staff calls departments in, by the day that is usual or another; returns what was still to be sent."""
    await begins(who, number)
    for code in departments:
        await presses_what(who, f"f:*:{code}")
    await presses_what(who, "f:*:!all")
    draft = await asked_to_send(who, "NOT ASKED YET")
    if day is not None:
        await presses_what(who, "f:*:!change:day", message=draft)
        await who.says(day)
        draft = await asked_to_send(who, "NOT ASKED YET")
    await presses_send(who, draft)
    await shows(who, "I am asking")
    return draft


async def begins(who: Person, number: int) -> None:
    """Press the project's button that calls departments in."""
    await presses_what(who, f"jc:{number}", message=await opens(who, number))
    await shows(who, "Which departments")


async def card(estate: Estate, department: str, *texts: str, number: int = 1) -> Json:
    """The card of a department in the staff group, once these texts stand on it."""
    start = f"{department}: {CARD.format(number=number)}"

    def fits(message: Json) -> bool:
        return str(message.get("text", "")).startswith(start) and all(each in written(message) for each in texts)

    return await newest(estate.staff, fits, f"{start} {texts}", estate.staff_chat)


async def project_card(estate: Estate, number: int, *texts: str) -> Json:
    """The card of a project in the staff group, once these texts stand on it."""
    return await shows(estate.staff, f"Project no. {number}: ", "Last movement", *texts, chat=estate.staff_chat)


async def says(estate: Estate, who: Person, what: str, department: str, number: int = 1) -> Json:
    """Press a button of a department's card."""
    return await presses_what(who, what, estate.staff_chat, await card(estate, department, number=number))
