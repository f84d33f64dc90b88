"""What can happen to people, and to what they have begun and not sent."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    subject_kind: ClassVar[str] = "person"
    person: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(PersonEvent, kind="role.granted"):
    """`giver` is who gave it, also where a link of theirs was opened; None: the settings, or the console's link."""

    role: str
    giver: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(PersonEvent, kind="role.revoked"):
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleLinkOpened(PersonEvent, kind="role.link_opened"):
    """They opened a link for a role that its maker must confirm. `late`: it was used, opened or ended before."""

    role: str
    maker: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class RoleLinkRefused(PersonEvent, kind="role.link_refused"):
    """They opened a link for a role, and its maker said no; the link is over."""

    role: str


@dataclass(frozen=True, kw_only=True)
class RoleConfirmed(PersonEvent, kind="role.confirmed"):
    """A role that slept since a restore counts again."""

    role: str


@dataclass(frozen=True, kw_only=True)
class ConsentsAsleep(PersonEvent, kind="pledge.consents_asleep"):
    """The board shows neither their name nor their photos since a restore, until they have said so again."""


@dataclass(frozen=True, kw_only=True)
class PreferenceChosen(PersonEvent, kind="preference.chosen"):
    """What they chose for themselves, by the code of its row in /settings; None: what is usual."""

    code: str
    value: str | None


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(PersonEvent, kind="person.blocked"):
    """They may send nothing until then (an instant as text), because of words of theirs about a subject, `report:12`.

    The reason stands in the table of blocks and goes with it.
    """

    about: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(PersonEvent, kind="person.unblocked"):
    """They may send something again."""

    about: str


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(PersonEvent, kind="person.forgotten"):
    """Nothing of what they said and who they were is to be left; `roles` are those they had. From here on they are a
    number. The actor is who of the staff did it for them; None: they did it themselves."""

    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonUnreachable(PersonEvent, kind="person.unreachable"):
    """A message could not be delivered and none can until they speak again."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonReachable(PersonEvent, kind="person.reachable"):
    """They spoke to us again."""


@dataclass(frozen=True, kw_only=True)
class DraftEvent(Event):
    """Of a conversation that holds something not sent yet."""

    subject_kind: ClassVar[str] = "conversation"
    conversation: int


@dataclass(frozen=True, kw_only=True)
class DraftReminded(DraftEvent, kind="draft.reminded"):
    """Time to say: not sent yet. `final` is the last time before it expires."""

    final: bool


@dataclass(frozen=True, kw_only=True)
class DraftExpired(DraftEvent, kind="draft.expired"):
    """It was never sent and is put away."""


@dataclass(frozen=True, kw_only=True)
class QuestionLapsed(DraftEvent, kind="question.lapsed"):
    """It asked for something that may be left out, and for a day nothing came."""


@dataclass(frozen=True, kw_only=True)
class PublicNameWaits(PersonEvent, kind="public_name.waits"):
    """They are called otherwise than others read: staff look at the new name. Or they are called so again."""


@dataclass(frozen=True, kw_only=True)
class PublicNameDecided(PersonEvent, kind="public_name.decided"):
    """Staff took a new name over, or left it as it was."""

    approved: bool
