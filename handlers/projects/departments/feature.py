"""What the departments that are called in to projects add to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import needs, own_or
from handlers.kit.feature import Feature, Stage, on, rule, together, with_community
from handlers.projects.departments import answering, calling, department_card, lead_news
from handlers.projects.departments.refusals import REFUSALS
from services.projects import calling_in

FEATURE = Feature(
    name="departments",
    buttons={"jd": needs(Action.TRIAGE, answering.press), "jc": own_or(Action.RUN_PROJECTS, calling.press)},
    flows=(calling.FLOW,),
    answers={"department": answering.replied},
    subscribers=together(
        on(Stage.RULE, rule(calling_in.taken_up), events.ProjectMoved),
        on(Stage.PEOPLE, lead_news.answered, events.DepartmentAnswered, events.DepartmentCame),
        on(Stage.PEOPLE, lead_news.silent, events.DepartmentSilent),
        on(Stage.STAFF, department_card.called_in, events.DepartmentsCalledIn),
        on(Stage.STAFF, department_card.answered, events.DepartmentAnswered, events.DepartmentCame),
        on(Stage.STAFF, department_card.silent, events.DepartmentSilent),
        on(Stage.STAFF, department_card.project_changed, events.ProjectChanged, events.ProjectMoved),
        on(Stage.VIEWS, department_card.new_group, events.StaffChatChosen),
    ),
    tasks={calling_in.SILENT: with_community(calling_in.run_silent)},
    refusals=REFUSALS,
)
