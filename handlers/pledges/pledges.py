"""/pledge: one's promises, each with where it stands and what can be done with it."""

from collections.abc import Callable
from functools import partial

from domain.core.state_machine import WrongState
from domain.people.rights import Action
from domain.pledges.pledges import Asked, State
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import words_in
from handlers.kit.texts import Html, bold, lines, one_line, paragraphs, quote
from handlers.kit.update_context import UpdateContext
from handlers.pledges import checking_in, pledge_keepers, pledge_words, pledging, reminder_times
from handlers.pledges.buttons import Doing, PledgePress
from services.people import public_names
from services.pledges import pledges as service
from speech import promises
from storage.people import people
from storage.pledges import pledges, thanks
from storage.pledges.pledges import NAME, PHOTOS, Pledge, WordingState

PAGE = 4


def command(ctx: UpdateContext) -> None:
    """/pledge: the list, or at once the first question for whoever has made none; with words behind it, these."""
    words = words_in(ctx)
    if words:
        _make(ctx, {"words": one_line(words, 300)})
    elif ctx.conversation is not None and ctx.conversation.flow == pledging.NAME:
        pledging.begin(ctx)
    elif pledges.count_concerning(ctx.tx, ctx.who.id) or ctx.may(Action.RECORD):
        ctx.send(*_list(ctx, 0), purpose=checking_in.LISTED)
        engine.show_open(ctx)
    else:
        _make(ctx)


def press(ctx: UpdateContext) -> None:
    """A button of the list, or of one promise."""
    pressed = ctx.callback_data(PledgePress)
    if pressed.doing in _MENU:
        _MENU[pressed.doing](ctx, pressed.number)
        return
    pledge = service.own(ctx.tx, ctx.who, pressed.number)
    if pressed.doing in _CHANGING and pressed.version != pledge.version:
        ctx.pop_up(ctx.say_to_person.label("This has changed meanwhile. Here is how it stands now."), alert=True)
        show(ctx, pressed.number)
        return
    _ACTIONS[pressed.doing](ctx, pledge)


def show(ctx: UpdateContext, number: int) -> None:
    """Put a pledge's own card in the place of the message whose button was pressed."""
    text, markup = card(ctx, service.own(ctx.tx, ctx.who, number))
    ctx.edit_pressed(text, markup)


def card(ctx: UpdateContext, pledge: Pledge) -> tuple[Html, Markup]:
    """What its maker reads of it, and what they can do."""
    say, community = ctx.say, ctx.setup.community
    consents = pledges.consents(ctx.tx, pledge.id)
    wording = pledges.open_wording(ctx.tx, pledge.id)
    thanked = thanks.count(ctx.tx, pledge.id)
    shows = []
    if NAME in consents:
        shows.append(say.label("the name {name}", name=public_names.shown(ctx.tx, pledge.person)))
    if PHOTOS in consents:
        shows.append(say.label("photos the staff have released"))
    text = paragraphs(
        lines(
            bold(say("Promise no. {number}: {state}", number=pledge.id, state=promises.state(say, pledge.state))),
            say("A promise of {name}", name=people.by_id(ctx.tx, pledge.person).name)
            if pledge.person != ctx.who.id
            else None,
        ),
        pledge_words.described(
            say,
            community,
            pledge.words,
            pledge.plan,
            pledges.areas(ctx.tx, pledge.id),
            ctx.now,
            resting=pledge.state.rests,
        ),
        pledge_words.progress(ctx.tx, say, pledge),
        say.plural("{count} neighbour says thank you.", "{count} neighbours say thank you.", thanked)
        if thanked
        else None,
        lines(
            say("The board shows: {what}", what=say.listed(shows)) if shows else say("The board shows no name."),
            *(_asked(ctx, pledge.id, what) for what in (NAME, PHOTOS) if ctx.may(Action.RECORD)),
        ),
        lines(say("The staff ask:"), quote(wording.asked)) if wording and wording.asked else None,
        say("A change of it is with the staff. Until then the board shows it as it is here.")
        if wording and wording.state == WordingState.WAITING and pledge.state.is_public
        else None,
    )
    return text, column(*_buttons(ctx, pledge, consents))


