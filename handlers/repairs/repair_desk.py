"""The staff's side of repairs: a card in the topic Repairs when nobody can come or something is wrong, and /repairs.

Nobody's name or address stands in the group: "Who and where" tells in private, and that is kept.
"""

from domain.core.subjects import subject
from domain.people.rights import Action, require
from domain.repairs.repairs import FREE, HELD, Move, after
from handlers.kit import mailer, staff_topics, wording
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.can_be_written_to import is_in_reach
from handlers.kit.keyboards import PAGE, Button, Markup, column, rows
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.people import blocking
from handlers.repairs import repair_words
from handlers.repairs.buttons import ForStaff, InList, ListPress, StaffPress
from handlers.repairs.repair_offers import too_late
from handlers.reports.resident import dangers
from services.people.blocking import Source
from services.repairs import jobs, repair_desk
from services.repairs.jobs import TooLate
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.repairs.repairs import Repair

ROLE = CardRole.STAFF
NAME = 24
LISTED = 6


def post(tx: Transaction, setup: Setup, repair: Repair) -> int | None:
    """The staff's card, made when there is none; None without a staff group."""
    staff = settings.staff_chat(tx)
    if staff is None:
        return None
    about = subject("repair", repair.id)
    card = messages.newest_card_in(tx, about, ROLE, staff)
    topic = staff_topics.repairs(tx, setup, staff)
    number = int(card["id"]) if card else messages.new_card(tx, staff, about, ROLE, topic)
    say = setup.group_speaker
    body, buttons = text(tx, setup, say, repair), _buttons(say, repair)
    mailer.card(tx, staff, number, body, buttons, topic=topic, subject=about, purpose=Purpose.CARD)
    return number


def refresh(tx: Transaction, setup: Setup, repair: Repair) -> None:
    """Make the staff's card true, where there is one."""
    staff = settings.staff_chat(tx)
    if staff is not None and messages.newest_card_in(tx, subject("repair", repair.id), ROLE, staff) is not None:
        post(tx, setup, repair)


def ring(tx: Transaction, setup: Setup, repair: Repair, said: Html, lane: Lane = Lane.INTERACTIVE) -> None:
    """A message under the staff's card, which is heard."""
    card = post(tx, setup, repair)
    staff = settings.staff_chat(tx)
    if staff is not None and card is not None:
        about, topic = subject("repair", repair.id), staff_topics.repairs(tx, setup, staff)
        mailer.send(tx, staff, said, topic=topic, reply_to_card=card, subject=about, purpose=Purpose.TALK, lane=lane)


def ring_card(tx: Transaction, setup: Setup, repair: Repair, role: str, said: Html, lane: Lane) -> None:
    """As `ring`, by a message that is kept true: it is heard once, and edited from then on."""
    staff, about = settings.staff_chat(tx), subject("repair", repair.id)
    known = messages.newest_card_in(tx, about, role, staff) if staff is not None else None
    card = known["id"] if known is not None else post(tx, setup, repair)
    if staff is None or card is None:
        return
    topic = staff_topics.repairs(tx, setup, staff)
    number = card if known is not None else messages.new_card(tx, staff, about, role, topic)
    below = None if known is not None else card
    mailer.card(
        tx, staff, number, said, topic=topic, subject=about, reply_to_card=below, purpose=Purpose.TALK, lane=lane
    )


