"""/history in private: all that happened to a report, who did it and when, page by page; its photos, and words that are
too long for the page, on a button each.

Never who reported it: that is behind "Who?", and that somebody asked is on record.
"""

from enum import StrEnum
from typing import Annotated

from domain import events as happened
from domain.core.parts import PartKind
from domain.core.subjects import subject, written_number
from domain.people.rights import Action, require
from domain.reports.part_purposes import PartPurpose
from handlers.kit import mailer, wording
from handlers.kit.callback_data import BEHIND, CallbackData, number_in
from handlers.kit.conversation.engine import engine
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.parts import media_line, quoted, quoted_on, words_of
from handlers.kit.staff_action import Sentence
from handlers.kit.texts import Html, Speaker, bold, clean, lines, one_line, paragraphs, quote
from handlers.kit.update_context import UpdateContext
from handlers.reports import describe
from handlers.reports.staff.buttons import NotePress, OfNote
from handlers.reports.staff_card import card_link
from services.core.errors import NotFound
from services.reports import access
from services.reports.answering import newest
from storage.core import events
from storage.core.events import Recorded
from storage.core.messages import Purpose
from storage.people import people
from storage.reports import reports
from storage.reports.reports import NewPart, Part, Report

PREFIX = "v"
PAGE = 8
QUOTED = 250
QUOTED_LATELY = 120
MEDIA = 20


class Wanted(StrEnum):
    """What the history has buttons for; the others are numbers of pages."""

    WORDS = "words"
    MEDIA = "media"
    ANSWER = "answer"


class HistoryPress(CallbackData, prefix="vh"):
    """`page` is the one whose words are wanted, all of them."""

    report: int
    what: int | Wanted
    page: Annotated[int | None, BEHIND] = None


