"""Files of both sides: sizes, downloads, albums, the real refusals."""

import pytest

from sandbox.client import Person, World
from sandbox.files import picture_size
from sandbox.tests.bot import PNG, Bot, upload

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b0801e00280010111 00".replace(" ", ""))


async def fetched(world: World, bot: Bot, file_id: str) -> bytes:
    file = await bot.ok("getFile", file_id=file_id)
    async with world.session.get(f"{world.url}/file/bot{world.token}/{file['file_path']}") as response:
        assert response.status == 200
        return await response.read()


def test_pictures_tell_their_size() -> None:
    assert picture_size(PNG) == (1024, 768)
    assert picture_size(JPEG) == (640, 480)
    for broken in (b"", b"GIF89a", b"\xff\xd8\xff", JPEG[:20]):
        with pytest.raises(ValueError):
            picture_size(broken)


async def test_a_persons_photo_comes_in_several_sizes(world: World, ann: Person, bot: Bot) -> None:
    await ann.sends("photo", PNG, caption="By the gate, /now")
    message = await bot.next("message")
    assert [(size["width"], size["height"]) for size in message["photo"]] == [
        (90, 68),
        (320, 240),
        (800, 600),
        (1024, 768),
    ]
    assert message["caption"] == "By the gate, /now"
    assert message["caption_entities"][0]["type"] == "bot_command"
    assert await fetched(world, bot, message["photo"][-1]["file_id"]) == PNG
    async with world.session.get(f"{world.url}/api/files/{message['photo'][0]['file_unique_id']}") as response:
        assert response.content_type == "image/jpeg"
        assert await response.read() == PNG


@pytest.mark.parametrize("kind", ["voice", "video", "video_note", "document", "audio"])
async def test_other_files_come_as_they_are(world: World, ann: Person, bot: Bot, kind: str) -> None:
    await ann.sends(kind, b"content", duration=7)
    media = (await bot.next("message"))[kind]
    assert await fetched(world, bot, media["file_id"]) == b"content"
    assert media.get("duration", 7) == 7
    sent = await bot.ok(f"send{kind.title().replace('_', '')}", chat_id=ann.id, **{kind: media["file_id"]})
    assert sent[kind]["file_unique_id"] == media["file_unique_id"]


async def test_the_parts_of_an_album_belong_together(world: World, ann: Person, bot: Bot) -> None:
    for album in ("a", "a", "b"):
        await ann.sends("photo", PNG, album=album)
    first, second, third = (update["message"]["media_group_id"] for update in await bot.updates())
    assert first == second != third


async def test_a_bot_uploads_files(world: World, ann: Person, bot: Bot) -> None:
    fields = {"chat_id": ann.id, "caption": "<b>proof</b>", "parse_mode": "HTML"}
    photo = (await upload(world, "sendPhoto", fields, photo=PNG))["result"]
    assert photo["photo"][-1]["width"] == 1024
    assert (photo["caption"], photo["caption_entities"][0]["type"]) == ("proof", "bold")
    attached = {"chat_id": ann.id, "document": "attach://report"}
    document = (await upload(world, "sendDocument", attached, report=b"1,2"))["result"]
    assert document["document"]["file_name"] == "report.bin"
    edited = await bot.ok("editMessageCaption", chat_id=ann.id, message_id=photo["message_id"], caption="new")
    assert (edited["caption"], "caption_entities" in edited) == ("new", False)
    assert await world.complaints() == []


async def test_an_album_is_sent(world: World, ann: Person, bot: Bot) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "both"},
        {"type": "photo", "media": "attach://two"},
    ]
    answer = await upload(world, "sendMediaGroup", {"chat_id": ann.id, "media": media}, one=PNG, two=PNG)
    first, second = answer["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "both"
    assert await world.complaints() == []
    assert await bot.no("sendMediaGroup", chat_id=ann.id, media=[]) == "Bad Request: there are no messages to send"
    said = await bot.no("sendMediaGroup", chat_id=ann.id, media=[media[0]] * 11)
    assert said == "Bad Request: too many messages to send as an album"


async def test_refusals_about_files(world: World, ann: Person, bot: Bot) -> None:
    where = {"chat_id": ann.id}
    assert await bot.no("sendPhoto", **where) == "Bad Request: there is no photo in the request"
    assert "wrong remote file identifier specified" in await bot.no("sendPhoto", **where, photo="AgACnothing")
    assert await bot.no("getFile") == "Bad Request: file_id not specified"
    assert await bot.no("getFile", file_id="x") == "Bad Request: invalid file_id"
    said = (await upload(world, "sendPhoto", {"chat_id": ann.id}, photo=b"no picture"))["description"]
    assert said == "Bad Request: IMAGE_PROCESS_FAILED"
    photo = (await upload(world, "sendPhoto", {"chat_id": ann.id}, photo=PNG))["result"]["photo"][0]["file_id"]
    said = await bot.no("sendDocument", **where, document=photo)
    assert said == "Bad Request: can't use file of type Photo as Document"
    said = await bot.no("sendPhoto", **where, photo=photo, caption="x" * 1025)
    assert said == "Bad Request: message caption is too long"


async def test_a_file_over_20_megabytes_cannot_be_fetched(ann: Person, bot: Bot) -> None:
    await ann.sends("document", bytes(20 * 1024 * 1024 + 1))
    file_id = (await bot.next("message"))["document"]["file_id"]
    assert await bot.no("getFile", file_id=file_id) == "Bad Request: file is too big"


async def test_a_file_never_runs_as_a_page(world: World, ann: Person, bot: Bot) -> None:
    await ann.sends("document", b"<script>alert(1)</script>", name="page.html")
    document = (await bot.next("message"))["document"]
    async with world.session.get(f"{world.url}/api/files/{document['file_unique_id']}") as response:
        assert response.content_type == "application/octet-stream"
