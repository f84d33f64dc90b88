"""What the words of a project's lead to everybody in it add to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import own_or
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.projects import group_card
from handlers.projects.word_buttons import CorrectWordPress, WordPress
from handlers.projects.words import delivered, lead_words, threads, word_shown, word_writing
from services.projects import delivering, words
from storage.core.messages import Purpose

CLOSES = (events.ReportConfirmed, events.ReportLapsed, events.ReportDeclined, events.ReportUnbundled)
"""After these no report in a project may be open."""
SAYS = (events.ReportResolved, events.ReportAnotherYes, events.ReportAnotherNo)
"""After these, too, other numbers stand on a project's card."""

FEATURE = Feature(
    name="project_words",
    buttons={
        WordPress.prefix: own_or(Action.RUN_PROJECTS, word_shown.press),
        CorrectWordPress.prefix: own_or(Action.RUN_PROJECTS, word_shown.press_correct),
    },
    flows=(word_writing.FLOW, word_shown.CORRECTING, delivered.FLOW),
    staff_work=(threads.WORK,),
    subscribers=together(
        on(Stage.RULE, rule(words.came_later), events.ReportBundled, events.ReportJoined, events.ReportMerged),
        on(Stage.RULE, rule(words.started), events.BroadcastStarted),
        on(Stage.RULE, rule(delivering.closed), *CLOSES),
        on(Stage.STAFF, threads.added, events.ReportAdded),
        on(Stage.STAFF, threads.reworded, events.ReportReworded),
        on(Stage.STAFF, delivered.said_no, events.ReportReopened, events.ReportAnotherNo),
        on(Stage.STAFF, group_card.report_changed, *SAYS),
    ),
    tasks={
        delivering.KIND: with_community(delivering.run_due),
        delivered.KIND: delivered.tell_leads,
        words.PHONE_KIND: lead_words.ring_back,
    },
    broadcasters={"project": lead_words.BROADCASTER},
    replies={"word": word_shown.REPLIES},
    answers={Purpose.THREAD.removesuffix(":"): threads.written_back},
)