SENTENCES: dict[type[happened.Event], Sentence] = {
    happened.ReportSubmitted: lambda say, who: say("{who} reported it.", who=who),
    happened.ReportUnheard: lambda say, who: say("It had not reached the staff group in time."),
    happened.ReportReachedStaff: lambda say, who: say("It reached the staff group."),
    happened.ReportTaken: lambda say, who: say("{who} took it.", who=who),
    happened.ReportStarted: lambda say, who: say("{who} began the work.", who=who),
    happened.ReportTitled: lambda say, who: say("{who} gave it a title.", who=who),
    happened.ReportHeard: lambda say, who: say("{who} wrote what was heard.", who=who),
    happened.ReportHeardDrafted: lambda say, who: say("A program wrote what it heard."),
    happened.ReportHeardConfirmed: lambda say, who: say("{who} said whether it was heard right.", who=who),
    happened.ReportCompleted: lambda say, who: say("{who} set kind or place.", who=who),
    happened.ReportPlaceChanged: lambda say, who: say("{who} changed the place. Before:", who=who),
    happened.ReportReworded: lambda say, who: say("{who} changed what they wrote. Before:", who=who),
    happened.ReportAdded: lambda say, who: say("{who} wrote more.", who=who),
    happened.ReportDangerWordsOff: lambda say, who: say(
        "{who} said that some words were about something else.", who=who
    ),
    happened.ReportDangerAnswered: lambda say, who: say("{who} answered whether somebody is in danger.", who=who),
    happened.ReportNoted: lambda say, who: say("{who} left a note for staff.", who=who),
    happened.ReportAnswered: lambda say, who: say("{who} answered.", who=who),
    happened.ReportAnswerChanged: lambda say, who: say("{who} changed what was answered. Before:", who=who),
    happened.ReportAnswerTakenBack: lambda say, who: say("{who} took the answer back:", who=who),
    happened.ReportProofChanged: lambda say, who: say(
        "{who} changed what was said when it was fixed. Before:", who=who
    ),
    happened.ReportNoteChanged: lambda say, who: say("{who} changed a note for staff. Before:", who=who),
    happened.ReportAlbumWentOn: lambda say, who: say("{who} sent another photo with it.", who=who),
    happened.ReportResolved: lambda say, who: say("{who} said that it is fixed.", who=who),
    happened.ReportConfirmed: lambda say, who: say("{who} agreed that it is fixed.", who=who),
    happened.ReportReopened: lambda say, who: say("{who} said that it is not fixed.", who=who),
    happened.ReportFollowed: lambda say, who: say(
        "{who} said that it is broken again; it continues as a new report.", who=who
    ),
    happened.ReportDueSoon: lambda say, who: say("Its day was near; whoever is in charge was told."),
    happened.ReportOverdue: lambda say, who: say("Its day passed."),
    happened.ReportOverdueTold: lambda say, who: say("Staff were told that its day has passed."),
    happened.ReportSentToDepartment: lambda say, who: say("{who} gave it to another department.", who=who),
    happened.ReportHandedBack: lambda say, who: say("Who was in charge left the team; nobody had taken it any more."),
    happened.ReportAsked: lambda say, who: say("{who} asked the resident.", who=who),
    happened.ReportDeadlineMoved: lambda say, who: say("{who} moved its day.", who=who),
    happened.ReportOpenedAgain: lambda say, who: say("{who} opened it again.", who=who),
    happened.ReportHandedOn: lambda say, who: say("{who} handed it on.", who=who),
    happened.ReportAskAgainDue: lambda say, who: say("Staff were reminded to ask again."),
    happened.ReportAskedAgain: lambda say, who: say("{who} asked again.", who=who),
    happened.ReportAnotherYes: lambda say, who: say("{who} agreed that it is fixed.", who=who),
    happened.ReportAnotherNo: lambda say, who: say("{who} said that it is not fixed.", who=who),
    happened.ReportEscalated: lambda say, who: say("It was not fixed again; the leads were told."),
    happened.ReportVerdictsAwaited: lambda say, who: say(
        "Those who had not answered were asked again whether it is fixed."
    ),
    happened.ReportLapsed: lambda say, who: say("Nobody said whether it is fixed; it was closed."),
    happened.ReportHandlingJudged: lambda say, who: say("{who} said whether they are content with it.", who=who),
    happened.ReportJoined: lambda say, who: say("{who} has the same trouble.", who=who),
    happened.ReportDeclined: lambda say, who: say("{who} declined it.", who=who),
    happened.ReportObjected: lambda say, who: say("{who} did not agree that it is declined.", who=who),
    happened.ReportAnotherObjection: lambda say, who: say("{who} did not agree that it is declined.", who=who),
    happened.ReportObjectionJudged: lambda say, who: say("{who} looked at both sides and decided.", who=who),
    happened.ReportRecorded: lambda say, who: say("{who} wrote it down for them.", who=who),
    happened.ReportRungBack: lambda say, who: say("{who} rang them back.", who=who),
    happened.ReportMerged: lambda say, who: say("{who} said that it is the same as another.", who=who),
    happened.ReportTakenIn: lambda say, who: say("{who} made another one part of it.", who=who),
    happened.ReportTakenOut: lambda say, who: say("{who} took it out of another one again.", who=who),
    happened.ReportLetGo: lambda say, who: say("{who} took another one out of it again.", who=who),
    happened.ReporterBlocked: lambda say, who: say("{who} blocked whoever reported it.", who=who),
    happened.ReporterUnblocked: lambda say, who: say("{who} ended the block.", who=who),
    happened.ReportWithdrawn: lambda say, who: say("{who} took it back.", who=who),
    happened.ReportLeft: lambda say, who: say("{who} took it back; it stays open for others.", who=who),
    happened.ReportSupportChanged: lambda say, who: say("{who} took back a report that is part of it.", who=who),
    happened.ReportRelated: lambda say, who: say("{who} said whether they live or work here.", who=who),
    happened.ReporterShown: lambda say, who: say("{who} asked who reported it.", who=who),
}
"""A sentence for everything that can happen to a report; a test fails when one is missing."""

