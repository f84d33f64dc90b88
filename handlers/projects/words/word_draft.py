"""What a lead has written so far: a draft of words, in one language or in several, and photos; and what has no room."""

from domain.core.parts import PartKind
from domain.notices.written_in import languages_of
from handlers.kit.conversation.flow import Draft, Wrong
from handlers.kit.parts import from_draft
from handlers.kit.texts import languages
from handlers.kit.update_context import UpdateContext
from services.projects import words as service
from services.projects.words import NewWord, TooLong, TooManyFiles
from storage.reports.reports import NewPart

FOR_ALL = "all"
FILES = (PartKind.PHOTO, PartKind.VIDEO, PartKind.DOCUMENT)


def said(draft: Draft, name: str = "words") -> str:
    """The words of a question, of all messages in which they came."""
    return "\n\n".join(part.text for part in from_draft(draft.get(name, [])) if part.text)


def other(language: str) -> str:
    """The name of the question for the words in another language."""
    return f"in_{language.lower()}"


def files(draft: Draft) -> list[NewPart]:
    """Its photos and files, whichever words they came with: they are for all."""
    found = [part for name in ("words", *map(other, languages())) for part in from_draft(draft.get(name, []))]
    return [part for part in found if part.file_id is not None]


def written_in(draft: Draft) -> str | None:
    """The language of its words, as chosen, else as their letters tell; None: they are for all."""
    picked = draft.get("language")
    if picked is not None:
        return None if picked == FOR_ALL else str(picked)
    guess = languages_of(said(draft))
    return next(iter(guess)) if len(guess) == 1 else None


def word(draft: Draft) -> NewWord:
    """What a complete draft says."""
    main = written_in(draft)
    others = [(each, said(draft, other(each))) for each in languages() if main not in (None, each)]
    return NewWord([(main, said(draft)), *((language, text) for language, text in others if text)], files(draft))


def wrong_file(ctx: UpdateContext) -> Wrong | None:
    """What such a word cannot have."""
    file = ctx.message.file
    if file is not None and file.kind not in FILES:
        return Wrong(ctx.say("It can have words, photos, videos and documents, but nothing spoken."))
    return None


def too_much(ctx: UpdateContext, words: str, files: int = 0) -> Wrong | None:
    """What has no room: words in one message, or files in one album."""
    try:
        service.check(words, files)
    except TooLong as error:
        return Wrong(
            ctx.say(
                "That is too long for one message: it has {count} letters, and {limit} fit. Please send it shorter.",
                count=len(words),
                limit=error.limit,
            )
        )
    except TooManyFiles:
        return Wrong(ctx.say("At most {count} photos and files go with it.", count=service.MOST_FILES))
    return None
