"""Albums arrive whole: at the staff and at the residents, whatever comes between their parts."""

import json

import pytest

from sandbox.client import Person
from tests.e2e.conftest import OGG, PNG, Estate, Json, shows
from tests.e2e.reading import RESOLVE, asked_to_send, presses_send, presses_what


async def albums(person: Person, chat: int | None = None) -> list[list[Json]]:
    """The albums the bot has sent to somebody (or into a group), each as its messages."""
    found: dict[str, list[Json]] = {}
    for each in await person.world.chat_messages(person.id if chat is None else chat):
        if "media_group_id" in each and each["from"]["id"] == person.world.bot_id:
            found.setdefault(each["media_group_id"], []).append(each)
    return list(found.values())


async def test_ten_photos_go_to_staff_as_one_album_below_the_card(estate: Estate) -> None:
    mei, group = estate.resident, estate.staff_chat
    for number in range(10):
        await mei.sends("photo", PNG + bytes([number]), album="a", caption="Rubbish everywhere" if number == 0 else "")
    await mei.sees("10 photos")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    await estate.settled()
    (album,) = await albums(estate.staff, group)
    assert len(album) == 10
    assert {each["reply_to_message"]["message_id"] for each in album} == {card["message_id"]}
    assert {each["message_thread_id"] for each in album} == {card["message_thread_id"]}
    assert len({each["photo"][-1]["file_unique_id"] for each in album}) == 10


async def test_everything_in_any_order_at_any_step(estate: Estate) -> None:
    """Photo, words, voice note, video, round video and a file, also at questions that ask for something else."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.sends("voice", OGG, duration=4)
    await asked_to_send(mei, "1 voice message")
    await mei.sends("photo", PNG, caption="here it leaks")
    await asked_to_send(mei, "here it leaks")
    await mei.presses("Change the kind")
    await mei.sees("What is it about?")
    await mei.sends("video", b"mp4", duration=3)
    await shows(mei, "I have added that.", "What is it about?")
    await mei.presses("Water and pipes")
    await mei.presses("Say where it is")
    await shows(mei, "Where is it?", "[North side]")
    await mei.sends("video_note", b"round", duration=3)
    await shows(mei, "I have added that.", "Where is it?")
    await mei.says("Building 3")
    await mei.sends("document", b"%PDF", name="letter.pdf")
    draft = await asked_to_send(mei, "1 file")
    assert all(each in draft["text"] for each in ("1 voice message", "1 photo", "2 videos", "here it leaks"))
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    await estate.settled()
    below = [
        each
        for each in await estate.world.chat_messages(group)
        if each.get("reply_to_message", {}).get("message_id") == card["message_id"]
    ]
    kinds = [kind for each in below for kind in ("voice", "photo", "video", "video_note", "document") if kind in each]
    assert sorted(kinds) == ["document", "photo", "video", "video_note", "voice"]
    (together,) = await albums(wei, group)
    assert [kind for each in together for kind in ("photo", "video") if kind in each] == ["photo", "video"]


async def test_an_album_in_reply_arrives_as_one_album(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report()
    for number in range(3):
        await mei.sends(
            "photo", PNG + bytes([number]), caption="See" if number == 0 else "", album="x",
            reply_to=status["message_id"],
        )  # fmt: skip
    told = await shows(wei, "No. 1: the resident writes", "See", "Several photos or files", chat=group)
    await estate.settled()
    (album,) = await albums(wei, group)
    assert len(album) == 3 and all(each["message_id"] > told["message_id"] for each in album)


async def test_an_answer_and_a_proof_arrive_as_albums_and_the_question_last(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await estate.begins_answer()
    for number in range(3):
        await wei.sends("photo", PNG + bytes([number]), caption="Look" if number == 0 else "", album="answer")
    await presses_send(wei, await shows(wei, "this is what the resident reads", "3 photos"))
    await mei.sees("Look")
    await presses_what(wei, RESOLVE, group, await estate.card())
    asked = await wei.sees("what was done about no. 1?", group)
    for number in range(3):
        await wei.sends(
            "photo", PNG + b"proof" + bytes([number]), caption="Done" if number == 0 else "", chat=group,
            album="proof", reply_to=asked["message_id"],
        )  # fmt: skip
    await mei.sees("Done")
    await estate.settled()
    answer, proof = await albums(mei)
    assert (len(answer), len(proof)) == (3, 3)
    question = await mei.sees("Is it fixed?")
    assert all(each["message_id"] < question["message_id"] for each in proof), "the question is the last thing"
    # Each part of an album can be taken back.
    await wei.presses("Take back")
    await wei.presses("Yes, take it back")
    await wei.sees("The answer to no. 1 is taken back.")
    await estate.settled()
    assert await albums(mei) == [proof]


@pytest.mark.parametrize("sent", [False, True])
async def test_parts_minutes_apart_and_across_a_crash_belong_together(estate: Estate, sent: bool) -> None:
    """The bot is gone between the parts of an album; the rest goes where the first ones went, sent or not."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat

    async def part(number: int) -> None:
        caption = "Rubbish everywhere" if number == 0 else ""
        await mei.sends("photo", PNG + bytes([number]), album="a", caption=caption)

    await part(0)
    await asked_to_send(mei, "Rubbish", "1 photo")
    if sent:
        await presses_send(mei)
        await mei.sees("No. 1: Received")
        await estate.settled()
    await estate.stop()
    await estate.world.advance(minutes=7)
    await part(1)
    await part(2)
    await estate.start()
    if not sent:
        await asked_to_send(mei, "3 photos")
        await presses_send(mei)
        await mei.sees("No. 1: Received")
    await estate.settled()
    photos = [each for each in await estate.world.chat_messages(group) if "photo" in each]
    assert len(photos) == 3
    assert len({each["photo"][-1]["file_unique_id"] for each in photos}) == 3
    assert [len(album) for album in await albums(wei, group)] == ([2] if sent else [3])
    assert len(await estate.rows("SELECT id FROM reports")) == 1
    assert await estate.rows("SELECT id FROM conversations WHERE state = 'open'") == []


async def test_a_file_over_20_mb_reaches_staff(estate: Estate) -> None:
    """A bot cannot fetch it, but what it has a file_id of it can send on."""
    mei, group = estate.resident, estate.staff_chat
    await mei.sends("video", b"x" * (21 * 1024 * 1024), duration=600, caption="The whole hour")
    await asked_to_send(mei, "The whole hour", "1 video")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    card = await estate.card()
    assert "1 video" in card["text"]
    await estate.settled()
    video = next(each for each in await estate.world.chat_messages(group) if "video" in each)
    assert video["video"]["file_size"] > 20 * 1024 * 1024
    assert video["reply_to_message"]["message_id"] == card["message_id"]
    await estate.staff.says("/history 1")
    await estate.staff.presses("Show photos and voice messages")
    await estate.settled()
    assert [each for each in await estate.world.chat_messages(estate.staff.id) if "video" in each]


async def test_more_than_ten_photos_are_several_albums(estate: Estate) -> None:
    mei = estate.resident
    for number in range(25):
        await mei.sends("photo", PNG + bytes([number]), album=f"a{number // 10}")
    await mei.sees("25 photos")
    await presses_send(mei)
    await mei.sees("No. 1: Received")
    await estate.settled()
    calls = await estate.world.calls("sendMediaGroup")
    sizes = [len(json.loads(media) if isinstance(media := call["params"]["media"], str) else media) for call in calls]
    assert sizes == [10, 10, 5]
