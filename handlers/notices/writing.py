"""/notice: writing to many. The summary shows how it will read, how many it reaches and whom it does not."""

from domain.core.subjects import subject
from domain.notices.notices import NoticeKind
from domain.people.rights import Action, require
from handlers.kit import mailer, wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Step, Unsent
from handlers.kit.conversation.question import button
from handlers.kit.keyboards import Button
from handlers.kit.parts import belong_to, from_draft, media_line, words_in
from handlers.kit.texts import Html, Speaker, bold, languages, lines, paragraphs, quote, shorten
from handlers.kit.update_context import UpdateContext
from handlers.notices import notice_questions as questions
from handlers.notices import notice_text, notice_words
from handlers.notices.buttons import look
from services.notices import audiences
from services.notices import notices as service
from services.notices.notices import NewNotice
from services.people import quiet
from storage.core.conversations import Conversation

NAME = "notice"
SHOWN = 2400
"""So many letters of all its versions stand in the summary; the whole is shown by a button."""
SEE, MORE, LESS, URGENT, USUAL = "see", "more", "less", "urgent", "usual"
_FIRST_PAGE = ("words", "whom", "time")


def command(ctx: UpdateContext) -> None:
    """/notice, with its words behind it when there are any."""
    require(ctx.who.roles, Action.NOTICE)
    open_one = ctx.conversation
    if words_in(ctx) is None and open_one is not None and open_one.flow == NAME:
        engine.show(ctx, anew=True)
        return
    draft: Draft = {}
    wrong = questions.add(ctx, draft) if words_in(ctx) is not None else None
    conversation = engine.begin(ctx, NAME, draft, lead=wrong.text if wrong is not None else None)
    belong_to(ctx.tx, from_draft(draft.get("words", [])), subject("conversation", conversation.id))


def _new(ctx: UpdateContext, draft: Draft) -> NewNotice:
    return NewNotice(
        NoticeKind(draft["kind"]),
        questions.audience(ctx, draft),
        questions.words(draft),
        questions.files(draft),
        bool(draft.get("urgent")),
        None if draft.get("urgent") else questions.send_at(ctx, draft),
    )


# -- the summary


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft, community = ctx.say, conversation.draft, ctx.setup.community
    new = _new(ctx, draft)
    counts = audiences.counts(ctx.tx, community, new.audience, new.kind, urgent=new.urgent)
    parts = notice_text.as_parts(new.words, new.files)
    versions = notice_text.versions(parts, ctx.setup)
    room = SHOWN // max(1, len(versions))
    shown = [_as_read(reader, new, notice_text.words_of(mine), room) for reader, mine in versions]
    is_cut = any(len(notice_text.words_of(mine)) > room for _, mine in versions)
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("This is how it reads:"),
        *map(quote, shown),
        say("This is only the beginning. “Show it as they see it” sends you all of it.") if is_cut else None,
        lines(
            _files(say, new),
            _language_line(say, new, set(counts.reached)),
        ),
        lines(
            notice_words.audience(community, say, new.audience),
            notice_words.reach(community, say, new.audience, counts, urgent=new.urgent),
        ),
        _when(ctx, new),
    )


def _as_read(reader: Speaker, new: NewNotice, words: str, room: int) -> Html:
    return notice_text.text(reader, new.kind, new.urgent, shorten(words, room), None)


def _files(say: Speaker, new: NewNotice) -> Html | None:
    files = media_line(say, new.files)
    return say("Below it come: {files}.", files=files) if files else None


def _language_line(say: Speaker, new: NewNotice, read: set[str]) -> Html | None:
    """Which language it is in, and who reads that above it."""
    written = [language for language, _ in new.words]
    if None in written:
        return say("It is for all languages, as it stands.")
    names = say.listed(wording.language(say, each) for each in written if each is not None)
    line = say("It is written in: {languages}", languages=names)
    lack = [wording.language(say, each) for each in languages() if each in read and each not in written]
    if not lack:
        return line
    first = wording.language(say, written[0] or "")
    return lines(
        line,
        say(
            "Readers of {others} will see above it that it is only in {language}.",
            others=say.listed(lack),
            language=first,
        ),
    )


