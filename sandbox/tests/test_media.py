"""Albums, every kind of message, and what becomes of them: both sides, with the real rules."""

import json
from typing import Any

import pytest

from sandbox.client import Person, World
from sandbox.tests.bot import PNG, Bot, upload

Json = dict[str, Any]


def at(message: Json) -> Json:
    """How a call names a message."""
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def file_id(bot: Bot, person: Person, kind: str) -> str:
    """A file of a kind that the server knows."""
    content = PNG if kind == "photo" else b"content"
    media = (await person.sends(kind, content, name=f"proof.{kind}"))[kind]
    return str((media[-1] if kind == "photo" else media)["file_id"])


async def test_a_person_sends_an_album_and_edits_its_caption(ann: Person, bot: Bot) -> None:
    first, second, third = await ann.sends_album(("photo", PNG), ("video", b"film"), ("photo", PNG), caption="Thre")
    parts = [update["message"] for update in await bot.updates()]
    assert len({part["media_group_id"] for part in parts}) == 1
    assert [part.get("caption") for part in parts] == ["Thre", None, None]
    assert [kind for part in parts for kind in ("photo", "video") if kind in part] == ["photo", "video", "photo"]
    await ann.edits(first, "Three")
    await ann.edits(third, "the last")
    edited = [update["edited_message"] for update in await bot.updates()]
    assert [(one["message_id"], one["caption"]) for one in edited] == [
        (first["message_id"], "Three"),
        (third["message_id"], "the last"),
    ]
    assert {one["media_group_id"] for one in edited} == {parts[0]["media_group_id"]}
    other = await ann.sends_album(("photo", PNG), ("photo", PNG))
    assert other[0]["media_group_id"] == other[1]["media_group_id"] != second["media_group_id"]


async def test_a_person_replies_with_a_photo_and_sends_every_kind(ann: Person, bot: Bot) -> None:
    question = await bot.says(ann.id, "Show us")
    await ann.sends_photo(PNG, "here", reply_to=question["message_id"])
    await ann.sends("video", b"film", duration=4)
    await ann.sends("video_note", b"round", duration=5)
    await ann.sends_voice(b"sound", duration=6)
    await ann.sends("document", b"%PDF-1.7", name="bill.pdf", caption="the bill")
    await ann.shares_contact("+86 10 1234", "Bo", last_name="Li")
    await ann.shares_location(31.2, 121.4)
    photo, video, note, voice, document, contact, place = [update["message"] for update in await bot.updates()]
    assert photo["reply_to_message"]["message_id"] == question["message_id"]
    assert (video["video"]["duration"], video["video"]["width"]) == (4, 640)
    assert (note["video_note"]["duration"], note["video_note"]["length"]) == (5, 240)
    assert (voice["voice"]["duration"], voice["voice"]["mime_type"]) == (6, "audio/ogg")
    assert document["document"] | {"file_name": "bill.pdf", "mime_type": "application/pdf"} == document["document"]
    assert document["caption"] == "the bill"
    assert contact["contact"] == {"phone_number": "+86 10 1234", "first_name": "Bo", "last_name": "Li"}
    assert place["location"] == {"latitude": 31.2, "longitude": 121.4}


async def test_which_kinds_go_together_in_an_album(ann: Person, bot: Bot) -> None:
    known = {kind: await file_id(bot, ann, kind) for kind in ("photo", "video", "document", "audio")}

    def media(*kinds: str) -> list[Json]:
        return [{"type": kind, "media": known[kind]} for kind in kinds]

    sent = await bot.ok("sendMediaGroup", chat_id=ann.id, media=media("photo", "video", "photo"))
    assert len({one["media_group_id"] for one in sent}) == 1
    await bot.ok("sendMediaGroup", chat_id=ann.id, media=media("document", "document"))
    assert await bot.no("sendMediaGroup", chat_id=ann.id, media=media("photo", "document")) == (
        "Bad Request: document can't be mixed with other media types"
    )
    assert await bot.no("sendMediaGroup", chat_id=ann.id, media=media("audio", "photo")) == (
        "Bad Request: audio can't be mixed with other media types"
    )
    wrong = [
        ({"type": "animation", "media": "x"}, 'type "animation" can\'t be used in sendMediaGroup'),
        ({"type": "voice", "media": "x"}, 'type "voice" is unsupported'),
        ({"type": "photo", "media": "attach://nothing"}, "media not found"),
        ({"type": "photo"}, "media not found"),
    ]
    for part, words in wrong:
        said = await bot.no("sendMediaGroup", chat_id=ann.id, media=[part, part])
        assert said == f"Bad Request: can't parse InputMedia: {words}"
    long = [{**media("photo")[0], "caption": "x" * 1025}, *media("photo")]
    assert "caption is too long" in await bot.no("sendMediaGroup", chat_id=ann.id, media=long)


