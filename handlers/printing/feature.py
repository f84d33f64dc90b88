"""What printing adds to the program."""

from domain.people.rights import Action
from handlers.kit.access import needs
from handlers.kit.feature import Command, Feature
from handlers.printing import posters, printing

FEATURE = Feature(
    name="printing",
    commands={
        "poster": Command(posters.command, 30, lambda say: say.label("A poster with a QR code, to print"), Action.PRINT)
    },
    buttons={"po": needs(Action.PRINT, posters.press)},
    workers=(printing.KIND,),
)
