"""The first page: what this is, how to take part, how it went last month and last year, and where to read on."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.figures.periods import Length
from speech import public_figures as words
from storage.core.database import Transaction
from storage.figures import public_figures
from web import asked_language, pages
from web.answering import answered
from web.asked_language import WrongQuestion
from web.doors import Door
from web.figures import figures_writing
from web.figures.figures_writing import Asked, FiguresSite
from web.figures.shown import Figures, Line
from web.page_cache import Made

DOOR = Door(
    "/",
    lambda say: say.label("The first page"),
    lambda say: say.label("What this is, and how to take part."),
)
SAID = ("confirmed", "disputed", "silent")


@dataclass(frozen=True)
class Headline:
    """A period in a few numbers, and where to find all of them."""

    name: str
    lines: Sequence[Line]
    address: str


def routes(shown: FiguresSite) -> list[BaseRoute]:
    """The page at /."""
    asking = _Asking(shown)
    return [Route("/", answered(asking.page, asking.trouble))]


class _Asking:
    def __init__(self, shown: FiguresSite) -> None:
        self._shown = shown

    async def page(self, request: Request) -> Response:
        shown, asked = self._shown, self._asked(request)

        async def make() -> Made:
            return await shown.reader.run(write, shown, asked)

        return pages.send(request, await shown.cache.page(("overview", asked), make))

    def trouble(self, request: Request, status: int) -> Made:
        """The page that says what is wrong."""
        try:
            asked = self._asked(request)
        except WrongQuestion:
            asked = Asked(*asked_language.to_say_what_is_wrong(request, self._shown.community))
        return write_trouble(self._shown, asked, status)

    def _asked(self, request: Request) -> Asked:
        said = asked_language.said(request.query_params.get("lang"))
        accepted = request.headers.get("Accept-Language", "")
        return Asked(asked_language.language(said, accepted, self._shown.community), said)


def write(tx: Transaction, shown: FiguresSite, asked: Asked) -> Made:
    """The page, in a language."""
    say, about = shown.speaker(asked.language), shown.community.about
    values = {
        **_common(shown, asked),
        "about": say.words(about) if about is not None else None,
        "headlines": _headlines(tx, shown, asked) if shown.is_on else [],
    }
    return pages.write("overview.html", values)


def write_trouble(shown: FiguresSite, asked: Asked, status: int) -> Made:
    """A page that says what is wrong, and where to go on."""
    label = shown.speaker(asked.language).label
    values = {
        **_common(shown, asked),
        "status": status,
        "unread": label("The page cannot be read just now"),
        "asked_wrongly": label("It asks for a page that is not there. Perhaps a part of it was lost on the way."),
        "nothing": label("The address was mistyped, or the page is no longer there."),
        "home": asked.address("/"),
        "home_words": label("The first page"),
    }
    return pages.write("trouble.html", values)


def _common(shown: FiguresSite, asked: Asked) -> dict[str, object]:
    common = shown.common(asked.language, lambda said: asked.address("/", said=said), asked.said, "/")
    return {**common, "view": "overview", "heading": common["community"]}


def _headlines(tx: Transaction, shown: FiguresSite, asked: Asked) -> list[Headline]:
    """Of the month and of the year that were over last."""
    there = public_figures.names(tx)
    names = [name for length in (Length.MONTH, Length.YEAR) if (name := figures_writing.newest(there, length))]
    found = [figures_writing.of(tx, shown, asked.language, name) for name in names]
    return [_headline(each, asked) for each in found if each is not None]


def _headline(found: Figures, asked: Asked) -> Headline:
    lines = found.lines(["collected"])
    lines.append(Line(words.measure(found.say, "handled"), [found.rate("handled", "collected")]))
    lines += [line for line in found.lines(SAID) if line.numbers[0].words is not None]
    return Headline(words.period(found.say, found.period), lines, asked.address(period=found.table.period))
