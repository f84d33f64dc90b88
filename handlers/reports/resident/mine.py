"""A resident's own reports: the list, and adding to one."""

from domain.core.subjects import number_of, subject
from domain.places.places import nearest_area
from domain.reports.reports import Relation, State
from handlers.kit import wording
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.steps import place_in
from handlers.kit.keyboards import Button, column
from handlers.kit.parts import file_in, part_of, words_in
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.reports import describe, staff_have_it
from handlers.reports.resident import broken_again, reporting, said_afterwards, taking_back
from handlers.reports.status_card import Mine, MinePress, refresh_status, show_status_below
from services.reports import access, completing, dangers, saying_more, steering
from services.reports import taking_back as taking_back_service
from storage.core.database import Transaction
from storage.core.messages import Message, Purpose
from storage.reports import reports, threads, verdicts
from storage.reports.reports import Part, Report

PAGE = 6
_RELATIONS: dict[Mine, Relation | None] = {**{Mine(each.value): each for each in Relation}, Mine.UNSAID: None}


def show_list(ctx: UpdateContext, page: int = 0) -> None:
    """/my: one's reports, open ones first, with who waits for whom; each a button that shows where it stands."""
    text, buttons = _list(ctx, page)
    ctx.send(text, column(*buttons) if buttons else None, purpose=Purpose.LIST)
    engine.show_open(ctx)


def press(ctx: UpdateContext) -> None:
    """A button of the list or of a status card."""
    pressed = ctx.callback_data(MinePress)
    number, action = pressed.number, pressed.mine
    if action is Mine.PAGE:
        text, buttons = _list(ctx, number)
        ctx.edit_pressed(text, column(*buttons) if buttons else None)
        return
    if action in ctx.setup.features.own_presses:
        ctx.setup.features.own_presses[action](ctx)
        return
    if action is Mine.BACK:
        taking_back.begin(ctx, number)
        return
    if action is Mine.AGAIN:
        broken_again.press(ctx, number)
        return
    if action in _RELATIONS:
        relation = _RELATIONS[action]
        taking_back_service.relate(ctx.tx, ctx.who, number, relation)
        ctx.pop_up(ctx.say_to_person.label("Thank you. You can change it on the message of your report."))
        return
    report = access.spoken(ctx.tx, ctx.who, number)
    if action is not Mine.OPEN:
        asking = action is Mine.RELATION and report.person == ctx.who.id
        refresh_status(ctx.tx, ctx.setup, report, ctx.who.id, asking=asking)
        return
    show_status_below(ctx.tx, ctx.setup, report, ctx.where.id, ctx.who.id)


def _list(ctx: UpdateContext, page: int) -> tuple[Html, list[Button]]:
    say = ctx.say
    count = reports.count_of_person(ctx.tx, ctx.who.id)
    others = [(each, each.count(ctx.tx, ctx.who.id)) for each in ctx.setup.features.own_lists]
    others = [(each, number) for each, number in others if number]
    if count == 0 and not others:
        text = say(
            "You have not reported anything yet. If something is wrong, just write it here, speak it, or send a photo."
        )
        return text, []
    pages = max(1, -(-count // PAGE))
    page %= pages
    buttons = []
    entries = []
    for report in reports.of_person(ctx.tx, ctx.who.id, PAGE, page * PAGE):
        parts = reports.parts_for_list(ctx.tx, report.id)
        state = describe.stands_for_resident(ctx.setup.community, say, report, reports.main_of(ctx.tx, report))
        name = describe.gist(ctx.setup.community, say, report, parts, reader=ctx.who.id)
        entry = say("No. {number} ({state}): {name}", number=report.id, name=name, state=bold(state))
        entries.append(lines(entry, waits(ctx.tx, ctx.setup, say, report, parts, ctx.who.id)))
        short = describe.gist(ctx.setup.community, say, report, parts, 18, ctx.who.id)
        buttons.append(
            Button(
                say.label("No. {number}: {name}", number=report.id, name=short), MinePress(report.id, Mine.OPEN).pack()
            )
        )
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(Button(label, MinePress(page + 1, Mine.PAGE).pack()))
    buttons += [each.button(say, number) for each, number in others]
    if count == 0:
        return others[0][0].alone(say), buttons
    head = say.plural("You have sent {count} report:", "You have sent {count} reports:", count)
    return paragraphs(bold(head), *entries, say("Tap one to see where it stands.")), buttons


def waits(tx: Transaction, setup: Setup, say: Speaker, report: Report, parts: list[Part], person: int) -> Html | None:
    """Who waits for whom: the staff for this person, this person for the staff, or both for somebody outside.

    None for what is closed.
    """
    if not report.state.is_open:
        return None
    if report.state is State.RESOLVED:
        verdict = verdicts.of(tx, report.id, report.rounds, person)
        if verdict is None or verdict.answer is None:
            return say("We wait for you: is it fixed?")
        return say("We wait for the others to say whether it is fixed.")
    if report.person == person and steering.owed_answer(tx, report, parts) is not None:
        return say("We wait for you: the staff have asked you something.")
    if report.state is State.HANDED_ON:
        return describe.handed_on(setup.community, say, report, tx.now)
    if report.due_at is None or report.danger is not None:
        return say("You wait for us.")
    if report.due_at < tx.now:
        return say("You wait for us. We promised it by {when}, and are sorry.", when=say.day(report.due_at, tx.now))
    return say("You wait for us. We mean to have it done by {when}.", when=say.day(report.due_at, tx.now))


def replied(ctx: UpdateContext, message: Message, later_part: bool = False, thread: str | None = None) -> bool:
    """A reply to something about one's own report is added to it. False when the message is about no report.

    A `later_part` of an album goes where the first one went, and only the first one is answered. `thread`: what it
    answers, where that is said to many (`project:3`); a reply to an answer to it goes there, too.
    """
    thread = thread or threads.of_message(ctx.tx, message)
    number = number_of(message.subject, "report")
    if number is None:
        return False
    report = reports.by_id(ctx.tx, number)
    if taking_back_service.left(ctx.tx, ctx.who, number):
        if ctx.danger is None:
            ctx.send(ctx.say("You have taken back no. {number}, so this is something new.", number=number))
        return False
    if report is None or not access.speaks(ctx.tx, ctx.who, report):
        # Staff are told in private who reported something; the resident is written to from the staff group.
        ctx.send(ctx.say("That is about somebody else's report. Use the buttons under it in the staff group."))
        return True
    if (
        not later_part
        and thread is None
        and broken_again.closed(ctx, number)
        and not access.speaks_for_reporter(ctx.who, report)
    ):
        reporting.begin_with_message(ctx, broken_again.draft_about(ctx, number))
        return True
    own = report.person == ctx.who.id
    if own and ctx.message.point is not None:
        _place(ctx, number)
        return True
    rung = dangers.awaiting_place_of(ctx.tx, ctx.who.id, number)
    purpose = Purpose.PART if thread is None else threads.purpose(thread)
    part = part_of(ctx, purpose, subject("report", report.id))
    if part is None:
        ctx.send(ctx.say("I can take words, photos, videos and voice messages."))
        return True
    saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, [part], ctx.danger, more=later_part, thread=thread)
    if later_part:
        return True
    if rung is not None and part.message is not None:
        said_afterwards.named(ctx, rung, part.message, part.text)
    stands = dangers.standing(ctx.tx, ctx.who.id) if ctx.danger is not None else rung
    if stands is not None:
        said = said_afterwards.received(ctx, dangers.number(stands))
    else:
        said = wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, _added(ctx, number))
    ctx.send(
        said,
        subject=subject("report", number),
        purpose=Purpose.RECEIPT if thread is None else purpose,
        reply=True,
        not_before=ctx.album_pause,
    )
    return True


