"""What others read of a name is what staff approved; a new one waits, and every yes is about what was shown."""

import pytest

from sandbox.client import buttons, written
from tests.e2e.conftest import Estate, Json, shows
from tests.e2e.pledges.test_pledge_board import open_one
from tests.e2e.pledges.test_pledge_making import pledger, published, weekend_promise
from tests.e2e.reading import APPROVE, TAKES_REPAIR, presses_what
from tests.e2e.repairing import asks
from tests.e2e.volunteers.test_repair_volunteers import offers_help

THIEVES = "Estate office: staff of no. 5 are thieves"


def data_of(message: Json, beginning: str) -> str:
    """What the button carries whose data begin so."""
    return str(next(b["callback_data"] for b in buttons(message) if b["callback_data"].startswith(beginning)))


async def test_the_board_shows_the_name_that_was_approved_until_staff_take_the_new_one_over(estate: Estate) -> None:
    hui, wei, group = await pledger(estate, "Hui"), estate.staff, estate.staff_chat
    await published(estate, hui)
    assert "By: Hui" in written(await open_one(estate))
    await hui.renames(THIEVES)
    await hui.says("/pledge")
    asked = await shows(wei, "Hui has another name in Telegram now.", THIEVES, chat=group)
    await shows(hui, "Others go on reading your name as Hui")
    shown = written(await open_one(estate))
    assert "By: Hui" in shown and "thieves" not in shown
    mei = estate.resident
    await mei.says("/board")
    await mei.presses("By person")
    people = await shows(mei, "[Hui (1)]")
    assert "thieves" not in written(people)
    nosy = await mei.forges(people, data_of(asked, "pn:"))
    assert "cannot do that" in (await mei.popup(nosy))["text"]
    # A button is about the very name it stood under.
    old = next(b["callback_data"] for b in buttons(asked) if ":take:" in b["callback_data"])
    await hui.renames("Worse")
    await hui.says("/pledge")
    asked = await shows(wei, "The new name: Worse", chat=group)
    stale = await wei.forges(asked, old, group)
    assert "changed their name again" in (await wei.popup(stale))["text"]
    assert "By: Hui" in written(await open_one(estate))
    await wei.presses("Keep the old name", group, asked)
    await shows(wei, "Others read this name: Hui", chat=group)
    await hui.renames("Li Hui")
    await hui.says("/pledge")
    asked = await shows(wei, "The new name: Li Hui", chat=group)
    await wei.presses("Show the new name", group, asked)
    await shows(hui, "others read your name as Li Hui now")
    assert "By: Li Hui" in written(await open_one(estate))
    cards = await estate.rows("SELECT count(*) AS n FROM cards WHERE role = 'name'")
    assert cards == [{"n": 1}], "whoever plays with their name floods nobody"


async def test_a_promise_is_approved_under_the_name_its_card_showed(estate: Estate) -> None:
    hui, wei, group = await pledger(estate, "Hui"), estate.staff, estate.staff_chat
    await weekend_promise(estate, hui)
    card = await wei.sees("TO BE APPROVED", group)
    await hui.renames(THIEVES)
    await hui.says("/help")
    await estate.settled()
    press = await presses_what(wei, APPROVE, group, card)
    assert "reads otherwise now" in (await wei.popup(press))["text"]
    assert await estate.rows("SELECT state FROM pledges") == [{"state": "waiting"}]
    fresh = await shows(wei, "TO BE APPROVED", "By: Estate office", chat=group)
    await presses_what(wei, APPROVE, group, fresh)
    await shows(hui, "is on the board.")


@pytest.mark.parametrize(
    "name", ["W" * 64, "Z" + "\u0335" * 60, "\u202eiuH", "Hui\n\n\nall", "\u200b\u200b", "\U00013000" * 60]
)
async def test_a_name_of_any_sort_is_one_short_line_everywhere(estate: Estate, name: str) -> None:
    hui = await pledger(estate, name)
    await published(estate, hui)
    shown = written(await open_one(estate))
    line = next((line for line in shown.splitlines() if line.startswith("By: ")), "By: ?")
    assert len(line) <= 44 and "\u202e" not in line and "\u200b" not in line and line.count("\u0335") <= 2
    if "\n" in name:
        assert "By: Hui all" in shown


async def test_an_offer_of_help_is_approved_as_it_was_shown(estate: Estate) -> None:
    bo, wei, group = await estate.newcomer("Bo"), estate.staff, estate.staff_chat
    await offers_help(bo)
    asked = await shows(wei, "Bo offers help with repairs", chat=group)
    await bo.renames(THIEVES)
    await bo.says("/help")
    await estate.settled()
    press = await wei.presses("Yes, a volunteer", group, asked)
    assert "has changed" in (await wei.popup(press))["text"]
    assert await estate.rows("SELECT state FROM volunteers") == [{"state": "asked"}]
    await bo.renames("Bo")
    await bo.says("/help")
    await estate.settled()
    fresh = await shows(wei, "Estate office", "offers help with repairs", chat=group)
    press = await wei.presses("Yes, a volunteer", group, fresh)
    assert "has changed" in (await wei.popup(press))["text"], "of the name, again"
    fresh = await shows(wei, "Bo offers help with repairs", chat=group)
    await wei.presses("Yes, a volunteer", group, fresh)
    await bo.sees("You are a volunteer now")


async def test_an_older_messages_yes_approves_no_newer_profile(estate: Estate) -> None:
    bo, wei, group = await estate.newcomer("Bo"), estate.staff, estate.staff_chat
    await offers_help(bo)
    old = await shows(wei, "Bo offers help with repairs", chat=group)
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE volunteers SET night = 0, at_once = 5"))
    press = await wei.presses("Yes, a volunteer", group, old)
    assert "has changed" in (await wei.popup(press))["text"]
    assert await estate.rows("SELECT state FROM volunteers") == [{"state": "asked"}]
    await wei.forges(old, "vo:3:yes", group)  # as messages of before had it
    await estate.settled()
    assert await estate.rows("SELECT state FROM volunteers") == [{"state": "asked"}]


async def test_words_that_came_with_a_check_in_are_released_as_they_were_shown(estate: Estate) -> None:
    hui, wei, group = await pledger(estate, "Hui"), estate.staff, estate.staff_chat
    told = await published(estate, hui)
    await estate.world.set_time("2026-11-28T21:00:00+08:00")
    said = await hui.replies(told, "Done, as always")
    shown = await shows(wei, "Done, as always", "Shall the board show it?", chat=group)
    await hui.edits(said, "Done. The staff are thieves")
    await shows(wei, "thieves", "Shall the board show it?", chat=group)
    press = await wei.presses("Show it on the board", group, shown)
    assert "reads otherwise now" in (await wei.popup(press))["text"]
    assert "thieves" not in written(await open_one(estate))


async def test_a_resident_reads_the_volunteers_approved_name(estate: Estate) -> None:
    bo, wei, group = await estate.newcomer("Bo"), estate.staff, estate.staff_chat
    await offers_help(bo)
    await wei.presses("Yes, a volunteer", group, await shows(wei, "Bo offers help with repairs", chat=group))
    await bo.sees("You are a volunteer now")
    await bo.renames("Police")
    await bo.says("/help")
    await shows(wei, "Bo has another name in Telegram now.", "The new name: Police", chat=group)
    await estate.world.set_time("2026-11-25T17:01:00+08:00")
    await asks(estate)
    offer = await bo.sees("can you come?")
    await presses_what(bo, TAKES_REPAIR, message=offer)
    await estate.resident.sees("Bo comes to you")
