"""The two forms of intake, and what the web server is given. Called by bot/application.py alone."""

from dataclasses import dataclass

from starlette.requests import Request as Visit
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.intake.contact import Contact
from bot.intake.polling import Polling
from bot.intake.webhook import Address, Webhook
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.kit.settings import Settings
from bot.sending.delivery import Delivery
from domain.community import ReportsShown
from handlers.kit.update_context import Setup
from storage.core.database import Database
from storage.core.reading import Reader
from storage.estate_plan import pictures
from storage.figures import public_figures
from storage.pledges import board
from storage.projects import photos
from storage.public_reports import entries
from storage.public_reports import photos as report_photos
from web import health, metrics, webhook
from web.doors import Door
from web.estate_plan import placing_pages, plan_pages
from web.estate_plan.plan_writing import PlanSite
from web.figures import charts, figures_pages
from web.figures.figures_writing import FiguresSite
from web.health import Doctor
from web.metrics import Metrics
from web.overview import overview
from web.pledges import board as board_pages
from web.pledges.board_writing import Board
from web.projects import project_pages
from web.projects.page_writing import ProjectSite
from web.public_reports import report_pages
from web.public_reports.report_cards import ReportSite
from web.server import WebServer


def make_intake(
    settings: Settings,
    database: Database,
    request: Request,
    alarm: Alarm,
    delivery: Delivery,
    contact: Contact,
    counted: Metrics,
) -> Polling | Webhook:
    """How updates come: by webhook when WEBHOOK_URL says where to, else by polling."""
    if settings.webhook_url is None:
        return Polling(database, request, alarm, contact, delivery.network_is_back, counted)
    address = Address(settings.webhook_url, settings.webhook_token)
    back, without = delivery.network_is_back, lambda: delivery.without_network
    return Webhook(address, database, request, alarm, contact, back, without, counted)


@dataclass(frozen=True)
class Pages:
    """The public pages: the first one, the board, projects, reports, figures and the plan. One reader reads them."""

    board: Board
    projects: ProjectSite
    figures: FiguresSite
    reports: ReportSite
    plan: PlanSite
    database: Database

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [
            *overview.routes(self.figures),
            *board_pages.routes(self.board),
            *project_pages.routes(self.projects),
            *figures_pages.routes(self.figures),
            *report_pages.routes(self.reports),
            *plan_pages.routes(self.plan),
            *placing_pages.routes(self.plan, self.database),
        ]

    async def missing(self, request: Visit, error: Exception) -> Response:
        """The answer where none is."""
        if project_pages.is_about(request):
            return await project_pages.missing(self.projects, request, error)
        if figures_pages.is_about(self.figures, request):
            return await figures_pages.missing(self.figures, request, error)
        if report_pages.is_about(request):
            return await report_pages.missing(self.reports, request, error)
        if plan_pages.is_about(request):
            return await plan_pages.missing(self.plan, request, error)
        return await board_pages.missing(self.board, request, error)

    def close(self) -> None:
        """Nothing more is read."""
        self.board.reader.close()


def make_pages(setup: Setup, database: Database) -> Pages:
    """The public pages. What was read before something was taken off them is not shown after."""
    common = (setup.community, setup.bot_username, Reader(database, "pages"))
    address, doors = setup.pages_address, _doors(setup)
    pages = Pages(
        Board(*common, setup.media / board.FOLDER, address, doors),
        ProjectSite(*common, setup.media / photos.FOLDER, address, doors),
        FiguresSite(*common, setup.media / charts.FOLDER, address, doors),
        ReportSite(*common, setup.media / report_photos.FOLDER, address, doors),
        PlanSite(*common, setup.media, address, doors),
        database,
    )
    database.listen(board.CHANGED, pages.board.cache.forget)
    database.listen(photos.CHANGED, pages.projects.cache.forget)
    database.listen(public_figures.CHANGED, pages.figures.cache.forget)
    database.listen(entries.CHANGED, pages.reports.cache.forget)
    database.listen(pictures.CHANGED, pages.plan.cache.forget)
    database.listen(entries.CHANGED, pages.plan.cache.forget)
    return pages


def _doors(setup: Setup) -> list[Door]:
    """Where visitors can go, in the order in which it is said."""
    public = setup.community.public
    figures = [figures_pages.DOOR] if public.figures else []
    reports = [report_pages.DOOR, plan_pages.DOOR] if public.reports is not ReportsShown.OFF else []
    return [overview.DOOR, *reports, board_pages.DOOR, project_pages.DOOR, *figures]


def make_server(
    settings: Settings, intake: Polling | Webhook, doctor: Doctor, counted: Metrics, pages: Pages
) -> WebServer:
    """What is served over HTTP; only where WEB_PORT says on which port."""
    assert settings.web_port is not None
    known = None
    token = settings.health_token.get_secret_value() if settings.health_token is not None else None
    routes = [health.route(doctor, token), metrics.route(counted, doctor, token), *pages.routes()]
    if isinstance(intake, Webhook):
        door = webhook.Door(settings.webhook_path, settings.webhook_token, intake.keep, counted.answered)
        routes.append(webhook.route(door))
        known = door.is_known
    return WebServer(routes, settings.web_host, settings.web_port, pages.missing, known)