def text(tx: Transaction, setup: Setup, say: Speaker, repair: Repair) -> Html:
    """What staff read in the group: no name of a resident, no address, no words."""
    community = setup.community
    tally = repair_desk.tally(tx, repair)
    danger = dangers.name(community, say, repair.danger)
    place = repair_words.rough_place(community, say, repair.area)
    taker = wording.named(say, people.by_id(tx, repair.taker)) if repair.taker else None
    comes = repair_words.arrival(say, repair, tx.now)
    return paragraphs(
        lines(
            bold(say("Repair {number} · {state}", number=repair.id, state=repair_words.state(say, repair.state))),
            say("Trade: {trade}", trade=repair_words.trade(community, say, repair.trade)),
            say("How soon: {when}", when=repair_words.urgency(say, repair.urgency)),
            say("Place: {place}", place=place) if place else None,
            say("They speak of danger: {danger}", danger=danger) if danger else None,
            say("Asked since {when} whether it may become a report", when=say.moment(repair.turn_asked_at, tx.now))
            if repair.turn_asked_at is not None and repair.state.is_open
            else None,
            say("Asked for: {time}", time=say.moment(repair.created_at, tx.now)),
            say.plural("Opened again {count} time", "Opened again {count} times", repair.round)
            if repair.round
            else None,
        ),
        lines(
            say("Volunteer: {name}", name=taker) if taker else None,
            bold(say("When: {when}", when=comes)) if comes else None,
            say(
                "Asked so far: {asked}. No: {no}. No answer: {silent}.",
                asked=tally["asked"],
                no=tally["said_no"],
                silent=tally["silent"],
            ),
        ),
        say("Report no. {number}", number=repair.report) if repair.report else None,
    )


def _buttons(say: Speaker, repair: Repair) -> Markup | None:
    shown: list[tuple[str, ForStaff]] = []
    if repair.state in FREE:
        shown += [(say.label("Give it to …"), ForStaff.CHOOSE), (say.label("Numbers to ring"), ForStaff.NUMBERS)]
    if repair.state in HELD:
        shown.append((say.label("Take it away"), ForStaff.FREE))
    if repair.state in repair_desk.CAN_BE_OPENED:
        shown.append((say.label("Open it again"), ForStaff.REOPEN))
    if repair.state.is_open:
        shown.append((say.label("Who and where"), ForStaff.WHO))
        if repair.turn_asked_at is None:
            shown.append((say.label("Make it a report"), ForStaff.TURN_SURE))
        else:
            shown.append((say.label("They agreed by phone"), ForStaff.TURN))
    shown.append((say.label("Block"), ForStaff.BLOCK))
    buttons = [Button(label, _data(repair, what, 0 if what is ForStaff.CHOOSE else None)) for label, what in shown]
    return rows(buttons[at : at + 2] for at in range(0, len(buttons), 2)) if buttons else None


def _data(repair: Repair, what: ForStaff, value: int | None = None) -> str:
    return StaffPress(repair.id, what, value, repair.version).pack()


# -- buttons


def press(ctx: UpdateContext) -> None:
    """Staff decide, in the group or in private."""
    pressed = ctx.callback_data(StaffPress)
    require(ctx.who.roles, Action.RUN_REPAIRS)
    repair = jobs.known(ctx.tx, pressed.repair)
    if pressed.version != repair.version:
        _show(ctx, repair)
        ctx.pop_up(ctx.say_to_person.label("This has changed meanwhile. Look at the newest buttons."), alert=True)
        return
    _ACTIONS[pressed.what](ctx, repair, pressed.value)


def _show(ctx: UpdateContext, repair: Repair, markup: Markup | None = None) -> None:
    """The message whose button was pressed says what is so now; with `markup` it shows a page of choices."""
    now = jobs.known(ctx.tx, repair.id)
    buttons = markup or _buttons(ctx.say, now)
    pressed = ctx.pressed()
    if pressed is not None and pressed.card is not None and markup is None:
        post(ctx.tx, ctx.setup, now)
    else:
        ctx.edit_pressed(text(ctx.tx, ctx.setup, ctx.say, now), buttons)


