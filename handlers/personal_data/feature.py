"""What it adds to the program that people can have their data deleted."""

from handlers.kit.feature import Feature, with_community
from services.personal_data import forgetting

FEATURE = Feature(
    name="personal_data",
    tasks={
        forgetting.KIND: with_community(forgetting.run_due),
        forgetting.WAITING: lambda tx, _setup, about, data: forgetting.look_at_danger(tx, about, data),
    },
)
