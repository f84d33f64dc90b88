"""The staff group: how an admin chooses it, and what the group is told.

The admin's button opens Telegram's own choice of groups and asks for exactly the rights needed. The group then sends
`/start@bot s-<code>`, and that is how its id is learnt.
"""

from domain import events
from domain.people.rights import Action, may, require
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import SETUP_CODE, Setup, UpdateContext
from handlers.people.role_notices import is_notified
from services.people.team import LinkExpired, LinkUnknown, LinkUsed
from services.staff_room import staff_chat
from storage.core import chats, settings
from storage.core.chats import Chat
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.people.people import Person

PREFIX = SETUP_CODE


def setup(ctx: UpdateContext) -> None:
    """/setup in private: which group staff work in, and the button that chooses one."""
    require(ctx.who.roles, Action.SET_UP)
    text, markup = offer(ctx.tx, ctx.setup, ctx.say, ctx.who)
    ctx.send(text, markup, purpose=Purpose.SETUP)


def offer_if_none(ctx: UpdateContext) -> None:
    """For an admin, while no staff group is chosen: the button that chooses one."""
    if ctx.may(Action.SET_UP) and settings.staff_chat(ctx.tx) is None:
        setup(ctx)


def role_granted(tx: Transaction, setup: Setup, event: events.RoleGranted) -> None:
    """A new admin, while no staff group is chosen, gets the button that chooses one."""
    person = people.by_id(tx, event.person)
    if is_notified(tx, event) and may(person.roles, Action.SET_UP) and settings.staff_chat(tx) is None:
        mailer.to_person(tx, setup, person.id, lambda say: offer(tx, setup, say, person))


def offer(tx: Transaction, setup: Setup, say: Speaker, person: Person) -> tuple[Html, Markup]:
    """The words and the button by which an admin chooses the staff group."""
    current = settings.staff_chat(tx)
    if current is None:
        lead = say("No staff group is chosen yet, so nobody sees the reports.")
    else:
        lead = say("The staff work in the group “{title}”.", title=_title(say, chats.by_id(tx, current)))
    text = paragraphs(
        lead,
        say(
            "Tap the button, then choose the group. Telegram adds me there as an administrator, with only the rights I "
            "need: managing topics, pinning and deleting messages. What happens next: I say hello in the group, and "
            "every report appears there."
        ),
    )
    code = staff_chat.link_code(tx, person)
    rights = "+".join(staff_chat.NEEDED)
    url = f"https://t.me/{setup.bot_username}?startgroup={PREFIX}{code}&admin={rights}"
    label = say.label("Choose the staff group") if current is None else say.label("Choose another group")
    return text, column(Button(label, url=url))


def in_private(ctx: UpdateContext, code: str) -> None:
    """The group's code sent in private, by hand: it belongs into a group."""
    del code
    if ctx.may(Action.SET_UP):
        setup(ctx)
        return
    ctx.send(ctx.say("This link is for a group. Ask an admin for what you need."))


def choose(ctx: UpdateContext, code: str, group: Chat) -> Html:
    """This group is the staff group from now on; returns what to say about it. Raises NotAllowed."""
    say = ctx.say
    try:
        new = staff_chat.choose(ctx.tx, ctx.who, code, group)
    except LinkUsed:
        return say("This link was used before. Open our private chat and send /setup for a new one.")
    except (LinkUnknown, LinkExpired):
        return say("This link no longer counts. Open our private chat and send /setup for a new one.")
    if not new:
        return say("This is the staff group already. Nothing has changed.")
    return say("Thank you, {name}: this is the staff group now.", name=ctx.who.name)


def greeting(tx: Transaction, setup: Setup, say: Speaker, chat: Chat) -> Html:
    """What a group is told when it becomes the staff group."""
    return paragraphs(
        bold(
            say("Hello! The reports of {community} come here from now on.", community=say.words(setup.community.name))
        ),
        lines(
            say("Each report is one message with buttons: take it, answer, resolve."),
            say("Reply to a report to leave a note; only staff see it."),
            say("What you say among yourselves I do not answer and do not keep."),
        ),
        what_is_missing(tx, say, chat),
        say(
            "Who may use the buttons: people with the role staff. An admin gives it: reply to one of their messages "
            "with /role staff"
        ),
    )


def what_is_missing(tx: Transaction, say: Speaker, chat: Chat) -> Html | None:
    """What the group still lacks, and how to mend it; None when it lacks nothing."""
    missing = staff_chat.missing(tx, chat)
    return (
        lines(
            None
            if chat.is_forum
            else say("Turn on topics in the group's settings for one topic per department. I notice by myself."),
            rights_line(say, missing) if missing else None,
        )
        or None
    )


def rights_line(say: Speaker, missing: tuple[str, ...]) -> Html:
    """Which rights to give, by the names they have in Telegram."""
    names = {
        "manage_topics": say.label("Manage topics"),
        "pin_messages": say.label("Pin messages"),
        "delete_messages": say.label("Delete messages"),
    }
    wanted = say.listed(names[name] for name in missing)
    return say("I still need these rights: {rights}. Give them under Administrators, my name.", rights=wanted)


def _title(say: Speaker, chat: Chat) -> str:
    return chat.title or say.label("without a name")
