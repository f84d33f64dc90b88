"""An urgent notice waits for a second yes: a card in the staff group, and in private with each of the other staff. So
does a planned one that came too late or whose writer is no longer staff.

Each card says in the end what became of it. When nobody has said yes for five minutes: sending_alone.py.
"""

from collections.abc import Callable, Sequence

from domain import events
from domain.core.state_machine import WrongState
from domain.core.subjects import subject
from domain.notices.notices import ALONE_AFTER
from domain.people.rights import Role
from handlers.kit import mailer, staff_topics
from handlers.kit.keyboards import column
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from handlers.kit.update_context import Setup, UpdateContext
from handlers.notices import notice_text, notice_words
from handlers.notices.buttons import Doing, button, look
from services.notices import audiences
from services.notices import notices as service
from storage.core import messages, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.notices.audiences import Counts
from storage.notices.notices import Notice
from storage.people import people
from storage.people.people import Person

ROLE = CardRole.NOTICE
SHOWN = 2000


def press(ctx: UpdateContext, number: int, doing: Doing) -> None:
    """Yes or no."""
    say = ctx.say_to_person
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
            tx,
            setup,
            notice.by,
            lambda say: (
                say("{name} said yes: notice no. {number} is going out.", name=name, number=notice.id),
                look(say, notice.id),
            ),
        )
        _decided(tx, setup, notice, lambda say: say("{name} said yes: it is going out.", name=name))
    elif event.alone and event.actor is not None:
        alone, reason = people.by_id(tx, event.actor).name, notice.alone_reason or ""
        _decided(
            tx,
            setup,
            notice,
            lambda say: lines(say("{name} sent it without a second yes, because:", name=alone), quote(reason)),
        )


def _tell_admins(tx: Transaction, setup: Setup, notice: Notice, sender: int) -> None:
    name, reason = people.by_id(tx, sender).name, notice.alone_reason or ""

    def write(say: Speaker) -> Html:
        return paragraphs(
            say(
                "{name} has sent the urgent notice no. {number} without a second yes. The reason:",
                name=name,
                number=notice.id,
            ),
            quote(reason),
            say("“{words}”", words=notice_text.gist(tx, say, notice, 200)),
        )

    mailer.to_admins(tx, setup, write, once=f"notice_alone:{notice.id}")


def refused(tx: Transaction, setup: Setup, event: events.NoticeRefused) -> None:
    """Somebody said no; or there was nobody to send it to when its time came."""
    notice = service.get(tx, event.notice)
    if event.actor is None:
        mailer.to_person(
            tx,
            setup,
            notice.by,
            lambda say: say(
                "Notice no. {number} was not sent: there is nobody any more whom it is for.", number=notice.id
            ),
        )
        return
    name = people.by_id(tx, event.actor).name
    mailer.to_person(
        tx,
        setup,
        notice.by,
        lambda say: say("{name} said no to notice no. {number}. It was not sent.", name=name, number=notice.id),
    )
    _decided(tx, setup, notice, lambda say: say("{name} said no. It was not sent.", name=name))


def withdrawn(tx: Transaction, setup: Setup, event: events.NoticeWithdrawn) -> None:
    """Its cards ask nothing any more; its writer hears of it when it was another."""
    notice = service.get(tx, event.notice)
    name = people.by_id(tx, event.actor).name if event.actor is not None else "?"
    if event.actor != notice.by:
        mailer.to_person(
            tx,
            setup,
            notice.by,
            lambda say: say("{name} has withdrawn notice no. {number}.", name=name, number=notice.id),
        )
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


def colleagues(tx: Transaction) -> Sequence[Person]:
    """Everybody who may say yes, once each."""
    found = {person.id: person for role in (Role.STAFF, Role.LEAD, Role.ADMIN) for person in people.with_role(tx, role)}
    return list(found.values())
