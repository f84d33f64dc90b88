"""Becoming a volunteer, staff's yes or no, being on call, and what one has taken."""

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import asks, volunteer


async def offers_help(bo: Person) -> None:
    """Somebody says what they can mend, evenings, with a number for staff."""
    await bo.says("/volunteer")
    await bo.presses("Plumbing", message=await bo.sees("What can you mend?"))
    await bo.presses("Electricity", message=await shows(bo, "Chosen: Plumbing"))
    await bo.presses("That is all", message=await shows(bo, "Chosen: Plumbing, Electricity"))
    await bo.presses("North side", message=await bo.sees("Where do you help?"))
    await bo.presses("All of “North side”", message=await shows(bo, "[All of “North side”]"))
    await bo.presses("That is all", message=await shows(bo, "Chosen: North side"))
    await bo.presses("Evenings, weekends", message=await bo.sees("When can I ask you?"))
    await bo.presses("1", message=await bo.sees("How many jobs"))
    await bo.presses("Yes", message=await bo.sees("wake you at night"))
    await bo.sees("STAFF ring you")
    await bo.says("no number at all")
    await bo.sees("Please write a telephone number in digits")
    await bo.says("139 0000 1234")
    await bo.presses("No", message=await bo.sees("May neighbours read"))
    await asked_to_send(
        bo, "Trades: Plumbing, Electricity", "Mon to Fri 17:00–22:00", "139 0000 1234", "[Change the telephone number]"
    )
    await presses_send(bo)
    await bo.sees("Thank you for offering help!")


async def test_staff_say_yes(estate: Estate) -> None:
    bo = await estate.newcomer("Bo")
    await offers_help(bo)
    asked = await shows(estate.staff, "Bo offers help with repairs", "Mon to Fri 17:00–22:00", chat=estate.staff_chat)
    assert "139 0000" not in written(asked), "the number is not for the whole group"
    await bo.says("/duty")
    await bo.sees("The staff read it; you hear from me here.")
    await asks(estate)
    await bo.sees_no("can you come?")
    await estate.staff.presses("Yes, a volunteer", estate.staff_chat, asked)
    await bo.sees("You are a volunteer now")
    await shows(estate.staff, "Bo is a volunteer now. Wei said yes.", chat=estate.staff_chat)
    await estate.world.set_time("2026-11-25T17:01:00+08:00")
    await bo.sees("Repair 1: can you come?")


async def test_staff_say_no(estate: Estate) -> None:
    bo = await estate.newcomer("Bo")
    await offers_help(bo)
    asked = await estate.staff.sees("Bo offers help", estate.staff_chat)
    neighbour = await estate.colleague("Nosy", role=None)
    answer = await neighbour.popup(await neighbour.presses("Yes, a volunteer", estate.staff_chat, asked))
    assert "cannot do that" in answer["text"]
    await estate.staff.presses("No", estate.staff_chat, asked)
    await bo.sees("do not take it up at present")
    assert await estate.rows("SELECT state FROM volunteers") == [{"state": "declined"}]
    assert await estate.rows("SELECT role FROM roles WHERE role = 'volunteer'") == []


async def test_without_a_staff_group_the_admin_decides(estate: Estate) -> None:
    await estate.bot.database.run(lambda tx: tx.execute("DELETE FROM settings WHERE key = 'staff_chat'"))
    bo = await estate.newcomer("Bo")
    await offers_help(bo)
    await estate.staff.presses("Yes, a volunteer", message=await estate.staff.sees("Bo offers help"))
    await bo.sees("You are a volunteer now")


async def test_on_call_and_off(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await lao.says("/duty off")
    await lao.sees("You are OFF call")
    await asks(estate)
    await shows(estate.resident, "Nobody yet")
    await lao.presses("On call again")
    await lao.sees("You are ON call")
    await lao.sees("Repair 1: can you come?")
    await lao.presses("Pause until …")
    pauses = await shows(lao, "[Back]")
    await lao.presses("Thursday, 26 November, 08:00", message=pauses)
    await shows(lao, "You are off call until Thursday, 26 November, 08:00")
    await lao.sees("You are not asked about repair 1 any more")
    await estate.world.set_time("2026-11-26T08:31:00+08:00")
    await lao.sees("Repair 1: can you come?")


async def test_a_pause_in_the_middle_leaves_the_job(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await lao.says("/duty off")
    await shows(lao, "You are OFF call", "You have taken repair 1. It stays yours")


async def test_jobs_and_other_hours(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await lao.says("/jobs")
    listed = await shows(lao, "You have taken", "1: Plumbing: Somebody will come", "Jobs done: 0")
    assert [each["text"] for each in buttons(listed)] == ["Show 1: Plumbing"]
    await lao.presses("Show 1: Plumbing", message=listed)
    await shows(lao, "Repair 1: you have taken it", after=listed)
    await lao.says("/volunteer")
    await lao.presses("Change the hours", message=await asked_to_send(lao, "round the clock"))
    await lao.presses("Other hours", message=await lao.sees("When can I ask you?"))
    days = await lao.sees("On which days?")
    await lao.presses("Mon", message=days)
    await lao.presses("That is all", message=await shows(lao, "Chosen: Mon"))
    await lao.presses("22:00", message=await _page(lao, await lao.sees("From what time?"), "22:00"))
    await lao.presses("6:00", message=await _page(lao, await lao.sees("Until what time?"), "6:00"))
    await asked_to_send(lao, "Mon 22:00–24:00", "Tue 00:00–06:00")
    await presses_send(lao)
    await lao.sees("You are on call from now on")


async def _page(person: Person, message: dict[str, object], label: str) -> dict[str, object]:
    """Turn the pages of a question until it has a button."""
    for _ in range(4):
        if any(each["text"] == label for each in buttons(message)):
            return message
        turn = next(each["text"] for each in buttons(message) if each["text"].startswith("More"))
        await person.presses(turn, message=message)
        number = int(turn.split("(")[1].split()[0])
        message = await shows(person, f"More ({number % int(turn.rstrip(')').split()[-1]) + 1} of")
    raise AssertionError(f"no {label}")
