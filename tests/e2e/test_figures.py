"""/figures: small, honest, for staff; in both languages."""

from tests.e2e.conftest import Estate


async def test_what_became_of_the_reports(estate: Estate) -> None:
    wei, mei, bo = estate.staff, estate.resident, await estate.newcomer("Bo")
    await wei.says("/figures")
    await wei.sees("Nothing has been reported yet")
    await estate.report()
    await estate.resolves("New lamp")
    await mei.presses("No, not yet")
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


async def test_for_staff_alone_and_in_chinese(estate: Estate) -> None:
    await estate.report()
    said = await estate.resident.says("/figures")
    await estate.resident.sees("You cannot do that", after=said["message_id"])
    await estate.staff.says("/language")
    await estate.staff.presses("简体中文")
    said = await estate.staff.says("/figures")
    told = await estate.staff.sees("本月", after=said["message_id"])
    assert "收到：1" in told["text"]
