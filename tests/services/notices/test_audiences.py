"""Whom a notice reaches: who lives where as far as we know, roles, trades, reports; and who is counted as what."""

from datetime import date, timedelta
from itertools import pairwise

from domain.community import Community
from domain.notices import audience
from domain.notices.audience import Audience
from domain.notices.notices import NoticeKind
from domain.people.rights import Role
from services.notices import audiences, muting, residences
from storage.core import chats
from storage.core.database import Transaction
from storage.notices.audiences import Counts
from storage.people import homes, people
from storage.people.people import Person
from tests.services.reporting import submitted
from tests.support import MONDAY, in_transaction, person

NEWS = NoticeKind.NEWS


def inside(community: Community) -> tuple[str, str, str]:
    """An area, a part of it, and another area elsewhere."""
    outer = next(area for area in community.areas if area.children)
    other = next(area for area in community.areas if area.code != outer.code)
    return outer.code, outer.children[0].code, other.code


def reached(tx: Transaction, community: Community, chosen: Audience, kind: NoticeKind | None = NEWS) -> set[int]:
    """All whom it reaches, two at a time."""
    found: list[int] = []
    while more := audiences.behind(tx, community, chosen, kind, found[-1] if found else 0, 2):
        found += more
    assert all(one < next_one for one, next_one in pairwise(found))
    return set(found)


def counted(tx: Transaction, community: Community, chosen: Audience, *, urgent: bool = False) -> Counts:
    return audiences.counts(tx, community, chosen, NEWS, urgent=urgent)


def lives(tx: Transaction, community: Community, who: Person, area: str) -> None:
    residences.say(tx, community, who, area)


@in_transaction
def test_everybody_we_can_write_to_is_reached_and_the_others_are_counted(tx: Transaction, community: Community) -> None:
    mei, li = person(tx, "Mei"), person(tx, "Li", language="zh_Hans")
    person(tx, "Never started", started=False)
    blocked = person(tx, "Blocked")
    chat = chats.private_with(tx, blocked.id)
    assert chat is not None
    chats.set_unreachable(tx, chat.id, "blocked")
    people.without_telegram(tx, "Grandma", "123", "zh_Hans")
    assert reached(tx, community, Audience()) == {mei.id, li.id}
    counts = counted(tx, community, Audience())
    assert counts.reached == {"en": 1, "zh_Hans": 1} and counts.total == 2
    assert (counts.unreachable, counts.unknown, counts.muted) == (3, 0, 0)


@in_transaction
def test_who_lives_in_a_part_lives_in_the_whole_but_not_the_other_way_round(
    tx: Transaction, community: Community
) -> None:
    outer, inner, other = inside(community)
    there, near, away, silent = (person(tx, name) for name in ("There", "Near", "Away", "Silent"))
    lives(tx, community, there, inner)
    lives(tx, community, near, outer)
    lives(tx, community, away, other)
    assert reached(tx, community, Audience(areas=(outer,))) == {there.id, near.id}
    assert reached(tx, community, Audience(areas=(inner,))) == {there.id}
    counts = counted(tx, community, Audience(areas=(inner,)))
    assert counts.total == 1 and counts.unknown == 2, "of Near we know only the whole, of Silent nothing"
    assert counts.to_ask == 1, "Near has said what they wanted to say"
    assert counted(tx, community, Audience(areas=(outer,))).unknown == 1
    assert silent.id not in reached(tx, community, Audience(areas=(outer, other)))


