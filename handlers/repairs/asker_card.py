"""The status card of a repair: what whoever asked reads. Kept true by editing."""

from domain.core.subjects import subject
from domain.repairs.repairs import FREE, HELD, KNOWS_THE_DOOR, State
from domain.reports.part_purposes import RepairPartPurpose
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import media_line, quoted_shortly
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.repairs import repair_words, volunteer_card
from handlers.repairs.buttons import ForAsker, ForBoth, RelayPress, StatusPress, Verdict, VerdictPress
from services.repairs import dispatching
from services.staff_room import staff_chat
from storage.core import messages
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.people import people
from storage.repairs import offers, repairs
from storage.repairs.repairs import Repair
from storage.volunteers import volunteers

ROLE = CardRole.STATUS
SHOWN_WORDS = 700


def refresh(tx: Transaction, setup: Setup, repair: Repair, markup: Markup | None = None) -> None:
    """The card of whoever asked; made when there is none. With `markup` it shows these buttons in place of its own."""
    to = mailer.private(tx, setup, repair.asked_by)
    if to is None:
        return
    card = card_of(tx, repair)
    number = card or messages.new_card(tx, to.chat.id, subject("repair", repair.id), ROLE)
    buttons = markup or _buttons(to.say, repair)
    _write(tx, to.chat.id, number, repair.id, text(tx, setup, to.say, repair), buttons)


def show_below(tx: Transaction, setup: Setup, repair: Repair) -> None:
    """A new card at the bottom of the chat; it is the one kept true from now on."""
    to = mailer.private(tx, setup, repair.asked_by)
    if to is None:
        return
    earlier = card_of(tx, repair)
    if earlier is not None:
        moved = to.say("Repair {number}: where it stands is further down in this chat.", number=repair.id)
        _write(tx, to.chat.id, earlier, repair.id, moved, None)
    messages.new_card(tx, to.chat.id, subject("repair", repair.id), ROLE)
    refresh(tx, setup, repair)


def card_of(tx: Transaction, repair: Repair) -> int | None:
    """The card of whoever asked, or None."""
    card = messages.newest_card(tx, subject("repair", repair.id), ROLE)
    return None if card is None else int(card["id"])


def _write(tx: Transaction, chat: int, card: int, number: int, said: Html, markup: Markup | None) -> None:
    mailer.card(tx, chat, card, said, markup, subject=subject("repair", number), purpose=Purpose.STATUS)


def text(tx: Transaction, setup: Setup, say: Speaker, repair: Repair) -> Html:
    """Number, state, what was asked for, who comes and when, what happens next."""
    community = setup.community
    said = repairs.parts(tx, repair.id, RepairPartPurpose.REQUEST)
    state = repair_words.state(say, repair.state, staff_know=staff_chat.is_reachable(tx))
    place = community.place_name(repair.area, say.language) if repair.area else None
    return paragraphs(
        lines(
            bold(say("Repair {number}: {state}", number=repair.id, state=state)),
            say("Trade: {trade}", trade=repair_words.trade(community, say, repair.trade)),
            quoted_shortly(said, SHOWN_WORDS),
            media_line(say, said),
            say("How soon: {when}", when=repair_words.urgency(say, repair.urgency)),
            say("For whom: {name}", name=people.by_id(tx, repair.person).name)
            if repair.person != repair.asked_by
            else None,
            say("Place: {place}", place=place) if place else None,
            say("Address: {address}", address=repair.address) if repair.state.is_open else None,
            say("Home: {when}", when=repair.home) if repair.home and repair.state.is_open else None,
        ),
        _who(tx, say, repair),
        _next(tx, setup, say, repair),
    )


def _who(tx: Transaction, say: Speaker, repair: Repair) -> Html | None:
    """The volunteer by name, since when staff know them, and the code for the door."""
    if repair.taker is None or repair.state in FREE or not repair.state.is_open:
        return None
    volunteer = volunteers.of(tx, repair.taker)
    since = volunteer.approved_at if volunteer else None
    comes = repair_words.arrival(say, repair, tx.now)
    return lines(
        bold(say("{name} comes", name=repair_words.volunteer(tx, say, repair.taker))),
        say("A volunteer of this community since {day}", day=say.day(since, tx.now)) if since else None,
        bold(say("When: {when}", when=comes)) if comes else None,
        repair_words.door_code(tx, say, repair),
    )


def _next(tx: Transaction, setup: Setup, say: Speaker, repair: Repair) -> Html | None:
    match repair.state:
        case State.LOOKING:
            asked = len(offers.of_repair(tx, repair.id, offers.OPEN))
            if asked:
                return lines(
                    say.plural("{count} volunteer is being asked.", "{count} volunteers are being asked.", asked),
                    say("What happens next: when one of them takes it, you hear it here at once."),
                )
            waits = dispatching.waits_until(setup.community, repair.urgency, tx.now)
            if waits > tx.now:
                return say(
                    "It is night, and nobody is woken for this. I ask the volunteers at {time}.", time=say.time(waits)
                )
            return say("What happens next: I ask the volunteers, and you hear it here at once when one takes it.")
        case State.UNFILLED:
            if not staff_chat.is_reachable(tx):
                return say("Nobody can come at present. I go on asking.")
            return say("Nobody can come at present. The staff know it and look for somebody, and I go on asking.")
        case State.TAKEN:
            return say("What happens next: you read here at what time they come.")
        case State.COMING | State.ON_THE_WAY:
            return say("Your address is shown to no other volunteer.")
        case State.DONE:
            return say("Please say whether it is done: the question is below.")
        case State.TURNED:
            return say("It is report no. {number} now. The staff look after it.", number=repair.report or 0)
        case State.WITHDRAWN:
            return say("You said it is not needed any more. If it is, ask again with /repair")
        case _:
            return say("The address is shown to no volunteer any more.")


def _buttons(say: Speaker, repair: Repair) -> Markup | None:
    shown: list[tuple[str, ForAsker]] = []
    if repair.state in FREE | HELD:
        shown += [
            (say.label("Change the address"), ForAsker.MOVE),
            (say.label("Not needed any more"), ForAsker.WITHDRAW_SURE),
        ]
    buttons = [Button(label, data(repair, what)) for label, what in shown]
    if repair.state in KNOWS_THE_DOOR and repair.taker is not None:
        # Whoever comes is somebody's name, and a long one would not fit.
        buttons = [
            *volunteer_card.both_sides(say, repair, say.label("Write to the volunteer")),
            Button(say.label("Exchange numbers"), RelayPress(repair.id, ForBoth.NUMBERS).pack()),
            *buttons,
        ]
    return column(*buttons) if buttons else None


def data(repair: Repair, what: ForAsker) -> str:
    """What a button of the status card carries."""
    return StatusPress(repair.id, what, repair.version).pack()


def verdict_buttons(say: Speaker, repair: Repair) -> list[Button]:
    """The three answers to "Is it done?"; they count for this round."""
    shown = [
        (say.label("Yes, and thank you!"), Verdict.THANK),
        (say.label("Yes, it is done"), Verdict.YES),
        (say.label("No, not done"), Verdict.NO),
    ]
    return [Button(label, VerdictPress(repair.id, verdict, repair.round).pack()) for label, verdict in shown]
