"""An urgent notice to which nobody has said yes for five minutes: a lead may send it alone and says why.

The reason is kept with it, and all admins read it.
"""

from domain import events
from domain.core.subjects import subject
from domain.people.rights import Action, may
from handlers.kit import mailer
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Line
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote
from handlers.kit.update_context import Setup, UpdateContext
from handlers.notices import confirming, notice_text
from handlers.notices.buttons import Doing, button
from services.notices import notices as service
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.notices.notices import Notice

NAME = "notice_alone"


def unconfirmed(tx: Transaction, setup: Setup, event: events.NoticeUnconfirmed) -> None:
    """Five minutes have passed: leads may send it alone, and its writer reads how it stands."""
    notice = service.get(tx, event.notice)
    leads = [person for person in confirming.colleagues(tx) if may(person.roles, Action.NOTICE_ALONE)]
    for person in leads:
        mailer.to_person(
            tx, setup, person.id, lambda say: (_nobody_yet(say, notice), column(_alone_button(say, notice))),
            in_reach=True, lane=Lane.URGENT, subject=subject("notice", notice.id), purpose=Purpose.NOTICE,
        )  # fmt: skip
    if notice.by not in [person.id for person in leads]:
        mailer.to_person(
            tx,
            setup,
            notice.by,
            lambda say: (
                lines(_nobody_yet(say, notice), say("I have told the leads that one of them can send it alone."))
                if leads
                else _nobody_yet(say, notice)
            ),
            lane=Lane.URGENT,
        )


def _nobody_yet(say: Speaker, notice: Notice) -> Html:
    return say("Nobody has said yes to notice no. {number} yet.", number=notice.id)


def _alone_button(say: Speaker, notice: Notice) -> Button:
    return button(say.label("Send it alone, and say why"), notice.id, Doing.ALONE)


def press(ctx: UpdateContext, number: int) -> None:
    """Send it alone: why is asked first."""
    service.check_alone(ctx.tx, ctx.who, number)
    if not ctx.where.is_private:
        ctx.pop_up(ctx.say_to_person.label("Please use the button in your private chat with me."), alert=True)
        return
    open_one = ctx.conversation
    if open_one is not None and open_one.flow == NAME and open_one.draft["notice"] == number:
        engine.show(ctx, anew=True)
        return
    engine.begin(ctx, NAME, {"notice": number})


def _reason(ctx: UpdateContext, words: str) -> str | Wrong:
    if len(words) > service.REASON_LENGTH:
        return Wrong(
            ctx.say(
                "That is too long: at most {limit} letters fit. Please say it shorter.", limit=service.REASON_LENGTH
            )
        )
    return words


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    notice = service.get(ctx.tx, draft["notice"])
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("Notice no. {number} goes out straight away, without a second yes:", number=notice.id),
        quote(notice_text.gist(ctx.tx, say, notice, 300)),
        lines(say("Your reason, which all admins will read:"), quote(draft["reason"])),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    service.send_alone(ctx.tx, ctx.who, draft["notice"], draft["reason"])
    engine.end(ctx, conversation, ctx.say("Notice no. {number} is going out.", number=draft["notice"]))


def _question_reason(ctx: UpdateContext, draft: Draft) -> Html:
    return paragraphs(
        ctx.say("Why must notice no. {number} go out without a second yes?", number=draft["notice"]),
        ctx.say("All admins will read what you write."),
    )


FLOW = Flow(
    name=NAME,
    steps=(
        Line("reason", ask=_question_reason, taken=_reason, change=lambda ctx, _draft: ctx.say.label("Write it again")),
    ),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Send it alone"),
    permitted=lambda ctx: ctx.may(Action.NOTICE_ALONE),
    for_others=True,
)
