"""Staff put another photo or file in the place of one they have sent: every resident's copy shows it, in its place."""

from typing import Any

from sandbox.client import Person, buttons, written
from tests.e2e.conftest import PNG, Estate, shows
from tests.e2e.reading import asked_to_send, presses_send
from tests.e2e.reports.test_answering import PREVIEW, joiner

Json = dict[str, Any]


async def replaces(estate: Estate, before: Json, other: Json, caption: str | None = None) -> None:
    """Wei edits a message of theirs, with another file in its place, as Telegram lets everybody do."""
    content = {kind: other[kind] for kind in ("photo", "video", "document") if kind in other}
    changed = {
        "message_id": before["message_id"], "date": before["date"], "edit_date": before["date"] + 5,
        "chat": before["chat"], "from": before["from"], **content, **({"caption": caption} if caption else {}),
    }  # fmt: skip
    if "reply_to_message" in before:
        changed["reply_to_message"] = before["reply_to_message"]
    await estate.world.post("raw_update", update={"edited_message": changed})


async def other_file(estate: Estate, content: bytes, kind: str = "photo") -> Json:
    """A file that Telegram knows, as somebody elsewhere has sent it."""
    bo: Person = await estate.newcomer("Bo")
    sent: Json = await bo.sends(kind, content)
    await asked_to_send(bo)
    return sent


def file_in(message: Json) -> str:
    content = message.get("photo") or [message[kind] for kind in ("video", "document") if kind in message]
    return str(content[-1]["file_unique_id"])


async def files(estate: Estate, chat: int) -> list[tuple[int, str]]:
    """The bot's files in a chat: message and file."""
    await estate.settled()
    return [
        (each["message_id"], file_in(each))
        for each in await estate.world.chat_messages(chat)
        if each["from"]["id"] == estate.world.bot_id and any(kind in each for kind in ("photo", "video", "document"))
    ]


async def test_another_photo_takes_the_place_of_the_first_at_everybodys(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    li = await joiner(estate, "Li", "zh-hans")
    await estate.begins_answer()
    said = await wei.sends_photo(PNG + b"1", "The new lamp")
    await presses_send(wei, await shows(wei, PREVIEW, "1 photo"))
    await mei.sees("The new lamp")
    before = {person.id: await files(estate, person.id) for person in (mei, li)}
    other = await other_file(estate, PNG + b"2")
    await replaces(estate, said, other, "The new lamp")
    await wei.sees("Changed: the residents of no. 1 see the other photo or file now.")
    for person in (mei, li):
        ((message, _),) = before[person.id]
        assert await files(estate, person.id) == [(message, file_in(other))], "in its place, and no second one"
    await shows(mei, "The new lamp", "(changed on Wednesday, 25 November, 10:0")
    # What they had before stays on record.
    await wei.says("/history 1")
    told = await shows(wei, "Wei changed what was answered. Before:", "The new lamp")
    await wei.presses("Show photos and voice messages", message=told)
    shown = [file for _, file in await files(estate, wei.id)]
    assert set(shown) == {file_in(said), file_in(other)}
    # And taken back, the other one goes as the first would have.
    await wei.presses("Take back the newest answer", message=told)
    await wei.presses("Yes, take it back")
    await wei.sees("The answer to no. 1 is taken back.")
    assert await files(estate, mei.id) == []


async def test_one_of_an_album_is_replaced(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.begins_answer()
    album = await wei.sends_album(("photo", PNG + b"1"), ("photo", PNG + b"2"), ("photo", PNG + b"3"))
    await presses_send(wei, await shows(wei, PREVIEW, "3 photos"))
    await mei.sees("3 photos")
    before = await files(estate, mei.id)
    other = await other_file(estate, PNG + b"4")
    await replaces(estate, album[1], other)
    await wei.sees("see the other photo or file now.")
    assert await files(estate, mei.id) == [before[0], (before[1][0], file_in(other)), before[2]]


async def test_words_become_a_photo(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await estate.begins_answer()
    said = await wei.says("It looks like this")
    await presses_send(wei, await shows(wei, PREVIEW, "It looks like this"))
    answer = await mei.sees("It looks like this")
    other = await other_file(estate, PNG + b"5")
    await replaces(estate, said, other, "It looks like that")
    await shows(mei, "It looks like that", "1 photo")
    ((message, file),) = await files(estate, mei.id)
    assert file == file_in(other) and message > answer["message_id"]
    await replaces(estate, said, other, "It looks like that now")
    await mei.sees("like that now")
    assert await files(estate, mei.id) == [(message, file)], "the photo comes once"


async def test_replaced_while_nothing_could_be_sent_only_the_other_comes(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    for number, parts in enumerate(((b"1",), (b"2", b"3"))):
        await estate.begins_answer()
        sent = await wei.sends_album(*(("photo", PNG + each) for each in parts))
        preview = await shows(wei, PREVIEW, "1 photo" if len(parts) == 1 else "2 photos")
        await mei.blocks()
        await presses_send(wei, preview)
        await estate.settled()
        other = await other_file(estate, PNG + bytes([65 + number]))
        await replaces(estate, sent[-1], other)
        await estate.settled()
        await mei.unblocks()
        await mei.says("/my")
        await mei.sees("You have sent 1 report:")
        got = [file for _, file in await files(estate, mei.id)]
        assert file_in(other) in got and file_in(sent[-1]) not in got
    assert len(got) == 3


async def test_replaced_while_it_waits_for_the_rest_of_its_album_it_comes_once(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    other = await other_file(estate, PNG + b"2")
    await estate.begins_answer()
    said = await wei.sends_photo(PNG + b"1", "Look", album="late")
    await presses_send(wei, await shows(wei, PREVIEW, "Look"))
    await replaces(estate, said, other, "Look")
    await wei.sees("read it so now, or when it reaches them")
    await mei.sees("Look")
    assert [file for _, file in await files(estate, mei.id)] == [file_in(other)]


async def test_another_photo_in_a_note_is_looked_at_once_more_before_it_is_sent(estate: Estate) -> None:
    wei, mei, group = estate.staff, estate.resident, estate.staff_chat
    await estate.report()
    note = await wei.sends_photo(PNG + b"1", "The lamp", group, reply_to=(await estate.card())["message_id"])
    await wei.presses("Send this to the resident", group, await shows(wei, "Kept as a note", chat=group))
    asked = await shows(wei, "Send this note to everybody", chat=group)
    other = await other_file(estate, PNG + b"2")
    await replaces(estate, note, other, "The lamp")
    await estate.settled()
    press = await wei.forges(asked, buttons(asked)[0]["callback_data"], group)
    assert "The note was changed meanwhile" in (await wei.popup(press))["text"]
    assert await files(estate, mei.id) == []
    await wei.presses("Yes, send it", group)
    await mei.sees("The lamp")
    assert [file for _, file in await files(estate, mei.id)] == [file_in(other)]
    assert "note" not in written(await estate.card())
