"""Departments called in to a project: asked in their own topics, answering by button, silent, and two at once."""

from domain.people.rights import Role
from sandbox.client import World, buttons, written
from services.projects import stages
from services.staff_room import staff_chat
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.calling_in import (
    COME,
    NOT_OURS,
    OPINION,
    THERE,
    begins,
    calls_in,
    card,
    lead,
    led,
    project_card,
    says,
)
from tests.e2e.conftest import Estate, Start, estate_in
from tests.e2e.moments import time_is
from tests.e2e.reading import asked_to_send, newest, presses_what, shows

CLEANING, WORKS = "Cleaning and green", "Repairs and roads"


async def test_each_is_asked_in_its_own_topic_and_answers_by_button(estate: Estate) -> None:
    lin, wei, group = await lead(estate), estate.staff, estate.staff_chat
    await led(estate, "The lifts", lin)
    draft = await calls_in(lin, 1, "cleaning", "works")
    assert f"Departments: {WORKS}, {CLEANING}" in written(draft)
    assert "Answer by: Wednesday, 2 December" in written(draft), "five working days"
    cleaning, works = await card(estate, CLEANING), await card(estate, WORKS)
    assert cleaning["message_thread_id"] != works["message_thread_id"]
    assert "Lin is asking. Please answer by Wednesday, 2 December." in written(works)

    await says(estate, wei, COME, CLEANING)
    question = await shows(wei, f"On which day will {CLEANING} come?", chat=group)
    assert question["message_thread_id"] == cleaning["message_thread_id"]
    await presses_what(wei, "jd:*:on=2026-11-26:0", group, question)
    await card(estate, CLEANING, f"{CLEANING}: will come on Thursday, 26 November", "Wei, ")
    await shows(lin, "Project no. 1: The lifts", f"{CLEANING}: will come on Thursday, 26 November")

    await says(estate, wei, NOT_OURS, WORKS)
    await estate.staff_replies("why is it not yours?", "The lifts belong to the owner")
    await card(estate, WORKS, f"{WORKS}: not ours, because: “The lifts belong to the owner”")
    await shows(lin, "The lifts belong to the owner")

    press = await says(estate, wei, THERE, CLEANING)
    assert "not that day yet" in (await wei.popup(press))["text"]
    await time_is(estate, "2026-11-27T10:00:00+08:00")
    await says(estate, wei, THERE, CLEANING)
    came = await card(estate, CLEANING, f"{CLEANING}: was there (Friday, 27 November)")
    works_said = f"{WORKS}: not ours, because: “The lifts belong to the owner”"
    there = await project_card(estate, 1, f"{works_said}\n{CLEANING}: was there (Friday, 27 November)")
    heard = await newest(wei, lambda each: str(each.get("text", "")).startswith(f"{CLEANING}: was there"), "", group)
    assert heard["message_thread_id"] == there["message_thread_id"] != cleaning["message_thread_id"]
    assert not any(":there:" in each["callback_data"] for each in buttons(came))
    await shows(lin, f"{CLEANING}: was there")


async def test_an_answer_is_changed_and_of_two_at_once_the_second_hears_of_the_first(estate: Estate) -> None:
    lin, wei, group = await lead(estate), estate.staff, estate.staff_chat
    zhao = await estate.colleague("Zhao")
    await led(estate, "The lifts", lin)
    await calls_in(lin, 1, "cleaning")
    old = await card(estate, CLEANING)
    await says(estate, wei, OPINION, CLEANING)
    asked_wei = await shows(wei, "Wei, what is your department’s opinion?", chat=group)
    await says(estate, zhao, OPINION, CLEANING)
    asked_zhao = await shows(zhao, "Zhao, what is your department’s opinion?", chat=group)
    await zhao.replies(asked_zhao, "Not before spring", group)
    await card(estate, CLEANING, f"{CLEANING}: “Not before spring”", "Zhao, ")
    await wei.replies(asked_wei, "Next week", group)
    await shows(wei, "Someone has answered for the department in the meantime", chat=group)
    press = await wei.forges(old, "jd:1:opinion:0", group)
    assert "in the meantime" in (await wei.popup(press))["text"]
    press = await zhao.forges(old, "jd:1:opinion:0", group)
    assert "Nothing is done twice" in (await zhao.popup(press))["text"], "a double tap of the one who did answer"

    await says(estate, wei, OPINION, CLEANING)
    question = await shows(wei, "Wei, what is your department’s opinion?", chat=group, after=asked_zhao)
    await wei.replies(question, "word " * 101, group)
    await shows(wei, "That is too long: at most 500 letters fit.", chat=group)
    long = " ".join(f"word{number}" for number in range(60))
    await wei.replies(question, long, group)
    changed = await card(estate, CLEANING, f"{CLEANING}: “{long}”")
    await shows(lin, f"{CLEANING}: “{long}”")
    assert long not in written(await project_card(estate, 1, f"{CLEANING}: “word0 word1")), "the card stays short"
    assert "Not before spring" not in written(changed) and changed["message_id"] == old["message_id"]


