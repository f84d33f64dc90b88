"""The plan's picture and places: who may, what stays with a new picture, and what a changed community file leaves."""

from dataclasses import replace

import pytest

from domain.community import Community, EstatePlan
from domain.estate_plan.spots import Size, Spot
from domain.events import PlanAreaPlaced, PlanAreaRemoved, PlanPictureMade, PlanPictureRemoved
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone, NotFound
from services.estate_plan import links, pictures, placing
from services.estate_plan.links import LinkEnded
from services.estate_plan.pictures import FromFile, NewPicture
from services.estate_plan.placing import PlacedByFile
from storage.core.database import Database, Transaction
from storage.estate_plan import pictures as kept
from storage.people import people
from tests.support import Clock, in_transaction, last_events, person

OTHERS = tuple(role for role in Role if role is not Role.ADMIN)


def picture(tx: Transaction, community: Community, width: int = 1600, height: int = 1200, **more: bool) -> bool:
    """A picture of that size comes; whether the places stay."""
    new = NewPicture(b"dots", "image/png", Size(width, height), f"{width}x{height}")
    return pictures.keep(tx, new, from_file=more.get("from_file", False), actor=None)


def named_in_file(community: Community, **places: tuple[float, float]) -> Community:
    """The same, with a picture and places in the community file."""
    return replace(community, plan=EstatePlan("plan.png", places))


