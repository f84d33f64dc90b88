"""python-telegram-bot's Application on our road: it routes, and keeps nothing and swallows nothing."""

from typing import Any

from telegram import Bot
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ContextTypes, ExtBot

from bot.request import Request
from handlers.here import Here
from handlers.routes import register


class RoadContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context a handler gets: it only picks up what the loop has made.

    PTB drops an update without a trace when its context cannot be built, so building this one cannot fail.
    """

    @property
    def here(self) -> Here:
        """The update being handled."""
        application = self.application
        assert isinstance(application, RoadApplication) and application.here is not None
        return application.here


class RoadApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that tells the loop of errors. `here` is the update being handled; there is one at a time."""

    here: Here | None = None

    async def process_error(self, update: object, error: Exception, *args: Any, **kwargs: Any) -> bool:
        """Raise what a handler raised. PTB would log it and run the next group on half-done work."""
        raise error


def build_application(token: str, base_url: str, request: Request) -> RoadApplication:
    """The Application with every handler registered. No updater and no job queue: intake and scheduler are ours."""
    root = base_url.rstrip("/")
    application = (
        ApplicationBuilder()
        .application_class(RoadApplication)
        .token(token)
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .request(request)
        .get_updates_request(request)
        .context_types(ContextTypes(context=RoadContext))
        .updater(None)
        .job_queue(None)
        .build()
    )
    assert isinstance(application, RoadApplication) and isinstance(application.bot, Bot)
    register(application)
    return application
