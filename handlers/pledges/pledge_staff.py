"""Staff look at pledges before the board shows them: a card in their group, with "Approve" and "Ask for a change"."""

from dataclasses import replace
from enum import StrEnum
from sqlite3 import Row

from domain.core.subjects import number_of, subject
from domain.people.rights import Action, NotAllowed
from domain.pledges.pledges import State
from handlers.kit import mailer, staff_topics
from handlers.kit.callback_data import CallbackData
from handlers.kit.fingerprint import fingerprint
from handlers.kit.keyboards import Button, Markup, column, force_reply, rows
from handlers.kit.mailer import Below
from handlers.kit.texts import Html, Speaker, bold, clean, escape, lines, paragraphs, quote
from handlers.kit.update_context import Setup, UpdateContext
from handlers.people import blocking
from handlers.pledges import pledge_keepers, pledge_words
from handlers.reports import describe
from services.core.errors import NotFound
from services.people.blocking import Source
from services.pledges import checking_in
from services.pledges import pledges as service
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Message, Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.pledges import occurrences, pledges
from storage.pledges.occurrences import CheckIn
from storage.pledges.pledges import NAME, Pledge, Wording, WordingState
from storage.reports import reports

ASK = f"{Purpose.ASK}pledge"
ROLE = CardRole.STAFF


class OfWording(StrEnum):
    """What staff say to a wording."""

    APPROVE = "approve"
    ASK = "ask"


class WordingPress(CallbackData, prefix="ps"):
    """`seen` is the fingerprint of what the card showed."""

    wording: int
    answer: OfWording
    seen: int


class Ending(StrEnum):
    """Staff end a promise, and are asked once, to be sure."""

    ASK = "ask"
    YES = "yes"
    NO = "no"


class EndPress(CallbackData, prefix="pe"):
    """The promise is ended, or not, as it was at that version."""

    pledge: int
    ending: Ending
    version: int


class Showing(StrEnum):
    """What came with a check-in is put on the board, or taken off."""

    SHOW = "show"
    HIDE = "hide"


class ProofPress(CallbackData, prefix="pr"):
    """`seen` is the fingerprint of what is to be shown."""

    checkin: int
    showing: Showing
    seen: int = 0


def press(ctx: UpdateContext) -> None:
    """Staff say what they think of a wording: of the very words and name its card showed, and nothing newer."""
    if not ctx.may(Action.PUBLISH):
        raise NotAllowed(Action.PUBLISH)
    if not ctx.is_in_staff_chat:
        ctx.pop_up(ctx.say_to_person.label("The staff work in another group now. Use the buttons there."), alert=True)
        return
    pressed = ctx.callback_data(WordingPress)
    wording = pledges.wording(ctx.tx, pressed.wording)
    if wording is None:
        raise NotFound
    waiting = pledges.open_wording(ctx.tx, wording.pledge)
    if waiting is None or waiting.id != wording.id or waiting.state != WordingState.WAITING:
        ctx.pop_up(ctx.say_to_person.label("That was decided before, or written anew. Look at its card."), alert=True)
        refresh(ctx.tx, ctx.setup, service.known(ctx.tx, wording.pledge))
        return
    pledge = service.known(ctx.tx, wording.pledge)
    if pressed.answer is OfWording.APPROVE and pressed.seen != _fingerprint(ctx.tx, pledge, wording):
        ctx.pop_up(
            ctx.say_to_person.label("It reads otherwise now: the words or the name have changed. Look at its card."),
            alert=True,
        )
        refresh(ctx.tx, ctx.setup, pledge, anew=True)
        return
    if pressed.answer is OfWording.APPROVE:
        service.approve(ctx.tx, ctx.setup.community, ctx.who, wording.pledge)
        ctx.pop_up(ctx.say_to_person.label("Promise no. {number} is on the board.", number=wording.pledge))
    else:
        _put_question(ctx, wording.pledge)


