"""What the resident's side of reports adds to the program."""

from domain import events
from handlers.kit.access import anybody, own
from handlers.kit.feature import Command, Feature, Stage, on, together
from handlers.kit.update_context import Setup
from handlers.reports import recipients, status_card
from handlers.reports.recipients import Everybody, ReporterAlone, actor_alone
from handlers.reports.resident import (
    at_place,
    broken_again,
    deciding,
    heard_danger,
    mine,
    objecting,
    possible_danger,
    reporting,
    resident_notices,
    taking_back,
)
from services.reports import possible_dangers, reopen_window, transcribing
from storage.core.database import Transaction

CARDS_ALONE = (
    events.ReportTaken, events.ReportStarted, events.ReportTitled, events.ReportCompleted, events.ReportPlaceChanged,
    events.ReportConfirmed, events.ReportLapsed, events.ReportOverdue, events.ReportObjected, events.ReportFollowed,
    events.ReportWithdrawn, events.ReportSentToDepartment, events.ReportMarkedPersonal, events.ReportAskedAgain,
    events.ReportDangerWordsOff, events.ReportDangerAnswered, events.ReportUnheard, events.ReportReachedStaff,
    events.ReportHandedBack,
)  # fmt: skip
"""Of these those who spoke about a report read on their cards, and get no message."""


def transcribe(tx: Transaction, setup: Setup, event: events.ReportSubmitted) -> None:
    """Where the operator has a program for it, what was spoken is written down."""
    if setup.transcribes:
        transcribing.plan(tx, event)


FEATURE = Feature(
    name="reports",
    commands={
        "report": Command(reporting.command, 1, lambda say: say.label("Say what is wrong"), may_be_changed=True),
        "my": Command(mine.show_list, 3, lambda say: say.label("My reports")),
    },
    buttons={"r": own(deciding.press), "m": own(mine.press), **possible_danger.BUTTONS},
    deep_links={at_place.PREFIX: anybody(at_place.start)},
    keyboard=(
        (lambda say: say.label("Say what is wrong"), reporting.begin),
        (lambda say: say.label("My reports"), mine.show_list),
    ),
    flows=(reporting.FLOW, taking_back.FLOW, deciding.REASON, objecting.OBJECTION),
    subscribers=together(
        on(Stage.RULE, transcribe, events.ReportSubmitted),
        on(Stage.RULE, heard_danger.rings, events.ReportHeardDrafted),
        on(Stage.PEOPLE, heard_danger.asks, events.ReportHeardDrafted),
        on(Stage.PEOPLE, ReporterAlone(None), events.ReportSubmitted, events.ReportRelated),
        on(Stage.PEOPLE, ReporterAlone(resident_notices.heard), events.ReportHeard),
        on(Stage.PEOPLE, actor_alone, events.ReportJoined, events.ReportReworded),
        on(Stage.PEOPLE, Everybody(None), *CARDS_ALONE),
        on(Stage.PEOPLE, Everybody(objecting.on_told), events.ReportObjectionJudged),
        on(Stage.PEOPLE, Everybody(broken_again.reopened), events.ReportReopened),
        on(Stage.PEOPLE, Everybody(resident_notices.resolved), events.ReportResolved),
        on(Stage.PEOPLE, Everybody(resident_notices.proof_changed), events.ReportProofChanged),
        on(Stage.PEOPLE, Everybody(resident_notices.asked_again), events.ReportVerdictsAwaited),
    ),
    tasks={
        possible_dangers.KIND: lambda tx, setup, about, _data: possible_danger.run_due(tx, setup, about),
        recipients.KIND: recipients.tell_on,
        reopen_window.KIND: lambda tx, setup, about, _data: broken_again.window_over(tx, setup, about),
    },
    workers=(transcribing.KIND,),
    redraws={"report": recipients.refresh},
    language_chosen=status_card.language_chosen,
)
