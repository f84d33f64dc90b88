"""What volunteers add to the program: offering help, being on duty, introductions."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import anybody, needs, own
from handlers.kit.feature import Command, Feature, Stage, on, rule, together
from handlers.volunteers import duty, neighbours, oncall, volunteer_notices, volunteering
from services.volunteers import rules

FEATURE = Feature(
    name="volunteers",
    commands={
        "volunteer": Command(volunteering.begin, 6, lambda say: say.label("Offer your help with repairs")),
        "neighbours": Command(neighbours.command, 7, lambda say: say.label("Who helps with what")),
        "duty": Command(duty.command, 25, lambda say: say.label("On call or not"), Action.TAKE_REPAIR),
        "jobs": Command(duty.jobs, 26, lambda say: say.label("My jobs"), Action.TAKE_REPAIR),
        "oncall": Command(
            oncall.command,
            28,
            lambda say: say.label("Who could come for repairs, and where nobody can"),
            Action.RUN_REPAIRS,
        ),
    },
    buttons={
        "nb": anybody(neighbours.press),
        "vo": needs(Action.RUN_REPAIRS, volunteering.decide),
        "du": own(duty.press),
        "jo": own(duty.open_job),
        "oc": needs(Action.RUN_REPAIRS, oncall.press),
    },
    flows=(volunteering.FLOW,),
    subscribers=together(
        on(Stage.RULE, rule(rules.role_granted), events.RoleGranted),
        on(Stage.RULE, rule(rules.role_revoked), events.RoleRevoked),
        on(Stage.RULE, rule(rules.unreachable), events.PersonUnreachable),
        on(Stage.RULE, rule(rules.reachable), events.PersonReachable),
        on(Stage.PEOPLE, neighbours.introduced, events.VolunteerIntroduced),
        on(Stage.PEOPLE, volunteer_notices.asked_to_help, events.VolunteerAsked),
        on(Stage.PEOPLE, volunteer_notices.approved, events.VolunteerApproved),
        on(Stage.PEOPLE, volunteer_notices.declined, events.VolunteerDeclined),
        on(Stage.PEOPLE, volunteer_notices.unreachable, events.PersonUnreachable),
        on(Stage.PEOPLE, volunteer_notices.reachable, events.PersonReachable),
    ),
    tasks={neighbours.KIND: neighbours.introduce_on},
)
