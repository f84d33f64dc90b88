"""After a while in which Telegram was not heard: staff are told, and what waits for an answer is asked once more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain import events as happenings
from domain.core.subjects import number_of, subject
from domain.reports.reports import State
from handlers.kit import mailer
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import column
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup, in_conversation
from handlers.repairs import repair_questions
from handlers.reports import describe, questions
from services import drafts
from services.operations import downtime
from storage.core import chats, conversations, events, inbox, messages, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text
from storage.core.messages import CardRole
from storage.core.outbox import Lane
from storage.people import people
from storage.repairs import repairs
from storage.reports import reports, supports
from storage.reports.reports import Report

ASK_AGAIN = "ask_again"
CHUNK = 50
SETTLE = timedelta(seconds=5)
"""What still waits at Telegram comes first: whoever has gone on by a message is not asked again."""
PAUSE = timedelta(seconds=1)


@dataclass(frozen=True)
class Gap:
    """Asked again is what was asked from `lately` until `until`; on one `day` of the community only once."""

    lately: datetime
    until: datetime
    day: str


def out_of_reach(tx: Transaction, setup: Setup, event: happenings.OutOfReach) -> None:
    since, until = from_text(event.since), from_text(event.until)
    plan(tx, event.subject, event.since)
    if until - since <= downtime.TOLD:
        return

    def write(say: Speaker) -> Html:
        kept_since = until - downtime.MESSAGES_KEPT
        lost = None
        if since < kept_since:
            lost = say(
                "Telegram keeps messages for 24 hours only. What was written to me before {moment} may be lost. "
                "Please ask around who wrote in that time.",
                moment=say.moment(kept_since, tx.now),
            )
        return paragraphs(
            say(
                "From {since} to {until} I could not be reached.",
                since=say.moment(since, tx.now),
                until=say.moment(until, tx.now),
            ),
            lost,
            say(
                "Buttons tapped in that time did nothing. Please tap them once more. Residents with an open question "
                "are asked once more."
            ),
        )

    silent = not setup.community.hours.is_open(tx.now)
    if mailer.to_staff(tx, setup, write, silent=silent) is None:
        mailer.to_admins(tx, setup, write)


def plan(tx: Transaction, about: str, since: str) -> None:
    """Have everybody who may have answered since then asked once more: once for each such gap."""
    data = {"since": since, "until": to_text(tx.now), "of": "conversations", "after": 0}
    scheduled_tasks.plan(tx, ASK_AGAIN, about, tx.now + SETTLE, f"{ASK_AGAIN}:{since}", data)


def ask_again(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """A chunk of them, and the next one a little later. `of`: what is gone through now; `after`: the last one done."""
    occurrence = f"{ASK_AGAIN}:{data['since']}"
    if inbox.waiting(tx, 1):
        scheduled_tasks.plan(tx, ASK_AGAIN, about, tx.now + SETTLE, occurrence, data)
        return
    until = from_text(data["until"])
    gap = Gap(
        downtime.asked_lately(from_text(data["since"]), until),
        until,
        str(tx.now.astimezone(setup.community.zone).date()),
    )
    kinds = list(_KINDS)
    of, after = data["of"], data["after"]
    for kind in kinds[kinds.index(of) :]:
        done = _KINDS[kind](tx, setup, gap, after if kind == of else 0)
        if len(done) == CHUNK:
            scheduled_tasks.plan(
                tx, ASK_AGAIN, about, tx.now + PAUSE, occurrence, {**data, "of": kind, "after": done[-1]}
            )
            return


def _conversations(tx: Transaction, setup: Setup, gap: Gap, after: int) -> list[int]:
    found = conversations.open_in_private(tx, gap.lately, gap.until, after, CHUNK)
    for conversation in found:
        _show_again(tx, setup, conversation.id, gap.day)
    return [conversation.id for conversation in found]


def _reports(tx: Transaction, setup: Setup, gap: Gap, after: int) -> list[int]:
    asked = messages.unanswered(tx, questions.FIXED, questions.RIGHT, after, CHUNK)
    for message in asked:
        _repeat(tx, setup, message, gap)
    return [message.id for message in asked]


def _repairs(tx: Transaction, setup: Setup, gap: Gap, after: int) -> list[int]:
    found = repairs.said_to_be_done(tx, gap.lately, gap.until, after, CHUNK)
    for repair in found:
        repair_questions.ask_once_more(tx, setup, repair, _lead, f"{ASK_AGAIN}:repair:{repair.id}:{gap.day}")
    return [repair.id for repair in found]


def _lead(say: Speaker) -> Html:
    return say("I could not be reached for a while. If you tapped a button in that time, please tap it once more.")


def _show_again(tx: Transaction, setup: Setup, conversation: int, day: str) -> None:
    ctx = in_conversation(tx, setup, conversation)
    assert ctx.conversation is not None
    if ctx.conversation.draft.get("_asked_again") == day:
        return  # a network that comes and goes shall not pester anybody
    ctx.conversation.draft["_asked_again"] = day
    engine.note_asked(ctx, ctx.conversation)
    engine.show(ctx, anew=True, lead=_lead(ctx.say))
    drafts.asked_again(tx, conversation, setup.community.zone)


def _repeat(tx: Transaction, setup: Setup, asked: messages.Message, gap: Gap) -> None:
    """Ask what that message asked once more, if it was asked in that time and still can be answered."""
    known_by, report = _asked_about(tx, asked)
    if report is None or not report.state.is_open:
        return
    kind = happenings.ReportResolved if asked.purpose == questions.FIXED else happenings.ReportHeard
    happened = events.newest_noted(tx, kind.KIND, subject("report", report.id))
    if happened is None or not gap.lately <= happened[0] < gap.until:
        return
    chat = chats.by_id(tx, asked.chat)
    person = people.by_telegram_id(tx, chat.telegram_id)
    if person is None or supports.concerned(tx, report.id, person.id - 1, 1) != [person.id]:
        return  # they have taken it back
    say = setup.speaker(person.language)
    if asked.purpose == questions.FIXED and report.state is State.RESOLVED:
        suggestion = describe.is_suggestion(setup.community, report)
        parts = [part for part in reports.parts(tx, report.id) if part.id in happened[1]["parts"]]
        text = questions.is_fixed(say, known_by, parts, suggestion)
        buttons = questions.fixed_or_not(say, report.id, happened[1]["round"], suggestion)
    elif asked.purpose == questions.RIGHT and report.heard is not None:
        text = questions.is_right(say, report.id, report.heard)
        buttons = questions.right_or_not(say, report.id, report.heard)
    else:
        return
    card = messages.newest_card_in(tx, subject("report", known_by), CardRole.STATUS, chat.id)
    again = mailer.send(
        tx,
        chat.id,
        paragraphs(_lead(say), text),
        column(*buttons),
        lane=Lane.NOTICE,
        reply_to_card=card["id"] if card else None,
        subject=subject("report", known_by),
        purpose=asked.purpose,
        once=f"{ASK_AGAIN}:{asked.purpose}:{known_by}:{chat.id}:{gap.day}",
    )
    if again is not None:
        mailer.unbutton(tx, chat.id, asked.id)


def _asked_about(tx: Transaction, asked: messages.Message) -> tuple[int, Report | None]:
    """The number by which whoever was asked knows it, and the report that stands or falls."""
    number = number_of(asked.subject, "report")
    assert number is not None
    report = reports.by_id(tx, number)
    while report is not None and report.merged_into is not None:
        report = reports.by_id(tx, report.merged_into)
    return number, report


_KINDS: dict[str, Callable[[Transaction, Setup, Gap, int], list[int]]] = {
    "conversations": _conversations,
    "reports": _reports,
    "repairs": _repairs,
}
"""In this order. Each asks a chunk behind `after` and returns the numbers it has gone through."""
