"""Who gets something that is said to many, and what became of it: some hundred people with a handful of statements."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.broadcasts.broadcasts import RecipientState
from domain.calendar.quiet import QuietHours
from domain.core.stored import known
from storage.core import dialect
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text
from storage.core.messages import CardRole
from storage.people.preferences import MUTED_KINDS, QUIET_HOURS

_QUEUED = dialect.read_by("broadcast_recipients_queued", "broadcast_recipients recipients")
"""Recipients in the outbox: SQLite takes the key of the table for as good, and would look at everybody."""

_WAITING = dialect.read_by("broadcast_recipients_waiting", "broadcast_recipients")

OWN_CARD = (
    "(SELECT max(own.id) FROM cards own WHERE own.subject = recipients.about AND own.role = 'status' "
    "AND own.chat = {chat})"
)
"""The reader's own card of what it is about, in that chat; None where there is none."""


@dataclass(frozen=True)
class Recipient:
    """Somebody who is to get it; `about` is what of theirs it is about, such as `report:12`."""

    person: int
    about: str | None = None


@dataclass(frozen=True)
class Addressee:
    """Somebody whose turn it is. `chat` is None when nothing can be sent to them; `card` is their copy, if it was made
    before; `reply_to` is their own card of what it is about."""

    person: int
    about: str | None
    chat: int | None
    card: int | None
    reply_to: int | None
    quiet: QuietHours | None
    muted: frozenset[str]


@dataclass(frozen=True)
class Ended:
    """The row that was to send the words has ended, or is gone: is the copy on the screen, can the chat be reached."""

    person: int
    chat: int
    language: str
    about: str | None
    card: int
    is_there: bool
    is_closed: bool


@dataclass(frozen=True)
class Counts:
    """How many have it, cannot be reached, did not get it because Telegram refused, wait for their turn (`later`: for
    the end of their quiet hours), had it and have it no more; and all of them. Who has muted the kind is not among
    them. `no_file`: for so many a file is missing."""

    sent: int = 0
    unreachable: int = 0
    failed: int = 0
    waiting: int = 0
    later: int = 0
    withdrawn: int = 0
    total: int = 0
    no_file: int = 0


def role(broadcast: int, part: int | None = None) -> str:
    """The role of the card that is a copy: of its words, or of a file."""
    return f"{CardRole.BROADCAST}{broadcast}" if part is None else f"{CardRole.BROADCAST}{broadcast}:{part}"


def of_role(kept: str) -> int | None:
    """Which of the things said to many a card with that role, or a message with that purpose, is a copy of; or None."""
    kind, _, rest = kept.partition(":")
    number = rest.partition(":")[0]
    return int(number) if f"{kind}:" == CardRole.BROADCAST and number.isdecimal() else None


def add(tx: Transaction, broadcast: int, recipients: Iterable[Recipient]) -> None:
    """List these, each once, however often they are named."""
    tx.many(
        "INSERT INTO broadcast_recipients (broadcast, person, about, state, not_before) "
        "VALUES (?, ?, ?, 'waiting', ?) ON CONFLICT (broadcast, person) DO NOTHING",
        [(broadcast, each.person, each.about, to_text(tx.now)) for each in recipients],
    )


def due(tx: Transaction, broadcast: int, limit: int) -> list[Addressee]:
    """The next whose turn it is."""
    rows = tx.query(
        "SELECT recipients.person, recipients.about, recipients.card, "
        "CASE WHEN people.started AND chats.unreachable IS NULL THEN chats.id END AS chat, "
        f"{OWN_CARD.format(chat='chats.id')} AS reply_to, {QUIET_HOURS} AS quiet, {MUTED_KINDS} AS muted "
        "FROM broadcast_recipients recipients JOIN people ON people.id = recipients.person "
        "LEFT JOIN chats ON chats.telegram_id = people.telegram_id "
        "WHERE recipients.broadcast = ? AND recipients.state = 'waiting' AND recipients.not_before <= ? "
        "ORDER BY recipients.not_before, recipients.person LIMIT ?",
        (broadcast, to_text(tx.now), limit),
    )
    return [
        Addressee(
            row["person"],
            row["about"],
            row["chat"],
            row["card"],
            row["reply_to"],
            QuietHours.read(row["quiet"]),
            frozenset((row["muted"] or "").split(",")) - {""},
        )
        for row in rows
    ]


