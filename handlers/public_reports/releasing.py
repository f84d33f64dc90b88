"""Staff show a report to everybody, by buttons behind "More": write a title, look at it, release it; and undo it."""

from dataclasses import replace

from domain.public_reports import shown
from domain.public_reports.titles import LONGEST, Wrong, WrongTitle
from handlers.kit.callback_data import InvalidCallbackData, number_from
from handlers.kit.staff_action import StaffAction, StaffQuestion, StaffWork
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.public_reports import photo_choosing, public_words
from handlers.reports import staff_actions
from handlers.reports.staff_card import refresh_staff
from services.public_reports import access
from services.public_reports import releasing as service
from speech import public_reports
from storage.core.database import Transaction
from storage.public_reports import titles
from storage.reports import reports
from storage.reports.reports import NewPart, Report

TITLE, OFF = "title", "off"
RELEASE = "t"
"""Before the number of the title that is released."""


def _is_there(report: Report, _parts: object) -> bool:
    """What may be of a person or of danger has no button at all."""
    fit = not report.about_person and report.danger is None and shown.state(report.state) is not None
    return fit or report.public_title is not None


def _label(say: Speaker, report: Report) -> str:
    return say.label("Show publicly") if report.public_title is None else say.label("Public page …")


def _menu(ctx: UpdateContext, report: Report, page: str) -> None:
    if not public_words.shows(ctx.setup):
        raise access.PageIsOff
    if report.public_title is None:
        _ask(ctx, report)
        return
    options = [(ctx.say.label("Change the title"), TITLE), (ctx.say.label("Take it off the page"), OFF)]
    if access.shows_photos(ctx.setup.community):
        options += photo_choosing.options(ctx.tx, ctx.say, report)
    refresh_staff(ctx.tx, ctx.setup, report, staff_actions.choices(ctx.say, report, options, page, "public"))


def _chosen(ctx: UpdateContext, report: Report, value: str) -> None:
    kind, _, which = value.partition(".")
    if kind == TITLE:
        refresh_staff(ctx.tx, ctx.setup, report)  # its own buttons again, while the answer is awaited
        _ask(ctx, report)
    elif kind == OFF:
        service.take_off(ctx.tx, ctx.who, report.id)
        ctx.pop_up(ctx.say_to_person.label("It is off the public page."))
    elif kind == RELEASE:
        _release(ctx, report, number_from(which))
    elif not photo_choosing.chosen(ctx, report, kind, which):
        raise InvalidCallbackData


def _ask(ctx: UpdateContext, report: Report) -> None:
    access.to_release(ctx.tx, ctx.setup.community, ctx.who, report.id)
    begin = public_reports.suggestion(ctx.say, ctx.setup.community, report.category, report.area)

    def ask(say: Speaker, name: Html, number: int) -> Html:
        return paragraphs(
            _ASK.ask(say, name, number),
            say("To begin with, tap to copy: {words}", words=Html(f"<code>{escape(begin)}</code>")) if begin else None,
        )

    staff_actions.put(ctx, report, replace(_ASK, ask=ask))


def _which(say: Speaker, name: Html, number: int) -> Html:
    return paragraphs(
        say(
            "{name}, by which title may everybody read of no. {number}? Reply to this message with one line of at most "
            "{count} letters, in your own words: no names, no telephone numbers, no doors.",
            name=name,
            number=number,
            count=LONGEST,
        ),
        say("For two languages, write two lines. You see it once more before anybody else does."),
    )


def _written(ctx: UpdateContext, number: int, _part: NewPart, words: str) -> None:
    title = service.write(ctx.tx, ctx.setup.community, ctx.who, number, words)
    report = reports.existing(ctx.tx, number)
    say, community = ctx.say, ctx.setup.community
    known_for = shown.days(community, report.created_at, report.closed_at, ctx.now)
    text = paragraphs(
        bold(say("Show no. {number} to everybody? This is what everybody can read:", number=number)),
        public_words.entry(ctx.setup, say, report, title, known_for),
        say("It reads the same in every language.") if title.for_all and len(community.languages) > 1 else None,
        say("Those whose report it is read so at once, and can have it taken off."),
    )
    staff_actions.confirm(ctx, report, text, say.label("Release it"), "public", f"{RELEASE}.{title.id}")


def _release(ctx: UpdateContext, report: Report, title: int) -> None:
    service.release(ctx.tx, ctx.setup.community, ctx.who, report.id, title)
    released, found = reports.existing(ctx.tx, report.id), titles.by_id(ctx.tx, title)
    assert found is not None
    text = lines(
        bold(ctx.say("Everybody can read of no. {number} now:", number=report.id)),
        public_words.in_all_languages(found),
        public_words.way_there(ctx.tx, ctx.setup, ctx.say, released),
    )
    ctx.edit_pressed(text, None)


# -- what the card says


def _on_card(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html | None:
    title = public_words.title_of(tx, report) if public_words.shows(setup) else None
    return say("On the public page: “{title}”", title=title.in_(say.language)) if title is not None else None


def _never(_report: Report, _parts: object) -> bool:
    return False


_ASK = StaffQuestion("public", _which, _written, needs_words=True)
WORK = StaffWork(
    actions=(
        StaffAction("publics", _label, _menu, _is_there, offered=public_words.shows),
        StaffAction("public", _label, _chosen, _never),
    ),
    questions=(_ASK,),
    looked_up_lines=(_on_card,),
)


def _wrong(say: Speaker, refusal: WrongTitle) -> str:
    return {
        Wrong.EMPTY: say.label("I need words for that. Please reply once more."),
        Wrong.TOO_LONG: say.label(
            "That is longer than {count} letters. Please reply with a shorter one.", count=LONGEST
        ),
        Wrong.TOO_MANY_LINES: say.label(
            "Please reply with one line, or with one line for each language: one in English and one in Chinese."
        ),
        Wrong.COPIED: say.label(
            "These are the words of a resident, who wrote them to you alone. Please say in your own words what it is "
            "about, and reply once more."
        ),
        Wrong.PHONE: say.label("There seems to be a telephone number in it. Please reply once more without it."),
        Wrong.DOOR: say.label(
            "There seems to be a door in it, or a number as long as one. Please reply once more without it."
        ),
        Wrong.NAME: say.label("There seems to be somebody's name in it. Please reply once more without it."),
    }[refusal.wrong]


def _page_is_off(say: Speaker, _refusal: Exception) -> str:
    return say.label("Nothing of that kind is shown to everybody here. The community file says so.")


def _not_for_everybody(say: Speaker, _refusal: Exception) -> str:
    return say.label("The report is about a person or of danger: nothing of it is shown to others.")


def _objected_to(say: Speaker, _refusal: Exception) -> str:
    return say.label("Somebody whose report it is does not want it on the public page.")


REFUSALS = {
    WrongTitle: _wrong,
    access.PageIsOff: _page_is_off,
    access.NotForEverybody: _not_for_everybody,
    access.ObjectedTo: _objected_to,
    photo_choosing.TooManyPhotos: photo_choosing.too_many,
}