_RESIDENTS_DO = (
    happened.ReportSubmitted, happened.ReportHeardConfirmed, happened.ReportPlaceChanged, happened.ReportAdded,
    happened.ReportReworded, happened.ReportDangerWordsOff, happened.ReportDangerAnswered,
    happened.ReportConfirmed, happened.ReportReopened, happened.ReportAnotherYes, happened.ReportAnotherNo,
    happened.ReportHandlingJudged, happened.ReportJoined, happened.ReportWithdrawn, happened.ReportLeft,
    happened.ReportFollowed,
    happened.ReportSupportChanged, happened.ReportRelated, happened.ReportObjected, happened.ReportAnotherObjection,
    happened.ReportObjectionToPage, happened.ReportTakenOff,
)  # fmt: skip
"""Of these a resident may be the actor who did not report it, or has taken it back; staff do not read who."""


def command(ctx: UpdateContext) -> None:
    """/history <number>."""
    require(ctx.who.roles, Action.LOOK_UP)
    number = written_number(clean(ctx.message.text.partition(" ")[2]))
    if number is None:
        ctx.send(ctx.say("Which report? Write /history and its number behind it, such as: /history 12"))
        return
    _show(ctx, number)


def start(ctx: UpdateContext, number: str) -> None:
    """A link of ours: `v<number>`."""
    require(ctx.who.roles, Action.LOOK_UP)
    found = number_in(number)
    if found is None:
        raise NotFound
    _show(ctx, found)


def _show(ctx: UpdateContext, number: int) -> None:
    ctx.send(*_page(ctx, access.known(ctx.tx, number), None), purpose=Purpose.HISTORY)
    engine.show_open(ctx)


def press(ctx: UpdateContext) -> None:
    """Another page, all the words of one, or the photos and voice messages of a report."""
    require(ctx.who.roles, Action.LOOK_UP)
    pressed = ctx.callback_data(HistoryPress)
    report = access.known(ctx.tx, pressed.report)
    if isinstance(pressed.what, int):
        ctx.edit_pressed(*_page(ctx, report, pressed.what))
    elif pressed.what is Wanted.MEDIA:
        media = _media(reports.parts(ctx.tx, report.id))[-MEDIA:]
        about = subject("report", report.id)
        mailer.send_files(ctx.tx, ctx.where.id, media, silent=True, purpose=Purpose.HISTORY, subject=about)
    elif pressed.what is Wanted.WORDS:
        _show_words(ctx, report, pressed.page or 0)


def _show_words(ctx: UpdateContext, report: Report, page: int) -> None:
    """Below the page, whole, what it has no room for."""
    parts = reports.parts(ctx.tx, report.id)
    for each in events.page(ctx.tx, subject("report", report.id), page * PAGE, PAGE):
        _, words = _said(ctx, each, parts)
        if _is_cut(words):
            whole = [NewPart(PartKind.TEXT, text=words)]
            ctx.send(lines(_happened(ctx, report, each, parts), quoted(whole)), purpose=Purpose.HISTORY)
            for rest in quoted_on(whole):
                ctx.send(rest, purpose=Purpose.HISTORY)


def lately(ctx: UpdateContext, report: Report, limit: int) -> list[Html | None]:
    """The newest of what happened to a report."""
    about, parts = subject("report", report.id), reports.parts(ctx.tx, report.id)
    offset = max(0, events.count(ctx.tx, about) - limit)
    return [_entry(ctx, report, each, parts, QUOTED_LATELY) for each in events.page(ctx.tx, about, offset, limit)]


def _media(parts: list[Part]) -> list[Part]:
    return [part for part in parts if part.kind != PartKind.TEXT and part.file_id is not None]


