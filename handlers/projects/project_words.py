"""How projects are put: their stages and steps, and what one reads of a project."""

from datetime import date, datetime

from domain.calendar.local_time import instant
from domain.projects.projects import Stage, Step
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects.departments import department_words
from storage.core.database import Transaction
from storage.people import people
from storage.projects import fixed_or_not, leads, members, milestones, projects
from storage.projects.milestones import Milestone
from storage.projects.projects import Project

NAME = 40
LABEL = 22
AREAS = 6


def stage(say: Speaker, stage_: Stage) -> str:
    """Where a project stands."""
    return {
        Stage.LISTENING: say.label("we are listening"),
        Stage.DELIBERATING: say.label("we are weighing what can be done"),
        Stage.DELIVERING: say.label("we are working on it"),
        Stage.DONE: say.label("done"),
        Stage.GIVEN_UP: say.label("given up"),
    }[stage_]


def step(say: Speaker, step_: Step) -> str:
    """The button of a step."""
    return {
        Step.LISTEN: say.label("Listen (again)"),
        Step.DELIBERATE: say.label("Weigh what can be done"),
        Step.DELIVER: say.label("Start the work"),
        Step.FINISH: say.label("The project is done"),
        Step.GIVE_UP: say.label("Give it up"),
    }[step_]


def named(say: Speaker, project: Project) -> Html:
    """Its number and title."""
    return say("Project no. {number}: {title}", number=project.id, title=one_line(project.title, 80))


def label(say: Speaker, project: Project) -> str:
    """The same, for a button."""
    return say.label("No. {number}: {name}", number=project.id, name=one_line(project.title, LABEL))


def day(setup: Setup, say: Speaker, due_on: date) -> str:
    """A day with its year: milestones are far ahead."""
    return say.dated(instant(datetime(due_on.year, due_on.month, due_on.day, 12), setup.community.zone))


def milestone(setup: Setup, say: Speaker, each: Milestone) -> Html:
    """One line of a milestone."""
    title = one_line(each.title, 120)
    if each.reached_at is not None:
        return say("✓ {title} (reached {day})", title=title, day=say.dated(each.reached_at))
    if each.due_on is None:
        return say("○ {title}", title=title)
    if each.moved_from is not None:
        return say(
            "○ {title}: by {day} (before: {earlier})",
            title=title, day=day(setup, say, each.due_on), earlier=day(setup, say, each.moved_from),
        )  # fmt: skip
    return say("○ {title}: by {day}", title=title, day=day(setup, say, each.due_on))


def places(setup: Setup, say: Speaker, codes: list[str]) -> str | None:
    """The names of its areas; None where it is about none in particular."""
    names = [name for code in codes[:AREAS] if (name := setup.community.place_name(code, say.language))]
    return say.listed(names) if names else None


def for_everybody(tx: Transaction, setup: Setup, say: Speaker, project: Project) -> Html:
    """What everybody reads of a public project: nothing of the people in it, nor how many they are."""
    where = places(setup, say, projects.areas(tx, project.id))
    return paragraphs(
        lines(bold(named(say, project)), say("Where it stands: {stage}", stage=stage(say, project.stage))),
        say("Goal: {goal}", goal=project.goal) if project.goal else None,
        say("Place: {place}", place=where) if where else None,
        say("Why it was given up: {reason}", reason=project.reason) if project.reason else None,
        lines(*(milestone(setup, say, each) for each in milestones.of(tx, project.id))) or None,
    )


def for_steering(tx: Transaction, setup: Setup, say: Speaker, project: Project) -> Html:
    """What staff and those who lead it read, in the group, too: names of leads, and numbers, nothing of residents."""
    names = [one_line(people.by_id(tx, each).name, NAME) for each in leads.of(tx, project.id)]
    return paragraphs(
        for_everybody(tx, setup, say, project),
        lines(
            say("Project lead: {names}", names=say.listed(names)) if names else bold(say("NOBODY LEADS IT")),
            *_reports_in_it(tx, say, project),
            fixed_or_not_line(tx, say, project),
            say("Last movement: {when}", when=say.moment(project.moved_at, tx.now)),
            say("Everyone can see it") if project.public else say("Only the staff and its lead can see it"),
        ),
        department_words.on_project_card(tx, setup, say, project.id),
    )


def _reports_in_it(tx: Transaction, say: Speaker, project: Project) -> list[Html]:
    count = members.count(tx, project.id)
    if not count:
        return [say("No report is in it yet")]
    return [
        say.plural("{count} report is in it", "{count} reports are in it", count),
        say.plural("{count} of them is open", "{count} of them are open", members.count_open(tx, project.id)),
        say.plural(
            "{count} person stands behind them", "{count} people stand behind them",
            members.count_people(tx, project.id),
        ),
    ]  # fmt: skip


def fixed_or_not_line(tx: Transaction, say: Speaker, project: Project) -> Html | None:
    """How many say that it is not fixed, for those who lead it and for staff; None before anybody was asked."""
    found = fixed_or_not.said(tx, project.id)
    if not found.asked:
        return None
    if not found.no and not found.yes:
        said = [say("Nobody has said yet whether it is fixed")]
    else:
        said = [
            say.plural(
                "{count} of {asked} says it is not fixed", "{count} of {asked} say it is not fixed",
                found.no, asked=found.asked,
            ),
            say.plural(
                "{count} of {asked} says it is fixed", "{count} of {asked} say it is fixed",
                found.yes, asked=found.asked,
            ),
        ]  # fmt: skip
    return lines(
        *said,
        say.plural("{count} has not answered", "{count} have not answered", found.silent) if found.silent else None,
        say.plural("{count} could not be asked", "{count} could not be asked", found.unasked)
        if found.unasked else None,
    )  # fmt: skip
