"""Every public page in a real browser: axe-core finds nothing, and it can be read on a phone, large, printed, and in
forced colours.

A page is opened once and looked at in every way, for to open one takes longer than to look.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.web.browsing import LANGUAGES, WIDE, opened, with_letters
from tests.web.conftest import Hall
from tests.web.crawling import crawl, pages, with_language

pytestmark = pytest.mark.browser
WRONG = ("/nowhere", "/figures?period=x")
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
SMALL = """[...document.querySelectorAll("a, button, select, summary")].filter(each => !each.closest(".skip")
    && each.getBoundingClientRect().height > 0 && each.getBoundingClientRect().height < 24)
    .map(each => each.outerHTML.slice(0, 80))"""
UNREAD = """[...document.querySelectorAll("body *")].filter(each => each.childElementCount === 0
    && each.textContent.trim() && getComputedStyle(each).visibility !== "hidden").filter(each => {
    let ground = each; while (ground && ["rgba(0, 0, 0, 0)", "transparent"].includes(
    getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    return ground && getComputedStyle(ground).backgroundColor === getComputedStyle(each).color;
    }).map(each => each.outerHTML.slice(0, 80))"""
Faults = list[Any]
Look = Callable[[Any], Awaitable[Faults]]


async def axe_finds(page: Any) -> Faults:
    axe = pytest.importorskip("axe_playwright_python.async_playwright", reason="axe is not installed")
    result = await axe.Axe().run(page)
    return [(each["id"], [node["html"][:90] for node in each["nodes"]]) for each in result.response["violations"]]


async def sticks_out(page: Any) -> Faults:
    width = await page.evaluate("document.documentElement.scrollWidth")
    return [*await page.evaluate(WIDE), *([f"{width} wide"] if width > PHONE["width"] else [])]


async def sticks_out_when_large(page: Any) -> Faults:
    await with_letters(page, 200)
    found = await sticks_out(page)
    await with_letters(page, 50)
    return found


async def is_small_to_tap(page: Any) -> Faults:
    return list(await page.evaluate(SMALL))


async def unread_in_forced_colours(page: Any) -> Faults:
    """Nothing depends on our colours."""
    await page.emulate_media(forced_colors="active")
    return list(await page.evaluate(UNREAD))


async def unread_in_the_dark(page: Any) -> Faults:
    """In a dark browser pages stay light."""
    await page.emulate_media(forced_colors="none", color_scheme="dark")
    found = list(await page.evaluate(UNREAD))
    await page.emulate_media(color_scheme="light")
    return found


async def cut_off_on_paper(page: Any) -> Faults:
    """What is read is on the sheet: nothing is wider than paper, and no sheet is empty."""
    pdfium = pytest.importorskip("pypdfium2")
    heading = "".join((await page.locator("h1").inner_text()).split())
    paper = pdfium.PdfDocument(await page.pdf(prefer_css_page_size=True))
    sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
    found = [] if heading in "".join(sheets) else ["no heading"]
    return found if all(sheets) else [*found, "an empty sheet"]


ON_A_PHONE: tuple[Look, ...] = (axe_finds, sticks_out, is_small_to_tap, sticks_out_when_large)
AT_A_DESK: tuple[Look, ...] = (unread_in_forced_colours, unread_in_the_dark, cut_off_on_paper)
IN_THE_HALL: tuple[Look, ...] = (axe_finds, unread_in_forced_colours, unread_in_the_dark)
"""What a screen on the wall shows is on no phone and on no paper."""


@LANGUAGES
async def test_every_page_can_be_read_in_every_way(browser: Any, hall: Hall, language: str) -> None:
    await hall.everything()
    found, looked_at = dict[str, Faults](), await paths(hall, language)
    for path in looked_at:
        page = await opened(browser, hall, path, **PHONE, scripts=True)
        await page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        in_the_hall = "screen=" in path
        found |= {} if in_the_hall else await faults(page, path, ON_A_PHONE)
        await page.set_viewport_size(DESK)
        found |= await faults(page, path, IN_THE_HALL if in_the_hall else AT_A_DESK)
        await page.context.close()
    assert found == {}
    assert len(looked_at) > 10


async def paths(hall: Hall, language: str) -> list[str]:
    """One of each kind, and what says that something is wrong: a browser takes its time with each."""
    found = {re.sub(r"\d+|=[^&]*", "", each.path): each.path for each in pages(await crawl(hall, language))}
    return [with_language(path, language) for path in (*found.values(), *WRONG)]


async def faults(page: Any, path: str, looks: tuple[Look, ...]) -> dict[str, Faults]:
    """What is wrong with a page as it stands, by what looked at it."""
    return {f"{path}: {look.__name__}": wrong for look in looks if (wrong := await look(page))}
