"""The sandbox's page in a real browser, with a bot that is nothing but a few calls of the Bot API."""

import asyncio
import io
import json
import shutil
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from sandbox.testing import running_sandbox
from sandbox.tests.bot import PNG
from sandbox.tests.program import start_program

playwright_api = pytest.importorskip("playwright.async_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Json = dict[str, Any]


class World:
    """Both sides of the sandbox for a test: the people API and one bot."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session, self.url, self.token = session, url, token
        self.offset = 0
        self.waiting: list[Json] = []

    async def people(self, path: str, **body: Any) -> Json:
        async with self.session.post(f"{self.url}/api/{path}", json=body) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def reset(self) -> None:
        await self.people("reset")
        self.offset, self.waiting = 0, []

    async def bot(self, method: str, **parameters: Any) -> Any:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def update(self, kind: str, fits: Callable[[Json], bool] = lambda _: True) -> Json:
        """The next update of a kind; those of other kinds are kept for later."""
        async with asyncio.timeout(8):
            while True:
                for update in self.waiting:
                    if kind in update and fits(update[kind]):
                        self.waiting.remove(update)
                        found: Json = update[kind]
                        return found
                batch = await self.bot("getUpdates", offset=self.offset, timeout=3)
                if batch:
                    self.offset = batch[-1]["update_id"] + 1
                    self.waiting += batch

    async def state(self) -> Json:
        async with self.session.get(f"{self.url}/api/state") as response:
            state: Json = await response.json()
            return state


class Page:
    """The opened page, which must stay silent: no error in its console, no breach of its content policy."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.complaints: list[str] = []
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("console", self._console)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def phone(self, person: Json) -> Any:
        return self.tab.locator(f'.phone[data-person="{person["id"]}"]')

    async def sees(self, phone: Any, text: str) -> Any:
        message = phone.locator(".message", has_text=text).last
        await message.wait_for()
        return message

    async def writes(self, phone: Any, text: str) -> None:
        await phone.locator(".composer textarea").fill(text)
        await phone.locator(".composer textarea").press("Enter")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    async with playwright_api.async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # One context for all tests: the page's modules come out of its cache. Without motion nothing is waited for.
        context = await started.new_context(
            viewport={"width": 1600, "height": 1000}, locale="en-GB", reduced_motion="reduce"
        )
        context.set_default_timeout(6000)
        yield context
        await started.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[Any]:
    async with running_sandbox() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def world(server: Any) -> AsyncIterator[World]:
    async with aiohttp.ClientSession() as session:
        world = World(session, server.url, server.token)
        await world.reset()
        yield world


@pytest_asyncio.fixture(loop_scope="module")
async def mei(world: World) -> Json:
    person = await world.people("people", first_name="Mei", last_name="Chen", language_code="en")
    await world.people("start", **{"from": person["id"]})
    await world.update("message")
    return person


@asynccontextmanager
async def opened(browser: Any, world: World) -> AsyncIterator[Page]:
    page = Page(await browser.new_page())
    await page.tab.goto(world.url)
    await page.tab.locator("[data-connection=connected]").wait_for()
    try:
        yield page
        assert page.complaints == []
    except Exception as error:
        error.add_note(f"the page said: {page.complaints}")
        raise
    finally:
        await page.tab.evaluate("localStorage.clear()")
        await page.tab.close()


async def test_text_goes_out_and_comes_in(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await page.writes(phone, "The lamp is out\nin stairwell 3")
        received = await world.update("message", lambda message: "lamp" in message.get("text", ""))
        assert received["text"] == "The lamp is out\nin stairwell 3"
        await world.bot("sendMessage", chat_id=mei["id"], text="Thank you, <b>Mei</b>", parse_mode="HTML")
        answer = await page.sees(phone, "Thank you, Mei")
        assert await answer.locator("strong").inner_text() == "Mei"


async def test_a_press_becomes_a_callback_query_and_its_answer_a_toast_or_an_alert(
    browser: Any, world: World, mei: Json
) -> None:
    buttons = [
        [{"text": "Yes, it is fixed", "callback_data": "yes"}],
        [{"text": "No", "callback_data": "no"}],
    ]
    await world.bot("sendMessage", chat_id=mei["id"], text="Fixed?", reply_markup={"inline_keyboard": buttons})
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".inline-button", has_text="Yes").click()
        query = await world.update("callback_query")
        assert query["data"] == "yes"
        await world.bot("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
        await phone.locator(".toast", has_text="Noted").wait_for()
        await phone.locator(".inline-button", has_text="No").click()
        query = await world.update("callback_query")
        await world.bot("answerCallbackQuery", callback_query_id=query["id"], text="Too late", show_alert=True)
        await phone.locator(".alert", has_text="Too late").wait_for()
        await phone.locator(".alert button").click()
        assert await phone.locator(".alert").count() == 0


async def test_a_reply_keyboard_is_shown_pressed_folded_and_removed(browser: Any, world: World, mei: Json) -> None:
    keyboard = {
        "keyboard": [[{"text": "Say what is wrong"}], [{"text": "My voices"}]],
        "resize_keyboard": True,
    }
    await world.bot("sendMessage", chat_id=mei["id"], text="Hello", reply_markup=keyboard)
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".reply-button", has_text="My voices").click()
        assert (await world.update("message"))["text"] == "My voices"
        await phone.locator(".tool-keyboard").click()
        await phone.locator(".reply-button").first.wait_for(state="detached")
        await phone.locator(".tool-keyboard").click()
        await phone.locator(".reply-button").first.wait_for()
        await world.bot("sendMessage", chat_id=mei["id"], text="Bye", reply_markup={"remove_keyboard": True})
        await phone.locator(".reply-button").first.wait_for(state="detached")


async def test_a_forced_reply_opens_the_reply_bar(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        question = await world.bot(
            "sendMessage", chat_id=mei["id"], text="Which floor?", reply_markup={"force_reply": True}
        )
        await phone.locator(".compose-bar", has_text="Which floor?").wait_for()
        await page.writes(phone, "The third")
        received = await world.update("message")
        assert received["reply_to_message"]["message_id"] == question["message_id"]
        assert await phone.locator(".compose-bar").is_hidden()


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


async def test_edits_of_both_sides_show(browser: Any, world: World, mei: Json) -> None:
    sent = await world.bot("sendMessage", chat_id=mei["id"], text="State: new")
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await page.sees(phone, "State: new")
        await world.bot("editMessageText", chat_id=mei["id"], message_id=sent["message_id"], text="State: done")
        edited = await page.sees(phone, "State: done")
        await edited.locator(".edited").wait_for()
        assert await phone.locator(".message", has_text="State: new").count() == 0

        await page.writes(phone, "A typnig error")
        message = await page.sees(phone, "A typnig error")
        await message.locator(".message-more").click()
        await phone.locator('.menu [data-id="edit"]').click()
        await page.writes(phone, "A typing error")
        await page.sees(phone, "A typing error")
        assert (await world.update("edited_message"))["text"] == "A typing error"
        await (await page.sees(phone, "A typing error")).locator(".message-more").click()
        await phone.locator('.menu [data-id="delete"]').click()
        await phone.locator(".message", has_text="A typing error").wait_for(state="detached")


async def test_a_message_is_reacted_to_and_pinned_and_a_photo_gets_a_caption(
    browser: Any, world: World, mei: Json
) -> None:
    await world.bot("getUpdates", offset=-1, allowed_updates=["message", "edited_message", "message_reaction"])
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        card = await world.bot("sendMessage", chat_id=mei["id"], text="It is fixed")

        async def chooses(message: Any, choice: str) -> None:
            await message.locator(".message-more").click()
            await phone.locator(f'.menu [data-id="{choice}"]').click()

        await chooses(await page.sees(phone, "It is fixed"), "react")
        await phone.locator('[data-emoji="🙏"]').click()
        reaction = await world.update("message_reaction")
        assert (reaction["message_id"], reaction["new_reaction"][0]["emoji"]) == (card["message_id"], "🙏")
        await phone.locator(".reactions", has_text="🙏").wait_for()
        await chooses(await page.sees(phone, "It is fixed"), "react")
        await phone.locator('[data-emoji="none"]').click()
        await phone.locator(".reactions").wait_for(state="detached")

        await chooses(await page.sees(phone, "It is fixed"), "pin")
        pinned = await world.update("message", lambda message: "pinned_message" in message)
        assert pinned["pinned_message"]["text"] == "It is fixed"
        await phone.locator(".message.service", has_text="pinned “It is fixed”").wait_for()
        await phone.locator(".pin-bar", has_text="It is fixed").wait_for()

        await phone.locator(".tool-attach").click()
        await phone.locator('[data-sample="stall"]').click()
        await chooses(phone.locator(".message", has=page.tab.locator(".media-photo")).last, "edit")
        await page.writes(phone, "By the gate")
        await page.sees(phone, "By the gate")
        assert (await world.update("edited_message"))["caption"] == "By the gate"


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


async def test_a_link_to_a_message_of_a_group_opens_it_on_the_page(browser: Any, world: World, mei: Json) -> None:
    bot = await world.bot("getMe")
    staff = await world.people("groups", title="Staff", members=[mei["id"]], forum=True, supergroup=True)
    li = await world.people("people", first_name="Li")
    other = await world.people("groups", title="Others", members=[li["id"]], supergroup=True)
    await world.people("group/add", chat=staff["id"], user=bot["id"])
    first = await world.bot("sendMessage", chat_id=staff["id"], text="Card number 0")
    for number in range(1, 19):
        await world.bot("sendMessage", chat_id=staff["id"], text=f"Card number {number}")

    def link(group: int, message: int) -> str:
        return f"https://t.me/c/{str(group).removeprefix('-100')}/{message}"

    buttons = [
        [{"text": "Card of no. 1", "url": link(staff["id"], first["message_id"])}],
        [{"text": "Elsewhere", "url": link(other["id"], 1)}],
    ]
    text = f"Or here: {link(staff['id'], first['message_id'])}"
    await world.bot("sendMessage", chat_id=mei["id"], text=text, reply_markup={"inline_keyboard": buttons})
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        button = phone.locator(".inline-button", has_text="Card of no. 1")
        for leads_there in (button, phone.locator(".text a", has_text="t.me/c")):
            await leads_there.click()
            await phone.locator(".message.is-target", has_text="Card number 0").wait_for()
            await phone.locator(".open-chats").click()
            await phone.locator(".chat-list button", has_text="Resident Voices").click()
        await phone.locator(".inline-button", has_text="Elsewhere").click()
        await phone.locator(".toast", has_text="Only members of the group").wait_for()
        assert page.tab.url.startswith(world.url)


async def test_the_page_begins_in_the_worlds_language_until_somebody_chooses(browser: Any, world: World) -> None:
    await world.people("scene", people=[{"first_name": "小梅"}], language="zh-hans")
    async with opened(browser, world) as page:
        await page.tab.locator("html[lang=zh-Hans]").wait_for()
        await page.tab.locator('[data-language="en"]').click()
        await page.tab.locator("html[lang=en]").wait_for()
        await page.tab.reload()
        await page.tab.locator("[data-connection=connected]").wait_for()
        await page.tab.locator('html[lang=en] [data-language="en"][aria-pressed="true"]').wait_for()


async def test_topics_are_tabs_and_words_go_into_the_open_one(browser: Any, world: World, mei: Json) -> None:
    bot = await world.bot("getMe")
    group = await world.people("groups", title="Staff", members=[mei["id"]], forum=True, supergroup=True)
    await world.people("group/add", chat=group["id"], user=bot["id"], rights={"can_manage_topics": True})
    topic = await world.bot("createForumTopic", chat_id=group["id"], name="Water")
    thread = topic["message_thread_id"]
    await world.bot("sendMessage", chat_id=group["id"], text="In General")
    card = await world.bot("sendMessage", chat_id=group["id"], message_thread_id=thread, text="A leaking pipe")
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".open-chats").click()
        await phone.locator(f'.chat-row[data-chat="{group["id"]}"]').click()
        await page.sees(phone, "In General")
        await phone.locator(f'.topic[data-thread="{thread}"]').click()
        message = await page.sees(phone, "A leaking pipe")
        await phone.locator(".message", has_text="In General").wait_for(state="detached")
        await message.locator(".message-more").click()
        await phone.locator('.menu [data-id="reply"]').click()
        await page.writes(phone, "I shall go")
        received = await world.update("message", lambda message: message.get("text") == "I shall go")
        assert received["message_thread_id"] == thread
        assert received["reply_to_message"]["message_id"] == card["message_id"]
        await phone.locator(".open-menu").click()
        await phone.locator('.menu [data-id="new-topic"]').click()
        await phone.locator('[data-sheet="topic"] input').fill("Noise")
        await phone.locator('[data-sheet="topic"] button[type=submit]').click()
        await phone.locator(".topic", has_text="Noise").wait_for()


async def test_the_clock_is_moved(browser: Any, world: World) -> None:
    async with opened(browser, world) as page:
        before = await page.tab.locator("#clock").get_attribute("data-now")
        await page.tab.locator('[data-advance="week1"]').click()
        await page.tab.wait_for_function(
            "before => Date.parse(document.querySelector('#clock').dataset.now) - Date.parse(before) > 6e8",
            arg=before,
        )
        assert (await world.state())["clock"]["offset"] == pytest.approx(604800, abs=5)
        await page.tab.locator('[data-advance="morning"]').click()
        await page.tab.locator("#clock", has_text="09:00").wait_for()


HOSTILE = {
    "markup": '<img src=x onerror="document.title=1"><script>document.title=2</script> &amp; <b>no</b>',
    "right to left": "abc مرحبا שלום \u200f(1)",
    "longest": "字" * 4095 + "!",
    "one word": "w" * 3000,
    "emoji": "👩‍👩‍👧‍👦🇨🇳👍🏽",
}


async def test_hostile_text_is_text(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        texts = phone.locator(".message .text")
        for name, text in HOSTILE.items():
            before = await texts.count()
            await world.bot("sendMessage", chat_id=mei["id"], text=text)
            await texts.nth(before).wait_for()
            await page.writes(phone, text)
            assert (await world.update("message"))["text"] == text, name
            await texts.nth(before + 1).wait_for()
            shown = await texts.evaluate_all("all => all.slice(-2).map(one => one.textContent)")
            assert shown == [text, text], name
            wide = await phone.locator(".messages").evaluate("list => list.scrollWidth - list.clientWidth")
            assert wide <= 0, name
        assert await phone.locator(".message .text :is(img, script, b)").count() == 0
        assert await page.tab.title() == "Telegram sandbox"


async def test_a_link_of_a_wrong_kind_is_no_link(browser: Any, world: World, mei: Json) -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 4, "url": "https://example.org/"}]
    await world.bot("sendMessage", chat_id=mei["id"], text="here and there", entities=entities)
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        message = await page.sees(phone, "here and there")
        assert await message.locator("a").get_attribute("rel") == "noopener noreferrer"
        nodes = await page.tab.evaluate(
            """async () => {
                const { richText } = await import("/page/entities.js");
                const box = document.createElement("div");
                const entities = [{ type: "text_link", offset: 0, length: 3, url: "javascript:alert(1)" }];
                box.append(richText("bad", entities));
                return [box.textContent, box.querySelectorAll("a").length];
            }"""
        )
        assert nodes == ["bad", 0]


