"""/figures: small, honest, for staff; in both languages."""

from sandbox.client import written
from tests.e2e.conftest import Estate, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import NOT_FIXED, RESOLVE, presses_what
from tests.e2e.reports.test_steering import more


async def test_what_became_of_the_reports(estate: Estate) -> None:
    wei, mei, bo = estate.staff, estate.resident, await estate.newcomer("Bo")
    await wei.says("/figures")
    await wei.sees("Nothing has been reported yet")
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await wei.sees("REOPENED", estate.staff_chat)
    await estate.report("Rubbish everywhere", by=bo)
    await estate.world.advance(days=40)
    await estate.settled()
    await estate.report("The lift is stuck again", by=await estate.newcomer("Ana"))
    said = await wei.says("/figures")
    told = (await wei.sees("Reported this month", after=said["message_id"]))["text"]
    month, ever = told.split("Since Wednesday, 25 November")
    assert "Collected: 1\n" in month and "Handled: 0 (0 %)" in month and "Overdue now: 0" in month
    assert "Collected: 3\n" in ever and "Handled: 1 (33 %)" in ever
    assert "Opened again because it was not fixed: 1" in ever and "Overdue now: 2" in ever
    assert "Fixed, a resident says: 0" in ever and "Declined" not in ever, "what is nothing is not listed"


async def test_handed_on_and_unanswered_are_counted_apart(estate: Estate) -> None:
    """What is handed on is not handled, and silence is no yes."""
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await more(estate, "Hand on …")
    await wei.presses("Water company", group, await shows(wei, "No. 1 · ", "[Water company", chat=group))
    await wei.sees("No. 1 · HANDED ON", group)
    await wei.says("/figures")
    told = written(await wei.sees("Reported this month"))
    assert "Handed on and waiting: 1" in told and "Handled: 0 (0 %)" in told
    await estate.report("Rubbish everywhere", by=await estate.newcomer("Bo"))
    await presses_what(wei, RESOLVE, group, await estate.card(2))
    await estate.staff_replies("done about no. 2?", "Swept")
    await wei.sees("No. 2 · RESOLVED", group)
    await time_passes(estate, days=4)  # asked once more
    await time_passes(estate, days=4)
    await wei.sees("No. 2 · CLOSED, no answer", group)
    said = await wei.says("/figures")
    ever = written(await wei.sees("Since Wednesday, 25 November", after=said["message_id"])).split("Since Wed")[1]
    assert "Closed without an answer: 1" in ever and "Fixed, a resident says: 0" in ever
    assert "Handled: 1 (50 %)" in ever and "Handed on and waiting: 1" in ever


async def test_for_staff_alone_and_in_chinese(estate: Estate) -> None:
    await estate.report()
    said = await estate.resident.says("/figures")
    await estate.resident.sees("You cannot do that", after=said["message_id"])
    await estate.staff.says("/language")
    await estate.staff.presses("简体中文")
    said = await estate.staff.says("/figures")
    told = await estate.staff.sees("本月", after=said["message_id"])
    assert "收到：1" in told["text"]
