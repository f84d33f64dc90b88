"""Asking for a repair, from the first words to "it is done"."""

from sandbox.client import buttons, written
from tests.e2e.conftest import OGG, PNG, Estate, shows
from tests.e2e.moments import time_passes
from tests.e2e.reading import ON_THE_WAY, REPAIRED, TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import ADDRESS, TAP, answers_the_rest, asks, volunteer


async def test_the_whole_road(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    card = await asks(estate)
    offer = await lao.sees("Repair 1: can you come?")
    assert [each["text"] for each in buttons(offer)] == ["I'll take it", "Not this time"]
    assert "Plumbing" in written(offer) and "Building 3" in written(offer) and "Today" in written(offer)
    for hidden in (ADDRESS, "Mei", TAP):
        assert hidden not in written(offer)
    await presses_what(lao, TAKES_REPAIR, message=offer)
    job = await shows(lao, "you have taken it", ADDRESS, TAP)
    assert job["message_id"] == offer["message_id"], "the offer becomes the job, in place"
    code = written(job).partition("Door code: ")[2][:4]
    assert code.isdecimal()
    status = await shows(estate.resident, "Repair 1: Somebody will come", "Lao Wang comes", f"Door code: {code}")
    assert status["message_id"] == card["message_id"], "the status card is edited in place"
    assert "since" in written(status)
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    await shows(estate.resident, "Repair 1: Lao Wang comes Wednesday, 25 November, 11:00")
    await presses_what(lao, ON_THE_WAY, message=await shows(lao, "you have taken it", "[It is done]"))
    await shows(estate.resident, "Lao Wang is on the way", code)
    await presses_what(lao, REPAIRED, message=await shows(lao, "You are on the way"))
    await lao.sees("what did you do?")
    await lao.says("New washer")
    await lao.presses("30 minutes", message=await lao.sees("how long"))
    question = await shows(estate.resident, "Lao Wang says it is done", "New washer", "Is it done?")
    await estate.resident.presses("Yes, and thank you!", message=question)
    await shows(lao, "they thank you!", "Jobs done: 1. Thanks: 1.")
    await shows(estate.resident, "Repair 1: Done: you said so")
    ended = await shows(lao, "Repair 1 is done, they say so too")
    assert ended["message_id"] == offer["message_id"]
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message), "closed, the address leaves the volunteer's chat"
    rows = await estate.rows("SELECT state, minutes, thanked FROM repairs")
    assert rows == [{"state": "confirmed", "minutes": 30, "thanked": 1}]


async def test_the_number_to_call_comes_before_any_question(estate: Estate) -> None:
    await estate.resident.says("/repair")
    first = await estate.resident.sees("What is broken?")
    assert written(first).index("119") < written(first).index("What is broken?")
    await estate.resident.says("There is a smell of gas in the kitchen")
    warning = await estate.resident.sees("Call 119 now")
    question = await estate.resident.sees("Who is needed?")
    assert warning["message_id"] < question["message_id"]
    await shows(estate.staff, "DANGER: Gas", "smell of gas", chat=estate.staff_chat)
    await answers_the_rest(estate.resident)
    await presses_send(estate.resident)
    await estate.resident.sees("Repair 1: Nobody yet; the staff know")
    assert await estate.rows("SELECT danger FROM repairs") == [{"danger": "gas"}]


async def test_where_the_danger_is_reaches_the_staff_without_being_asked_twice(estate: Estate) -> None:
    await estate.resident.says("/repair There is a smell of gas in the kitchen")
    await shows(estate.staff, "DANGER: Gas", "Place: not given yet", chat=estate.staff_chat)
    await answers_the_rest(estate.resident)
    await shows(estate.staff, "DANGER: Gas", "Place: North side, Building 3", chat=estate.staff_chat)
    await estate.resident.presses("Change the place")
    await estate.resident.sees("Where is it?")
    await estate.resident.says("building 4")
    await shows(estate.staff, "DANGER: Gas", "Place: South side, Building 4", chat=estate.staff_chat)


