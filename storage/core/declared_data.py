"""How a room says what its tables keep about people: each column is declared, or declared to say nothing of anybody.

`docs/privacy.md` is made from these declarations (`scripts/privacy.py`), and tests hold them against the schema: a
column that nobody has declared fails, and so does one that is declared and does not exist.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from domain.operations.retention import KeptDays

USUAL = KeptDays()
"""For how many days things are kept where no setting says otherwise."""


class Reason(Enum):
    """On which ground it may be kept. The body that runs the bot checks these for its own country."""

    REQUEST = "to do what the person asked for"
    CONSENT = "a yes that can be taken back"
    SAFETY = "somebody may be in danger"
    TEAM = "the work of the team, whose members it names"
    OPERATION = "so that nothing is lost or sent twice, and nobody is flooded"


class Until(Enum):
    """How long it stays, as the program behaves today."""

    ERASED = "until its person has it deleted"
    REPLACED = "until it is changed or taken back; only what holds now is kept"
    HANDLED = "48 hours after it was handled; set aside for trouble: 90 days at most"
    SENT = "7 days after it was sent or given up; words that are folded: 90 days at most"
    DRAFTED = "48 hours after the draft ended; that there was one, and about what number: 90 days"
    MONTHS = "90 days"
    DAYS = "2 days"
    DUE = "until it was due"
    REPORT = f"until the report was closed for {USUAL.reports} days (`KEEP_REPORTS_DAYS`): then nobody leads to it"
    PROJECT = f"until the project has ended and its reports were closed for {USUAL.reports} days (`KEEP_REPORTS_DAYS`)"
    ADDRESS = f"until the repair was closed for {USUAL.addresses} days (`KEEP_ADDRESSES_DAYS`); who asked, longer"
    REPAIR = f"until the repair was closed for {USUAL.repairs} days (`KEEP_REPAIRS_DAYS`)"
    LINK = f"until it has expired for {USUAL.invitations} days (`KEEP_INVITATIONS_DAYS`)"
    LIST = f"until it was done for {USUAL.recipients} days (`KEEP_RECIPIENTS_DAYS`); how many it were stays"
    AWAY = f"until they were not here for {USUAL.people} days and nothing else is kept of them (`KEEP_PEOPLE_DAYS`)"
    ENDED = "until it has ended for 90 days"
    MOMENT = "for some seconds"
    FOR_GOOD = "for good: it must be known when an old copy is restored"


class Export(Enum):
    """How it comes into the copy that somebody asks for of what is kept about them."""

    WHOLE = "all of it"
    OWN = "what they wrote or chose themselves, without what of others stands beside it"


@dataclass(frozen=True)
class Withheld:
    """It does not come into that copy."""

    why: str


SUBJECTS = "subjects"


class Erasing(Enum):
    """What becomes of rows when the person whose they are is forgotten."""

    DELETE = "deleted"
    EMPTY = "emptied"
    KEEP = "stays"


@dataclass(frozen=True)
class Erase:
    """How it is erased, as a test holds against what /forget does.

    DELETE: no such row of theirs is left. EMPTY: of `columns` nothing is left in them, and the row stays. `but`: what
    stays all the same, and why, as the page says it.
    """

    how: Erasing
    columns: str = ""
    but: str = ""


NUMBER = "a number that leads to no name"
"""What stays of somebody who was forgotten: their row in `people`, which says nothing any more."""
DELETE = Erase(Erasing.DELETE)


def delete(but: str) -> Erase:
    """The rows go, except some."""
    return Erase(Erasing.DELETE, but=but)


def empty(columns: str, but: str = "") -> Erase:
    """These columns say nothing any more; the rows stay."""
    return Erase(Erasing.EMPTY, columns, but)


def keep(but: str) -> Erase:
    """The rows stay as they are, for that reason."""
    return Erase(Erasing.KEEP, but=but)


@dataclass(frozen=True)
class Held:
    """Columns of one table that say something about a person.

    `whose`: how a row is somebody's (`storage/core/rows_of_person.py` reads it): the column that leads by the schema's
    references to `people`, or to the chat with them; or several with `/` between them (`report/person`: who sent the
    report it is part of). Where the schema has no reference it is said behind `>`: `sender>people.telegram_id`, or
    `subject>subjects` for a text that names a thing of theirs, such as `report:12`. Empty: the rows name nobody whom
    the database knows. `says` and `purpose` are what the page says, `erase` what /forget does with it. Where a row is
    several people's, each way has a declaration of its own: what is exported to one, or erased of one, is not the
    other's.
    """

    table: str
    columns: str
    whose: str
    says: str
    purpose: str
    reason: Reason
    until: Until = Until.ERASED
    export: Export | Withheld = field(kw_only=True)
    erase: Erase = field(kw_only=True)


@dataclass(frozen=True)
class Declared:
    """What a room keeps. `nothing`: columns, by table, that say nothing about anybody by themselves."""

    room: str
    held: tuple[Held, ...] = ()
    nothing: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> Iterator[tuple[str, str]]:
        """Each column that is declared, with its table; more than once where it is declared more than once."""
        for each in self.held:
            yield from ((each.table, column) for column in each.columns.split())
        for table, columns in self.nothing.items():
            yield from ((table, column) for column in columns.split())
