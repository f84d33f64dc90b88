"""From an order to what stands in its file."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.community import Community
from domain.figures.exports import Wanted, What
from handlers.figures.exports import open_list
from handlers.figures.exports.names import Names
from handlers.figures.exports.pledge_rows import pledges
from handlers.figures.exports.project_rows import projects
from handlers.figures.exports.repair_rows import repairs
from handlers.figures.exports.report_rows import reports
from handlers.figures.exports.table import Table
from handlers.kit.texts import Speaker
from services.figures import exporting
from storage.core.database import Transaction

_TABLES: Mapping[What, Callable[..., Table]] = {
    What.REPORTS: reports,
    What.REPAIRS: repairs,
    What.PLEDGES: pledges,
    What.PROJECTS: projects,
}


def of(tx: Transaction, community: Community, say: Speaker, wanted: Wanted) -> Table:
    """The table; its rows are read while they are taken out of it. Raises NotFound where there is no such area."""
    names, chosen = Names(community, say), exporting.chosen(community, wanted)
    if wanted.what is What.OPEN:
        return open_list.open_list(tx, names, chosen)
    return _TABLES[wanted.what](tx, names, chosen, personal=wanted.personal)


def on_paper(tx: Transaction, community: Community, say: Speaker, wanted: Wanted) -> dict[str, Any]:
    """The order of a sheet to be printed. Raises NotFound where there is no such area."""
    return open_list.on_paper(tx, Names(community, say), exporting.chosen(community, wanted))
