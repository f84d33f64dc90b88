"""The questions of a notice: its words and files, its kind, whom it is for, its languages, and when it goes out."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from domain.calendar.local_time import instant, local_time
from domain.core.parts import PartKind
from domain.notices.audience import ROLES, Audience, chosen
from domain.notices.notices import FURTHEST_AHEAD, MOST_FILES, NoticeKind
from domain.notices.written_in import languages_of
from domain.repairs.dispatch import EVERYWHERE
from handlers.kit import wording
from handlers.kit.conversation.flow import SUMMARY, Draft, Step, Wrong
from handlers.kit.conversation.several import SeveralPlaces
from handlers.kit.conversation.steps import Choose, Words, add_part
from handlers.kit.conversation.time_answers import halves, moment_to_come
from handlers.kit.conversation.typed_steps import THAT_IS_ALL, Several, Typed
from handlers.kit.parts import from_draft
from handlers.kit.texts import Html, languages, paragraphs
from handlers.kit.update_context import UpdateContext
from handlers.notices import notice_words
from services.notices.notices import TooLong, check_words
from storage.reports.reports import NewPart

IN_BOTH = "both"
NOW = "now"
PLACES, BY_ROLE, BY_TRADE, BY_REPORT = "places", "roles", "trades", "reported"
FILES = (PartKind.PHOTO, PartKind.DOCUMENT, PartKind.VIDEO)
MORNINGS = (time(8), time(9), time(18))


def said(draft: Draft, name: str = "words") -> str:
    """The words that a question got, of all messages in which they came."""
    return "\n\n".join(part.text for part in from_draft(draft.get(name, [])) if part.text)


def files(draft: Draft) -> list[NewPart]:
    """The photos and documents, whichever words they came with: they are for all."""
    found = [part for name in ("words", *map(other, languages())) for part in from_draft(draft.get(name, []))]
    return [part for part in found if part.file_id is not None]


def other(language: str) -> str:
    """The name of the question for its words in another language."""
    return f"in_{language.lower()}"


@dataclass(frozen=True)
class NoticeWords(Words):
    """Words with photos and documents. It is answered once there are words."""

    def take_message(self, ctx: UpdateContext, draft: Draft) -> Wrong | None:
        before = draft.get(self.name)
        wrong = no_such_file(ctx) or super().take_message(ctx, draft) or problem(ctx, draft, self.name)
        if wrong is not None and before is not None:
            draft[self.name] = before
        elif wrong is not None:
            draft.pop(self.name, None)
        return wrong

    def answered(self, draft: Draft) -> bool:
        return bool(said(draft, self.name))

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if draft.get(self.name) and not said(draft, self.name):
            return super().take_press(ctx, draft, value) or Wrong(_write(ctx))
        return super().take_press(ctx, draft, value)


def _write(ctx: UpdateContext) -> Html:
    return ctx.say("Now please write the words.")


def no_such_file(ctx: UpdateContext) -> Wrong | None:
    """What a notice cannot have."""
    file = ctx.message.file
    if file is not None and file.kind not in FILES:
        return Wrong(ctx.say("A notice can have words, photos, videos and documents, but nothing spoken."))
    return None


def problem(ctx: UpdateContext, draft: Draft, name: str) -> Wrong | None:
    """What is too much: words for one message, or files for one album."""
    words = said(draft, name)
    try:
        check_words(words)
    except TooLong as error:
        return Wrong(
            ctx.say(
                "That is too long for one message: it has {count} letters, and {limit} fit. Please send it shorter, or "
                "send the whole text as a document.",
                count=len(words),
                limit=error.limit,
            )
        )
    if len(files(draft)) > MOST_FILES:
        return Wrong(ctx.say("At most {count} photos and documents go with a notice.", count=MOST_FILES))
    return None


def take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    """What comes when all is answered belongs to the notice, its words behind those that are there. While something
    else is asked only files do, such as the rest of an album: a time that cannot be read is no part of what all read.
    """
    asked = ctx.conversation.step if ctx.conversation is not None else SUMMARY
    if asked != SUMMARY and ctx.message.file is None:
        return None
    return add(ctx, draft) or ctx.say("I have added that.")


def add(ctx: UpdateContext, draft: Draft) -> Wrong | None:
    """The message that came goes behind what there is of the notice."""
    before = list(draft.get("words", []))
    wrong = no_such_file(ctx) or add_part(ctx, draft, "words") or problem(ctx, draft, "words")
    if wrong is not None:
        draft["words"] = before
    return wrong


# -- whom it is for


def audience(ctx: UpdateContext, draft: Draft) -> Audience:
    """Whom a complete draft is for."""
    whom = draft.get("whom") or []
    return chosen(
        [each for each in draft.get("areas", []) if each != EVERYWHERE] if PLACES in whom else [],
        draft.get("roles", []) if BY_ROLE in whom else [],
        draft.get("trades", []) if BY_TRADE in whom else [],
        draft.get("reported", []) if BY_REPORT in whom else [],
        local_time(ctx.now, ctx.setup.community.zone).date(),
    )


def applies(step: Step, draft: Draft) -> bool:
    """Whether a question belongs to what was answered so far."""
    whom = draft.get("whom") or []
    needed = {"areas": PLACES, "roles": BY_ROLE, "trades": BY_TRADE, "reported": BY_REPORT}.get(step.name)
    if needed is not None:
        return needed in whom
    for language in languages():
        if step.name == other(language):
            return written_in(draft) not in (None, language)
    return True


class _Whom(Several):
    """What is to be chosen. Each is then asked, also when it was before: what was chosen is ticked."""

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        wrong = super().take_press(ctx, draft, value)
        if value == THAT_IS_ALL and wrong is None:
            draft.pop("_areas_done", None)
            for name in (BY_ROLE, BY_TRADE, BY_REPORT):
                if name in draft:
                    draft[f"_{name}"] = draft.pop(name)
        return wrong


def _whom(ctx: UpdateContext, _draft: Draft) -> list[tuple[str, str]]:
    say, community = ctx.say, ctx.setup.community
    return [
        (say.label("People in certain places"), PLACES),
        (say.label("People with certain roles"), BY_ROLE),
        *([(say.label("Certain volunteers"), BY_TRADE)] if community.trades else []),
        (say.label("Reported this month"), BY_REPORT),
    ]


# -- languages


def written_in(draft: Draft) -> str | None:
    """The language of its words, as chosen, else as their letters tell; None: they are for all."""
    picked = draft.get("language")
    if picked is not None:
        return None if picked == IN_BOTH else str(picked)
    guess = languages_of(said(draft))
    return next(iter(guess)) if len(guess) == 1 else None


def words(draft: Draft) -> list[tuple[str | None, str]]:
    """Its words by language (None: for all)."""
    main = written_in(draft)
    others = [(each, said(draft, other(each))) for each in languages() if main not in (None, each)]
    return [(main, said(draft)), *((language, text) for language, text in others if text)]


def _languages(ctx: UpdateContext) -> list[tuple[str, str]]:
    say = ctx.say
    named = [(say.label("Only in {language}", language=wording.language(say, each)), each) for each in languages()]
    return [*named, (say.label("For all, in one text"), IN_BOTH)]


def _other_label(language: str) -> Any:
    def label(ctx: UpdateContext, draft: Draft) -> str:
        name = wording.language(ctx.say, language)
        if said(draft, other(language)):
            return ctx.say.label("Change it in {language}", language=name)
        return ctx.say.label("Also write it in {language}", language=name)

    return label


def _in_other(language: str) -> NoticeWords:
    return NoticeWords(
        other(language),
        ask=lambda ctx, _draft: ctx.say(
            "Please write the whole notice in {language}.", language=wording.language(ctx.say, language)
        ),
        change=_other_label(language),
        optional=True,
    )


# -- when


def send_at(ctx: UpdateContext, draft: Draft) -> datetime | None:
    """When it is to go out; None: now."""
    kept = draft.get("time")
    return None if kept in (None, NOW) else instant(datetime.fromisoformat(kept), ctx.setup.community.zone)


def _usual(now: datetime) -> list[datetime]:
    moments = (datetime.combine(now.date() + timedelta(days=ahead), each) for ahead in range(3) for each in MORNINGS)
    return [each for each in moments if each > now + timedelta(minutes=30)]


def _moments(ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
    now, say = local_time(ctx.now, ctx.setup.community.zone), ctx.say
    found = [datetime.fromisoformat(each) for each in halves(draft)] or _usual(now)
    zone = ctx.setup.community.zone
    shown = [(say.moment(instant(each, zone), ctx.now), f"{each:%Y-%m-%d %H:%M}") for each in found[:4]]
    return [(say.label("As soon as it is sent"), NOW), *shown] if draft.get("time") else shown


def _read_moment(ctx: UpdateContext, draft: Draft, words: str) -> Any:
    if words == NOW:
        return NOW
    found = moment_to_come(ctx, draft, words)
    if isinstance(found, Wrong):
        return found
    if found > local_time(ctx.now, ctx.setup.community.zone) + FURTHEST_AHEAD:
        return Wrong(ctx.say("That is more than a year ahead. Please give a nearer day."))
    return found.isoformat()


STEPS: tuple[Step, ...] = (
    NoticeWords(
        "words",
        ask=lambda ctx, draft: (
            _write(ctx)
            if draft.get("words") and not said(draft)
            else paragraphs(
                ctx.say("What is the notice? Write it, and send photos or documents with it if you like."),
                ctx.say("Nothing is sent before you say so. You will see how it reads, and how many it reaches."),
            )
        ),
        change=lambda ctx, _draft: ctx.say.label("Write it again"),
    ),
    Choose(
        "kind",
        ask=lambda ctx, _draft: ctx.say("What kind of notice is it? People can turn kinds off."),
        change=lambda ctx, _draft: ctx.say.label("Change the kind"),
        options=lambda ctx: [(notice_words.kind(ctx.say, each), each.value) for each in NoticeKind],
    ),
    _Whom(
        "whom",
        ask=lambda ctx, draft: paragraphs(
            ctx.say("Who is it for? Tap everything that applies. For everyone, take the ticks off again.")
            if draft.get("_whom", draft.get("whom"))
            else ctx.say("Who is it for? Tap everything that applies, or “Everyone”."),
            ctx.say("If you choose several, it goes to the people who match all of them."),
        ),
        change=lambda ctx, _draft: ctx.say.label("Change whom it is for"),
        options=_whom,
        nothing=lambda ctx: ctx.say.label("Everyone"),
    ),
    SeveralPlaces(
        "areas",
        ask=lambda ctx, _draft: ctx.say("Where do they live? Tap each place, or write its name."),
        change=lambda _ctx, _draft: "",
    ),
    Several(
        "roles",
        ask=lambda ctx, _draft: ctx.say("Which roles do they have? Tap each that is meant."),
        change=lambda _ctx, _draft: "",
        options=lambda ctx, _draft: [(wording.role(ctx.say, each), each.value) for each in ROLES],
        least=1,
    ),
    Several(
        "trades",
        ask=lambda ctx, _draft: ctx.say("What do they help with? Tap each that is meant."),
        change=lambda _ctx, _draft: "",
        options=lambda ctx, _draft: [(ctx.say.words(each.name), each.code) for each in ctx.setup.community.trades],
        least=1,
    ),
    Several(
        "reported",
        ask=lambda ctx, _draft: ctx.say("What did they report or join this month? Tap each that is meant."),
        change=lambda _ctx, _draft: "",
        options=lambda ctx, _draft: [(ctx.say.words(each.name), each.code) for each in ctx.setup.community.categories],
        least=1,
    ),
    Choose(
        "language",
        ask=lambda ctx, _draft: paragraphs(
            ctx.say("In which language is it written?"),
            ctx.say(
                "Readers of another language see above it which language it is in, unless you also write it in theirs."
            ),
        ),
        change=lambda ctx, _draft: ctx.say.label("Its language"),
        options=_languages,
        optional=True,
    ),
    *(_in_other(language) for language in languages()),
    Typed(
        "time",
        ask=lambda ctx, _draft: ctx.say(
            "When should it go out? Tap a time, or write one, for example: 2 December 9:00."
        ),
        change=lambda ctx, _draft: ctx.say.label("Change when it goes out"),
        read=_read_moment,
        options=_moments,
        optional=True,
    ),
)