def press_end(ctx: UpdateContext) -> None:
    """Staff end a promise nobody keeps any more; asked once, to be sure."""
    pressed = ctx.callback_data(EndPress)
    if not ctx.may(Action.PUBLISH):
        raise NotAllowed(Action.PUBLISH)
    pledge, say = service.known(ctx.tx, pressed.pledge), ctx.say
    if pressed.version != pledge.version:
        ctx.pop_up(ctx.say_to_person.label("This has changed meanwhile. Here is how it stands now."), alert=True)
        refresh(ctx.tx, ctx.setup, pledge)
    elif pressed.ending is Ending.ASK:
        labels = ((say.label("Yes, end it"), Ending.YES), (say.label("No, go on"), Ending.NO))
        buttons = column(*(Button(label, replace(pressed, ending=ending).pack()) for label, ending in labels))
        refresh(ctx.tx, ctx.setup, pledge, markup=buttons)
    elif pressed.ending is Ending.YES:
        service.end(ctx.tx, ctx.who, pledge.id)
        ctx.pop_up(ctx.say_to_person.label("It is ended. What became of it stays on the board."))
    else:
        refresh(ctx.tx, ctx.setup, pledge)


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply to the question what should be different. False when the message is no such question."""
    number = number_of(message.subject, "pledge")
    if number is None or message.incoming or message.purpose != ASK:
        return False
    words = clean(ctx.message.words).strip()
    if not words:
        ctx.send(ctx.say("I need words for that. Please reply once more."), reply=True)
        return True
    service.ask_for_change(ctx.tx, ctx.who, number, words)
    mailer.delete(ctx.tx, ctx.where.id, message.id)
    return True


def refresh(tx: Transaction, setup: Setup, pledge: Pledge, *, anew: bool = False, markup: Markup | None = None) -> None:
    """The staff's card of a pledge, made when there is none; `anew` at the bottom, where staff look.

    With `markup` it shows these buttons in place of its own.
    """
    staff = settings.staff_chat(tx)
    if staff is None:
        return
    say = setup.group_speaker
    card = messages.newest_card(tx, subject("pledge", pledge.id), ROLE)
    topic = staff_topics.promises(tx, setup, staff)
    if card is None or card["chat"] != staff or (anew and card["message_id"] is not None):
        if card is not None and card["chat"] == staff:
            _point_down(tx, setup, pledge, card)
        number = messages.new_card(tx, staff, subject("pledge", pledge.id), ROLE, topic)
    else:
        number, topic = int(card["id"]), card["topic"]
    text, own = _card(tx, setup, say, pledge)
    mailer.card(
        tx,
        staff,
        number,
        text,
        markup or own,
        topic=topic,
        purpose=Purpose.CARD,
        subject=subject("pledge", pledge.id),
        silent=not setup.community.hours.is_open(tx.now),
    )


def write_anew(tx: Transaction, setup: Setup, number: int) -> None:
    """The card of one promise says what is so now."""
    pledge = pledges.by_id(tx, number)
    if pledge is not None:
        refresh(tx, setup, pledge)


def _point_down(tx: Transaction, setup: Setup, pledge: Pledge, card: Row) -> None:
    """The card of an earlier wording says no more how it stands: that is on the new one."""
    say, about = setup.group_speaker, subject("pledge", pledge.id)
    text = say("Promise {number} was written anew. Its card is further down.", number=pledge.id)
    mailer.card(tx, card["chat"], int(card["id"]), text, topic=card["topic"], purpose=Purpose.CARD, subject=about)


def _card(tx: Transaction, setup: Setup, say: Speaker, pledge: Pledge) -> tuple[Html, Markup | None]:
    community = setup.community
    wording = pledges.open_wording(tx, pledge.id)
    name = people.by_id(tx, pledge.person).name
    answered = reports.by_id(tx, pledge.report) if pledge.report is not None else None
    waits = wording is not None and wording.state == WordingState.WAITING
    text = paragraphs(
        lines(
            bold(say("Promise {number} · {state}", number=pledge.id, state=_state(say, pledge, wording))),
            say("By: {name}", name=name),
            say("The board may show the name.")
            if NAME in pledges.consents(tx, pledge.id)
            else say("The board shows no name."),
            pledge_keepers.asked_how(tx, say, pledges.consent(tx, pledge.id, NAME)),
            say("{name} looks after it.", name=people.by_id(tx, pledge.keeper).name)
            if pledge.keeper != pledge.person and pledges.is_looked_after(tx, pledge.id)
            else None,
            say(
                "It answers report no. {number}: {title}",
                number=answered.id,
                title=describe.gist(community, say, answered, reports.parts(tx, answered.id), 80),
            )
            if answered is not None
            else None,
        ),
        pledge_words.described(
            say, community, pledge.words, pledge.plan, pledges.areas(tx, pledge.id), tx.now, resting=pledge.state.rests
        ),
        lines(
            bold(say("It shall read:")),
            pledge_words.described(say, community, wording.words, wording.plan, wording.areas, tx.now),
        )
        if waits and wording is not None and pledge.state.is_public
        else None,
        lines(say("Asked to be changed:"), quote(wording.asked)) if wording and wording.asked else None,
    )
    if not waits or wording is None:
        may_end = pledge.state in (State.PUBLISHED, State.PAUSED)
        end = Button(say.label("End this promise"), EndPress(pledge.id, Ending.ASK, pledge.version).pack())
        return text, rows([[end]]) if may_end else None
    seen = _fingerprint(tx, pledge, wording)
    return text, rows(
        [
            [Button(say.label("Approve"), WordingPress(wording.id, OfWording.APPROVE, seen).pack())],
            [Button(say.label("Ask for a change"), WordingPress(wording.id, OfWording.ASK, seen).pack())],
            [blocking.button(say, Source.PLEDGE, pledge.id)],
        ]
    )


def _fingerprint(tx: Transaction, pledge: Pledge, wording: Wording) -> int:
    """Of what a card shows for staff to approve: the wording and the name. Another name is another fingerprint."""
    name = people.by_id(tx, pledge.person).name
    return fingerprint(wording.id, wording.words, wording.plan, wording.areas, name, pledge.report)


def _state(say: Speaker, pledge: Pledge, wording: Wording | None) -> str:
    if wording is not None and wording.state == WordingState.WAITING:
        return say.label("TO BE APPROVED")
    return {
        State.WAITING: say.label("TO BE APPROVED"),
        State.ASKED: say.label("TO BE CHANGED by whoever made it"),
        State.PUBLISHED: say.label("ON THE BOARD"),
        State.PAUSED: say.label("PAUSED"),
        State.ENDED: say.label("ENDED"),
    }[pledge.state]


def _put_question(ctx: UpdateContext, number: int) -> None:
    say = ctx.say
    mention = Html(f'<a href="tg://user?id={ctx.who.telegram_id}">{escape(ctx.who.name)}</a>')
    card = messages.newest_card(ctx.tx, subject("pledge", number), ROLE)
    pressed = ctx.pressed()
    text = say(
        "{name}, what should be different in promise {number}? Reply to this message; whoever made it reads "
        "your words.",
        name=mention,
        number=number,
    )
    ctx.send(
        text,
        force_reply(say.label("Write here")),
        topic=card["topic"] if card else None,
        reply_to=pressed.id if pressed else None,
        subject=subject("pledge", number),
        purpose=ASK,
    )
    ctx.pop_up(ctx.say_to_person.label("Reply to my question below."))


def to_staff(
    tx: Transaction, setup: Setup, pledge: int, text: Html, markup: Markup | None = None, purpose: str = Purpose.TALK
) -> None:
    """A message under the staff's card of a pledge; nothing while no staff group is chosen."""
    staff = settings.staff_chat(tx)
    if staff is not None:
        below = _below(tx, setup, staff, pledge, purpose)
        mailer.send(tx, staff, text, markup, silent=True, lane=Lane.NOTICE, **below)


