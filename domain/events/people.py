"""What can happen to people, and to what they have begun and not sent."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    subject_kind: ClassVar[str] = "person"
    person: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(PersonEvent):
    """`giver` is who gave it, also where a link of theirs was opened; None: the settings, or the console's link."""

    KIND: ClassVar[str] = "role.granted"
    role: str
    giver: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(PersonEvent):
    KIND: ClassVar[str] = "role.revoked"
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleLinkOpened(PersonEvent):
    """They opened a link for a role that its maker must confirm. `late`: it was used, opened or ended before."""

    KIND: ClassVar[str] = "role.link_opened"
    role: str
    maker: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class RoleLinkRefused(PersonEvent):
    """They opened a link for a role, and its maker said no; the link is over."""

    KIND: ClassVar[str] = "role.link_refused"
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleConfirmed(PersonEvent):
    """A role that slept since a restore counts again."""

    KIND: ClassVar[str] = "role.confirmed"
    role: str


@dataclass(frozen=True, kw_only=True)
class ConsentsAsleep(PersonEvent):
    """The board shows neither their name nor their photos since a restore, until they have said so again."""

    KIND: ClassVar[str] = "pledge.consents_asleep"


@dataclass(frozen=True, kw_only=True)
class PreferenceChosen(PersonEvent):
    """What they chose for themselves, by the code of its row in /settings; None: what is usual."""

    KIND: ClassVar[str] = "preference.chosen"
    code: str
    value: str | None


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(PersonEvent):
    """They may send nothing until then (an instant as text), because of words of theirs about a subject, `report:12`.

    The reason stands in the table of blocks and goes with it.
    """

    KIND: ClassVar[str] = "person.blocked"
    about: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(PersonEvent):
    """They may send something again."""

    KIND: ClassVar[str] = "person.unblocked"
    about: str


@dataclass(frozen=True, kw_only=True)
class PersonUnreachable(PersonEvent):
    """A message could not be delivered and none can until they speak again."""

    KIND: ClassVar[str] = "person.unreachable"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonReachable(PersonEvent):
    """They spoke to us again."""

    KIND: ClassVar[str] = "person.reachable"


@dataclass(frozen=True, kw_only=True)
class DraftEvent(Event):
    """Of a conversation that holds something not sent yet."""

    subject_kind: ClassVar[str] = "conversation"
    conversation: int


@dataclass(frozen=True, kw_only=True)
class DraftReminded(DraftEvent):
    """Time to say: not sent yet. `final` is the last time before it expires."""

    KIND: ClassVar[str] = "draft.reminded"
    final: bool


@dataclass(frozen=True, kw_only=True)
class DraftExpired(DraftEvent):
    """It was never sent and is put away."""

    KIND: ClassVar[str] = "draft.expired"


@dataclass(frozen=True, kw_only=True)
class QuestionLapsed(DraftEvent):
    """It asked for something that may be left out, and for a day nothing came."""

    KIND: ClassVar[str] = "question.lapsed"


@dataclass(frozen=True, kw_only=True)
class PublicNameWaits(PersonEvent):
    """They are called otherwise than others read: staff look at the new name. Or they are called so again."""

    KIND: ClassVar[str] = "public_name.waits"


@dataclass(frozen=True, kw_only=True)
class PublicNameDecided(PersonEvent):
    """Staff took a new name over, or left it as it was."""

    KIND: ClassVar[str] = "public_name.decided"
    approved: bool
