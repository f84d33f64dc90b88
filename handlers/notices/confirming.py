"""An urgent notice waits for a second yes: a card in the staff group, and in private with each of the other staff. So
does a planned one that came too late or whose writer is no longer staff.

Each card says in the end what became of it. When nobody has said yes for five minutes, a lead may send it alone and say
why; all admins read that.
"""

from collections.abc import Callable, Sequence

from domain import events
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.notices.notices import ALONE_AFTER
from domain.people.rights import Action, Role, may
from handlers.kit import mailer, staff_topics
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.steps import Line
from handlers.kit.keyboards import Button, column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.notices import notice_text, notice_words
from handlers.notices.buttons import Doing, button, look
from services.notices import audiences
from services.notices import notices as service
from storage.core import messages, settings
from storage.core.conversations import Conversation
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.notices.audiences import Counts
from storage.notices.notices import Notice
from storage.people import people
from storage.people.people import Person

ROLE = CardRole.NOTICE
SHOWN = 2000
ALONE = "notice_alone"


def press(ctx: UpdateContext, number: int, doing: Doing) -> None:
    """Yes, no, or: send it alone."""
    say = ctx.say_to_person
    if doing is Doing.ALONE:
        _ask_reason(ctx, number)
        return
    try:
        if doing is Doing.YES:
            service.confirm(ctx.tx, ctx.who, number)
            ctx.pop_up(say.label("It is going out now."))
        else:
            service.refuse(ctx.tx, ctx.who, number)
            ctx.pop_up(say.label("It will not be sent."))
    except WrongState:
        where = notice_words.state(say, service.get(ctx.tx, number).state)
        ctx.pop_up(
            say.label("Someone was quicker. Notice no. {number}: {state}", number=number, state=where), alert=True
        )


# -- the cards


def asked(tx: Transaction, setup: Setup, event: events.NoticeAwaits) -> None:
    """The staff are asked; of an urgent one the others, at any hour: water or gas is off now."""
    notice = service.get(tx, event.notice)
    # Counted once, and not for each who is asked: everybody is looked at.
    counts = audiences.counts(tx, setup.community, notice.audience, notice.kind, urgent=notice.urgent)
    staff = settings.staff_chat(tx)
    if staff is not None:
        topic = staff_topics.notices(tx, setup, staff)
        _ask(tx, setup, notice, event.late, counts, staff, setup.group_speaker, topic)
    for person in colleagues(tx):
        to = mailer.private(tx, setup, person.id, in_reach=True)
        if to is not None and not (notice.urgent and person.id == notice.by):
            _ask(tx, setup, notice, event.late, counts, to.chat.id, to.say, None)


def _ask(
    tx: Transaction, setup: Setup, notice: Notice, late: bool, counts: Counts, chat: int, say: Speaker,
    topic: int | None,
) -> None:  # fmt: skip
    about = subject("notice", notice.id)
    card = messages.new_card(tx, chat, about, ROLE, topic)
    buttons = column(
        button(say.label("Yes, send it now"), notice.id, Doing.YES),
        button(say.label("No, do not send it"), notice.id, Doing.NO),
        button(say.label("Show it as they see it"), notice.id, Doing.SHOW),
    )
    text = paragraphs(
        _question(tx, say, notice, late),
        *_content(tx, setup, say, notice, counts),
        _alone_line(say) if notice.urgent else None,
    )
    lane = Lane.URGENT if notice.urgent else Lane.NOTICE
    mailer.card(tx, chat, card, text, buttons, topic=topic, subject=about, purpose=Purpose.CARD, lane=lane)
    mailer.send_files(
        tx, chat, service.parts(tx, notice), topic=topic, reply_to_card=card, subject=about, purpose=Purpose.NOTICE
    )


def _question(tx: Transaction, say: Speaker, notice: Notice, late: bool) -> Html:
    name = people.by_id(tx, notice.by).name
    if notice.urgent:
        return lines(
            bold(say("URGENT NOTICE no. {number}: may it go out?", number=notice.id)),
            say("{name} wrote it. A second person has to say yes.", name=name),
        )
    return lines(
        bold(say("Notice no. {number}: may it go out?", number=notice.id)),
        say("{name} planned it for {when}.", name=name, when=say.moment(notice.send_at, tx.now))
        if notice.send_at is not None
        else None,
        say("I was not running then, and it may be of no use any more.")
        if late
        else say("{name} is not on the staff any more.", name=name),
    )


