"""Making a project, and what it says of itself: directly, on a real SQLite file."""

import pytest

from domain.community import Community
from domain.events import ProjectChanged, ProjectMade
from domain.people.rights import NotAllowed, Role
from domain.projects.projects import Stage
from services.core.errors import AlreadyDone, NotFound
from services.projects import access, bundling, leading, making
from services.projects.access import Outdated
from services.projects.making import NotForPublic
from services.reports import steering
from storage.core.database import Transaction
from storage.projects import leads, projects
from tests.services.projects.bundles import bundled, known, made, staff
from tests.services.reporting import submitted
from tests.support import happened, in_transaction, last_events, person


@in_transaction
def test_a_project_listens_and_is_led_by_people_of_the_team(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.REPRESENTATIVE)
    project = made(tx, community, wei, lin, wei, areas=["north", "b1", "north"])
    assert (project.stage, project.public, project.version) == (Stage.LISTENING, False, 0)
    assert set(leads.of(tx, project.id)) == {lin.id, wei.id}
    assert projects.areas(tx, project.id) == ["b1", "north"]
    last_events(tx, ProjectMade(actor=wei.id, project=project.id, leads=(lin.id, wei.id)))


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.VOLUNTEER, Role.PLEDGER, Role.REPRESENTATIVE])
@in_transaction
def test_others_than_staff_make_none(tx: Transaction, community: Community, role: Role) -> None:
    with pytest.raises(NotAllowed):
        made(tx, community, person(tx, "Mei", role), staff(tx))
    assert not projects.every(tx, 10)


@in_transaction
def test_nobody_or_a_resident_leads_none(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    for led_by in ([], [person(tx, "Mei").id], [999_999]):
        with pytest.raises(NotFound):
            making.make(tx, community, wei, "The lifts", None, led_by)
    with pytest.raises(NotFound):
        made(tx, community, wei, areas=["nowhere"])
    with pytest.raises(leading.TooManyLeads):
        made(tx, community, wei, *(person(tx, f"{n}", Role.PLEDGER) for n in range(leading.MOST + 1)))
    assert not projects.every(tx, 10) and not happened(tx)


@in_transaction
def test_its_words_change_and_an_older_look_at_it_does_not_count(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    making.change_words(tx, lin, project.id, project.version, title="The lift of 3")
    last_events(tx, ProjectChanged(actor=lin.id, project=project.id, columns=("title",)))
    with pytest.raises(Outdated):
        making.change_words(tx, wei, project.id, project.version, goal="Both lifts run")
    with pytest.raises(AlreadyDone):
        making.change_words(tx, wei, project.id, title="The lift of 3")
    making.choose_areas(tx, community, wei, project.id, ["b1"], project.version + 1)
    assert (known(tx, project).title, known(tx, project).goal) == ("The lift of 3", "All lifts run")
    assert projects.areas(tx, project.id) == ["b1"]


@in_transaction
def test_only_its_lead_and_staff_steer_it_or_see_it_while_it_is_not_public(
    tx: Transaction, community: Community
) -> None:
    wei, lin, other = staff(tx), person(tx, "Lin", Role.PLEDGER), person(tx, "Bo", Role.PLEDGER)
    project = made(tx, community, wei, lin)
    for stranger in (other, person(tx, "Mei")):
        with pytest.raises(NotAllowed):
            making.change_words(tx, stranger, project.id, title="Mine")
        with pytest.raises(NotFound):
            access.visible(tx, stranger, project.id)
        assert not projects.visible(tx, stranger.id, 9)
    with pytest.raises(NotAllowed):
        making.show(tx, lin, project.id, True)
    making.show(tx, wei, project.id, True)
    assert access.visible(tx, other, project.id).id == project.id
    assert [each.id for each in projects.visible(tx, other.id, 9)] == [project.id]


@in_transaction
def test_what_is_about_a_person_or_of_danger_is_in_no_public_project(tx: Transaction, community: Community) -> None:
    wei = staff(tx)
    project = made(tx, community, wei)
    personal = submitted(tx, community, person(tx, "Mei"))
    steering.mark_personal(tx, wei, personal, True)
    danger = submitted(tx, community, person(tx, "Bo"), danger="gas")
    bundling.add(tx, wei, project.id, personal)
    bundling.add(tx, wei, project.id, danger)
    with pytest.raises(NotForPublic) as refused:
        making.show(tx, wei, project.id, True)
    assert refused.value.count == 2
    bundling.take_out(tx, wei, personal)
    bundling.take_out(tx, wei, danger)
    bundled(tx, community, wei, project, "Eve")
    making.show(tx, wei, project.id, True)
    for number in (personal, danger):
        with pytest.raises(bundling.NotFit):
            bundling.add(tx, wei, project.id, number)


@in_transaction
def test_forty_projects_of_one_lead_page_open_ones_first(tx: Transaction, community: Community) -> None:
    wei, lin = staff(tx), person(tx, "Lin", Role.PLEDGER)
    numbers = [made(tx, community, wei, lin).id for _ in range(40)]
    projects.move(tx, numbers[-1], Stage.GIVEN_UP, "No money")
    pages = [projects.visible(tx, lin.id, 8, offset) for offset in range(0, 48, 8)]
    assert [each.id for page in pages for each in page] == [*reversed(numbers[:-1]), numbers[-1]]
    assert [len(page) for page in pages] == [8, 8, 8, 8, 8, 0]
