"""Staff make one report part of another: its people hear what becomes of both, and it can be taken out again."""

from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import LAMP, PNG, Estate, Json, Start, estate_in, questions_with_buttons, shows
from tests.e2e.moments import time_is
from tests.e2e.reading import IS_FIXED, NOT_FIXED, RESOLVE, TAKE, figures_of_reports, presses_send, presses_what

DARK = "It is dark on the stairs of Building 3, the lamp is gone"


async def more(estate: Estate, label: str, number: int = 1, by: Person | None = None) -> None:
    """Press a button behind "More" on a report's card."""
    person, group = by or estate.staff, estate.staff_chat
    await person.presses("More", group, await shows(person, f"No. {number} · ", "[More", chat=group))
    await person.presses(label, group, await shows(person, f"No. {number} · ", f"[{label}", chat=group))


async def two(estate: Estate) -> Person:
    """A report of the resident's, and another of Li's about the same thing."""
    await estate.report()
    li = await estate.newcomer("Li")
    await estate.report(DARK, li)
    await estate.card(2)
    return li


async def merges(estate: Estate, number: int, into: int) -> Json:
    """Make one report part of another by its number; returns the message that says so."""
    await more(estate, "Same as another", number)
    await estate.settled()
    if "[Another number" in written(await estate.card(number)):
        await estate.staff.presses("Another number", estate.staff_chat, await estate.card(number))
    await estate.staff_replies(f"which report is no. {number} the same as?", str(into))
    asked = await shows(estate.staff, f"Is no. {number} the same as no.", chat=estate.staff_chat)
    await estate.staff.presses("Yes, it is the same", estate.staff_chat, asked)
    return await estate.staff.sees(f"No. {number} is part of no. ", estate.staff_chat)


async def test_the_number_may_be_written_as_the_bot_writes_it(estate: Estate) -> None:
    await two(estate)
    for written_so in ("1号", "第1号", "No. 1"):
        await more(estate, "Same as another", 2)
        await estate.settled()
        await estate.staff.presses("Another number", estate.staff_chat, await estate.card(2))
        await estate.staff_replies("which report is no. 2 the same as?", written_so)
        asked = await shows(estate.staff, "Is no. 2 the same as no. 1?", chat=estate.staff_chat)
        await estate.staff.presses("No, leave it", estate.staff_chat, asked)


