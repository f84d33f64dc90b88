"""The status card of a report: what those who spoke about it read. Kept true by editing."""

from collections.abc import Sequence
from enum import StrEnum

from domain.core.subjects import subject
from domain.events import ReportSubmitted
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import WORKABLE, Relation, State
from handlers.kit import mailer, wording
from handlers.kit.callback_data import CallbackData
from handlers.kit.keyboards import Button, column
from handlers.kit.mailer import Private
from handlers.kit.parts import media_line, words_of
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, staff_have_it
from services.reports import dangers, declining, reopen_window
from storage.core import events, messages
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.people import people
from storage.reports import reports
from storage.reports.reports import Part, Report

RESIDENT_WORDS = 700
CARDS = 20  # of one person's open reports, kept in step when their language changes


class Mine(StrEnum):
    """What the buttons of /my and of a status card say."""

    PAGE = "page"
    OPEN = "open"
    REPAIRS = "repairs"  # a page of one's repairs
    REPAIR = "repair"
    BACK = "back"  # takes it back
    AGAIN = "again"  # what is closed is broken again
    LIVES = "lives"  # what one has to do with the place; the same words as `Relation`
    WORKS = "works"
    PASSING = "passing"
    UNSAID = "unsaid"
    RELATION = "relation"  # asks that anew
    CARD = "card"  # leaves it as it is


class MinePress(CallbackData, prefix="m"):
    """`number` is a report, a repair, or a page of one of the lists."""

    number: int
    mine: Mine

    @property
    def report(self) -> int | None:
        """The report it is about, unless it is about something else."""
        return None if self.mine in _OF_NO_REPORT else self.number


_OF_NO_REPORT = frozenset({Mine.PAGE, Mine.REPAIRS, Mine.REPAIR})


def refresh_status(
    tx: Transaction, setup: Setup, report: Report, person: int | None = None, *, asking: bool = False
) -> None:
    """The card of its reporter, or of another `person` who joined it; made when there is none.

    A person without Telegram has none. With `asking` its buttons ask what they have to do with the place.
    """
    person = person or report.person
    to = mailer.private(tx, setup, person)
    if to is not None:
        write_status(tx, setup, report, person, to, asking=asking)


def write_status(
    tx: Transaction, setup: Setup, report: Report, person: int, to: Private, *, asking: bool = False
) -> None:
    """As `refresh_status`, where the person's chat has been looked up already."""
    about = subject("report", report.id)
    card = messages.newest_card_in(tx, about, CardRole.STATUS, to.chat.id)
    number = card["id"] if card else messages.new_card(tx, to.chat.id, about, CardRole.STATUS)
    _write(tx, setup, to.say, report, to.chat.id, number, person, asking=asking)


def language_chosen(ctx: UpdateContext) -> None:
    """The cards of a person's open reports are in the language they have chosen."""
    for report in reports.open_of_person(ctx.tx, ctx.who.id, CARDS):
        refresh_status(ctx.tx, ctx.setup, report, ctx.who.id)


def write_left(tx: Transaction, setup: Setup, report: Report, person: int) -> None:
    """The last words on the card of somebody who has taken it back while it stays open for others."""
    to, about = mailer.private(tx, setup, person), subject("report", report.id)
    card = messages.newest_card_in(tx, about, CardRole.STATUS, to.chat.id) if to else None
    if to is None or card is None:
        return
    state = describe.state_for_resident(to.say, State.WITHDRAWN)
    text = paragraphs(
        bold(to.say("No. {number}: {state}", number=report.id, state=state)),
        to.say("You took it back. It stays open for the others who have the same trouble; you hear no more of it."),
    )
    mailer.card(tx, to.chat.id, card["id"], text, subject=about, purpose=Purpose.STATUS)


def show_status_below(
    tx: Transaction, setup: Setup, report: Report, chat: int, person: int, lane: Lane = Lane.INTERACTIVE
) -> None:
    """Put a new status card at the bottom of a person's chat; it is the one kept true from now on."""
    say, about = setup.speaker(people.by_id(tx, person).language), subject("report", report.id)
    earlier = messages.newest_card_in(tx, about, CardRole.STATUS, chat)
    if earlier is not None:
        moved = say("No. {number}: where it stands is further down in this chat.", number=report.id)
        mailer.card(tx, chat, earlier["id"], moved, subject=about, purpose=Purpose.STATUS)
    number = messages.new_card(tx, chat, about, CardRole.STATUS)
    _write(tx, setup, say, report, chat, number, person, lane=lane)


def _write(
    tx: Transaction,
    setup: Setup,
    say: Speaker,
    report: Report,
    chat: int,
    card: int,
    person: int,
    *,
    asking: bool = False,
    lane: Lane = Lane.INTERACTIVE,
) -> None:
    added = [each for each in setup.features.status_card if each.shown(setup)]
    text = paragraphs(
        status_text(tx, setup, say, report, person), *(each.words(tx, say, report, person) for each in added)
    )
    again = _broken_again(tx, setup, say, report, person)
    buttons = [again] if again is not None else _buttons(say, report, person, asking)
    buttons += [button for each in added for button in each.buttons(tx, say, report, person)]
    markup, about = column(*buttons) if buttons else None, subject("report", report.id)
    mailer.card(tx, chat, card, text, markup, subject=about, purpose=Purpose.STATUS, lane=lane)


