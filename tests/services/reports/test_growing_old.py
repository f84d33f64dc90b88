"""Closed reports that are old: neither words nor names are left, and all counts are as before."""

import json
from datetime import timedelta
from random import Random

import pytest

from domain.community import Community
from domain.core.state_machine import WrongState
from domain.people.rights import NotAllowed, Role
from domain.reports.reports import State
from services.figures import report_figures
from services.public_reports import releasing
from services.reports import answering, growing_old, joining, merging, saying_more, steering
from services.staff_room import searching
from storage.core import chats, messages
from storage.core.database import Transaction
from storage.figures.exported import people_behind
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports import supports
from tests.services.figures.random_neighbourhood import Neighbourhood
from tests.services.figures.test_report_figures import some_periods
from tests.services.projects.bundles import bundled, made
from tests.services.reporting import known, stands, submitted, words
from tests.support import in_transaction, person

SECRET = "kumquat"
PEOPLE = ("to", "heir", "spoke_for", "person")
"""Members of events that are a person; `asked` is one or several."""
DAY = timedelta(days=1)


def closed(
    tx: Transaction, community: Community, by: Person, text: str = f"The {SECRET} is dark", **more: object
) -> int:
    number = submitted(tx, community, by, text, place=f"by the {SECRET}", **more)
    stands(tx, number, State.CONFIRMED)
    return number


def grow_old(tx: Transaction, limit: int = 100) -> int:
    """All that was closed until now; how many pieces that took."""
    pieces = 1
    while growing_old.forget_some(tx, tx.now + DAY, limit):
        pieces += 1
    return pieces


