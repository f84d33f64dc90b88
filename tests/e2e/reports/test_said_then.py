"""What a message says of a moment stays with it: cards are written anew at other hours, and under other settings."""

from pathlib import Path

from sandbox.client import written
from tests.e2e.conftest import EVENING, Estate, shows
from tests.e2e.moments import time_is
from tests.e2e.reading import TAKES_REPAIR, presses_what
from tests.e2e.repairing import asks, volunteer
from tests.e2e.reports.test_taking_back import joined
from tests.support import ROOT

OUT = "It is outside working hours."


async def titled(estate: Estate, title: str) -> None:
    """Staff give no. 1 a title, which writes its cards anew."""
    await estate.staff.presses("Title", estate.staff_chat, await estate.card())
    await estate.staff_replies("what shall no. 1 be called?", title)
    await shows(estate.staff, title, chat=estate.staff_chat)
    await estate.settled()


async def under(estate: Estate, tmp_path: Path, before: str, after: str) -> None:
    """The bot starts again with another community file."""
    text = (ROOT / "community.example.toml").read_text("utf-8")
    assert before in text
    path = tmp_path / "other.toml"
    path.write_text(text.replace(before, after), "utf-8")
    await estate.settled()
    await estate.stop()
    estate.settings["community"] = path
    await estate.start()


async def test_a_report_of_the_morning_is_not_said_to_be_of_the_night(estate: Estate) -> None:
    status = await estate.report()
    bo = await joined(estate)
    await time_is(estate, "2026-11-25T23:56:00+08:00")
    await titled(estate, "Stairs dark")
    for person in (estate.resident, bo):
        assert OUT not in written(await shows(person, "No. 1: Received"))
    assert status["message_id"]


async def test_a_report_of_the_evening_says_so_until_we_are_back(estate: Estate) -> None:
    await estate.world.set_time(EVENING)
    await estate.report()
    await time_is(estate, "2026-11-25T23:56:00+08:00")
    await titled(estate, "Stairs dark")
    await shows(estate.resident, "No. 1: Received", OUT, "We are back Thursday, 26 November, 09:00.")
    await time_is(estate, "2026-11-26T09:30:00+08:00")
    await titled(estate, "Stairs dark, house 3")
    assert OUT not in written(await shows(estate.resident, "No. 1: Received"))


async def test_other_hours_in_the_settings_change_nothing_that_was_said(estate: Estate, tmp_path: Path) -> None:
    status = await estate.report()
    assert OUT not in written(status)
    await under(estate, tmp_path, 'wednesday = ["9:00-12:00", "14:00-18:00"]', 'wednesday = ["14:00-18:00"]')
    await titled(estate, "Stairs dark")
    assert OUT not in written(await shows(estate.resident, "No. 1: Received"))


async def test_what_they_read_about_costs_is_what_they_read(estate: Estate, tmp_path: Path) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await under(estate, tmp_path, "The help costs nothing. You pay for parts,", "You pay ten an hour,")
    await presses_what(lao, TAKES_REPAIR)
    job = await shows(lao, "you have taken it", "What they read about costs: “The help costs nothing.")
    assert "ten an hour" not in written(job)


async def test_only_whoever_was_asked_owes_the_answer(estate: Estate) -> None:
    wei, mei, group = estate.staff, estate.resident, estate.staff_chat
    await estate.report()
    bo = await joined(estate)
    await wei.presses("More", group, await estate.card())
    await wei.presses("Ask the resident", group)
    await estate.staff_replies("what shall I ask the resident of no. 1?", "Which floor is it?")
    asked = await mei.sees("A question about your report no. 1")
    await wei.sees("no answer yet", group)
    await bo.replies(await shows(bo, "No. 1"), "It is still dark here")
    await shows(wei, "It is still dark here", chat=group)
    await estate.settled()
    assert "no answer yet" in written(await estate.card()), "whoever joined was asked nothing"
    await mei.says("/my")
    await shows(mei, "We wait for you: the staff have asked you something.")
    await mei.replies(asked, "The third")
    await shows(wei, "The third", chat=group)
    await estate.settled()
    assert "no answer yet" not in written(await estate.card())


async def test_who_stands_for_it_later_owes_no_answer_to_what_another_was_asked(estate: Estate) -> None:
    wei, mei, group = estate.staff, estate.resident, estate.staff_chat
    await estate.report()
    bo = await joined(estate)
    await wei.presses("More", group, await estate.card())
    await wei.presses("Ask the resident", group)
    await estate.staff_replies("what shall I ask the resident of no. 1?", "Which floor is it?")
    await mei.sees("A question about your report no. 1")
    await mei.presses("Take back my report", message=await shows(mei, "No. 1: ", "[Take back my report]"))
    await mei.presses("Yes, take it back")
    await bo.sees("has taken it back. It stays open")
    await estate.settled()
    assert "no answer yet" not in written(await estate.card())
    await bo.says("/my")
    assert "asked you something" not in written(await shows(bo, "You have sent 1 report"))
