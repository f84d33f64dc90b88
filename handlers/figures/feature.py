"""What figures add to the program: /figures, by period, by group, and of an area or category alone; and /hotline, what
an office counted."""

from domain.people.rights import Action
from handlers.figures import choosing, hotline, ordered, picture, showing
from handlers.kit.access import needs
from handlers.kit.feature import Command, Feature
from services.figures import closing, public_figures

FEATURE = Feature(
    name="figures",
    commands={
        "figures": Command(
            showing.command, 24, lambda say: say.label("What became of what was reported"), Action.LOOK_UP
        ),
        "hotline": Command(
            hotline.command, 35, lambda say: say.label("Enter the hotline's complaints"), Action.ENTER_OFFICIAL
        ),
    },
    buttons={
        "fg": needs(Action.LOOK_UP, showing.press),
        "fe": needs(Action.LOOK_UP, choosing.area),
        "fk": needs(Action.LOOK_UP, choosing.category),
        "fq": needs(Action.LOOK_UP, picture.press),
    },
    flows=(hotline.FLOW,),
    workers=(ordered.KIND, picture.KIND, closing.KIND, public_figures.KIND),
)
