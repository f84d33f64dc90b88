"""Every handler, in the order they are asked; the first that fits takes the update.

The order is that of kinds, never that of features: commands, wanted service messages, unknown commands, words, edits,
groups, presses by their exact prefix, membership, the catch-all.
"""

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
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation import lapsing
from handlers.kit.conversation.engine import engine
from handlers.kit.feature import Command
from handlers.kit.incoming import Sender
from handlers.kit.joined_features import Features
from handlers.kit.refusals import Handler, handle_service_errors
from handlers.kit.update_context import UpdateContext
from handlers.people import roles, too_much
from handlers.reports.resident import danger_anyway
from handlers.staff_room import groups, in_group
from handlers.telegram.content import SAID
from handlers.telegram.reading import FROM_A_PERSON, sender_of

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & FROM_A_PERSON
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE


def register(application: Application[Any, Any, Any, Any, Any, Any], features: Features) -> None:
    """Put all handlers into the application. `block=False` must not be used: an update is handled whole."""
    for name, command in features.commands.items():
        application.add_handler(CommandHandler(name, _command(command), PRIVATE))
    for name, in_groups in features.group_commands.items():
        run = in_groups.run if in_groups.to_anybody else in_group.meant_for_us(in_groups.run)
        application.add_handler(CommandHandler(name, on_thread(run), GROUP))
    elsewhere = features.commands.keys() - features.group_commands.keys()
    application.add_handler(
        CommandHandler(elsewhere, on_thread(in_group.meant_for_us(in_group.only_in_private)), GROUP)
    )
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
    application.add_handler(CallbackQueryHandler(_presses(features)))
    application.add_handler(ChatMemberHandler(on_thread(groups.membership), ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(TypeHandler(Update, on_thread(private.unhandled)))


def _command(command: Command) -> "Callback":
    run = private.as_it_reads_now(command.run) if command.may_be_changed else command.run
    if command.action is not None:
        return on_thread(run, lapses=command.lapses)
    return on_thread(run, lapses=command.lapses, danger=danger_anyway.heard)


def unknown_press(_ctx: UpdateContext) -> None:
    """A button of nobody's: from an earlier version, or made up. Raises InvalidCallbackData."""
    raise InvalidCallbackData


Callback = Callable[[Update, Any], Coroutine[Any, Any, None]]


def _presses(features: Features) -> Callback:
    """Presses by the prefix of their data, up to the first colon."""
    handled = {prefix: _of_a_person(handled_whole(run, lapses=True)) for prefix, run in features.buttons.items()}
    unknown = _of_a_person(handled_whole(unknown_press))

    async def callback(update: Update, context: Any) -> None:
        assert update.callback_query is not None
        prefix, colon, _ = (update.callback_query.data or "").partition(":")
        # Without the message under which it stands (there is none of an inline message) nobody knows which chat it is.
        is_known = update.effective_chat is not None and sender_of(update) is Sender.PERSON
        context.choose(handled.get(prefix, unknown) if colon and is_known else unknown)

    return callback


def _of_a_person(handle: Handler) -> Handler:
    """All that is done with a press; what another bot or a stand-in of Telegram's presses does nothing.

    Who presses more than anybody would is asked to wait: except for a danger, which nobody has to press for.
    """

    def limited(ctx: UpdateContext) -> None:
        if ctx.person is not None and not too_much.pressed(ctx):
            handle(ctx)

    return limited


def handled_whole(
    handler: Handler, *, lapses: bool = False, danger: Callable[[Handler], Handler] = lambda handler: handler
) -> Handler:
    """All that is done with an update, the handler among it; run whole on the database's thread.

    With `lapses`, an optional question that is open ends with it, also where the press itself is refused. `danger`
    sees to it that words of danger reach staff, also where the handler refuses what it is asked.
    """
    handled = danger(handle_service_errors(handler))
    handled = lapsing.first(handled) if lapses else handled

    def handle(ctx: UpdateContext) -> None:
        if not ctx.incoming.is_for_us:
            return
        has_ended = engine.end_unknown(ctx)
        handled(ctx)
        if has_ended and ctx.conversation is None:
            engine.take_up_parked(ctx)

    return handle


def on_thread(
    handler: Handler, *, lapses: bool = False, danger: Callable[[Handler], Handler] = lambda handler: handler
) -> Callback:
    """PTB's shape of a handler: it chooses what is run whole on the database's thread."""
    handle = handled_whole(handler, lapses=lapses, danger=danger)

    async def callback(_update: Update, context: Any) -> None:
        context.choose(handle)

    return callback
