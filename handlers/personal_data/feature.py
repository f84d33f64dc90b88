"""What it adds to the program that people can have a copy of their data, and have it deleted."""

from handlers.kit.feature import Command, Feature, with_community
from handlers.personal_data import asking, sending
from services.personal_data import exporting, forgetting

FEATURE = Feature(
    name="personal_data",
    commands={"export": Command(asking.command, 12, lambda say: say.label("A copy of my data"))},
    buttons={"md": asking.press},
    tasks={
        exporting.GONE: sending.over,
        forgetting.KIND: with_community(forgetting.run_due),
        forgetting.WAITING: lambda tx, _setup, about, data: forgetting.look_at_danger(tx, about, data),
    },
    workers=(exporting.KIND,),
    preferences=(asking.MY_DATA,),
    refusals={exporting.OneADay: asking.one_a_day},
)