@pytest.mark.parametrize("kind", ["voice", "video_note"])
async def test_who_refuses_voices_gets_none(world: World, ann: Person, bot: Bot, kind: str) -> None:
    known = await file_id(bot, ann, kind)
    method = "send" + kind.title().replace("_", "")
    await bot.ok(method, chat_id=ann.id, **{kind: known})
    await world.post("voices", **{"from": ann.id}, on=False)
    assert await bot.no(method, chat_id=ann.id, **{kind: known}) == "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    assert (await bot.ok("getChat", chat_id=ann.id))["has_restricted_voice_and_video_messages"] is True
    group = await world.group("Staff", [ann])
    await bot.ok(method, chat_id=group, **{kind: known})


@pytest.mark.parametrize(
    "kind", ["photo", "video", "voice", "video_note", "document", "audio", "location", "contact", "text"]
)
async def test_every_kind_is_copied_and_forwarded(world: World, ann: Person, bot: Bot, kind: str) -> None:
    bo = await world.person("Bo")
    await bo.starts()
    if kind == "text":
        said = await ann.says("words")
    elif kind == "location":
        said = await ann.shares_location(1, 2)
    elif kind == "contact":
        said = await ann.shares_contact("+1", "Bo")
    else:
        said = await ann.sends(kind, PNG, caption="" if kind == "video_note" else "old")
    source = {"chat_id": bo.id, "from_chat_id": ann.id, "message_id": said["message_id"]}
    await bot.ok("copyMessage", **source, caption="<b>new</b>", parse_mode="HTML")
    copy = (await world.chat_messages(bo.id))[-1]
    assert copy[kind] == said[kind]
    expected = "new" if kind in ("photo", "video", "voice", "document", "audio") else None
    assert copy.get("caption") == (None if kind == "video_note" else expected)
    assert copy["from"]["id"] == world.bot_id
    forwarded = await bot.ok("forwardMessage", **source)
    assert forwarded[kind] == said[kind]
    assert forwarded["forward_origin"]["sender_user"]["id"] == ann.id


