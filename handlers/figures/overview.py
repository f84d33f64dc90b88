"""The usual figures on one screen; and all of them, as the command line prints them."""

from domain.community import Community
from domain.figures.report_history import Outcome
from domain.figures.report_measures import ReportMeasures
from handlers.figures import community_wording, hotline_words, wording
from handlers.figures.wording import pair, rate_of, some
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from services.figures.all_figures import Figures
from speech.counts import number
from storage.core.database import Transaction


def overview(say: Speaker, community: Community, found: Figures) -> Html:
    """What is asked for most, of everything."""
    return paragraphs(
        wording.headed(say, community, found.reports),
        lines(bold(say("Reports")), *_reports(say, found)),
        _promises(say, found),
        _projects(say, found),
        _repairs(say, found),
        _hotline(say, found),
        say("A period that is over no longer changes: each figure is what was known at its end."),
    )


def in_full(tx: Transaction, say: Speaker, community: Community, found: Figures) -> Html:
    """All figures of a period, of everything there was."""
    pledges, projects, repairs, volunteers = found.pledges, found.projects, found.repairs, found.volunteers
    return paragraphs(
        wording.in_full(say, community, found.reports),
        community_wording.promises(say, pledges) if pledges is not None and (pledges.made or pledges.due) else None,
        community_wording.projects(tx, say, projects, most=None) if projects is not None and projects.count else None,
        community_wording.repairs(say, repairs) if repairs is not None and (repairs.asked or repairs.to_do) else None,
        community_wording.volunteers(say, community, volunteers)
        if volunteers is not None and volunteers.volunteers
        else None,
        _hotline(say, found),
        only_whole(say) if found.pledges is None else None,
    )


def _hotline(say: Speaker, found: Figures) -> Html | None:
    if found.hotline is None:
        return None
    return lines(bold(say("Complaints to the hotline")), *hotline_words.of_period(say, found.hotline))


def only_whole(say: Speaker) -> Html:
    """What is not counted by area."""
    return say("Promises, projects, repairs and volunteers are only counted for the whole community.")


def _reports(say: Speaker, found: Figures) -> list[Html | None]:
    total: ReportMeasures = found.reports.total
    before = found.reports.a_year_before
    return [
        say("Collected: {count}", count=number(total.collected)),
        wording.a_year_before(say, before.collected, total.collected) if before is not None else None,
        say("Handled: {rate}", rate=rate_of(say, total.handled_rate)),
        some(say("Not handled yet: {count}", count=number(total.waiting)), total.waiting),
        pair(say, say("Answered in time"), total.in_time_rate, total.in_time_rate_strict),
        pair(say, say("Fixed, residents say"), total.resolved_rate, total.resolved_rate_strict),
        some(
            say("Still being asked: {count}", count=number(total.outcomes[Outcome.ASKED])),
            total.outcomes[Outcome.ASKED],
        ),
        some(say("Pressing problems solved: {count}", count=number(total.urgent_solved)), total.urgent_solved),
        some(say("Reopened by residents: {count}", count=number(total.reopened)), total.reopened),
        some(say("Deadline missed: {count}", count=number(total.overdue)), total.overdue),
    ]


def _promises(say: Speaker, found: Figures) -> Html | None:
    one = found.pledges
    if one is None or not (one.made or one.due):
        return None
    return lines(
        bold(say("Promises")),
        say("Promises made: {count}", count=number(one.made)),
        say("People who made them: {count}", count=number(one.makers)),
        community_wording.kept(say, say("Kept so far"), one.kept_rate, one.kept_rate_strict),
    )


def _projects(say: Speaker, found: Figures) -> Html | None:
    one = found.projects
    if one is None or not one.count:
        return None
    return lines(
        bold(say("Projects")),
        say("Projects: {count}", count=number(one.count)),
        say("People who lead them: {count}", count=number(one.leads)),
    )


def _repairs(say: Speaker, found: Figures) -> Html | None:
    one, helpers = found.repairs, found.volunteers
    if one is None or helpers is None or not (one.asked or helpers.volunteers):
        return None
    return lines(
        bold(say("Neighbours help")),
        say("Repairs asked for: {count}", count=number(one.asked)),
        pair(say, say("Repairs done"), one.done_rate, one.done_rate_strict),
        say("Volunteers on call: {count}", count=number(helpers.on_call)),
    )