async def test_days_that_are_over_or_off_are_asked_again(estate: Estate) -> None:
    lin, wei, group = await lead(estate), estate.staff, estate.staff_chat
    await led(estate, "The lifts", lin)
    await begins(lin, 1)
    await presses_what(lin, "f:*:cleaning")
    await presses_what(lin, "f:*:!all")
    await presses_what(lin, "f:*:!change:day", message=await asked_to_send(lin, "NOT ASKED YET"))
    for words, refused in (("2026-11-20", "That day is over"), ("someday", "I cannot read it")):
        await lin.says(words)
        await shows(lin, refused)
    await lin.says("2026-11-28")  # a Saturday
    draft = await asked_to_send(lin, "Answer by: Monday, 30 November")
    assert "Saturday, 28 November is a holiday or a day off" in written(draft)
    await presses_what(lin, "f:*:!send", message=draft)
    await shows(lin, f"I am asking {CLEANING} for an answer by Monday, 30 November.")

    await says(estate, wei, COME, CLEANING)
    days = await shows(wei, "On which day", chat=group)
    assert "[Monday, 30 November]" in written(days) and "Saturday" not in written(days)
    await presses_what(wei, "jd:*:other:*", group, days)
    question = await shows(wei, "Wei, on which day will you come?", chat=group)
    for words, refused in (("2026-11-20", "That day is over."), ("someday", "I cannot read that day.")):
        await wei.replies(question, words, group)
        await shows(wei, refused, chat=group)
    await wei.replies(question, "2026-11-29", group)
    off = await shows(wei, "Sunday, 29 November is a holiday or a day off.", "[Monday, 30 November]", chat=group)
    await presses_what(wei, "jd:*:off=2026-11-29:*", group, off)
    await card(estate, CLEANING, f"{CLEANING}: will come on Sunday, 29 November")

    await says(estate, wei, COME, CLEANING)
    days = await shows(wei, "On which day", "[Thursday, 26 November]", chat=group)
    await time_is(estate, "2026-11-30T10:00:00+08:00")
    await presses_what(wei, "jd:*:on=2026-11-26:*", group, days)
    await shows(wei, "That day is over.", "On which day", "[Tuesday, 1 December]", chat=group)
    assert "was to come on Sunday, 29 November" not in written(await card(estate, CLEANING)), "nothing has changed it"
    (kept,) = await estate.rows("SELECT comes_on FROM project_departments")
    assert kept["comes_on"] == "2026-11-29"


async def test_one_that_never_answers_is_reminded_once_and_stays_visible(estate: Estate) -> None:
    lin, wei, group = await lead(estate), estate.staff, estate.staff_chat
    await led(estate, "The lifts", lin)
    await calls_in(lin, 1, "cleaning")
    await project_card(estate, 1, f"{CLEANING}: asked, answer due by Wednesday, 2 December")
    await time_is(estate, "2026-12-01T08:31:00+08:00")
    await project_card(estate, 1, f"{CLEANING}: no answer for 6 days")
    await time_is(estate, "2026-12-02T20:00:00+08:00")
    await wei.sees_no("has passed", group)
    await time_is(estate, "2026-12-03T08:31:00+08:00")
    reminded = await shows(wei, f"{CLEANING}: Wednesday, 2 December has passed", chat=group)
    assert reminded["message_thread_id"] == (await card(estate, CLEANING))["message_thread_id"]
    await shows(lin, f"{CLEANING}: no answer for 8 days (due by Wednesday, 2 December)", "reminded them")
    await shows(wei, "1 department has not answered:", f"Project no. 1: {CLEANING}: no answer for 8 days", chat=group)
    for moment in ("2026-12-09T12:00:00+08:00", "2026-12-10T08:31:00+08:00"):
        await time_is(estate, moment)
    there = await wei.world.chat_messages(group)
    assert sum("has passed" in str(each.get("text", "")) for each in there) == 1
    await shows(wei, "no answer for 15 days", chat=group)
    await says(estate, wei, OPINION, CLEANING)
    await estate.staff_replies("what is your department’s opinion?", "Better late than never")
    await shows(lin, "Better late than never")
    await project_card(estate, 1, f"{CLEANING}: “Better late than never”")