def _added(ctx: UpdateContext, number: int) -> Html:
    alone = ctx.say("Added to your report no. {number}.", number=number)
    if ctx.danger is not None:
        return paragraphs(alone, ctx.say("Because this sounds dangerous, I am telling the staff now."))
    read = ctx.say("Added to your report no. {number}. The staff can read it.", number=number)
    return staff_have_it.known(ctx.tx, ctx.say, read, alone)


def edited(ctx: UpdateContext, kept: Message, newest: bool) -> None:
    """A message that belongs to a report was changed: staff get it as it reads now; the old words stay on record."""
    number = number_of(kept.subject, "report")
    if number is not None and taking_back_service.left(ctx.tx, ctx.who, number):
        words = words_in(ctx)
        saying_more.keep_earlier(ctx.tx, ctx.who, number, [words] if words else [])
        ctx.send(ctx.say("You have taken back no. {number}, so nothing was added to it.", number=number))
        return
    if newest and said_afterwards.moved(ctx, kept):
        return
    if not newest:
        words = words_in(ctx)
        if number is not None and words is not None:
            saying_more.keep_earlier(ctx.tx, ctx.who, number, [words])
        return
    # The place of a draft that joined another report, or went to one, is among its words there.
    if number is not None and kept.purpose == Purpose.PLACE and reports.part_of_message(ctx.tx, kept.id) is None:
        found = place_in(ctx)
        if found is not None:
            named, place = found
            area = named.area.code if named.area else None
            completing.change_place(ctx.tx, ctx.who, number, area, place)
            wrong = wording.no_such_part(ctx.setup.community, ctx.say, area, named.missing)
            if wrong is not None:
                ctx.send(wrong, subject=subject("report", number), purpose=Purpose.RECEIPT, reply=True)
        return
    if number is None or not kept.incoming:
        return
    file, words, thread = file_in(ctx), words_in(ctx), threads.of_message(ctx.tx, kept)
    was = reports.part_of_message(ctx.tx, kept.id)
    if was is None or was.file_unique_id != file.get("file_unique_id"):
        part = part_of(ctx, Purpose.PART if thread is None else threads.purpose(thread))
        if part is None:
            return
        saying_more.add(ctx.tx, ctx.setup.community, ctx.who, number, [part], ctx.danger, thread=thread)
    elif words == was.text or (words is None and not file):
        ctx.danger = None  # nothing new is said, as when a link preview was taken away
        return
    else:
        saying_more.reword(ctx.tx, ctx.setup.community, ctx.who, was.report, was, words, ctx.danger, thread=thread)
        said_afterwards.changed(ctx, was, words)
    said = staff_have_it.known(
        ctx.tx,
        ctx.say,
        ctx.say("Changed in your report no. {number}. The staff read it so now.", number=number),
        ctx.say("Changed in your report no. {number}.", number=number),
    )
    ctx.send(
        paragraphs(said, said_afterwards.ask(ctx)),
        subject=subject("report", number),
        purpose=Purpose.RECEIPT,
        reply=True,
    )


def _place(ctx: UpdateContext, number: int) -> None:
    location = ctx.message.point
    assert location is not None
    near = nearest_area(location.latitude, location.longitude, ctx.setup.community)
    completing.complete(
        ctx.tx,
        ctx.setup.community,
        ctx.who,
        number,
        area=near.code if near else None,
        latitude=location.latitude,
        longitude=location.longitude,
    )
    said = wording.acknowledged(ctx.setup.community, ctx.say, ctx.now, ctx.say("I have noted the place."))
    ctx.send(said, subject=subject("report", number), purpose=Purpose.RECEIPT, reply=True)
