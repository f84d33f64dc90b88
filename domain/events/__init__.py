"""What can happen. Services emit these; they are kept with time and actor, and notices are made from them.

A module for each kind of thing that things happen to; all of them are named here, so that a record finds its class.
"""

from typing import Any

from domain.events.answers import (
    VoiceAnswerChanged,
    VoiceAnswerTakenBack,
    VoiceNoteChanged,
)
from domain.events.base import (
    Event,
)
from domain.events.house import (
    BackupMadeAgain,
    BackupMissed,
    ChatEvent,
    DatabaseEvent,
    DatabaseRestored,
    DigestDue,
    GroupBack,
    GroupLost,
    GroupMoved,
    GroupRights,
    GroupTopics,
    MessageRefused,
    OutOfReach,
    StaffChatChosen,
    UpdateEvent,
    UpdateForgotten,
    UpdateQuarantined,
    UpdateTriedAgain,
)
from domain.events.people import (
    DraftEvent,
    DraftExpired,
    DraftReminded,
    PersonBlocked,
    PersonEvent,
    PersonReachable,
    PersonUnblocked,
    PersonUnreachable,
    QuestionLapsed,
    QuietHoursChosen,
    RoleGranted,
    RoleRevoked,
)
from domain.events.voices import (
    ReporterShown,
    VoiceAdded,
    VoiceAlbumWentOn,
    VoiceAnotherNo,
    VoiceAnotherYes,
    VoiceAnswered,
    VoiceAskAgainDue,
    VoiceAsked,
    VoiceAskedAgain,
    VoiceCompleted,
    VoiceConfirmed,
    VoiceDeadlineMoved,
    VoiceDueSoon,
    VoiceEscalated,
    VoiceEvent,
    VoiceHandedOn,
    VoiceHandlingJudged,
    VoiceHeard,
    VoiceHeardConfirmed,
    VoiceHeardDrafted,
    VoiceJoined,
    VoiceLapsed,
    VoiceLeft,
    VoiceMarkedPersonal,
    VoiceNoted,
    VoiceOpenedAgain,
    VoiceOverdue,
    VoiceOverdueTold,
    VoicePlaceChanged,
    VoiceRelated,
    VoiceReopened,
    VoiceResolved,
    VoiceSentToDepartment,
    VoiceStarted,
    VoiceSubmitted,
    VoiceTaken,
    VoiceTitled,
    VoiceVerdictsAwaited,
    VoiceWithdrawn,
)
from domain.subjects import number_of

__all__ = [
    "BackupMadeAgain",
    "BackupMissed",
    "ChatEvent",
    "DatabaseEvent",
    "DatabaseRestored",
    "DigestDue",
    "DraftEvent",
    "DraftExpired",
    "DraftReminded",
    "Event",
    "GroupBack",
    "GroupLost",
    "GroupMoved",
    "GroupRights",
    "GroupTopics",
    "MessageRefused",
    "OutOfReach",
    "PersonBlocked",
    "PersonEvent",
    "PersonReachable",
    "PersonUnblocked",
    "PersonUnreachable",
    "QuestionLapsed",
    "QuietHoursChosen",
    "ReporterShown",
    "RoleGranted",
    "RoleRevoked",
    "StaffChatChosen",
    "UpdateEvent",
    "UpdateForgotten",
    "UpdateQuarantined",
    "UpdateTriedAgain",
    "VoiceAdded",
    "VoiceAlbumWentOn",
    "VoiceAnotherNo",
    "VoiceAnotherYes",
    "VoiceAnswerChanged",
    "VoiceAnswerTakenBack",
    "VoiceAnswered",
    "VoiceAskAgainDue",
    "VoiceAsked",
    "VoiceAskedAgain",
    "VoiceCompleted",
    "VoiceConfirmed",
    "VoiceDeadlineMoved",
    "VoiceDueSoon",
    "VoiceEscalated",
    "VoiceEvent",
    "VoiceHandedOn",
    "VoiceHandlingJudged",
    "VoiceHeard",
    "VoiceHeardConfirmed",
    "VoiceHeardDrafted",
    "VoiceJoined",
    "VoiceLapsed",
    "VoiceLeft",
    "VoiceMarkedPersonal",
    "VoiceNoteChanged",
    "VoiceNoted",
    "VoiceOpenedAgain",
    "VoiceOverdue",
    "VoiceOverdueTold",
    "VoicePlaceChanged",
    "VoiceRelated",
    "VoiceReopened",
    "VoiceResolved",
    "VoiceSentToDepartment",
    "VoiceStarted",
    "VoiceSubmitted",
    "VoiceTaken",
    "VoiceTitled",
    "VoiceVerdictsAwaited",
    "VoiceWithdrawn",
    "from_record",
]


def from_record(kind: str, about: str, actor: int | None, data: dict[str, Any]) -> Event:
    """The event that was kept under these values. Raises KeyError when no event is called that any more."""
    cls = _KINDS[kind]
    # JSON knows no tuples.
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    values |= {cls.subject_kind: number_of(about, cls.subject_kind), "actor": actor}
    return cls(**values)


def _all(cls: type[Event]) -> dict[str, type[Event]]:
    return {name: each for sub in cls.__subclasses__() for name, each in {sub.__name__: sub, **_all(sub)}.items()}


_KINDS = _all(Event)
