"""What became of a promise, said by replying with words or a photo; of several promises it is asked which is meant."""

from functools import partial

from domain.core.parts import PartKind
from domain.core.subjects import number_of, subject
from domain.people.rights import Action
from domain.pledges.pledge_replies import Reading
from domain.pledges.pledges import Answer, Kind
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Choose, add_part
from handlers.kit.here import Here
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import from_draft, part_of, words_in
from handlers.kit.texts import Html, bold, paragraphs
from handlers.pledges import pledge_words
from handlers.pledges.checking_in import LISTED, PURPOSE, about, ask_why, nothing_done, question, written_down
from handlers.pledges.pledge_keepers import ask_how
from services.pledges import checking_in as service
from services.pledges.pledges import own
from storage.core import conversations, messages
from storage.core.conversations import Conversation
from storage.core.messages import Message, Purpose
from storage.people import people
from storage.pledges import occurrences, pledges
from storage.pledges.occurrences import CheckIn
from storage.pledges.pledges import PHOTOS, Pledge
from storage.reports.reports import NewPart


def replied(here: Here, message: Message) -> bool:
    """A reply to one of our messages about promises. False when the message is about none."""
    if message.incoming or message.purpose not in (PURPOSE, LISTED):
        return False
    number = number_of(message.subject, "pledge")
    if number is None:
        kept = pledges.kept_by(here.tx, here.who.id)
        if not kept:
            here.send(here.say("You have no promise on the board now. Everything else: just write it here."))
            return True
        if len(kept) > 1:
            _ask_which(here)
            return True
        number = kept[0].id
    part = part_of(here, Purpose.PART, subject("pledge", number))
    if part is None:
        here.send(_nothing_to_keep(here))
        return True
    _take(here, own(here.tx, here.who, number), [part])
    return True


def album_went_on(here: Here, first: Message) -> bool:
    """A later part of an album goes where its first part went, and says nothing of another day."""
    number = number_of(first.subject, "pledge")
    if number is None or not first.incoming:
        return False
    part = part_of(here, Purpose.PART, subject("pledge", number))
    if part is None:
        return True
    here.answered = True
    try:
        service.went_on(here.tx, here.who, number, first.id, part)
    except service.Unclear as unclear:
        _ask(here, own(here.tx, here.who, number), unclear, kept=True)
    return True


def edited(here: Here, message: Message, newest: bool) -> bool:
    """A reply was changed afterwards. False when the message is none."""
    number = number_of(message.subject, "pledge")
    if number is None or not message.incoming:
        return False
    if newest:
        pledge = own(here.tx, here.who, number)
        try:
            service.changed(here.tx, here.who, number, message.id, words_in(here) or "")
        except service.Unclear as unclear:
            _ask(here, pledge, unclear, kept=True)
    here.answered = True
    return True


def _take(here: Here, pledge: Pledge, parts: list[NewPart]) -> None:
    """All that came together says what became of it; the first part stands with the answer, the others beside it."""
    try:
        said = service.reply(here.tx, here.who, pledge.id, parts)
    except service.Unclear as unclear:
        kept = [service.keep_unclear(here.tx, here.who, pledge.id, part, unclear.time) for part in parts]
        _ask(here, pledge, unclear, kept=any(kept))
    else:
        checkin = occurrences.checkin(here.tx, said.checkin) if said.checkin is not None else None
        for part in parts[1:]:
            service.note(here.tx, here.who, pledge.id, checkin.occurrence if checkin else None, part)
        _show(here, pledge, said, checkin)
    if any(part.kind == PartKind.PHOTO for part in parts) and PHOTOS not in pledges.consents(here.tx, pledge.id):
        _ask_consent(here, pledge)


