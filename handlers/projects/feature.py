"""What projects add to the program."""

from domain import events
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.projects import report_lines
from services.projects import bundling, leading

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
        on(Stage.STAFF, report_lines.refresh, events.ReportBundled, events.ReportUnbundled),
    ),
    tasks={leading.KIND: with_community(leading.run_due)},
)
