"""Before the first update: Telegram is told who we are, and the operator how to become the first admin."""

import structlog

from bot.request import NotSent, Refused, Request, Uncertain
from bot.settings import Settings
from handlers.commands import descriptions, public_commands
from handlers.here import Setup
from handlers.texts import languages
from storage.database import Database

log = structlog.get_logger()
# Telegram wants two letters.
TELEGRAM_LANGUAGES = {"zh_Hans": "zh"}


async def prepare(database: Database, request: Request, setup: Setup, settings: Settings) -> None:
    """Take polling over and set command lists and descriptions, in every language. A failure here stops nothing."""
    calls: list[tuple[str, dict[str, object]]] = [("deleteWebhook", {"drop_pending_updates": False})]
    for language in languages():
        say = setup.speaker(language)
        code = {} if language == languages()[0] else {"language_code": TELEGRAM_LANGUAGES.get(language, language)}
        scope = {"scope": {"type": "all_private_chats"}}
        calls.append(("setMyCommands", {"commands": public_commands(say), **scope, **code}))
        long, short = descriptions(setup, say)
        calls.append(("setMyDescription", {"description": long, **code}))
        calls.append(("setMyShortDescription", {"short_description": short, **code}))
    for method, parameters in calls:
        try:
            await request.call(method, parameters)
        except (NotSent, Uncertain, Refused) as error:
            log.warning("start_call_failed", method=method, error=str(error))
