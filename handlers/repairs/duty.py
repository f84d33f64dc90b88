"""/duty: on call or not, a pause, and whether neighbours may read of one. /jobs: what one has, and had."""

from datetime import timedelta

from domain import dispatch
from domain.repairs import State
from handlers.callback_data import InvalidCallbackData
from handlers.conversation.engine import engine
from handlers.here import Here
from handlers.keyboards import Button, Markup, column
from handlers.repairs import repair_words, volunteer_card, volunteer_words, volunteering
from handlers.texts import Html, bold, lines, paragraphs
from services import volunteers as service
from storage import offers, repairs, volunteers
from storage.messages import Purpose
from storage.volunteers import Volunteer

ON_WORDS = {"on", "开", "上岗"}
OFF_WORDS = {"off", "关", "下岗"}
PAUSES = (1, 3, 7, 30)
SHOWN = 5


def command(here: Here) -> None:
    """/duty, or at once /duty on and /duty off."""
    volunteer = _volunteer(here)
    if volunteer is None:
        return
    word = (here.message.text or "").partition(" ")[2].strip().casefold()
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
    """`du:<on|off|pause|days|list|hide|change>:<number>`."""
    _, what, number_text = here.query_parts(3)
    number = here.query_number(number_text)
    service.on_the_list(here.tx, here.who)
    if what == "on":
        service.set_duty(here.tx, here.who, True)
    elif what == "off":
        service.set_duty(here.tx, here.who, False)
    elif what == "days" and number in PAUSES:
        care = here.setup.community.care
        until = dispatch.next_morning(here.now + timedelta(days=number - 1), here.setup.community.zone, care.quiet.ends)
        service.set_duty(here.tx, here.who, True, until)
    elif what == "pause":
        here.edit_pressed(_card(here)[0], _pauses(here))
        here.pop_up()
        return
    elif what in ("list", "hide"):
        service.set_listed(here.tx, here.who, what == "list")
    elif what == "change":
        here.pop_up()
        volunteering.begin(here)
        return
    elif what != "menu":
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
        shown.append((say.label("On call again"), "on", 0))
    if volunteer.on_duty:
        shown.append((say.label("Off call"), "off", 0))
        shown.append((say.label("Pause until …"), "pause", 0))
    if volunteer.profile.listed:
        shown.append((say.label("Hide me from neighbours"), "hide", 0))
    else:
        shown.append((say.label("Show me to neighbours"), "list", 0))
    shown.append((say.label("Change what I offer"), "change", 0))
    return text, column(Button(label, f"du:{what}:{number}") for label, what, number in shown)


def _pauses(here: Here) -> Markup:
    care, say = here.setup.community.care, here.say
    buttons = []
    for days in PAUSES:
        until = dispatch.next_morning(here.now + timedelta(days=days - 1), here.setup.community.zone, care.quiet.ends)
        buttons.append(Button(say.moment(until, here.now), f"du:days:{days}"))
    return column([*buttons, Button(say.label("Back"), "du:menu:0")])


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
        Button(say.label("Show {name}", name=volunteer_card.gist(community, say, repair)), f"jo:{repair.id}")
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
    """`jo:<repair>`: the card of one's job or offer, anew below."""
    _, number_text = here.query_parts(2)
    repair = repairs.by_id(here.tx, here.query_number(number_text))
    if repair is None or offers.of(here.tx, repair.id, here.who.id) is None:
        raise InvalidCallbackData
    volunteer_card.show_below(here.tx, here.setup, repair, here.who.id)
    here.pop_up()
