"""Who does not feel safe reads how far that came: the staff are being rung, their group has it, or nobody was reached.

A row of `scheduled_tasks` looks at it every few seconds, after ten minutes once a minute, until the staff group has it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domain.core.subjects import number_of, split, subject
from handlers.kit import mailer
from handlers.kit.texts import Html, Speaker, bold, escape, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import staff_have_it
from services.reports import alarms
from services.staff_room import staff_chat
from storage.core import messages, outbox, scheduled_tasks, settings, unsent_messages
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.reports import dangers
from storage.reports.dangers import Rung

KIND = "unsafe_reach"
OFTEN, RARELY, FIRST = timedelta(seconds=3), timedelta(minutes=1), timedelta(minutes=10)
KEPT = timedelta(days=1)
HAS, TELLING, NOBODY = "has", "telling", "nobody"


def group_role(rung: int) -> str:
    """The role of the group's message."""
    return f"{CardRole.UNSAFE_GROUP}{rung}"


def private_role(rung: int) -> str:
    """The role of the messages to leads and admins."""
    return f"{CardRole.UNSAFE_PRIVATE}{rung}"


def begin(ctx: UpdateContext, number: int, message: int | None) -> Html:
    """The staff are rung because of repair `number`: what `message`, the question, says from now on."""
    rung = dangers.newest(ctx.tx, dangers.UNSAFE, ctx.who.id, subject("repair", number))
    assert rung is not None
    data = {
        "chat": ctx.where.id,
        "message": message,
        "since": to_text(ctx.now),
        "language": ctx.say.language,
        "shown": TELLING,
    }
    scheduled_tasks.plan(ctx.tx, KIND, subject("danger", rung.id), ctx.now + OFTEN, _key(rung.id), data)
    return _text(ctx.setup, ctx.say, number, TELLING)


def again(ctx: UpdateContext, number: int) -> Html:
    """It was said once more: what the question says."""
    return _around(ctx.setup, ctx.say, escape(said_again(ctx, number)))


def said_again(ctx: UpdateContext, number: int) -> str:
    """That it was said once more, in a sentence."""
    rung = dangers.newest(ctx.tx, dangers.UNSAFE, ctx.who.id, subject("repair", number))
    if rung is not None and scheduled_tasks.planned(ctx.tx, _key(rung.id)) is not None:
        return ctx.say_to_person.label("The staff are still being told. I am adding that you have said it again.")
    return ctx.say_to_person.label("The staff have already been told. I am adding that you have said it again.")


def run_due(
    tx: Transaction,
    setup: Setup,
    about: str,
    data: dict[str, Any],
    ring_group: Callable[[Transaction, Setup, Rung], None],
) -> None:
    """The task: what is said of it is made true. That nobody was reached comes as a message of its own, which rings.

    `ring_group` writes the group's message anew, where what was to be sent was put away with a group that was lost.
    """
    _, number = split(about)
    rung = dangers.by_id(tx, number)
    repair = number_of(rung.subject, "repair") if rung is not None else None
    since = from_text(data["since"])
    if rung is None or repair is None or not since - KEPT < tx.now < since + KEPT:
        return
    state = _state(tx, rung, tx.now >= since + alarms.GIVE_UP_AFTER)
    if state != data["shown"]:
        _show(tx, setup, rung, repair, state, data)
    if state != HAS:
        if staff_chat.is_reachable(tx) and not _is_on_its_way(tx, rung):
            ring_group(tx, setup, rung)
        pause = OFTEN if tx.now < since + FIRST else RARELY
        scheduled_tasks.plan(tx, KIND, about, tx.now + pause, _key(rung.id), {**data, "shown": state})


def _is_on_its_way(tx: Transaction, rung: Rung) -> bool:
    card = messages.newest_card(tx, rung.subject, group_role(rung.id))
    if card is None:
        return False
    return outbox.card_waits(tx, card["id"]) or unsent_messages.is_on_its_way(
        tx, card["chat"], rung.subject, Purpose.TALK
    )


def _state(tx: Transaction, rung: Rung, late: bool) -> str:
    card = messages.newest_card(tx, rung.subject, group_role(rung.id))
    if card is not None and card["message_id"] is not None and card["chat"] == settings.staff_chat(tx):
        return HAS
    if not late and (staff_chat.is_reachable(tx) or alarms.in_private(tx, rung.person)):
        return TELLING
    written_to = messages.cards_of(tx, rung.subject, private_role(rung.id))
    count = sum(each["message_id"] is not None for each in written_to)
    return str(count) if count else NOBODY


def _show(tx: Transaction, setup: Setup, rung: Rung, repair: int, state: str, data: dict[str, Any]) -> None:
    say = setup.speaker(data["language"])
    text, about = _text(setup, say, repair, state), subject("repair", repair)
    if data["message"] is not None:
        mailer.edit(tx, data["chat"], data["message"], text, subject=about)
    role = f"unsafe_told:{rung.id}"
    known = messages.newest_card_in(tx, about, role, data["chat"])
    if known is None and state == HAS:
        return
    card = known["id"] if known is not None else messages.new_card(tx, data["chat"], about, role)
    mailer.card(tx, data["chat"], card, text, subject=about, purpose=Purpose.UNSAFE, lane=Lane.URGENT)


def _text(setup: Setup, say: Speaker, repair: int, state: str) -> Html:
    match state:
        case "telling":
            said = say("The staff are being rung now, about repair {number}.", number=repair)
        case "has":
            said = say("The staff group has it: you feel unsafe, and it is about repair {number}.", number=repair)
        case "nobody":
            said = staff_have_it.nobody(setup.community, say)
        case _:
            said = staff_have_it.only_in_private(setup.community, say, int(state))
    return _around(setup, say, said)


def _around(setup: Setup, say: Speaker, said: Html) -> Html:
    first = setup.community.number_when_unsafe()
    return paragraphs(
        bold(say("In danger call {number} now: {who}", number=first.number, who=say.words(first.label))),
        said,
        say("You need not open the door, and need not stay."),
    )


def _key(rung: int) -> str:
    return f"{KIND}:{rung}"
