"""Taking back a report, or that one has the same trouble: asked once, with a word why for those who like.

Where others stand behind a report it stays open for them; who takes it back is told so before.
"""

from domain.core.subjects import subject
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Left, Wrong
from handlers.kit.conversation.lapsing import LATER
from handlers.kit.conversation.steps import add_part
from handlers.kit.parts import belong_to, from_draft, media_line, words_of
from handlers.kit.texts import Html, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe, staff_have_it
from handlers.reports.resident import reporting, said_afterwards, same_report
from handlers.reports.status_card import Mine, MinePress
from services.reports import access, saying_more
from services.reports import taking_back as service
from storage.core.conversations import Conversation
from storage.reports import reports
from storage.reports.reports import Report

SHOWN_WORDS = 1000


def begin(ctx: UpdateContext, number: int) -> None:
    """The button of a status card: ask whether it is meant."""
    report = access.spoken(ctx.tx, ctx.who, number)
    if not service.can_be_taken_back(ctx.tx, report):
        ctx.pop_up(ctx.say_to_person.label("No. {number} is closed already.", number=number), alert=True)
        return
    open_one = ctx.conversation
    if open_one is not None and open_one.flow == FLOW.name and open_one.draft.get("report") == number:
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, FLOW.name, {"report": number})


def _question(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, number = ctx.say, int(conversation.draft["report"])
    report = _report(ctx, number)
    parts = from_draft(conversation.draft.get("words", []))
    words = words_of(parts)
    name = describe.gist(ctx.setup.community, say, report, reports.parts(ctx.tx, number), 60, ctx.who.id)
    if not service.stays_open(ctx.tx, ctx.who, report):
        follows = say("The staff then stop working on it.")
    elif report.person == ctx.who.id:
        follows = say("Others have the same trouble, so it stays open for them. You hear no more of it.")
    else:
        follows = say("It stays open for the others. You hear no more of it.")
    return paragraphs(
        bold(say("Take back no. {number}?", number=number)),
        say("“{words}”", words=name),
        follows,
        lines(say("Why:"), quote(shorten(words, SHOWN_WORDS)) if words else None, media_line(say, parts))
        if parts
        else say("You may write in a few words why. You need not."),
    )


def _report(ctx: UpdateContext, number: int) -> Report:
    return reports.existing(ctx.tx, number)


def _add_reason(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    return add_part(ctx, draft, "words") or ctx.say("I have added that.")


def _interrupt(ctx: UpdateContext, conversation: Conversation) -> bool:
    """Words of danger are not kept waiting for a button: they go to the staff, and nothing is taken back."""
    if ctx.danger is None:
        return False
    number = int(conversation.draft["report"])
    parts = from_draft(conversation.draft.get("words", []))
    saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, parts, ctx.danger)
    _now_about(ctx, conversation, number)
    said = ctx.say(
        "Because this sounds dangerous, I am telling the staff now. Your report no. {number} is not taken back.",
        number=number,
    )
    asked = said_afterwards.ask(ctx)
    engine.end(ctx, conversation, paragraphs(said, asked), below=True)
    drafts.ended(ctx, conversation)
    if asked is None:
        engine.take_up_parked(ctx)  # else where it is is asked last
    return True


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    number = int(conversation.draft["report"])
    if not service.can_be_taken_back(ctx.tx, _report(ctx, number)):
        closed = ctx.say("No. {number} is closed by now. Nothing was taken back.", number=number)
        engine.end(ctx, conversation, lines(closed, _what_becomes_of_words(ctx, conversation)))
        return
    if service.take_back(ctx.tx, ctx.who, number, from_draft(conversation.draft.get("words", []))):
        done = staff_have_it.known(
            ctx.tx,
            ctx.say,
            ctx.say("You have taken back no. {number}. The staff know.", number=number),
            ctx.say("You have taken back no. {number}.", number=number),
        )
    else:
        done = ctx.say(
            "You have taken back no. {number}. It stays open for the others who have the same trouble.", number=number
        )
    _now_about(ctx, conversation, number)
    engine.end(ctx, conversation, done)


def _now_about(ctx: UpdateContext, conversation: Conversation, number: int) -> None:
    belong_to(ctx.tx, from_draft(conversation.draft.get("words", [])), subject("report", number))


def _kept(ctx: UpdateContext, conversation: Conversation) -> Html:
    number = int(conversation.draft["report"])
    kept = ctx.say("No. {number} stays as it is. Nothing was taken back.", number=number)
    return lines(kept, _what_becomes_of_words(ctx, conversation))


def _what_becomes_of_words(ctx: UpdateContext, conversation: Conversation) -> Html | None:
    """Said while it was asked and not meant for it, perhaps: they become a draft, which asks what they belong to."""
    if not conversation.draft.get("words"):
        return None
    conversation.draft["left"] = True
    if conversation.draft.get(LATER):
        return ctx.say("What you wrote then was sent to nobody yet. I will show it to you again.")
    return ctx.say("What you wrote meanwhile was sent to nobody yet. It is below.")


def _touched(ctx: UpdateContext, conversation: Conversation) -> None:
    """A question alone is let go; with words in it, it is reminded of like any draft."""
    (drafts.touched if conversation.draft.get("words") else drafts.let_lapse)(ctx, conversation)


def _ended(ctx: UpdateContext, conversation: Conversation) -> None:
    drafts.ended(ctx, conversation)
    if not conversation.draft.pop("left", None):
        return
    words = conversation.draft["words"]
    if conversation.draft.pop(LATER, None):
        reporting.keep_for_later(ctx, words)
    else:
        reporting.begin_with(ctx, words)


def _after_press(ctx: UpdateContext, conversation: Conversation) -> Left:
    """The same button asks it once more. After another one of this report it can still be taken back by its button."""
    number = conversation.draft["report"]
    if ctx.press_as(MinePress) == MinePress(number, Mine.BACK):
        return "all"
    return "buttons" if same_report.pressed_by_resident(ctx) == number else "nothing"


FLOW = Flow(
    name="take_back",
    steps=(),
    finish=_finish,
    summary=_question,
    send_label=lambda ctx: ctx.say.label("Yes, take it back"),
    cancel_label=lambda ctx: ctx.say.label("No, keep it"),
    take_extra=_add_reason,
    interrupt=_interrupt,
    may_lapse=True,
    after_press=_after_press,
    touched=_touched,
    ended=_ended,
    cancelled=_kept,
)
