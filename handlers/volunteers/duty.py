"""/duty: on call or not, a pause, and whether neighbours may read of one. /jobs: what one has, and had."""

from datetime import timedelta
from enum import StrEnum

from domain.repairs import dispatch
from domain.repairs.repairs import State
from handlers.kit.callback_data import CallbackData, InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs
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


def command(here: Here) -> None:
    """/duty, or at once /duty on and /duty off."""
    volunteer = _volunteer(here)
    if volunteer is None:
        return
    word = here.message.text.partition(" ")[2].strip().casefold()
    if word in ON_WORDS:
        service.set_duty(here.tx, here.who, True)
    elif word in OFF_WORDS:
        service.set_duty(here.tx, here.who, False)
    text, markup = _card(here)
    here.send(text, markup, purpose=Purpose.DUTY)
    engine.show_open(here)


def _volunteer(here: Here) -> Volunteer | None:
    """Who asked, as a volunteer; others are told how to become one."""
    volunteer = volunteers.of(here.tx, here.who.id)
    if volunteer is not None and volunteer.state == volunteers.APPROVED:
        return service.on_the_list(here.tx, here.who)
    if volunteer is not None and volunteer.state == volunteers.ASKED:
        here.send(here.say("You have offered your help. The staff read it; you hear from me here."))
    else:
        here.send(here.say("That is for volunteers. To become one, send /volunteer"))
    return None


def press(here: Here) -> None:
    """A button of one's card."""
    pressed = here.callback_data(DutyPress)
    change = pressed.change
    service.on_the_list(here.tx, here.who)
    if change is Change.ON:
        service.set_duty(here.tx, here.who, True)
    elif change is Change.OFF:
        service.set_duty(here.tx, here.who, False)
    elif change is Change.DAYS and pressed.days in PAUSES:
        care = here.setup.community.care
        last = here.now + timedelta(days=pressed.days - 1)
        until = dispatch.next_morning(last, here.setup.community.zone, care.quiet.ends)
        service.set_duty(here.tx, here.who, True, until)
    elif change is Change.PAUSE:
        here.edit_pressed(_card(here)[0], _pauses(here))
        here.pop_up()
        return
    elif change in (Change.LIST, Change.HIDE):
        service.set_listed(here.tx, here.who, change is Change.LIST)
    elif change is Change.OFFER:
        here.pop_up()
        volunteering.begin(here)
        return
    elif change is not Change.MENU:
        raise InvalidCallbackData
    here.edit_pressed(*_card(here))
    here.pop_up()


def _card(here: Here) -> tuple[Html, Markup]:
    say, volunteer = here.say, service.on_the_list(here.tx, here.who)
    paused = volunteer.paused_until is not None and volunteer.paused_until > here.now
    held = repairs.held_by(here.tx, here.who.id)
    text = paragraphs(
        bold(volunteer_words.duty(say, volunteer, here.now)),
        volunteer_words.whole(here.setup.community, say, volunteer.profile),
        say("Neighbours can read who helps with what (/neighbours), you among them.")
        if volunteer.profile.listed
        else None,
        say("You have taken repair {numbers}. It stays yours: /jobs",
            numbers=repair_words.numbers(say, [repair.id for repair in held])) if held else None,
    )  # fmt: skip
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
    return text, column(Button(label, DutyPress(change).pack()) for label, change in shown)


def _pauses(here: Here) -> Markup:
    care, say = here.setup.community.care, here.say
    buttons = []
    for days in PAUSES:
        until = dispatch.next_morning(here.now + timedelta(days=days - 1), here.setup.community.zone, care.quiet.ends)
        buttons.append(Button(say.moment(until, here.now), DutyPress(Change.DAYS, days).pack()))
    return column([*buttons, Button(say.label("Back"), DutyPress(Change.MENU).pack())])


# -- jobs


def jobs(here: Here) -> None:
    """/jobs: what one has taken, what one is asked about, and what was before."""
    volunteer = _volunteer(here)
    if volunteer is None:
        return
    say, community = here.say, here.setup.community
    held = repairs.held_by(here.tx, here.who.id)
    asked = [repairs.by_id(here.tx, offer.repair) for offer in offers.open_to(here.tx, here.who.id)]
    waiting = [repair for repair in asked if repair is not None][:SHOWN]
    past = repairs.past_of(here.tx, here.who.id, SHOWN)
    done, thanks = repairs.done_and_thanked(here.tx, here.who.id)
    text = paragraphs(
        bold(volunteer_words.duty(say, volunteer, here.now)),
        lines(bold(say("You have taken")), *(_line(here, repair.id, repair.state) for repair in held))
        if held
        else say("You have taken nothing at present."),
        lines(bold(say("You are asked about")), *(_line(here, repair.id, None) for repair in waiting))
        if waiting
        else None,
        lines(bold(say("Before")), *(_line(here, repair.id, repair.state) for repair in past)) if past else None,
        say("Jobs done: {done}. Thanks: {thanks}.", done=done, thanks=thanks),
    )
    buttons = [
        Button(say.label("Show {name}", name=volunteer_card.gist(community, say, repair)), JobPress(repair.id).pack())
        for repair in [*held, *waiting][:8]
    ]
    here.send(text, column(buttons) if buttons else None, purpose=Purpose.LIST)
    engine.show_open(here)


def _line(here: Here, number: int, state: State | None) -> Html:
    repair = repairs.by_id(here.tx, number)
    assert repair is not None
    name = volunteer_card.gist(here.setup.community, here.say, repair)
    if state is None:
        return here.say("– {name}, {when}", name=name, when=repair_words.urgency(here.say, repair.urgency))
    return here.say("– {name}: {state}", name=name, state=repair_words.state(here.say, state))


def open_job(here: Here) -> None:
    """The card of one's job or offer, anew below."""
    repair = repairs.by_id(here.tx, here.callback_data(JobPress).repair)
    if repair is None or offers.of(here.tx, repair.id, here.who.id) is None:
        raise InvalidCallbackData
    volunteer_card.show_below(here.tx, here.setup, repair, here.who.id)
    here.pop_up()