async def test_cancelled_after_words_of_danger_it_does_not_say_that_nothing_was_sent(estate: Estate) -> None:
    await estate.resident.says("/repair There is a smell of gas in the kitchen")
    await estate.resident.sees("Who is needed?")
    await estate.resident.says("/cancel")
    said = await estate.resident.sees("No volunteer is asked.")
    assert "report no. 1" in written(said) and "Nothing was sent" not in written(said)
    await shows(estate.staff, "DANGER: Gas", "smell of gas", chat=estate.staff_chat)


async def test_words_of_danger_behind_the_command_are_remembered(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/repair There is a smell of gas in the kitchen")
    await mei.sees("Call 119 now")
    await mei.presses("Plumbing", message=await mei.sees("Who is needed?"))
    await mei.sees("How soon?")
    await mei.says("The smell of gas gets stronger")
    await mei.presses("Today", message=await mei.sees("I have added that"))
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says("Flat 502")
    await mei.presses("No", message=await mei.sees("keep this address"))
    await mei.presses("Leave this out", message=await mei.sees("When is somebody home?"))
    await presses_send(mei)
    await mei.sees("Repair 1: Nobody yet; the staff know")
    assert await estate.rows("SELECT danger FROM repairs") == [{"danger": "gas"}]
    assert await estate.rows("SELECT id FROM reports") == [{"id": 1}], "one report of it, not two"


async def test_what_is_said_in_the_middle_belongs_to_it(estate: Estate) -> None:
    mei = estate.resident
    await mei.taps("Ask for a repair")
    await mei.sees("What is broken?")
    await mei.sends_voice(OGG)
    await mei.sees("Who is needed?")
    changed = await mei.says("It drips since Monday")
    await mei.sees("I have added that.")
    await mei.edits(changed, "It drips since Sunday")
    await answers_the_rest(mei)
    await asked_to_send(mei, "It drips since Sunday", "1 voice message", "You pay for parts")
    await mei.presses("Say when you are home")
    await mei.sees("When is somebody home?")
    await mei.says("After 18:00")
    await asked_to_send(mei, "Home: After 18:00")
    lao = await volunteer(estate, "Lao Wang")
    await presses_send(mei)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "It drips since Sunday", "Home: After 18:00")
    await estate.settled()
    assert [each for each in await estate.world.chat_messages(lao.id) if "voice" in each]


async def test_the_address_is_remembered_when_allowed(estate: Estate) -> None:
    await asks(estate)
    await estate.resident.says("/repair The socket is loose")
    await estate.resident.presses("Electricity", message=await estate.resident.sees("Who is needed?"))
    await estate.resident.presses("This week", message=await estate.resident.sees("How soon?"))
    await estate.resident.presses("Leave this out", message=await estate.resident.sees("When is somebody home?"))
    await asked_to_send(estate.resident, ADDRESS, "North side, Building 3")


async def test_nobody_takes_it_and_the_circle_widens(estate: Estate) -> None:
    near = await volunteer(estate, "Near", areas=("b3",))
    far = await volunteer(estate, "Far", areas=("b4",))
    await asks(estate)
    await near.sees("can you come?")
    await estate.settled()
    await far.sees_no("can you come?")
    await estate.world.advance(minutes=31)
    await shows(far, "Repair 1: can you come?", "another part of the neighbourhood")
    await estate.world.advance(minutes=31)
    await shows(estate.resident, "Repair 1: Nobody yet; the staff know")
    await presses_what(near, TAKES_REPAIR)
    await shows(estate.resident, "Near comes to you")


