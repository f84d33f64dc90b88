"""What is added to the program so that no project stands still unseen."""

from domain import events
from handlers.kit.feature import Feature, Stage, on, rule
from handlers.projects.nudging import nudges
from services.projects import standing_still

FEATURE = Feature(
    name="nudging",
    subscribers=on(Stage.RULE, rule(standing_still.report_resolved), events.ReportResolved),
    tasks={
        standing_still.WEEKLY: lambda tx, setup, _about, _data: standing_still.run_weekly(tx, setup.community),
        standing_still.NUDGE: nudges.weekly,
    },
    digest_lines=(nudges.still_in_digest, nudges.silent_in_digest),
)
