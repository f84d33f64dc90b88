"""The command lists people see behind "/", and the words on the bot's own page."""

from handlers.here import Setup
from handlers.texts import Speaker


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
        "{community} listens. Write, speak or photograph what is wrong; the staff answer here, and a report is closed only "
        "when you say that it is fixed. Press Start.",
        community=name,
    )
    short = say.label("{community} listens, and closes a report only when you say it is fixed.", community=name)
    return long[:512], short[:120]


def _list(commands: dict[str, str]) -> list[dict[str, str]]:
    return [{"command": command, "description": description} for command, description in commands.items()]
