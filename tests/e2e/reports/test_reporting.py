"""Saying what is wrong, in every way people do it."""

from typing import Any

import pytest

from sandbox.client import World, buttons, written
from tests.e2e.conftest import (
    EVENING,
    LAMP,
    OGG,
    PNG,
    Estate,
    Start,
    both_ways,
    estate_in,
    news,
    questions_with_buttons,
)
from tests.e2e.reading import IS_FIXED, RESOLVE, TAKE, asked_to_send, presses_send, presses_what

pytestmark = both_ways

NORTH_GATE = (31.2433, 121.4460)
FAR_AWAY = (48.8584, 2.2945)


def labels(message: dict[str, Any]) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"] for button in buttons(message)]


@pytest.mark.parametrize(
    ("kind", "content", "more", "said"),
    [
        ("photo", PNG, {}, "1 photo"),
        ("photo", PNG, {"caption": "Hole in the pavement"}, "Hole in the pavement"),
        ("voice", OGG, {"duration": 7}, "1 voice message"),
        ("video", b"mp4", {"duration": 3}, "1 video"),
        ("video_note", b"mp4", {"duration": 3}, "1 video"),
        ("document", b"%PDF", {"name": "letter.pdf"}, "1 file"),
        ("audio", b"mp3", {"duration": 3}, "1 file"),
    ],
)
async def test_anything_sent_is_a_report_at_once(
    estate: Estate, kind: str, content: bytes, more: dict[str, Any], said: str
) -> None:
    mei, group = estate.resident, estate.staff_chat
    await mei.sends(kind, content, **more)
    draft = await asked_to_send(mei)
    assert said in draft["text"]
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    assert said in card["text"]
    assert ("[What I heard]" in written(card)) is (kind in ("voice", "video_note", "audio"))
    await estate.settled()
    file = next(each for each in await estate.world.chat_messages(group) if kind in each)
    assert file["reply_to_message"]["message_id"] == card["message_id"], "files follow as replies to the card"


