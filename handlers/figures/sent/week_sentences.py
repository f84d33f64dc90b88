"""A week in five sentences, for those who work on it: what came in, what became of it, what residents say, how quick
the answers were, and what weighs most."""

from domain.figures.report_history import Outcome
from domain.figures.report_measures import ReportMeasures
from handlers.figures import wording
from handlers.kit.texts import Html, Speaker
from speech import counts


def sentences(say: Speaker, week: ReportMeasures, before: ReportMeasures) -> list[Html]:
    """Five of them; none for a week in which nothing happened at all."""
    if week == ReportMeasures():
        return []
    return [
        _came_in(say, week.collected, before.collected),
        say("Handled of these by the end of the week: {rate}.", rate=wording.rate_of(say, week.handled_rate)),
        _residents_say(say, week),
        _answers(say, week),
        say(
            "Pressing problems solved: {solved}; reopened: {reopened}; deadlines missed: {missed}.",
            solved=week.urgent_solved,
            reopened=week.reopened,
            missed=week.overdue,
        ),
    ]


def _came_in(say: Speaker, now: int, before: int) -> Html:
    return say.plural(
        "{count} report came in last week; in the week before: {before}.",
        "{count} reports came in last week; in the week before: {before}.",
        now,
        before=before,
    )


def _residents_say(say: Speaker, week: ReportMeasures) -> Html:
    if not week.resolutions:
        return say("Staff did not say of any report that it is fixed.")
    said = week.outcomes
    return say.plural(
        "Staff said once that something is fixed; residents say yes: {yes}, no: {no}, no reply so far: {silent}.",
        "Staff said {count} times that something is fixed; residents say yes: {yes}, no: {no}, no reply so far: "
        "{silent}.",
        week.resolutions,
        yes=said[Outcome.CONFIRMED],
        no=said[Outcome.DISPUTED],
        silent=week.resolutions - said[Outcome.CONFIRMED] - said[Outcome.DISPUTED],
    )


def _answers(say: Speaker, week: ReportMeasures) -> Html:
    first = week.first_answer
    if first.median is None:
        return say("No first answers were given.")
    return say.plural(
        "{count} first answer was given, within {median}; answered in time: {rate}.",
        "{count} first answers were given, half of them within {median}; answered in time: {rate}.",
        first.cases,
        median=counts.took(say, first.median),
        rate=wording.rate_of(say, week.in_time_rate),
    )