def _when(ctx: UpdateContext, new: NewNotice) -> Html:
    """When it goes out, and whom it finds in their quiet hours."""
    say, community = ctx.say, ctx.setup.community
    if new.urgent:
        return say("URGENT: it goes out as soon as another member of staff has said yes, at any hour.")
    at = new.send_at or ctx.now
    line = (
        say("It goes out {when}.", when=say.moment(at, ctx.now)) if new.send_at else say("It goes out straight away.")
    )
    awake = quiet.allowed_from(at, community)
    if awake <= at:
        return line
    return lines(
        line,
        say(
            "Most people have quiet hours then. They get it when these are over, mostly at {time}.",
            time=say.time(awake),
        ),
    )


def _more_buttons(ctx: UpdateContext, conversation: Conversation) -> list[Button]:
    say, draft = ctx.say, conversation.draft
    see = button(conversation, say.label("Show it as they see it"), SEE)
    if not draft.get("_more"):
        return [see, button(conversation, say.label("More"), MORE)]
    urgent = (
        button(conversation, say.label("It is not urgent"), USUAL)
        if draft.get("urgent")
        else button(conversation, say.label("It is urgent"), URGENT)
    )
    return [urgent, button(conversation, say.label("Back"), LESS)]


def _offered(step: Step, draft: Draft) -> bool:
    """At most eight buttons: what is changed most stands on the first page."""
    if step.name == "time" and draft.get("urgent"):
        return False
    return (step.name in _FIRST_PAGE) != bool(draft.get("_more"))


def _press(ctx: UpdateContext, conversation: Conversation, value: str) -> bool:
    draft = conversation.draft
    if value == SEE:
        _show_as_read(ctx, draft)
        engine.show(ctx, anew=True)
        return True
    if value in (MORE, LESS):
        draft["_more"] = value == MORE
    elif value in (URGENT, USUAL):
        draft["urgent"] = value == URGENT
        draft["_more"] = False
    else:
        return False
    engine.show(ctx)
    return True


def _show_as_read(ctx: UpdateContext, draft: Draft) -> None:
    """The very messages, each version once, to its writer."""
    new = _new(ctx, draft)
    for reader, mine in notice_text.versions(notice_text.as_parts(new.words, new.files), ctx.setup):
        ctx.send(notice_text.text(reader, new.kind, new.urgent, notice_text.words_of(mine), None))
    mailer.send_files(ctx.tx, ctx.where.id, notice_text.as_parts([], new.files))


def _send_label(ctx: UpdateContext) -> str:
    draft: Draft = ctx.conversation.draft if ctx.conversation is not None else {}
    if draft.get("urgent"):
        return ctx.say.label("Ask for a second yes")
    at = questions.send_at(ctx, draft)
    return ctx.say.label("Send it now") if at is None else ctx.say.label("Send it at that time")


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    say, new = ctx.say, _new(ctx, conversation.draft)
    number = service.write(ctx.tx, ctx.setup.community, ctx.who, new)
    if new.urgent:
        said = say(
            "Notice no. {number} is with the other staff. It goes out as soon as one of them says yes, and I will tell "
            "you.",
            number=number,
        )
    elif new.send_at is not None:
        said = say(
            "Notice no. {number} goes out {when}. Until then you can correct or withdraw it. All notices: /notices",
            number=number,
            when=say.moment(new.send_at, ctx.now),
        )
    else:
        said = say(
            "Notice no. {number} is going out. Below you see how far it is. All notices: /notices", number=number
        )
    engine.end(ctx, conversation, said, markup=look(say, number))


def _touched(ctx: UpdateContext, conversation: Conversation) -> None:
    """Another answer is shown on the first page again."""
    conversation.draft.pop("_more", None)
    drafts.touched(ctx, conversation)


FLOW = Flow(
    name=NAME,
    steps=questions.STEPS,
    finish=_finish,
    summary=_summary,
    send_label=_send_label,
    more_buttons=_more_buttons,
    press=_press,
    take_extra=questions.take_extra,
    touched=_touched,
    applies=questions.applies,
    offered=_offered,
    permitted=lambda ctx: ctx.may(Action.NOTICE),
    for_others=True,
    unsent=Unsent(
        first=lambda ctx: ctx.say("You began to write a notice and have not sent it."),
        final=lambda ctx: ctx.say(
            "You began to write a notice and have not sent it. If you do not send it, I will "
            "throw it away tomorrow morning."
        ),
        expired=lambda ctx: ctx.say(
            "This notice was never sent, and I have thrown it away. To write it after all, send /notice."
        ),
    ),
)
