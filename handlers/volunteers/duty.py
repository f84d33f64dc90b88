"""/duty: on call or not, a pause, and whether neighbours may read of one. /jobs: what one has, and had."""

from datetime import timedelta
from enum import StrEnum

from domain.repairs import dispatch
from domain.repairs.repairs import State
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.repairs import repair_words, volunteer_card
from handlers.volunteers import volunteer_words, volunteering
from services.volunteers import volunteers as service
from storage.core.messages import Purpose
from storage.repairs import offers, repairs
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Volunteer

ON_WORDS = {"on", "开", "上岗"}
OFF_WORDS = {"off", "关", "下岗"}
PAUSES = (1, 3, 7, 30)
SHOWN = 5


class Change(StrEnum):
    """What a volunteer's card of being on call has buttons for."""

    ON = "on"
    OFF = "off"
    PAUSE = "pause"  # shows for how long
    DAYS = "days"
    LIST = "list"
    HIDE = "hide"
    OFFER = "change"
    MENU = "menu"


class DutyPress(CallbackData, prefix="du"):
    """A button of the card; `days` is for how long, and else 0."""

    change: Change
    days: int = 0


class JobPress(CallbackData, prefix="jo"):
    """The card of one's job or offer is wanted."""

    repair: int


def command(ctx: UpdateContext) -> None:
    """/duty, or at once /duty on and /duty off."""
    volunteer = _volunteer(ctx)
    if volunteer is None:
        return
    word = ctx.message.text.partition(" ")[2].strip().casefold()
    if word in ON_WORDS:
        service.set_duty(ctx.tx, ctx.who, True)
    elif word in OFF_WORDS:
        service.set_duty(ctx.tx, ctx.who, False)
    text, markup = _card(ctx)
    ctx.send(text, markup, purpose=Purpose.DUTY)
    engine.show_open(ctx)


def _volunteer(ctx: UpdateContext) -> Volunteer | None:
    """Who asked, as a volunteer; others are told how to become one."""
    volunteer = volunteers.of(ctx.tx, ctx.who.id)
    if volunteer is not None and volunteer.state == volunteers.APPROVED:
        return service.on_the_list(ctx.tx, ctx.who)
    if volunteer is not None and volunteer.state == volunteers.ASKED:
        ctx.send(ctx.say("You have offered your help. The staff read it; you hear from me here."))
    else:
        ctx.send(ctx.say("That is for volunteers. To become one, send /volunteer"))
    return None


def press(ctx: UpdateContext) -> None:
    """A button of one's card."""
    pressed = ctx.callback_data(DutyPress)
    change = pressed.change
    service.on_the_list(ctx.tx, ctx.who)
    if change is Change.ON:
        service.set_duty(ctx.tx, ctx.who, True)
    elif change is Change.OFF:
        service.set_duty(ctx.tx, ctx.who, False)
    elif change is Change.DAYS and pressed.days in PAUSES:
        care = ctx.setup.community.care
        last = ctx.now + timedelta(days=pressed.days - 1)
        until = dispatch.next_morning(last, ctx.setup.community.zone, care.quiet.ends)
        service.set_duty(ctx.tx, ctx.who, True, until)
    elif change is Change.PAUSE:
        ctx.edit_pressed(_card(ctx)[0], _pauses(ctx))
        return
    elif change in (Change.LIST, Change.HIDE):
        service.set_listed(ctx.tx, ctx.who, change is Change.LIST)
    elif change is Change.OFFER:
        volunteering.begin(ctx)
        return
    elif change is not Change.MENU:
        raise InvalidCallbackData
    ctx.edit_pressed(*_card(ctx))


