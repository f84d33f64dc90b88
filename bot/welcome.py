"""Before the first update: Telegram is told who we are, and the operator how to become the first admin."""

import sys
from typing import Any

import structlog

from bot.kit.request import NotSent, Refused, Request, Uncertain
from bot.kit.settings import Settings
from handlers.kit import qr
from handlers.kit.texts import languages
from handlers.kit.update_context import Setup, our_language
from handlers.people import commands, roles
from handlers.people.commands import descriptions, public_commands
from services.figures import periodic
from services.people import team
from services.pledges import pledge_reminders
from services.projects import standing_still
from services.staff_room import digest, staff_chat, unchosen_groups
from storage.core.database import Database, Transaction

log = structlog.get_logger()
# Telegram wants two letters.
TELEGRAM_LANGUAGES = {"zh_Hans": "zh"}


async def prepare(database: Database, request: Request, setup: Setup, settings: Settings) -> None:
    """Set command lists and descriptions, in every language. A failure here stops nothing."""
    calls: list[tuple[str, dict[str, object]]] = []
    for language in languages():
        say = setup.speaker(language)
        code = {} if language == languages()[0] else {"language_code": TELEGRAM_LANGUAGES.get(language, language)}
        scope = {"scope": {"type": "all_private_chats"}}
        calls.append(("setMyCommands", {"commands": public_commands(setup.features, say), **scope, **code}))
        long, short = descriptions(setup, say)
        calls.append(("setMyDescription", {"description": long, **code}))
        calls.append(("setMyShortDescription", {"short_description": short, **code}))
    for method, parameters in calls:
        try:
            await request.call(method, parameters)
        except (NotSent, Uncertain, Refused) as error:
            log.warning("start_call_failed", method=method, error=str(error))
    await _staff_group(database, request, settings, setup.bot_id)
    await database.run(commands.renew, setup)
    await database.run(unchosen_groups.wait_everywhere)
    await database.run(digest.plan, setup.community)
    await database.run(standing_still.plan, setup.community)
    await database.run(periodic.plan, setup.community)
    await database.run(pledge_reminders.plan_closing)
    link = await database.run(_first_admin, setup, settings)
    if link is not None:
        # Plainly, and not through the logs: whoever reads these must not become an admin by it.
        sys.stdout.write(f"Nobody is admin yet. Open this link on your phone and press Start; it works once: {link}\n")
        sys.stdout.flush()
    qr.sweep(setup)


def _first_admin(tx: Transaction, setup: Setup, settings: Settings) -> str | None:
    team.grant_by_setting(tx, settings.admin_ids, our_language(setup.community.language))
    invitation = team.invite_first_admin(tx)
    return None if invitation is None else setup.start_link(roles.PREFIX + invitation.code)


async def _staff_group(database: Database, request: Request, settings: Settings, bot_id: int) -> None:
    """Take STAFF_CHAT_ID up, if it says something new. Telegram is asked what the group is; it may have moved."""
    number = settings.staff_chat_id
    if number is None or not await database.run(staff_chat.wants_setting, number):
        return
    chat: dict[str, Any] = {"id": number, "type": "supergroup" if str(number).startswith("-100") else "group"}
    rights: frozenset[str] | None = None
    try:
        chat = await _ask(request, number)
        member = await request.call("getChatMember", {"chat_id": chat["id"], "user_id": bot_id})
        rights = frozenset(name for name in staff_chat.NEEDED if member.get(f"can_{name}"))
    except Refused as error:
        log.warning("staff_group_refused", setting="STAFF_CHAT_ID", value=number, said=error.description)
        return
    except (NotSent, Uncertain) as error:
        log.warning("start_call_failed", method="getChat", error=str(error))

    def choose(tx: Transaction) -> None:
        met = staff_chat.meet(tx, chat["id"], chat["type"], chat.get("title"), bool(chat.get("is_forum")))
        if rights is not None:
            staff_chat.learn_rights(tx, met, rights)
        staff_chat.choose_by_setting(tx, number, met)

    await database.run(choose)


async def _ask(request: Request, number: int) -> dict[str, Any]:
    try:
        chat: dict[str, Any] = await request.call("getChat", {"chat_id": number})
    except Refused as error:
        later = error.parameters.get("migrate_to_chat_id")
        if later is None:
            raise
        chat = await request.call("getChat", {"chat_id": later})
    return chat
