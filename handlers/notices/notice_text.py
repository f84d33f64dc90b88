"""How a notice reads: to one who gets it, and to its writer before it is sent."""

from collections.abc import Sequence

from domain.broadcasts.broadcasts import read_in
from domain.core.parts import PartKind
from domain.core.subjects import split
from domain.notices.notices import NoticeKind
from handlers.kit import wording
from handlers.kit.keyboards import Markup
from handlers.kit.texts import Html, Speaker, bold, escape, languages, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.notices import notice_words
from services.notices import audiences
from services.notices import notices as service
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.broadcasts.recipients import Recipient
from storage.core.database import Transaction
from storage.notices.notices import Notice
from storage.reports.reports import NewPart

GIST = 60


def text(say: Speaker, kind: NoticeKind, urgent: bool, words: str, only_in: str | None) -> Html:
    """All that somebody reads. `only_in`: the language of the words, where it is not the reader's."""
    called = notice_words.kind(say, kind)
    heading = say("URGENT NOTICE · {kind}", kind=called) if urgent else say("Notice · {kind}", kind=called)
    return paragraphs(
        bold(heading),
        say("This notice is only in {language}:", language=wording.language(say, only_in)) if only_in else None,
        escape(words),
        say("Anything to say about it? Hold your finger on this message and tap “Reply”."),
    )


def only_in(say: Speaker, parts: Sequence[BroadcastPart]) -> str | None:
    """The language of the words that a reader gets, where it is another one than theirs."""
    written = next((part.language for part in parts if part.kind == PartKind.TEXT), None)
    return written if written is not None and written != say.language else None


def words_of(parts: Sequence[BroadcastPart]) -> str:
    """The words among the parts that a reader gets."""
    return next((part.text or "" for part in parts if part.kind == PartKind.TEXT), "")


def copy(
    tx: Transaction,
    _setup: Setup,
    say: Speaker,
    about: str,
    _broadcast: Broadcast,
    parts: Sequence[BroadcastPart],
    _of_theirs: str | None,
) -> tuple[Html, Markup | None]:
    """What one reader reads (`Broadcaster.words`)."""
    notice = service.get(tx, split(about)[1])
    return text(say, notice.kind, notice.urgent, words_of(parts), only_in(say, parts)), None


def recipients(tx: Transaction, setup: Setup, about: str, after: int, limit: int) -> list[Recipient]:
    """Whom it is for (`Broadcaster.recipients`)."""
    notice = service.get(tx, split(about)[1])
    kind = None if notice.urgent else notice.kind
    found = audiences.behind(tx, setup.community, notice.audience, kind, after, limit)
    return [Recipient(person) for person in found]


def called(tx: Transaction, _setup: Setup, say: Speaker, about: str) -> Html:
    """What it is called where its writer reads how far it is (`Broadcaster.called`)."""
    notice = service.get(tx, split(about)[1])
    return say("Notice no. {number}, “{words}”", number=notice.id, words=gist(tx, say, notice))


def gist(tx: Transaction, say: Speaker, notice: Notice, length: int = GIST) -> str:
    """The beginning of its words, as the speaker's language has them."""
    return one_line(words_of(read_in(service.parts(tx, notice), say.language)), length)


def versions(parts: Sequence[BroadcastPart], setup: Setup) -> list[tuple[Speaker, list[BroadcastPart]]]:
    """For each set of words somebody who reads them in their own language, with what they get; those for all once."""
    found: list[tuple[Speaker, list[BroadcastPart]]] = []
    for written in dict.fromkeys(part.language for part in parts if part.kind == PartKind.TEXT):
        say = setup.speaker(written) if written in languages() else setup.group_speaker
        mine = [part for part in parts if part.language in (written, None)]
        found.append((say, [part for part in mine if part.kind != PartKind.TEXT or part.language == written]))
    return found


def as_parts(words: Sequence[tuple[str | None, str]], files: Sequence[NewPart]) -> list[BroadcastPart]:
    """What is not kept yet, as it will be."""
    said = [BroadcastPart(0, language, PartKind.TEXT, text, None, None) for language, text in words]
    return [*said, *(BroadcastPart(0, None, each.kind, None, each.file_id, each.file_unique_id) for each in files)]
