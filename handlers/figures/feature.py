"""What figures add to the program: /figures, by period and by group."""

from domain.people.rights import Action
from handlers.figures import showing
from handlers.kit.feature import Command, Feature
from services.figures import public_figures

FEATURE = Feature(
    name="figures",
    commands={
        "figures": Command(
            showing.command, 24, lambda say: say.label("What became of what was reported"), Action.LOOK_UP
        )
    },
    buttons={"fg": showing.press},
    workers=(public_figures.KIND,),
)
