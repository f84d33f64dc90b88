"""A resident does not agree that their report was declined: they say why, once, and hear what a lead decides.

The lead decides in handlers/reports/staff/objections.py.
"""

from domain import events
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from handlers.kit import mailer, wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow
from handlers.kit.conversation.steps import Words
from handlers.kit.parts import belong_to, from_draft
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import questions
from handlers.reports.recipients import Recipient, known_by, write
from handlers.reports.resident import said_afterwards, same_report
from services.core.errors import AlreadyDone
from services.reports import declining as service
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.reports import reports
from storage.reports.reports import Report


def begin(ctx: UpdateContext, number: int, part: int, for_person: int | None = None) -> None:
    """ "I do not agree" was pressed, or said to staff `for_person`: ask why. Nothing is changed before it is said."""
    service.check_objection(ctx.tx, ctx.who, number, part, for_person)
    engine.begin(ctx, OBJECTION.name, {"report": number, "reason": part, "_for": for_person})


def _ask(ctx: UpdateContext, draft: Draft) -> Html:
    known = known_by(ctx.tx, int(draft["report"]), ctx.who.id)
    return paragraphs(
        ctx.say("Why do you not agree (no. {number})? Write it, speak it, or send a photo.", number=known),
        ctx.say("Somebody who leads the staff reads it beside the reason the staff gave. You can do this once."),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    number, reason = int(conversation.draft["report"]), int(conversation.draft["reason"])
    parts = from_draft(conversation.draft["objection"])
    known = known_by(ctx.tx, number, ctx.who.id)
    try:
        first = service.object_to(
            ctx.tx, ctx.setup.community, ctx.who, number, reason, parts, ctx.danger, conversation.draft.get("_for")
        )
    except (WrongState, AlreadyDone):
        text = ctx.say(
            "Things have changed with no. {number} while you wrote. Please look at the newest message.", number=known
        )
        engine.end(ctx, conversation, text, below=True)
        return
    about = subject("report", known)
    mailer.unbutton_newest(ctx.tx, ctx.where.id, about, questions.DECLINED, Lane.INTERACTIVE)
    belong_to(ctx.tx, parts, about)
    report = reports.by_id(ctx.tx, number)
    if first:
        text = ctx.say(
            "Thank you. No. {number} is open again. Somebody who leads the staff looks at both sides, and "
            "you hear here what they decide.",
            number=known,
        )
    elif report is not None and report.state.is_open:
        text = ctx.say(
            "Thank you. Somebody else has said so too, and no. {number} is open again already. Your words "
            "are read with theirs.",
            number=known,
        )
    else:
        text = ctx.say(
            "Thank you. It was looked at twice already, because somebody else did not agree either, and it "
            "stays like this. Your words are kept with no. {number}.",
            number=known,
        )
    said = wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, text, said_afterwards.ask(ctx))
    engine.end(ctx, conversation, said, below=True)


def _nothing_said(ctx: UpdateContext, conversation: Conversation) -> Html:
    known = known_by(ctx.tx, int(conversation.draft["report"]), ctx.who.id)
    return ctx.say("All right, nothing was sent. No. {number} stays as it is.", number=known)


OBJECTION = Flow(
    name="objection",
    steps=(Words("objection", ask=_ask, change=lambda ctx, _draft: ctx.say.label("Write it again")),),
    finish=_finish,
    cancelled=_nothing_said,
    may_lapse=True,
    after_press=same_report.after_press,
    touched=drafts.let_lapse,
)


# -- they hear what was decided


def on_told(
    tx: Transaction, setup: Setup, event: events.ReportObjectionJudged, _report: Report, recipient: Recipient
) -> None:
    def text(say: Speaker) -> Html:
        number = recipient.report.id
        if event.opened:
            return say(
                "Somebody who leads the staff has looked at both sides: report no. {number} is open again, and it will "
                "be looked after.",
                number=number,
            )
        return paragraphs(
            say(
                "Somebody who leads the staff has looked at both sides of report no. {number}. It stays like this: the "
                "staff will not do it. We are sorry that this is not what you hoped for.",
                number=number,
            ),
            say("You can report something new at any time."),
        )

    if recipient.chat is not None:  # it is decided: nobody need say so any more
        mailer.unbutton_newest(tx, recipient.chat.id, subject("report", recipient.report.id), questions.DECLINED)
    write(tx, setup, recipient, text)
