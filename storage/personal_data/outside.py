"""Which messages in Telegram hold something of somebody who is forgotten, in their chat and in those of others.

Their rows are erased by then; what is theirs is known by our numbers, which stay. All of it is read beside the bot,
for it looks through all messages there are.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage.core import dialect, messages, settings
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Action, Lane, RowState
from storage.personal_data.forgetting import Forgetting

LISTS = (
    Purpose.ASLEEP, Purpose.DIGEST, Purpose.DUTY, Purpose.EXPORTED, Purpose.FIND, Purpose.HISTORY, Purpose.LIST,
    Purpose.QUEUE, Purpose.REPORTER, Purpose.ROLES, Purpose.TEAM, Purpose.UNFOLDED, Purpose.WHO, Purpose.WRITES_A_LOT,
)  # fmt: skip
"""What the team called up, or was told, about many people at once: whom it names is not known any more."""
BOARD = (Purpose.BOARD, Purpose.PLEDGE_PHOTO)
"""The same of promises, in anybody's chat."""
NEIGHBOURS = (Purpose.NEIGHBOURS, Purpose.INTRODUCTION)
"""The same of volunteers."""


@dataclass(frozen=True)
class Place:
    """A message that is to go: our numbers of it and of its chat."""

    message: int
    chat: int


def subjects(tx: Transaction, person: int, but: Collection[int]) -> list[str]:
    """What is theirs, as messages name it; but for these reports, which have to wait, and for what they asked for
    somebody else who still needs it."""
    rows = tx.query(
        "SELECT 'report:' || id AS subject FROM reports WHERE person = :person "
        "UNION SELECT 'repair:' || id FROM repairs WHERE person = :person "
        "UNION SELECT 'repair:' || id FROM repairs WHERE asked_by = :person AND closed_at IS NOT NULL "
        "UNION SELECT 'pledge:' || id FROM pledges WHERE person = :person "
        "UNION SELECT 'danger:' || id FROM dangers WHERE person = :person "
        "UNION SELECT 'person:' || :person UNION SELECT 'volunteer:' || :person",
        {"person": person},
    )
    waits = {f"report:{number}" for number in but}
    return [row["subject"] for row in rows if row["subject"] not in waits]


def shared(tx: Transaction, person: int, but: Collection[int]) -> list[str]:
    """What is somebody else's, and what they said stands in talk about it: reports they joined, repairs they had."""
    rows = tx.query(
        "SELECT 'report:' || report AS subject FROM supports WHERE person = :person "
        "UNION SELECT 'repair:' || repair FROM repair_offers WHERE person = :person AND state IN ('taken', 'gave_up') "
        "UNION SELECT 'repair:' || id FROM repairs WHERE taker = :person",
        {"person": person},
    )
    waits = {f"report:{number}" for number in but}
    return [row["subject"] for row in rows if row["subject"] not in waits]


def find(
    tx: Transaction, of: Forgetting, own: Sequence[str], others: Sequence[str], drawn: Collection[str]
) -> list[Place]:
    """Every message that holds, or may hold, something of theirs, by chat. `own`, `others`: see `subjects`, `shared`.

    Left out are the cards that are written anew: those in `DRAWN_ANEW` of the kinds of things `drawn`.
    """
    kinds = " OR ".join(f"cards.subject LIKE '{kind}:%'" for kind in sorted(drawn)) or "FALSE"
    anew = f"(cards.role IN ({_ANEW}) AND ({kinds}))"
    found = [*_in_their_chat(tx, of), *_about(tx, of, own, anew), *_said_in(tx, of, others), *_lists(tx, of)]
    return sorted(set(found), key=lambda place: (place.chat, place.message))


DRAWN_ANEW = frozenset({CardRole.STAFF, CardRole.STATUS, CardRole.OFFER})
"""Cards whose words are made from what is there, and that are written anew once something of it has gone."""
_OLD = "(messages.id <= :last_message OR messages.outbox <= :last_outbox)"
_LATE = "SELECT 'report:' || id FROM reports WHERE person = :person AND danger IS NOT NULL"
"""What staff went on with after they asked to be forgotten: its words stood in what was written until it was closed."""
_ANEW = ", ".join(f"'{role}'" for role in sorted(DRAWN_ANEW))


