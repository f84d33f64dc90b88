"""/record: staff write down what somebody without Telegram says, and ring them back."""

from domain.people.rights import Role
from sandbox.client import Json, Person, World, buttons, written
from tests.e2e.conftest import PNG, Estate, Start, estate_in, questions_with_buttons, shows
from tests.e2e.moments import time_is
from tests.e2e.reading import RESOLVE, TAKE, asked_to_send, figures_of_reports, presses_send, presses_what
from tests.e2e.reports.test_deciding import count
from tests.e2e.reports.test_declining import declines

PHONE = "138 0013 8000"


async def begins(person: Person, command: str = "/record") -> Json:
    """Begin to record for the first time, for somebody at the counter; returns the question for their name."""
    await person.says(command)
    await presses_what(person, "f:*:channel:counter", message=await person.sees("at the counter, or on the phone?"))
    return await person.sees("Who is speaking?")


async def records(person: Person, words: str = "The lift in Building 5 is stuck", *, phone: str | None = PHONE) -> None:
    """Record a report for Old Chen."""
    await begins(person)
    await person.says("Old Chen")
    await person.sees("At which telephone number")
    if phone is None:
        await person.presses("Leave this out")
    else:
        await person.says(phone)
        await person.sees(f"May we keep {phone}")
        await person.presses("Yes, they agree")
    await person.sees("Write it in their words")
    await person.says(words)
    await asked_to_send(person, "For: Old Chen", words)
    await presses_send(person)
    await person.sees("Recorded as no. 1.")


async def noted(estate: Estate) -> list[str]:
    await estate.settled()
    return [row["kind"] for row in await estate.rows("SELECT kind FROM events WHERE subject = 'report:1' ORDER BY id")]


