"""What staff read of what happens to reports, as it adds to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import needs
from handlers.kit.feature import Feature, Stage, on, rule, together
from handlers.reports import staff_card
from handlers.reports.staff.notices import (
    alarm_copies,
    burst_notices,
    danger_card,
    deadline_notices,
    deciding_notices,
    possible_danger_notices,
    staff_notices,
    taking_back_notices,
)
from services.reports import alarms, danger_cards

CARD_ALONE = (
    events.ReportStarted, events.ReportTitled, events.ReportNoted, events.ReportAnswered, events.ReportHeard,
    events.ReportAsked, events.ReportDeadlineMoved, events.ReportMarkedPersonal, events.ReportMarkedPressing,
    events.ReportAskedAgain,
    events.ReportMerged, events.ReportTakenOut, events.ReportDeclined, events.ReportRungBack, events.ReportResolved,
    events.ReportLapsed, events.ReportProofChanged, events.ReportAnotherYes, events.ReportFollowed,
    events.ReportRelated, events.ReportNoteChanged,
)  # fmt: skip
"""Of these staff read on the card, and get no message."""
MORE_OF_DANGER = (
    events.ReportAdded,
    events.ReportReworded,
    events.ReportPlaceChanged,
    events.ReportCompleted,
    events.ReportWithdrawn,
)

FEATURE = Feature(
    name="report_notices",
    buttons={"ga": needs(Action.TRIAGE, burst_notices.press)},
    subscribers=together(
        on(Stage.RULE, rule(alarms.out_of_reach), events.GroupLost, events.GroupClosed),
        on(Stage.STAFF, staff_notices.changed, *CARD_ALONE),
        on(Stage.STAFF, staff_notices.submitted, events.ReportSubmitted),
        on(Stage.STAFF, staff_notices.taken, events.ReportTaken),
        on(Stage.STAFF, staff_notices.completed, events.ReportCompleted),
        on(Stage.STAFF, staff_notices.heard_drafted, events.ReportHeardDrafted),
        on(Stage.STAFF, staff_notices.heard_confirmed, events.ReportHeardConfirmed),
        on(Stage.STAFF, staff_notices.added, events.ReportAdded),
        on(Stage.STAFF, staff_notices.reworded, events.ReportReworded),
        on(Stage.STAFF, staff_notices.words_off, events.ReportDangerWordsOff),
        on(Stage.STAFF, possible_danger_notices.answered, events.ReportDangerAnswered),
        on(Stage.STAFF, staff_notices.joined, events.ReportJoined),
        on(Stage.STAFF, staff_notices.place_changed, events.ReportPlaceChanged),
        on(Stage.STAFF, deadline_notices.due_soon, events.ReportDueSoon),
        on(Stage.STAFF, deadline_notices.overdue, events.ReportOverdue),
        on(Stage.STAFF, deadline_notices.overdue_told, events.ReportOverdueTold),
        on(Stage.STAFF, deciding_notices.confirmed, events.ReportConfirmed),
        on(Stage.STAFF, deciding_notices.reopened, events.ReportReopened),
        on(Stage.STAFF, deciding_notices.another_no, events.ReportAnotherNo),
        on(Stage.STAFF, deciding_notices.escalated, events.ReportEscalated),
        on(Stage.STAFF, deciding_notices.unreachable, events.PersonUnreachable),
        on(Stage.STAFF, taking_back_notices.withdrawn, events.ReportWithdrawn),
        on(Stage.STAFF, taking_back_notices.left, events.ReportLeft),
        on(Stage.STAFF, alarm_copies.unheard, events.ReportUnheard),
        on(Stage.STAFF, alarm_copies.reached, events.ReportReachedStaff),
        on(Stage.STAFF, alarm_copies.more, *MORE_OF_DANGER),
    ),
    tasks={
        danger_cards.KIND: danger_card.run_due,
        staff_card.POINTER: staff_card.point_on,
        staff_card.GATHERED: burst_notices.write,
        burst_notices.KIND: burst_notices.gather,
        alarms.KIND: lambda tx, setup, about, _data: alarm_copies.run_due(tx, setup, about),
        alarms.UNREAD: lambda tx, _setup, about, _data: alarms.still_unread(tx, about),
    },
)
