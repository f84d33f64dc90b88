"""What became of a promise, said by replying with words or a photo; of several promises it is asked which is meant."""

from functools import partial

from domain.core.parts import PartKind
from domain.core.subjects import number_of, subject
from domain.people.rights import Action
from domain.pledges.plain_replies import Reading
from domain.pledges.pledges import Answer, Kind
from handlers.kit.additions import Replies
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Choose, add_part
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import belong_to, from_draft, part_of, words_in
from handlers.kit.texts import Html, bold, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.pledges import pledge_words
from handlers.pledges.buttons import Doing, PledgePress
from handlers.pledges.checking_in import (
    LISTED,
    PURPOSE,
    about,
    ask_why,
    nothing_done,
    question,
    with_all,
    written_down,
)
from handlers.pledges.pledge_keepers import ask_how
from services.pledges import checking_in
from services.pledges import replying as service
from services.pledges.pledges import own
from storage.core import conversations, settings
from storage.core.conversations import Conversation
from storage.core.messages import Message, Purpose
from storage.people import people
from storage.pledges import occurrences, pledges
from storage.pledges.occurrences import CheckIn
from storage.pledges.pledges import PHOTOS, Pledge
from storage.reports.reports import NewPart


def replied(ctx: UpdateContext, message: Message) -> bool:
    """A reply to one of our messages about promises. False when the message is about none."""
    if message.incoming or message.purpose not in (PURPOSE, LISTED):
        return False
    number = number_of(message.subject, "pledge")
    if number is None:
        kept = pledges.kept_by(ctx.tx, ctx.who.id)
        if not kept:
            ctx.send(ctx.say("You have no promise on the board now. Everything else: just write it here."))
            return True
        if len(kept) > 1:
            _ask_which(ctx)
            return True
        number = kept[0].id
    part = part_of(ctx, Purpose.PART, subject("pledge", number))
    if part is None:
        ctx.send(_nothing_to_keep(ctx))
        return True
    _take(ctx, own(ctx.tx, ctx.who, number), [part])
    return True


def album_went_on(ctx: UpdateContext, first: Message) -> bool:
    """A later part of an album goes where its first part went, and says nothing of another day."""
    number = number_of(first.subject, "pledge")
    if number is None or not first.incoming:
        return False
    part = part_of(ctx, Purpose.PART, subject("pledge", number))
    if part is None:
        return True
    try:
        service.went_on(ctx.tx, ctx.who, number, first.id, part)
    except service.Unclear as unclear:
        _ask(ctx, own(ctx.tx, ctx.who, number), unclear, kept=True)
    return True


def edited(ctx: UpdateContext, message: Message, newest: bool) -> bool:
    """A reply was changed afterwards. False when the message is none."""
    number = number_of(message.subject, "pledge")
    if number is None or not message.incoming:
        return False
    if newest:
        pledge = own(ctx.tx, ctx.who, number)
        try:
            service.changed(ctx.tx, ctx.who, number, message.id, words_in(ctx) or "")
        except service.Unclear as unclear:
            _ask(ctx, pledge, unclear, kept=True)
    return True


def _take(ctx: UpdateContext, pledge: Pledge, parts: list[NewPart]) -> None:
    """All that came together says what became of it; the first part stands with the answer, the others beside it."""
    try:
        said = service.reply(ctx.tx, ctx.who, pledge.id, parts)
    except service.Unclear as unclear:
        kept = [service.keep_unclear(ctx.tx, ctx.who, pledge.id, part, unclear.time) for part in parts]
        _ask(ctx, pledge, unclear, kept=any(kept))
    else:
        checkin = occurrences.checkin(ctx.tx, said.checkin) if said.checkin is not None else None
        for part in parts[1:]:
            checking_in.note(ctx.tx, ctx.who, pledge.id, checkin.occurrence if checkin else None, part)
        _show(ctx, pledge, said, checkin)
    if any(part.kind == PartKind.PHOTO for part in parts) and PHOTOS not in pledges.consents(ctx.tx, pledge.id):
        _ask_consent(ctx, pledge)


