"""What a part of something that was said is: words, or which kind of file."""

from enum import StrEnum

from domain.core.stored import Stored


class PartKind(Stored, StrEnum, kept_in="report_parts.kind"):
    """What a part is. A file is sent by the action of the same name (storage/core/outbox.py)."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    AUDIO = "audio"
    DOCUMENT = "document"