def _asked(ctx: UpdateContext, number: int, what: str) -> Html | None:
    """For what somebody without Telegram was asked, and how; None where they said so themselves."""
    how = pledge_keepers.asked_how(ctx.tx, ctx.say, pledges.consent(ctx.tx, number, what))
    if how is None:
        return None
    return ctx.say("The name: {how}", how=how) if what == NAME else ctx.say("The photos: {how}", how=how)


def _buttons(ctx: UpdateContext, pledge: Pledge, consents: frozenset[str]) -> list[Button]:
    say, state = ctx.say, pledge.state
    may_allow = pledge.person == ctx.who.id or ctx.may(Action.RECORD)
    shown = [
        (Doing.SAY, say.label("Say what became of it"), state is State.PUBLISHED),
        (Doing.CHANGE, say.label("Change it"), state is not State.ENDED),
        (Doing.PAUSE, say.label("Pause it"), state is State.PUBLISHED),
        (Doing.RESUME, say.label("Go on with it"), state is State.PAUSED),
        (Doing.END_SURE, say.label("End it"), state is not State.ENDED),
        (Doing.HIDE_NAME, say.label("Take the name off"), NAME in consents),
        (Doing.SHOW_NAME, say.label("Show the name"), NAME not in consents and may_allow),
        (Doing.HIDE_PHOTOS, say.label("Take the photos off"), PHOTOS in consents),
        (Doing.SHOW_PHOTOS, say.label("Show photos"), PHOTOS not in consents and may_allow),
    ]
    return [
        *(Button(label, PledgePress(pledge.id, doing, pledge.version).pack()) for doing, label, can in shown if can),
        Button(say.label("Back to my promises"), PledgePress(0, Doing.LIST).pack()),
    ]


