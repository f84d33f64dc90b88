"""What a capability adds to the program: one object, `FEATURE`, in its `feature.py`.

`bot/features.py` lists all of them; handlers, tasks, subscriptions, command lists and `/settings` are built from the
list, in a fixed order of kinds, so that the order of features never decides which handler an update takes.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from functools import wraps
from typing import Any

from domain.community import Community
from domain.events import Event
from domain.people.rights import Action
from handlers.kit.additions import DigestLines, Instead, OnStatusCard, OwnList, Replies, Reply, WithFound
from handlers.kit.broadcaster import Broadcaster
from handlers.kit.conversation.flow import Flow
from handlers.kit.preference import Preference
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Speaker
from handlers.kit.update_context import Setup, UpdateContext
from storage.core.database import Transaction

Handler = Callable[[UpdateContext], None]
Subscriber = Callable[[Transaction, Setup, Any], None]
Task = Callable[[Transaction, Setup, str, dict[str, Any]], None]
"""What to do when something is due: the transaction, the subject, and what was noted with it."""
ChunkTask = Callable[[Transaction, Setup, Sequence[sqlite3.Row]], Mapping[int, datetime]]
"""The same for a chunk of rows of one kind, where many are due at once; says when which of them are due again."""


Redraw = Callable[[Transaction, Setup, int], None]
"""Writes all cards of one thing anew."""


def with_community(run: Callable[[Transaction, Community, str, dict[str, Any]], None]) -> Task:
    """A use case that is run when something is due, as a task."""
    return lambda tx, setup, subject, data: run(tx, setup.community, subject, data)


class Stage(IntEnum):
    """When a subscriber runs: an event passes through all stages before the next event is looked at."""

    RULE = 1
    """What one capability does because of another's event; a rule of its own is called by its use case."""
    PEOPLE = 2
    """What residents, volunteers and makers of promises read. First, so that it reads in order for one who is both."""
    STAFF = 3
    VIEWS = 4
    """What shows how things stand, such as the pinned queue."""


@dataclass(frozen=True)
class Subscription:
    """Something that happens because of an event."""

    event: type[Event]
    """Or what several are made from: then of each of them."""
    stage: Stage
    run: Subscriber


def on(stage: Stage, run: Subscriber, *events: type[Event]) -> tuple[Subscription, ...]:
    """`run` hears of each of these events, in that stage."""
    return tuple(Subscription(event, stage, run) for event in events)


def rule(run: Callable[[Transaction, Community, Any], None]) -> Subscriber:
    """A use case that follows from an event of another capability, as a subscriber."""

    @wraps(run)
    def subscriber(tx: Transaction, setup: Setup, event: Any) -> None:
        run(tx, setup.community, event)

    return subscriber


def together(*subscriptions: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """All of these, as they stand."""
    return tuple(each for several in subscriptions for each in several)


@dataclass(frozen=True)
class Command:
    """A command of the private chat.

    `place`: where it stands in the list behind "/"; None leaves it out. `action`: who has a right to that sees it, and
    None is everybody. `label`: what the list says of it.
    """

    run: Handler
    place: int | None = None
    label: Callable[[Speaker], str] = lambda _say: ""
    action: Action | None = None
    lapses: bool = True
    """Whether an optional question that is open ends with it."""
    may_be_changed: bool = False
    """Whether a change of the command's message that came before it counts, since its words are kept."""


@dataclass(frozen=True)
class GroupCommand:
    """A command of groups. With `to_anybody` it is looked at also where neither we are named nor staff work."""

    run: Handler
    place: int | None = None
    label: Callable[[Speaker], str] = lambda _say: ""
    to_anybody: bool = False


Words = Callable[[Transaction, Setup, str, dict[str, Any]], dict[str, Any] | None]
"""Words a message when it is sent, from its row's subject and content (with `row`, its id): `text`, `markup`, and
`tells`, the names of what it tells of; with `rings` it makes a sound at any hour. None: nothing is left to say. It can
only read."""
Sent = Callable[[Transaction, Setup, int, str, dict[str, Any], datetime, Sequence[str]], None]
"""A message was sent (row, subject, content), worded at that instant, and told of these: in the transaction that marks
it."""


@dataclass(frozen=True)
class Renderer:
    """Who words a kind of message when it is sent, and what follows once it is sent."""

    words: Words
    sent: Sent | None = None


@dataclass(frozen=True)
class Feature:
    """What a capability adds. Keys are names that are stored or travel in buttons; none may be another feature's."""

    name: str
    commands: Mapping[str, Command] = field(default_factory=dict)
    group_commands: Mapping[str, GroupCommand] = field(default_factory=dict)
    buttons: Mapping[str, Handler] = field(default_factory=dict)
    """By the prefix of their data, up to its first colon."""
    deep_links: Mapping[str, Callable[[UpdateContext, str], None]] = field(default_factory=dict)
    """`/start` with a payload that begins so; the handler gets what stands behind the prefix."""
    keyboard: tuple[tuple[Callable[[Speaker], str], Handler], ...] = ()
    """Buttons of the keyboard below the text field, by their words, which are sent as a message."""
    flows: tuple[Flow, ...] = ()
    subscribers: tuple[Subscription, ...] = ()
    tasks: Mapping[str, Task] = field(default_factory=dict)
    chunk_tasks: Mapping[str, ChunkTask] = field(default_factory=dict)
    workers: tuple[str, ...] = ()
    """Kinds of rows that are due, too, and done beside the loop by a `Worker` (bot/background/worker.py)."""
    renderers: Mapping[str, Renderer] = field(default_factory=dict)
    preferences: tuple[Preference, ...] = ()
    answers: Mapping[str, Reply] = field(default_factory=dict)
    """Replies to a question of ours, in any chat, by the word its purpose begins with, up to its colon."""
    replies: Mapping[str, Replies] = field(default_factory=dict)
    """By the kind of their subject; those about a report are in handlers/private.py, for they come first."""
    group_replies: Mapping[str, Reply] = field(default_factory=dict)
    """The same in the staff group."""
    broadcasters: Mapping[str, Broadcaster] = field(default_factory=dict)
    """What has something to say to many, by the kind of its subject."""
    own_lists: tuple[OwnList, ...] = ()
    instead: tuple[Instead, ...] = ()
    with_found: tuple[WithFound, ...] = ()
    """What /find offers to do with all that it has found."""
    status_card: Mapping[str, OnStatusCard] = field(default_factory=dict)
    """What it adds to residents' cards of their reports, by a name of its own."""
    digest_lines: tuple[DigestLines, ...] = ()
    """What the staff's daily digest says of it, below the reports."""
    redraws: Mapping[str, Redraw] = field(default_factory=dict)
    """Writes all cards of a thing anew, from what is there now, by the kind of their subject."""
    next_step: Handler | None = None
    """What stands below the answers to /start and /help, for those who have something to set up."""
    language_chosen: Handler | None = None
    """What is written anew when a person has chosen another language."""
    staff_work: tuple[StaffWork, ...] = ()
    """What staff do with reports, a module each; in the order in which their buttons stand on the card."""
    refusals: Mapping[type[Exception], Callable[[Speaker, Any], str]] = field(default_factory=dict)
    """What is said when a service of its own refuses; what all services may refuse is in handlers/kit/refusals.py."""
