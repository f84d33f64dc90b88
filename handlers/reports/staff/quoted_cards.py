"""Staff who quote a card of the group into their private chat, or pass one on: nobody's report.

Telegram calls it an external reply. It names the message only where the group is a supergroup.
"""

from domain.core.subjects import number_of
from domain.people.rights import Action
from handlers.kit.conversation.engine import engine
from handlers.kit.update_context import UpdateContext
from handlers.reports.staff import answering
from storage.core import chats, messages, settings


def took(ctx: UpdateContext) -> bool:
    """Whether the message that came was about a card of ours that stands elsewhere. Then it is answered."""
    if ctx.message.forwarded_from == ctx.setup.bot_id:
        ctx.send(
            ctx.say(
                "That is one of my own messages, so I have done nothing with it. If you want to say something about "
                "it, write it in your own words."
            ),
            reply=True,
        )
        return True
    quoted = ctx.message.quoted
    if quoted is None or not ctx.may(Action.ANSWER):
        return False
    chat = chats.by_telegram_id(ctx.tx, quoted.chat_id) if quoted.chat_id is not None else None
    found = messages.find(ctx.tx, chat.id, quoted.message_id) if chat is not None and quoted.message_id else None
    number = number_of(found.subject, "report") if found is not None else None
    in_staff_chat = chat is not None and chat.id == settings.staff_chat(ctx.tx)
    if number is not None and in_staff_chat:
        answering.begin(ctx, number)
        engine.message(ctx)  # as an answer that is not sent yet: its preview says who would read it
        return True
    if in_staff_chat or quoted.author_id == ctx.setup.bot_id:
        ctx.send(
            ctx.say(
                "You quoted a message of the staff group, and I cannot tell which report it is about. I have done "
                "nothing with your words. To answer a resident, tap “Answer” under the report’s card; to leave a note "
                "for your colleagues, reply to the card in the group."
            ),
            reply=True,
        )
        return True
    return False
