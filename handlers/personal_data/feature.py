"""What it adds to the program that people can have a copy of their data, and have it deleted."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import anybody, needs
from handlers.kit.feature import Command, Feature, Stage, on, with_community
from handlers.personal_data import asking, deleting, for_somebody, forgetting_notices, from_card, sending
from services.personal_data import exporting, forgetting, outside

FEATURE = Feature(
    name="personal_data",
    commands={
        "export": Command(asking.command, 12, lambda say: say.label("A copy of my data")),
        "forget": Command(deleting.command, 13, lambda say: say.label("Delete my data")),
    },
    buttons={
        "md": anybody(asking.press),
        "gone": anybody(deleting.press),
        "theirs": needs(Action.FORGET, for_somebody.press),
    },
    staff_work=(from_card.WORK,),
    subscribers=on(Stage.PEOPLE, forgetting_notices.forgotten, events.PersonForgotten),
    tasks={
        exporting.GONE: sending.over,
        exporting.TOLD: sending.told,
        forgetting.KIND: with_community(forgetting.run_due),
        forgetting.WAITING: lambda tx, _setup, about, data: forgetting.look_at_danger(tx, about, data),
    },
    workers=(exporting.KIND, outside.KIND),
    preferences=(asking.MY_DATA, deleting.ROW),
    refusals={exporting.OneADay: asking.one_a_day},
)