def _places(tx: Transaction, of: Forgetting, where: str, *, old: str = _OLD, **values: object) -> list[Place]:
    rows = tx.query(
        "SELECT messages.id AS id, messages.chat AS chat FROM messages LEFT JOIN cards ON cards.id = messages.card "
        f"WHERE {old} AND messages.message_id > 0 AND messages.purpose <> '{Purpose.FORGOTTEN}' AND {where}",
        {"last_message": of.last_message, "last_outbox": of.last_outbox, "own_chat": of.chat, "person": of.person,
         **values},
    )  # fmt: skip
    return [Place(row["id"], row["chat"]) for row in rows]


def _in_their_chat(tx: Transaction, of: Forgetting) -> list[Place]:
    return _places(tx, of, "messages.chat = :own_chat") if of.chat is not None else []


def _about(tx: Transaction, of: Forgetting, own: Sequence[str], anew: str) -> list[Place]:
    """All that is about what is theirs, what staff wrote of it among it; not what others read who have the same
    trouble: no word of one resident's is shown to another."""
    listed = dialect.each(":subjects", "mine")
    return _places(
        tx,
        of,
        f"coalesce(cards.subject, messages.subject) IN (SELECT mine.value FROM {listed}) "
        f"AND (cards.id IS NULL OR NOT {anew}) "
        "AND NOT EXISTS (SELECT 1 FROM supports JOIN people ON people.id = supports.person "
        "JOIN chats ON chats.telegram_id = people.telegram_id AND chats.kind = 'private' "
        "WHERE chats.id = messages.chat AND 'report:' || supports.report = coalesce(cards.subject, messages.subject))",
        old=f"({_OLD} OR coalesce(cards.subject, messages.subject) IN ({_LATE}) "
        "OR coalesce(cards.subject, messages.subject) LIKE 'conversation:%')",
        subjects=json.dumps(list(own)),
    )


def _said_in(tx: Transaction, of: Forgetting, others: Sequence[str]) -> list[Place]:
    """What they said about what is somebody else's: what is known to come from them, and of what is older, of which
    nobody knows any more who said it, all that was passed on. Of a repair that is over, or that nobody has taken since,
    all the bot said: who comes is in it."""
    listed = dialect.each(":subjects", "others")
    return _places(
        tx,
        of,
        f"NOT messages.incoming AND messages.card IS NULL AND messages.subject IN (SELECT others.value FROM {listed}) "
        f"AND ((messages.purpose IN ('{Purpose.TALK}', '{Purpose.RELAY}', '{Purpose.RELAYED}', '{Purpose.PART}') "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = messages.outbox AND outbox.comes_from <> :person)) "
        "OR messages.subject IN (SELECT 'repair:' || id FROM repairs WHERE closed_at IS NOT NULL OR taker IS NULL "
        "OR taker = :person))",
        subjects=json.dumps(list(others)),
    )


def _lists(tx: Transaction, of: Forgetting) -> list[Place]:
    lists = ", ".join(f"'{purpose}'" for purpose in LISTS)
    found = _places(
        tx,
        of,
        f"NOT messages.incoming AND messages.card IS NULL AND messages.purpose IN ({lists}) AND EXISTS (SELECT 1 "
        "FROM chats LEFT JOIN people ON people.telegram_id = chats.telegram_id WHERE chats.id = messages.chat AND "
        "(chats.kind <> 'private' OR EXISTS (SELECT 1 FROM roles WHERE roles.person = people.id)))",
        old=f"({_OLD} OR EXISTS ({_LATE}))",
    )
    for purposes, had in ((BOARD, "pledges WHERE person"), (NEIGHBOURS, "repair_offers WHERE person")):
        if tx.one(f"SELECT 1 FROM {had} = ? LIMIT 1", (of.person,)) is not None:
            marks = ", ".join(f"'{purpose}'" for purpose in purposes)
            found += _places(tx, of, f"NOT messages.incoming AND messages.purpose IN ({marks})")
    return found


def came_lately(tx: Transaction, of: Forgetting, found: Sequence[Place]) -> list[tuple[int, int]]:
    """What came in lately and is nothing we keep: what they sent in their chat, such as commands and what never became
    anything, and what staff wrote in reply to what was `found`. As (our number of the chat, Telegram's of the message).

    Telegram lets us delete it for as long as what came in is kept.
    """
    places = ", ".join(str(place.message) for place in found)
    rows = tx.query(
        "SELECT chats.telegram_id AS chat, chats.id AS ours, message_id FROM messages JOIN chats "
        f"ON chats.id = messages.chat WHERE chats.kind <> 'private' AND messages.id IN ({places})"
    )
    groups = {row["chat"]: row["ours"] for row in rows}
    about = {(row["chat"], row["message_id"]) for row in rows}
    came = []
    for row in tx.query("SELECT id, sender, body FROM inbox WHERE body <> '{}'"):
        message = json.loads(row["body"]).get("message")
        if not isinstance(message, dict):
            continue
        chat = message["chat"]["id"]
        if of.chat is not None and row["sender"] is not None and row["sender"] == of.telegram_id:
            if row["id"] <= of.last_update:
                came.append((of.chat, message["message_id"]))
        elif chat in groups and (chat, (message.get("reply_to_message") or {}).get("message_id")) in about:
            came.append((groups[chat], message["message_id"]))
    return came


