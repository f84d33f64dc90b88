"""Where somebody lives: asked once, when a notice goes to people who live somewhere; and a row of /settings.

Nobody has to say. What is said is an area of the community's, at any level of the tree.
"""

from domain import events
from domain.community import Area, Community
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.callback_data import InvalidCallbackData, number_from
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.preference import Preference, back
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.notices import notice_words
from services.notices import notices
from services.notices import residences as service
from services.people import quiet
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.notices import residences
from storage.notices.notices import Notice
from storage.people import people

CODE = "lives"
INTO, IS, NOT_SAID = "in", "is", "no"
_ON_A_PAGE = 4
"""So many areas, so that with "more", "just this", "rather not" and "back" there are at most eight buttons."""


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
    return text, column(
        Button(say.label("Say where I live"), LIVES.data(f"{INTO}-0")),
        Button(say.label("I would rather not say"), LIVES.data(NOT_SAID)),
    )


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


def _page(ctx: UpdateContext, lead: Html | None = None) -> tuple[Html, Markup]:
    return _areas(ctx, None, 0, lead)


def _areas(ctx: UpdateContext, inside: Area | None, page: int, lead: Html | None = None) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    text = paragraphs(
        bold(say("Where you live")),
        lead,
        _now(ctx),
        say("Notices for a building or an area reach those who live there. Only the bot uses this: the staff read how "
            "many live somewhere, not who."),
        say("In which part of {area}?", area=say.words(inside.name))
        if inside is not None
        else say("Where do you live?"),
    )  # fmt: skip
    code = inside.code if inside is not None else None
    options = [(say.words(area.name), _opens(area)) for area in community.choices(code)]
    shown = paged(say, options, page, lambda following: f"{INTO}-{following}-{code or ''}", size=_ON_A_PAGE)
    buttons = [Button(label, LIVES.data(value)) for label, value in shown]
    if inside is not None:
        buttons.append(Button(say.label("Just “{area}”", area=say.words(inside.name)), LIVES.data(f"{IS}-{code}")))
        before = [*community.path(inside.code)][:-1]
        outer = before[-1].code if before else ""
        buttons.append(Button(say.label("Back"), LIVES.data(f"{INTO}-0-{outer}")))
        return text, column(*buttons)
    return text, column(*buttons, Button(say.label("I would rather not say"), LIVES.data(NOT_SAID)), back(say))


def _opens(area: Area) -> str:
    return f"{INTO}-0-{area.code}" if area.children else f"{IS}-{area.code}"


def _press(ctx: UpdateContext, value: str) -> None:
    say = ctx.say
    what, _, rest = value.partition("-")
    if what == NOT_SAID and not rest:
        service.say(ctx.tx, ctx.setup.community, ctx.who, None)
        ctx.edit_pressed(
            paragraphs(
                say("All right. I will not ask you again."),
                say("Notices for the whole neighbourhood reach you as before. You can change it in /settings."),
            ),
            None,
        )
    elif what == IS:
        missed = service.say(ctx.tx, ctx.setup.community, ctx.who, rest)
        place = ctx.setup.community.place_name(rest, say.language)
        ctx.edit_pressed(
            paragraphs(
                say("Thank you. You live here: {place}", place=bold(place)),
                say("From now on you get notices for it. You can change it in /settings."),
                say.plural(
                    "Here is {count} notice of the last days for it.",
                    "Here are {count} notices of the last days for it.",
                    missed,
                )
                if missed
                else None,
            ),
            None,
        )
    elif what == INTO:
        page, _, code = rest.partition("-")
        inside = ctx.setup.community.area(code) if code else None
        if code and inside is None:
            raise InvalidCallbackData
        ctx.edit_pressed(*_areas(ctx, inside, number_from(page)))
    else:
        raise InvalidCallbackData


LIVES = Preference(CODE, lambda say: say.label("Where you live"), 5, _now, _page, _press)
