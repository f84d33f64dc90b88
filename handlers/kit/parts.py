"""What somebody sends, as parts to keep; and parts, as messages to send on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from domain.core.parts import PartKind
from handlers.kit.texts import Html, Speaker, clean, lines, pieces, quote, shorten
from handlers.kit.update_context import UpdateContext
from storage.core import messages
from storage.core.database import Transaction
from storage.reports.reports import NewPart, Part

_CALLED = {"video_note": "video", "audio": "document"}
_COMMAND = re.compile(r"^/(?:report|repair|pledge|record|notice)(@\w+)?(\s+|$)", re.IGNORECASE)
QUOTED = 3000
"""So many letters of words are quoted in one message; what we say around them has room beside them."""
MORE_MESSAGES = 8
"""Nobody fills a group with more of one report."""
EARLIER = "earlier"
"""In a part of a draft: how it read before its message was changed."""
EARLIER_KEPT = 10
PARTS_LIMIT = 40  # more than anybody needs to say what is wrong; keeps a draft of bounded size


class Said(Protocol):
    """Anything that was said: a part of a report or of a repair, kept or not yet."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def file_id(self) -> str | None: ...


def part_of(ctx: UpdateContext, purpose: str, about: str | None = None) -> NewPart | None:
    """The message that came, as a part; None when it holds nothing we can keep (a sticker, a dice, a contact)."""
    words = words_in(ctx)
    file = ctx.message.file
    if file is None:
        if words is None:
            return None
        return NewPart(PartKind.TEXT, text=words, message=ctx.keep_incoming(purpose, about))
    return NewPart(
        file.kind,
        text=words,
        file_id=file.id,
        file_unique_id=file.unique_id,
        duration=file.duration,
        message=ctx.keep_incoming(purpose, about),
    )


def file_in(ctx: UpdateContext) -> dict[str, Any]:
    """The file of the message that came, as a part of a draft has it; empty when it has none."""
    file = ctx.message.file
    if file is None:
        return {}
    told = {"kind": file.kind, "file_id": file.id, "file_unique_id": file.unique_id}
    return told if file.duration is None else {**told, "duration": file.duration}


def words_in(ctx: UpdateContext) -> str | None:
    """The words of the message that came, without the command they stand behind; None when there are none."""
    words = clean(ctx.message.words).strip()
    return _COMMAND.sub("", words) or None


def as_draft(part: NewPart) -> dict[str, Any]:
    """A part as JSON for a draft."""
    return {key: value for key, value in asdict(part).items() if value is not None}


def from_draft(draft: Iterable[dict[str, Any]]) -> list[NewPart]:
    """The parts a draft holds."""
    return [NewPart(**{key: value for key, value in part.items() if key != EARLIER}) for part in draft]


def change(part: dict[str, Any], words: str | None, newest: bool) -> None:
    """A part of a draft says `words` now, if they are the newest; how it read before stays on record."""
    before = part.get("text") if newest else words
    if newest:
        part["text"] = words
    if before and before != part.get("text"):
        part[EARLIER] = [*part.get(EARLIER, []), before][-EARLIER_KEPT:]


def earlier_in(draft: Iterable[dict[str, Any]]) -> list[str]:
    """How parts of a draft read before they were changed."""
    return [words for part in draft for words in part.get(EARLIER, [])]


def words_of(parts: Iterable[Said]) -> str:
    """All words of some parts, in order."""
    return "\n".join(part.text for part in parts if part.text)


def quoted_shortly(parts: Iterable[Said], limit: int) -> Html | None:
    """The beginning of their words as a quotation of at most `limit` letters. None without words."""
    words = words_of(parts)
    return quote(shorten(words, limit)) if words else None


def quoted(parts: Iterable[Said], limit: int = QUOTED) -> Html | None:
    """Their words as a quotation, as far as one message has room; `quoted_on` gives the rest. None without words."""
    found = pieces(words_of(parts), limit)
    return quote(found[0] if len(found) == 1 else f"{found[0]} …") if found else None


def quoted_on(parts: Iterable[Said], limit: int = QUOTED) -> list[Html]:
    """What of their words has no room in the message that quotes them, each for a message of its own."""
    words = words_of(parts)
    first = pieces(words, limit)[:1]
    rest = pieces(words.strip().removeprefix(first[0]) if first else "", QUOTED)
    if len(rest) > MORE_MESSAGES:
        rest = [*rest[: MORE_MESSAGES - 1], f"{rest[MORE_MESSAGES - 1]} …"]
    return [quote(each) for each in rest]


def media_line(say: Speaker, parts: Iterable[Said]) -> Html | None:
    """`2 photos, 1 voice message`: what there is beside words; None when there is nothing."""
    counts: dict[str, int] = {}
    for part in parts:
        if part.kind != PartKind.TEXT:
            called = _CALLED.get(part.kind, part.kind)
            counts[called] = counts.get(called, 0) + 1
    said = []
    for kind, count in counts.items():
        if kind == "photo":
            said.append(say.plural("{count} photo", "{count} photos", count))
        elif kind == "voice":
            said.append(say.plural("{count} voice message", "{count} voice messages", count))
        elif kind == "video":
            said.append(say.plural("{count} video", "{count} videos", count))
        else:
            said.append(say.plural("{count} file", "{count} files", count))
    return Html(say.listed(said)) if said else None


def said(say: Speaker, parts: Sequence[Part]) -> Html | None:
    """Their words, quoted, and what files there are; None when there is nothing."""
    # Of an album only the first part is known by now.
    album = len(parts) == 1 and parts[0].album is not None
    media = say("Several photos or files") if album else media_line(say, parts)
    return lines(quoted(parts), media) or None


def belong_to(tx: Transaction, parts: Iterable[NewPart], about: str) -> None:
    """The messages they came in are about that from now on: a reply to one, or an edit of it, finds its way there."""
    for part in parts:
        if part.message is not None:
            messages.set_subject(tx, part.message, about)