async def test_a_silent_one_is_asked_once_more_and_nobody_when_the_project_has_ended(estate: Estate) -> None:
    lin, wei, group = await lead(estate), estate.staff, estate.staff_chat
    await led(estate, "The lifts", lin)
    await calls_in(lin, 1, "cleaning")
    first = await card(estate, CLEANING)
    await calls_in(lin, 1, "cleaning", day="2026-12-07")
    again = await shows(wei, "You are asked once more. Please answer by Monday, 7 December.", chat=group)
    assert again["message_thread_id"] == first["message_thread_id"]
    now = await card(estate, CLEANING, "Please answer by Monday, 7 December.")
    assert now["message_id"] == first["message_id"]

    def ends(tx: Transaction) -> None:
        stages.give_up(tx, people.with_role(tx, Role.ADMIN)[0], 1, "No money")

    await estate.bot.database.run(ends)
    ended = await card(estate, CLEANING, "The project has ended.")
    assert not buttons(ended)
    assert (await wei.popup(await wei.forges(ended, "jd:1:opinion:0", group)))["show_alert"]
    await time_is(estate, "2026-12-08T08:31:00+08:00")
    await wei.sees_no("has passed", group)


async def test_who_has_not_answered_is_asked_in_a_new_group_too(estate: Estate) -> None:
    lin, wei = await lead(estate), estate.staff
    await led(estate, "The lifts", lin)
    await calls_in(lin, 1, "cleaning")
    other = await estate.world.group("Other", [wei], forum=True)

    def moves(tx: Transaction) -> None:
        staff_chat.choose_by_setting(tx, other, staff_chat.meet(tx, other, "supergroup", "Other", True))

    await estate.bot.database.run(moves)
    asked = await shows(wei, f"{CLEANING}: you are called in to project no. 1", chat=other)
    await presses_what(wei, OPINION, other, asked)
    question = await shows(wei, "what is your department’s opinion?", chat=other)
    await wei.replies(question, "Yes", other)
    await shows(lin, f"{CLEANING}: “Yes”")


async def test_others_answer_for_no_department_and_old_buttons_do_nothing(estate: Estate) -> None:
    lin, wei, mei, group = await lead(estate), estate.staff, estate.resident, estate.staff_chat
    await led(estate, "The lifts", lin)
    await calls_in(lin, 1, "cleaning")
    shown = await card(estate, CLEANING)
    for data in ("jd:1:opinion:0", "jd:1:come:0", "jd:1:on=2026-11-26:0", "jd:1:there:0"):
        press = await mei.forges(shown, data, group)
        assert (await mei.popup(press))["show_alert"], "of the group, but not of the staff"
    hello = await shows(mei, "")
    for data in ("jc:1", "jc:99", "jd:1:opinion:0"):
        assert (await mei.popup(await mei.forges(hello, data)))["show_alert"]
    for data in ("jd:1:on:0", "jd:99:come:0", "jd:1:opinion:7"):
        assert (await wei.popup(await wei.forges(shown, data, group)))["show_alert"]
    assert await estate.rows("SELECT answer FROM project_departments") == [{"answer": None}]


async def test_without_a_staff_group_it_says_so(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, staff_chat_id=None) as estate:
        wei = estate.staff
        await led(estate, "The lifts", wei)
        await begins(wei, 1)
        await presses_what(wei, "f:*:cleaning")
        await presses_what(wei, "f:*:!all")
        await presses_what(wei, "f:*:!send", message=await asked_to_send(wei, "NOT ASKED YET"))
        await shows(wei, "There is no staff group yet")
        assert await estate.rows("SELECT id FROM project_departments") == []


async def test_in_chinese(estate: Estate) -> None:
    li, wei, group = await lead(estate, "Li", "zh-hans"), estate.staff, estate.staff_chat
    await led(estate, "电梯", li)
    await li.starts("j-1")
    await presses_what(li, "jc:1")
    await shows(li, "要请哪些部门参与？")
    await presses_what(li, "f:*:cleaning")
    await presses_what(li, "f:*:!all")
    draft = await asked_to_send(li, "部门：保洁绿化", "答复期限：12月2日星期三")
    await presses_what(li, "f:*:!send", message=draft)
    await shows(li, "正在询问保洁绿化，请在12月2日星期三前答复。")
    await says(estate, wei, NOT_OURS, CLEANING)
    await estate.staff_replies("why is it not yours?", "由产权人负责")
    await shows(li, "第1号项目：电梯", "保洁绿化：不在职责范围，原因：“由产权人负责”")
    assert (await card(estate, CLEANING))["chat"]["id"] == group
