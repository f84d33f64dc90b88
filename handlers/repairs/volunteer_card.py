"""The one message a volunteer has about a repair: the offer, then, for whoever took it, the job. Kept true by editing.

The address to the door stands in it while they have the job, and at no other time: `_text` alone decides that.
"""

from enum import StrEnum

from domain.community import Community
from domain.core.subjects import subject
from domain.repairs.repairs import FREE, KNOWS_THE_DOOR, State
from domain.reports.part_purposes import RepairPartPurpose
from handlers.kit import mailer
from handlers.kit.callback_data import CallbackData
from handlers.kit.can_be_written_to import is_in_reach
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import media_line, quoted_shortly
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup
from handlers.repairs import repair_words
from handlers.repairs.buttons import ForBoth, ForVolunteer, RelayPress, WorkPress
from handlers.repairs.tell_in_private import lane_of
from handlers.reports.resident import dangers
from services.repairs import jobs
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import UNTIL_KNOWN
from storage.people import people
from storage.repairs import offers, repairs
from storage.repairs.offers import Offer
from storage.repairs.repairs import Repair
from storage.volunteers import volunteers

SHOWN_WORDS = 1500


class OfferAnswer(StrEnum):
    """What a volunteer says to an offer."""

    TAKE = "take"
    NO = "no"


class OfferPress(CallbackData, prefix="ro"):
    """The answer to an offer."""

    repair: int
    answer: OfferAnswer


def refresh(tx: Transaction, setup: Setup, repair: Repair, person: int, markup: Markup | None = None) -> int | None:
    """Make a volunteer's card say what is so now; made when there is none. Returns it, None without a chat.

    With `markup` it shows these buttons (a page of choices) in place of its own.
    """
    offer = offers.of(tx, repair.id, person)
    to = mailer.private(tx, setup, person)
    if offer is None or to is None:
        return None
    card = offer.card
    if card is None:
        card = jobs.new_card(tx, repair.id, person, to.chat.id)
    text, buttons = _text(tx, setup, to.say, repair, offer), markup or _buttons(to.say, repair, offer)
    told = bold(to.say("Repair {number}: you have taken it", number=repair.id)) if has_it(repair, person) else None
    _write(tx, to.chat.id, card, repair, text, buttons, told)
    return card


def show_below(tx: Transaction, setup: Setup, repair: Repair, person: int) -> int | None:
    """The card anew at the bottom of the chat, where it is heard; the one from before says where it is now."""
    offer = offers.of(tx, repair.id, person)
    to = mailer.private(tx, setup, person)
    if offer is None or to is None:
        return None
    if offer.card is not None:
        said = to.say("Repair {number}: the newest message about it is further down.", number=repair.id)
        _write(tx, to.chat.id, offer.card, repair, said, None)
    jobs.new_card(tx, repair.id, person, to.chat.id)
    return refresh(tx, setup, repair, person)


def _write(
    tx: Transaction,
    chat: int,
    card: int,
    repair: Repair,
    text: Html,
    markup: Markup | None,
    until_known: Html | None = None,
) -> None:
    # Protected: it cannot be forwarded, and an address must not travel. Nor may it stay where it cannot be taken out
    # again: in a message of which nobody knows that it arrived.
    kept = {UNTIL_KNOWN: until_known} if until_known is not None else {}
    about, lane = subject("repair", repair.id), lane_of(repair)
    mailer.card(tx, chat, card, text, markup, protected=True, subject=about, purpose=Purpose.CARD, lane=lane, kept=kept)


def has_it(repair: Repair, person: int) -> bool:
    """Whether a person may read the address of a repair: they have taken it, and it is not closed."""
    return repair.taker == person and repair.state in KNOWS_THE_DOOR


def _text(tx: Transaction, setup: Setup, say: Speaker, repair: Repair, offer: Offer) -> Html:
    if has_it(repair, offer.person):
        return _job(tx, setup, say, repair)
    if offer.state == offers.OPEN and repair.state in FREE:
        volunteer = volunteers.of(tx, offer.person)
        return _offer(setup.community, say, repair, offer, volunteer.profile.areas if volunteer else ())
    return _ended(tx, say, repair, offer)


def _buttons(say: Speaker, repair: Repair, offer: Offer) -> Markup | None:
    if has_it(repair, offer.person):
        return column(*job_buttons(say, repair)) if repair.state is not State.DONE else None
    if offer.state == offers.OPEN and repair.state in FREE:
        return column(
            Button(say.label("I'll take it"), OfferPress(repair.id, OfferAnswer.TAKE).pack()),
            Button(say.label("Not this time"), OfferPress(repair.id, OfferAnswer.NO).pack()),
        )
    return None


def _offer(community: Community, say: Speaker, repair: Repair, offer: Offer, helps: tuple[str, ...]) -> Html:
    danger = dangers.name(community, say, repair.danger)
    place = repair_words.rough_place(community, say, repair.area)
    return paragraphs(
        lines(
            bold(say("Repair {number}: can you come?", number=repair.id)),
            bold(repair_words.trade(community, say, repair.trade)),
            say("How soon: {when}", when=repair_words.urgency(say, repair.urgency)),
            say("Place: {place}", place=place) if place else None,
            repair_words.how_far(community, say, repair.area, offer.distance, helps),
            say("They speak of danger: {danger}", danger=danger) if danger else None,
        ),
        say("Whoever taps first has it, and then reads what is wrong, the address and when somebody is home."),
    )