async def test_report_command_asks_and_its_own_words_are_taken(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/report")
    await mei.sees("What is wrong?")
    await mei.says(LAMP)
    await asked_to_send(mei)
    await mei.presses("Cancel")
    await mei.sees("Cancelled. Nothing was sent.")
    await mei.says("/report The lift is stuck between floors")
    draft = await asked_to_send(mei)
    assert "The lift is stuck between floors" in draft["text"] and "/report" not in draft["text"]


async def test_kind_is_chosen_by_buttons_with_pages_and_by_typing_its_name(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Something is odd here")
    await mei.presses("Choose a kind")
    asked = await mei.sees("What is it about?")
    assert len(buttons(asked)) <= 8
    await mei.presses("More (1 of 3)")
    second = await mei.sees("[More (2 of 3)")
    assert len(buttons(second)) <= 8 and "Lifts and doors" in labels(second)
    await mei.presses("More (2 of 3)")
    await mei.presses("More (3 of 3)")
    await mei.presses("More (1 of 3)")
    await mei.presses("Lifts and doors")
    await mei.sees("Kind: Lifts and doors")
    await mei.presses("Change the kind")
    await mei.sees("What is it about?")
    await mei.says("lighting")
    draft = await mei.sees("Kind: Lighting")
    assert "my guess" not in draft["text"], "what was chosen is no guess"
    # What somebody chose is not guessed anew by what they write next.
    await mei.says("and water leaks from a pipe")
    draft = await asked_to_send(mei, "water leaks")
    assert "Kind: Lighting" in draft["text"]


async def test_place_by_buttons_down_the_tree_and_up_again(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Something is odd here")
    await mei.presses("Say where it is")
    asked = await mei.sees("Where is it?")
    assert len(buttons(asked)) <= 8
    await mei.presses("North side")
    inside = await mei.sees("[Just “North side”")
    assert "South side" not in labels(inside)
    await mei.presses("Back")
    up = await mei.sees("[South side")
    assert "Just “North side”" not in labels(up), "who tapped the wrong side gets up again"
    await mei.presses("South side")
    await mei.presses("Building 4")
    await mei.presses("Stairwell 2")
    draft = await mei.sees("Place: South side, Building 4, Stairwell 2")
    assert "NOT SENT YET" in draft["text"]
    await mei.presses("Change the place")
    await mei.presses("North side")
    await mei.presses("Just “North side”")
    draft = await mei.sees("Place: North side")
    await mei.presses("Change the place")
    await mei.presses("Back")
    await mei.sees("Place: North side")


async def test_place_by_words_and_by_location(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Something is odd here")
    await mei.presses("Say where it is")
    await mei.says("behind the big bins")
    await mei.sees("Place: behind the big bins")
    await mei.presses("Change the place")
    await mei.sees("Where is it?")
    await mei.shares_location(*NORTH_GATE)
    await mei.sees("Place: North gate")
    # At the summary a location needs no button; far from here it is a point on the map.
    await mei.shares_location(*FAR_AWAY)
    await mei.sees("Place: a point on the map")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    assert "Point on the map" in card["text"]
    assert any(each.get("url", "").startswith("https://www.openstreetmap.org") for each in card["entities"])


async def test_location_before_the_words_is_kept_and_the_words_are_asked_once(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/report")
    await mei.sees("What is wrong?")
    sent = await mei.shares_location(*NORTH_GATE)
    await mei.sees("I have noted the place.", after=sent["message_id"])
    await mei.says("The gate squeaks")
    draft = await asked_to_send(mei)
    assert "North gate" in draft["text"] and "The gate squeaks" in draft["text"]


async def test_location_sent_first_begins_a_report(estate: Estate) -> None:
    mei = estate.resident
    await mei.shares_location(*NORTH_GATE)
    asked = await mei.sees("I have noted the place.")
    assert "What is wrong?" in asked["text"]
    await mei.says("The gate squeaks")
    draft = await asked_to_send(mei)
    assert "North gate" in draft["text"]


async def test_every_answer_can_be_changed_and_the_words_written_again(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Lamp in building 3 is dark")
    draft = await asked_to_send(mei)
    assert "Building 3 (my guess)" in draft["text"] and "Lighting (my guess)" in draft["text"]
    await mei.presses("Write it again")
    asked = await mei.sees("What is wrong?")
    assert labels(asked) == ["Back"], "Back leads to the summary, which has the Cancel"
    await mei.says("Water leaks from the ceiling")
    draft = await asked_to_send(mei, "Water leaks")
    assert "dark" not in draft["text"]
    assert "Water and pipes (my guess)" in draft["text"]
    await mei.presses("Write it again")
    await mei.presses("Back")
    await asked_to_send(mei, "Water leaks from the ceiling")


async def test_what_was_once_misread_is_of_its_kind(estate: Estate) -> None:
    mei = estate.resident
    for words, kind in (
        ("The drain is blocked", "Water and pipes"),
        ("There is litter on the road", "Rubbish and cleaning"),
        ("遛狗不牵绳", "Safety"),
        ("外墙瓷砖掉了", "Safety"),
        ("健身器材坏了", "Safety"),
        ("蚊子太多", "Rubbish and cleaning"),
        ("水停了", "Water and pipes"),
        ("楼下饭店油烟", "Rubbish and cleaning"),
        ("Graffiti on the wall", "Rubbish and cleaning"),
        ("Fly-tipping behind the garages", "Rubbish and cleaning"),
    ):
        await mei.says(words)
        draft = await asked_to_send(mei, words, f"Kind: {kind} (my guess)")
        await mei.presses("Cancel", message=draft)


async def test_a_place_that_was_chosen_is_no_guess(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("The lamp in building 3 is dark")
    draft = await asked_to_send(mei, "Building 3 (my guess)")
    await mei.presses("Change the place", message=draft)
    await mei.sees("Where is it?")
    await mei.says("building 4")
    draft = await asked_to_send(mei, "Building 4")
    assert "Building 4 (my guess)" not in draft["text"]


async def test_editing_a_message_changes_the_draft(estate: Estate) -> None:
    mei = estate.resident
    first = await mei.says("The lamp is brokn")
    await asked_to_send(mei)
    await mei.says("since Monday")
    await mei.sees("I have added that.")
    await mei.edits(first, "The lamp is broken")
    draft = await asked_to_send(mei, "The lamp is broken")
    assert "brokn" not in draft["text"] and "since Monday" in draft["text"]
    assert len(await questions_with_buttons(mei)) == 1


async def test_editing_what_was_added_later_changes_the_draft_too(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/report")
    await mei.sees("What is wrong?")
    first = await mei.says("The lamp is brokn")
    await asked_to_send(mei)
    second = await mei.says("since Monda")
    await mei.sees("I have added that.")
    await mei.edits(second, "since Monday morning")
    await asked_to_send(mei, "since Monday morning")
    await mei.edits(first, "The lamp is broken")
    await asked_to_send(mei, "The lamp is broken", "since Monday morning")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    assert "The lamp is broken" in card["text"] and "since Monday morning" in card["text"]


async def test_several_messages_quickly_leave_one_question(estate: Estate) -> None:
    mei = estate.resident
    for words in ("The lamp", "in building 3", "is dark", "since Monday", "please help"):
        await mei.says(words)
    await asked_to_send(mei, "please help")
    await estate.settled()
    assert len(await questions_with_buttons(mei)) == 1
    draft = await asked_to_send(mei)
    assert all(words in draft["text"] for words in ("The lamp", "in building 3", "is dark", "since Monday"))
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    assert await questions_with_buttons(mei) == []


async def test_album_gets_one_answer(estate: Estate) -> None:
    mei = estate.resident
    sent = [
        await mei.sends("photo", PNG + bytes([n]), album="a", caption="Rubbish everywhere" if n == 0 else "")
        for n in range(3)
    ]
    draft = await mei.sees("3 photos")
    await estate.settled()
    assert len(await news(mei, sent[0])) == 1, "one answer to all three"
    assert "Rubbish everywhere" in draft["text"]
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    assert "3 photos" in card["text"]
    await estate.settled()
    assert len([each for each in await news(estate.staff, card, estate.staff_chat) if "<photo>" in each]) == 3


async def test_double_tap_sends_once_and_old_buttons_say_so(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    draft = await mei.sees("[Send it like this")
    data = buttons(draft)[0]["callback_data"]
    first = await mei.forges(draft, data)
    second = await mei.forges(draft, data)
    await mei.sees("No. 1: Received")
    assert await mei.popup(first) is not None
    assert (await mei.popup(second))["text"] == "This step is done. Nothing is sent twice."
    assert len(await estate.rows("SELECT id FROM reports")) == 1


async def test_a_button_of_an_earlier_question_shows_the_open_one(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    draft = await mei.sees("[Change the kind")
    await mei.presses("Change the kind")
    await mei.sees("What is it about?")
    press = await mei.forges(draft, buttons(draft)[0]["callback_data"])
    assert "This is the question now" in (await mei.popup(press))["text"]
    await mei.sees("What is it about?")
    assert await estate.rows("SELECT id FROM reports") == []


@pytest.mark.parametrize("begun", [False, True])
async def test_what_cannot_be_kept_is_answered_helpfully(estate: Estate, begun: bool) -> None:
    mei, world = estate.resident, estate.world
    if begun:
        await mei.says("/report")
        await mei.sees("What is wrong?")
    await world.post("contact", **{"from": mei.id}, chat=world.bot_id, phone_number="+8613800000000", first_name="X")
    await mei.sees("I can take words, photos, videos and voice messages.")
    user = {key: value for key, value in mei.user.items() if key in ("id", "is_bot", "first_name", "language_code")}
    story = {"id": 1, "chat": {"id": 7, "type": "private", "first_name": "X"}}
    for number, content in enumerate(
        ({"dice": {"emoji": "🎲", "value": 4}}, {"poll": POLL}, {"sticker": STICKER}, {"story": story})
    ):
        before = await mei.sees("I can take words")
        chat = {"id": mei.id, "type": "private"}
        message = {"message_id": 900 + number, "date": 1780000000, "from": user, "chat": chat, **content}
        await world.post("raw_update", update={"message": message})
        await mei.sees("I can take words", after=before["message_id"])
    assert await estate.rows("SELECT id FROM reports") == []


STICKER = {
    "file_id": "CAAC", "file_unique_id": "AgAD", "type": "regular", "width": 512, "height": 512, "is_animated": False,
    "is_video": False,
}  # fmt: skip
POLL = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
    "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip


async def test_received_says_number_what_next_and_by_when(estate: Estate) -> None:
    status = await estate.report()
    assert "No. 1: Received" in status["text"] and LAMP in status["text"]
    assert "What happens next: the staff read it and write to you here." in status["text"]
    assert "We mean to have it done by Friday, 27 November." in status["text"]  # two working days from Wednesday
    assert "outside working hours" not in status["text"] and "119" not in status["text"]


async def test_out_of_hours_every_acknowledgement_ends_with_the_emergency_numbers(estate: Estate) -> None:
    await estate.world.set_time(EVENING)
    status = await estate.report()
    assert "It is outside working hours. We are back Thursday, 26 November, 09:00." in status["text"]
    assert status["text"].endswith("(Somebody to talk to, day and night)")
    mei = estate.resident
    await mei.replies(status, "It got worse")
    receipt = await mei.sees("Added to your report no. 1")
    assert "119" in receipt["text"].splitlines()[-1]


async def test_received_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await li.says("3号楼楼道灯不亮")
        draft = await li.sees("还没有发送")
        assert "路灯照明" in draft["text"] and "3号楼" in draft["text"]
        await li.presses("就这样发送")
        status = await li.sees("1号：已收到")
        assert "11月27日星期五" in status["text"]
        # The staff group reads the community's first language, with the resident's own words as they are.
        card = await estate.card()
        assert "Kind: Lighting" in card["text"] and "3号楼楼道灯不亮" in card["text"]
        await estate.nothing_broke()


async def test_my_shows_none_one_and_many(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/my")
    await mei.sees("You have not reported anything yet.")
    old = await estate.report()
    await mei.says("/my")
    listed = await mei.sees("You have sent 1 report:")
    assert "Received" in listed["text"]
    press = await mei.presses("No. 1")
    shown = await mei.sees("No. 1: Received", after=listed["message_id"])
    assert await mei.popup(press) is not None
    # The card that was opened is the one kept true; the older one says where to look.
    await presses_what(estate.staff, TAKE, estate.staff_chat)
    await mei.sees("No. 1: Somebody is looking after it")
    earlier = next(each for each in await estate.world.chat_messages(mei.id) if each["message_id"] == old["message_id"])
    assert "further down" in earlier["text"]
    await mei.replies(earlier, "one more thing")
    await mei.sees("Added to your report no. 1", after=shown["message_id"])


async def test_my_turns_pages_open_ones_first(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    for number in range(1, 10):
        await mei.says(f"Thing number {number} is broken")
        await asked_to_send(mei, f"Thing number {number}")
        await presses_send(mei)
        await mei.sees(f"No. {number}: Received")
    for number in (8, 9):
        await presses_what(wei, RESOLVE, group, await estate.card(number))
        await estate.staff_replies(f"done about no. {number}?", f"Mended {number}")
        await mei.sees(f"Mended {number}")
    await presses_what(mei, IS_FIXED, message=await mei.sees("No. 9: the staff say it is fixed"))
    await mei.sees("You said that report no. 9 is fixed.")
    said = await mei.says("/my")
    listed = await mei.sees("You have sent 9 reports:", after=said["message_id"])
    shown = [label for label in labels(listed) if label.startswith("No. ")]
    assert [label.partition(":")[0] for label in shown] == [f"No. {number}" for number in range(8, 2, -1)]
    await mei.presses("More (1 of 2)")
    second = await mei.sees("Thing number 1 is", after=said["message_id"])
    assert second["message_id"] == listed["message_id"] and "Thing number 8" not in second["text"]
    assert [label.partition(":")[0] for label in labels(second)[:3]] == ["No. 2", "No. 1", "No. 9"], "closed ones last"
    await mei.presses("No. 2")
    await mei.sees("No. 2: Received", after=listed["message_id"])


async def test_my_says_who_waits_for_whom(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    bo = await estate.newcomer("Bo")
    await estate.report()

    async def line() -> str:
        said = await mei.says("/my")
        listed = await mei.sees("You have sent 1 report:", after=said["message_id"])
        return str(listed["text"].split("\n\n")[1].partition("\n")[2])

    assert await line() == "You wait for us. We mean to have it done by Friday, 27 November."
    await wei.presses("More", group, await estate.card())
    await wei.presses("Ask the resident", group)
    await estate.staff_replies("what shall I ask the resident of no. 1?", "Which floor?")
    asked = await mei.sees("Which floor?")
    assert await line() == "We wait for you: the staff have asked you something."
    await mei.replies(asked, "The second")
    await wei.sees("The second", group)
    await estate.world.advance(days=3)
    assert "We promised it by Friday, 27 November, and are sorry." in await line()
    await bo.says("Light on the stairs of Building 3 is dark")
    await presses_send(bo)
    await bo.sees("Is it one of these?")
    await bo.presses("No. 1: ")
    await estate.resolves("New lamp")
    assert await line() == "We wait for you: is it fixed?"
    await presses_what(mei, IS_FIXED)
    await mei.sees("It is closed now")
    assert await line() == ""


async def test_a_second_report_while_one_is_open_can_be_new(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await mei.says("The lift is noisy")
    draft = await asked_to_send(mei)
    assert "Is this something new" in draft["text"]
    await presses_send(mei)
    await mei.sees("No. 2: Received")


async def test_over_a_holiday_and_a_weekend_the_next_working_day_is_named(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await world.set_time("2026-11-27T20:00:00+08:00")  # a Friday evening
        status = await estate.report()
        assert "We are back Monday, 30 November, 09:00." in status["text"]
        li = await estate.newcomer("Li", "zh-hans")
        await world.set_time("2026-12-31T20:00:00+08:00")  # then come New Year, a holiday, and a weekend
        await li.says("3号楼楼道灯不亮")
        await li.sees("还没有发送")
        await li.presses("就这样发送")
        status = await li.sees("2号：已收到")
        assert "2027年1月4日星期一09:00" in status["text"]
        await world.set_time("2027-01-04T09:00:30+08:00")
        answer = await li.replies(status, "还是不亮")
        receipt = await li.sees("已加到您的第2号反映", after=answer["message_id"])
        assert "09:00" not in receipt["text"], "they are there now"