def _menu(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    _show(ctx, repair)


def _needed(value: int | None) -> int:
    """A value without which the button is none of ours. Raises InvalidCallbackData."""
    if value is None:
        raise InvalidCallbackData
    return value


def _choose(ctx: UpdateContext, repair: Repair, value: int | None) -> None:
    page = _needed(value)
    say = ctx.say
    found = repair_desk.may_be_given(ctx.tx, ctx.setup.community, ctx.who, repair)
    if not found:
        ctx.pop_up(ctx.say_to_person.label("No volunteer has this trade. You can make it a report."), alert=True)
        return
    pages = -(-len(found) // PAGE)
    shown = found[page % pages * PAGE : (page % pages + 1) * PAGE]
    buttons = []
    for volunteer in shown:
        name = one_line(people.by_id(ctx.tx, volunteer.person).name, NAME)
        on = volunteer.duty.on_call(ctx.now, ctx.setup.community.zone)
        label = say.label("{name} (on call)", name=name) if on else say.label("{name} (off call)", name=name)
        buttons.append(Button(label, _data(repair, ForStaff.GIVE, volunteer.person)))
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page % pages + 1, pages=pages)
        buttons.append(Button(label, _data(repair, ForStaff.CHOOSE, page + 1)))
    buttons.append(Button(say.label("Back"), _data(repair, ForStaff.MENU)))
    _show(ctx, repair, column(*buttons))


def _give(ctx: UpdateContext, repair: Repair, value: int | None) -> None:
    volunteer = _needed(value)
    try:
        with ctx.tx.savepoint():
            repair_desk.assign(ctx.tx, ctx.setup.community, ctx.who, repair.id, volunteer)
    except TooLate as late:
        ctx.pop_up(too_late(ctx.say_to_person, late), alert=True)
    else:
        name = people.by_id(ctx.tx, volunteer).name
        if is_in_reach(ctx.tx, volunteer):
            ctx.pop_up(ctx.say_to_person.label("{name} has it now, and hears of it.", name=name))
        else:
            ctx.pop_up(
                ctx.say_to_person.label(
                    "{name} has it now, but I cannot reach them here: please call them.", name=name
                ),
                alert=True,
            )
    _show(ctx, repair)


def _free(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    repair_desk.take_away(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    _show(ctx, repair)
    ctx.pop_up(ctx.say_to_person.label("Others are asked now."))


def _again(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    repair_desk.reopen(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    _show(ctx, repair)
    ctx.pop_up(ctx.say_to_person.label("It is open again, and volunteers are asked."))


def _turn_really(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    after(repair.state, Move.TURN)
    buttons = [
        Button(ctx.say.label("Yes, ask them"), _data(repair, ForStaff.ASK_TO_TURN)),
        Button(ctx.say.label("Back"), _data(repair, ForStaff.MENU)),
    ]
    _show(ctx, repair, column(*buttons))
    ctx.pop_up(
        ctx.say_to_person.label(
            "The person who asked for it is asked first: as a report, the whole group reads their words. Until they "
            "say yes, nothing changes."
        ),
        alert=True,
    )


def _ask_to_turn(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    say = ctx.say_to_person
    report = repair_desk.ask_to_turn(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    _show(ctx, repair)
    if report is not None:
        ctx.pop_up(say.label("It is report no. {number} now.", number=report))
    elif repair_desk.can_be_asked(ctx.tx, repair):
        ctx.pop_up(say.label("I ask them now. You hear their answer here."))
    else:
        ctx.pop_up(
            say.label(
                "They cannot be asked here now. “Who and where” tells you how to reach them; when they agree, tap "
                "“They agreed by phone”."
            ),
            alert=True,
        )


def _turn(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    report = repair_desk.turn(ctx.tx, ctx.setup.community, ctx.who, repair.id)
    _show(ctx, repair)
    ctx.pop_up(ctx.say_to_person.label("It is report no. {number} now.", number=report))


def _block(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    """Either side may have written what nobody has to read."""
    say = ctx.say
    buttons = [blocking.button(say, Source.ASKER, repair.id, say.label("Who asked for it"))]
    if repair.taker is not None:
        name = one_line(people.by_id(ctx.tx, repair.taker).name, NAME)
        buttons.append(blocking.button(say, Source.TAKER, repair.id, say.label("The volunteer {name}", name=name)))
    _show(ctx, repair, column(*buttons, Button(say.label("Back"), _data(repair, ForStaff.MENU))))


def _numbers(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    """Telephones cannot be woken by a bot: staff ring those who left a number for that. In private only."""
    say = ctx.say_to_person
    found = repair_desk.may_be_given(ctx.tx, ctx.setup.community, ctx.who, repair)
    with_number = [each for each in found if each.profile.phone][:10]
    if not with_number:
        ctx.pop_up(say.label("No volunteer with this trade has left a number."), alert=True)
        return
    _in_private(
        ctx,
        lines(
            bold(say("Repair {number}: whom you can ring", number=repair.id)),
            *(escape(f"{people.by_id(ctx.tx, each.person).name}: {each.profile.phone}") for each in with_number),
            say("Who says yes: give it to them on the card."),
        ),
    )


def _who(ctx: UpdateContext, repair: Repair, _value: int | None) -> None:
    whole = repair_desk.who_and_where(ctx.tx, ctx.who, repair.id)
    say = ctx.say_to_person
    owner, asker = people.by_id(ctx.tx, whole.person), people.by_id(ctx.tx, whole.asked_by)
    place = ctx.setup.community.place_name(whole.area, say.language) if whole.area else None
    _in_private(
        ctx,
        lines(
            bold(say("Repair {number}: who and where", number=whole.id)),
            say("Name: {name}", name=wording.named(say, owner)),
            say("Asked for by {name}", name=wording.named(say, asker)) if asker.id != owner.id else None,
            say("Telephone: {number}", number=whole.phone) if whole.phone else None,
            say("Place: {place}", place=place) if place else None,
            say("Address: {address}", address=whole.address) if whole.address else None,
            say("Volunteer: {name}", name=wording.named(say, people.by_id(ctx.tx, whole.taker)))
            if whole.taker
            else None,
            say("That you looked is recorded."),
        ),
    )


def _in_private(ctx: UpdateContext, said: Html) -> None:
    say = ctx.say_to_person
    if not ctx.send_in_private(said, protected=True, purpose=Purpose.WHO):
        ctx.pop_up(say.label("I tell you that in private: open a chat with me and press Start."), alert=True)
        return
    ctx.pop_up(say.label("I have told you in our private chat."))


_ACTIONS = {
    ForStaff.MENU: _menu,
    ForStaff.CHOOSE: _choose,
    ForStaff.GIVE: _give,
    ForStaff.FREE: _free,
    ForStaff.REOPEN: _again,
    ForStaff.TURN_SURE: _turn_really,
    ForStaff.ASK_TO_TURN: _ask_to_turn,
    ForStaff.TURN: _turn,
    ForStaff.BLOCK: _block,
    ForStaff.NUMBERS: _numbers,
    ForStaff.WHO: _who,
}


# -- /repairs


def command(ctx: UpdateContext) -> None:
    """/repairs for staff, in private: what is open, the oldest first."""
    require(ctx.who.roles, Action.RUN_REPAIRS)
    said, markup = _list(ctx, 0)
    ctx.send(said, markup, purpose=Purpose.LIST)


def page(ctx: UpdateContext) -> None:
    """A page of the list, or one of it."""
    pressed = ctx.callback_data(ListPress)
    require(ctx.who.roles, Action.RUN_REPAIRS)
    if pressed.what is InList.PAGE:
        ctx.edit_pressed(*_list(ctx, pressed.number))
    else:
        repair = jobs.known(ctx.tx, pressed.number)
        ctx.send(text(ctx.tx, ctx.setup, ctx.say, repair), _buttons(ctx.say, repair), purpose=Purpose.LIST)


def _list(ctx: UpdateContext, page: int) -> tuple[Html, Markup | None]:
    say, community = ctx.say, ctx.setup.community
    found = repair_desk.open_ones(ctx.tx, ctx.who, LISTED + 1, page * LISTED)
    if not found:
        return say("No repair is open. /oncall shows who could come."), None
    said, buttons = [], []
    for repair in found[:LISTED]:
        trade = repair_words.trade(community, say, repair.trade)
        age = wording.age(say, ctx.now - repair.created_at)
        state = repair_words.state(say, repair.state)
        said.append(
            say("{number}: {trade}, {state} ({age})", number=repair.id, trade=trade, state=bold(state), age=age)
        )
        label = say.label("Repair {number}: {name}", number=repair.id, name=trade)
        buttons.append(Button(label, ListPress(InList.OPEN, repair.id).pack()))
    if len(found) > LISTED:
        buttons.append(Button(say.label("More"), ListPress(InList.PAGE, page + 1).pack()))
    head = bold(say("Repairs that are not closed"))
    return paragraphs(head, lines(*said), say("/oncall shows who could come, and where nobody can.")), column(*buttons)