async def test_at_night_nobody_is_woken_for_what_can_wait(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang", night=True)
    await estate.world.set_time("2026-11-25T23:30:00+08:00")
    await asks(estate)
    await shows(estate.resident, "It is night, and nobody is woken for this", "08:00")
    await lao.sees_no("can you come?")
    await estate.world.set_time("2026-11-26T08:01:00+08:00")
    await lao.sees("Repair 1: can you come?")


async def test_what_cannot_wait_rings_those_who_chose_it(estate: Estate) -> None:
    sleeper, waker = await volunteer(estate, "Sleeper"), await volunteer(estate, "Waker", night=True)
    await estate.world.set_time("2026-11-25T23:30:00+08:00")
    await asks(estate, urgency="Now")
    await waker.sees("Repair 1: can you come?")
    await estate.settled()
    await sleeper.sees_no("can you come?")


async def test_a_claim_without_movement_is_nudged_then_given_to_others(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate, urgency="Now")
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it")
    await estate.world.advance(minutes=21)
    await lao.sees("do you still come?")
    await estate.world.advance(minutes=21)
    await lao.sees("I heard nothing from you")
    await shows(estate.resident, "I hear nothing from Lao Wang, so I am asking others now")
    await other.sees("Repair 1: can you come?")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message)
        assert "[On my way]" not in written(message), "nothing to tap for what is not theirs any more"


async def test_the_question_whether_they_came_is_old_when_others_are_asked(estate: Estate) -> None:
    lao, mei = await volunteer(estate, "Lao Wang"), estate.resident
    await asks(estate, urgency="Now")
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("In 30 minutes", message=await shows(lao, "you have taken it", "[In 30 minutes]"))
    await mei.sees("Lao Wang comes Wednesday")
    await estate.world.advance(minutes=51)
    question = await mei.sees("did Lao Wang come?")
    await estate.world.advance(minutes=21)
    await mei.sees("I hear nothing from Lao Wang")
    await mei.sees("Repair 1: nobody can come at present.")
    await mei.presses("Nobody came", message=question)
    await mei.sees("I am asking others for repair 1 already.")
    await mei.forges(question, "rv:1:yes:0")
    await mei.sees("If it is done, tap “Not needed any more”")


async def test_nobody_came(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate, urgency="Now")
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("In 30 minutes", message=await shows(lao, "you have taken it", "[In 30 minutes]"))
    await estate.resident.sees("Lao Wang comes Wednesday, 25 November, 10:30")
    await estate.world.advance(minutes=51)
    await estate.resident.presses("Nobody came", message=await estate.resident.sees("did Lao Wang come?"))
    await estate.resident.sees("We are sorry")
    await lao.sees("they say that nobody came")
    await other.sees("Repair 1: can you come?")


async def test_a_time_is_picked_by_day_and_hour(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate, urgency="This week")
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("Another time", message=await shows(lao, "you have taken it", "[Another time]"))
    await lao.presses("Friday, 27 November", message=await shows(lao, "[Friday, 27 November]"))
    await lao.presses("14:00", message=await shows(lao, "[14:00]"))
    await shows(estate.resident, "Repair 1: Lao Wang comes Friday, 27 November, 14:00")
    await lao.presses("Another time", message=await shows(lao, "You come: Friday, 27 November, 14:00"))
    await lao.presses("Thursday, 26 November", message=await shows(lao, "[Thursday, 26 November]"))
    await lao.presses("Some time that day", message=await shows(lao, "[Some time that day]"))
    await shows(estate.resident, "Repair 1: Lao Wang comes Thursday, 26 November.")


