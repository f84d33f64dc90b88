"""What is written stays words, and can be read in both languages and in large type."""

from typing import Any

import pytest

from sandbox.tests.page.browsing import IN_A_BROWSER, Json, World, opened

pytestmark = IN_A_BROWSER


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


@pytest.mark.parametrize("size", ["100 %", "200 %"])
async def test_a_low_narrow_window_cuts_neither_the_text_field_nor_the_messages(
    browser: Any, world: World, mei: Json, size: str
) -> None:
    keyboard = {"keyboard": [[{"text": "Say what is wrong"}], [{"text": "Ask for a repair"}], [{"text": "Help"}]]}
    await world.bot("sendMessage", chat_id=mei["id"], text="Good morning", reply_markup=keyboard)
    async with opened(browser, world) as page:
        await page.tab.set_viewport_size({"width": 360, "height": 640})
        await page.sees(page.phone(mei), "Good morning")
        await page.tab.locator(f'[data-size="{size}"]').click()
        field = page.phone(mei).locator(".composer textarea")
        # Measured while the letters were still the old size, the field was half as high as its one line.
        assert await field.evaluate("field => field.scrollHeight - field.clientHeight") <= 0
        assert await page.phone(mei).locator(".messages").evaluate("list => list.clientHeight") >= 140
