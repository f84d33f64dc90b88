"""What admins are told past the outbox, when nothing can be written."""

from handlers.kit.texts import Html
from handlers.kit.update_context import Setup
from storage.people.people import Person


def storage_fails(setup: Setup, admin: Person) -> Html:
    """The disk is full, or failing."""
    say = setup.speaker(admin.language)
    return say(
        "I cannot store anything at the moment: the disk is full, or it fails. Nothing that people send is lost: "
        "Telegram keeps it for 24 hours, and I go on by myself as soon as I can. Please have the server looked at now."
    )


def storage_works(setup: Setup, admin: Person) -> Html:
    """It works again."""
    say = setup.speaker(admin.language)
    return say("I can store things again, and go on with what has come meanwhile.")