@in_transaction
def test_an_area_is_placed_moved_and_removed(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    picture(tx, community)
    number = kept.current(tx, False)
    assert number is not None
    placing.place(tx, community, admin, "garden", Spot(20, 30))
    last_events(tx, PlanAreaPlaced(actor=admin.id, plan=number.id, area="garden", x=20, y=30))
    with pytest.raises(AlreadyDone):
        placing.place(tx, community, admin, "garden", Spot(20, 30))
    placing.place(tx, community, admin, "garden", Spot(21, 30))
    assert placing.places(tx, community).shown == {"garden": Spot(21, 30)}
    placing.remove(tx, community, admin, "garden")
    last_events(tx, PlanAreaRemoved(actor=admin.id, plan=number.id, area="garden"))
    with pytest.raises(AlreadyDone):
        placing.remove(tx, community, admin, "garden")
    assert placing.places(tx, community).shown == {}


@in_transaction
def test_only_admins_touch_the_plan(tx: Transaction, community: Community) -> None:
    picture(tx, community)
    everybody = person(tx, "Everything else", *OTHERS)
    for wanted in (
        lambda: pictures.order(tx, community, everybody, "file", 1),
        lambda: pictures.take_down(tx, community, everybody),
        lambda: placing.place(tx, community, everybody, "garden", Spot(1, 1)),
        lambda: placing.remove(tx, community, everybody, "garden"),
        lambda: links.make(tx, everybody),
    ):
        with pytest.raises(NotAllowed):
            wanted()


@in_transaction
def test_a_new_picture_of_the_same_shape_keeps_the_places(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    assert not picture(tx, community), "there were none"
    placing.place(tx, community, admin, "garden", Spot(20, 30))
    assert picture(tx, community, 800, 600), "the same plan, smaller"
    last_events(tx, PlanPictureMade(actor=None, plan=2, places_stay=True))
    assert placing.places(tx, community).shown == {"garden": Spot(20, 30)}
    assert not picture(tx, community, 1200, 1600), "another plan: everything is to be placed anew"
    assert placing.places(tx, community).shown == {}
    placing.place(tx, community, admin, "parking", Spot(5, 5))
    assert picture(tx, community, 1600, 1200), "sent by mistake, and the one before is sent again"
    assert placing.places(tx, community).shown == {"garden": Spot(20, 30)}
    assert [kept.content(tx, number) for number in (1, 2, 3, 4)] == [None, None, None, b"dots"]


@in_transaction
def test_a_picture_taken_down_leaves_its_places_for_the_next(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    picture(tx, community)
    placing.place(tx, community, admin, "garden", Spot(20, 30))
    pictures.take_down(tx, community, admin)
    last_events(tx, PlanPictureRemoved(actor=admin.id, plan=1))
    assert pictures.shown(tx, community) is None and placing.places(tx, community).shown == {}
    with pytest.raises(NotFound):
        pictures.take_down(tx, community, admin)
    with pytest.raises(NotFound):
        placing.place(tx, community, admin, "garden", Spot(1, 1))
    assert picture(tx, community)


@in_transaction
def test_an_area_that_is_none_any_more_keeps_its_place_aside(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    picture(tx, community)
    placing.place(tx, community, admin, "garden", Spot(20, 30))
    without = replace(community, areas=tuple(each for each in community.areas if each.code != "garden"))
    found = placing.places(tx, without)
    assert found.shown == {} and found.aside == ("garden",)
    with pytest.raises(NotFound):
        placing.place(tx, without, admin, "garden", Spot(1, 1))
    assert placing.places(tx, community).shown == {"garden": Spot(20, 30)}, "it is an area again"
    placing.remove(tx, without, admin, "garden")
    assert placing.places(tx, community).shown == {}


@in_transaction
def test_what_the_community_file_says_nobody_contradicts(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    picture(tx, community)
    placing.place(tx, community, admin, "garden", Spot(20, 30))
    told = named_in_file(community, garden=(50, 60))
    assert pictures.shown(tx, told) is None, "the picture that is shown is the file's alone"
    picture(tx, told, from_file=True)
    found = placing.places(tx, told)
    assert found.shown == {"garden": Spot(50, 60)} and found.by_file == {"garden"}
    for wanted in (
        lambda: placing.place(tx, told, admin, "garden", Spot(1, 1)),
        lambda: placing.remove(tx, told, admin, "garden"),
    ):
        with pytest.raises(PlacedByFile):
            wanted()
    for refused in (lambda: pictures.order(tx, told, admin, "file", 1), lambda: pictures.take_down(tx, told, admin)):
        with pytest.raises(FromFile):
            refused()
    placing.place(tx, told, admin, "parking", Spot(1, 1))
    assert placing.places(tx, community).shown == {"garden": Spot(20, 30), "parking": Spot(1, 1)}, "one shape"


@in_transaction
def test_what_wants_a_place_lies_in_no_placed_area(tx: Transaction, community: Community) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    picture(tx, community)

    def wanting() -> list[str]:
        return [area.code for area in placing.to_place(community, placing.places(tx, community))]

    assert {"north", "b1", "b2", "south"} <= set(wanting()) and "b1-1" not in wanting(), "nobody reads of a stairwell"
    placing.place(tx, community, admin, "north", Spot(20, 30))
    assert not {"north", "b1", "b2"} & set(wanting()) and "south" in wanting()


@in_transaction
def test_a_link_opens_one_browser_for_a_while(tx: Transaction, clock: Clock) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    code = links.make(tx, admin)
    assert links.look(tx, code).id == links.look(tx, code).id == admin.id, "looking opens nothing"
    session = links.begin(tx, code)
    assert links.person(tx, session).id == admin.id
    for wanted in (lambda: links.look(tx, code), lambda: links.begin(tx, code)):
        with pytest.raises(LinkEnded):
            wanted()
    rows = tx.query("SELECT code, session FROM plan_links")
    assert code not in str([*map(tuple, rows)]) and session not in str([*map(tuple, rows)]), "digests are kept"


@in_transaction
def test_a_newer_link_ends_the_one_before_and_its_session(tx: Transaction) -> None:
    admin, other = person(tx, "Ann", Role.ADMIN), person(tx, "Bob", Role.ADMIN)
    theirs = links.begin(tx, links.make(tx, other))
    first = links.make(tx, admin)
    session = links.begin(tx, links.make(tx, admin))
    with pytest.raises(LinkEnded):
        links.begin(tx, first)
    links.make(tx, admin)
    with pytest.raises(LinkEnded):
        links.person(tx, session)
    assert links.person(tx, theirs).id == other.id, "each has their own"
    links.end(tx, theirs)
    with pytest.raises(LinkEnded):
        links.person(tx, theirs)


@pytest.mark.parametrize("wrong", ["", "x", "x" * 10_000, "é", None])
async def test_a_forged_session_is_nobodys(wrong: str | None, database: Database) -> None:
    with pytest.raises(LinkEnded):
        await database.run(links.person, wrong)


async def test_links_and_sessions_end_by_themselves(database: Database, clock: Clock) -> None:
    run = database.run
    admin = await run(lambda tx: person(tx, "Ann", Role.ADMIN))
    late = await run(links.make, admin)
    clock.advance(hours=1)
    with pytest.raises(LinkEnded):
        await run(links.begin, late)
    session = await run(links.begin, await run(links.make, admin))
    clock.advance(hours=1, minutes=59)
    assert (await run(links.person, session)).id == admin.id
    clock.advance(minutes=1)
    with pytest.raises(LinkEnded):
        await run(links.person, session)


@in_transaction
def test_who_is_admin_no_more_places_nothing(tx: Transaction) -> None:
    admin = person(tx, "Ann", Role.ADMIN)
    session = links.begin(tx, links.make(tx, admin))
    people.revoke(tx, admin.id, Role.ADMIN)
    with pytest.raises(NotAllowed):
        links.person(tx, session)
