"""Something that says words to many, as small as it can be: the tests give it words and whom they are for."""

from collections.abc import Sequence

from domain.people.rights import Action, require
from handlers.kit.broadcaster import Broadcaster
from handlers.kit.feature import Feature
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, Speaker, bold, escape, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.broadcasts.recipients import Recipient
from storage.core.database import Transaction
from storage.core.messages import Message
from storage.people.people import Person

ABOUT = "toy:1"


def may_steer(_tx: Transaction, actor: Person, _about: str) -> None:
    """Staff may."""
    require(actor.roles, Action.ANSWER)


def everybody(tx: Transaction, _setup: Setup, _about: str, after: int, limit: int) -> list[Recipient]:
    """Everybody who has opened a chat and has no role; who reported reads it below the card of their report."""
    rows = tx.query(
        "SELECT people.id, (SELECT max(reports.id) FROM reports WHERE reports.person = people.id) AS report "
        "FROM people WHERE people.id > ? AND people.started AND people.id NOT IN (SELECT person FROM roles) "
        "ORDER BY id LIMIT ?",
        (after, limit),
    )
    return [Recipient(row["id"], f"report:{row['report']}" if row["report"] else None) for row in rows]


def words(
    _tx: Transaction, _setup: Setup, say: Speaker, _about: str, _broadcast: Broadcast, parts: Sequence[BroadcastPart],
    of_theirs: str | None,
) -> tuple[Html, Markup | None]:  # fmt: skip
    """A heading in the reader's language, and the words."""
    said = [escape(part.text) for part in parts if part.text]
    return paragraphs(bold(say("Your report")) if of_theirs else None, *said), None


def replied(ctx: UpdateContext, _about: Message, broadcast: int) -> bool:
    """A reply to a copy."""
    ctx.send(Html(f"You answered broadcast {broadcast}: {escape(ctx.message.words)}"))
    return True


FEATURE = Feature(
    name="toys",
    broadcasters={
        "toy": Broadcaster(everybody, words, may_steer, lambda _tx, _setup, _say, _about: Html("Toy"), replied)
    },
)
