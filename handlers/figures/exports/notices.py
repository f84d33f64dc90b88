"""That somebody took people's names and words out of the database is told to all admins but that one."""

from datetime import datetime
from typing import Any

from domain import events
from domain.people.rights import Role
from handlers.figures.exports import wording
from handlers.kit.mailer import to_person
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.kit.wording import called
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people


def taken_out(tx: Transaction, setup: Setup, event: events.PersonalDataExported) -> None:
    """In the chat."""
    _tell(tx, setup, event.data(), event.actor, tx.now)


def told_later(tx: Transaction, setup: Setup, _about: str, data: dict[str, Any]) -> None:
    """On the server's command line, which writes to nobody: the bot does, as soon as it runs."""
    _tell(tx, setup, data, None, datetime.fromisoformat(data["at"]))


def _tell(tx: Transaction, setup: Setup, data: dict[str, Any], actor: int | None, at: datetime) -> None:
    def write(say: Speaker) -> Html:
        who = called(people.by_id(tx, actor)) if actor is not None else say("Someone on the server")
        return paragraphs(
            say(
                "{who} took out a file with people’s names and words, {when}.",
                who=who,
                when=say.moment(at, tx.now),
            ),
            say(
                "{what} ({rows})",
                what=wording.taken_out(say, setup.community, data),
                rows=say.plural("{count} row", "{count} rows", data["rows"]),
            ),
        )

    for admin in people.with_role(tx, Role.ADMIN):
        if admin.id != actor:
            to_person(tx, setup, admin.id, write, purpose=Purpose.REPORT)
