"""All measures as plain values with names that stay, for programs that read them. docs/measures.md.

Counts, whole seconds, and percentages: None of fewer than 20, beside which stand the counts. A name is never changed or
used for something else.
"""

from domain.figures.pledge_history import Kept
from domain.figures.pledge_measures import PledgeMeasures
from domain.figures.project_measures import ProjectMeasures
from domain.figures.rates import Rate, Times
from domain.figures.repair_history import Fate
from domain.figures.repair_measures import RepairMeasures
from domain.figures.report_history import Channel, Outcome, Ruling, Way
from domain.figures.report_measures import ReportMeasures
from domain.figures.volunteer_measures import VolunteerMeasures
from domain.pledges.pledges import Outcome as Became
from domain.projects.projects import Stage
from services.figures import hotline
from services.figures.all_figures import Figures

Values = dict[str, int | float | None]


def all_values(found: Figures) -> Values:
    """Each of a period by its name; without those of which nothing is known where an area was asked for."""
    written = values(found.reports.total)
    if found.pledges is not None:
        written |= of_pledges(found.pledges)
    if found.projects is not None:
        written |= of_projects(found.projects)
    if found.repairs is not None:
        written |= of_repairs(found.repairs)
    if found.volunteers is not None:
        written |= of_volunteers(found.volunteers)
    if found.asked.area is None and found.asked.category is None:
        written |= hotline.values(found.hotline)
    return written


def values(one: ReportMeasures) -> Values:
    """Each of reports by its name."""
    found: Values = {"collected": one.collected}
    found |= {f"collected_{each}": one.by_channel[each] for each in Channel}
    found |= {"handled": one.handled, **_rate("handled", one.handled_rate)}
    found |= {f"handled_first_{each}": one.handled_by[each] for each in Way}
    found |= {"waiting": one.waiting, "withdrawn": one.taken_back, "recurring": one.recurring, "pressing": one.pressing}
    found |= {"answered": one.answered, "answered_in_time": one.answered_in_time}
    found |= {"resolutions": one.resolutions}
    found |= {f"resolutions_{each}": one.outcomes[each] for each in Outcome}
    found |= {"satisfied": one.content, "not_satisfied": one.not_content}
    for name, rate, strict in (
        ("answered", one.answered_rate, one.answered_rate_strict),
        ("in_time", one.in_time_rate, one.in_time_rate_strict),
        ("resolved", one.resolved_rate, one.resolved_rate_strict),
        ("satisfied", one.content_rate, one.content_rate_strict),
    ):
        found |= {**_rate(name, rate), **_rate(name, strict, "_if_silence_is_no")}
    found |= {"declined": one.declined, "objections": one.objections}
    found |= {f"objections_{each}": one.rulings[each] for each in Ruling}
    found |= {"passed_on": one.passed_on, "reopened": one.reopened, "overdue": one.overdue}
    found |= {"urgent_solved": one.urgent_solved}
    for name, times in (
        ("first_answer", one.first_answer),
        ("first_answer_working", one.first_answer_working),
        ("resolution", one.first_resolution),
        ("resolution_working", one.first_resolution_working),
    ):
        found |= _times(name, times)
    return found


def of_pledges(one: PledgeMeasures) -> Values:
    """Each of promises by its name."""
    found: Values = {"pledges": one.made, "pledgers": one.makers}
    found |= {f"pledges_{each}": one.by_state[each] for each in Kept}
    found |= _rate("pledges_kept", one.kept_rate)
    found |= _rate("pledges_kept", one.kept_rate_strict, "_if_no_update_is_no")
    found |= {"pledge_times": one.due, "pledge_times_waiting": one.times[Became.OPEN]}
    found["pledge_times_no_update"] = one.times[Became.NOT_REPORTED]
    for each in (Became.KEPT, Became.PARTLY, Became.NOT_KEPT, Became.EXCUSED):
        found[f"pledge_times_{each}"] = one.times[each]
    found |= _rate("pledge_times_kept", one.times_rate)
    return found | _rate("pledge_times_kept", one.times_rate_strict, "_if_no_update_is_no")


def of_projects(one: ProjectMeasures) -> Values:
    """Each of projects by its name."""
    found: Values = {"projects": one.count, "leads": one.leads}
    found |= {f"projects_{each}": one.by_stage[each] for each in Stage}
    return found | {"projects_made": one.made, "projects_delivered": one.delivered}


def of_repairs(one: RepairMeasures) -> Values:
    """Each of repairs by its name."""
    found: Values = {"repairs_asked": one.asked, "repairs_taken": one.taken, "repairs_done": one.done}
    found |= {f"repairs_{each}": one.by_fate[each] for each in Fate}
    found |= {
        **_rate("repairs_done", one.done_rate),
        **_rate("repairs_done", one.done_rate_strict, "_if_silence_is_no"),
    }
    found |= {"repairs_said_not_done": one.said_not_done}
    return found | _times("repair_to_take", one.time_to_take) | _times("repair_to_do", one.time_to_do)


def of_volunteers(one: VolunteerMeasures) -> Values:
    """Each of volunteers by its name."""
    return {"volunteers": one.volunteers, "volunteers_on_call": one.on_call}


def _rate(name: str, rate: Rate, way: str = "") -> Values:
    return {f"{name}_rate{way}": rate.percent, f"{name}_rate{way}_of": rate.whole}


def _times(name: str, times: Times) -> Values:
    return {
        f"{name}_cases": times.cases,
        f"{name}_median_seconds": times.median,
        f"{name}_p90_seconds": times.ninetieth,
    }
