"""The promise board as web pages: where they are, and what is answered when something is wrong.

They only read, on connections that cannot write, and say nothing of anybody but what the board shows in the chat, too.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from storage.pledges import board
from web import answering, asked_language, pages
from web.answering import Answer, answered
from web.asked_language import WrongQuestion
from web.doors import Door
from web.page_cache import Made
from web.pledges import board_query, board_writing
from web.pledges.board_query import BoardQuery
from web.pledges.board_writing import Board

DOOR = Door(
    "/board",
    lambda say: say.label("Our promises"),
    lambda say: say.label("What people here have promised in public, and what became of it."),
)
ONE_DAY = {"Cache-Control": "public, max-age=86400"}


def routes(shown: Board) -> list[BaseRoute]:
    """Everything below /board."""
    asked = _Asked(shown)
    whole = [
        ("/board", asked.page),
        ("/board/sheet.css", asked.foot),
        ("/board/{number}", asked.alone),
        ("/board/photos/{name}", answering.photo(shown, board.photo)),
    ]
    simple: list[tuple[str, Answer]] = [
        ("/board/", answering.way_to("/board")),
        ("/board/board.css", _style),
        ("/board/icon.svg", _icon),
        ("/board/bot.svg", asked.code),
    ]
    found = [*simple, *((path, answered(answer, asked.trouble)) for path, answer in whole)]
    return [Route(path, answer) for path, answer in found]


async def missing(shown: Board, request: Request, error: Exception) -> Response:
    """The answer where nothing of ours is, or a way of asking that is not taken."""
    assert isinstance(error, HTTPException)
    return answering.wrong(request, _Asked(shown).trouble, error.status_code, error.headers)


class _Asked:
    """Answers what is asked of the board."""

    def __init__(self, shown: Board) -> None:
        self._shown = shown

    async def page(self, request: Request) -> Response:
        shown, wish = self._shown, self._wish(request)

        async def make() -> Made:
            return await shown.reader.run(board_writing.write, shown, wish)

        return pages.send(request, await shown.cache.page(wish, make))

    async def alone(self, request: Request) -> Response:
        shown, wish = self._shown, self._wish(request)
        number = answering.number(str(request.path_params["number"]))

        async def make() -> Made:
            made = await shown.reader.run(board_writing.write_alone, shown, wish, number)
            if made is None:
                raise HTTPException(404)
            return made

        return pages.send(request, await shown.cache.page(("alone", number, wish), make))

    async def foot(self, request: Request) -> Response:
        """What stands in the margin of each printed sheet: whose board it is, and of which day."""
        shown, wish = self._shown, self._wish(request)

        async def make() -> Made:
            return await shown.reader.run(board_writing.write_foot, shown, wish)

        made = await shown.cache.page(("foot", wish.language), make)
        return pages.send(request, made, kind="text/css; charset=utf-8")

    async def code(self, request: Request) -> Response:
        """A QR code that opens the bot, for the hall and for paper."""
        return pages.send(request, self._shown.code, kind="image/svg+xml", headers=ONE_DAY)

    def trouble(self, request: Request, status: int) -> Made:
        """The page that says what is wrong. Programs try many addresses: it is written once a language."""
        shown = self._shown
        try:
            wish = self._wish(request)
        except WrongQuestion:
            wish = BoardQuery(*asked_language.to_say_what_is_wrong(request, shown.community))
        if status >= 500:
            # The board in the hall goes on trying the very page.
            return board_writing.write_trouble(shown, wish, status)
        plain = BoardQuery(wish.language, wish.said, view=wish.view)
        if (status, plain) not in shown.troubles:
            shown.troubles[status, plain] = board_writing.write_trouble(shown, plain, status)
        return shown.troubles[status, plain]

    def _wish(self, request: Request) -> BoardQuery:
        accepted = request.headers.get("Accept-Language", "")
        return board_query.read(request.query_params, accepted, self._shown.community)


async def _style(request: Request) -> Response:
    fresh = request.url.query == pages.style_address().partition("?")[2]
    headers = {"Cache-Control": pages.FOR_EVER} if fresh else None
    return pages.send(request, pages.style(), kind="text/css; charset=utf-8", headers=headers)


async def _icon(request: Request) -> Response:
    return pages.send(request, pages.icon(), kind="image/svg+xml", headers=ONE_DAY)