def _list(ctx: UpdateContext, page: int) -> tuple[Html, Markup]:
    say = ctx.say
    count = pledges.count_concerning(ctx.tx, ctx.who.id)
    pages = max(1, -(-count // PAGE))
    page %= pages
    entries, buttons = [], []
    for pledge in pledges.concerning(ctx.tx, ctx.who.id, PAGE, page * PAGE):
        state = promises.state(say, pledge.state)
        entries.append(say("No. {number} ({state}): {words}", number=pledge.id, state=bold(state),
                           words=pledge_words.own_words(pledge)))  # fmt: skip
        buttons.append(Button(pledge_words.short(say, pledge), PledgePress(pledge.id, Doing.OPEN).pack()))
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(Button(label, PledgePress(page + 1, Doing.LIST).pack()))
    if ctx.may(Action.PLEDGE):
        buttons.append(Button(say.label("Make a promise"), PledgePress(0, Doing.MAKE).pack()))
    if ctx.may(Action.RECORD):
        buttons.append(Button(say.label("For one without Telegram"), PledgePress(0, Doing.RECORD).pack()))
    buttons.append(Button(say.label("When I remind you"), PledgePress(0, Doing.TIMES).pack()))
    head = say.plural("You look after {count} promise:", "You look after {count} promises:", count)
    if not count:
        head = say("You look after no promise yet.")
    return paragraphs(bold(head), lines(*entries), say("Tap one to see it.") if count else None), column(*buttons)


# -- what the buttons do


def _make(ctx: UpdateContext, draft: dict[str, object] | None = None) -> None:
    if not ctx.may(Action.PLEDGE):
        ctx.send(paragraphs(say_who_may(ctx), ctx.say("Everybody can look at the promises and say thank you: /board")))
        return
    pledging.begin(ctx, draft)


def say_who_may(ctx: UpdateContext) -> Html:
    """Who makes promises, for those who may not."""
    return ctx.say(
        "Public promises are made by those who have been asked to: party members, volunteers, representatives. If you "
        "would like to make one, tell the staff: just write it here."
    )


def _record(ctx: UpdateContext, _page: int) -> None:
    if not ctx.may(Action.RECORD):
        raise InvalidCallbackData
    pledging.begin(ctx, {"_recording": True})


def _open(ctx: UpdateContext, pledge: Pledge) -> None:
    show(ctx, pledge.id)


def _say(ctx: UpdateContext, pledge: Pledge) -> None:
    checking_in.ask(ctx, pledge)


def _change(ctx: UpdateContext, pledge: Pledge) -> None:
    if pledge.state is State.ENDED:
        raise WrongState(pledge.state)
    wording = pledges.open_wording(ctx.tx, pledge.id)
    if wording is not None:
        draft = pledging.draft_of(wording.words, wording.plan, wording.areas)
    else:
        draft = pledging.draft_of(pledge.words, pledge.plan, pledges.areas(ctx.tx, pledge.id))
    engine.begin(ctx, pledging.NAME, {**draft, "_pledge": pledge.id})


def _pause(ctx: UpdateContext, pledge: Pledge) -> None:
    service.pause(ctx.tx, ctx.who, pledge.id)
    ctx.pop_up(ctx.say_to_person.label("Paused. Nothing is due until you go on."))
    show(ctx, pledge.id)


def _resume(ctx: UpdateContext, pledge: Pledge) -> None:
    service.resume(ctx.tx, ctx.setup.community, ctx.who, pledge.id)
    ctx.pop_up(ctx.say_to_person.label("It is due again from now on."))
    show(ctx, pledge.id)


def _end(ctx: UpdateContext, pledge: Pledge) -> None:
    say = ctx.say
    ctx.edit_pressed(
        paragraphs(
            bold(say("End promise no. {number}?", number=pledge.id)),
            say("Then it is not due any more. What became of it until now stays on the board."),
        ),
        column(
            Button(say.label("Yes, end it"), PledgePress(pledge.id, Doing.END, pledge.version).pack()),
            Button(say.label("No, go on"), PledgePress(pledge.id, Doing.OPEN, pledge.version).pack()),
        ),
    )


def _ended(ctx: UpdateContext, pledge: Pledge) -> None:
    service.end(ctx.tx, ctx.who, pledge.id)
    ctx.pop_up(ctx.say_to_person.label("It is ended. Thank you for keeping it."))
    show(ctx, pledge.id)


def _consent(ctx: UpdateContext, pledge: Pledge, what: str, given: bool, asked: Asked | None = None) -> None:
    try:
        service.consent(ctx.tx, ctx.who, pledge.id, what, given=given, asked=asked)
    except service.NotAsked:
        ctx.edit_pressed(*pledge_keepers.ask_how(ctx, pledge, what))
        return
    say = ctx.say_to_person
    ctx.pop_up(say.label("The board may show it.") if given else say.label("It is off the board from this moment."))
    show(ctx, pledge.id)


_MENU: dict[Doing, Callable[[UpdateContext, int], None]] = {
    Doing.LIST: lambda ctx, page: ctx.edit_pressed(*_list(ctx, page)),
    Doing.MAKE: lambda ctx, _page: _make(ctx),
    Doing.RECORD: _record,
    Doing.TIMES: lambda ctx, _page: reminder_times.show(ctx),
}
_ACTIONS: dict[Doing, Callable[[UpdateContext, Pledge], None]] = {
    Doing.OPEN: _open,
    Doing.SAY: _say,
    Doing.CHANGE: _change,
    Doing.PAUSE: _pause,
    Doing.RESUME: _resume,
    Doing.END_SURE: _end,
    Doing.END: _ended,
    Doing.SHOW_NAME: lambda ctx, pledge: _consent(ctx, pledge, NAME, True),
    Doing.HIDE_NAME: lambda ctx, pledge: _consent(ctx, pledge, NAME, False),
    Doing.SHOW_PHOTOS: lambda ctx, pledge: _consent(ctx, pledge, PHOTOS, True),
    Doing.HIDE_PHOTOS: lambda ctx, pledge: _consent(ctx, pledge, PHOTOS, False),
    **{
        Doing(f"{what}-{asked}"): partial(
            lambda ctx, pledge, what, asked: _consent(ctx, pledge, what, True, asked), what=what, asked=asked
        )
        for what in (NAME, PHOTOS)
        for asked in Asked
    },
}
_CHANGING = frozenset({Doing.PAUSE, Doing.RESUME, Doing.END})
