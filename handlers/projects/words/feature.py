"""What the words of a project's lead to everybody in it add to the program."""

from domain import events
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.projects.words import lead_words, threads
from services.projects import delivering, words
from storage.core.messages import Purpose

CLOSES = (events.ReportConfirmed, events.ReportLapsed, events.ReportDeclined, events.ReportUnbundled)
"""After these no report in a project may be open."""

FEATURE = Feature(
    name="project_words",
    subscribers=together(
        on(Stage.RULE, rule(words.came_later), events.ReportBundled, events.ReportJoined, events.ReportMerged),
        on(Stage.RULE, rule(words.started), events.BroadcastStarted),
        on(Stage.RULE, rule(delivering.closed), *CLOSES),
        on(Stage.STAFF, threads.added, events.ReportAdded),
        on(Stage.STAFF, threads.reworded, events.ReportReworded),
    ),
    tasks={
        delivering.KIND: with_community(delivering.run_due),
        words.PHONE_KIND: lead_words.ring_back,
    },
    broadcasters={"project": lead_words.BROADCASTER},
    answers={Purpose.THREAD.removesuffix(":"): threads.written_back},
)