def kept(tx: Transaction, chat: int, message_id: int) -> Place:
    """The place of a message, of which we keep from now on that it is to go."""
    found = messages.find(tx, chat, message_id)
    number = found.id if found else messages.keep(tx, chat, message_id, incoming=True, purpose=Purpose.FORGOTTEN)
    return Place(number, chat)


def on_its_way(tx: Transaction, of: Forgetting) -> bool:
    """Whether something written before is being sent just now: where it will stand is not known yet."""
    row = tx.one(
        f"SELECT 1 FROM outbox WHERE state = 'sending' AND (id <= :last OR subject IN ({_LATE})) LIMIT 1",
        {"last": of.last_outbox, "person": of.person},
    )
    return row is not None


def take_unsent(tx: Transaction, of: Forgetting, own: Sequence[str], wait: Collection[int]) -> None:
    """What of theirs still waits to be sent goes: to them, from them, and about what is theirs; but for what is about
    the reports that `wait`, and danger."""
    mine, later = dialect.each(":mine", "mine"), dialect.each(":later", "later")
    tx.execute(
        "DELETE FROM outbox WHERE state IN ('pending', 'waiting', 'folded') AND purpose <> :forgotten "
        f"AND ((id <= :last AND lane <> :danger) OR subject IN ({_LATE})) "
        f"AND coalesce(subject, '') NOT IN (SELECT later.value FROM {later}) "
        f"AND (chat = :chat OR comes_from = :person OR subject IN (SELECT mine.value FROM {mine}))",
        {"last": of.last_outbox, "chat": of.chat, "person": of.person, "mine": json.dumps(list(own)),
         "later": json.dumps([f"report:{number}" for number in wait]), "forgotten": Purpose.FORGOTTEN,
         "danger": int(Lane.URGENT)},
    )  # fmt: skip


_ASKS = '{"markup": {"force_reply": true}}'
"""What is left of a question: that it opens the reply bar (`messages.asked_since`)."""
_PASSED_ON = (Purpose.RELAY, Purpose.RELAYED, Purpose.RENEWED)
"""What two others wrote to each other is sent anew before Telegram lets nobody delete it, and so is still needed."""


def empty_sent(tx: Transaction, theirs: Sequence[str], limit: int) -> bool:
    """What was sent to anybody says nothing any more here, whatever it is about: who says what is in Telegram. Of what
    was passed on only what is about `theirs`. False when none is left."""
    listed = dialect.each(":theirs", "theirs")
    passed_on = ", ".join(f"'{purpose}'" for purpose in (*_PASSED_ON, Purpose.FORGOTTEN))
    emptied = tx.execute(
        "UPDATE outbox SET content = CASE WHEN content LIKE '%force_reply%' THEN :asks ELSE '{}' END WHERE id IN "
        "(SELECT id FROM outbox WHERE finished_at IS NOT NULL AND state IN ('sent', 'failed') "
        "AND content NOT IN ('{}', :asks) "
        f"AND (purpose NOT IN ({passed_on}) OR subject IN (SELECT theirs.value FROM {listed})) LIMIT :limit)",
        {"asks": _ASKS, "theirs": json.dumps(list(theirs)), "limit": limit},
    )
    return emptied.rowcount == limit


def empty_handled(tx: Transaction, of: Forgetting) -> None:
    """What came in says nothing any more once it was handled, and nothing of theirs in any case.

    Also what came since: a press or a reply has the words of the message that it is about in it.
    """
    tx.execute("UPDATE inbox SET body = '{}' WHERE state = 'done' AND body <> '{}'")
    if of.telegram_id is not None:
        tx.execute(
            "UPDATE inbox SET body = '{}', sender = NULL, error = NULL, state = 'done' WHERE sender = ? AND id <= ?",
            (of.telegram_id, of.last_update),
        )


def forget_searches(tx: Transaction) -> None:
    """What staff searched for may have been a name or an address."""
    tx.execute("DELETE FROM searches")


