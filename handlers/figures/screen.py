"""What a message with figures says, and its buttons."""

from datetime import datetime

from domain.calendar.local_time import local_time
from domain.community import Community
from handlers.figures import community_wording, overview, wording
from handlers.figures.buttons import View, below
from handlers.figures.exports import asking
from handlers.kit.keyboards import Markup, column
from handlers.kit.texts import Html, Speaker, paragraphs
from services.figures.all_figures import Figures
from services.figures.report_figures import Asked, By
from storage.core.database import Transaction


def figures(
    tx: Transaction, say: Speaker, community: Community, asked: Asked, view: View, found: Figures | None
) -> tuple[Html, Markup]:
    """What was found; None before anything had happened."""
    if found is None:
        return say("Nothing has been reported yet, so there is nothing to count."), column(asking.button(say))
    return _text(tx, say, community, found, view), buttons(say, community, asked, view, tx.now)


def buttons(say: Speaker, community: Community, asked: Asked, view: View, now: datetime) -> Markup:
    """To other periods, and to other figures of this one."""
    return below(say, community, asked, view, local_time(now, community.zone).date(), asking.button(say))


def _text(tx: Transaction, say: Speaker, community: Community, found: Figures, view: View) -> Html:
    if view is View.OVERVIEW:
        return overview.overview(say, community, found)
    if view is View.REPORTS:
        return wording.in_full(say, community, found.reports)
    if view.by is not By.NOTHING:
        return wording.in_groups(tx, say, community, found.reports)
    return paragraphs(wording.headed(say, community, found.reports), *_besides(tx, say, community, found, view))


def _besides(tx: Transaction, say: Speaker, community: Community, found: Figures, view: View) -> list[Html]:
    """What the community does besides reporting."""
    if found.pledges is None or found.projects is None or found.repairs is None or found.volunteers is None:
        return [overview.only_whole(say)]
    if view is View.PROMISES:
        return [community_wording.promises(say, found.pledges)]
    if view is View.PROJECTS:
        return [community_wording.projects(tx, say, found.projects)]
    return [
        community_wording.repairs(say, found.repairs),
        community_wording.volunteers(say, community, found.volunteers),
    ]