def _show(here: Here, pledge: Pledge, said: service.Replied, checkin: CheckIn | None) -> None:
    """What was written down; after a no it is asked why."""
    if said.reading is Reading.NO and (checkin is None or checkin.answer is Answer.NOTE):
        times = service.answerable(here.tx, pledge)
        nothing_done(here, pledge, times[-1].id if times else None, partial(_tell, here, pledge))
        return
    assert checkin is not None
    _tell(here, pledge, *written_down(here, pledge, checkin.id))
    if checkin.answer is Answer.CANNOT and checkin.occurrence is not None:
        ask_why(here, pledge, checkin.occurrence)


def _ask(here: Here, pledge: Pledge, unclear: service.Unclear, *, kept: bool) -> None:
    """What cannot be read is asked by buttons; of which time is known where words take back what was said of it."""
    head = here.say("I am not sure what to write down. Please tap it.")
    if kept:
        head = here.say("I have kept what you sent. What became of it, I am not sure: please tap it.")
    time = occurrences.by_id(here.tx, unclear.time) if unclear.time is not None else None
    counted = pledge.kind in (Kind.QUOTA, Kind.ON_CALL)
    if time is None or counted:
        _tell(here, pledge, *question(here, pledge, head))
    else:
        _tell(here, pledge, *about(here, pledge, time, head))


def _tell(here: Here, pledge: Pledge, text: Html, markup: Markup | None) -> None:
    here.send(text, markup, subject=subject("pledge", pledge.id), purpose=PURPOSE, not_before=here.album_pause)


def _nothing_to_keep(here: Here) -> Html:
    return here.say("I can take words, photos, videos and voice messages.")


def _ask_consent(here: Here, pledge: Pledge) -> None:
    say = here.say
    if pledge.person != here.who.id:
        if here.may(Action.RECORD):
            here.send(*ask_how(here, pledge, PHOTOS))
        else:
            here.send(say("I have kept the photo. The board shows it once the staff have asked {name}.",
                          name=people.by_id(here.tx, pledge.person).name))  # fmt: skip
        return
    here.send(
        paragraphs(
            bold(say("May the board show your photos of promise no. {number}?", number=pledge.id)),
            say("Only photos that the staff have looked at. You can take that back at any time with /pledge."),
        ),
        column([
            Button(say.label("Yes, show them"), f"p:{pledge.id}:photos:{pledge.version}"),
            Button(say.label("No"), f"p:{pledge.id}:open:{pledge.version}"),
        ]),
    )  # fmt: skip


# -- which one is meant: what was said is kept meanwhile


def _ask_which(here: Here) -> None:
    if part_of(here, Purpose.PART) is None:
        here.send(_nothing_to_keep(here))
        return
    conversation = engine.begin(here, MEANT.name)
    add_part(here, conversation.draft, "words")
    conversations.save(here.tx, conversation)


def _promises(here: Here) -> list[tuple[str, str]]:
    return [(pledge_words.short(here.say, pledge), str(pledge.id)) for pledge in pledges.kept_by(here.tx, here.who.id)]


def _add(here: Here, draft: Draft) -> Wrong | Html | None:
    return add_part(here, draft, "words") or here.say("I have added that.")


def _meant(here: Here, conversation: Conversation) -> None:
    pledge = own(here.tx, here.who, int(conversation.draft["pledge"]))
    parts = from_draft(conversation.draft["words"])
    for part in parts:
        if part.message is not None:
            messages.set_subject(here.tx, part.message, subject("pledge", pledge.id))
    engine.end(here, conversation, pledge_words.named(here.say, pledge))
    _take(here, pledge, parts)


MEANT = Flow(
    name="whichpledge",
    steps=(
        Choose(
            "pledge",
            ask=lambda here, _draft: here.say("Which promise is it about? Tap it; I have kept what you sent."),
            change=lambda _here, _draft: "",
            options=_promises,
        ),
    ),
    finish=_meant,
    spill=_add,
    touched=drafts.asked,
    may_lapse=True,
    ended=drafts.ended,
    cancelled=lambda here, _conversation: here.say("All right. I have written nothing down."),
)
