"""What projects add to the program."""

from domain import events
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.projects import lead_words, report_lines, threads
from services.projects import bundling, delivering, leading, words
from storage.core.messages import Purpose

SAID_OF_IT = (
    events.ReportMarkedPersonal, events.ReportAdded, events.ReportReworded, events.ReportObjected,
    events.ReportAnotherObjection,
)  # fmt: skip
"""After these a report may be about a person, or of danger."""

FEATURE = Feature(
    name="projects",
    staff_work=(report_lines.WORK,),
    subscribers=together(
        on(Stage.RULE, rule(leading.left_team), events.RoleRevoked),
        on(Stage.RULE, rule(leading.out_of_reach), events.PersonUnreachable),
        on(Stage.RULE, rule(bundling.merged), events.ReportMerged),
        on(Stage.RULE, rule(bundling.separate), events.ReportTakenOut),
        on(Stage.RULE, rule(bundling.withdrawn), events.ReportWithdrawn),
        on(Stage.RULE, rule(bundling.may_be_unfit), *SAID_OF_IT),
        on(Stage.RULE, rule(words.came_later), events.ReportBundled, events.ReportJoined, events.ReportMerged),
        on(
            Stage.RULE,
            rule(delivering.closed),
            events.ReportConfirmed,
            events.ReportLapsed,
            events.ReportDeclined,
            events.ReportUnbundled,
        ),
        on(Stage.RULE, rule(words.started), events.BroadcastStarted),
        on(Stage.STAFF, threads.added, events.ReportAdded),
        on(Stage.STAFF, threads.reworded, events.ReportReworded),
        on(Stage.STAFF, report_lines.refresh, events.ReportBundled, events.ReportUnbundled),
    ),
    tasks={
        leading.KIND: with_community(leading.run_due),
        delivering.KIND: with_community(delivering.run_due),
        words.PHONE_KIND: lead_words.ring_back,
    },
    broadcasters={"project": lead_words.BROADCASTER},
    answers={Purpose.THREAD.removesuffix(":"): threads.written_back},
)
