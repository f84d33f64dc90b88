"""Public figures as web pages: where they are, and what is answered when something is wrong."""

from collections.abc import Hashable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.figures.periods import Length
from storage.core.database import Transaction
from storage.figures import public_figures
from web import answering, asked_language, pages
from web.answering import Answer, answered
from web.asked_language import WrongQuestion
from web.doors import Door
from web.figures import charts, figures_csv, figures_writing
from web.figures.figures_writing import Asked, FiguresSite
from web.page_cache import Made

DOOR = Door(
    "/figures",
    lambda say: say.label("Our figures"),
    lambda say: say.label("What residents reported, what staff did about it, and what residents say of it."),
)
KEPT = {"Cache-Control": pages.FOR_EVER}


def routes(shown: FiguresSite) -> list[BaseRoute]:
    """Everything below /figures; nothing where the community has no public figures."""
    if not shown.is_on:
        return []
    asking = _Asking(shown)
    whole: list[tuple[str, Answer]] = [
        ("/figures", asking.page),
        ("/figures.csv", asking.csv),
        ("/figures/how", asking.how),
        ("/figures/charts/{name}.svg", asking.chart),
    ]
    found = [
        ("/figures/", answering.way_to("/figures")),
        *((path, answered(answer, asking.trouble)) for path, answer in whole),
    ]
    return [Route(path, answer) for path, answer in found]


def is_about(shown: FiguresSite, request: Request) -> bool:
    """Whether an address that leads nowhere is one of figures."""
    return shown.is_on and request.url.path.split("/")[1] in ("figures", "figures.csv")


async def missing(shown: FiguresSite, request: Request, error: Exception) -> Response:
    """The answer where nothing of ours is, or a way of asking that is not taken."""
    assert isinstance(error, HTTPException)
    return answering.wrong(request, _Asking(shown).trouble, error.status_code, error.headers)


class _Asking:
    """Answers what is asked of figures."""

    def __init__(self, shown: FiguresSite) -> None:
        self._shown = shown

    async def page(self, request: Request) -> Response:
        shown, asked = self._shown, self._asked(request)

        async def make() -> Made:
            return _found(await shown.reader.run(figures_writing.write, shown, asked))

        return pages.send(request, await shown.cache.page(asked, make))

    async def csv(self, request: Request) -> Response:
        """The same as a file."""
        shown, asked = self._shown, self._asked(request)

        async def make() -> Made:
            return _found(await shown.reader.run(_csv, shown, asked))

        headers = {"Content-Disposition": f'attachment; filename="figures-{asked.period or "newest"}.csv"'}
        made = await shown.cache.page(("csv", asked), make)
        return pages.send(request, made, kind="text/csv; charset=utf-8", headers=headers)

    async def how(self, request: Request) -> Response:
        """What each measure means: it is the same for everybody, so it is written once a language."""
        shown, asked = self._shown, self._asked(request)
        plain = Asked(asked.language, asked.said)
        key: Hashable = ("how", plain)
        if key not in shown.troubles:
            shown.troubles[key] = figures_writing.write_how(shown, plain)
        return pages.send(request, shown.troubles[key])

    async def chart(self, request: Request) -> Response:
        """A picture that was drawn ahead."""
        shown, name = self._shown, str(request.path_params["name"])
        content = await shown.reader.run(lambda tx: charts.read(shown.photos, name))
        if content is None:
            raise HTTPException(404)
        return pages.send(request, Made(content, f'"{name}"'), kind="image/svg+xml", headers=KEPT)

    def trouble(self, request: Request, status: int) -> Made:
        """The page that says what is wrong. Programs try many addresses: it is written once a language."""
        shown = self._shown
        try:
            asked = self._asked(request)
        except WrongQuestion:
            asked = Asked(*asked_language.to_say_what_is_wrong(request, shown.community))
        plain = Asked(asked.language, asked.said)
        if (status, plain) not in shown.troubles:
            shown.troubles[status, plain] = figures_writing.write_trouble(shown, plain, status)
        return shown.troubles[status, plain]

    def _asked(self, request: Request) -> Asked:
        accepted = request.headers.get("Accept-Language", "")
        return figures_writing.read(request.query_params, accepted, self._shown.community)


def _found(made: Made | None) -> Made:
    if made is None:
        raise HTTPException(404)
    return made


def _csv(tx: Transaction, shown: FiguresSite, asked: Asked) -> Made | None:
    wanted = asked.period or figures_writing.newest(public_figures.names(tx), Length.MONTH)
    found = figures_writing.of(tx, shown, asked.language, wanted) if wanted is not None else None
    return None if found is None else Made.of(figures_csv.write(found))