async def test_its_people_hear_the_outcome_and_decide_with_the_others(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    li = await two(estate)
    await more(estate, "Same as another", 2)
    await wei.presses("No. 1: The stairwell l", group)
    asked = await shows(wei, "Is no. 2 the same as no. 1?", "1 person behind no. 2", chat=group)
    await wei.presses("Yes, it is the same", group, asked)
    await shows(wei, "No. 2 · MERGED with no. 1", "[Take out again", chat=group)
    await shows(wei, "No. 1 · NEW", "Together with it: no. 2", "2 people", chat=group)
    await li.sees("Your report no. 2 is about the same thing as no. 1.")
    await shows(li, "No. 2: together with no. 1. Received", "stands where that one stands")
    await wei.presses("Start", group, await estate.card(1))
    await li.sees("No. 2: together with no. 1. Work has begun")
    await estate.sends_answer("The lamp is ordered")
    await shows(li, "Answer to your report no. 2", "The lamp is ordered")
    # Both are asked, with the proof; a no of the one whose report was merged opens the whole.
    await presses_what(wei, RESOLVE, group, await estate.card(1))
    asked = await wei.sees("done about no. 1?", group)
    await wei.sends_photo(PNG, "New lamp", group, reply_to=asked["message_id"])
    question = await shows(li, "No. 2: the staff say it is fixed", "New lamp", "Is it fixed?")
    assert [each for each in await estate.world.chat_messages(li.id) if each.get("photo")], "with the proof"
    await mei.sees("Is it fixed?")
    await presses_what(li, NOT_FIXED, message=question)
    await li.sees("You said that report no. 2 is not fixed.")
    await li.says("Still dark at night")
    await shows(wei, "No. 1: why it is not fixed", "Still dark at night", chat=group)
    await estate.resolves("New cable")
    await presses_what(mei, IS_FIXED)
    await li.sees("No. 2: together with no. 1. Fixed")
    await estate.settled()
    own = [written(each) for each in await estate.world.chat_messages(li.id)]
    assert not [text for text in own if LAMP in text], "what one resident wrote is shown to no other"
    await figures_of_reports(wei)
    told = written(await wei.sees("Merged: 1."))
    assert "Collected: 2" in told and "Handled: 2 of 2" in told
    await wei.says("/queue")
    assert "[All open (0)" in written(await wei.sees("What is to be done"))
    await wei.says("/history 2")
    history = await shows(wei, "No. 2 · MERGED with no. 1", "Wei said that it is the same as another.")
    assert "No. 1" in written(history)
    await wei.says("/find dark")
    await shows(wei, "Found for", "No. 2 (MERGED with no. 1")


async def test_what_its_resident_adds_and_changes_comes_under_the_card_staff_work_on(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    li = await estate.newcomer("Li")
    said = await li.says("The gate squeaks all night")
    await presses_send(li)
    status = await li.sees("No. 2: Received")
    await merges(estate, 2, 1)
    await li.replies(await li.sees("No. 2: together with no. 1"), "And the hinge is loose")
    await li.sees("Added to your report no. 2")
    added = await shows(wei, "No. 2: the resident writes", "(It is part of no. 1.)", "hinge", chat=group)
    await li.edits(said, "The gate squeaks all day")
    edited = await shows(wei, "No. 2: the resident has changed what they wrote", "squeaks all day", chat=group)
    whole = (await estate.card(1))["message_id"]
    for message in (added, edited):
        assert message["reply_to_message"]["message_id"] == whole
    await li.says("/my")
    await li.sees("No. 2 (together with no. 1. Received): The gate squeaks")
    await li.says("It squeaks even more")
    await li.sees("[It belongs to no. 2")
    assert status["message_id"], "its card stays the one it was"


async def test_taken_out_again_it_stands_where_it_stood_and_is_told(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    li = await two(estate)
    await presses_what(wei, TAKE, group, await estate.card(2))
    await wei.sees("No. 2 · TAKEN", group)
    await merges(estate, 2, 1)
    await estate.resolves("New lamp")
    question = await shows(li, "No. 2: the staff say it is fixed", "Is it fixed?")
    await shows(wei, "No. 1 · RESOLVED", "2 not answered", chat=group)
    await wei.presses("Take out again", group, await estate.card(2))
    await shows(li, "Your report no. 2 is looked after by itself again", "Somebody is looking after it")
    await li.sees("No. 2: Somebody is looking after it")
    await shows(wei, "No. 2 · TAKEN", "In charge: Wei", "[Resolve", chat=group)
    card = await shows(wei, "No. 1 · RESOLVED", "1 not answered", chat=group)
    assert "Together with it" not in written(card)
    await estate.settled()
    assert await questions_with_buttons(li) == [], "it is not theirs to answer any more"
    press = await li.forges(question, "r:1:no:1")
    assert "You cannot do that" in (await li.popup(press))["text"]
    # Its deadline is kept in mind again.
    due = await estate.rows("SELECT subject FROM scheduled_tasks WHERE kind = 'deadline' ORDER BY subject")
    assert {"subject": "report:2"} in due


async def test_merged_into_something_said_to_be_fixed_one_is_asked_as_well(estate: Estate) -> None:
    li = await two(estate)
    await estate.resolves("New lamp")
    await merges(estate, 2, 1)
    await shows(li, "No. 2: the staff say it is fixed", "New lamp", "Is it fixed?")
    await estate.staff.sees("2 not answered", estate.staff_chat)
    await presses_what(li, IS_FIXED)
    await li.sees("You said that report no. 2 is fixed. It is closed now.")
    await estate.staff.sees("No. 1 · CLOSED", estate.staff_chat)


async def test_no_chains_no_circles_and_danger_comes_along(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    ana, bo = await estate.newcomer("Ana"), await estate.newcomer("Bo")
    await estate.report("The lift makes a noise", ana)
    await ana.sees("No. 2: Received")
    await bo.says("I smell gas by the bins")
    await bo.sees("No. 3: Received")
    await merges(estate, 3, 2)
    await shows(wei, "DANGER", "No. 2 · NEW", chat=group)
    # Its parts come along, and into a part means into the whole.
    await merges(estate, 2, 1)
    assert await estate.rows("SELECT id, merged_into, state_before FROM reports WHERE merged_into IS NOT NULL") == [
        {"id": 2, "merged_into": 1, "state_before": "new"},
        {"id": 3, "merged_into": 1, "state_before": "new"},
    ]
    await bo.sees("No. 3: together with no. 1")
    await estate.report("The door of the bin room is stuck", by=await estate.newcomer("Cai"))
    await estate.card(4)
    await merges(estate, 4, 3)
    assert (await estate.rows("SELECT merged_into FROM reports WHERE id = 4"))[0]["merged_into"] == 1
    await more(estate, "Same as another", 1)
    await estate.staff_replies("which report is no. 1 the same as?", "3")
    await wei.sees("That is this report itself, or is part of it already.", group)
    await more(estate, "Same as another", 1)
    await estate.staff_replies("which report is no. 1 the same as?", "77")
    await wei.sees("I do not find that any more.", group)


async def test_two_press_at_once_and_who_may(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    li = await two(estate)
    await more(estate, "Same as another", 2)
    await wei.presses("No. 1: The stairwell l", group)
    asked = await wei.sees("Is no. 2 the same as no. 1?", group)
    yes, no = (each["callback_data"] for each in buttons(asked))
    guest = await estate.colleague("Guest", role=None)
    press = await guest.forges(asked, yes, group)
    assert "You cannot do that" in (await guest.popup(press))["text"]
    bo = await estate.colleague("Bo", Role.STAFF)
    await presses_what(bo, TAKE, group, await estate.card(2))
    await wei.sees("In charge: Bo", group)
    press = await wei.forges(asked, yes, group)
    assert "This has changed meanwhile: TAKEN, Bo." in (await wei.popup(press))["text"]
    press = await wei.forges(asked, no, group)
    assert (await wei.popup(press))["text"] == "Nothing was changed."
    await estate.settled()
    left = [written(each) for each in await estate.world.chat_messages(group)]
    assert not [text for text in left if "Is no. 2 the same" in text]
    assert await estate.rows("SELECT merged_into FROM reports WHERE merged_into IS NOT NULL") == []
    await li.sees("Somebody is looking after it")


async def test_not_counted_as_work_and_no_deadline_comes(estate: Estate) -> None:
    li = await two(estate)
    await merges(estate, 2, 1)
    await time_is(estate, "2026-12-20T10:00:00+08:00")
    assert await estate.rows("SELECT 1 FROM events WHERE kind = 'report.overdue' AND subject = 'report:2'") == []
    assert len(await estate.rows("SELECT 1 FROM events WHERE kind = 'report.overdue' AND subject = 'report:1'")) == 1
    await shows(li, "No. 2: together with no. 1", "That has passed")
    await estate.staff.says("/queue")
    await estate.staff.sees("[Overdue (1)")
    # Nobody is offered what is part of another; who is offered it just then joins the whole.
    await estate.staff.presses("Take out again", estate.staff_chat, await estate.card(2))
    await estate.staff.says("/queue")
    await estate.staff.sees("[Overdue (2)")


async def test_offered_just_before_it_was_merged_one_joins_the_whole(estate: Estate) -> None:
    await two(estate)
    bo = await estate.newcomer("Bo")
    await bo.says("It is dark on the stairs of Building 3: the stairwell light is broken, the lamp is gone")
    await presses_send(bo)
    question = await bo.sees("Is it one of these?")
    second = [each for each in buttons(question) if "No. 2" in each["text"]]
    await merges(estate, 2, 1)
    await bo.forges(question, second[0]["callback_data"])
    await bo.sees("No. 1: Received")
    await estate.staff.sees("3 people", estate.staff_chat)


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await estate.report()
        await li.says("北门的灯不亮了")
        await li.sees("还没有发送")
        await li.presses("就这样发送")
        await li.sees("2号：")
        await merges(estate, 2, 1)
        await li.sees("您反映的第2号和第1号是同一件事。")
        await estate.staff.presses("Take out again", estate.staff_chat, await estate.card(2))
        await li.sees("您反映的第2号又单独办理了")
        await estate.nothing_broke()
