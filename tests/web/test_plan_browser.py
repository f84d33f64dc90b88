"""The plan in a real browser: on a phone, with large letters, on a desk, on paper; and a tap as browsers tell it."""

import re
from typing import Any

import pytest

from domain.estate_plan.spots import Spot
from services.estate_plan import links, placing
from tests.web import plans
from tests.web.browsing import LANGUAGES, WIDE, expect, opened, with_letters
from tests.web.conftest import Hall

pytestmark = pytest.mark.browser
PHONE, TABLET, DESK = (360, 640), (800, 900), (1280, 800)


@pytest.fixture
async def lively(hall: Hall) -> Hall:
    await hall.run(lambda tx: plans.lively(tx, hall.setup.community, hall.wei))
    return hall


@LANGUAGES
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_it_works_without_scripts(browser: Any, lively: Hall, size: tuple[int, int], language: str) -> None:
    page = await opened(browser, lively, f"/plan?lang={language}", *size)
    await expect(page.locator(".dots > svg")).to_have_count(5)
    await page.locator('.dots a[href="#at-b3"]').click()
    await expect(page.locator("#at-b3")).to_be_in_viewport()
    await page.locator("#at-garden .more a").click()
    await page.wait_for_url(re.compile(rf"/reports\?area=garden&lang={language}"))
    assert page.refused == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_each_dot_stands_where_its_area_is(browser: Any, lively: Hall, size: tuple[int, int]) -> None:
    page = await opened(browser, lively, "/plan", *size, scripts=True)
    sheet = await page.locator(".sheet img").bounding_box()
    dot = await page.locator('.dots a[href="#at-b1"] .pad').bounding_box()
    x, y = plans.PLACES["b1"]
    assert abs(dot["x"] + dot["width"] / 2 - (sheet["x"] + sheet["width"] * x / 100)) < 2
    assert abs(dot["y"] + dot["height"] / 2 - (sheet["y"] + sheet["height"] * y / 100)) < 2


async def test_the_pages_for_placing_fit_on_a_phone(browser: Any, lively: Hall) -> None:
    """No link of a public page leads to them."""
    session = await session_of(lively)
    for path in ("/plan/placing", "/plan/placing?area=parking&said=outside", "/plan/placing/x"):
        page = await with_session(browser, lively, session, path, PHONE)
        wide = WIDE.replace(".unseen, .skip", ".unseen, .skip, .tap:not(.small)")
        small = """[...document.querySelectorAll("a, button")].filter(each => !each.closest(".skip")
            && each.getBoundingClientRect().height < 24).map(each => each.outerHTML.slice(0, 80))"""
        assert await page.evaluate(small) == [], path
        for percent in (100, 200):
            await with_letters(page, percent)
            assert await page.evaluate(wide) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_on_paper_the_plan_is_one_sheet_and_grey_will_do(browser: Any, lively: Hall) -> None:
    page = await opened(browser, lively, "/plan", *DESK, scripts=True)
    await page.emulate_media(media="print")
    assert await page.locator(".code.paper").is_visible() and not await page.locator("nav.tongues").is_visible()
    fills = """[...document.querySelectorAll(".legend .dot > :first-child")].map(each => {
        const [r, g, b] = getComputedStyle(each).fill.match(/[0-9]+/g).map(Number); return (r + g + b) / 3 })"""
    light = await page.evaluate(fills)
    assert light[0] > 250 and light[3] < 100, "open is white and fixed is dark, whatever prints it"
    found = (await page.pdf(prefer_css_page_size=True)).count(b"/Type /Page\n")
    assert found <= 3


async def session_of(hall: Hall) -> str:
    """The session of an admin's browser."""
    admin = await hall.run(plans.admin)
    return await hall.run(lambda tx: links.begin(tx, links.make(tx, admin)))


async def with_session(browser: Any, hall: Hall, session: str, path: str, size: tuple[int, int]) -> Any:
    """A page as that browser has it."""
    page = await opened(browser, hall, "/plan", *size, scripts=True)
    await page.context.add_cookies([{"name": "plan", "value": session, "url": f"{hall.address}/plan/placing"}])
    await page.goto(hall.address + path)
    return page


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=["phone", "tablet", "desk"])
async def test_a_tap_is_where_it_was_tapped(browser: Any, lively: Hall, size: tuple[int, int]) -> None:
    """Browsers tell a tap in points of the screen, whatever the screen."""
    session = await session_of(lively)
    page = await with_session(browser, lively, session, "/plan/placing?area=parking", size)
    plan = page.locator("input[type=image]:visible")
    box = await plan.bounding_box()
    await plan.click(position={"x": box["width"] * 0.84, "y": box["height"] * 0.6})
    await expect(page.locator(".hint")).to_contain_text("Car park has its place.")
    spot = (await lively.run(lambda tx: placing.places(tx, lively.setup.community))).shown["parking"]
    assert abs(spot.x - 84) < 0.5 and abs(spot.y - 60) < 0.5


async def test_by_the_keyboard_two_numbers_do(browser: Any, lively: Hall) -> None:
    session = await session_of(lively)
    page = await with_session(browser, lively, session, "/plan/placing?area=parking", DESK)
    await page.locator("input[type=image]:visible").press("Enter")
    await expect(page.locator(".hint")).to_contain_text("That was not on the plan")
    await page.get_by_label("Percent from the left").fill("84")
    await page.get_by_label("Percent from the top").fill("60,5")
    await page.keyboard.press("Enter")
    await expect(page.locator(".hint")).to_contain_text("Car park has its place.")
    spot = (await lively.run(lambda tx: placing.places(tx, lively.setup.community))).shown["parking"]
    assert spot == Spot(84, 60.5)