def _broken_again(tx: Transaction, setup: Setup, say: Speaker, report: Report, person: int) -> Button | None:
    """The way back for what is closed, as long as there is one and it was not gone."""
    main = reports.main_of(tx, report)
    if not reopen_window.can_be(tx, setup.community, main) or reopen_window.going_on(tx, main, person) is not None:
        return None
    suggestion = describe.is_suggestion(setup.community, main)
    label = say.label("I was not really answered") if suggestion else say.label("It is broken again")
    return Button(label, MinePress(report.id, Mine.AGAIN).pack())


def _buttons(say: Speaker, report: Report, person: int, asking: bool) -> list[Button]:
    """What one may say of oneself, as long as nobody has taken it on; and the way back."""
    if report.state not in WORKABLE | {State.MERGED}:
        return []
    if report.person != person:
        return [Button(say.label("I no longer have this trouble"), MinePress(report.id, Mine.BACK).pack())]
    found = []
    if asking or (report.relation is None and _asks_relation(report)):
        found = [
            Button(describe.relation_in_own_words(say, each), MinePress(report.id, Mine(each.value)).pack())
            for each in Relation
            if each != report.relation
        ]
        if report.relation is not None:
            unsaid = Button(say.label("I would rather not say"), MinePress(report.id, Mine.UNSAID).pack())
            return [*found, unsaid, Button(say.label("Back"), MinePress(report.id, Mine.CARD).pack())]
    elif report.relation is not None and _asks_relation(report):
        words = describe.relation_in_own_words(say, Relation(report.relation))
        found = [Button(say.label("Change “{words}”", words=words), MinePress(report.id, Mine.RELATION).pack())]
    return [*found, Button(say.label("Take back my report"), MinePress(report.id, Mine.BACK).pack())]


def _asks_relation(report: Report) -> bool:
    return report.state is State.NEW and report.danger is None


def status_text(tx: Transaction, setup: Setup, say: Speaker, report: Report, person: int) -> Html:
    """What its reporter or one who joined reads: number, state, their own words, what happens next and by when.

    What one resident wrote is shown to no other: one who joined reads the line staff wrote, and their own words.
    """
    community = setup.community
    main = reports.main_of(tx, report)
    said = reports.parts(tx, report.id)
    own_report = describe.wrote(report, person, said)
    mine = "report" if own_report else "support"
    parts = [part for part in said if part.purpose == mine and part.person == person]
    words = words_of(parts)
    typed, point = (report.place, report.latitude) if own_report else (None, None)
    placed = bool(report.area or typed or point is not None)
    where = wording.place(community, say, report.area, typed, point)
    return paragraphs(
        lines(
            bold(
                say(
                    "No. {number}: {state}",
                    number=report.id,
                    state=describe.stands_for_resident(community, say, report, main),
                )
            ),
            bold(report.title) if report.title and not own_report and not report.about_person else None,
            quote(shorten(words, RESIDENT_WORDS)) if words else None,
            media_line(say, parts),
            say("We understood: “{words}”", words=report.heard) if report.heard and own_report else None,
            say("Kind: {kind}", kind=describe.kind(community, say, report.category)) if report.category else None,
            say("Place: {place}", place=where) if placed else None,
            say("About you: {words}", words=describe.relation_in_own_words(say, Relation(report.relation)))
            if report.relation and report.person == person
            else None,
        ),
        staff_have_it.danger_line(tx, setup, say, main) if report.danger else None,
        *(_where(tx, setup, say, report, person, placed) if report.danger and main.state.is_open else ()),
        say(
            "It is about the same thing as report no. {number}, so it stands where that one stands. You hear what "
            "becomes of it.",
            number=main.id,
        )
        if main.id != report.id
        else None,
        say("You have joined this report: your words are with it.") if not own_report and main.state.is_open else None,
        say("It continues report no. {number}, which was reopened twice.", number=report.follows)
        if report.follows is not None
        else None,
        *_what_next(tx, setup, say, main, person),
        say("To add something or to ask, hold your finger on this message and tap “Reply”.")
        if main.state.is_open
        else None,
        say("If you like, tap what fits you: it helps the staff. You can leave it.")
        if report.person == person and report.relation is None and _asks_relation(report)
        else None,
        _back_at(tx, setup, say, report, parts),
    )


