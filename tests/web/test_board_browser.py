"""The board in a real browser: on a phone, with letters twice as large, on a desk, in the hall, on paper."""

import re
from typing import Any

import pytest

from tests.web import promises
from tests.web.browsing import LANGUAGES, expect, opened
from tests.web.conftest import Hall
from web.page_cache import PageCache
from web.pledges import board_writing

pytestmark = pytest.mark.browser


@pytest.fixture
async def lively(hall: Hall) -> Hall:
    """A board with something of everything, long words among them."""
    hall.board.cache = PageCache(0, 0)
    for plan in (promises.EVERY_DAY, promises.COUPLETS, promises.ON_CALL, promises.ONCE, promises.WEEKEND):
        await hall.promise(promises.LONG, plan, areas=("b3", "south"), name=True, photos=True)
    hall.clock.advance(days=12)
    for _ in range(8):
        await hall.run(lambda tx: promises.keep(tx, hall.bo, 1))
    await hall.run(lambda tx: promises.count(tx, hall.bo, 2, 10))
    return hall


@LANGUAGES
@pytest.mark.parametrize("size", [(360, 640), (1280, 800)], ids=["phone", "desk"])
async def test_it_works_without_scripts(browser: Any, lively: Hall, size: tuple[int, int], language: str) -> None:
    page = await opened(browser, lively, f"/board?lang={language}", *size)
    await expect(page.locator("article.card")).to_have_count(5)
    assert await page.locator("progress").is_visible()
    await page.locator("summary").click()
    await page.locator("select[name=kind]").select_option("quota")
    await page.locator("button[type=submit]").click()
    await page.wait_for_url(re.compile("kind=quota"))
    await expect(page.locator("article.card")).to_have_count(1)
    assert await page.locator("html").get_attribute("lang") == language, "the language stays"
    other = {"en": "zh-Hans", "zh-Hans": "en"}[language]
    await page.locator(f"nav.tongues a[lang={other}]").click()
    await page.wait_for_url(re.compile(f"lang={other}"))
    await expect(page.locator("article.card")).to_have_count(1)
    assert page.refused == []


@LANGUAGES
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1080, 1920)], ids=["full-hd", "small", "upright"])
async def test_in_the_hall_all_is_on_one_screen_and_large(
    browser: Any, lively: Hall, size: tuple[int, int], language: str
) -> None:
    page = await opened(browser, lively, f"/board?screen=1&lang={language}", *size, scripts=True)
    await expect(page.locator("article.card")).to_have_count(4)
    below = """[...document.querySelectorAll(".card, .tally, .progress, .facts, footer")].filter(each =>
        each.getBoundingClientRect().bottom > (each.closest(".card") || document.documentElement)
        .getBoundingClientRect().bottom + 1).map(each => each.outerHTML.slice(0, 80))"""
    assert await page.evaluate(below) == []
    letters = "parseFloat(getComputedStyle(document.querySelector('.words')).fontSize)"
    assert await page.evaluate(letters) >= min(size) * 0.03


async def test_in_the_hall_it_turns_its_pages_by_itself(
    browser: Any, lively: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_writing, "TURN_SECONDS", 1)
    page = await opened(browser, lively, "/board?screen=1", 1366, 768)
    await page.wait_for_url(re.compile("after=published-4"))
    await expect(page.locator("article.card")).to_have_count(1)
    await page.wait_for_url(re.compile("screen=1$"))
    await expect(page.locator("article.card")).to_have_count(4)


async def test_on_paper_it_is_a3_and_no_card_is_torn(browser: Any, lively: Hall) -> None:
    for _ in range(14):
        await lively.promise(promises.LONG, promises.ON_CALL)
    page = await opened(browser, lively, "/board?print=1", 1400, 900)
    paper = await page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert len(sizes) >= 2
    assert {tuple(round(float(side) / 72 * 25.4) for side in size) for size in sizes} == {(420, 297)}
    pdfium = pytest.importorskip("pypdfium2")
    sheets = [sheet.get_textpage().get_text_range() for sheet in pdfium.PdfDocument(paper)]
    assert all("As it stands on Saturday, 14 March 2026" in sheet for sheet in sheets), "each hangs by itself"
    whole = " ".join(promises.LONG.split())
    for sheet in sheets:
        text = " ".join(sheet.split())
        assert text.count("No. ") == text.count(whole), "a number without all of its words: a card was torn"
    assert "Say thank you" not in "".join(sheets) and "Ctrl+P" not in "".join(sheets)
