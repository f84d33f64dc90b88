"""/role: giving somebody a role, by a one-time link, by Telegram's own choice of people, or by replying in a group."""

from functools import cache
from zoneinfo import ZoneInfo

from domain.people.rights import Action, NotAllowed, Role
from handlers.kit import mailer, qr, wording
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column, reply_keyboard
from handlers.kit.texts import Html, Speaker, bold, escape, languages, lines, paragraphs
from handlers.kit.update_context import UpdateContext, our_language
from handlers.kit.wording import called
from handlers.people import abilities, arriving
from handlers.people.role_notices import RolePress, RoleWanted, take_away
from services.core.errors import AlreadyDone
from services.people import meeting, team
from storage.core.messages import Purpose
from storage.core.outbox import Action as SendAction
from storage.people import people
from storage.people.people import Person

PREFIX = "i-"
# Telegram hands the number back with the person chosen; it says which role was meant.
_REQUEST = {role: 101 + place for place, role in enumerate(team.GRANTABLE)}


def command(ctx: UpdateContext) -> None:
    """/role in private: which role, then how."""
    role = named(words(ctx))
    if role is not None and role in _allowed(ctx):
        text, markup = _ways(ctx, role)
    else:
        text, markup = _menu(ctx)
    ctx.send(text, markup, purpose=Purpose.ROLES)


def press(ctx: UpdateContext) -> None:
    """A button of /role, or of the question about a link that somebody opened."""
    pressed = ctx.callback_data(RolePress)
    wanted, name = pressed.wanted, pressed.of
    if wanted in (RoleWanted.YES, RoleWanted.NO):
        ctx.edit_pressed(*_answer_opened(ctx, name, wanted is RoleWanted.YES))
        return
    if wanted is RoleWanted.MENU:
        ctx.edit_pressed(*_menu(ctx))
        return
    if name not in set(team.GRANTABLE):
        raise InvalidCallbackData
    role = Role(name)
    if role not in _allowed(ctx):
        raise NotAllowed(Action.GRANT_STAFF)
    if wanted is RoleWanted.WHICH:
        ctx.edit_pressed(*_ways(ctx, role))
    elif wanted is RoleWanted.LINK:
        _send_link(ctx, role)
    else:
        _ask_telegram(ctx, role)


def _allowed(ctx: UpdateContext) -> list[Role]:
    allowed = team.may_give(ctx.who.roles)
    if not allowed:
        raise NotAllowed(Action.GRANT_STAFF)
    return allowed


def _menu(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    buttons = [Button(wording.role(say, role), RolePress(RoleWanted.WHICH, role).pack()) for role in _allowed(ctx)]
    return say("Which role shall somebody get?"), column(*buttons)


def _ways(ctx: UpdateContext, role: Role) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        lines(bold(wording.role(say, role)), abilities.of_role(say, role)),
        say(
            "How do I know whom you mean? Tap below. Or, in a group, reply to one of their messages with /role {role}",
            role=role,
        ),
    )
    return text, column(
        Button(say.label("One-time link"), RolePress(RoleWanted.LINK, role).pack()),
        Button(say.label("Choose from Telegram"), RolePress(RoleWanted.PICK, role).pack()),
        Button(say.label("Back"), RolePress(RoleWanted.MENU, "-").pack()),
    )


# -- by a link


def _send_link(ctx: UpdateContext, role: Role) -> None:
    say = ctx.say
    invitation = team.invite(ctx.tx, ctx.who, role)
    link = ctx.setup.start_link(PREFIX + invitation.code)
    name = wording.role(say, role)
    community = say.words(ctx.setup.community.name)
    # This message is forwarded, so it speaks to whoever gets it.
    ctx.send(
        paragraphs(
            bold(say("{community}: you are invited", community=community)),
            say("This link gives you the role: {role}. Open it and press Start.", role=name),
            escape(link),
            say("It works once, until {when}.", when=say.moment(invitation.expires_at, ctx.now)),
        ),
        purpose=Purpose.INVITATION,
    )
    if role in team.CONFIRMED:
        caption = say(
            "Pass the message above on to the person, or let them scan this picture. When someone opens it, "
            "I’ll show you who it is and ask you whether to give the role."
        )
    else:
        caption = say(
            "Pass the message above on to the person, or let them scan this picture. Who opens it first gets "
            "the role, so give it to nobody else."
        )
    picture = qr.content(link, caption)
    mailer.send_file(ctx.tx, ctx.where.id, SendAction.PHOTO, picture, purpose=Purpose.INVITATION)


