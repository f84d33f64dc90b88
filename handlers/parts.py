"""What somebody sends, as parts to keep; and parts, as messages to send on."""

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any, Protocol

from telegram import Message

from handlers.here import Here
from handlers.texts import Html, Speaker, clean
from storage import outbox
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.voices import NewPart

_COMMAND = re.compile(r"^/(?:report|repair)(@\w+)?(\s+|$)", re.IGNORECASE)
EARLIER = "earlier"
"""In a part of a draft: how it read before its message was changed."""
EARLIER_KEPT = 10
PARTS_LIMIT = 40  # more than anybody needs to say what is wrong; keeps a draft of bounded size


class Said(Protocol):
    """Anything that was said: a part of a voice or of a repair, kept or not yet."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def file_id(self) -> str | None: ...


def part_of(here: Here, purpose: str, about: str | None = None) -> NewPart | None:
    """The message that came, as a part; None when it holds nothing we can keep (a sticker, a dice, a contact)."""
    message = here.message
    words = words_in(here)
    kind, file = _file_of(message)
    if file is None:
        if words is None:
            return None
        return NewPart("text", text=words, message=here.keep_incoming(purpose, about))
    return NewPart(
        kind,
        text=words,
        file_id=file.file_id,
        file_unique_id=file.file_unique_id,
        duration=_seconds(getattr(file, "duration", None)),
        message=here.keep_incoming(purpose, about),
    )


def words_in(here: Here) -> str | None:
    """The words of the message that came, without the command they stand behind; None when there are none."""
    words = clean(here.message.text or here.message.caption or "").strip()
    return _COMMAND.sub("", words) or None


def _file_of(message: Message) -> tuple[str, Any]:
    if message.photo:
        return "photo", message.photo[-1]
    for kind in ("voice", "video", "video_note", "audio", "document"):
        file = getattr(message, kind)
        if file is not None:
            return kind, file
    return "text", None


def _seconds(duration: Any) -> int | None:
    if duration is None:
        return None
    return int(duration.total_seconds()) if hasattr(duration, "total_seconds") else int(duration)


def as_draft(part: NewPart) -> dict[str, Any]:
    """A part as JSON for a draft."""
    return {key: value for key, value in asdict(part).items() if value is not None}


def from_draft(draft: Iterable[dict[str, Any]]) -> list[NewPart]:
    """The parts a draft holds."""
    return [NewPart(**{key: value for key, value in part.items() if key != EARLIER}) for part in draft]


def earlier_in(draft: Iterable[dict[str, Any]]) -> list[str]:
    """How parts of a draft read before they were changed."""
    return [words for part in draft for words in part.get(EARLIER, [])]


def words_of(parts: Iterable[Said]) -> str:
    """All words of some parts, in order."""
    return "\n".join(part.text for part in parts if part.text)


def media_line(say: Speaker, parts: Iterable[Said]) -> Html | None:
    """`2 photos, 1 voice message`: what there is beside words; None when there is nothing."""
    counts: dict[str, int] = {}
    for part in parts:
        if part.kind != "text":
            counts[part.kind] = counts.get(part.kind, 0) + 1
    said = []
    for kind, count in counts.items():
        if kind == "photo":
            said.append(say.plural("{count} photo", "{count} photos", count))
        elif kind == "voice":
            said.append(say.plural("{count} voice message", "{count} voice messages", count))
        elif kind in ("video", "video_note"):
            said.append(say.plural("{count} video", "{count} videos", count))
        else:
            said.append(say.plural("{count} file", "{count} files", count))
    return Html(say.listed(said)) if said else None


def send_media(tx: Transaction, parts: Iterable[Said], template: Outgoing, lane: Lane = Lane.NOTICE) -> None:
    """Send the files of some parts on, each a message like `template` (chat, topic, reply, subject)."""
    for part in parts:
        if part.kind != "text" and part.file_id is not None:
            outbox.add(
                tx,
                replace(
                    template,
                    action=part.kind,
                    content={**template.content, "file_id": part.file_id},
                    lane=lane,
                ),
            )