@in_transaction
def test_what_they_said_counts_before_an_address_and_that_before_a_report(
    tx: Transaction, community: Community
) -> None:
    outer, inner, other = inside(community)
    said, address, report, works = (person(tx, name) for name in ("Said", "Address", "Report", "Works"))
    for who, relation in ((said, "lives"), (address, "lives"), (report, "lives"), (works, "works")):
        number = submitted(tx, community, who, area=other)
        tx.execute("UPDATE reports SET relation = ? WHERE id = ?", (relation, number))
    homes.keep(tx, said.id, other, "Flat 1")
    homes.keep(tx, address.id, outer, "Flat 2")
    lives(tx, community, said, inner)
    assert reached(tx, community, Audience(areas=(other,))) == {report.id}
    assert reached(tx, community, Audience(areas=(outer,))) == {said.id, address.id}
    residences.say(tx, community, said, None)  # would rather not say: then nothing else is guessed from
    assert said.id not in reached(tx, community, Audience(areas=(outer, inner, other)))
    assert counted(tx, community, Audience(areas=(other,))).unknown == 2, "Said, and Works"
    newest = submitted(tx, community, report, area=inner)
    tx.execute("UPDATE reports SET relation = 'lives' WHERE id = ?", (newest,))
    assert report.id in reached(tx, community, Audience(areas=(inner,))), "the newest report counts"


@in_transaction
def test_all_that_is_chosen_has_to_be_so(tx: Transaction, community: Community) -> None:
    outer, _, other = inside(community)
    head_here, head_away, nobody = (
        person(tx, "Here", Role.REPRESENTATIVE), person(tx, "Away", Role.REPRESENTATIVE), person(tx, "Nobody"),
    )  # fmt: skip
    for who, area in ((head_here, outer), (head_away, other), (nobody, outer)):
        lives(tx, community, who, area)
    assert reached(tx, community, Audience(roles=("representative",))) == {head_here.id, head_away.id}
    assert reached(tx, community, Audience(areas=(outer,), roles=("representative",))) == {head_here.id}
    people.put_to_sleep(tx, [Role.REPRESENTATIVE])
    assert reached(tx, community, Audience(roles=("representative",))) == set(), "a role that sleeps counts for nobody"


@in_transaction
def test_volunteers_by_what_they_help_with(tx: Transaction, community: Community) -> None:
    trade = community.trades[0].code
    plumber, asked = person(tx, "Plumber"), person(tx, "Asked")
    for who, state in ((plumber, "approved"), (asked, "asked")):
        tx.execute(
            "INSERT INTO volunteers (person, state, asked_at) VALUES (?, ?, '2026-03-01T00:00:00Z')", (who.id, state)
        )
        tx.execute("INSERT INTO volunteer_trades (person, trade) VALUES (?, ?)", (who.id, trade))
    assert reached(tx, community, Audience(trades=(trade, "other"))) == {plumber.id}


@in_transaction
def test_who_reported_or_joined_this_month(tx: Transaction, community: Community) -> None:
    category, another = community.categories[0].code, community.categories[1].code
    reporter, joiner, earlier, other, took_back = (
        person(tx, name) for name in ("Reporter", "Joiner", "Earlier", "Other", "Took back")
    )
    number = submitted(tx, community, reporter, category=category)
    tx.execute(
        "INSERT INTO supports (report, person, created_at) VALUES (?, ?, '2026-03-02T00:00:00Z')", (number, joiner.id)
    )
    submitted(tx, community, other, category=another)
    back = submitted(tx, community, took_back, category=category)
    tx.execute("UPDATE reports SET state = 'withdrawn' WHERE id = ?", (back,))
    tx.now = MONDAY - timedelta(days=5)
    submitted(tx, community, earlier, category=category)
    chosen = audience.chosen([], [], [], [category], date(2026, 3, 2))
    assert reached(tx, community, chosen) == {reporter.id, joiner.id}


@in_transaction
def test_a_kind_turned_off_reaches_nobody_unless_it_is_urgent(tx: Transaction, community: Community) -> None:
    mei, li = person(tx, "Mei"), person(tx, "Li")
    muting.turn(tx, mei, NEWS, on=False)
    assert reached(tx, community, Audience()) == {li.id}
    assert reached(tx, community, Audience(), NoticeKind.EVENT) == {mei.id, li.id}
    assert reached(tx, community, Audience(), None) == {mei.id, li.id}
    assert (counted(tx, community, Audience()).total, counted(tx, community, Audience()).muted) == (1, 1)
    assert counted(tx, community, Audience(), urgent=True).total == 2
