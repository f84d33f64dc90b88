"""How the pages of one kind answer: a page, a photo, or what is wrong, in the visitor's language."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storage.core import page_files
from storage.core.database import Transaction
from storage.core.reading import TooSlow
from web import pages
from web.asked_language import WrongQuestion
from web.browser_rules import RULES
from web.page_cache import Made
from web.site import Site

HALF_A_MINUTE = {"Retry-After": "30"}
LONGEST_NUMBER = 18
NEVER_KEPT = {"Cache-Control": "no-store"}
log = structlog.get_logger()

Answer = Callable[[Request], Awaitable[Response]]
Trouble = Callable[[Request, int], Made]
"""The page that says what is wrong, by the request and the status."""


def answered(answer: Answer, trouble: Trouble) -> Answer:
    """As `answer`; what it raises becomes a page that says what is wrong."""

    async def whole(request: Request) -> Response:
        try:
            return await answer(request)
        except WrongQuestion:
            return wrong(request, trouble, 400)
        except (TooSlow, sqlite3.Error, OSError) as error:
            log.warning("page_not_read", path=request.url.path.split("/")[1], error=type(error).__name__)
            return wrong(request, trouble, 503, HALF_A_MINUTE)

    return whole


def wrong(request: Request, trouble: Trouble, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that says what is wrong."""
    return pages.send(request, trouble(request, status), status, headers={**NEVER_KEPT, **(headers or {})})


def way_to(path: str) -> Answer:
    """An answer that leads to `path`, with what was asked for."""

    async def lead(request: Request) -> Response:
        asked_for = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{path}{asked_for}", headers=RULES)

    return lead


def number(written: str) -> int:
    """A number of an address, in its one way of being written. Raises HTTPException."""
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER) or written.startswith("0"):
        raise HTTPException(404)
    return int(written)


def photo(shown: Site, is_shown: Callable[[Transaction, int], str | None]) -> Answer:
    """Answers with a photo's file, if it is shown at this very moment: `is_shown` gives the file_id of that photo."""

    def find(tx: Transaction, name: str) -> tuple[bytes, str] | None:
        named = page_files.named(name)
        if named is None:
            return None
        owner, number = named
        file_id = is_shown(tx, number)
        if file_id is None or page_files.name(owner, number, file_id) != name:
            return None
        return page_files.read(shown.photos, name)

    async def send(request: Request) -> Response:
        name = str(request.path_params["name"])
        found = await shown.reader.run(find, name)
        if found is None:
            raise HTTPException(404)
        content, kind = found
        headers = {"Cache-Control": f"private, {pages.ASK_EACH_TIME}"}
        return pages.send(request, Made(content, f'"{name}"'), kind=kind, headers=headers)

    return send
