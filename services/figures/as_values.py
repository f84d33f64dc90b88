"""The measures of reports as plain values with names that stay, for programs that read them. docs/measures.md."""

from domain.figures.rates import Rate, Times
from domain.figures.report_history import Channel, Outcome, Ruling, Way
from domain.figures.report_measures import ReportMeasures

Values = dict[str, int | float | None]


def values(one: ReportMeasures) -> Values:
    """Each by its name: counts, seconds, and percentages (None of fewer than 20, beside which stand the counts)."""
    found: Values = {"collected": one.collected}
    found |= {f"collected_{each}": one.by_channel[each] for each in Channel}
    found |= {"handled": one.handled, **_rate("handled", one.handled_rate)}
    found |= {f"handled_first_{each}": one.handled_by[each] for each in Way}
    found |= {"waiting": one.waiting, "withdrawn": one.taken_back, "recurring": one.recurring}
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
    for name, times in (
        ("first_answer", one.first_answer),
        ("first_answer_working", one.first_answer_working),
        ("resolution", one.first_resolution),
        ("resolution_working", one.first_resolution_working),
    ):
        found |= _times(name, times)
    return found


def _rate(name: str, rate: Rate, way: str = "") -> Values:
    return {f"{name}_rate{way}": rate.percent, f"{name}_rate{way}_of": rate.whole}


def _times(name: str, times: Times) -> Values:
    return {
        f"{name}_cases": times.cases,
        f"{name}_median_seconds": times.median,
        f"{name}_p90_seconds": times.ninetieth,
    }
