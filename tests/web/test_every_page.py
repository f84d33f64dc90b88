"""Every public page, however many there are: sound HTML, an order that can be heard, and never a forgotten one."""

import re

import html5lib
import pytest

from tests.web.conftest import Hall
from tests.web.crawling import Found, crawl, pages, unreached, with_language
from tests.web.test_board_form import Sound

LANGUAGES = ["en", "zh-Hans"]
WRONG = [("/nowhere", 404), ("/board/999", 404), ("/board?kind=x", 400), ("/projects/999", 404),
         ("/reports/aaaaaaaa", 404), ("/reports?area=x", 400), ("/figures?period=1999", 404),
         ("/figures?period=x", 400), ("/?lang=xx", 400)]  # fmt: skip


@pytest.fixture
async def everything(hall: Hall) -> Hall:
    await hall.everything()
    return hall


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_reached_from_the_first(everything: Hall, language: str) -> None:
    found = await crawl(everything, language)
    assert unreached(everything, found) == [], "no page leads there, or hall.everything() lacks what would"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_sound_html_in_an_order_that_can_be_heard(everything: Hall, language: str) -> None:
    found = pages(await crawl(everything, language))
    for path, status in WRONG:
        there, text = await everything.get(path if "lang" in path else with_language(path, language))
        assert there == status, path
        found.append(Found(path, "text/html", text))
    for each in found:
        html5lib.HTMLParser(strict=True).parse(each.text)
        _is_heard_in_order(each, language)


def _is_heard_in_order(page: Found, language: str) -> None:
    sound = Sound(page.text)
    assert sound.wrong == [], page.path
    assert sound.tags["main"] == sound.tags["h1"] == sound.tags["title"] == 1, page.path
    assert sound.headings[0] == 1, page.path
    steps = zip(sound.headings, sound.headings[1:], strict=False)
    assert all(later <= earlier + 1 for earlier, later in steps), (page.path, sound.headings)
    if "lang=xx" not in page.path:
        assert f'<html lang="{language}"' in page.text, page.path
    for table in re.findall(r"<table.*?</table>", page.text, re.DOTALL):
        assert "<caption>" in table and 'scope="col"' in table and 'scope="row"' in table, page.path


async def test_no_page_runs_or_loads_anything_from_elsewhere(everything: Hall) -> None:
    for each in pages(await crawl(everything, "en")):
        assert "<script" not in each.text and "javascript:" not in each.text, each.path
        loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', each.text)
        assert all(address.startswith("/") and not address.startswith("//") for address in loaded), each.path


async def test_each_page_leads_to_all_others(everything: Hall) -> None:
    doors = [door.path for door in everything.board.doors]
    assert len(doors) == len(set(doors)) > 3
    for door in doors:
        text = await everything.sees(with_language(door, "en"))
        missing = [other for other in doors if other != door and f'href="{other}?lang=en"' not in text]
        assert missing == [], f"{door} does not lead to {missing}"
