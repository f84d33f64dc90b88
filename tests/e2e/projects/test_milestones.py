"""Milestones of a project: set, moved with the reason, reached; and days that are no good."""

from sandbox.client import written
from tests.e2e.conftest import Estate
from tests.e2e.projecting import MILESTONES, asked, chooses, everybody_is_told, opens, puts_in, starts_project, told
from tests.e2e.reading import asked_to_send, presses_send, presses_what, shows


async def with_project(estate: Estate) -> None:
    await estate.report()
    await starts_project(estate, "Building 3")
    await puts_in(estate, 1, "No. 1: Building 3")
    await everybody_is_told(estate)


async def test_one_is_set_moved_and_reached(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await with_project(estate)
    await presses_what(wei, MILESTONES, message=await opens(wei, 1))
    await presses_what(wei, "jp:1:add:*")
    await asked(wei, "What is to be reached?")
    await wei.says("The motor is ordered")
    await asked(wei, "By which day?")
    await wei.says("someday")
    await asked(wei, "I cannot read it")
    await wei.says("2026-11-20")
    await asked(wei, "That day is over")
    await wei.says("2026-11-28")  # a Saturday
    question = await asked(wei, "Saturday, 28 November 2026 is a holiday or a day off.")
    assert "[Yes, that day]" in written(question) and "[Monday, 30 November 2026]" in written(question)
    await chooses(wei, "2026-11-30", question)
    await presses_send(wei, await asked_to_send(wei, "The motor is ordered", "By: Monday, 30 November 2026"))
    await wei.sees("The milestone is set.")
    await everybody_is_told(estate)
    assert not await told(mei, "milestone"), "setting one tells nobody"

    await presses_what(wei, MILESTONES, message=await opens(wei, 1, "○ The motor is ordered"))
    await presses_what(wei, "jm:1:view")
    await presses_what(wei, "jm:1:move")
    await asked(wei, "By which day?")
    await wei.says("2026-12-05")  # a Saturday again, and meant
    await wei.says("2026-12-05")
    await asked(wei, "Why is it moved?")
    await wei.says("The maker is late")
    await presses_send(wei, await asked_to_send(wei, "Move this milestone?", "Saturday, 5 December 2026"))
    await everybody_is_told(estate)
    (moved,) = await told(mei, "A milestone is moved:", "Why it was moved: The maker is late")
    assert "by Saturday, 5 December 2026 (before: Monday, 30 November 2026)" in moved

    view = await opens(wei, 1)
    await presses_what(wei, MILESTONES, message=view)
    await presses_what(wei, "jm:1:view")
    one = await shows(wei, "[It is reached")
    await presses_what(wei, "jm:1:reached", message=one)
    await shows(wei, "✓ The motor is ordered")
    press = await wei.forges(one, "jm:1:reached")  # a double tap
    assert "Nothing is done twice" in (await wei.popup(press))["text"]
    await everybody_is_told(estate)
    assert len(await told(mei, "A milestone is reached:", "✓ The motor is ordered")) == 1


async def test_one_without_a_day_and_others_who_may_set_none(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await with_project(estate)
    await presses_what(wei, MILESTONES, message=await opens(wei, 1))
    await presses_what(wei, "jp:1:add:*")
    await asked(wei, "What is to be reached?")
    await wei.says("The money is there")
    await chooses(wei, "!none", await asked(wei, "By which day?"))
    await presses_send(wei, await asked_to_send(wei, "Without a day"))
    await wei.sees("The milestone is set.")
    await mei.says("/projects")
    nothing = await mei.sees("no projects")
    for data in ("jm:1:view", "jm:1:reached", "jm:1:move", "jp:1:add:1", "jp:1:milestones:1", "jm:99:view"):
        assert (await mei.popup(await mei.forges(nothing, data)))["show_alert"]
    assert await estate.rows("SELECT reached_at FROM milestones") == [{"reached_at": None}]
