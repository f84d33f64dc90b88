"""Saying what is wrong. The first answer to any text, photo or voice message already carries "Send it like this"."""

from typing import Any

from domain.core.subjects import number_of, subject
from handlers.kit.additions import Instead
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import SUMMARY, Draft, Flow, Unsent, Wrong
from handlers.kit.conversation.last_places import LastPlace
from handlers.kit.conversation.question import button_data
from handlers.kit.conversation.steps import (
    TYPED,
    TYPED_BEFORE,
    Choose,
    Place,
    Words,
    add_part,
    has_place,
    keep_typed,
    no_such_part,
)
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, change, earlier_in, file_in, from_draft, media_line, quoted_shortly, words_in
from handlers.kit.texts import Html, bold, lines, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.reports.resident import belonging, broken_again, dangers, guessing, possible_question, said_afterwards
from handlers.reports.resident.joining import ALIKE
from services.public_reports import access
from services.reports import dangers as dangers_service
from services.reports import possible_dangers, saying_more, submitting
from services.reports.submitting import NewReport
from storage.core import conversations, messages
from storage.core.conversations import Conversation, ConversationState
from storage.core.messages import CardRole, Purpose
from storage.reports import reports

NAME = "report"
NOTICE, OF_NOTICE = "notice", "_of_notice"
"""In a draft: the notice that it answers, and how that begins."""
SHOWN_WORDS = 1500
LAST_PLACES = 3


def command(ctx: UpdateContext) -> None:
    """/report, with the words behind it when there are any: `/report The lamp is dark`."""
    if words_in(ctx) is None:
        begin(ctx)
        return
    dangers.watch(ctx)
    if ctx.conversation is not None:
        engine.message(ctx)
    else:
        begin_with_message(ctx)


def begin(ctx: UpdateContext) -> None:
    """The big button: ask what is wrong, or go back to the report that is being written."""
    if ctx.conversation is not None and ctx.conversation.flow == NAME:
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, NAME)


def begin_with_message(ctx: UpdateContext, begun: Draft | None = None) -> None:
    """Free text, a photo or a voice message, sent without any command: the report has begun.

    `begun`: what is known of it already. What is being written waits meanwhile.
    """
    draft: Draft = begun or {}
    if ctx.conversation is not None:
        engine.put_aside(ctx)
    if ctx.message.point is not None:
        _PLACE.take_message(ctx, draft)
        engine.begin(ctx, NAME, draft, lead=ctx.say("I have noted the place."))
        return
    wrong = add_part(ctx, draft, "words")
    if wrong is not None:
        ctx.send(
            paragraphs(
                ctx.say("I can take words, photos, videos and voice messages."),
                ctx.say("If something is wrong in the neighbourhood, just write it here."),
            )
        )
        return
    # With reports open already, these words may belong to one of them: the summary asks.
    known = draft.get(broken_again.REPLIED) or draft.get(NOTICE)
    draft["_own"] = [] if known else belonging.offered(ctx)
    ctx.conversation = _opened(ctx, draft)
    if _interrupt(ctx, ctx.conversation):
        return
    drafts.touched(ctx, ctx.conversation)
    engine.show(ctx)


def begin_with(ctx: UpdateContext, words: list[dict[str, Any]], place: Draft | None = None) -> None:
    """Go on with what was said elsewhere, and was meant for that or for a report."""
    draft: Draft = {**(place or {}), **({"words": words, "_own": belonging.offered(ctx)} if words else {})}
    guessing.suggest(ctx, draft)
    conversation = engine.begin(ctx, NAME, draft)
    _is_of(ctx, conversation, words)


def take_in(ctx: UpdateContext, conversation: Conversation, words: list[dict[str, Any]]) -> None:
    """What was said elsewhere belongs to the report that is being written."""
    conversation.draft.setdefault("words", []).extend(words)
    guessing.suggest(ctx, conversation.draft)
    _is_of(ctx, conversation, words)
    if conversation.step == _WORDS.name:
        conversation.step = SUMMARY


def _is_of(ctx: UpdateContext, conversation: Conversation, words: list[dict[str, Any]]) -> None:
    belong_to(ctx.tx, from_draft(words), subject("conversation", conversation.id))


def keep_for_later(ctx: UpdateContext, words: list[dict[str, Any]]) -> None:
    """What was said elsewhere and went nowhere waits as a draft: it is shown when what is begun now is done."""
    draft: Draft = {"words": words, "_own": belonging.offered(ctx)}
    guessing.suggest(ctx, draft)
    conversation = conversations.begin(ctx.tx, ctx.where.id, ctx.who.id, NAME, SUMMARY, draft)
    belong_to(ctx.tx, from_draft(words), subject("conversation", conversation.id))
    conversation.state = ConversationState.PARKED
    conversations.save(ctx.tx, conversation)
    drafts.touched(ctx, conversation)
    engine.keep_few(ctx)


