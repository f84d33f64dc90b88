"""What words to many add to the program; what says them (notices, projects) is in `Feature.broadcasters`."""

from domain import events
from domain.people.rights import Action
from handlers.broadcasts import progress, sending
from handlers.kit.access import own_or
from handlers.kit.feature import Feature, Renderer, Stage, on, rule, together
from services.broadcasts import broadcasting, copies, running

FEATURE = Feature(
    name="broadcasts",
    buttons={progress.SteerPress.prefix: own_or(Action.NOTICE, progress.press)},
    subscribers=together(
        on(Stage.RULE, rule(copies.refused), events.MessageRefused),
        on(Stage.PEOPLE, progress.refused, events.MessageRefused),
        on(Stage.PEOPLE, progress.started, events.BroadcastStarted),
        on(Stage.PEOPLE, progress.interrupted, events.BroadcastInterrupted),
        on(
            Stage.PEOPLE,
            progress.changed,
            events.BroadcastStopped,
            events.BroadcastWentOn,
            events.BroadcastWithdrawn,
        ),
    ),
    tasks={
        broadcasting.KIND: sending.send_next,
        broadcasting.CORRECTING_KIND: sending.correct_next,
        broadcasting.WITHDRAWING_KIND: sending.withdraw_next,
    },
    renderers={running.AUTHOR: Renderer(sending.word)},
    answers={"broadcast": sending.replied},
)