def _page(ctx: UpdateContext, report: Report, wanted: int | None) -> tuple[Html, Markup | None]:
    """One page of the history; the last when none is wanted."""
    say, tx = ctx.say, ctx.tx
    parts = reports.parts(tx, report.id)
    about = subject("report", report.id)
    last = max(0, (events.count(tx, about) - 1) // PAGE)
    page = last if wanted is None else min(wanted, last)
    state = describe.stands_for_staff(say, report)
    head = lines(
        bold(say("No. {number} · {state}", number=report.id, state=state)),
        one_line(describe.gist(ctx.setup.community, say, report, parts), 60),
        say("Place: {place}", place=describe.report_place(ctx.setup.community, say, report)),
    )
    entries = events.page(tx, about, page * PAGE, PAGE)
    told = [_entry(ctx, report, each, parts) for each in entries]
    buttons = []
    if page > 0:
        buttons.append(Button(say.label("Earlier"), HistoryPress(report.id, page - 1).pack()))
    if page < last:
        buttons.append(Button(say.label("Later"), HistoryPress(report.id, page + 1).pack()))
    if any(_is_cut(_said(ctx, each, parts)[1]) for each in entries):
        buttons.append(Button(say.label("Show all the words"), HistoryPress(report.id, Wanted.WORDS, page).pack()))
    if _media(parts):
        media = HistoryPress(report.id, Wanted.MEDIA)
        buttons.append(Button(say.label("Show photos and voice messages"), media.pack()))
    if report.nameless_at is None:
        buttons.append(Button(say.label("Answer"), HistoryPress(report.id, Wanted.ANSWER).pack()))
    answered = newest(tx, report.id)
    if answered is not None:
        back = NotePress(answered.parts[0].id, OfNote.BACK)
        buttons.append(Button(say.label("Take back the newest answer"), back.pack()))
    link = card_link(tx, report.id)
    if link is not None:
        buttons.append(Button(say.label("Card of no. {number}", number=report.id), url=link))
    return paragraphs(head, *told), column(*buttons) if buttons else None


def _given(say: Speaker, who: str) -> Html:
    return say("{who} gave it to a colleague.", who=who)


def _said(ctx: UpdateContext, each: Recorded, parts: list[Part]) -> tuple[list[Part], str]:
    """What was said with something that happened, and its words."""
    if each.kind not in ctx.setup.features.history:
        return [], ""
    if each.kind == happened.ReportSubmitted.KIND:
        said = [part for part in parts if part.purpose == PartPurpose.REPORT]
    else:
        ids = {*each.data.get("parts", ()), each.data.get("part")}
        said = [part for part in parts if part.id in ids]
    return said, words_of(said) or each.data.get("title") or each.data.get("heard") or ""


def _is_cut(words: str) -> bool:
    return one_line(words, QUOTED) != one_line(words, len(words))


def _happened(ctx: UpdateContext, report: Report, each: Recorded, parts: list[Part]) -> Html:
    """When it happened, what, and who did it."""
    (kind, sentence), say = ctx.setup.features.history[each.kind], ctx.say
    spoke = {part.person for part in parts if part.purpose in (PartPurpose.REPORT, PartPurpose.SUPPORT)}
    if each.actor is None:
        who = say.label("The program")
    elif each.data.get("spoke_for"):
        name = wording.named(say, people.by_id(ctx.tx, each.actor))
        who = say.label("The resident (noted by {name})", name=name)
    elif each.actor == reports.writer(ctx.tx, report):
        who = say.label("The resident")
    elif people.by_id(ctx.tx, each.actor).roles or (kind not in _RESIDENTS_DO and each.actor not in spoke):
        who = wording.named(say, people.by_id(ctx.tx, each.actor))
    else:
        who = say.label("Another resident")
    given = kind is happened.ReportTaken and each.data["assignee"] != each.actor
    return lines(say.moment(each.at, ctx.now), _given(say, who) if given else sentence(say, who))


def _entry(ctx: UpdateContext, report: Report, each: Recorded, parts: list[Part], limit: int = QUOTED) -> Html | None:
    features = ctx.setup.features
    if each.kind not in features.history:
        return None
    said, words = _said(ctx, each, parts)
    detail = features.history_details.get(each.kind)
    return lines(
        _happened(ctx, report, each, parts),
        detail(ctx, ctx.say, each.data) if detail is not None else None,
        quote(one_line(words, limit)) if words else None,
        media_line(ctx.say, said),
    )
