"""What can happen to notices, and to what we know of where people live."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event
from domain.events.people import PersonEvent


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    subject_kind: ClassVar[str] = "notice"
    notice: int


@dataclass(frozen=True, kw_only=True)
class NoticeAwaits(NoticeEvent, kind="notice.awaits"):
    """It goes out once a second person says yes: it is urgent or, its time having come, its writer may not send it.

    `late`: its time had passed long ago when the program came to it.
    """

    late: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticePlanned(NoticeEvent, kind="notice.planned"):
    """It goes out at that instant (as text)."""

    at: str


@dataclass(frozen=True, kw_only=True)
class NoticeSent(NoticeEvent, kind="notice.sent"):
    """It is going out. `alone`: urgent, and nobody but its sender said yes; why stands with the notice."""

    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticeUnconfirmed(NoticeEvent, kind="notice.unconfirmed"):
    """It is urgent, and for five minutes nobody said yes."""


@dataclass(frozen=True, kw_only=True)
class NoticeRefused(NoticeEvent, kind="notice.refused"):
    """A second person said no; without an actor, nobody was left to send it to when its time came."""


@dataclass(frozen=True, kw_only=True)
class NoticeCorrected(NoticeEvent, kind="notice.corrected"):
    """It reads otherwise now, in that language (None: in the one for all); what was delivered is edited."""

    language: str | None


@dataclass(frozen=True, kw_only=True)
class NoticeFinished(NoticeEvent, kind="notice.finished"):
    """Everybody it was for has it, or cannot get it."""


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(NoticeEvent, kind="notice.withdrawn"):
    """It does not go out any more, and is deleted where it was delivered. `before`: the state in which it was."""

    before: str


@dataclass(frozen=True, kw_only=True)
class ResidenceAsked(PersonEvent, kind="residence.asked"):
    """They are asked, once, where they live; a notice goes to people who live somewhere."""

    notice: int


@dataclass(frozen=True, kw_only=True)
class ResidenceSaid(PersonEvent, kind="residence.said"):
    """They said where they live, which stands elsewhere; or (`said` is false) that they would rather not."""

    said: bool
