"""Every public page in a real browser: axe-core finds nothing, and it can be read on a phone, large, printed, and in
forced colours."""

import re
from typing import Any

import pytest

from tests.web.browsing import LANGUAGES, WIDE, opened, with_letters
from tests.web.conftest import Hall
from tests.web.crawling import crawl, pages, with_language

pytestmark = pytest.mark.browser
WRONG = ("/nowhere", "/figures?period=x")


@pytest.fixture
async def everything(hall: Hall) -> Hall:
    await hall.everything()
    return hall


async def paths(hall: Hall, language: str) -> list[str]:
    """One of each kind, and what says that something is wrong: a browser takes its time with each."""
    found = {re.sub(r"\d+|=[^&]*", "", each.path): each.path for each in pages(await crawl(hall, language))}
    return [with_language(path, language) for path in (*found.values(), *WRONG)]


@LANGUAGES
@pytest.mark.parametrize("size", [(360, 640), (1280, 800)], ids=["phone", "desk"])
async def test_axe_finds_nothing(browser: Any, everything: Hall, size: tuple[int, int], language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright", reason="axe is not installed")
    found = {}
    for path in await paths(everything, language):
        page = await opened(browser, everything, path, *size, scripts=True)
        result = await axe.Axe().run(page)
        found[path] = [
            (each["id"], [node["html"][:90] for node in each["nodes"]]) for each in result.response["violations"]
        ]
        await page.context.close()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) > 10


@LANGUAGES
@pytest.mark.parametrize("letters", [100, 200])
async def test_nothing_sticks_out_on_a_phone(browser: Any, everything: Hall, letters: int, language: str) -> None:
    found = {}
    for path in await paths(everything, language):
        if "screen=" in path:
            continue  # for the hall alone
        page = await opened(browser, everything, path, 360, 640, scripts=True)
        await with_letters(page, letters)
        found[path] = await page.evaluate(WIDE)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360, path
        await page.context.close()
    assert {path: wide for path, wide in found.items() if wide} == {}


@LANGUAGES
async def test_what_is_tapped_is_large_enough(browser: Any, everything: Hall, language: str) -> None:
    small = """[...document.querySelectorAll("a, button, select, summary")].filter(each => !each.closest(".skip")
        && each.getBoundingClientRect().height > 0 && each.getBoundingClientRect().height < 24)
        .map(each => each.outerHTML.slice(0, 80))"""
    for path in await paths(everything, language):
        page = await opened(browser, everything, path, 360, 640, scripts=True)
        assert await page.evaluate(small) == [], path
        await page.context.close()


@LANGUAGES
@pytest.mark.parametrize("how", [{"forced_colors": "active"}, {"color_scheme": "dark"}], ids=["forced", "dark"])
async def test_no_words_are_lost_in_other_colours(
    browser: Any, everything: Hall, how: dict[str, str], language: str
) -> None:
    """In a dark browser pages stay light; with forced colours nothing depends on ours."""
    for path in await paths(everything, language):
        page = await opened(browser, everything, path, 1280, 800, scripts=True)
        await page.emulate_media(**how)
        unread = """[...document.querySelectorAll("body *")].filter(each => each.childElementCount === 0
            && each.textContent.trim() && getComputedStyle(each).visibility !== "hidden").filter(each => {
            let ground = each; while (ground && ["rgba(0, 0, 0, 0)", "transparent"].includes(
            getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
            return ground && getComputedStyle(ground).backgroundColor === getComputedStyle(each).color;
            }).map(each => each.outerHTML.slice(0, 80))"""
        assert await page.evaluate(unread) == [], path
        await page.context.close()


@LANGUAGES
async def test_on_paper_no_words_are_cut_off(browser: Any, everything: Hall, language: str) -> None:
    """What is read is on the sheet: nothing is wider than paper, and no page is empty."""
    pdfium = pytest.importorskip("pypdfium2")
    for path in await paths(everything, language):
        if "screen=" in path:
            continue
        page = await opened(browser, everything, path, 1400, 900)
        heading = "".join((await page.locator("h1").inner_text()).split())
        paper = pdfium.PdfDocument(await page.pdf(prefer_css_page_size=True))
        sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
        assert heading in "".join(sheets), path
        assert all(sheets), f"{path} has an empty sheet"
        await page.context.close()
