"""The command lists people see behind "/", and the words on the bot's own page."""

from domain.rights import Action, may
from handlers.here import Setup, our_language
from handlers.texts import Speaker
from storage import chats, outbox
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.people import Person


def public_commands(say: Speaker) -> list[dict[str, str]]:
    """What everybody sees in a private chat."""
    return _list(
        {
            "report": say.label("Say what is wrong"),
            "my": say.label("My reports"),
            "language": say.label("Change the language"),
            "cancel": say.label("Stop what I have begun"),
            "help": say.label("How it works"),
        }
    )


def descriptions(setup: Setup, say: Speaker) -> tuple[str, str]:
    """The long text an empty chat shows (at most 512 letters), and the short one of the bot's page (at most 120)."""
    name = say.words(setup.community.name)
    long = say.label(
        "{community} listens. Write, speak or photograph what is wrong; the staff answer here, and a report is closed "
        "only when you say that it is fixed. Press Start.",
        community=name,
    )
    short = say.label("{community} listens, and closes a report only when you say it is fixed.", community=name)
    return long[:512], short[:120]


def _list(commands: dict[str, str]) -> list[dict[str, str]]:
    return [{"command": command, "description": description} for command, description in commands.items()]


def refresh_person(tx: Transaction, setup: Setup, person: Person) -> None:
    """Let the person's private chat show the commands of their roles; nothing while they have not opened it."""
    chat = chats.private_with(tx, person.id)
    if chat is None:
        return
    say = setup.speaker(our_language(person.language))
    own = _team_commands(say, person)
    _write(tx, chat.id, public_commands(say) + own if own else [])


def refresh_group(tx: Transaction, setup: Setup, chat: int) -> None:
    """Let the staff group show what is of use there."""
    say = setup.group_speaker
    commands = {
        "role": say.label("Give a role: reply with it to a message of the person"),
        "team": say.label("Who has which role"),
        "help": say.label("What I do here"),
    }
    _write(tx, chat, _list(commands))


def _team_commands(say: Speaker, person: Person) -> list[dict[str, str]]:
    commands = {}
    if may(person.roles, Action.SEE_TEAM):
        commands["team"] = say.label("Who has which role")
    if may(person.roles, Action.GRANT_STAFF):
        commands["role"] = say.label("Give somebody a role")
    if may(person.roles, Action.SET_UP):
        commands["setup"] = say.label("Choose the staff group")
    if may(person.roles, Action.MEND):
        commands["quarantine"] = say.label("What I could not handle")
    return _list(commands)


def _write(tx: Transaction, chat: int, commands: list[dict[str, str]]) -> None:
    row = Outgoing(chat=chat, action="commands", content={"commands": commands}, lane=Lane.NOTICE, purpose="report")
    outbox.add(tx, row)
