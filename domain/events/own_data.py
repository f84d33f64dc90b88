"""What can happen to the copy that somebody asks for of what is kept about them."""

from dataclasses import dataclass

from domain.events.people import PersonEvent


@dataclass(frozen=True, kw_only=True)
class OwnDataAsked(PersonEvent, kind="own_data.asked"):
    """They said their second yes: the copy is being made."""


@dataclass(frozen=True, kw_only=True)
class OwnDataMade(PersonEvent, kind="own_data.made"):
    """The copy was made, of so many `rows` and `files`; `missing` files could not be fetched."""

    rows: int
    files: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class OwnDataFailed(PersonEvent, kind="own_data.failed"):
    """The copy could not be made, or not be delivered: they can ask again."""


@dataclass(frozen=True, kw_only=True)
class OwnDataHandedOut(PersonEvent, kind="own_data.handed_out"):
    """Somebody made it on the server's command line, for a person who asked on paper or at the counter."""


@dataclass(frozen=True, kw_only=True)
class OwnDataGone(PersonEvent, kind="own_data.gone"):
    """The copy is taken out of their chat and off the disk: its day is over."""
