"""python-telegram-bot's Application: it only routes, keeps nothing and swallows nothing."""

from collections.abc import Callable
from typing import Any

from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ContextTypes, ExtBot

from bot.kit.request import Request
from handlers.kit.joined_features import Features
from handlers.kit.update_context import UpdateContext
from handlers.telegram.routes import register

Work = Callable[[UpdateContext], None]


class RoutingContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context a handler gets: it takes what is to be done, and the loop does it.

    PTB drops an update without a trace when its context cannot be built, so building this one cannot fail.
    """

    def choose(self, work: Work) -> None:
        """Have `work` done with this update, whole, in its transaction."""
        application = self.application
        assert isinstance(application, RoutingApplication)
        application.chosen.append(work)


class RoutingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that only routes: handlers choose what is to be done, errors reach the loop."""

    chosen: list[Work]

    async def route(self, update: Update) -> list[Work]:
        """What is to be done with an update; empty when no handler takes it. There is one update at a time."""
        self.chosen = []
        await self.process_update(update)
        return self.chosen

    async def process_error(self, update: object, error: Exception, *args: Any, **kwargs: Any) -> bool:
        """Raise what a handler raised. PTB would log it and run the next group on half-done work."""
        raise error


def build_application(token: str, base_url: str, request: Request, features: Features) -> RoutingApplication:
    """The Application with every handler registered. No updater and no job queue: intake and scheduler are ours."""
    root = base_url.rstrip("/")
    application = (
        ApplicationBuilder()
        .application_class(RoutingApplication)
        .token(token)
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .request(request)
        .get_updates_request(request)
        .context_types(ContextTypes(context=RoutingContext))
        .updater(None)
        .job_queue(None)
        .build()
    )
    assert isinstance(application, RoutingApplication) and isinstance(application.bot, Bot)
    register(application, features)
    return application
