"""What others read when somebody is forgotten: without a name, and only who has to do something."""

from domain import events
from handlers.kit import mailer, wording
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.people import commands
from handlers.repairs import side_unreachable
from storage.core.database import Transaction
from storage.personal_data import forgetting


def forgotten(tx: Transaction, setup: Setup, event: events.PersonForgotten) -> None:
    """Admins hear that somebody has left the team; a volunteer, that the one who asked can be written to no more."""
    side_unreachable.resident_gone(tx, setup, event.person, for_others=True)
    if not event.roles:
        return

    def write(say: Speaker) -> Html:
        roles = say.listed(wording.role(say, role) for role in event.roles)
        return paragraphs(
            say("Somebody has left the team and had their data deleted. They had the role: {roles}.", roles=roles),
            say("What they were in charge of is back with the team, without anybody in charge."),
        )

    mailer.to_admins(tx, setup, write)
    found = forgetting.of_person(tx, event.person)
    if found is not None and found.chat is not None:
        commands.usual_list(tx, found.chat)
