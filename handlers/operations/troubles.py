"""What has to be looked after, in words: what it is, and what to do. Admins read it, and `python -m bot doctor`."""

from domain import events
from domain.operations.troubles import TroubleKind
from handlers.kit.mailer import to_admins
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import Setup
from storage.core.database import Transaction


def found(tx: Transaction, setup: Setup, event: events.TroubleFound) -> None:
    """To every admin, once a day: what was found and how it is put right."""

    def write(say: Speaker) -> Html:
        told = [sentence(say, TroubleKind(kind), count) for kind, count in event.troubles if kind in set(TroubleKind)]
        return paragraphs(bold(say("Please look after this:")), *told)

    day = tx.now.astimezone(setup.community.zone).date()
    to_admins(tx, setup, write, once=f"watch:{day}")


def sentence(say: Speaker, kind: TroubleKind, count: int) -> Html:
    """What it is, and what to do about it."""
    sentences = {
        TroubleKind.NO_GROUP: lambda: say(
            "No staff group is chosen, so nobody reads what comes in. An admin sends me /setup."
        ),
        TroubleKind.GROUP_AWAY: lambda: say(
            "I cannot write in the staff group. Add me to it again as an administrator, or choose another one with "
            "/setup. What is for it waits."
        ),
        TroubleKind.INBOX: lambda: say.plural(
            "{count} message has waited for more than a minute to be handled. See whether the machine is busy and the "
            "disk has room; if neither is so, start me anew.",
            "{count} messages wait, the first for more than a minute, to be handled. See whether the machine is busy "
            "and the disk has room; if neither is so, start me anew.",
            count,
        ),
        TroubleKind.OUTBOX: lambda: say.plural(
            "{count} message has waited for more than ten minutes to be sent. See whether this machine reaches "
            "Telegram.",
            "{count} messages wait, the first for more than ten minutes, to be sent. See whether this machine reaches "
            "Telegram.",
            count,
        ),
        TroubleKind.WORK: lambda: say.plural(
            "{count} task is more than an hour late. My log says why; start me anew if it says nothing.",
            "{count} tasks are late, the first by more than an hour. My log says why; start me anew if it says "
            "nothing.",
            count,
        ),
        TroubleKind.FAILED: lambda: say.plural(
            "{count} message of the last 24 hours could not be sent. I have told you why when it happened.",
            "{count} messages of the last 24 hours could not be sent. I have told you why when it happened.",
            count,
        ),
        TroubleKind.QUARANTINE: lambda: say.plural(
            "{count} message could not be handled and is set aside. /quarantine shows it, to try again or to forget.",
            "{count} messages could not be handled and are set aside. /quarantine shows them, to try again or to "
            "forget.",
            count,
        ),
        TroubleKind.DISK: lambda: say(
            "The disk has {count} MB left, which is too little for the next backup. Delete what is not needed, or "
            "give it more room.",
            count=count,
        ),
        TroubleKind.COPY: lambda: say(
            "The newest nightly backup is older than a day and a half. See whether the folder “backups” can be "
            "written to, and make one with: python -m bot backup"
        ),
        TroubleKind.REFUSED: lambda: say.plural(
            "{count} person has been refused more than 50 times within a day: buttons that are not theirs, or made up. "
            "Nothing came of it.",
            "{count} people have been refused more than 50 times each within a day: buttons that are not theirs, or "
            "made up. Nothing came of it.",
            count,
        ),
    }
    return sentences[kind]()
