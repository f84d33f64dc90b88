"""Every handler, in the order they are asked; the first that fits takes the update."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import private
from handlers.kit.conversation import lapsing
from handlers.kit.conversation.engine import engine
from handlers.kit.here import Here
from handlers.kit.refusals import Handler, kindly
from handlers.operations import quarantine
from handlers.people import arriving, asked_as_group, asleep, blocking, preferences, public_names, roles, team
from handlers.pledges import asleep_consents, board, checking_in, pledge_keepers, pledge_staff, pledges, reminder_times
from handlers.printing import posters
from handlers.repairs import oncall, relay, repair, repair_desk, repair_offers, repair_verdict, repair_work, turning
from handlers.reports.resident import at_place, danger_anyway, deciding, mine, objecting, report, something_else
from handlers.reports.staff import answering, gathering, history, notes, recording, rung, triage
from handlers.staff_room import figures, find, flooding, groups, in_group, queue, setting_up
from handlers.telegram.content import SAID
from handlers.telegram.reading import FROM_A_PERSON
from handlers.volunteers import duty, neighbours, volunteering

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & FROM_A_PERSON
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Put all handlers into the application. `block=False` must not be used: an update is handled whole."""
    for name, handler in PUBLIC_COMMANDS.items():
        application.add_handler(
            CommandHandler(name, on_thread(handler, lapses=name != "cancel", danger=danger_anyway.heard), PRIVATE)
        )
    for name, handler in TEAM_COMMANDS.items():
        application.add_handler(CommandHandler(name, on_thread(handler, lapses=True), PRIVATE))
    application.add_handler(CommandHandler("setup", on_thread(in_group.setup), GROUP))
    for name, handler in GROUP_COMMANDS.items():
        application.add_handler(CommandHandler(name, on_thread(in_group.meant_for_us(handler)), GROUP))
    application.add_handler(MessageHandler(PRIVATE & filters.StatusUpdate.USERS_SHARED, on_thread(roles.picked)))
    application.add_handler(MessageHandler(PRIVATE & ~SAID, on_thread(private.service_message)))
    application.add_handler(
        MessageHandler(
            PRIVATE & filters.COMMAND, on_thread(private.unknown_command, lapses=True, danger=danger_anyway.heard)
        )
    )
    application.add_handler(
        MessageHandler(PRIVATE, on_thread(private.as_it_reads_now(private.message), danger=danger_anyway.heard_itself))
    )
    application.add_handler(
        MessageHandler(filters.ChatType.PRIVATE & FROM_A_PERSON & EDITED, on_thread(private.edited))
    )
    application.add_handler(MessageHandler(GROUP & filters.StatusUpdate.MIGRATE, on_thread(groups.migrated)))
    application.add_handler(MessageHandler(GROUP & ~SAID, on_thread(groups.service_message)))
    application.add_handler(MessageHandler(GROUP, on_thread(groups.message)))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & EDITED, on_thread(groups.edited)))
    for pattern, handler in PRESSES.items():
        application.add_handler(CallbackQueryHandler(on_thread(handler, lapses=True), pattern=pattern))
    application.add_handler(CallbackQueryHandler(on_thread(unknown_press)))
    application.add_handler(ChatMemberHandler(on_thread(groups.membership), ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(TypeHandler(Update, on_thread(private.unhandled)))


def start(here: Here) -> None:
    """/start in private; what stands behind it says what the link was for. An unknown one is an ordinary start."""
    payload = here.message.text.partition(" ")[2].strip()
    for prefix, handler in START_PAYLOADS.items():
        if payload.startswith(prefix):
            handler(here, payload.removeprefix(prefix))
            return
    arriving.start(here)


START_PAYLOADS: dict[str, Callable[[Here, str], None]] = {
    roles.PREFIX: roles.redeem,
    setting_up.PREFIX: setting_up.in_private,
    asked_as_group.PREFIX: asked_as_group.start,
    queue.PREFIX: queue.start,
    answering.PREFIX: answering.start,
    history.PREFIX: history.start,
    at_place.PREFIX: at_place.start,
    board.PREFIX: board.start,
}

PUBLIC_COMMANDS: dict[str, Handler] = {
    "start": start,
    "help": arriving.help_,
    "report": private.as_it_reads_now(report.command),
    "pledge": pledges.command,
    "board": board.command,
    "repair": private.as_it_reads_now(repair.command),
    "my": mine.show_list,
    "volunteer": volunteering.begin,
    "neighbours": neighbours.command,
    "language": arriving.language,
    "settings": preferences.show,
    "cancel": arriving.cancel,
}

TEAM_COMMANDS: dict[str, Handler] = {
    "role": roles.command,
    "team": team.show,
    "setup": setting_up.setup,
    "quarantine": quarantine.show,
    "queue": queue.command,
    "find": find.command,
    "voice": history.command,
    "figures": figures.show,
    "duty": duty.command,
    "jobs": duty.jobs,
    "repairs": repair_desk.command,
    "oncall": oncall.command,
    "record": recording.command,
    "poster": posters.command,
}

GROUP_COMMANDS: dict[str, Handler] = {
    "start": in_group.start,
    "help": in_group.help_,
    "role": in_group.role,
    "team": in_group.who_is_who,
}


def press_flow(here: Here) -> None:
    """`f:<conversation>:<step>:<value>`: a button of a conversation."""
    _, conversation, step, value = here.query_parts(4)
    engine.press(here, here.query_number(conversation), step, value)


def press_history(here: Here) -> None:
    """`vh:<number>:answer` answers what the history is of; the others are its own."""
    _, number, what = here.query_parts(3)
    if what == "answer":
        answering.begin(here, here.query_number(number))
        here.pop_up()
    else:
        history.press(here)


def unknown_press(here: Here) -> None:
    """A button of nobody's: from an earlier version, or made up."""
    here.pop_up(here.say_to_person.label("I do not know this button. Please use a newer one."), alert=True)


PRESSES: dict[str, Handler] = {
    "^f:": press_flow,
    "^v:": triage.press,
    "^n:": notes.press,
    "^r:": deciding.press,
    "^o:": objecting.press,
    "^rb:": rung.press,
    "^bl:": blocking.press,
    "^m:": mine.press,
    "^ro:": repair_offers.press,
    "^rj:": repair_work.press,
    "^rr:": repair_verdict.press,
    "^rv:": repair_verdict.judge,
    "^rt:": relay.press,
    "^ry:": turning.press,
    "^oc:": oncall.press,
    "^nb:": neighbours.press,
    "^rs:": repair_desk.press,
    "^rp:": repair_desk.page,
    "^vo:": volunteering.decide,
    "^du:": duty.press,
    "^jo:": duty.open_job,
    "^s:": preferences.press,
    "^l:": arriving.choose_language,
    "^p:": pledges.press,
    "^pc:": checking_in.press,
    "^pu:": checking_in.undo,
    "^b:": board.press,
    "^pt:": reminder_times.press,
    "^pk:": pledge_keepers.press,
    "^pn:": public_names.press,
    "^ps:": pledge_staff.press,
    "^pe:": pledge_staff.press_end,
    "^pr:": pledge_staff.release,
    "^role:": roles.press,
    "^team:": team.press,
    "^q:": quarantine.press,
    "^po:": posters.press,
    "^qu:": queue.press,
    "^fi:": find.press,
    "^vh:": press_history,
    "^ga:": gathering.press,
    "^fl:": flooding.press,
    "^da:": something_else.press,
    "^as:": asleep.press,
    "^pa:": asleep_consents.press,
    "^me:": asked_as_group.press,
}


def on_thread(
    handler: Handler, *, lapses: bool = False, danger: Callable[[Handler], Handler] = lambda handler: handler
) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
    """PTB's shape of a handler: it chooses the plain function, which is run whole on the database's thread.

    With `lapses`, an optional question that is open ends with it, also where the press itself is refused. `danger`
    sees to it that words of danger reach staff, also where the handler refuses what it is asked.
    """
    handled = danger(kindly(handler))
    handled = lapsing.first(handled) if lapses else handled

    def handle(here: Here) -> None:
        if not here.incoming.is_for_us:
            return
        has_ended = engine.end_unknown(here)
        handled(here)
        if has_ended and here.conversation is None:
            engine.take_up_parked(here)

    async def callback(_update: Update, context: Any) -> None:
        context.choose(handle)

    return callback