def next_due(tx: Transaction, broadcast: int) -> datetime | None:
    """When the turn of the next who waits comes; None when nobody waits."""
    row = tx.one(
        "SELECT min(not_before) AS at FROM broadcast_recipients WHERE broadcast = ? AND state = 'waiting'", (broadcast,)
    )
    return from_text_or_none(row["at"] if row else None)


def postpone(tx: Transaction, broadcast: int, until: datetime, people: Iterable[int]) -> None:
    """These do not get it before that."""
    tx.many(
        "UPDATE broadcast_recipients SET not_before = ? WHERE broadcast = ? AND person = ?",
        [(to_text(until), broadcast, person) for person in people],
    )


def set_state(tx: Transaction, broadcast: int, state: RecipientState, people: Iterable[int]) -> None:
    """These stand there from now on."""
    tx.many(
        "UPDATE broadcast_recipients SET state = ? WHERE broadcast = ? AND person = ?",
        [(state, broadcast, person) for person in people],
    )


def withdraw_waiting(tx: Transaction, broadcast: int, limit: int) -> int:
    """The next who wait do not get it any more, whenever their turn would have come; returns how many."""
    return tx.execute(
        "UPDATE broadcast_recipients SET state = 'withdrawn' WHERE broadcast = :broadcast AND person IN "
        f"(SELECT person FROM {_WAITING} WHERE broadcast = :broadcast AND state = 'waiting' LIMIT :limit)",
        {"broadcast": broadcast, "limit": limit},
    ).rowcount


def queue(tx: Transaction, broadcast: int, copies: Iterable[tuple[int, int, int]]) -> None:
    """These are in the outbox: (person, the card that is their copy, the row that sends it)."""
    tx.many(
        "UPDATE broadcast_recipients SET state = 'queued', card = ?, outbox = ? WHERE broadcast = ? AND person = ?",
        [(card, row, broadcast, person) for person, card, row in copies],
    )


def queued(tx: Transaction, broadcast: int) -> int:
    """How many are in the outbox and not settled yet."""
    return tx.number(
        f"SELECT count(*) FROM {_QUEUED} WHERE recipients.broadcast = ? AND recipients.state = 'queued'", (broadcast,)
    )


def follow_newer_rows(tx: Transaction, broadcast: int) -> None:
    """Where a row gave way to a newer one of the same copy, what becomes of that one counts."""
    rows = tx.query(
        f"SELECT recipients.person, newer.id FROM {_QUEUED} JOIN outbox old ON old.id = recipients.outbox "
        "JOIN outbox newer ON newer.card = recipients.card AND newer.state IN ('pending', 'waiting') "
        "WHERE recipients.broadcast = ? AND recipients.state = 'queued' AND old.state = 'dropped' "
        "AND newer.action = 'worded'",
        (broadcast,),
    )
    tx.many(
        "UPDATE broadcast_recipients SET outbox = ? WHERE broadcast = ? AND person = ?",
        [(row["id"], broadcast, row["person"]) for row in rows],
    )


def ended(tx: Transaction, broadcast: int) -> list[Ended]:
    """Those in the outbox whose row has ended."""
    rows = tx.query(
        "SELECT recipients.person, cards.chat, people.language, recipients.about, recipients.card, "
        "cards.message_id IS NOT NULL AS is_there, chats.unreachable IS NOT NULL AS is_closed "
        f"FROM {_QUEUED} JOIN cards ON cards.id = recipients.card "
        "JOIN people ON people.id = recipients.person JOIN chats ON chats.id = cards.chat "
        "LEFT JOIN outbox ON outbox.id = recipients.outbox "
        "WHERE recipients.broadcast = ? AND recipients.state = 'queued' "
        "AND (outbox.id IS NULL OR outbox.finished_at IS NOT NULL) ORDER BY recipients.person",
        (broadcast,),
    )
    return [
        Ended(**{**dict(row), "is_there": bool(row["is_there"]), "is_closed": bool(row["is_closed"])}) for row in rows
    ]


