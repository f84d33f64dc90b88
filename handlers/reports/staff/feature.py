"""What staff do with reports, as it adds to the program; what they read of them: notices/feature.py."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import needs
from handlers.kit.feature import Command, Feature, Stage, on, rule, together, with_community
from handlers.kit.staff_action import StaffWork
from handlers.reports.recipients import Everybody, ReporterAlone
from handlers.reports.staff import (
    answer_copies,
    answering,
    blocking_writers,
    call_back_done,
    declining,
    handing_on,
    history,
    history_details,
    marking_pressing,
    merging,
    notes,
    objections,
    receipts,
    recording,
    steering,
    triage,
    triage_actions,
)
from services.reports import deadlines, verdicts
from services.reports import handing_on as partners
from services.reports.merging import SameAlready

FEATURE = Feature(
    name="report_desk",
    commands={
        "history": Command(
            history.command, 22, lambda say: say.label("The whole history of a report, by its number"), Action.LOOK_UP
        ),
        # What it was called before: it goes on working for those who know it, and stands in no list.
        "voice": Command(history.command, action=Action.LOOK_UP),
        "record": Command(
            recording.command,
            29,
            lambda say: say.label("Record a report for somebody at the counter or on the telephone"),
            Action.RECORD,
        ),
    },
    buttons={
        "v": needs(Action.TRIAGE, triage.press),
        "n": needs(Action.NOTE, notes.press),
        "rb": needs(Action.RECORD, call_back_done.press),
        "vh": needs(Action.LOOK_UP, answering.press_history),
        "o": needs(Action.RULE, objections.press),
    },
    deep_links={
        answering.PREFIX: needs(Action.ANSWER, answering.start),
        history.PREFIX: needs(Action.LOOK_UP, history.start),
    },
    flows=(answering.FLOW, recording.FLOW),
    staff_work=(
        StaffWork(history=history.SENTENCES, history_details=history_details.DETAILS),
        blocking_writers.WORK,
        triage_actions.WORK,
        notes.WORK,
        steering.WORK,
        marking_pressing.WORK,
        handing_on.WORK,
        merging.WORK,
        declining.WORK,
    ),
    subscribers=together(
        on(Stage.RULE, rule(verdicts.reach), events.PersonUnreachable, events.PersonReachable),
        on(Stage.PEOPLE, ReporterAlone(steering.question), events.ReportAsked),
        on(Stage.PEOPLE, Everybody(steering.new_day), events.ReportDeadlineMoved),
        on(Stage.PEOPLE, Everybody(steering.opened_again), events.ReportOpenedAgain),
        on(Stage.PEOPLE, Everybody(answer_copies.answered), events.ReportAnswered),
        on(Stage.PEOPLE, Everybody(answer_copies.album_went_on), events.ReportAlbumWentOn),
        on(Stage.PEOPLE, Everybody(handing_on.told), events.ReportHandedOn),
        on(Stage.PEOPLE, Everybody(merging.told_merged), events.ReportMerged),
        on(Stage.PEOPLE, Everybody(merging.told_out), events.ReportTakenOut),
        on(Stage.PEOPLE, Everybody(declining.told), events.ReportDeclined),
        on(Stage.STAFF, steering.sent_to_department, events.ReportSentToDepartment),
        on(Stage.STAFF, steering.handed_back, events.ReportHandedBack),
        on(Stage.STAFF, steering.on_top, events.ReportOpenedAgain),
        on(Stage.STAFF, answer_copies.on_changed, events.ReportAnswerChanged),
        on(Stage.STAFF, answer_copies.on_taken_back, events.ReportAnswerTakenBack),
        on(Stage.STAFF, handing_on.handed_on, events.ReportHandedOn),
        on(Stage.STAFF, handing_on.remind, events.ReportAskAgainDue),
        on(Stage.STAFF, merging.whole_card, events.ReportTakenIn, events.ReportLetGo, events.ReportSupportChanged),
        on(Stage.STAFF, objections.objected, events.ReportObjected),
        on(Stage.STAFF, objections.another, events.ReportAnotherObjection),
        on(Stage.STAFF, objections.on_judged, events.ReportObjectionJudged),
    ),
    tasks={
        answer_copies.KIND: answer_copies.make_true,
        deadlines.KIND: with_community(deadlines.run_due),
        partners.KIND: lambda tx, setup, about, _data: partners.run_due(tx, setup.community, about),
        verdicts.KIND: with_community(verdicts.run_due),
        receipts.KIND: receipts.run_due,
    },
    refusals={SameAlready: merging.same_already},
)
