"""What the estate's own plan adds to the program."""

from domain.people.rights import Action
from handlers.estate_plan import picture_flow, plan_menu
from handlers.estate_plan.buttons import PlanPress
from handlers.kit.access import needs
from handlers.kit.feature import Command, Feature
from services.estate_plan import pictures

FEATURE = Feature(
    name="estate_plan",
    commands={
        "plan": Command(plan_menu.command, 34, lambda say: say.label("The plan of the neighbourhood"), Action.PLAN)
    },
    buttons={PlanPress.prefix: needs(Action.PLAN, plan_menu.press)},
    flows=(picture_flow.FLOW,),
    replies={picture_flow.SUBJECT: picture_flow.REPLIES},
    workers=(pictures.KIND,),
    refusals={
        pictures.FromFile: lambda say, _refusal: say.label(
            "The picture comes from the community file. To send one here, take “picture” out of its [plan] first."
        )
    },
)