async def test_an_emptied_world_leaves_nothing_stale(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        await page.phone(mei).wait_for()
        await world.reset()
        await page.phone(mei).wait_for(state="detached")
        await page.tab.locator("#add-phone").click()
        await page.tab.locator(".page-dialog [name=first]").fill("Bo")
        await page.tab.locator(".page-dialog button[type=submit]").click()
        await page.tab.locator(".phone", has_text="Bo").wait_for()
        await page.tab.locator(".start-button").click()
        assert (await world.update("message"))["text"] == "/start"


async def test_the_bot_is_blocked_and_unblocked(browser: Any, world: World, mei: Json) -> None:
    async with opened(browser, world) as page:
        phone = page.phone(mei)
        await phone.locator(".open-menu").click()
        await phone.locator('.menu [data-id="block"]').click()
        assert (await world.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"
        await phone.locator(".start-button").click()
        assert (await world.update("my_chat_member"))["new_chat_member"]["status"] == "member"
        await phone.locator(".composer textarea").wait_for()


STORY = {
    "title": {"en": "A short one", "zh-hans": "短故事"},
    "steps": [
        {"as": "Mei", "do": "start", "caption": {"en": "Mei begins.", "zh-hans": "梅开始了。"}},
        {"as": "Mei", "do": "say", "text": "The lamp is out", "caption": {"en": "She writes.", "zh-hans": "她写道。"}},
    ],
}


async def test_the_story_plays_with_captions_and_the_phone_in_use_stands_out(
    browser: Any, world: World, tmp_path: Path
) -> None:
    story, scene = tmp_path / "story.json", tmp_path / "scene.json"
    story.write_text(json.dumps(STORY), "utf-8")
    scene.write_text(
        json.dumps({"people": [{"first_name": "Mei"}], "phones": [{"person": "Mei", "chat": "bot"}]}), "utf-8"
    )
    other = tmp_path / "other.json"
    steps = [{"as": "Mei", "do": "say", "text": "Moo", "caption": "A cow stands at the gate."}]
    other.write_text(json.dumps({"title": {"en": "A cow", "zh-hans": "一头牛"}, "steps": steps}), "utf-8")
    process = await start_program("--story", str(story), "--story", str(other), "--scene", str(scene))
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    try:
        assert url, "the sandbox did not start"
        async with opened(browser, World(world.session, url, world.token)) as page:
            await page.tab.locator("#show-me").click()
            await page.tab.locator(".caption-text", has_text="Mei begins.").wait_for()
            phone = page.tab.locator(".phone.is-active")
            await phone.wait_for()
            await page.tab.locator('[data-story="next"]').click()
            await page.tab.locator(".caption-text", has_text="She writes.").wait_for()
            await page.tab.locator('[data-language="zh-hans"]').click()
            await page.tab.locator(".caption-text", has_text="她写道。").wait_for()
            await page.sees(phone, "The lamp is out")
            await page.tab.locator('[data-story="stop"]').click()
            await page.tab.locator("#show-me", has_text="演示：短故事").wait_for()
            await page.tab.locator("#show-me-1", has_text="演示：一头牛").click()
            await page.tab.locator(".caption-text", has_text="A cow stands at the gate.").wait_for()
            await page.sees(page.tab.locator(".phone"), "Moo")
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_both_languages_and_large_type_fit_a_narrow_window(browser: Any, world: World, mei: Json) -> None:
    await world.bot("sendMessage", chat_id=mei["id"], text="Good morning")
    async with opened(browser, world) as page:
        await page.tab.set_viewport_size({"width": 400, "height": 860})
        await page.tab.locator('[data-language="zh-hans"]').click()
        await page.tab.locator("html[lang=zh-Hans]").wait_for()
        await page.tab.locator('[data-size="200 %"]').click()
        await page.sees(page.phone(mei), "Good morning")
        assert await page.phone(mei).locator(".screen").evaluate("screen => screen.offsetWidth") == 360
        overflow = await page.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0


async def test_large_type_in_a_low_narrow_window_cuts_neither_the_text_field_nor_the_messages(
    browser: Any, world: World, mei: Json
) -> None:
    keyboard = {"keyboard": [[{"text": "Say what is wrong"}], [{"text": "Ask for a repair"}], [{"text": "Help"}]]}
    await world.bot("sendMessage", chat_id=mei["id"], text="Good morning", reply_markup=keyboard)
    async with opened(browser, world) as page:
        await page.tab.set_viewport_size({"width": 400, "height": 640})
        await page.sees(page.phone(mei), "Good morning")
        await page.tab.locator('[data-size="200 %"]').click()
        field = page.phone(mei).locator(".composer textarea")
        # Measured while the letters were still the old size, the field was half as high as its one line.
        assert await field.evaluate("field => field.scrollHeight - field.clientHeight") <= 0
        assert await page.phone(mei).locator(".messages").evaluate("list => list.clientHeight") >= 140


async def test_a_lever_is_pulled_by_key_and_keeps_its_place_while_the_panel_changes(
    browser: Any, world: World, mei: Json
) -> None:
    lever = {"name": "kill", "label": {"en": "Kill the bot", "zh-hans": "强行结束机器人"}}
    lost = {"name": "lost", "label": {"en": "lost", "zh-hans": "丢失"}, "value": 0}
    await world.people("panel", levers=[lever], counters=[lost])
    async with opened(browser, world) as page:
        await page.tab.set_viewport_size({"width": 400, "height": 860})
        await page.tab.locator('[data-size="200 %"]').click()
        await page.tab.locator(".lever", has_text="Kill the bot").focus()
        await page.tab.keyboard.press("Enter")
        async with world.session.get(f"{world.url}/api/pulls?after=0&timeout=5") as response:
            assert [pull["lever"] for pull in (await response.json())["pulls"]] == ["kill"]
        note = {"text": {"en": "Killed, starting again", "zh-hans": "正在重新启动"}, "alarm": True}
        await world.people("panel", levers=[lever], note=note, counters=[{**lost, "value": 2, "alarm": True}])
        # A change that makes the page read everything anew must not take the lever from under the finger.
        await world.bot("setMyCommands", commands=[{"command": "my", "description": "My reports"}])
        await page.tab.locator(".panel-note.is-alarm", has_text="Killed, starting again").wait_for()
        await page.tab.locator('.counter.is-alarm[data-counter=lost][data-value="2"]').wait_for()
        await page.tab.locator(".phone .tool-slash").first.wait_for()
        assert await page.tab.evaluate("document.activeElement.dataset.lever") == "kill"
        assert await page.tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        await page.tab.locator('[data-language="zh-hans"]').click()
        await page.tab.locator(".panel-note", has_text="正在重新启动").wait_for()
        await page.tab.locator(".lever", has_text="强行结束机器人").wait_for()
