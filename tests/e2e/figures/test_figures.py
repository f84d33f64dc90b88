"""/figures: what was known at the end of a period, for staff; in both languages."""

from sandbox.client import written
from tests.e2e.conftest import Estate, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import NOT_FIXED, RESOLVE, newest, presses_what
from tests.e2e.reports.test_steering import more
from tests.waiting import until

EARLIER, MONTH_BY_CATEGORY = "fg:month:2026-11-01:nothing", "fg:month:*:category"
REPORTS = "fg:*:reports"


async def test_a_month_that_is_over_stays_as_it_was(estate: Estate) -> None:
    wei, mei, bo = estate.staff, estate.resident, await estate.newcomer("Bo")
    await wei.says("/figures")
    await wei.sees("Nothing has been reported yet")
    await estate.report()
    await estate.resolves("New lamp")
    await estate.report("Rubbish everywhere", by=bo)
    await wei.says("/figures")
    now = written(await wei.sees("Figures from Sunday, 1 November 2026 until now"))
    assert "Collected: 2\n" in now and "Handled: 1 of 2\n" in now and "Still being asked: 1" in now
    assert "%" not in now, "of two reports no percentage is said"
    await estate.world.advance(days=6)
    await estate.settled()
    await presses_what(mei, NOT_FIXED)  # in December
    await wei.sees("REOPENED", estate.staff_chat)
    await wei.says("/figures")
    december = await wei.sees("Figures from Tuesday, 1 December 2026 until now")
    assert "Collected: 0\n" in written(december) and "Reopened by residents: 1" in written(december)
    await presses_what(wei, EARLIER, message=december)
    november = await wei.sees("Figures from Sunday, 1 November 2026 to Monday, 30 November 2026")
    assert "Collected: 2\n" in written(november) and "Still being asked: 1" in written(november)
    assert "Reopened" not in written(november)
    await presses_what(wei, REPORTS, message=november)
    in_full = await wei.sees("What residents say")
    assert "Reopened" not in written(in_full) and "No, it is not fixed: 0" in written(in_full)


async def test_by_week_quarter_and_year_and_by_category(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("/figures")
    shown = await wei.sees("Figures from")
    for length, first in (
        ("week", "Monday, 23 November"), ("quarter", "Thursday, 1 October"), ("year", "Thursday, 1 January"),
    ):  # fmt: skip
        await presses_what(wei, f"fg:{length}:*", message=shown)
        shown = await wei.sees(f"Figures from {first} 2026 until now")
        assert "Collected: 1\n" in written(shown)
    await presses_what(wei, "fg:month:*:nothing", message=shown)
    shown = await wei.sees("Figures from Sunday, 1 November 2026 until now")
    for what, line in (
        ("category", "Lighting: 1 collected, 0 handled"), ("area", "1 collected"), ("department", "1 collected"),
        ("lead", "No project: 1 collected"), ("project", "No project: 1 collected"),
    ):  # fmt: skip
        await presses_what(wei, f"fg:month:*:{what}", message=shown)
        shown = await newest(wei, lambda each, line=line: line in written(each), line)  # type: ignore[misc]


async def test_passed_on_is_handled_and_silence_is_no_yes(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await more(estate, "Hand on …")
    await wei.presses("Water company", group, await shows(wei, "No. 1 · ", "[Water company", chat=group))
    await wei.sees("No. 1 · HANDED ON", group)
    await estate.report("Rubbish everywhere", by=await estate.newcomer("Bo"))
    await presses_what(wei, RESOLVE, group, await estate.card(2))
    await estate.staff_replies("done about no. 2?", "Swept")
    await wei.sees("No. 2 · RESOLVED", group)
    await time_passes(estate, days=4)  # asked once more
    await time_passes(estate, days=4)
    await wei.sees("No. 2 · CLOSED, no answer", group)
    await wei.says("/figures")
    await presses_what(wei, EARLIER, message=await wei.sees("Figures from Tuesday, 1 December"))
    await presses_what(wei, REPORTS, message=await wei.sees("Figures from Sunday, 1 November 2026 to"))
    november = written(await wei.sees("What residents say"))
    assert "Handled: 2 of 2\n" in november and "Passed on: 1" in november
    assert "Still being asked: 1" in november, "its silence is known only in December"
    await presses_what(wei, "fg:year:*", message=await wei.sees("Figures from Sunday, 1 November 2026 to"))
    year = written(await wei.sees("Figures from Thursday, 1 January 2026 until now"))
    assert "No reply: 1" in year and "Yes, it is fixed: 0" in year
    assert "Fixed, residents say: 0 of 0. If silence counts as no: 0 of 1." in year


async def test_for_staff_alone_and_in_chinese(estate: Estate) -> None:
    await estate.report()
    said = await estate.resident.says("/figures")
    await estate.resident.sees("You cannot do that", after=said["message_id"])
    await estate.staff.says("/language")
    await estate.staff.presses("简体中文")
    said = await estate.staff.says("/figures")
    told = await estate.staff.sees("数据：2026年11月1日星期日至今", after=said["message_id"])
    assert "收到：1" in told["text"]
    await presses_what(estate.staff, MONTH_BY_CATEGORY, message=told)
    await estate.staff.sees("路灯照明：收到1件，已处理0件。")


async def test_what_the_community_does_besides(estate: Estate) -> None:
    """Promises, projects and repairs each behind a button, as short as what there is of them."""
    wei = estate.staff
    await estate.report()
    await wei.says("/figures")
    shown = await wei.sees("Figures from Sunday, 1 November 2026 until now")
    assert "Promises made" not in shown["text"] and len(shown["text"].splitlines()) < 12, "one screen"
    for what, line in (
        ("promises", "Promises made: 0"), ("projects", "Projects: 0"), ("repairs", "Volunteers: 0"),
    ):  # fmt: skip
        await presses_what(wei, f"fg:month:*:{what}", message=shown)
        shown = await newest(wei, lambda each, line=line: line in written(each), line)  # type: ignore[misc]
    await presses_what(wei, "fg:month:*:nothing", message=shown)
    await wei.sees("Collected: 1")


async def test_buttons_tapped_twice_and_one_after_the_other_show_the_last_one_once(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("/figures")
    shown = await wei.sees("Figures from")
    tapped = ("fg:year:*", "fg:year:*", "fg:quarter:*", "fg:week:*", "fg:week:*")
    presses = [await presses_what(wei, each, message=shown) for each in tapped]
    for press in presses:
        await wei.popup(press)
    await until(lambda: _none_waits(estate), "everything to be counted")
    await estate.settled()
    found = [each for each in await estate.world.chat_messages(wei.id) if "Figures from" in written(each)]
    assert len(found) == 1 and "Figures from Monday, 23 November 2026 until now" in written(found[0])
    await estate.nothing_broke()


async def _none_waits(estate: Estate) -> bool:
    return await estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'figures'") == []