async def test_several_are_copied_in_order_and_an_album_stays_one(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo")
    await bo.starts()
    album = await ann.sends_album(("photo", PNG), ("photo", PNG), caption="both")
    words = await ann.says("and words")
    numbers = [one["message_id"] for one in (*album, words)]
    source = {"chat_id": bo.id, "from_chat_id": ann.id}
    assert len(await bot.ok("copyMessages", **source, message_ids=[*numbers, 99_999])) == 3
    first, second, third = (await world.chat_messages(bo.id))[-3:]
    assert first["media_group_id"] == second["media_group_id"] != album[0]["media_group_id"]
    assert (first["caption"], third["text"], "media_group_id" in third) == ("both", "and words", False)
    await bot.ok("copyMessages", **source, message_ids=numbers, remove_caption=True)
    assert "caption" not in (await world.chat_messages(bo.id))[-3]
    await bot.ok("copyMessages", **source, message_ids=numbers[1:])
    assert "media_group_id" not in (await world.chat_messages(bo.id))[-2], "one alone is no album"
    assert await bot.no("copyMessages", **source, message_ids=numbers[::-1]) == (
        "Bad Request: message identifiers must be in a strictly increasing order"
    )
    assert await bot.no("copyMessages", **source, message_ids=[99_999]) == "Bad Request: there are no messages to copy"
    assert await bot.no("forwardMessages", **source, message_ids=[99_999]) == (
        "Bad Request: there are no messages to forward"
    )


async def test_what_can_be_copied(world: World, ann: Person, bot: Bot) -> None:
    card = await bot.says(ann.id, "pinned")
    await bot.ok("pinChatMessage", **at(card))
    service = (await world.chat_messages(ann.id))[-1]
    source = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": service["message_id"]}
    assert await bot.no("copyMessage", **source) == "Bad Request: message can't be copied"
    assert await bot.no("forwardMessage", **source) == "Bad Request: message can't be forwarded"


async def test_a_file_is_replaced(world: World, ann: Person, bot: Bot) -> None:
    fields = {
        "chat_id": ann.id,
        "caption": "old",
        "reply_markup": {"inline_keyboard": [[{"text": "A", "url": "t.me"}]]},
    }
    photo = (await upload(world, "sendPhoto", fields, photo=PNG))["result"]
    media = {"type": "document", "media": "attach://paper", "caption": "<b>new</b>", "parse_mode": "HTML"}
    edit = {"chat_id": ann.id, "message_id": photo["message_id"], "media": media}
    edited = (await upload(world, "editMessageMedia", edit, paper=b"%PDF-1.7"))["result"]
    assert edited["document"]["file_name"] == "paper.bin"
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("new", "bold")
    assert "photo" not in edited
    assert "reply_markup" not in edited
    assert edited["edit_date"]
    same = {"type": "document", "media": edited["document"]["file_id"], "caption": "new", "parse_mode": ""}
    changed = await bot.ok("editMessageMedia", **at(photo), media=same)
    assert "caption_entities" not in changed
    assert "is not modified" in await bot.no("editMessageMedia", **at(photo), media=same)
    text = await bot.says(ann.id, "only words")
    grown = await bot.ok("editMessageMedia", **at(text), media=same)
    assert (grown["caption"], "text" in grown) == ("new", False)
    place = await bot.ok("sendLocation", chat_id=ann.id, latitude=1, longitude=1)
    assert await bot.no("editMessageMedia", **at(place), media=same) == (
        "Bad Request: there is no media in the message to edit"
    )
    assert await bot.no("editMessageMedia", **at(text)) == "Bad Request: can't parse InputMedia: media not found"
    hers = await ann.sends_photo(PNG)
    assert await bot.no("editMessageMedia", **at(hers), media=same) == "Bad Request: message can't be edited"


async def test_the_kind_of_an_albums_part_stays(ann: Person, bot: Bot) -> None:
    photo, video, document = [await file_id(bot, ann, kind) for kind in ("photo", "video", "document")]
    one = {"type": "photo", "media": photo}
    part, _ = await bot.ok("sendMediaGroup", chat_id=ann.id, media=[one, one])
    edited = await bot.ok("editMessageMedia", **at(part), media={"type": "video", "media": video})
    assert edited["media_group_id"] == part["media_group_id"]
    assert await bot.no("editMessageMedia", **at(part), media={"type": "document", "media": document}) == (
        "Bad Request: can't change media type in the album"
    )
    edited = await bot.ok("editMessageCaption", **at(part), caption="seen")
    assert edited["caption"] == "seen"
    said = await bot.no("editMessageCaption", **at(part), caption="x" * 1025)
    assert said == "Bad Request: MEDIA_CAPTION_TOO_LONG"
    assert await bot.no("editMessageCaption", **at(await bot.says(ann.id, "x")), caption="y") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_a_person_pins_and_bots_are_told(world: World, ann: Person, bot: Bot) -> None:
    bo = await world.person("Bo")
    group = await world.group("Staff", [ann, bo])
    words = await ann.says("The meeting is on Monday", group)
    with pytest.raises(AssertionError, match="Only administrators"):
        await bo.pins(words, group)
    await ann.pins(words, group)
    update = await bot.next("message")
    while "pinned_message" not in update:
        update = await bot.next("message")
    assert (update["from"]["id"], update["pinned_message"]["text"]) == (ann.id, "The meeting is on Monday")
    assert (await bot.ok("getChat", chat_id=group))["pinned_message"]["message_id"] == words["message_id"]
    await ann.pins(words, group, on=False)
    assert "pinned_message" not in await bot.ok("getChat", chat_id=group)
    assert "message" not in await bot.kinds(), "of a pin taken away nobody is told"


async def test_reactions_to_messages_of_both(ann: Person, bot: Bot) -> None:
    await bot.ok("getUpdates", offset=-1, allowed_updates=["message", "message_reaction"])
    hers, card = await ann.sends_photo(PNG), await bot.says(ann.id, "thank you")
    for message in (hers, card):
        await bot.ok("setMessageReaction", **at(message), reaction=[{"type": "emoji", "emoji": "👍"}])
        await ann.reacts(message, "❤")
        told = await bot.next("message_reaction")
        assert (told["message_id"], told["old_reaction"]) == (message["message_id"], [])
        await ann.reacts(message, None)
        told = await bot.next("message_reaction")
        assert (told["new_reaction"], told["old_reaction"]) == ([], [{"type": "emoji", "emoji": "❤"}])
    await bot.ok("setMessageReaction", **at(hers), reaction=[])
    assert await bot.no("setMessageReaction", chat_id=ann.id, message_id=1) == "Bad Request: message to react not found"


async def test_a_button_copies_a_text(world: World, ann: Person, bot: Bot) -> None:
    def markup(text: Any) -> str:
        return json.dumps({"inline_keyboard": [[{"text": "Copy", "copy_text": {"text": text}}]]})

    card = await bot.says(ann.id, "Your number", reply_markup=markup("V-17"))
    assert await ann.presses("Copy", message=card) == {"copied": "V-17"}
    assert await bot.kinds() == []
    for text in ("", "x" * 257):
        said = await bot.no("sendMessage", chat_id=ann.id, text="x", reply_markup=markup(text))
        assert said == "Bad Request: BUTTON_COPY_TEXT_INVALID"


async def test_a_link_in_a_text_starts_the_bot_in_the_private_chat(world: World, ann: Person, bot: Bot) -> None:
    group = await world.group("Staff", [ann])
    await bot.says(group, "See https://t.me/resident_voices_bot?start=p-17")
    await bot.updates()
    await ann.follows("https://t.me/resident_voices_bot?start=p-17")
    message = await bot.next("message")
    assert (message["chat"]["id"], message["text"]) == (ann.id, "/start p-17")
