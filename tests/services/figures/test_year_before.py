"""Every measure of a time stands beside that of the year before, as that was counted itself."""

from datetime import date

from domain.community import Community
from domain.figures.hotline_table import MonthCount
from domain.figures.periods import Length, containing
from domain.people.rights import Role
from services.figures import all_figures, hotline, year_before
from services.figures.all_figures import Figures
from services.figures.as_values import all_values
from services.figures.report_figures import Asked
from services.projects import making
from storage.core.database import Database, Transaction
from tests.services.reporting import submitted
from tests.support import Clock, person

MARCH = containing(date(2027, 3, 2), Length.MONTH)


async def test_all_measures_are_those_of_the_year_before(
    database: Database, community: Community, clock: Clock
) -> None:
    def lives(tx: Transaction) -> None:
        wei = person(tx, "Wei", Role.STAFF)
        submitted(tx, community, person(tx, "Mei"), area="b1")
        making.make(tx, community, wei, "Lifts", "They run", [wei.id])
        hotline.enter_on_server(tx, [MonthCount(date(year, 3, 1), 30 + year % 10) for year in (2026, 2027)])

    def counted(tx: Transaction, asked: Asked) -> Figures:
        found = all_figures.of_period(tx, community, asked, tx.now)
        assert found is not None
        return found

    def look(tx: Transaction) -> None:
        now, then = (counted(tx, Asked(each)) for each in (MARCH, MARCH.a_year_before()))
        before = year_before.values(tx, community, now, tx.now)
        assert before is not None
        expected = {name: value for name, value in all_values(then).items() if not name.startswith("hotline_")}
        assert before == {**expected, "hotline_complaints": 36}
        assert (before["collected"], before["projects"], before["pledges"]) == (1, 1, 0)
        in_b2 = year_before.values(tx, community, counted(tx, Asked(MARCH, area="b2")), tx.now)
        assert in_b2 is not None and in_b2["collected"] == 0 and "projects" not in in_b2
        assert year_before.values(tx, community, then, tx.now) is None, "nothing had happened yet"

    await database.run(lives)
    clock.advance(days=400)
    await database.run(look)
