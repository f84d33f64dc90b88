"""Photos, sound, papers, places and contacts on the page, of both sides."""

import io
import json
import wave
from typing import Any

import aiohttp
import pytest

from sandbox.tests.bot import PNG
from sandbox.tests.page.browsing import IN_A_BROWSER, Json, World, opened

pytestmark = IN_A_BROWSER


async def test_photos_are_uploaded_drawn_and_put_into_albums(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".tool-attach").click()
        await phone.locator(".caption-field").fill("By the gate")
        await phone.locator('[data-sample="stall"]').click()
        drawn = await world.update("message")
        assert drawn["photo"][-1]["width"] >= 320
        assert drawn["caption"] == "By the gate"
        await phone.locator(".media-photo img").first.wait_for()

        await phone.locator(".tool-attach").click()
        await phone.locator('[data-attach="album"]').click()
        parts = [await world.update("message"), await world.update("message")]
        assert parts[0]["media_group_id"] == parts[1]["media_group_id"]
        await phone.locator(".media-album .media-photo").nth(1).wait_for()

        picture = await page.tab.screenshot(clip={"x": 0, "y": 0, "width": 300, "height": 200})
        await phone.locator(".tool-attach").click()
        chosen = {"name": "gate.png", "mimeType": "image/png", "buffer": picture}
        await phone.locator('input[type=file][accept^="image"]').set_input_files(chosen)
        assert (await world.update("message"))["photo"]

        await phone.locator(".media-photo").first.click()
        await page.tab.locator(".lightbox img").wait_for()
        await page.tab.keyboard.press("Escape")


async def test_a_sample_voice_note_is_sound(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".tool-attach").click()
        await phone.locator('[data-attach="voice"]').click()
        voice = (await world.update("message"))["voice"]
        assert voice["duration"] == 3
        await phone.locator(".media-voice", has_text="0:03").wait_for()
        file = await world.bot("getFile", file_id=voice["file_id"])
        async with world.session.get(f"{world.url}/file/bot{world.token}/{file['file_path']}") as response:
            content = io.BytesIO(await response.read())
        with wave.open(content) as sound:
            assert sound.getnframes() == 3 * sound.getframerate()


async def test_places_and_contacts_are_shared(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".tool-attach").click()
        await phone.locator('[data-attach="location"]').click()
        await phone.locator(".chip", has_text="Market").click()
        await phone.locator('[data-id="send-location"]').click()
        assert (await world.update("message"))["location"]["latitude"] == pytest.approx(31.23, abs=0.01)
        await phone.locator(".media-place").wait_for()
        await phone.locator(".tool-attach").click()
        await phone.locator('[data-attach="contact"]').click()
        await phone.locator(f'[data-sheet="contacts"] [data-person="{mei["id"]}"]').click()
        assert (await world.update("message"))["contact"]["user_id"] == mei["id"]


async def test_albums_papers_and_links_of_the_bot_show(browser: Any, world: World, mei: Json) -> None:
    async def album(kind: str, count: int, name: str) -> None:
        form = aiohttp.FormData()
        media = [{"type": kind, "media": f"attach://part{number}"} for number in range(count)]
        form.add_field("chat_id", str(mei["id"]))
        form.add_field("media", json.dumps(media))
        for number in range(count):
            form.add_field(f"part{number}", PNG, filename=f"{number}{name}")
        async with world.session.post(f"{world.url}/bot{world.token}/sendMediaGroup", data=form) as response:
            assert (await response.json())["ok"]

    await album("video", 3, ".mp4")
    await album("document", 2, "bill.pdf")
    link = "https://t.me/resident_voices_bot?start=p-17"
    copy = {"inline_keyboard": [[{"text": "Copy", "copy_text": {"text": "V-17"}}]]}
    await world.bot("sendMessage", chat_id=mei["id"], text=f"Vote: {link}", reply_markup=copy)
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        tops = [
            (await phone.locator(".media-album.is-grid video").nth(number).bounding_box())["y"] for number in range(3)
        ]
        assert tops[0] < tops[1] == tops[2], "the first is wide, the others stand side by side"
        papers = phone.locator(".media-album.is-list .media-file")
        assert await papers.nth(1).get_attribute("download") == "1bill.pdf"
        first, second = [await papers.nth(number).bounding_box() for number in range(2)]
        assert first["x"] == second["x"]
        async with page.tab.expect_download() as download:
            await papers.first.click()
        assert (await download.value).suggested_filename == "0bill.pdf"
        await phone.locator(".inline-button", has_text="Copy").click()
        await phone.locator(".toast", has_text="Copied").wait_for()
        await phone.locator(".text a", has_text="start=p-17").click()
        started = await world.update("message", lambda message: message.get("text") == "/start p-17")
        assert started["chat"]["id"] == mei["id"]
