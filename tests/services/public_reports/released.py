"""What tests of the public page of reports share: a report that staff have released."""

from dataclasses import replace

from domain.community import Community, ReportsShown
from domain.people.rights import Role
from services.public_reports import releasing
from storage.core.database import Transaction
from storage.people.people import Person
from storage.public_reports import entries
from tests.services.reporting import submitted
from tests.support import person

TITLE = "A lamp by the gate"


def staff(tx: Transaction) -> Person:
    """Somebody of staff."""
    return person(tx, "Wei", Role.STAFF)


def release(tx: Transaction, community: Community, wei: Person, number: int, text: str = TITLE) -> int:
    """Staff write a title and release it; its number."""
    title = releasing.write(tx, community, wei, number, text)
    releasing.release(tx, community, wei, number, title.id)
    tx.publish()
    return title.id


def released(tx: Transaction, community: Community, wei: Person, who: Person, text: str = TITLE) -> int:
    """A report of somebody's that everybody may read of; its number."""
    number = submitted(tx, community, who, "It is all dark near us since Monday", area="b3", category="lighting")
    release(tx, community, wei, number, text)
    return number


def listed(tx: Transaction, area: str = "", category: str = "", state: str = "") -> list[int]:
    """The reports in a list, as everybody reads it once all that happened is published."""
    tx.publish()
    return [each.report.id for each in entries.page(tx, area, category, state, 50)[0]]


def without(community: Community, shown: ReportsShown = ReportsShown.OFF) -> Community:
    """The same community, which shows less."""
    return replace(community, public=replace(community.public, reports=shown))