@dataclass(frozen=True)
class Stayed:
    """A message that Telegram did not let us delete or change: our number of its chat, what kind of chat that is, and
    Telegram's number of the message."""

    chat: int
    message_id: int


_THEIRS = f"purpose = '{Purpose.FORGOTTEN}' AND subject = ?"


def staff_lists(tx: Transaction) -> list[str]:
    """The pinned queue of the staff's group, which names what is urgent."""
    staff = settings.staff_chat(tx)
    return [] if staff is None else [f"chat:{staff}"]


def has_card(tx: Transaction, about: str) -> bool:
    """Whether a card of it stands anywhere, to be written anew."""
    return tx.one("SELECT 1 FROM cards WHERE subject = ? AND message_id IS NOT NULL LIMIT 1", (about,)) is not None


def is_open(tx: Transaction, about: str, drawn: Sequence[str] = ()) -> bool:
    """Whether anything is still to be deleted, or to be said; or a card of what was `drawn` anew to be sent."""
    listed = dialect.each(":drawn", "drawn")
    row = tx.one(
        "SELECT 1 FROM outbox WHERE finished_at IS NULL AND state <> 'folded' AND ((purpose = :purpose AND subject = "
        f":about) OR (action = 'card' AND subject IN (SELECT drawn.value FROM {listed}))) LIMIT 1",
        {"purpose": Purpose.FORGOTTEN, "about": about, "drawn": json.dumps(list(drawn))},
    )
    return row is not None


def stayed(tx: Transaction, about: str) -> list[Stayed]:
    """What could be neither deleted nor changed. What was gone before has gone."""
    rows = tx.query(
        "SELECT messages.chat AS chat, messages.message_id AS message_id FROM outbox JOIN messages "
        f"ON messages.id = outbox.message WHERE outbox.purpose = '{Purpose.FORGOTTEN}' AND outbox.subject = ? "
        f"AND action = '{Action.DELETE}' AND state <> '{RowState.SENT}' "
        "AND lower(coalesce(error, '')) NOT LIKE '%not found%' AND coalesce(error, '') <> 'the message is gone' "
        "ORDER BY messages.id",
        (about,),
    )
    return [Stayed(row["chat"], row["message_id"]) for row in rows]


def close(tx: Transaction, of: Forgetting, about: str) -> None:
    """All is done: what led to messages of theirs leads nowhere any more, and their chat is nobody's.

    Unless somebody writes there again: then the chat is theirs, and what was before leads nowhere.
    """
    rows = tx.query(f"SELECT message, content FROM outbox WHERE {_THEIRS}", (about,))
    gone = [row["message"] for row in rows if row["message"] is not None]
    gone += [number for row in rows for number in json.loads(row["content"]).get("messages", ())]
    tx.many(
        "UPDATE messages SET subject = NULL, purpose = ?, album = NULL WHERE id = ?",
        [(Purpose.FORGOTTEN, number) for number in gone],
    )
    tx.execute(f"DELETE FROM outbox WHERE {_THEIRS} AND finished_at IS NOT NULL", (about,))
    if of.chat is None:
        return
    values = {"chat": of.chat, "message": of.last_message, "card": of.last_card, "outbox": of.last_outbox,
              "purpose": Purpose.FORGOTTEN}  # fmt: skip
    tx.execute(
        "DELETE FROM outbox WHERE chat = :chat AND (id <= :outbox OR purpose = :purpose) AND state <> 'sending'", values
    )
    tx.execute(
        "UPDATE messages SET message_id = -id, subject = NULL, purpose = :purpose, album = NULL, outbox = NULL "
        "WHERE chat = :chat AND id <= :message AND message_id > 0",
        values,
    )
    tx.execute("UPDATE cards SET message_id = NULL, subject = '' WHERE chat = :chat AND id <= :card", values)
    came_back = tx.one(
        "SELECT 1 FROM people JOIN chats ON chats.telegram_id = people.telegram_id WHERE chats.id = ?", (of.chat,)
    )
    if came_back is None:
        tx.execute(
            "UPDATE chats SET telegram_id = ?, title = NULL, unreachable = 'forgotten', refuses = NULL WHERE id = ?",
            (NOBODYS - of.chat, of.chat),
        )


NOBODYS = -(10**16)
"""Below all numbers that Telegram gives: a chat with such a number is with nobody."""


def noted(tx: Transaction, number: int) -> None:
    """All is done: the row says who, by our number, and when."""
    tx.execute(
        "UPDATE forgetting SET step = 'done', done_at = ?, chat = NULL, telegram_id = NULL WHERE id = ?",
        (to_text(tx.now), number),
    )
