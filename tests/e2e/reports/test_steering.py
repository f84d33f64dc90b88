"""Staff steer a report: give it on, ask, move the day, mark it, open it again, and block abuse."""

from domain.people.rights import Role
from sandbox.client import buttons, written
from tests.e2e.conftest import LAMP, Estate, news, shows
from tests.e2e.reading import IS_FIXED, NOT_FIXED, asked_to_send, presses_what


async def more(estate: Estate, label: str, number: int = 1) -> None:
    """Press a button behind "More" on a report's card."""
    await estate.staff.presses("More", estate.staff_chat, await estate.card(number))
    await estate.staff.sees(f"[{label}", estate.staff_chat)
    await estate.staff.presses(label, estate.staff_chat)


async def test_given_to_a_colleague_who_hears_of_it(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await estate.report()
    await more(estate, "Give to …")
    await wei.sees("[Bo", group)
    await wei.presses("Bo", group)
    await wei.sees("In charge: Bo", group)
    await bo.sees("Wei has given you no. 1")
    await estate.resident.sees("Somebody is looking after it")


async def test_given_to_a_department_whose_topic_the_card_moves_to(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    before = await estate.card()
    await more(estate, "Give to …")
    await wei.presses("Neighbours and care", group)
    await estate.settled()
    after = await estate.card()
    assert after["message_thread_id"] != before["message_thread_id"]
    assert await estate.rows("SELECT department, assignee FROM reports") == [{"department": "care", "assignee": None}]


async def test_what_is_given_to_a_department_is_new_there_until_somebody_takes_it(estate: Estate) -> None:
    """Else nobody would have it and no list would show it: it was among those that are in work."""
    wei, group = estate.staff, estate.staff_chat
    await estate.report()

    async def give(department: str) -> None:
        await more(estate, "Give to …")
        await estate.settled()  # a card that was left behind shows its old buttons for a moment
        await wei.presses(department, group)

    for move, department in (("Take", "Neighbours and care"), ("Start", "Repairs and roads")):
        await wei.presses(move, group, await estate.card())
        await shows(wei, "No. 1 · ", "In charge: Wei", chat=group)
        await give(department)
        await shows(wei, "No. 1 · NEW", "In charge: nobody yet", chat=group)
        await estate.resident.sees("No. 1: Received")
        await wei.says("/queue")
        await wei.sees("[New ones (1)]")
    # What a resident said no to stays on top of the queue as that.
    await estate.resolves("New lamp")
    await presses_what(estate.resident, NOT_FIXED)
    await shows(wei, "No. 1 · REOPENED", chat=group)
    await give("Neighbours and care")
    await shows(wei, "No. 1 · REOPENED", "In charge: nobody yet", chat=group)


async def test_a_question_opens_the_reply_bar_and_the_answer_comes_under_the_card(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await more(estate, "Ask the resident")
    await estate.staff_replies("what shall I ask the resident of no. 1?", "Which floor is it?")
    asked = await mei.sees("A question about your report no. 1")
    assert "Which floor is it?" in asked["text"]
    await wei.sees("no answer yet", group)
    await mei.replies(asked, "The third")
    await wei.sees("The third", group)
    card = await estate.card()
    await estate.settled()
    assert "no answer yet" not in written(card)


async def test_an_answer_written_without_a_reply_is_recognised(estate: Estate) -> None:
    """Whoever is asked often just writes: the bot says what it may belong to, and it comes under the card."""
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await more(estate, "Ask the resident")
    await estate.staff_replies("what shall I ask the resident of no. 1?", "Which floor is it?")
    await mei.sees("A question about your report no. 1")
    await mei.says("The third")
    draft = await asked_to_send(mei, "The staff have asked you something about report no. 1. Is this your answer")
    await mei.presses("It belongs to no. 1", message=draft)
    await wei.sees("The third", group)
    await estate.settled()
    assert "no answer yet" not in written(await estate.card())
    await mei.says("And one thing more")
    await asked_to_send(mei, "And one thing more", "Is this something new, or does it belong")


async def test_a_later_day_is_told_and_a_wrong_one_is_not_taken(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await more(estate, "Deadline")
    await wei.presses("Another day", group)
    await estate.staff_replies("by which day shall no. 1 be done?", "31.2.")
    await wei.sees("I do not know that day", group)
    await more(estate, "Deadline")
    await wei.presses("Another day", group)
    await estate.staff_replies("by which day shall no. 1 be done?", "2027-01-08")
    await wei.sees("By: Friday, 8 January 2027, 18:00", group)
    await mei.sees("takes longer. We now mean to have it done by Friday, 8 January 2027")


async def test_marked_as_about_a_person_and_not(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await more(estate, "About a person")
    await wei.sees("About a person: never shown to other residents", group)
    await more(estate, "Not about a person")
    await estate.settled()
    assert await estate.rows("SELECT about_person FROM reports") == [{"about_person": 0}]


async def test_what_is_closed_is_opened_again(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    await wei.sees("CLOSED", group)
    await more(estate, "Open again")
    await mei.sees("The staff have opened your report no. 1 again.")
    card = await shows(wei, "No. 1 · REOPENED", "In charge: Wei", "1 yes", chat=group)
    assert "says no" not in written(card), "it was staff who opened it"
    assert await estate.rows("SELECT state, closed_at FROM reports") == [{"state": "reopened", "closed_at": None}]


async def test_blocked_for_a_day_with_a_reason_but_never_in_danger(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    eve = await estate.newcomer("Eve")
    await estate.report("You are all thieves", by=eve)
    await more(estate, "Block")
    await wei.presses("For 1 day", group)
    await estate.staff_replies("why are they blocked?", "Insults are no reports.")
    await eve.sees("Insults are no reports.")
    receipt = await wei.sees("can send nothing until", group)
    assert "Eve" not in written(receipt), "nobody learns who it was"
    said = await eve.says("Thieves again")
    await eve.sees("You cannot send anything until", after=said["message_id"])
    assert await estate.rows("SELECT count(*) AS n FROM reports") == [{"n": 1}]
    await eve.says("There is a fire in building 3, it is burning")
    await eve.sees("Call 119 now")
    await wei.sees("No. 2 · ", group)
    await wei.presses("End the block", group, receipt)
    await eve.sees("You can write to us again.")
    told = await wei.sees("The block is ended", group)
    assert told["message_id"] == receipt["message_id"], "it says no longer that they cannot"
    await estate.report(LAMP, by=eve)


async def test_staff_are_not_blocked_and_old_buttons_do_nothing(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo", Role.STAFF)
    card = await estate.report("I work here and report", by=bo)
    await more(estate, "Block")
    await wei.presses("For 7 days", group)
    await estate.staff_replies("why are they blocked?", "Because")
    await wei.sees("You cannot do that", group)
    assert await estate.rows("SELECT * FROM blocks") == []
    press = await wei.forges(await estate.card(), "v:1:block=9999:0", group)
    assert "I do not know this button" in (await wei.popup(press))["text"]
    press = await wei.forges(await estate.card(), "v:1:given=p.999:0", group)
    assert "I do not find that any more" in (await wei.popup(press))["text"]
    assert buttons(await estate.card()) and card
    assert await news(bo, card) == []


async def test_only_staff_press_them(estate: Estate) -> None:
    eve, group = await estate.colleague("Eve", None), estate.staff_chat
    await estate.report()
    card = await estate.card()
    for action in ("givens", "given=d.care", "ask", "untils", "until=7", "personal", "again", "blocks", "block=7"):
        press = await eve.forges(card, f"v:1:{action}:0", group)
        assert "You cannot do that" in (await eve.popup(press))["text"], action
