"""What end-to-end tests of projects share: one that is started, reports in it, and reading it in private."""

from domain.people.rights import Role
from sandbox.client import Person
from services.people import meeting
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Estate, Json
from tests.e2e.moments import time_passes
from tests.e2e.reading import asked_to_send, newest, presses_send, presses_what, shows

OUT_OF_IT = "jp:*:out=*"
STEPS, MILESTONES, CHANGE, REPORTS, VIEW = (f"jp:*:{what}*:*" for what in ("steps", "milestones", "change", "reports",
                                                                       "view"))  # fmt: skip


async def starts_project(estate: Estate, title: str, by: Person | None = None) -> Json:
    """Staff start a project with /project; returns the message that says so, with a button to look at it."""
    who = by or estate.staff
    sent = await who.says(f"/project {title}")
    await presses_send(who, await asked_to_send(who, title, after=sent))
    return await shows(who, "has started", title)


async def leads(estate: Estate, name: str, role: Role = Role.PLEDGER) -> Person:
    """Somebody of the team who is not of the staff, and could lead a project."""
    person = await estate.newcomer(name)

    def give(tx: Transaction) -> None:
        known = people.by_telegram_id(tx, person.id)
        assert known is not None
        people.grant(tx, known.id, role, None)

    await estate.bot.database.run(give)
    return person


async def opens(who: Person, number: int, *texts: str) -> Json:
    """Open a project in private by the link of its card; returns what is shown."""
    sent = await who.starts(f"j-{number}")
    return await shows(who, f"Project no. {number}: ", *texts, after=sent)


async def puts_in(estate: Estate, report: int, project: str, by: Person | None = None) -> None:
    """Put a report into a project by its card: More, Project, and which."""
    who, group = by or estate.staff, estate.staff_chat
    await presses_what(who, f"v:{report}:more:*", group, await estate.card(report))
    await presses_what(who, f"v:{report}:projects:*", group)
    await estate.settled()
    await who.presses(project, group, await estate.card(report))
    await estate.settled()


async def everybody_is_told(estate: Estate) -> None:
    """What is told a moment later, and chunk by chunk, is told."""
    for _ in range(4):
        await time_passes(estate, seconds=6)


async def has_reported(estate: Estate, *texts: str, area: str = "b1", category: str = "lifts") -> list[int]:
    """Reports of as many people who have never opened a chat with the bot; their numbers."""

    def submit(tx: Transaction) -> list[int]:
        found = []
        for at, text in enumerate(texts):
            count = tx.number("SELECT count(*) FROM people")
            person = meeting.named(tx, 900_000 + count, f"Neighbour {at}", None, "en")
            new = NewReport([NewPart("text", text=text)], category=category, area=area)
            found.append(submitting.submit(tx, estate.bot.setup.community, person, new))
        return found

    return await estate.bot.database.run(submit)


async def told(person: Person, *texts: str) -> list[str]:
    """All that the bot wrote to somebody with these texts, oldest first."""
    found = await person.world.chat_messages(person.id)
    said = [str(each.get("text", "")) for each in found if each["from"]["id"] == person.world.bot_id]
    return [text for text in said if all(part in text for part in texts)]


async def chooses(who: Person, value: str, message: Json | None = None) -> Json:
    """Press the answer with that value to the question of a conversation."""
    return await presses_what(who, f"f:*:{value}", message=message)


async def asked(who: Person, *texts: str, after: Json | None = None) -> Json:
    """Wait for a question of a conversation with these texts."""
    return await newest(who, lambda each: all(text in str(each.get("text", "")) for text in texts), f"{texts}",
                        None, after)  # fmt: skip
