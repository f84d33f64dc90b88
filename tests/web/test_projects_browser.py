"""The pages of projects in a real browser: on a phone, with letters twice as large, on a desk, on paper."""

import re
from typing import Any

import pytest

from tests.web.browsing import LANGUAGES, expect, opened
from tests.web.conftest import Hall
from tests.web.public_projects import LONG

pytestmark = pytest.mark.browser


@pytest.fixture
async def lively(hall: Hall) -> Hall:
    await hall.lively_projects()
    hall.clock.advance(days=16)
    return hall


@LANGUAGES
@pytest.mark.parametrize("size", [(360, 640), (1280, 800)], ids=["phone", "desk"])
async def test_it_works_without_scripts(browser: Any, lively: Hall, size: tuple[int, int], language: str) -> None:
    page = await opened(browser, lively, f"/projects?lang={language}", *size)
    await expect(page.locator("article.card")).to_have_count(2)
    await page.locator("#p1 .more a").click()
    await page.wait_for_url(re.compile("/projects/1"))
    assert await page.locator("html").get_attribute("lang") == language, "the language stays"
    await expect(page.locator(".steps .now")).to_have_count(1)
    other = {"en": "zh-Hans", "zh-Hans": "en"}[language]
    await page.locator(f"nav.tongues a[lang={other}]").click()
    await page.wait_for_url(re.compile(f"/projects/1.lang={other}"))
    await page.locator(".back a").click()
    await expect(page.locator("article.card")).to_have_count(2)
    assert page.refused == []


async def test_the_photos_are_there(browser: Any, lively: Hall) -> None:
    page = await opened(browser, lively, "/projects/1", 1280, 800, scripts=True)
    await expect(page.locator(".sides img")).to_have_count(3)
    before, after = page.locator(".pictures").nth(0), page.locator(".pictures").nth(1)
    boxes = [await each.bounding_box() for each in (before, after)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"], "side by side"


@LANGUAGES
async def test_on_paper_it_is_a4_with_the_code_of_its_page(browser: Any, lively: Hall, language: str) -> None:
    page = await opened(browser, lively, f"/projects/1?lang={language}", 1400, 900)
    paper = await page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert {tuple(round(float(side) / 72 * 25.4) for side in size) for size in sizes} == {(210, 297)}
    pdfium = pytest.importorskip("pypdfium2")
    sheets = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in pdfium.PdfDocument(paper)]
    assert len(sheets) <= 2
    assert "voices.example.org/projects/1" in sheets[0], "who stands before the notice board finds today's state"
    assert ("AsitstandsonWednesday,18March2026" if language == "en" else "2026年3月18日") in sheets[0]
    text = "".join(sheets)
    assert text.count("".join(LONG.split())) == 3
    assert "resident_voices_bot" not in text and "Allprojects" not in text
