"""The two forms of intake, and what the web server is given. Called by bot/application.py alone."""

from bot.alarm import Alarm
from bot.contact import Contact
from bot.delivery import Delivery
from bot.intake import Polling
from bot.request import Request
from bot.settings import Settings
from bot.webhook import Address, Webhook
from storage.database import Database
from web import health, metrics, webhook
from web.health import Doctor
from web.metrics import Metrics
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


def make_server(settings: Settings, intake: Polling | Webhook, doctor: Doctor, counted: Metrics) -> WebServer | None:
    """What is served over HTTP when WEB_PORT says where; public pages will be further routes of it."""
    if settings.web_port is None:
        return None
    routes = [health.route(doctor), metrics.route(counted, doctor)]
    if isinstance(intake, Webhook):
        door = webhook.Door(settings.webhook_path, settings.webhook_token, intake.keep, counted.answered)
        routes.append(webhook.route(door))
    return WebServer(routes, settings.web_host, settings.web_port)