def _opened(ctx: UpdateContext, draft: Draft) -> Conversation:
    conversation = conversations.begin(ctx.tx, ctx.where.id, ctx.who.id, NAME, SUMMARY, draft)
    belong_to(ctx.tx, from_draft(draft["words"]), subject("conversation", conversation.id))
    return conversation


def edited(ctx: UpdateContext, kept: messages.Message, newest: bool) -> None:
    """A message of a draft, of whatever flow, was changed: the draft says what it says now."""
    number = number_of(kept.subject, "conversation")
    conversation = ctx.conversation
    if conversation is None or conversation.id != number:
        conversation = conversations.by_id(ctx.tx, number) if number is not None else None
    if conversation is None or conversation.person != ctx.who.id:
        return
    for part in _parts(conversation.draft):
        if part.get("message") == kept.id:
            change(part, words_in(ctx), newest)
            if newest:
                part.update(file_in(ctx))
    if kept.purpose == Purpose.PLACE and (not newest or conversation.draft.get(TYPED) != kept.id):
        keep_typed(conversation.draft, words_in(ctx) or "")  # another place was chosen since
        conversations.save(ctx.tx, conversation)
        return
    if conversation.state == ConversationState.ENDED or not newest:
        # Cancelled, it is asked for no more, and kept as long as the rest of the draft.
        conversations.save(ctx.tx, conversation)
        return
    if kept.purpose == Purpose.PLACE:
        _PLACE.take_message(ctx, conversation.draft)
    if conversation.state == ConversationState.PARKED:
        conversations.save(ctx.tx, conversation)  # shown when it comes back
        return
    engine.changed(ctx)


def _parts(draft: Draft) -> list[dict[str, Any]]:
    """All that was said in a draft, whatever it was said to."""
    said = [value for value in draft.values() if isinstance(value, list)]
    return [part for parts in said for part in parts if isinstance(part, dict)]


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    """Whatever comes while a report is being written belongs to it; a location says where it is."""
    if ctx.message.point is not None:
        _PLACE.take_message(ctx, draft)
        return ctx.say("I have noted the place.")
    wrong = add_part(ctx, draft, "words")
    if wrong is not None:
        return wrong
    return ctx.say("I have added that.")


def _no_guess(draft: Draft) -> None:
    draft["_guessed"] = False


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    parts = from_draft(draft.get("words", []))
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("You are answering this notice: “{words}”", words=draft[OF_NOTICE]) if draft.get(OF_NOTICE) else None,
        lines(
            quoted_shortly(parts, SHOWN_WORDS),
            media_line(say, parts),
            guessing.kind_line(ctx, draft),
            guessing.place_line(ctx, draft),
            no_such_part(ctx, draft),
        ),
        broken_again.question(ctx, draft) or belonging.question(ctx, draft),
        *(each.line(say) for each, _ in _instead(ctx, draft)),
        _may_be_shown(ctx, draft),
        say("You can send it like this. Or write more, speak, or send a photo: I will add it."),
    )


def _may_be_shown(ctx: UpdateContext, draft: Draft) -> Html | None:
    """What everybody may read of it; nothing is said where nothing of the kind is ever shown."""
    kind = ctx.setup.community.category(draft["kind"]) if draft.get("kind") else None
    if not access.shows(ctx.setup.community) or (kind is not None and kind.about_person):
        return None
    return ctx.say(
        "Only the staff read your words. What it is about may be shown to everybody, by a title of the staff's and "
        "without your name; you are told then, and can have it taken off."
    )


def _instead(ctx: UpdateContext, draft: Draft) -> list[tuple[Instead, str]]:
    """What these words are rather for, and what of it."""
    found = [(each, each.fits(ctx, guessing.texts(draft))) for each in ctx.setup.features.instead.values()]
    return [(each, what) for each, what in found if what is not None]


