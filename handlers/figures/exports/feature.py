"""What files and lists add to the program: the screens behind /figures, and what admins hear."""

from domain import events
from domain.people.rights import Action
from handlers.figures.exports import asking, notices
from handlers.kit.access import needs
from handlers.kit.feature import Feature, Stage, on
from services.figures import exporting

FEATURE = Feature(
    name="exports",
    buttons={"ex": needs(Action.LOOK_UP, asking.press)},
    subscribers=on(Stage.STAFF, notices.taken_out, events.PersonalDataExported),
    tasks={exporting.TOLD: notices.told_later},
    workers=(exporting.KIND,),
)
