"""Two neighbours and two of the staff who have used every feature that takes words, each with words of their own.

What somebody plants begins with their mark (`anna-…`), so that whose words stand where is seen by looking.
"""

import json
from dataclasses import dataclass

from domain.calendar.recurrence import weekly
from domain.community import Community
from domain.people.rights import Role
from domain.pledges.pledges import Kind, Plan
from domain.repairs.repairs import Urgency
from domain.reports.reports import Relation
from services.pledges import pledges
from services.pledges.pledges import Promise
from services.repairs import repairs
from services.repairs.repairs import Other, Request
from services.reports import answering, joining, recording, saying_more, taking_back
from services.reports.submitting import NewReport
from storage.core import blocks, chats, conversations, outbox
from storage.core.database import Transaction
from storage.core.outbox import Action, Outgoing
from storage.people import people, public_names
from storage.people.people import Person
from storage.reports.reports import NewPart
from storage.staff_room import search
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile
from tests.services.reporting import submitted, words
from tests.support import MONDAY, person

EVENINGS = Plan(Kind.RECURRING, MONDAY.replace(tzinfo=None, hour=19), weekly(frozenset({5, 6})), 60)
OWN = (
    "name", "report", "place", "addition", "caption", "file", "unique", "joined", "repair", "address", "home", "phone",
    "public", "promise", "change", "draft", "written", "press",
)  # fmt: skip
"""What a neighbour plants that is theirs."""


@dataclass(frozen=True)
class Planted:
    """Who there is, and the words that each planted, by mark."""

    people: dict[str, Person]
    own: dict[str, set[str]]
    answered: dict[str, set[str]]
    """What the staff wrote to each alone."""


def plant(tx: Transaction, community: Community) -> Planted:
    """All of it."""
    wei, lin = (person(tx, f"{mark}-name", Role.STAFF, Role.LEAD) for mark in ("wei", "lin"))
    found = {"wei": wei, "lin": lin}
    own: dict[str, set[str]] = {"wei": set(), "lin": set()}
    answered: dict[str, set[str]] = {"wei": set(), "lin": set()}
    for mark in ("anna", "boris"):
        found[mark] = person(tx, f"{mark}-name", Role.VOLUNTEER, Role.PLEDGER)
        own[mark] = {f"{mark}-{each}" for each in OWN}
    reports = {mark: _reports(tx, community, found[mark], mark) for mark in ("anna", "boris")}
    for mark, other in (("anna", "boris"), ("boris", "anna")):
        joining.join(tx, found[mark], reports[other], words(f"{mark}-joined"))
        _helps(tx, community, found[mark], mark)
        _comes_in(tx, found[mark], mark, other)
        for staff in ("wei", "lin"):
            own[staff] |= {f"{staff}-answer-{mark}", f"{staff}-note-{mark}"}
            answering.note(tx, found[staff], reports[mark], words(f"{staff}-note-{mark}")[0])
        # Nobody joined this one, so nobody else reads what is answered.
        alone = submitted(tx, community, found[mark], f"{mark}-report")
        answered[mark] = {f"wei-answer-{mark}", f"lin-answer-{mark}"}
        for staff in ("wei", "lin"):
            answering.answer(tx, found[staff], alone, words(f"{staff}-answer-{mark}"))
    for staff in ("wei", "lin"):
        own[staff] |= {f"{staff}-name", f"{staff}-search"}
        search.remember(tx, found[staff].id, f"{staff}-search")
    _recorded(tx, community, wei)
    blocks.put(tx, found["anna"].id, lin.id, "anna-block", MONDAY.replace(year=2027))
    own["anna"].add("anna-block")
    return Planted({mark: people.by_id(tx, each.id) for mark, each in found.items()}, own, answered)


def _reports(tx: Transaction, community: Community, who: Person, mark: str) -> int:
    number = submitted(tx, community, who, f"{mark}-report", place=f"{mark}-place", area="b3-2")
    photo = NewPart("photo", f"{mark}-caption", f"{mark}-file", f"{mark}-unique")
    saying_more.add(tx, community, who, number, [*words(f"{mark}-addition"), photo], None)
    taking_back.relate(tx, who, number, Relation.LIVES)
    return number


def _helps(tx: Transaction, community: Community, who: Person, mark: str) -> None:
    volunteers.put(
        tx, who.id, Profile(("plumbing",), ("north",), True, (), 1, False, f"{mark}-phone", False), volunteers.ASKED
    )
    public_names.approve(tx, who.id, f"{mark}-public", None)
    number = pledges.make(tx, community, who, Promise(f"{mark}-promise", EVENINGS, ("b3",)))
    pledges.change(tx, community, who, number, Promise(f"{mark}-change", EVENINGS, ("b3",)))
    parts = words(f"{mark}-repair")
    asked = Request(
        parts=parts, trade="plumbing", urgency=Urgency.WEEK, area="b3-2", address=f"{mark}-address", home=f"{mark}-home"
    )
    repairs.ask(tx, community, who, asked)
    # For a neighbour without Telegram, whose name, number and door are not the asker's.
    other = Other("vera-name", "vera-phone")
    repairs.ask(tx, community, who, Request(
        parts=parts, trade="plumbing", urgency=Urgency.WEEK, area="b3-2", address="vera-address", other=other,
    ))  # fmt: skip


def _comes_in(tx: Transaction, who: Person, mark: str, other: str) -> None:
    """What stands in the inbox, the outbox and a draft: beside their own words those of the other one."""
    chat = chats.private_with(tx, who.id)
    assert chat is not None
    relayed = {"text": f"{other}-relayed", "message_id": 5}
    written = {"message": {"date": 1, "text": f"{mark}-written", "reply_to_message": relayed}}
    pressed = {"callback_query": {"data": f"{mark}-press", "message": relayed}}
    for place, update in enumerate((written, pressed)):
        tx.execute(
            "INSERT INTO inbox (update_id, sender, body, state, received_at) VALUES (?, ?, ?, 'done', ?)",
            (who.id * 10 + place, who.telegram_id, json.dumps(update), "2026-03-02T02:00:00.000000Z"),
        )
    outbox.add(tx, Outgoing(chat.id, Action.MESSAGE, {"text": f"{other}-relayed"}))
    for flow, draft in (
        ("report", {"words": [{"kind": "text", "text": f"{mark}-draft"}]}),
        ("record", {"name": "vera-name", "phone": "vera-phone", "words": [{"kind": "text", "text": "vera-words"}]}),
        ("repair", {"other": True, "name": "vera-name", "words": [{"kind": "text", "text": "vera-words"}]}),
        ("pledge", {"whose": "vera-name", "words": "vera-words"}),
        ("talk", {"repair": 1, "_said": f"{other}-relayed", "talk": f"{other}-relayed"}),
    ):
        conversations.begin(tx, chat.id, who.id, flow, "words", draft)


def _recorded(tx: Transaction, community: Community, staff: Person) -> None:
    new = NewReport(words("vera-words"), place="vera-place")
    recording.record(tx, community, staff, "vera-name", "vera-phone", new)
