"""What tests of the pages in a real browser share (the browser itself: the fixture `browser`)."""

from typing import Any

import pytest

from tests.web.conftest import Hall

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-Hans"])
WIDE = """[...document.querySelectorAll("body *")].filter(each => !each.closest(".unseen, .skip, thead")
    && each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(each => each.outerHTML.slice(0, 80))"""
"""What sticks out at the right."""


def expect(what: Any) -> Any:
    """Playwright's own; it is there where a test came so far that it has a page."""
    from playwright.async_api import expect as expected

    return expected(what)


async def opened(browser: Any, hall: Hall, path: str, width: int, height: int, *, scripts: bool = False) -> Any:
    """A page in a window as large as that; what it would have loaded or run against the rules is gathered."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, bypass_csp=scripts
    )
    page = await context.new_page()
    page.refused = []
    page.on("console", lambda message: page.refused.append(message.text))
    page.on("requestfailed", lambda request: page.refused.append(request.url))
    await page.goto(hall.address + path)
    return page


async def with_letters(page: Any, percent: int) -> None:
    """Letters so much larger than they are."""
    size = await page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    await page.add_style_tag(content=f"html {{ font-size: {size * percent / 100}px !important }}")