def everything(tx: Transaction, but: tuple[str, ...] = ()) -> str:
    """All text there is in the database, but in these tables."""
    tables = [row["name"] for row in tx.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for table in tables:
        if not table.startswith("report_search_") and table not in but:
            found += [f"{table}: {dict(row)}" for row in tx.query(f"SELECT * FROM {table}")]
    return "\n".join(found)


def leads_to(tx: Transaction, who: Person, number: int) -> list[str]:
    """Where a row says of somebody that they have to do with a report."""
    found = [
        table for table, column in (("supports", "report"), ("verdicts", "report"), ("report_parts", "report"),
                                    ("public_report_objections", "report"), ("reports", "id"))
        if tx.query(f"SELECT 1 FROM {table} WHERE {column} = ? AND person = ?", (number, who.id))
    ]  # fmt: skip
    about = f"report:{number}"
    found += ["dangers"] if tx.query("SELECT 1 FROM dangers WHERE subject = ? AND person = ?", (about, who.id)) else []
    chat = chats.private_with(tx, who.id)
    for table in ("messages", "cards", "outbox"):
        if chat and tx.query(f"SELECT 1 FROM {table} WHERE subject = ? AND chat = ?", (about, chat.id)):
            found.append(table)
    for row in tx.query("SELECT * FROM events WHERE subject = ?", (about,)):
        data = json.loads(row["data"])
        asked = data.get("asked")
        said = asked if isinstance(asked, list) else [asked]
        people = [row["actor"], *(data.get(name) for name in PEOPLE), *said]
        found += ["events"] if who.id in people else []
    return found


def in_front_of(tx: Transaction, who: Person, number: int) -> None:
    """They have its card and have written about it, as in a chat."""
    chat = chats.private_with(tx, who.id)
    assert chat is not None
    card = messages.new_card(tx, chat.id, f"report:{number}", "status")
    messages.keep(tx, chat.id, 7, incoming=False, purpose="card", subject=f"report:{number}", card=card)


@in_transaction
def test_neither_words_nor_place_nor_person_is_left(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    number = submitted(tx, community, mei, f"Smoke! The {SECRET} burns", place=SECRET, danger="fire")
    joining.join(tx, bo, number, words(f"{SECRET}, too"))
    in_front_of(tx, mei, number)
    stands(tx, number, State.CONFIRMED)
    searching.put_in(tx, community)
    grow_old(tx)
    assert SECRET not in everything(tx)
    assert leads_to(tx, mei, number) == leads_to(tx, bo, number) == []
    report = known(tx, number)
    assert (report.state, report.place, store.parts(tx, number)) == (State.CONFIRMED, None, [])
    assert report.nameless_at is not None
    assert people_behind(tx, [number]) == {number: 2}
    assert grow_old(tx) == 1


@in_transaction
def test_what_is_open_or_young_stays_and_what_it_hangs_together_with(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    open_one = submitted(tx, community, mei, f"{SECRET} open")
    part = submitted(tx, community, person(tx, "Bo"), f"{SECRET} part")
    merging.merge(tx, community, wei, part, open_one)
    before_it = closed(tx, community, mei)
    follows = submitted(tx, community, mei, f"{SECRET} again", follows=before_it)
    project = made(tx, community, wei)
    (in_project,) = bundled(tx, community, wei, project, "Ana")
    stands(tx, in_project, State.CONFIRMED)
    grow_old(tx)
    for number in (open_one, part, before_it, follows, in_project):
        assert known(tx, number).nameless_at is None
        assert store.parts(tx, number)
    tx.now += 10 * DAY
    young = closed(tx, community, mei)
    assert not growing_old.forget_some(tx, tx.now - DAY, 100)
    assert known(tx, young).nameless_at is None


@in_transaction
def test_a_report_goes_with_all_that_are_part_of_it(tx: Transaction, community: Community) -> None:
    wei, mei, bo, ana = person(tx, "Wei", Role.STAFF), person(tx, "Mei"), person(tx, "Bo"), person(tx, "Ana")
    main = submitted(tx, community, mei)
    parts = [submitted(tx, community, who) for who in (bo, ana, mei)]
    joining.join(tx, ana, main, words("too"))
    for part in parts:
        merging.merge(tx, community, wei, part, main)
    stands(tx, main, State.CONFIRMED)
    before = people_behind(tx, [main])
    assert before == {main: 3}
    grow_old(tx)
    assert people_behind(tx, [main]) == before
    for number in (main, *parts):
        assert known(tx, number).nameless_at is not None
        assert [leads_to(tx, who, number) for who in (mei, bo, ana)] == [[], [], []]


@pytest.mark.parametrize("limit", [1, 3, 100])
@in_transaction
def test_a_project_goes_as_a_whole_however_small_the_pieces(tx: Transaction, community: Community, limit: int) -> None:
    wei, mei = person(tx, "Wei", Role.STAFF), person(tx, "Mei")
    project = made(tx, community, wei)
    numbers = bundled(tx, community, wei, project, "Bo", "Ana", "Bea", "Cy")
    for number in numbers:
        joining.join(tx, mei, number, words("too"))
        stands(tx, number, State.CONFIRMED)
    counted = "SELECT count(DISTINCT person) AS people FROM (SELECT person FROM reports WHERE project = 1 UNION ALL "
    counted += "SELECT supports.person FROM supports JOIN reports ON reports.id = report WHERE project = 1)"
    before = tx.number(counted)
    grow_old(tx, limit)
    assert all(known(tx, number).nameless_at is None for number in numbers), "the project goes on"
    tx.execute("UPDATE projects SET ended_at = created_at WHERE id = ?", (project.id,))
    pieces = grow_old(tx, limit)
    assert pieces >= len(numbers) // limit
    assert all(known(tx, number).nameless_at is not None for number in numbers)
    assert (before, tx.number(counted)) == (5, 5)
    assert tx.query("SELECT 1 FROM standing_in") == []


@in_transaction
def test_what_is_opened_again_between_two_pieces_stays(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    project = made(tx, community, wei)
    numbers = bundled(tx, community, wei, project, "Bo", "Ana", "Bea")
    for number in numbers:
        stands(tx, number, State.CONFIRMED)
    tx.execute("UPDATE projects SET ended_at = created_at")
    for _ in range(2):
        growing_old.forget_some(tx, tx.now + DAY, 1)
    steering.open_again(tx, community, wei, numbers[-1])
    grow_old(tx, 1)
    assert [known(tx, number).nameless_at is None for number in numbers] == [False, False, True]
    assert store.parts(tx, numbers[-1])
    assert tx.query("SELECT 1 FROM standing_in") == []


@in_transaction
def test_two_reports_of_one_person_are_of_nobody_in_common(tx: Transaction, community: Community) -> None:
    """Nor is a report of somebody's told from one of somebody else's."""
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    numbers = [closed(tx, community, who) for who in (mei, mei, bo)]
    grow_old(tx)
    assert len({known(tx, number).person for number in numbers}) == 1
    assert supports.behind(tx, numbers[0]) == 1


@in_transaction
def test_nothing_can_be_done_with_it_any_more(tx: Transaction, community: Community) -> None:
    mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
    number = closed(tx, community, mei)
    grow_old(tx)
    for refused in (
        lambda: steering.open_again(tx, community, wei, number),
        lambda: answering.note(tx, wei, number, words("a note")[0]),
        lambda: releasing.write(tx, community, wei, number, "The lamp"),
    ):
        with pytest.raises(WrongState):
            refused()
    with pytest.raises(NotAllowed):
        saying_more.add(tx, community, mei, number, words("more"))


@pytest.mark.parametrize("seed", range(3))
@in_transaction
def test_no_figure_changes(tx: Transaction, community: Community, seed: int) -> None:
    there = Neighbourhood(tx, community, seed)
    there.lives(300)
    tx.execute("UPDATE projects SET ended_at = created_at")
    tx.now += 100 * DAY
    asked = some_periods(Random(seed), tx.now.astimezone(community.zone).date(), 80)

    def figures() -> tuple[object, ...]:
        return [report_figures.of_reports(tx, community, each, tx.now) for each in asked], people_behind(
            tx, there.numbers
        )

    before = figures()
    grow_old(tx, Random(seed).choice((2, 10, 50)))
    nameless = [number for number in there.numbers if known(tx, number).nameless_at]
    assert len(nameless) > 10
    assert figures() == before
    assert tx.query("PRAGMA foreign_key_check") == []