def file_to_staff(tx: Transaction, setup: Setup, pledge: int, kind: str, file_id: str) -> None:
    """A photo or another file under the staff's card of a pledge."""
    staff = settings.staff_chat(tx)
    if staff is not None:
        below = _below(tx, setup, staff, pledge)
        mailer.send_file(tx, staff, kind, {"file_id": file_id}, silent=True, lane=Lane.NOTICE, **below)


def _below(tx: Transaction, setup: Setup, staff: int, pledge: int, purpose: str = Purpose.TALK) -> Below:
    about = subject("pledge", pledge)
    card = messages.newest_card(tx, about, ROLE)
    if card is not None and card["chat"] == staff:
        return mailer.below(card, about, purpose)
    topic = staff_topics.promises(tx, setup, staff)
    return {**mailer.below(None, about, purpose), "topic": topic}


def show_button(say: Speaker, checkin: CheckIn) -> Button:
    """Lets the board show what came with a check-in, as it reads at this moment."""
    shows = ProofPress(checkin.id, Showing.SHOW, proof_fingerprint(checkin))
    return Button(say.label("Show it on the board"), shows.pack())


def proof_fingerprint(checkin: CheckIn) -> int:
    """Of the words and the file that came with it."""
    return fingerprint(checkin.words, checkin.file_unique_id)


def release(ctx: UpdateContext) -> None:
    """Staff let the board show what came with a check-in, or take it off again."""
    pressed, say = ctx.callback_data(ProofPress), ctx.say
    checkin, show = pressed.checkin, pressed.showing is Showing.SHOW
    if not ctx.may(Action.PUBLISH):
        raise NotAllowed(Action.PUBLISH)
    now = occurrences.checkin(ctx.tx, checkin)
    if now is not None and show and pressed.seen != proof_fingerprint(now):
        ctx.pop_up(ctx.say_to_person.label("It reads otherwise now. Here is how it stands."), alert=True)
        words = lines(say("It reads now (promise {number}):", number=now.pledge), quote(now.words or "–"))
        ctx.edit_pressed(words, rows([[show_button(say, now)]]))
        return
    found = checking_in.release(ctx.tx, ctx.who, checkin, shown=show)
    if show:
        text = say("On the board, with promise {number}.", number=found.pledge)
        button = Button(say.label("Take it off the board"), ProofPress(checkin, Showing.HIDE).pack())
    else:
        text = say("Off the board (promise {number}).", number=found.pledge)
        button = show_button(say, found)
    ctx.edit_pressed(lines(text, quote(found.words) if found.words else None), rows([[button]]))