def _card(ctx: UpdateContext) -> tuple[Html, Markup]:
    say, volunteer = ctx.say, service.on_the_list(ctx.tx, ctx.who)
    paused = volunteer.paused_until is not None and volunteer.paused_until > ctx.now
    held = repairs.held_by(ctx.tx, ctx.who.id)
    text = paragraphs(
        bold(volunteer_words.duty(say, volunteer, ctx.now)),
        volunteer_words.full_offer(ctx.setup.community, say, volunteer.profile),
        say("Neighbours can read who helps with what (/neighbours), you among them.")
        if volunteer.profile.listed
        else None,
        say(
            "You have taken repair {numbers}. It stays yours: /jobs",
            numbers=repair_words.numbers(say, [repair.id for repair in held]),
        )
        if held
        else None,
    )
    shown = []
    if not volunteer.on_duty or paused:
        shown.append((say.label("On call again"), Change.ON))
    if volunteer.on_duty:
        shown.append((say.label("Off call"), Change.OFF))
        shown.append((say.label("Pause until …"), Change.PAUSE))
    if volunteer.profile.listed:
        shown.append((say.label("Hide me from neighbours"), Change.HIDE))
    else:
        shown.append((say.label("Show me to neighbours"), Change.LIST))
    shown.append((say.label("Change what I offer"), Change.OFFER))
    return text, column(*(Button(label, DutyPress(change).pack()) for label, change in shown))


def _pauses(ctx: UpdateContext) -> Markup:
    care, say = ctx.setup.community.care, ctx.say
    buttons = []
    for days in PAUSES:
        until = dispatch.next_morning(ctx.now + timedelta(days=days - 1), ctx.setup.community.zone, care.quiet.ends)
        buttons.append(Button(say.moment(until, ctx.now), DutyPress(Change.DAYS, days).pack()))
    return column(*buttons, Button(say.label("Back"), DutyPress(Change.MENU).pack()))


# -- jobs


def jobs(ctx: UpdateContext) -> None:
    """/jobs: what one has taken, what one is asked about, and what was before."""
    volunteer = _volunteer(ctx)
    if volunteer is None:
        return
    say, community = ctx.say, ctx.setup.community
    held = repairs.held_by(ctx.tx, ctx.who.id)
    asked = [repairs.by_id(ctx.tx, offer.repair) for offer in offers.open_to(ctx.tx, ctx.who.id)]
    waiting = [repair for repair in asked if repair is not None][:SHOWN]
    past = repairs.past_of(ctx.tx, ctx.who.id, SHOWN)
    done, thanks = repairs.done_and_thanked(ctx.tx, ctx.who.id)
    text = paragraphs(
        bold(volunteer_words.duty(say, volunteer, ctx.now)),
        lines(bold(say("You have taken")), *(_line(ctx, repair.id, repair.state) for repair in held))
        if held
        else say("You have taken nothing at present."),
        lines(bold(say("You are asked about")), *(_line(ctx, repair.id, None) for repair in waiting))
        if waiting
        else None,
        lines(bold(say("Before")), *(_line(ctx, repair.id, repair.state) for repair in past)) if past else None,
        say("Jobs done: {done}. Thanks: {thanks}.", done=done, thanks=thanks),
    )
    buttons = [
        Button(say.label("Show {name}", name=volunteer_card.gist(community, say, repair)), JobPress(repair.id).pack())
        for repair in [*held, *waiting][:8]
    ]
    ctx.send(text, column(*buttons) if buttons else None, purpose=Purpose.LIST)
    engine.show_open(ctx)


def _line(ctx: UpdateContext, number: int, state: State | None) -> Html:
    repair = repairs.by_id(ctx.tx, number)
    assert repair is not None
    name = volunteer_card.gist(ctx.setup.community, ctx.say, repair)
    if state is None:
        return ctx.say("– {name}, {when}", name=name, when=repair_words.urgency(ctx.say, repair.urgency))
    return ctx.say("– {name}: {state}", name=name, state=repair_words.state(ctx.say, state))


def open_job(ctx: UpdateContext) -> None:
    """The card of one's job or offer, anew below."""
    repair = repairs.by_id(ctx.tx, ctx.callback_data(JobPress).repair)
    if repair is None or offers.of(ctx.tx, repair.id, ctx.who.id) is None:
        raise InvalidCallbackData
    volunteer_card.show_below(ctx.tx, ctx.setup, repair, ctx.who.id)
