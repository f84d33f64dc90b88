"""The two forms of intake, and what the web server is given. Called by bot/application.py alone."""

import functools

from bot.intake.contact import Contact
from bot.intake.polling import Polling
from bot.intake.webhook import Address, Webhook
from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.kit.settings import Settings
from bot.sending.delivery import Delivery
from handlers.kit.update_context import Setup
from storage.core.database import Database
from storage.core.reading import Reader
from storage.pledges.board import CHANGED, FOLDER
from web import health, metrics, webhook
from web.health import Doctor
from web.metrics import Metrics
from web.pledges import board
from web.pledges.board_writing import Board
from web.server import WebServer


def make_intake(
    settings: Settings, database: Database, request: Request, alarm: Alarm, delivery: Delivery, contact: Contact,
    counted: Metrics,
) -> Polling | Webhook:  # fmt: skip
    """How updates come: by webhook when WEBHOOK_URL says where to, else by polling."""
    if settings.webhook_url is None:
        return Polling(database, request, alarm, contact, delivery.network_is_back, counted)
    address = Address(settings.webhook_url, settings.webhook_token)
    back, without = delivery.network_is_back, lambda: delivery.without_network
    return Webhook(address, database, request, alarm, contact, back, without, counted)


def make_board(setup: Setup, database: Database) -> Board:
    """The public pages. What was read before something was taken off the board is not shown after."""
    shown = Board(setup.community, setup.bot_username, Reader(database, "board"), setup.media / FOLDER)
    database.listen(CHANGED, shown.cache.forget)
    return shown


def make_server(
    settings: Settings, intake: Polling | Webhook, doctor: Doctor, counted: Metrics, shown: Board
) -> WebServer:
    """What is served over HTTP; only where WEB_PORT says on which port."""
    assert settings.web_port is not None
    known = None
    routes = [health.route(doctor), metrics.route(counted, doctor), *board.routes(shown)]
    if isinstance(intake, Webhook):
        door = webhook.Door(settings.webhook_path, settings.webhook_token, intake.keep, counted.answered)
        routes.append(webhook.route(door))
        known = door.is_known
    missing = functools.partial(board.missing, shown)
    return WebServer(routes, settings.web_host, settings.web_port, missing, known)
