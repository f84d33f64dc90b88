"""What projects add to the program."""

from domain import events
from domain.people.rights import Action
from handlers.kit.access import anybody, needs, own_or
from handlers.kit.feature import Command, Feature, Stage, on, rule, together, with_community
from handlers.projects import (
    bundle,
    department_news,
    from_report,
    giving_up,
    group_card,
    lead_notices,
    milestone_list,
    milestone_setting,
    project_form,
    project_list,
    project_view,
    report_lines,
    suggested,
    telling,
)
from handlers.projects.refusals import REFUSALS
from handlers.reports.recipients import Everybody
from services.projects import bundling, calling_in, leading, putting_in

SAID_OF_IT = (
    events.ReportMarkedPersonal, events.ReportAdded, events.ReportReworded, events.ReportObjected,
    events.ReportAnotherObjection,
)  # fmt: skip
"""After these a report may be about a person, or of danger."""
OF_DEPARTMENTS = (events.DepartmentAnswered, events.DepartmentCame, events.DepartmentSilent)
CHANGES_CARD = (
    events.ProjectChanged, events.ProjectMoved, events.ProjectLeadGiven, events.ProjectLeadTaken, events.MilestoneSet,
    events.MilestoneMoved, events.MilestoneReached, events.DepartmentsCalledIn, *OF_DEPARTMENTS,
)  # fmt: skip
CHANGES_NUMBERS = (
    events.ReportConfirmed, events.ReportLapsed, events.ReportReopened, events.ReportDeclined,
    events.ReportObjectionJudged, events.ReportObjected, events.ReportOpenedAgain, events.ReportJoined,
    events.ReportLeft, events.ReportMerged, events.ReportTakenOut,
)  # fmt: skip

FEATURE = Feature(
    name="projects",
    commands={
        "projects": Command(project_list.command, 12, lambda say: say.label("Projects, and where they stand")),
        "project": Command(project_form.command, 28, lambda say: say.label("Start a project"), Action.RUN_PROJECTS),
    },
    buttons={
        "jp": anybody(project_view.press, in_groups=True),
        "js": own_or(Action.RUN_PROJECTS, project_view.take_step),
        "jm": own_or(Action.RUN_PROJECTS, milestone_list.press),
        "jl": anybody(project_list.press, in_groups=True),
        "jg": needs(Action.RUN_PROJECTS, suggested.press),
    },
    deep_links={
        project_view.PREFIX: anybody(project_view.start),
        from_report.PREFIX: needs(Action.RUN_PROJECTS, from_report.start),
    },
    flows=(project_form.FLOW, giving_up.FLOW, milestone_setting.ADD, milestone_setting.MOVE, bundle.FLOW),
    with_found=(bundle.WITH_FOUND,),
    staff_work=(report_lines.WORK, from_report.WORK),
    subscribers=together(
        on(Stage.RULE, rule(leading.left_team), events.RoleRevoked),
        on(Stage.RULE, rule(leading.out_of_reach), events.PersonUnreachable),
        on(Stage.RULE, rule(bundling.merged), events.ReportMerged),
        on(Stage.RULE, rule(bundling.separate), events.ReportTakenOut),
        on(Stage.RULE, rule(bundling.withdrawn), events.ReportWithdrawn),
        on(Stage.RULE, rule(bundling.may_be_unfit), *SAID_OF_IT),
        on(Stage.PEOPLE, telling.news, events.ProjectMoved, events.MilestoneMoved, events.MilestoneReached),
        on(Stage.PEOPLE, telling.bundled, events.ReportBundled, events.ReportJoined, events.ReportMerged),
        on(Stage.PEOPLE, Everybody(telling.taken_out), events.ReportUnbundled),
        on(Stage.PEOPLE, lead_notices.made, events.ProjectMade),
        on(Stage.PEOPLE, lead_notices.given, events.ProjectLeadGiven),
        on(Stage.PEOPLE, lead_notices.taken, events.ProjectLeadTaken),
        on(Stage.PEOPLE, lead_notices.moved_away, events.ReportsMovedAway),
        on(Stage.PEOPLE, lead_notices.put_in, events.ReportsPutIn),
        on(Stage.STAFF, report_lines.refresh, events.ReportBundled, events.ReportUnbundled),
        on(Stage.STAFF, group_card.made, events.ProjectMade),
        on(Stage.STAFF, group_card.changed, *CHANGES_CARD),
        on(Stage.STAFF, group_card.contents_changed, events.ReportBundled, events.ReportUnbundled),
        on(Stage.STAFF, group_card.report_changed, *CHANGES_NUMBERS),
        on(Stage.STAFF, department_news.said, *OF_DEPARTMENTS),
        on(Stage.STAFF, group_card.lead_lost, events.ProjectLeadLost),
        on(Stage.STAFF, group_card.lead_out_of_reach, events.ProjectLeadOutOfReach),
        on(Stage.STAFF, group_card.without_lead, events.ProjectWithoutLead),
        on(Stage.VIEWS, group_card.group_chosen, events.StaffChatChosen),
    ),
    tasks={
        leading.KIND: with_community(leading.run_due),
        putting_in.KIND: with_community(putting_in.run_due),
        telling.NEWS: telling.tell_news,
        telling.BELONGING: telling.tell_belonging,
        group_card.KIND: group_card.make_true,
        calling_in.DAILY: department_news.count_days,
    },
    refusals=REFUSALS,
)