def _back_at(tx: Transaction, setup: Setup, say: Speaker, report: Report, said: Sequence[Part]) -> Html | None:
    """Whether they spoke outside working hours, and when we are back. The card is written anew at other hours, and
    under other settings: it goes on saying what was so when they spoke, until we are back."""
    if report.state is not State.NEW:
        return None
    hours = setup.community.hours
    spoken_at = said[0].created_at if said else report.created_at
    opens = None if hours.is_open(spoken_at) else hours.next_open(spoken_at)
    submitted = events.newest_noted(tx, ReportSubmitted.KIND, subject("report", report.id))
    if submitted is not None and "opens" in submitted[1] and all(part.purpose == PartPurpose.REPORT for part in said):
        opens = from_text_or_none(submitted[1]["opens"])
    return wording.back(setup.community, say, opens, tx.now) if opens is not None and tx.now < opens else None


def _what_next(tx: Transaction, setup: Setup, say: Speaker, main: Report, person: int) -> list[Html | None]:
    later = reopen_window.going_on(tx, main, person)
    if later is None:
        return [_next(tx, setup, say, main), _until_when(tx, setup, say, main)]
    if describe.is_suggestion(setup.community, main):
        return [say("You were not really answered: it goes on as report no. {number}.", number=later.id)]
    return [say("It is broken again: it goes on as report no. {number}.", number=later.id)]


def _until_when(tx: Transaction, setup: Setup, say: Speaker, main: Report) -> Html | None:
    last = reopen_window.until(setup.community, main)
    if last is None or last <= tx.now:
        return None
    if describe.is_suggestion(setup.community, main):
        return say("If you were not really answered, tap the button below, until {day}.", day=say.day(last, tx.now))
    return say("If it is broken again, tap the button below, until {day}.", day=say.day(last, tx.now))


def _where(tx: Transaction, setup: Setup, say: Speaker, report: Report, person: int, placed: bool) -> list[Html | None]:
    """Where is it? While they are asked, what they write without a reply is the answer (said_afterwards.py)."""
    missing = dangers.missing_part(tx, setup.community, report) if report.person == person else None
    if placed and missing is None:
        return []
    wrong = wording.no_such_part(setup.community, say, report.area, missing)
    if dangers.awaiting_place_of(tx, person, report.id) is not None:
        return [
            wrong,
            say(
                "Please say where it is: building and stairwell. Just write it here. Later, hold your "
                "finger on this message and tap “Reply”."
            ),
        ]
    return [
        wrong,
        say("Please say where it is: building and stairwell. Hold your finger on this message and tap “Reply”."),
    ]


def _next(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html | None:
    suggestion = describe.is_suggestion(setup.community, report)
    match report.state:
        case State.NEW:
            if staff_have_it.is_given_up(tx, report):
                return None
            what = staff_have_it.unread_line(tx, say, report) or say(
                "What happens next: the staff read it and write to you here."
            )
        case State.TAKEN:
            what = say("What happens next: you hear from us here as soon as something happens.")
        case State.STARTED if suggestion:
            what = say("What happens next: when there is an answer, you read it here.")
        case State.STARTED:
            what = say("What happens next: when it is done, we ask you here whether it is fixed.")
        case State.HANDED_ON:
            with_whom = describe.handed_on(setup.community, say, report, tx.now)
            # Our own deadline does not count while it is with somebody else.
            return lines(with_whom, say("What happens next: we ask them again, and write to you here."))
        case State.REOPENED if declining.waits(tx, report):
            return say(
                "Somebody did not agree that it will not be done. Somebody who leads the staff looks at both "
                "sides, and you hear here what they decide."
            )
        case State.REOPENED if suggestion:
            what = say("It is not answered yet. The staff are looking at it again.")
        case State.REOPENED:
            what = say("It is not fixed. The staff are looking at it again.")
        case _:
            return _closing(say, report.state, suggestion)
    if report.due_at is None or report.danger is not None:
        return what  # a date some days ahead is no answer to danger
    if report.due_at < tx.now:
        return lines(
            what, say("We promised it by {when}. That has passed; we are sorry.", when=say.day(report.due_at, tx.now))
        )
    return lines(what, say("We mean to have it done by {when}.", when=say.day(report.due_at, tx.now)))


def _closing(say: Speaker, state: State, suggestion: bool) -> Html:
    match state:
        case State.RESOLVED if suggestion:
            return say("The staff have answered. It is closed only when you say that you were answered.")
        case State.UNANSWERED if suggestion:
            return say("We asked whether you were answered and heard nothing, so it is closed.")
        case State.RESOLVED:
            return say("The staff say it is fixed. It is closed only when you say so.")
        case State.CONFIRMED:
            return say("Thank you for saying so.")
        case State.UNANSWERED:
            return say("We asked whether it is fixed and heard nothing, so it is closed.")
        case State.CLOSED:
            return say("It is closed.")
        case State.DECLINED:
            return say("The staff will not do this; their message says why.")
        case State.WITHDRAWN:
            return say(
                "You took it back. If that was a mistake, hold your finger on this message, tap “Reply” and say "
                "so: the staff can open it again."
            )
        case _:
            return say("You took it back.")
