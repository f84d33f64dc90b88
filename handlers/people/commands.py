"""The command lists people see behind "/", and the words on the bot's own page."""

import json
from collections.abc import Iterable
from datetime import timedelta
from zlib import crc32

from domain.people.rights import Role, may
from handlers.kit import mailer
from handlers.kit.feature import Command, GroupCommand
from handlers.kit.joined_features import Features
from handlers.kit.texts import Speaker, languages
from handlers.kit.update_context import Setup
from services.core import once
from storage.core import chats, outbox, scheduled_tasks, settings
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import Lane
from storage.core.settings import SettingKey
from storage.people import people
from storage.people.people import Person

KIND = "command_lists"
VERSION = SettingKey.COMMAND_LISTS
CHUNK = 50
PAUSE = timedelta(seconds=1)


def public_commands(features: Features, say: Speaker) -> list[dict[str, str]]:
    """What everybody sees in a private chat."""
    return _list(say, (each for each in features.commands.items() if each[1].action is None))


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


def _list(say: Speaker, commands: Iterable[tuple[str, Command | GroupCommand]]) -> list[dict[str, str]]:
    listed = sorted((each.place, name, each) for name, each in commands if each.place is not None)
    return [{"command": name, "description": each.label(say)} for _, name, each in listed]


def refresh_person(tx: Transaction, setup: Setup, person: Person) -> None:
    """Let the person's private chat show the commands of their roles; nothing while they have not opened it."""
    chat = chats.private_with(tx, person.id)
    if chat is None:
        return
    say = setup.speaker(person.language)
    own = _team_commands(setup.features, say, person.roles)
    _write(tx, chat.id, public_commands(setup.features, say) + own if own else [])


def usual_list(tx: Transaction, chat: int) -> None:
    """Let a private chat show what everybody sees, also where nobody we know is in it."""
    _write(tx, chat, [])


def refresh_group(tx: Transaction, setup: Setup, chat: int) -> None:
    """Let the staff group show what is of use there."""
    _write(tx, chat, _group_commands(setup.features, setup.group_speaker))


def _group_commands(features: Features, say: Speaker) -> list[dict[str, str]]:
    return _list(say, features.group_commands.items())


def _team_commands(features: Features, say: Speaker, roles: frozenset[str]) -> list[dict[str, str]]:
    return _list(
        say, (each for each in features.commands.items() if each[1].action is not None and may(roles, each[1].action))
    )


def renew(tx: Transaction, setup: Setup) -> None:
    """At a start: once for each version of the lists, see that those who have one of their own get the new one."""
    version = str(crc32(json.dumps(_all_lists(setup)).encode()))
    if not once.is_new(tx, VERSION, version):
        return
    staff = settings.staff_chat(tx)
    if staff is not None:
        refresh_group(tx, setup, staff)
    renew_people(tx, setup, 0)


def renew_people(tx: Transaction, setup: Setup, after: int) -> None:
    """The lists of people with roles behind the one numbered `after`: some now, the others as a task."""
    found = people.with_any_role(tx, after, CHUNK)
    for person in found:
        refresh_person(tx, setup, person)
    if len(found) == CHUNK:
        scheduled_tasks.plan(tx, KIND, "commands:0", tx.now + PAUSE, KIND, {"after": found[-1].id})


def _all_lists(setup: Setup) -> list[object]:
    speakers = [setup.speaker(language) for language in languages()]
    return [
        _group_commands(setup.features, setup.group_speaker),
        *(
            (public_commands(setup.features, say), _team_commands(setup.features, say, frozenset({role})))
            for say in speakers
            for role in Role
        ),
    ]


def _write(tx: Transaction, chat: int, commands: list[dict[str, str]]) -> None:
    mailer.add(tx, chat, outbox.Action.COMMANDS, {"commands": commands}, lane=Lane.NOTICE, purpose=Purpose.REPORT)