def _show(ctx: UpdateContext, pledge: Pledge, said: service.Replied, checkin: CheckIn | None) -> None:
    """What was written down; after a no it is asked why."""
    if said.reading is Reading.NO and (checkin is None or checkin.answer is Answer.NOTE):
        times = checking_in.answerable(ctx.tx, pledge)
        nothing_done(ctx, pledge, times[-1].id if times else None, partial(_tell, ctx, pledge))
        return
    assert checkin is not None
    _tell(ctx, pledge, *written_down(ctx, pledge, checkin.id))
    if checkin.answer is Answer.CANNOT and checkin.occurrence is not None:
        ask_why(ctx, pledge, checkin.occurrence)


def _ask(ctx: UpdateContext, pledge: Pledge, unclear: service.Unclear, *, kept: bool) -> None:
    """What cannot be read is asked by buttons, of one time where that is known; a question went to the staff."""
    head = ctx.say("I am not sure what to write down. Please tap it.")
    if unclear.asks and kept and settings.staff_chat(ctx.tx) is not None:
        head = ctx.say(
            "I have passed your question to the staff. Their answer comes here. If there is something to say of your "
            "promise, tap it."
        )
    elif kept:
        head = ctx.say("I have kept what you sent. What became of it, I am not sure: please tap it.")
    time = occurrences.by_id(ctx.tx, unclear.time) if unclear.time is not None else None
    counted = pledge.kind in (Kind.QUOTA, Kind.ON_CALL)
    if time is None or counted:
        text, markup = question(ctx, pledge, head)
        _tell(ctx, pledge, text, with_all(ctx, pledge, markup, unclear.perhaps))
    else:
        _tell(ctx, pledge, *about(ctx, pledge, time, head))


def _tell(ctx: UpdateContext, pledge: Pledge, text: Html, markup: Markup | None) -> None:
    ctx.send(text, markup, subject=subject("pledge", pledge.id), purpose=PURPOSE, not_before=ctx.album_pause)


def _nothing_to_keep(ctx: UpdateContext) -> Html:
    return ctx.say("I can take words, photos, videos and voice messages.")


def _ask_consent(ctx: UpdateContext, pledge: Pledge) -> None:
    say = ctx.say
    if pledge.person != ctx.who.id:
        if ctx.may(Action.RECORD):
            ctx.send(*ask_how(ctx, pledge, PHOTOS))
        else:
            ctx.send(
                say(
                    "I have kept the photo. The board shows it once the staff have asked {name}.",
                    name=people.by_id(ctx.tx, pledge.person).name,
                )
            )
        return
    ctx.send(
        paragraphs(
            bold(say("May the board show your photos of promise no. {number}?", number=pledge.id)),
            say("Only photos that the staff have looked at. You can take that back at any time with /pledge."),
        ),
        column(
            Button(say.label("Yes, show them"), PledgePress(pledge.id, Doing.SHOW_PHOTOS, pledge.version).pack()),
            Button(say.label("No"), PledgePress(pledge.id, Doing.OPEN, pledge.version).pack()),
        ),
    )


# -- which one is meant: what was said is kept meanwhile


def _ask_which(ctx: UpdateContext) -> None:
    if part_of(ctx, Purpose.PART) is None:
        ctx.send(_nothing_to_keep(ctx))
        return
    conversation = engine.begin(ctx, MEANT.name)
    add_part(ctx, conversation.draft, "words")
    conversations.save(ctx.tx, conversation)


def _promises(ctx: UpdateContext) -> list[tuple[str, str]]:
    return [(pledge_words.short(ctx.say, pledge), str(pledge.id)) for pledge in pledges.kept_by(ctx.tx, ctx.who.id)]


def _add(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    return add_part(ctx, draft, "words") or ctx.say("I have added that.")


def _meant(ctx: UpdateContext, conversation: Conversation) -> None:
    pledge = own(ctx.tx, ctx.who, int(conversation.draft["pledge"]))
    parts = from_draft(conversation.draft["words"])
    belong_to(ctx.tx, parts, subject("pledge", pledge.id))
    engine.end(ctx, conversation, pledge_words.named(ctx.say, pledge))
    _take(ctx, pledge, parts)


MEANT = Flow(
    name="whichpledge",
    steps=(
        Choose(
            "pledge",
            ask=lambda ctx, _draft: ctx.say("Which promise is it about? Tap it; I have kept what you sent."),
            options=_promises,
        ),
    ),
    finish=_meant,
    take_extra=_add,
    touched=drafts.let_lapse,
    may_lapse=True,
    cancelled=lambda ctx, _conversation: ctx.say("All right. I have written nothing down."),
)


REPLIES = Replies(replied, album_went_on, edited)
