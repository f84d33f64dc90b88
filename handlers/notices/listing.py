"""/notices: all of them, the newest first; and one of them, with what can still be done with it."""

from domain.broadcasts.broadcasts import State
from domain.core.parts import PartKind
from domain.notices.notices import NOTICES, Move, NoticeState
from domain.people.rights import Action, require
from handlers.broadcasts import progress
from handlers.kit import mailer, wording
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import UpdateContext
from handlers.notices import confirming, correcting, notice_text, notice_words, sending_alone
from handlers.notices.buttons import FOR_ALL, CorrectPress, Doing, NoticePress, button
from services.broadcasts import broadcasting
from services.core.errors import NotFound
from services.notices import notices as service
from storage.core.messages import Purpose
from storage.notices import notices
from storage.notices.notices import Notice
from storage.people import people

PAGE = 6
SHOWN = 1500


def command(ctx: UpdateContext) -> None:
    """/notices in private."""
    require(ctx.who.roles, Action.NOTICE)
    ctx.send(*_list(ctx, 0), purpose=Purpose.LIST)
    engine.show_open(ctx)


def press(ctx: UpdateContext) -> None:
    """A button of the list, of one notice, or of a card that asks for a second yes."""
    pressed = ctx.callback_data(NoticePress)
    require(ctx.who.roles, Action.NOTICE)
    number, doing = pressed.notice, pressed.doing
    if doing in (Doing.YES, Doing.NO):
        confirming.press(ctx, number, doing)
    elif doing is Doing.ALONE:
        sending_alone.press(ctx, number)
    elif doing is Doing.LIST:
        ctx.edit_pressed(*_list(ctx, number))
    elif doing is Doing.SHOW:
        _show_as_read(ctx, service.get(ctx.tx, number))
    elif doing is Doing.LOOK:
        ctx.send(*_one(ctx, service.get(ctx.tx, number)), purpose=Purpose.LIST)
    elif doing is Doing.WITHDRAW:
        ctx.edit_pressed(*_sure(ctx, service.get(ctx.tx, number)))
    else:
        _do(ctx, service.get(ctx.tx, number), doing)
        ctx.edit_pressed(*_one(ctx, service.get(ctx.tx, number)))


def _do(ctx: UpdateContext, notice: Notice, doing: Doing) -> None:
    if doing is Doing.WITHDRAW_IT:
        service.withdraw(ctx.tx, ctx.who, notice.id)
    elif doing is Doing.STOP:
        broadcasting.stop(ctx.tx, ctx.who, service.broadcast_of(notice), service.may_steer)
    elif doing is Doing.GO_ON:
        broadcasting.go_on(ctx.tx, ctx.who, service.broadcast_of(notice), service.may_steer)


def press_correct(ctx: UpdateContext) -> None:
    """Its words in one language are to be corrected."""
    pressed = ctx.callback_data(CorrectPress)
    require(ctx.who.roles, Action.NOTICE)
    notice = service.get(ctx.tx, pressed.notice)
    language = None if pressed.language == FOR_ALL else pressed.language
    if language not in _written_in(ctx, notice):
        raise NotFound
    correcting.begin(ctx, notice.id, language)


# -- the list