async def test_done_tapped_by_mistake_can_be_cancelled(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    job = await shows(lao, "you have taken it", "What they read about costs: “")
    await lao.presses("In one hour", message=job)
    await presses_what(lao, REPAIRED, message=await shows(lao, "You come:"))
    await lao.presses("Cancel", message=await lao.sees("what did you do?"))
    await lao.sees("All right. Tap “It is done” when it is.")
    assert await estate.rows("SELECT state FROM repairs") == [{"state": "coming"}]


async def test_done_with_a_photo(estate: Estate) -> None:
    lao, mei = await volunteer(estate, "Lao Wang"), estate.resident
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await presses_what(lao, ON_THE_WAY, message=await shows(lao, "you have taken it"))
    await presses_what(lao, REPAIRED, message=await shows(lao, "You are on the way"))
    await lao.sees("what did you do?")
    await lao.sends_photo(PNG, "A new washer")
    await lao.presses("15 minutes", message=await lao.sees("how long"))
    question = await shows(mei, "Lao Wang says it is done", "A new washer", "Is it done?")
    await shows(mei, "<photo>")
    await mei.presses("Yes, it is done", message=question)
    await shows(lao, "Repair 1 is done, they say so too")


async def test_not_done_opens_it_again(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    await presses_what(lao, REPAIRED, message=await shows(lao, "You come:"))
    await lao.presses("Leave this out", message=await lao.sees("what did you do?"))
    await lao.presses("Leave this out", message=await lao.sees("how long"))
    question = await estate.resident.sees("Is it done?")
    await estate.resident.presses("No, not done", message=question)
    await lao.sees("they say it is not done yet")
    for each in (lao, other):
        await each.sees("Repair 1: can you come?")
    answer = await estate.resident.popup(await estate.resident.forges(question, "rv:1:yes:0"))
    assert "from before" in answer["text"]
    await estate.resident.sees("Repair 1: what is still wrong?")
    await estate.resident.says("It drips on the left side")
    await estate.resident.sees("Added to your repair. Whoever takes it reads it.")
    await estate.resident.says("The lamp on the stairs is dark")
    await asked_to_send(estate.resident)
    await presses_what(other, TAKES_REPAIR)
    await shows(other, "you have taken it", ADDRESS, "It drips on the left side")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message)


async def test_taken_back_while_somebody_is_on_the_way(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await presses_what(lao, ON_THE_WAY, message=await shows(lao, "you have taken it", "[On my way]"))
    await shows(estate.resident, "Lao Wang is on the way")
    await estate.resident.presses("Not needed any more", message=await shows(estate.resident, "Repair 1: On the way"))
    await estate.resident.presses("Yes, not needed")
    await lao.sees("Please do not go")
    await shows(estate.resident, "Repair 1: Not needed any more")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message)


async def test_the_resident_moves_in_the_middle(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", ADDRESS)
    await estate.resident.presses("Change the address", message=await shows(estate.resident, "Somebody will come"))
    await estate.resident.sees("Where is it?")
    await estate.resident.says("building 2")
    await estate.resident.sees("The address to the door?")
    await estate.resident.says("Flat 7 at my daughter's")
    await estate.resident.sees("keep it for the next time")
    await lao.sees("the address has changed")
    await shows(lao, "you have taken it", "Flat 7 at my daughter's", "Building 2")
    await shows(estate.resident, "Repair 1: Somebody will come", "Flat 7")


async def test_ten_times_the_same_resident(estate: Estate) -> None:
    for number in range(3):
        await estate.resident.says("/repair The tap drips")
        if number == 0:
            await answers_the_rest(estate.resident)
        else:
            await estate.resident.presses("Plumbing", message=await estate.resident.sees("Who is needed?"))
            await estate.resident.presses("Today", message=await estate.resident.sees("How soon?"))
            home = await estate.resident.sees("When is somebody home?")
            await estate.resident.presses("Leave this out", message=home)
        await presses_send(estate.resident)
        await estate.resident.sees(f"Repair {number + 1}: Nobody yet")
    for _ in range(7):
        await estate.resident.says("/repair The tap drips")
    await shows(estate.resident, "These repairs of yours are still open: 1, 2, 3.")
    await estate.settled()
    assert len(await estate.rows("SELECT id FROM repairs")) == 3
    await estate.resident.says("/my")
    await estate.resident.presses("My repairs (3)")
    await estate.resident.presses("Repair 2: Plumbing", message=await shows(estate.resident, "[Repair 2: Plumbing]"))
    await shows(estate.resident, "Repair 2: Nobody yet", "[Not needed any more]")


async def test_asking_in_chinese(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    mei = await estate.newcomer("小梅", "zh-hans")
    await mei.taps("请人维修")
    await mei.sees("什么坏了？")
    await mei.says("水龙头关不上")
    await mei.presses("水管", message=await mei.sees("需要哪种师傅？"))
    await mei.presses("今天", message=await mei.sees("有多急？"))
    await mei.sees("在哪里？")
    await mei.says("3号楼")
    await mei.sees("门牌号是多少？")
    await mei.says("502室，姓周")
    await mei.presses("是", message=await mei.sees("留着下次用"))
    await mei.presses("这一步不填", message=await mei.sees("什么时候家里有人"))
    await shows(mei, "帮忙不收钱", "3号楼", "502室，姓周")
    await mei.presses("请人来修")
    await shows(mei, "维修单1：正在找人", "正在问1位志愿者")
    await presses_what(lao, TAKES_REPAIR)
    await shows(mei, "Lao Wang会到您家来", "开门暗号")


async def test_a_crash_between_two_steps_loses_nothing(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    offer = await lao.sees("can you come?")
    await estate.stop()
    await presses_what(lao, TAKES_REPAIR, message=offer)
    await estate.start()
    job = await shows(lao, "you have taken it", ADDRESS)
    await estate.stop()
    await lao.presses("In one hour", message=job)
    await estate.start()
    await shows(estate.resident, "Repair 1: Somebody is coming")


async def test_done_is_done_at_once_whatever_is_answered_afterwards(estate: Estate) -> None:
    """Nobody waits for "what did you do?": the resident is asked, and two days later the job is still his."""
    lao, mei = await volunteer(estate, "Lao Wang"), estate.resident
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    await presses_what(lao, REPAIRED, message=await shows(lao, "You come:"))
    await shows(mei, "Lao Wang says it is done", "Is it done?")
    assert await estate.rows("SELECT state FROM repairs") == [{"state": "done"}]
    # Half an answer is passed on as it comes; the other half may never come.
    await lao.says("New washer")
    question = await shows(mei, "Lao Wang says it is done", "New washer", "Is it done?")
    how_long = await lao.sees("how long")
    labels = [each["text"] for each in buttons(how_long)]
    assert "Leave this out" in labels and "Cancel" not in labels, "leaving the question leaves the fact as it is"
    for _ in range(4):
        await time_passes(estate, hours=12)
    told = "\n".join(map(written, await estate.world.chat_messages(mei.id)))
    assert "nothing was heard" not in told and "did Lao Wang come" not in told
    assert await estate.rows("SELECT state FROM repairs") == [{"state": "done"}]
    assert await estate.rows("SELECT id FROM conversations WHERE flow = 'repair_done' AND state <> 'ended'") == []
    await mei.presses("Yes, and thank you!", message=question)
    await shows(lao, "they thank you!")


async def test_a_command_leaves_done_as_it_is(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await lao.presses("In one hour", message=await shows(lao, "you have taken it", "[In one hour]"))
    await presses_what(lao, REPAIRED, message=await shows(lao, "You come:"))
    await lao.sees("what did you do?")
    await lao.says("/cancel")
    await shows(lao, "They are asked now whether repair 1 is done")
    await estate.settled()
    assert await estate.rows("SELECT state FROM repairs") == [{"state": "done"}]


async def test_done_taken_back_is_told_to_whoever_was_asked(estate: Estate) -> None:
    lao, mei = await volunteer(estate, "Lao Wang"), estate.resident
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await presses_what(lao, ON_THE_WAY, message=await shows(lao, "you have taken it"))
    await presses_what(lao, REPAIRED, message=await shows(lao, "You are on the way"))
    question = await shows(mei, "Is it done?")
    await lao.presses("Cancel", message=await lao.sees("what did you do?"))
    await shows(mei, "Lao Wang tapped “It is done” by mistake")
    await estate.settled()
    assert await estate.rows("SELECT state FROM repairs") == [{"state": "on_the_way"}]
    gone = [each for each in await estate.world.chat_messages(mei.id) if each["message_id"] == question["message_id"]]
    assert not any(map(buttons, gone)), "a question that is not open any more has no buttons"
    # Once they have answered, there is nothing to take back.
    await presses_what(lao, REPAIRED, message=await shows(lao, "You are on the way"))
    again = await lao.sees("what did you do?")
    await mei.presses("Yes, it is done", message=await shows(mei, "Is it done?", after=question))
    await lao.presses("Cancel", message=again)
    await shows(lao, "cannot be taken back any more")
    assert await estate.rows("SELECT state FROM repairs") == [{"state": "confirmed"}]