def take_back_queued(tx: Transaction, broadcast: int) -> int:
    """Those whose row is not being sent yet wait again, without it; returns how many."""
    rows = tx.query(
        f"SELECT recipients.person, outbox.id FROM {_QUEUED} "
        "JOIN outbox ON outbox.id = recipients.outbox WHERE recipients.broadcast = ? AND recipients.state = 'queued' "
        "AND outbox.state IN ('pending', 'waiting')",
        (broadcast,),
    )
    tx.many("DELETE FROM outbox WHERE id = ?", [(row["id"],) for row in rows])
    tx.many(
        "UPDATE broadcast_recipients SET state = 'waiting', not_before = ?, outbox = NULL "
        "WHERE broadcast = ? AND person = ?",
        [(to_text(tx.now), broadcast, row["person"]) for row in rows],
    )
    return len(rows)


def counts(tx: Transaction, broadcast: int) -> Counts:
    """How many stand where; of one whose list is gone, how many stood there then."""
    kept = tx.one("SELECT counts FROM broadcasts WHERE id = ?", (broadcast,))
    if kept is not None and kept["counts"] is not None:
        return Counts(**json.loads(kept["counts"]))
    rows = tx.query(
        "SELECT state, not_before > :now AS later, count(*) AS count, sum(no_file) AS no_file "
        "FROM broadcast_recipients WHERE broadcast = :broadcast GROUP BY state, not_before > :now",
        {"broadcast": broadcast, "now": to_text(tx.now)},
    )
    by_state: dict[str, int] = {}
    for row in rows:
        waits_later = row["state"] == RecipientState.WAITING and row["later"]
        name = "later" if waits_later else str(row["state"])
        by_state[name] = by_state.get(name, 0) + int(row["count"])
    return Counts(
        sent=by_state.get(RecipientState.SENT, 0),
        unreachable=by_state.get(RecipientState.UNREACHABLE, 0),
        failed=by_state.get(RecipientState.FAILED, 0),
        waiting=by_state.get(RecipientState.WAITING, 0) + by_state.get(RecipientState.QUEUED, 0),
        later=by_state.get("later", 0),
        withdrawn=by_state.get(RecipientState.WITHDRAWN, 0),
        total=sum(by_state.values()) - by_state.get(RecipientState.MUTED, 0),
        no_file=sum(int(row["no_file"]) for row in rows),
    )


def as_text(counted: Counts) -> str:
    """As `counts` reads it, once the list is gone."""
    return json.dumps(asdict(counted))


def forget(tx: Transaction, broadcast: int, limit: int) -> int:
    """Delete the next of its list; returns how many, at most `limit`."""
    return tx.execute(
        "DELETE FROM broadcast_recipients WHERE broadcast = :broadcast AND person IN "
        "(SELECT person FROM broadcast_recipients WHERE broadcast = :broadcast LIMIT :limit)",
        {"broadcast": broadcast, "limit": limit},
    ).rowcount


def note_no_file(tx: Transaction, broadcast: int, chat: int) -> None:
    """Telegram did not take one of its files for the person of that chat."""
    tx.execute(
        "UPDATE broadcast_recipients SET no_file = 1 WHERE broadcast = ? AND person = (SELECT people.id FROM chats "
        "JOIN people ON people.telegram_id = chats.telegram_id WHERE chats.id = ?)",
        (broadcast, chat),
    )


def of_person(tx: Transaction, broadcast: int, person: int) -> RecipientState | None:
    """Where somebody stands; None when they are not among the recipients."""
    row = tx.one("SELECT state FROM broadcast_recipients WHERE broadcast = ? AND person = ?", (broadcast, person))
    return None if row is None else known(row["state"], RecipientState.WAITING)