async def test_an_ordinary_report_that_says_who_recorded_it_and_not_for_whom(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await wei.says("/help")
    await wei.sees("/record writes down what somebody says")
    await begins(wei)
    await wei.sends_photo(PNG)
    await wei.sees("Please write it in a few words.")
    await wei.says("Old Chen")
    await wei.says("his number")
    await wei.sees("does not look like a telephone number")
    await wei.says(PHONE)
    await wei.presses("Yes, they agree")
    await wei.sees("Write it in their words")
    await wei.says("The lift in Building 5 is stuck")
    await asked_to_send(wei, f"Telephone: {PHONE}", "Kind: Lifts and doors", "Building 5", "[Change the telephone n")
    await wei.sends_photo(PNG, "the door")
    await asked_to_send(wei, "1 photo")
    await presses_send(wei)
    await wei.sees("Recorded as no. 1.")
    card = await shows(wei, "No. 1 · NEW", "stuck", "Recorded by Wei, at the counter", chat=group)
    assert "Chen" not in written(card) and PHONE not in written(card)
    await estate.settled()
    in_group = [written(each) for each in await estate.world.chat_messages(group)]
    assert not [text for text in in_group if "Chen" in text or PHONE in text]
    await wei.presses("More", group, card)
    assert "[Block" not in written(await shows(wei, "No. 1 · ", "[Decline", chat=group)), "they send nothing themselves"
    bo = await estate.colleague("Bo")
    await wei.presses("Back", group, await estate.card())
    await bo.presses("Who?", group, await shows(bo, "No. 1 · ", "[Who?", chat=group))
    await shows(bo, "No. 1 was reported by", "Old Chen", f"Telephone: {PHONE}")
    await wei.says("/history 1")
    agreed = "They agreed that we keep their telephone number."
    history = await shows(wei, "Wei wrote it down for them.", "They came to the counter.", agreed)
    assert "The resident reported it." in written(history) and "Chen" not in written(history)
    await wei.says("/find stuck")
    await shows(wei, "Found for", "No. 1 (NEW")


async def test_the_answer_and_the_question_go_to_whoever_recorded_it(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await records(bo)
    await estate.sends_answer("The fitter comes on Monday")
    told = await shows(bo, "Please ring back: Old Chen (no. 1)", f"Telephone: {PHONE}", "The fitter comes on Monday")
    assert "Reply" not in written(told)
    await bo.presses("They have been told", message=told)
    await bo.sees("Noted: they have been told (no. 1).")
    # What they say on the telephone comes under the card, by a reply.
    await bo.replies(told, "He says Tuesday is better")
    await shows(wei, "No. 1: the resident writes", "He says Tuesday is better", chat=group)
    await presses_what(wei, RESOLVE, group, await estate.card())
    await estate.staff_replies("done about no. 1?", "New motor")
    question = await shows(bo, "Please ring back: Old Chen (no. 1)", "New motor", "Is it fixed?")
    assert [each["text"] for each in buttons(question)] == ["They say: fixed", "They say: not fixed", "Not reached"]
    await wei.sees("1 could not be asked", group)
    press = await bo.presses("Not reached", message=question)
    assert "count as not asked" in (await bo.popup(press))["text"]
    await bo.presses("They say: not fixed", message=question)
    await bo.sees("Noted: they say that no. 1 is not fixed. It is open again.")
    await bo.sees("What is still wrong?")
    await bo.says("It stops between floors")
    await shows(wei, "No. 1: why it is not fixed", "It stops between floors", chat=group)
    await wei.sees("No. 1 is REOPENED: the resident says it is not fixed.", group)
    await presses_what(wei, RESOLVE, group, await estate.card())
    await estate.staff_replies("done about no. 1?", "New cable")
    again = await shows(bo, "Please ring back", "New cable")
    await bo.presses("They say: fixed", message=again)
    await shows(bo, "Noted: they say that no. 1 is fixed. It is closed now.", "Are they content")
    await bo.presses("Yes, content")
    await bo.sees("Noted: they are content (no. 1).")
    await shows(wei, "No. 1 · CLOSED", "1 yes", chat=group)
    await wei.says("/history 1")
    assert "The resident (noted by Bo) agreed that it is fixed." in written(await wei.sees("agreed that it is fixed."))
    kinds = await noted(estate)
    assert kinds.count("report.rung_back") == 2 and "report.recorded" in kinds


async def test_nobody_reached_is_not_asked_and_counted_apart(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await records(wei)
    await presses_what(wei, RESOLVE, group, await estate.card())
    await estate.staff_replies("done about no. 1?", "New motor")
    question = await wei.sees("Is it fixed?")
    await wei.presses("Not reached", message=question)
    await time_is(estate, "2026-12-05T10:00:00+08:00")
    await shows(wei, "No. 1 · CLOSED, no answer", "1 could not be asked", chat=group)
    assert await count(wei, "We asked you before") == 0
    await figures_of_reports(wei)
    await estate.settled()
    await presses_what(wei, "fg:year:*:reports*")
    told = written(await wei.sees("Nobody could be asked: 1"))
    assert "No reply: 0" in told and "Yes, it is fixed: 0" in told
    await wei.presses("They say: fixed", message=question)
    await wei.sees("It is closed now.")
    await figures_of_reports(wei)
    await estate.settled()
    await presses_what(wei, "fg:year:*:reports*")
    await wei.sees("Yes, it is fixed: 1")


async def test_no_number_is_kept_without_consent(estate: Estate) -> None:
    wei = estate.staff
    await begins(wei)
    await wei.says("Old Chen")
    await wei.sees("At which telephone number")
    await wei.says(PHONE)
    await wei.presses("No, do not keep it")
    await wei.says("The lift in Building 5 is stuck")
    await asked_to_send(wei, "No telephone number is kept.", "[Add a telephone number")
    assert await estate.rows("SELECT 1 FROM conversations WHERE draft LIKE '%8000%'") == [], "nor in the draft"
    await presses_send(wei)
    await wei.sees("Recorded as no. 1.")
    assert await estate.rows("SELECT phone FROM people WHERE telegram_id IS NULL") == [{"phone": None}]
    await estate.sends_answer("The fitter comes")
    await shows(wei, "Please tell Old Chen (no. 1)", "They gave no telephone number.", "The fitter comes")


async def test_when_the_recorder_left_whoever_is_in_charge_rings_else_it_comes_below_the_card(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await records(bo)
    await estate.lose_role(bo)
    await estate.sends_answer("The fitter comes on Monday")
    below = await shows(wei, "No. 1: please ring back whoever reported it.", "The fitter comes on Monday", chat=group)
    assert "Chen" not in written(below) and PHONE not in written(below)
    press = await bo.presses("They have been told", group, below)
    assert "You cannot do that" in (await bo.popup(press))["text"]
    await wei.presses("They have been told", group, below)
    await wei.sees("Noted: they have been told (no. 1).", group)
    await presses_what(wei, TAKE, group, await estate.card())
    await wei.sees("In charge: Wei", group)
    await estate.sends_answer("He comes on Tuesday")
    await shows(wei, "Please ring back: Old Chen (no. 1)", "He comes on Tuesday")
    assert not await count(bo, "Please ring back"), "not to whoever has the role no more"


async def test_declined_they_may_object_by_telephone(estate: Estate) -> None:
    wei = estate.staff
    ling = await estate.colleague("Ling", Role.LEAD)
    await records(wei)
    await declines(estate)
    told = await shows(wei, "Please ring back: Old Chen", "This is not ours to decide", "[They do not agree")
    await wei.presses("They do not agree", message=told)
    await wei.sees("Why do you not agree (no. 1)?")
    await wei.says("The lift is yours, he says")
    await wei.sees("No. 1 is open again.")
    await shows(ling, "a resident does not agree", "The lift is yours")
    await ling.presses("Keep it declined")
    await shows(wei, "Please ring back", "It stays like this")


async def test_for_staff_alone_and_nobody_speaks_for_those_with_telegram(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    said = await mei.says("/record")
    await mei.sees("You cannot do that", after=said["message_id"])
    await records(wei)
    await estate.report()
    await estate.card(2)
    chen, meis = await estate.rows("SELECT id FROM people WHERE telegram_id IS NULL OR name = 'Mei' ORDER BY name DESC")
    hello = await mei.sees("Hello!")
    press = await mei.forges(hello, f"rb:1:yes:1:{chen['id']}")
    assert "You cannot do that" in (await mei.popup(press))["text"]
    await estate.resolves("New lamp", 2)
    for data in (f"rb:2:yes:1:{meis['id']}", f"rb:2:yes:1:{chen['id']}", "rb:2:yes:1:999"):
        press = await wei.forges(await wei.sees("Recorded as no. 1."), data)
        assert "You cannot do that" in (await wei.popup(press))["text"]
    assert len(await questions_with_buttons(mei)) == 1, "their own question still stands"


async def test_danger_said_at_the_counter_rings(estate: Estate) -> None:
    await records(estate.staff, "It smells of gas in Building 5")
    await shows(estate.staff, "DANGER: Gas", "No. 1 · NEW", chat=estate.staff_chat)
    await estate.staff.sees("Call 119 now")


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        wei = estate.staff
        await wei.says("/language")
        await wei.presses("简体中文")
        await wei.says("/record")
        await presses_what(wei, "f:*:channel:phone", message=await wei.sees("对方是来窗口，还是打电话？"))
        await wei.sees("是谁在反映？")
        await wei.says("老陈")
        await wei.sees("电话号码是多少？")
        await wei.says(PHONE)
        await wei.presses("同意")
        await wei.says("5号楼电梯坏了")
        await shows(wei, "还没有发送", "反映人：老陈", "[修改电话号码")
        await wei.presses("就这样记录")
        await wei.sees("已记录为第1号")
        await presses_what(estate.staff, RESOLVE, estate.staff_chat, await estate.card())
        await estate.staff_replies("done about no. 1?", "修好了")
        await shows(wei, "请回电：老陈（第1号）", "修好了", "[对方说：没修好")
        await wei.presses("对方说：修好了")
        await wei.sees("已记下：对方说第1号修好了")
        await estate.nothing_broke()


async def test_words_behind_the_command_are_what_is_wrong_or_a_name(estate: Estate) -> None:
    wei = estate.staff
    await begins(wei, "/record The window in building 3 does not close any more")
    await wei.says("/record and the frame of it is rotten as well")
    await shows(wei, "I have added that.", "Who is speaking?")
    await wei.says("Old Chen")
    await wei.presses("Leave this out", message=await wei.sees("At which telephone number"))
    card = await asked_to_send(wei, "The window in building 3 does not close", "rotten as well", "For: Old Chen")
    assert "May we ring back?" not in written(card), "there is no number to keep"
    await presses_send(wei)
    done = await wei.sees("Recorded as no. 1.")
    assert "so that you can tell them" in written(done) and "ring them back" not in written(done)
    await wei.says("/record Aunt Li")
    await shows(wei, "At which telephone number", after=done)


async def test_consent_without_a_number_changes_nothing(estate: Estate) -> None:
    wei = estate.staff
    await begins(wei)
    await wei.says("Old Chen")
    await wei.presses("Leave this out", message=await wei.sees("At which telephone number"))
    await wei.sees("Write it in their words")
    await wei.says("The lift hums")
    card = await asked_to_send(wei, "The lift hums")
    (row,) = await estate.rows("SELECT id FROM conversations WHERE state = 'open'")
    # An older message has the button still: it asks for no consent to nothing.
    await wei.popup(await wei.forges(card, f"f:{row['id']}:!change:agreed"))
    await estate.settled()
    assert all("May we keep" not in written(each) for each in await estate.world.chat_messages(wei.id))
    await presses_send(wei)
    await wei.sees("Recorded as no. 1.")


async def test_counter_or_phone_is_asked_once_remembered_and_changed_by_one_button(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await records(wei)
    await shows(wei, "No. 1 · NEW", "Recorded by Wei, at the counter", chat=group)
    said = await wei.says("/record Aunt Li")
    asked = await wei.sees("At which telephone number", after=said["message_id"])
    await wei.presses("Leave this out", message=asked)
    await wei.sees("Write it in their words", after=said["message_id"])
    await wei.says("The lamp at the gate is dark")
    card = await asked_to_send(wei, "For: Aunt Li", "They came to the counter.")
    await presses_what(wei, "f:*:summary:phone", message=card)
    await presses_send(wei, await asked_to_send(wei, "For: Aunt Li", "They called."))
    await wei.sees("Recorded as no. 2.")
    await shows(wei, "No. 2 · NEW", "Recorded by Wei, on the phone", chat=group)
    said = await wei.says("/record Uncle Bo")
    asked = await wei.sees("At which telephone number", after=said["message_id"])
    await wei.presses("Leave this out", message=asked)
    await wei.sees("Write it in their words", after=asked["message_id"] - 1)
    await wei.says("The door at the gate is stuck")
    await asked_to_send(wei, "For: Uncle Bo", "They called.", "[No, it was at the counter")
    said = await wei.says("/figures")
    overview = await wei.sees("Figures from", after=said["message_id"])
    await presses_what(wei, "fg:month:*:reports", message=overview)
    await wei.sees("In the chat: 0. At the counter: 1. By phone: 1.", after=said["message_id"])
