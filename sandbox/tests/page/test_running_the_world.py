"""What stands around the phones: the language, the clock, the story, the levers, an emptied world."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.tests.page.browsing import IN_A_BROWSER, Json, World, opened
from sandbox.tests.program import start_program

pytestmark = IN_A_BROWSER


async def test_the_page_begins_in_the_worlds_language_until_somebody_chooses(browser: Any, world: World) -> None:
    await world.people("scene", people=[{"first_name": "小梅"}], language="zh-hans")
    async with opened(browser, world) as page:
        await page.tab.locator("html[lang=zh-Hans]").wait_for()
        await page.tab.locator('[data-language="en"]').click()
        await page.tab.locator("html[lang=en]").wait_for()
        await page.tab.reload()
        await page.tab.locator("[data-connection=connected]").wait_for()
        await page.tab.locator('html[lang=en] [data-language="en"][aria-pressed="true"]').wait_for()


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
