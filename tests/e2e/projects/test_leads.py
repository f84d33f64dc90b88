"""A lead leaves the team or blocks the bot: staff hear of it, and hear of it again while nobody leads."""

from sandbox.client import Person, buttons, written
from services.staff_room import staff_chat
from storage.core import chats
from storage.core.database import Transaction
from tests.e2e.conftest import Estate
from tests.e2e.moments import time_passes
from tests.e2e.projecting import chooses, leads, opens, starts_project
from tests.e2e.reading import asked_to_send, presses_send, presses_what, shows


async def led_by_lin_alone(estate: Estate) -> Person:
    """A project that somebody of the team leads alone, who is not of the staff."""
    lin = await leads(estate, "Lin")
    wei = estate.staff
    await wei.says("/project The lifts")
    await chooses(wei, "!change:leads", await asked_to_send(wei, "The lifts"))
    await wei.says("Lin")
    await estate.settled()
    await wei.presses("✓ Wei")
    await estate.settled()
    await chooses(wei, "!all")
    await presses_send(wei, await asked_to_send(wei, "Project lead: Lin"))
    await lin.sees("You are its project lead now.")
    return lin


async def test_who_leaves_the_team_leads_no_more_and_staff_choose_somebody(estate: Estate) -> None:
    lin, wei, group = await led_by_lin_alone(estate), estate.staff, estate.staff_chat
    await wei.says("/team")
    await presses_what(wei, "team:list:pledger:*")
    await presses_what(wei, "team:ask:pledger:*")
    await presses_what(wei, "team:take:pledger:*")
    lost = await shows(wei, "Lin has left the team, so NOBODY leads project no. 1.", chat=group)
    await lin.says("/projects")
    await lin.sees("There are no projects")
    await time_passes(estate, days=3, minutes=1)
    again = await shows(wei, "Project no. 1 still has no lead who can be reached.", chat=group, after=lost)
    await shows(wei, "Project no. 1: The lifts", "NOBODY LEADS IT", chat=group)
    await presses_what(wei, "jp:1:change:*", message=await opens(wei, 1, "NOBODY LEADS IT"))
    await chooses(wei, "!change:leads", await asked_to_send(wei, "Change project no. 1?"))
    await wei.says("Wei")
    await estate.settled()
    await chooses(wei, "!all")
    await presses_send(wei, await asked_to_send(wei, "Project lead: Wei"))
    await time_passes(estate, days=4)
    await shows(wei, "Project no. 1: The lifts", "Project lead: Wei", chat=group)
    said = await estate.world.chat_messages(group)
    assert not [each for each in said if each["message_id"] > again["message_id"] and "no lead who" in written(each)]


async def test_who_blocks_the_bot_is_named_to_staff(estate: Estate) -> None:
    lin, wei = await led_by_lin_alone(estate), estate.staff
    await lin.blocks()
    await shows(wei, "Lin leads project no. 1 and has blocked me or left Telegram. Nobody who leads it can be reached.",
                chat=estate.staff_chat)  # fmt: skip


async def test_forty_projects_of_one_lead_are_paged(estate: Estate) -> None:
    wei = estate.staff
    await starts_project(estate, "Lifts")
    await estate.bot.database.run(
        lambda tx: tx.execute(
            "INSERT INTO projects (title, stage, created_by, created_at, moved_at) "
            "SELECT title, stage, created_by, created_at, moved_at FROM projects, json_each(?)",
            (str([*range(39)]),),
        )
    )
    await estate.bot.database.run(
        lambda tx: tx.execute(
            "INSERT INTO project_leads (project, person, since) SELECT id, created_by, created_at FROM projects "
            "WHERE id > 1"
        )
    )
    await wei.says("/projects")
    page = await wei.sees("Project no. 40: Lifts")
    seen: list[str] = []
    for _ in range(8):
        views = [each["callback_data"] for each in buttons(page) if each["callback_data"].startswith("jp:")]
        seen += views
        further = [each["callback_data"] for each in buttons(page) if each["callback_data"].startswith("jl:")]
        await presses_what(wei, further[0], message=page)
        await estate.settled()
        page = next(
            each for each in await estate.world.chat_messages(wei.id) if each["message_id"] == page["message_id"]
        )
    assert len(seen) == len(set(seen)) == 40
    await wei.sees("Project no. 40: Lifts")


async def test_its_card_comes_to_another_staff_group(estate: Estate) -> None:
    await starts_project(estate, "Lifts")
    wei = estate.staff
    other = await estate.world.group("Staff, the second", [wei])
    await estate.settled()

    def choose(tx: Transaction) -> None:
        (chat,) = tx.query("SELECT id FROM chats WHERE telegram_id = ?", (other,))
        staff_chat.choose_by_setting(tx, other, chats.by_id(tx, chat["id"]))

    await estate.bot.database.run(choose)
    await time_passes(estate, seconds=10)
    await shows(wei, "Project no. 1: Lifts", "Project lead: Wei", chat=other)
