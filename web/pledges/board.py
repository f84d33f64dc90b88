"""The promise board as web pages: where they are, and what is answered when something is wrong.

They only read, on connections that cannot write, and say nothing of anybody but what the board shows in the chat, too.
"""

import functools
import sqlite3
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from storage.core.database import Transaction
from storage.core.reading import TooSlow
from storage.pledges import board, board_files
from web import pages
from web.page_cache import Made
from web.pledges import board_query, board_writing
from web.pledges.board_query import BoardQuery, WrongQuestion
from web.pledges.board_writing import Board

HALF_A_MINUTE = {"Retry-After": "30"}
ONE_DAY = {"Cache-Control": "public, max-age=86400"}
LONGEST_NUMBER = 18
NEVER_KEPT = {"Cache-Control": "no-store"}
log = structlog.get_logger()

Answer = Callable[[Board, Request], Awaitable[Response]]


def routes(shown: Board) -> list[BaseRoute]:
    """Everything below /board, and the way there from /."""
    return [
        Route("/", _way_there),
        Route("/board", functools.partial(_answered, _page, shown)),
        Route("/board/", _way_there),
        Route("/board/board.css", _style),
        Route("/board/sheet.css", functools.partial(_answered, _foot, shown)),
        Route("/board/icon.svg", _icon),
        Route("/board/bot.svg", functools.partial(_code, shown)),
        Route("/board/{number}", functools.partial(_answered, _alone, shown)),
        Route("/board/photos/{name}", functools.partial(_answered, _photo, shown)),
    ]


async def missing(shown: Board, request: Request, error: Exception) -> Response:
    """The answer where nothing of ours is, or a way of asking that is not taken."""
    assert isinstance(error, HTTPException)
    return _trouble(shown, request, error.status_code, error.headers or {})


async def _answered(answer: Answer, shown: Board, request: Request) -> Response:
    try:
        return await answer(shown, request)
    except WrongQuestion:
        return _trouble(shown, request, 400)
    except (TooSlow, sqlite3.Error, OSError) as error:
        log.warning("board_not_read", error=type(error).__name__)
        return _trouble(shown, request, 503, HALF_A_MINUTE)


async def _way_there(request: Request) -> Response:
    asked_for = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/board{asked_for}", headers=pages.RULES)


async def _page(shown: Board, request: Request) -> Response:
    wish = _wish(shown, request)

    async def make() -> Made:
        return await shown.reader.run(board_writing.write, shown, wish)

    return pages.send(request, await shown.cache.page(wish, make))


async def _alone(shown: Board, request: Request) -> Response:
    wish, number = _wish(shown, request), _number(str(request.path_params["number"]))

    async def make() -> Made:
        made = await shown.reader.run(board_writing.write_alone, shown, wish, number)
        if made is None:
            raise HTTPException(404)
        return made

    return pages.send(request, await shown.cache.page(("alone", number, wish), make))


def _number(written: str) -> int:
    """A promise's number, in its one way of being written. Raises HTTPException."""
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER) or written.startswith("0"):
        raise HTTPException(404)
    return int(written)


async def _photo(shown: Board, request: Request) -> Response:
    """A photo's file, if the board shows it at this very moment."""
    name = str(request.path_params["name"])
    found = await shown.reader.run(_file, shown, name)
    if found is None:
        raise HTTPException(404)
    content, kind = found
    headers = {"Cache-Control": f"private, {pages.ASK_EACH_TIME}"}
    return pages.send(request, Made(content, f'"{name}"'), kind=kind, headers=headers)


def _file(tx: Transaction, shown: Board, name: str) -> tuple[bytes, str] | None:
    named = board_files.named(name)
    if named is None:
        return None
    pledge, checkin = named
    file_id = board.photo(tx, checkin)
    if file_id is None or board_files.name(pledge, checkin, file_id) != name:
        return None
    try:
        content = (shown.photos / name).read_bytes()
    except FileNotFoundError:
        return None
    kind = board_files.kind(content)
    return None if kind is None else (content, kind)


async def _style(request: Request) -> Response:
    fresh = request.url.query == pages.style_address().partition("?")[2]
    headers = {"Cache-Control": pages.FOR_EVER} if fresh else None
    return pages.send(request, pages.style(), kind="text/css; charset=utf-8", headers=headers)


async def _foot(shown: Board, request: Request) -> Response:
    """What stands in the margin of each printed sheet: whose board it is, and of which day."""
    wish = _wish(shown, request)

    async def make() -> Made:
        return await shown.reader.run(board_writing.write_foot, shown, wish)

    return pages.send(request, await shown.cache.page(("foot", wish.language), make), kind="text/css; charset=utf-8")


async def _icon(request: Request) -> Response:
    return pages.send(request, pages.icon(), kind="image/svg+xml", headers=ONE_DAY)


async def _code(shown: Board, request: Request) -> Response:
    """A QR code that opens the bot, for the hall and for paper."""
    return pages.send(request, shown.code, kind="image/svg+xml", headers=ONE_DAY)


def _wish(shown: Board, request: Request) -> BoardQuery:
    return board_query.read(request.query_params, request.headers.get("Accept-Language", ""), shown.community)


def _trouble(shown: Board, request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    try:
        wish = _wish(shown, request)
    except WrongQuestion:
        accepted = request.headers.get("Accept-Language", "")
        wish = BoardQuery(board_query.language(None, accepted, shown.community))
    return pages.send(request, _written(shown, wish, status), status, headers={**NEVER_KEPT, **(headers or {})})


def _written(shown: Board, wish: BoardQuery, status: int) -> Made:
    """The page that says what is wrong. Programs try many addresses: it is written once a language."""
    if status >= 500:
        # The board in the hall goes on trying the very page.
        return board_writing.write_trouble(shown, wish, status)
    plain = BoardQuery(wish.language, wish.said, view=wish.view)
    if (status, plain) not in shown.troubles:
        shown.troubles[status, plain] = board_writing.write_trouble(shown, plain, status)
    return shown.troubles[status, plain]