def _list(ctx: UpdateContext, page: int) -> tuple[Html, Markup | None]:
    say, count = ctx.say, notices.count(ctx.tx)
    if not count:
        return say("There are no notices yet. To write one: /notice"), None
    pages = -(-count // PAGE)
    page %= pages
    shown = notices.newest(ctx.tx, PAGE, page * PAGE)
    buttons = [
        button(
            say.label("No. {number}: {words}", number=each.id, words=notice_text.gist(ctx.tx, say, each, 18)),
            each.id,
            Doing.OPEN,
        )
        for each in shown
    ]
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(button(label, page + 1, Doing.LIST))
    text = paragraphs(bold(say("Notices")), *(_entry(ctx, each) for each in shown), say("To write a new one: /notice"))
    return text, column(*buttons)


def _entry(ctx: UpdateContext, notice: Notice) -> Html:
    say = ctx.say
    return lines(
        say(
            "No. {number} ({state}): {words}",
            number=notice.id,
            state=bold(_state(ctx, notice)),
            words=notice_text.gist(ctx.tx, say, notice),
        ),
        _how_far(ctx, notice),
    )


def _state(ctx: UpdateContext, notice: Notice) -> str:
    broadcast = service.broadcast(ctx.tx, notice)
    if notice.state is NoticeState.SENDING and broadcast.state is State.STOPPED:
        return ctx.say.label("STOPPED")
    return notice_words.state(ctx.say, notice.state)


def _how_far(ctx: UpdateContext, notice: Notice) -> Html | None:
    """When it goes out, or how many have it."""
    say = ctx.say
    if notice.state is NoticeState.PLANNED and notice.send_at is not None:
        return say("It goes out {when}.", when=say.moment(notice.send_at, ctx.now))
    if notice.state not in (NoticeState.SENDING, NoticeState.SENT):
        return None
    counts = broadcasting.counts(ctx.tx, service.broadcast_of(notice))
    answers = notices.answers(ctx.tx, notice.id)
    counting = service.broadcast(ctx.tx, notice).gathered_to is not None
    return lines(
        say("{sent} have it so far. I am still counting whom it is for.", sent=counts.sent)
        if counting
        else progress.have_it(say, counts),
        say.plural("{count} answer to it became a report.", "{count} answers to it became reports.", answers)
        if answers
        else None,
    )


# -- one of them


def _one(ctx: UpdateContext, notice: Notice) -> tuple[Html, Markup]:
    say, community = ctx.say, ctx.setup.community
    parts = service.parts(ctx.tx, notice)
    versions = notice_text.versions(parts, ctx.setup)
    room = SHOWN // max(1, len(versions))
    text = paragraphs(
        bold(say("Notice no. {number}: {state}", number=notice.id, state=_state(ctx, notice))),
        *(quote(shorten(notice_text.words_of(mine), room)) for _, mine in versions),
        lines(
            say(
                "Written by {name} · {kind}",
                name=people.by_id(ctx.tx, notice.by).name,
                kind=notice_words.kind(say, notice.kind),
            ),
            say("URGENT") if notice.urgent else None,
            notice_words.audience(community, say, notice.audience),
            _how_far(ctx, notice),
            say("{name} said yes to it.", name=people.by_id(ctx.tx, notice.confirmed_by).name)
            if notice.confirmed_by is not None
            else None,
            lines(say("It was sent without a second yes, because:"), quote(notice.alone_reason))
            if notice.alone_reason
            else None,
        ),
    )
    return text, column(*_buttons(ctx, notice))


def _buttons(ctx: UpdateContext, notice: Notice) -> list[Button]:
    say = ctx.say
    found = [button(say.label("Show it as they see it"), notice.id, Doing.SHOW)]
    broadcast = service.broadcast(ctx.tx, notice)
    if broadcast.state is State.SENDING:
        found.append(button(say.label("Stop"), notice.id, Doing.STOP))
    if broadcast.state is State.STOPPED:
        found.append(button(say.label("Go on"), notice.id, Doing.GO_ON))
    if notice.state in service.CORRECTABLE and broadcast.is_listed:
        found += [_correct(ctx, notice, language) for language in _written_in(ctx, notice)]
    if NOTICES.allows(notice.state, Move.WITHDRAW) and broadcast.is_listed:
        found.append(button(_withdraw_label(ctx, notice), notice.id, Doing.WITHDRAW))
    return [*found, button(say.label("All notices"), 0, Doing.LIST)]


def _written_in(ctx: UpdateContext, notice: Notice) -> list[str | None]:
    """The languages its words are in, each once; None: for all."""
    parts = service.parts(ctx.tx, notice)
    return list(dict.fromkeys(part.language for part in parts if part.kind == PartKind.TEXT))


def _correct(ctx: UpdateContext, notice: Notice, language: str | None) -> Button:
    say = ctx.say
    if language is None or len(_written_in(ctx, notice)) == 1:
        label = say.label("Correct the words")
    else:
        label = say.label("Correct it in {language}", language=wording.language(say, language))
    return Button(label, CorrectPress(notice.id, language or FOR_ALL).pack())


def _withdraw_label(ctx: UpdateContext, notice: Notice) -> str:
    if notice.state in (NoticeState.PLANNED, NoticeState.AWAITING):
        return ctx.say.label("Do not send it")
    return ctx.say.label("Withdraw it")


def _sure(ctx: UpdateContext, notice: Notice) -> tuple[Html, Markup]:
    """Asked once: what was delivered is deleted."""
    say = ctx.say
    goes = notice.state in (NoticeState.PLANNED, NoticeState.AWAITING)
    text = paragraphs(
        bold(say("Withdraw notice no. {number}?", number=notice.id)),
        quote(notice_text.gist(ctx.tx, say, notice, 300)),
        say("It will not be sent to anyone.")
        if goes
        else say("Nobody else will get it, and I will delete it where it has arrived. Some have read it already."),
    )
    return text, column(
        button(say.label("Yes, withdraw it"), notice.id, Doing.WITHDRAW_IT),
        button(say.label("No, leave it"), notice.id, Doing.OPEN),
    )


def _show_as_read(ctx: UpdateContext, notice: Notice) -> None:
    """The very messages, each version once, where they were asked for."""
    parts = service.parts(ctx.tx, notice)
    for reader, mine in notice_text.versions(parts, ctx.setup):
        ctx.send(notice_text.text(reader, notice.kind, notice.urgent, notice_text.words_of(mine), None))
    if ctx.where.is_private:  # in the group they stand below the card
        mailer.send_files(ctx.tx, ctx.where.id, parts)