def _content(tx: Transaction, setup: Setup, say: Speaker, notice: Notice, counts: Counts) -> list[Html]:
    """What is to be said yes to: how it reads, for whom, and how many."""
    versions = notice_text.versions(service.parts(tx, notice), setup)
    room = SHOWN // max(1, len(versions))
    read = [
        quote(notice_text.text(reader, notice.kind, notice.urgent, shorten(notice_text.words_of(mine), room), None))
        for reader, mine in versions
    ]
    return [
        *read,
        lines(
            notice_words.audience(setup.community, say, notice.audience),
            notice_words.reach(setup.community, say, notice.audience, counts, urgent=notice.urgent),
        ),
    ]


def _alone_line(say: Speaker) -> Html:
    return say(
        "If nobody says yes within {count} minutes, a lead can send it alone.",
        count=int(ALONE_AFTER.total_seconds() // 60),
    )


def sent(tx: Transaction, setup: Setup, event: events.NoticeSent) -> None:
    """Somebody said yes, or sent it alone."""
    notice = service.get(tx, event.notice)
    if event.alone and event.actor is not None:
        _tell_admins(tx, setup, notice, event.actor)
    if notice.confirmed_by is not None:
        name = people.by_id(tx, notice.confirmed_by).name
        mailer.to_person(
            tx, setup, notice.by,
            lambda say: (
                say("{name} said yes: notice no. {number} is going out.", name=name, number=notice.id),
                look(say, notice.id),
            ),
        )  # fmt: skip
        _decided(tx, setup, notice, lambda say: say("{name} said yes: it is going out.", name=name))
    elif event.alone and event.actor is not None:
        alone, reason = people.by_id(tx, event.actor).name, notice.alone_reason or ""
        _decided(
            tx, setup, notice,
            lambda say: lines(say("{name} sent it without a second yes, because:", name=alone), quote(reason)),
        )  # fmt: skip


def _tell_admins(tx: Transaction, setup: Setup, notice: Notice, sender: int) -> None:
    name, reason = people.by_id(tx, sender).name, notice.alone_reason or ""

    def write(say: Speaker) -> Html:
        return paragraphs(
            say("{name} has sent the urgent notice no. {number} without a second yes. The reason:", name=name,
                number=notice.id),
            quote(reason),
            say("“{words}”", words=notice_text.gist(tx, say, notice, 200)),
        )  # fmt: skip

    mailer.to_admins(tx, setup, write, once=f"notice_alone:{notice.id}")


def refused(tx: Transaction, setup: Setup, event: events.NoticeRefused) -> None:
    """Somebody said no; or there was nobody to send it to when its time came."""
    notice = service.get(tx, event.notice)
    if event.actor is None:
        mailer.to_person(
            tx, setup, notice.by,
            lambda say: say("Notice no. {number} was not sent: there is nobody any more whom it is for.",
                            number=notice.id),
        )  # fmt: skip
        return
    name = people.by_id(tx, event.actor).name
    mailer.to_person(
        tx, setup, notice.by,
        lambda say: say("{name} said no to notice no. {number}. It was not sent.", name=name, number=notice.id),
    )  # fmt: skip
    _decided(tx, setup, notice, lambda say: say("{name} said no. It was not sent.", name=name))


def withdrawn(tx: Transaction, setup: Setup, event: events.NoticeWithdrawn) -> None:
    """Its cards ask nothing any more; its writer hears of it when it was another."""
    notice = service.get(tx, event.notice)
    name = people.by_id(tx, event.actor).name if event.actor is not None else "?"
    if event.actor != notice.by:
        mailer.to_person(
            tx, setup, notice.by,
            lambda say: say("{name} has withdrawn notice no. {number}.", name=name, number=notice.id),
        )  # fmt: skip
    _decided(tx, setup, notice, lambda say: say("{name} has withdrawn it.", name=name))


def _decided(tx: Transaction, setup: Setup, notice: Notice, write: Callable[[Speaker], Html]) -> None:
    """All its cards say what became of it, without buttons."""
    about = subject("notice", notice.id)
    for card in messages.cards_of(tx, about, ROLE):
        say = mailer.speaker_in(tx, setup, card["chat"])
        text = paragraphs(
            bold(say("Notice no. {number}", number=notice.id)),
            quote(notice_text.gist(tx, say, notice, 300)),
            write(say),
        )
        mailer.card(tx, card["chat"], card["id"], text, topic=card["topic"], subject=about, purpose=Purpose.CARD)


# -- nobody says yes


def unconfirmed(tx: Transaction, setup: Setup, event: events.NoticeUnconfirmed) -> None:
    """Five minutes have passed: leads may send it alone, and its writer reads how it stands."""
    notice = service.get(tx, event.notice)
    leads = [person for person in colleagues(tx) if may(person.roles, Action.NOTICE_ALONE)]
    for person in leads:
        mailer.to_person(
            tx, setup, person.id, lambda say: (_nobody_yet(say, notice), column(_alone_button(say, notice))),
            in_reach=True, lane=Lane.URGENT, subject=subject("notice", notice.id), purpose=Purpose.NOTICE,
        )  # fmt: skip
    if notice.by not in [person.id for person in leads]:
        mailer.to_person(
            tx, setup, notice.by,
            lambda say: lines(
                _nobody_yet(say, notice), say("I have told the leads that one of them can send it alone.")
            )
            if leads
            else _nobody_yet(say, notice),
            lane=Lane.URGENT,
        )  # fmt: skip


def _nobody_yet(say: Speaker, notice: Notice) -> Html:
    return say("Nobody has said yes to notice no. {number} yet.", number=notice.id)


def _alone_button(say: Speaker, notice: Notice) -> Button:
    return button(say.label("Send it alone, and say why"), notice.id, Doing.ALONE)


def _ask_reason(ctx: UpdateContext, number: int) -> None:
    service.check_alone(ctx.tx, ctx.who, number)
    if not ctx.where.is_private:
        ctx.pop_up(ctx.say_to_person.label("Please use the button in your private chat with me."), alert=True)
        return
    engine.begin(ctx, ALONE, {"notice": number})


def _reason(ctx: UpdateContext, words: str) -> str | Wrong:
    if len(words) > service.REASON_LENGTH:
        return Wrong(
            ctx.say(
                "That is too long: at most {limit} letters fit. Please say it shorter.", limit=service.REASON_LENGTH
            )
        )
    return words


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft = ctx.say, conversation.draft
    notice = service.get(ctx.tx, draft["notice"])
    return paragraphs(
        bold(say("NOT SENT YET")),
        say("Notice no. {number} goes out straight away, without a second yes:", number=notice.id),
        quote(notice_text.gist(ctx.tx, say, notice, 300)),
        lines(say("Your reason, which all admins will read:"), quote(draft["reason"])),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    service.send_alone(ctx.tx, ctx.who, draft["notice"], draft["reason"])
    engine.end(ctx, conversation, ctx.say("Notice no. {number} is going out.", number=draft["notice"]))


def _question_reason(ctx: UpdateContext, draft: Draft) -> Html:
    return paragraphs(
        ctx.say("Why must notice no. {number} go out without a second yes?", number=draft["notice"]),
        ctx.say("All admins will read what you write."),
    )


ALONE_FLOW = Flow(
    name=ALONE,
    steps=(
        Line("reason", ask=_question_reason, taken=_reason, change=lambda ctx, _draft: ctx.say.label("Write it again")),
    ),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Send it alone"),
    permitted=lambda ctx: ctx.may(Action.NOTICE_ALONE),
    for_others=True,
)


def colleagues(tx: Transaction) -> Sequence[Person]:
    """Everybody who may say yes, once each."""
    found = {person.id: person for role in (Role.STAFF, Role.LEAD, Role.ADMIN) for person in people.with_role(tx, role)}
    return list(found.values())