def _more_buttons(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    again = broken_again.buttons(ctx, conversation)
    instead = [
        Button(each.label(ctx, what), button_data(conversation, each.name))
        for each, what in _instead(ctx, conversation.draft)
    ]
    most = max(0, belonging.OFFERED - len(instead) - len(again))  # at most eight in all
    return [*again, *instead, *belonging.buttons(ctx, conversation, most)]


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    if value in ctx.setup.features.instead:
        _do_instead(ctx, conversation, ctx.setup.features.instead[value])
        return True
    return broken_again.pressed(ctx, conversation, value) or belonging.press(ctx, conversation, value)


def _do_instead(ctx: UpdateContext, conversation: Conversation, instead: Instead) -> None:
    """What was said goes on as something else, and no report is sent."""
    words = conversation.draft["words"]
    what = instead.fits(ctx, guessing.texts(conversation.draft))
    engine.end(ctx, conversation, instead.goes_on(ctx.say))
    drafts.ended(ctx, conversation)
    instead.begin(ctx, words, what)


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    """Sent without an answer to the question of danger: staff see it now instead of in some minutes."""
    danger = possible_dangers.asked(ctx.tx, conversation.id)
    number = _submit(ctx, conversation, danger, unconfirmed=danger is not None)
    if danger is not None:
        possible_question.tell_shown(ctx, number)


def _interrupt(ctx: UpdateContext, conversation: Conversation) -> bool:
    """After each message: guess anew what it is about. Words of danger are not kept waiting for a button."""
    guessing.suggest(ctx, conversation.draft)
    broken_again.offer(ctx, conversation.draft)
    speaks_of = ctx.danger or ctx.possible_danger
    if speaks_of is None:
        return False
    stands = dangers_service.standing(ctx.tx, ctx.who.id)
    if stands is None and ctx.possible_danger is not None:
        possible_question.ask(ctx, conversation, ctx.possible_danger)
        return False
    ctx.danger = speaks_of
    # Below, where the person is looking: the number to call stands above it.
    if stands is None:
        send_now(ctx, conversation, speaks_of)
    else:
        belonging.add(ctx, conversation, dangers_service.number(stands), said_afterwards.received)
    conversations.save(ctx.tx, conversation)
    if dangers_service.awaiting_place(ctx.tx, ctx.who.id) is None:
        engine.take_up_parked(ctx)  # else where it is is asked last, and what was put aside waits
    return True


def send_now(ctx: UpdateContext, conversation: Conversation, danger: str, *, unconfirmed: bool = False) -> int:
    """What is in a draft goes to staff as danger, without a button; its number. The card comes below."""
    engine.end(ctx, conversation, None, below=True)
    drafts.ended(ctx, conversation)
    number = _submit(ctx, conversation, danger, unconfirmed)
    conversations.save(ctx.tx, conversation)
    return number


def _submit(ctx: UpdateContext, conversation: Conversation, danger: str | None, unconfirmed: bool = False) -> int:
    draft = conversation.draft
    possible_question.drop(ctx, conversation)
    parts = from_draft(draft["words"])
    if conversation.card is None:
        conversation.card = messages.new_card(ctx.tx, ctx.where.id, "conversation:0", CardRole.STATUS)
    new = NewReport(
        parts=parts,
        category=draft.get("kind"),
        area=draft.get("area"),
        place=draft.get("place"),
        latitude=draft.get("latitude"),
        longitude=draft.get("longitude"),
        danger=danger,
        notice=draft.get(NOTICE),
    )
    number = submitting.submit(ctx.tx, ctx.setup.community, ctx.who, new)
    if unconfirmed:
        possible_dangers.not_confirmed(ctx.tx, number)
    saying_more.keep_earlier(ctx.tx, ctx.who, number, [*earlier_in(draft["words"]), *draft.get(TYPED_BEFORE, [])])
    # The question on the screen becomes the card that shows where the report stands, in the same place.
    messages.pass_card(ctx.tx, conversation.card, subject("report", number), CardRole.STATUS)
    for message in (*(part.message for part in parts), draft.get(TYPED)):
        if message is not None:
            messages.set_subject(ctx.tx, message, subject("report", number))
    return number


def _last_places(ctx: UpdateContext) -> list[LastPlace]:
    """Where this person reported from before, without areas that are not there any more."""
    known = ctx.setup.community.area
    found = reports.last_places(ctx.tx, ctx.who.id, LAST_PLACES)
    return [(area, words) for area, words in found if words or (area and known(area))]


_WORDS = Words(
    "words",
    ask=lambda ctx, _draft: paragraphs(
        ctx.say("What is wrong? Write it in your own words, speak a voice message, or send a photo."),
        ctx.say("Nothing is sent before you say so."),
    ),
    change=lambda ctx, _draft: ctx.say.label("Write it again"),
)
_KIND = Choose(
    "kind",
    ask=lambda ctx, _draft: ctx.say("What is it about?"),
    change=lambda ctx, draft: ctx.say.label("Change the kind") if draft.get("kind") else ctx.say.label("Choose a kind"),
    options=lambda ctx: [
        (category.name.in_(ctx.say.language), category.code) for category in ctx.setup.community.categories
    ],
    optional=True,
    chosen=_no_guess,
)
_PLACE = Place(
    "place",
    ask=lambda ctx, _draft: ctx.say(
        "Where is it? Tap a place, write it in your own words, or share your location (paper clip, Location)."
    ),
    change=lambda ctx, draft: (
        ctx.say.label("Change the place") if has_place(draft) else ctx.say.label("Say where it is")
    ),
    optional=True,
    last=_last_places,
)
FLOW = Flow(
    name=NAME,
    steps=(_WORDS, _KIND, _PLACE),
    finish=_finish,
    summary=_summary,
    more_buttons=_more_buttons,
    press=_press,
    take_extra=_take_extra,
    interrupt=_interrupt,
    before_finish=ALIKE,
    touched=drafts.touched,
    unsent=Unsent(
        first=lambda ctx: ctx.say("You began this report and have not sent it."),
        final=lambda ctx: ctx.say(
            "You began this report and have not sent it. If you do not send it, I will throw it away tomorrow morning."
        ),
        expired=lambda ctx: ctx.say(
            "This report was never sent, and I have thrown it away. To send it after all, please write it again."
        ),
    ),
)
