"""What figures add to the program: /figures, by period, by group, and of an area or category alone."""

from domain.people.rights import Action
from handlers.figures import choosing, picture, showing
from handlers.kit.feature import Command, Feature
from services.figures import public_figures

FEATURE = Feature(
    name="figures",
    commands={
        "figures": Command(
            showing.command, 24, lambda say: say.label("What became of what was reported"), Action.LOOK_UP
        )
    },
    buttons={"fg": showing.press, "fe": choosing.area, "fk": choosing.category, "fq": picture.press},
    workers=(picture.KIND, public_figures.KIND),
)
