"""Where somebody lives: asked once, when a notice goes to people who live somewhere; and a row of /settings.

Nobody has to say. What is said is an area of the community's, at any level of the tree.
"""

from domain import events
from domain.community import Community
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.notices import notice_words, saying_where
from handlers.notices.saying_where import NOT_SAID
from services.notices import notices
from services.people import quiet
from storage.core import messages
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.notices import residences
from storage.notices.notices import Notice
from storage.people import people

CODE = "lives"
INTO, IS = "in", "is"


def asked(tx: Transaction, setup: Setup, event: events.ResidenceAsked) -> None:
    """The question, once; when they may be disturbed, unless the notice is urgent."""
    person, notice = people.by_id(tx, event.person), notices.get(tx, event.notice)
    may_come = tx.now if notice.urgent else quiet.allowed_from(tx.now, setup.community, person)
    mailer.to_person(
        tx,
        setup,
        event.person,
        lambda say: _question(setup.community, say, notice),
        in_reach=True,
        lane=Lane.BROADCAST,
        subject=subject("person", event.person),
        purpose=Purpose.SETTINGS,
        once=f"lives:{event.person}",
        not_before=may_come if may_come > tx.now else None,
    )


def replied(ctx: UpdateContext, about: messages.Message) -> bool:
    """A reply to the question answers it, unless it is plainly a report."""
    return about.subject == subject("person", ctx.who.id) and saying_where.took(ctx)


def answered(ctx: UpdateContext) -> bool:
    """Words without a reply answer it when it is the last thing we said, and they name a place of ours."""
    last = messages.newest_to(ctx.tx, ctx.where.id)
    if last is None or last.purpose != Purpose.SETTINGS or last.subject != subject("person", ctx.who.id):
        return False
    return saying_where.took(ctx, only_a_place=True)


def _question(community: Community, say: Speaker, notice: Notice) -> tuple[Html, Markup]:
    places = say.listed(notice_words.place(community, say, each) for each in notice.audience.areas)
    text = paragraphs(
        say("The staff have sent an urgent notice to people who live in {places}. I do not know whether it is for you.",
            places=places)
        if notice.urgent
        else say("The staff have sent a notice to people who live in {places}. I do not know whether it is for you.",
                 places=places),
        say("Would you like to tell me where you live? Then you will get the notices for your building. You do not "
            "have to, and you can change it in /settings at any time."),
    )  # fmt: skip
    return text, column(*_answers(say))


def _now(ctx: UpdateContext) -> Html:
    return ctx.say("Where you live: {place}", place=bold(_place(ctx)))


def _place(ctx: UpdateContext) -> str:
    """As we know it, from whatever they said."""
    said = residences.of(ctx.tx, ctx.who.id)
    area = residences.known(ctx.tx, ctx.who.id)
    name = ctx.setup.community.place_name(area, ctx.say.language) if area else ""
    if name:
        return name
    if said is not None and said.said_at is not None and said.area is None:
        return ctx.say.label("you would rather not say")
    return ctx.say.label("not known")


def _page(ctx: UpdateContext) -> tuple[Html, Markup]:
    say = ctx.say
    text = paragraphs(
        bold(say("Where you live")),
        _now(ctx),
        say(
            "Notices for a building or an area reach those who live there. Only the bot uses this: the staff read how "
            "many live somewhere, not who."
        ),
    )
    return text, column(*_answers(say), back(say))


def _answers(say: Speaker) -> list[Button]:
    return [
        Button(say.label("Say where I live"), LIVES.data(f"{INTO}-0")),
        Button(say.label("I would rather not say"), LIVES.data(NOT_SAID)),
    ]


def _press(ctx: UpdateContext, value: str) -> None:
    """`in-0-<area>` and `is-<area>` are on screens from before the question could be answered in words."""
    what, _, rest = value.partition("-")
    if what == NOT_SAID and not rest:
        ctx.edit_pressed(saying_where.rather_not(ctx), None)
    elif what == IS:
        ctx.edit_pressed(saying_where.say_where(ctx, rest), None)
    elif what == INTO:
        code = rest.partition("-")[2]
        if code and ctx.setup.community.area(code) is None:
            raise InvalidCallbackData
        pressed = ctx.pressed()
        saying_where.begin(ctx, code or None)
        if pressed is not None:
            mailer.unbutton(ctx.tx, ctx.where.id, pressed.id)
    else:
        raise InvalidCallbackData


LIVES = Preference(CODE, lambda say: say.label("Where you live"), 5, _now, _page, _press)
