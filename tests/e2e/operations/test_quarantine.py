"""/quarantine: an admin looks after what could not be handled, and sees nobody's words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.people.rights import Role
from sandbox.client import written
from services.operations import quarantine
from storage.core.database import Transaction
from tests.e2e.conftest import Estate, both_ways, shows
from tests.e2e.reading import asked_to_send

pytestmark = both_ways

SET_ASIDE = datetime(2026, 11, 25, 2, tzinfo=UTC)
WORDS = "The lift is stuck between floors"


async def set_aside(estate: Estate, *texts: str) -> list[int]:
    """Messages of the resident's, as if they could not be handled; their numbers of arrival."""
    await estate.settled()

    def write(tx: Transaction) -> list[int]:
        numbers = []
        for index, text in enumerate(texts):
            person = {"id": estate.resident.id, "is_bot": False, "first_name": "Mei", "language_code": "en"}
            chat = {"id": estate.resident.id, "type": "private", "first_name": "Mei"}
            message = {"message_id": 5000 + index, "date": 1772416800, "chat": chat, "from": person, "text": text}
            numbers.append(
                tx.insert(
                    "INSERT INTO inbox (update_id, body, state, tries, received_at, done_at, error) VALUES "
                    "(?, ?, 'quarantined', 3, '2026-11-25T02:00:00.000000Z', '2026-11-25T02:00:00.000000Z', ?)",
                    (90_000 + index, json.dumps({"update_id": 90_000 + index, "message": message}), "KeyError: <a>"),
                )
            )
        return numbers

    return await estate.bot.database.run(write)


async def row(estate: Estate, number: int) -> dict[str, Any]:
    (found,) = await estate.rows("SELECT state, tries, body, error FROM inbox WHERE id = ?", number)
    return found


async def test_tried_again_it_is_handled_as_if_it_had_just_come(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    (number,) = await set_aside(estate, WORDS)
    await wei.says("/quarantine")
    await wei.presses(f"No. {number}")
    shown = written(await shows(wei, "Why it failed: KeyError: <a>"))
    assert "Wednesday, 25 November, 10:00" in shown
    await wei.presses("Try again")
    await wei.sees(f"Try no. {number} again?")
    assert (await row(estate, number))["state"] == "quarantined", "not before it is confirmed"
    await wei.presses("Yes, try again")
    await wei.sees("is tried again now")
    await asked_to_send(mei, WORDS)
    await estate.settled()
    assert (await row(estate, number))["state"] == "done"
    assert WORDS not in "".join(written(each) for each in await estate.world.chat_messages(wei.id))


async def test_forgotten_its_words_are_gone_and_that_it_came_is_kept(estate: Estate) -> None:
    wei = estate.staff
    (number,) = await set_aside(estate, WORDS)
    await wei.says("/quarantine")
    await wei.presses(f"No. {number}")
    await wei.sees("Why it failed")
    await wei.presses("Forget")
    await wei.sees("cannot be had back")
    await wei.presses("No, leave it")
    await wei.sees("Why it failed")
    assert WORDS in (await row(estate, number))["body"]
    await wei.presses("Forget")
    await wei.sees("cannot be had back")
    await wei.presses("Yes, forget it")
    await wei.sees("is forgotten")
    found = await row(estate, number)
    assert (found["state"], found["body"]) == ("done", "{}")
    await wei.presses("Back to the list")
    await wei.sees("Nothing is set aside")


async def test_many_are_shown_page_by_page(estate: Estate) -> None:
    numbers = await set_aside(estate, *[f"{WORDS} {index}" for index in range(7)])
    await estate.staff.says("/quarantine")
    first = written(await shows(estate.staff, "What I could not handle (7)"))
    assert f"[No. {numbers[6]}]" in first and f"[No. {numbers[1]}]" not in first
    await estate.staff.presses("More")
    await estate.staff.sees(f"[No. {numbers[0]}]")
    await estate.bot.database.run(lambda tx: tx.execute("DELETE FROM inbox WHERE state = 'quarantined'") and None)


async def test_only_admins_may(estate: Estate) -> None:
    (number,) = await set_aside(estate, WORDS)
    colleague = await estate.colleague("Bo")
    await colleague.says("/quarantine")
    await colleague.sees("You cannot do that")
    await estate.staff.says("/quarantine")
    await estate.staff.presses(f"No. {number}")
    await estate.staff.sees("Why it failed")
    await estate.lose_role(estate.staff, Role.ADMIN)
    await estate.staff.presses("Forget")
    await estate.settled()
    assert WORDS in (await row(estate, number))["body"], "the press is checked again"
    await estate.bot.database.run(lambda tx: tx.execute("DELETE FROM inbox WHERE state = 'quarantined'") and None)


async def test_what_nobody_tries_again_is_forgotten_after_ninety_days(estate: Estate) -> None:
    (number,) = await set_aside(estate, WORDS)

    async def after(days: int) -> tuple[str, bool]:
        await estate.world.set_time((SET_ASIDE + timedelta(days=days)).isoformat())
        await estate.settled()
        await estate.bot.database.run(quarantine.forget_old)
        found = await row(estate, number)
        return found["state"], WORDS in found["body"]

    assert await after(89) == ("quarantined", True)
    assert await after(91) == ("done", False)
    assert await estate.rows("SELECT * FROM events WHERE kind = 'update.forgotten'")