def redeem(ctx: UpdateContext, code: str) -> None:
    """`/start i-<code>`: the link was opened."""
    say = ctx.say
    try:
        role = team.redeem(ctx.tx, ctx.who, code)
    except team.LinkWaits as waits:
        text = say(
            "I have asked the person who made this link whether to give you the role: {role}. I’ll tell you "
            "here as soon as they answer.",
            role=wording.role(say, waits.role),
        )
        ctx.send(text, arriving.main_keyboard(say))
        return
    except team.LinkUsed:
        why = say("This link has been used by somebody else. Ask for a new one.")
    except team.LinkExpired:
        why = say("This link no longer counts. Ask for a new one.")
    except team.LinkUnknown:
        why = say("I do not know this link. Perhaps a part of it is missing, or a newer one took its place.")
    else:
        ctx.person = people.by_id(ctx.tx, ctx.who.id)
        ctx.send(
            paragraphs(
                bold(say("Hello! This is {community}.", community=say.words(ctx.setup.community.name))),
                say("You now have the role: {role}.", role=wording.role(say, role)),
                abilities.besides(say, ctx.who.roles),
                arriving.privacy_note(ctx.setup.community, say),
            ),
            arriving.main_keyboard(say),
        )
        arriving.after_start(ctx)
        return
    ctx.send(paragraphs(why, say("Everything else works: just write what is wrong.")), arriving.main_keyboard(say))


def _answer_opened(ctx: UpdateContext, code: str, yes: bool) -> tuple[Html, Markup | None]:
    """What the maker of a link has said about whoever opened it; returns what to show them for it."""
    say = ctx.say
    try:
        number, role = team.answer_opened(ctx.tx, ctx.who, code, yes)
    except team.LinkUnknown as error:
        raise InvalidCallbackData from error
    except team.LinkExpired:
        return say("The time for this question is over, and nobody got a role. /role makes a new link."), None
    except team.LinkUsed:
        return say("This question has been answered already."), None
    person = people.by_id(ctx.tx, number)
    name, called_role = called(person), wording.role(say, role)
    if yes:
        text = say("You said yes: {name} now has the role: {role}.", name=name, role=called_role)
        return text, take_away(ctx.say_to_person, ctx.who, person, role)
    return say(
        "You said no: {name} does not get the role {role}, and the link is over.", name=name, role=called_role
    ), None


# -- by Telegram's own choice of people


def _ask_telegram(ctx: UpdateContext, role: Role) -> None:
    say = ctx.say
    pick = {
        "text": say.label("Choose a person"),
        "request_users": {
            "request_id": _REQUEST[role],
            "user_is_bot": False,
            "max_quantity": 1,
            "request_name": True,
            "request_username": True,
        },
    }
    ctx.send(
        say(
            "Tap “Choose a person” below and Telegram shows your contacts. Whom you choose gets the role: {role}.",
            role=wording.role(say, role),
        ),
        reply_keyboard([[pick], [say.label("Choose nobody")]], once=True),
        purpose=Purpose.ROLES,
    )


def picked(ctx: UpdateContext) -> None:
    """Telegram's answer: the person chosen."""
    shared = ctx.message.users_shared
    assert shared is not None
    role = next((role for role, number in _REQUEST.items() if number == shared.request_id), None)
    if role is None or not shared.users:
        picked_nobody(ctx)
        return
    if role not in team.may_give(ctx.who.roles):
        # The keyboard of a right they have no longer. Of whom they chose nothing is kept.
        ctx.send(ctx.say("You cannot give that role. Ask an admin."), arriving.main_keyboard(ctx.say))
        return
    user = shared.users[0]
    target = meet(ctx, user.id, user.name or user.username or str(user.id), user.username)
    try:
        ctx.send(give(ctx, target, role), take_away(ctx.say_to_person, ctx.who, target, role), purpose=Purpose.ROLE)
    except AlreadyDone:
        text = ctx.say("{name} has that role already.", name=target.name)
    else:
        text = ctx.say("Your usual buttons are below again.")
    ctx.send(text, arriving.main_keyboard(ctx.say))


def picked_nobody(ctx: UpdateContext) -> None:
    """After “Choose nobody”: the usual keyboard comes back."""
    ctx.send(ctx.say("Nobody was given a role."), arriving.main_keyboard(ctx.say))


# -- shared


def give(ctx: UpdateContext, target: Person, role: Role) -> Html:
    """Give the role; returns what to say about it. Raises NotAllowed or AlreadyDone."""
    team.grant(ctx.tx, ctx.who, target.id, role)
    say = ctx.say
    return lines(
        say("{name} now has the role: {role}.", name=target.name, role=wording.role(say, role)),
        None
        if target.started
        else say("I cannot write to them yet. They open {link} and press Start.", link=bot_link(ctx)),
    )


def meet(ctx: UpdateContext, telegram_id: int, name: str, username: str | None) -> Person:
    """Somebody named by another: known already, or new to us. What we know from themselves stays."""
    return meeting.named(ctx.tx, telegram_id, name, username, our_language(ctx.setup.community.language))


def bot_link(ctx: UpdateContext) -> str:
    """The link to the private chat."""
    return f"https://t.me/{ctx.setup.bot_username}"


def words(ctx: UpdateContext) -> str:
    """What stands behind a command."""
    return ctx.message.text.partition(" ")[2].strip()


def named(text: str) -> Role | None:
    """The role of that name: its code, or as it is called in any of our languages."""
    return _names().get(" ".join(text.split()).casefold())


@cache
def _names() -> dict[str, Role]:
    found = {role.value: role for role in team.GRANTABLE}
    for code in languages():
        say = Speaker(code, ZoneInfo("UTC"))
        found |= {wording.role(say, role).casefold(): role for role in team.GRANTABLE}
    return found
