"""A notice that goes out at a time: planned, shown, cancelled; quiet hours; a writer who is no longer staff."""

from domain.people.rights import Role
from sandbox.client import written
from tests.e2e.conftest import Estate
from tests.e2e.notices.noticing import SEND, WATER, YES, asks, gets, summary, writes
from tests.e2e.reading import presses_what, shows


async def plans(estate: Estate, at: str = "tomorrow 9:00") -> None:
    """Wei writes a notice for a time."""
    wei = estate.staff
    await presses_what(wei, "f:*:summary:!change:time", message=await writes(wei))
    await shows(wei, "When should it go out?")
    await wei.says(at)
    await presses_what(wei, SEND, message=await shows(wei, "It goes out Thursday, 26 November"))
    await shows(wei, "Notice no. 1 goes out Thursday, 26 November")


async def test_it_goes_out_when_its_time_comes_and_not_before(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await plans(estate)
    await wei.says("/notices")
    await shows(wei, "No. 1 (PLANNED)", "It goes out Thursday, 26 November, 09:00.")
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]
    await estate.world.set_time("2026-11-26T09:00:01+08:00")
    await gets(mei, WATER)
    await shows(wei, "2 of 2 have it.")


async def test_it_is_cancelled_before_its_time(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await plans(estate)
    await wei.says("/notices")
    await presses_what(wei, "no:1:open", message=await asks(wei, "no:1:open"))
    await presses_what(wei, "no:1:back", message=await asks(wei, "no:1:back"))
    await shows(wei, "It will not be sent to anyone.")
    await presses_what(wei, "no:1:back_yes", message=await asks(wei, "no:1:back_yes"))
    await shows(wei, "Notice no. 1: WITHDRAWN")
    await estate.world.set_time("2026-11-26T09:00:01+08:00")
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]


async def test_a_time_that_is_over_is_refused_and_one_in_quiet_hours_is_said(estate: Estate) -> None:
    wei = estate.staff
    await presses_what(wei, "f:*:summary:!change:time", message=await writes(wei))
    await wei.says("today 9:00")
    await shows(wei, "That time is over.")
    await wei.says("tomorrow at 9")
    both = await shows(wei, "Is that before noon or after noon?", "Thursday, 26 November, 21:00")
    await presses_what(wei, "f:*:time:2026-11-26 21:00", message=both)
    await shows(wei, "It goes out Thursday, 26 November, 21:00")
    await presses_what(wei, "f:*:summary:!change:time", message=await summary(wei))
    await wei.says("soon")
    await shows(wei, "I cannot read that as a day and a time.")
    await wei.says("today 23:00")
    await shows(wei, "Most people have quiet hours then. They get it when these are over, mostly at 08:00.")
    await estate.world.set_time("2026-11-25T23:01:00+08:00")
    await shows(wei, "You began to write a notice and have not sent it.")
    await estate.settled()
    late = await presses_what(wei, SEND, message=await summary(wei))
    assert "is over" in (await wei.popup(late))["text"]
    assert await estate.rows("SELECT count(*) AS n FROM notices") == [{"n": 0}]
    await summary(wei)


async def test_a_writer_who_is_no_longer_staff_sends_nothing_and_a_colleague_decides(estate: Estate) -> None:
    wei, mei, li = estate.staff, estate.resident, await estate.colleague("Li")
    await plans(estate)
    await estate.lose_role(wei, Role.ADMIN)
    await estate.world.set_time("2026-11-26T09:00:01+08:00")
    asked = await asks(li, YES)
    assert "Wei is not on the staff any more." in written(asked)
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]
    await presses_what(li, YES, message=asked)
    await gets(mei, WATER)


async def test_one_that_comes_too_late_is_asked_about_first(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await plans(estate)
    await estate.stop()
    await estate.world.set_time("2026-11-26T10:30:00+08:00")
    await estate.start()
    asked = await asks(wei, YES)
    assert "I was not running then" in written(asked) and "a lead can send it alone" not in written(asked)
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]
    await presses_what(wei, "no:1:show", message=asked)
    await shows(wei, "Notice · Maintenance", WATER, after=asked)
    await presses_what(wei, YES, message=asked)
    await gets(mei, WATER)


async def test_who_loses_the_role_while_writing_sends_nothing(estate: Estate) -> None:
    wei = estate.staff
    draft = await writes(wei)
    await estate.lose_role(wei, Role.ADMIN)
    await presses_what(wei, SEND, message=draft)
    await shows(wei, "You cannot do that any more. Nothing of it was sent.")
    await wei.says("/notices")
    await shows(wei, "You cannot do that.")
    assert await estate.rows("SELECT count(*) AS n FROM notices") == [{"n": 0}]


async def test_what_has_not_gone_out_is_corrected_for_nobody(estate: Estate) -> None:
    """Nobody has a copy: nothing is said of changing any."""
    wei, mei = estate.staff, estate.resident
    await plans(estate)
    await wei.says("/notices")
    await presses_what(wei, "no:1:open", message=await asks(wei, "no:1:open"))
    await presses_what(wei, "nc:1:*", message=await asks(wei, "nc:1:*"))
    await shows(wei, "How should notice no. 1 read?")
    await wei.says("Water is off on Friday")
    shown = written(await shows(wei, "Water is off on Friday", "It has not gone out yet."))
    assert "everyone who has it" not in shown
    await presses_what(wei, SEND, message=await summary(wei))
    await shows(wei, "Notice no. 1 is corrected. It has not gone out yet.")
    await estate.world.set_time("2026-11-26T09:00:01+08:00")
    await gets(mei, "Water is off on Friday")