def _job(tx: Transaction, setup: Setup, say: Speaker, repair: Repair) -> Html:
    community = setup.community
    said = repairs.parts(tx, repair.id, RepairPartPurpose.REQUEST)
    place = community.place_name(repair.area, say.language) if repair.area else None
    danger = dangers.name(community, say, repair.danger)
    comes = repair_words.arrival(say, repair, tx.now)
    who = people.by_id(tx, repair.person)
    return paragraphs(
        lines(
            bold(say("Repair {number}: you have taken it", number=repair.id)),
            bold(repair_words.trade(community, say, repair.trade)),
            say("How soon: {when}", when=repair_words.urgency(say, repair.urgency)),
            say("They speak of danger: {danger}", danger=danger) if danger else None,
            quoted_shortly(said, SHOWN_WORDS),
            media_line(say, said),
        ),
        lines(
            say("Name: {name}", name=who.name),
            bold(say("Telephone: {number}", number=repair.phone)) if repair.phone else None,
            say("They have no Telegram: what you write here goes to whoever asked for them.") if repair.phone else None,
            say("Place: {place}", place=place) if place else None,
            bold(say("Address: {address}", address=repair.address)),
            say("Home: {when}", when=repair.home) if repair.home else None,
        ),
        lines(
            bold(say("Door code: {code}", code=repair.code or "")),
            say("Say it at the door: they know the same code."),
            say("What they read about costs: “{costs}”", costs=repair_words.costs_read(tx, community, say, repair.id)),
        ),
        None
        if is_in_reach(tx, repair.asked_by)
        else say("I cannot write to them now. Please ring at the door at the time you said."),
        _next(say, repair, comes),
    )


def _next(say: Speaker, repair: Repair, comes: str | None) -> Html:
    match repair.state:
        case State.TAKEN:
            return bold(say("When do you come? Please tap below; they are waiting to hear it."))
        case State.COMING:
            return say("You come: {when}. Tap “On my way” when you set out.", when=comes or "")
        case State.ON_THE_WAY:
            return say("You are on the way. Tap “It is done” when it is.")
        case _:
            return say("You said it is done. Thank you! They are asked now whether it is.")


def job_buttons(say: Speaker, repair: Repair) -> list[Button]:
    """What whoever has it can do."""

    def button(label: str, what: ForVolunteer, value: str | None = None) -> Button:
        return Button(label, job_data(repair, what, value))

    buttons = []
    if repair.state is State.TAKEN:
        buttons += [
            button(say.label("In 30 minutes"), ForVolunteer.IN_MINUTES, "30"),
            button(say.label("In one hour"), ForVolunteer.IN_MINUTES, "60"),
            button(say.label("Today"), ForVolunteer.TODAY),
        ]
    if repair.state in (State.TAKEN, State.COMING):
        buttons += [
            button(say.label("Another time"), ForVolunteer.PICK_DAY, "0"),
            button(say.label("On my way"), ForVolunteer.SET_OUT),
        ]
    if repair.state is not State.TAKEN:
        buttons.append(button(say.label("It is done"), ForVolunteer.DONE))
    buttons.append(button(say.label("I cannot come"), ForVolunteer.CANNOT_SURE))
    if repair.state is not State.TAKEN:
        buttons.append(Button(say.label("Exchange numbers"), RelayPress(repair.id, ForBoth.NUMBERS).pack()))
    return [*buttons, *both_sides(say, repair, say.label("Write to them"))]


def both_sides(say: Speaker, repair: Repair, write: str) -> list[Button]:
    """What either side can do while somebody has it: write to the other, and say that they feel unsafe."""
    return [
        Button(write, RelayPress(repair.id, ForBoth.WRITE).pack()),
        Button(say.label("I feel unsafe"), RelayPress(repair.id, ForBoth.UNSAFE).pack()),
    ]


def job_data(repair: Repair, what: ForVolunteer, value: str | None = None) -> str:
    """What a button of a job carries."""
    return WorkPress(repair.id, what, value, repair.version).pack()


def _ended(tx: Transaction, say: Speaker, repair: Repair, offer: Offer) -> Html:
    number = repair.id
    if repair.taker == offer.person:
        return _over(say, repair)
    if offer.state == offers.GAVE_UP:
        return say("Repair {number} is not yours any more. The address is taken out of this chat.", number=number)
    if offer.state == offers.DECLINED:
        return say("Repair {number}: you said not this time. Thank you for answering.", number=number)
    if repair.state in (State.WITHDRAWN, State.TURNED):
        return say("Repair {number} is not needed any more. Thank you for being ready!", number=number)
    if offer.state == offers.MISSED and repair.state not in FREE:
        return say("Repair {number} is taken, thank you! Somebody else was a little quicker.", number=number)
    return say("You are not asked about repair {number} any more. Thank you!", number=number)


def _over(say: Speaker, repair: Repair) -> Html:
    if repair.state in (State.WITHDRAWN, State.TURNED):
        return say("Repair {number} is not needed any more. Thank you for being ready!", number=repair.id)
    thanks = say("They thank you.") if repair.thanked else None
    if repair.state is State.CONFIRMED:
        return lines(say("Repair {number} is done, they say so too. Thank you!", number=repair.id), thanks)
    return lines(say("Repair {number} is closed. Thank you for your help!", number=repair.id), thanks)


def gist(community: Community, say: Speaker, repair: Repair) -> str:
    """The shortest way to name a repair to a volunteer: number and trade."""
    return say.label("{number}: {trade}", number=repair.id, trade=repair_words.trade(community, say, repair.trade))
