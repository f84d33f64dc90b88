"""What residents read of what happened to a report: in reply to their status card."""

from datetime import timedelta

from domain import events
from domain.core.subjects import subject
from domain.reports.reports import State
from handlers.kit import mailer
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import quoted_on
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.reports import describe, questions
from handlers.reports.recipients import Recipient, plan_later, speaker, write
from storage.core import events as happened
from storage.core import messages, outbox, unsent_messages
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.core.outbox import Lane
from storage.reports import reports, verdicts
from storage.reports.reports import Part, Report
from storage.reports.verdicts import Verdict

ON_ITS_WAY = timedelta(seconds=5)
_ASKED_IN = (State.RESOLVED, State.CONFIRMED, State.UNANSWERED)


def heard(tx: Transaction, setup: Setup, _event: events.ReportHeard, report: Report, recipient: Recipient) -> None:
    if not describe.wrote(report, recipient.person.id, reports.parts(tx, report.id)):
        return  # whoever spoke has taken it back; what one resident said is told to no other
    write(
        tx,
        setup,
        recipient,
        lambda say: questions.is_right(say, report.id, report.heard or ""),
        lambda say: questions.right_or_not(say, report.id, report.heard or ""),
        purpose=questions.RIGHT,
    )


def resolved(tx: Transaction, setup: Setup, event: events.ReportResolved, report: Report, recipient: Recipient) -> None:
    """The question. Of many, the last hear of it later: meanwhile somebody may have said no, or they have answered."""
    if report.rounds != event.round or report.state not in _ASKED_IN:
        return
    verdict = verdicts.of(tx, report.id, event.round, recipient.person.id)
    if verdict is None or verdict.answer is not None:
        return
    _ask(tx, setup, report, event.parts, recipient, verdict)


def ask_if_fixed(tx: Transaction, setup: Setup, report: Report, recipient: Recipient) -> None:
    """Ask somebody who came to it after it was said to be fixed, with what was said then."""
    said_then = happened.newest_noted(tx, events.ReportResolved.KIND, subject("report", report.id))
    verdict = verdicts.of(tx, report.id, report.rounds, recipient.person.id)
    if said_then is not None and verdict is not None:
        _ask(tx, setup, report, tuple(said_then[1]["parts"]), recipient, verdict)


def _ask(
    tx: Transaction, setup: Setup, report: Report, said_of_it: tuple[int, ...], recipient: Recipient, verdict: Verdict
) -> None:
    once = f"{questions.FIXED}:{report.id}:{report.rounds}:{recipient.person.id}:{verdict.asked_at}"
    if outbox.known(tx, (once,)):
        return  # of many, the last hear of it later: they came to it by another report meanwhile, and were asked then
    parts = reports.some(tx, said_of_it)
    suggestion = describe.is_suggestion(setup.community, report)
    write(
        tx,
        setup,
        recipient,
        lambda say: questions.is_fixed(say, recipient.report.id, parts, suggestion),
        lambda say: questions.fixed_or_not(say, report.id, report.rounds, suggestion),
        parts,
        parts_first=True,
        purpose=questions.FIXED,
        once=once,
    )


def asked_again(
    tx: Transaction, setup: Setup, event: events.ReportVerdictsAwaited, report: Report, recipient: Recipient
) -> None:
    """The same question once more, in place of the first: its buttons go."""
    verdict = verdicts.of(tx, report.id, event.round, recipient.person.id)
    open_still = report.rounds == event.round and report.state is State.RESOLVED
    if (
        recipient.chat is None
        or verdict is None
        or not verdict.reminded
        or verdict.answer is not None
        or not open_still
    ):
        return
    _ask_anew(tx, setup, report, recipient, again=True)


def proof_changed(
    tx: Transaction, setup: Setup, event: events.ReportProofChanged, report: Report, recipient: Recipient
) -> None:
    """Whoever has not answered yet reads the question with the words as they are now; who has, has it behind them."""
    verdict = verdicts.of(tx, report.id, report.rounds, recipient.person.id)
    if recipient.chat is None or verdict is None or verdict.answer is not None or report.state not in _ASKED_IN:
        return
    parts = _proof(tx, report)
    if event.proof not in {part.id for part in parts}:
        return  # of an earlier round
    about = subject("report", recipient.report.id)
    if unsent_messages.is_on_its_way(tx, recipient.chat.id, about, questions.FIXED):
        plan_later(tx, event, tx.now + ON_ITS_WAY, only=recipient.person.id)
        return
    say, suggestion = speaker(setup, recipient), describe.is_suggestion(setup.community, report)
    text = _question(tx, setup, say, report, recipient, again=verdict.reminded)
    if unsent_messages.reword_unsent(tx, recipient.chat.id, about, questions.FIXED, text):
        return
    asked = messages.newest_with_purpose(tx, recipient.chat.id, about, questions.FIXED)
    if asked is None:
        return
    if quoted_on(parts):  # its words fill several messages
        _ask_anew(tx, setup, report, recipient, again=verdict.reminded)
        return
    markup = column(*questions.fixed_or_not(say, report.id, report.rounds, suggestion))
    mailer.edit(tx, recipient.chat.id, asked.id, text, markup, lane=Lane.NOTICE, subject=about)


def _ask_anew(tx: Transaction, setup: Setup, report: Report, recipient: Recipient, *, again: bool) -> None:
    assert recipient.chat is not None
    before = messages.newest_with_purpose(
        tx, recipient.chat.id, subject("report", recipient.report.id), questions.FIXED
    )
    suggestion = describe.is_suggestion(setup.community, report)

    def text(say: Speaker) -> Html:
        return _question(tx, setup, say, report, recipient, again=again)

    def buttons(say: Speaker) -> list[Button]:
        return questions.fixed_or_not(say, report.id, report.rounds, suggestion)

    write(tx, setup, recipient, text, buttons, purpose=questions.FIXED)
    if before is not None:
        mailer.unbutton(tx, recipient.chat.id, before.id)


def _question(
    tx: Transaction, setup: Setup, say: Speaker, report: Report, recipient: Recipient, *, again: bool
) -> Html:
    asked = questions.is_fixed(
        say, recipient.report.id, _proof(tx, report), describe.is_suggestion(setup.community, report)
    )
    if not again:
        return asked
    awaited = happened.newest_noted(tx, events.ReportVerdictsAwaited.KIND, subject("report", report.id))
    close = awaited[1].get("close") if awaited is not None else None
    return paragraphs(
        say("We asked you before and have not heard from you."),
        asked,
        say(
            "If we hear nothing, it is closed on {day}. You can still say no after that.",
            day=say.day(from_text(close), tx.now),
        )
        if close
        else None,
    )


def _proof(tx: Transaction, report: Report) -> list[Part]:
    """What staff said when they last said that it is fixed."""
    said = happened.newest_noted(tx, events.ReportResolved.KIND, subject("report", report.id))
    return reports.some(tx, tuple(said[1]["parts"])) if said is not None else []
