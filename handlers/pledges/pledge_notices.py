"""Notices of pledges: what their makers, staff and those who are reminded read."""

from collections.abc import Callable
from functools import partial
from typing import Any

from domain import events
from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.people.rights import Action, may
from domain.pledges.plain_replies import Reading
from domain.pledges.pledge_replies import read
from domain.pledges.pledges import State
from handlers.kit import mailer, staff_topics
from handlers.kit.keyboards import Button, column, rows
from handlers.kit.mailer import Words
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs, quote
from handlers.kit.update_context import Setup
from handlers.people import blocking
from handlers.pledges import asked_of_staff, checking_in, pledge_staff, pledge_words
from handlers.pledges.buttons import Doing, PledgePress
from services.people.blocking import Source
from services.pledges import pledge_reminders as reminders
from services.pledges.pledges import known
from speech import promises
from storage.core import chats, outbox, settings
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.people import people
from storage.pledges import keepers, occurrences, pledges, weekly_lists
from storage.pledges.occurrences import CheckIn, Occurrence
from storage.pledges.pledges import PHOTOS, Pledge

BEFORE = "pledge_before"
"""Who words a time announced."""
PACE = "pledge_pace"
"""Who words how a quota goes."""
UNREACHED_SHOWN = 30
QUOTED = 500


def _tell(tx: Transaction, setup: Setup, person: int, pledge: Pledge, write: Callable[[Speaker], Words]) -> None:
    about = subject("pledge", pledge.id)
    mailer.to_person(tx, setup, person, write, subject=about, purpose=checking_in.PURPOSE)


def _to_makers(tx: Transaction, setup: Setup, pledge: Pledge, write: Callable[[Speaker], Words]) -> None:
    """Whoever made it, and whoever looks after it for them."""
    for person in _makers(tx, pledge):
        _tell(tx, setup, person, pledge, write)


def _makers(tx: Transaction, pledge: Pledge) -> list[int]:
    """Whoever made it, and whoever looks after it now: none whose role is gone."""
    if not pledges.is_looked_after(tx, pledge.id):
        return [pledge.person]
    return list(dict.fromkeys((pledge.person, pledge.keeper)))


# -- what becomes of a pledge


def made(tx: Transaction, setup: Setup, event: events.PledgeEvent) -> None:
    pledge_staff.refresh(tx, setup, known(tx, event.pledge), anew=True)


def changed(tx: Transaction, setup: Setup, event: events.PledgeEvent) -> None:
    pledge_staff.refresh(tx, setup, known(tx, event.pledge))


def published(tx: Transaction, setup: Setup, event: events.PledgePublished) -> None:
    pledge = known(tx, event.pledge)
    pledge_staff.refresh(tx, setup, pledge)
    keeper = keepers.of(tx, pledge.keeper)
    community = setup.community

    def write(say: Speaker, *, own: bool) -> Html:
        head = say("The board shows promise no. {number} as you changed it.", number=pledge.id)
        if not event.again:
            head = say("Promise no. {number} is on the board.", number=pledge.id)
        described = pledge_words.described(
            say, community, pledge.words, pledge.plan, pledges.areas(tx, pledge.id), tx.now
        )
        return paragraphs(
            lines(bold(head), None if own else say("A promise of {name}", name=people.by_id(tx, pledge.person).name)),
            described,
            None
            if own
            else say(
                "You look after it: I ask you what became of it, and you say so here for {name}.",
                name=people.by_id(tx, pledge.person).name,
            ),
            say(
                "I remind you every week, on {day} at {time}. With /pledge you can choose another time, change the "
                "promise, pause or end it.",
                day=say.weekday(keeper.weekday),
                time=f"{keeper.minute // 60:02}:{keeper.minute % 60:02}",
            )
            if pledge.state is State.PUBLISHED
            else None,
        )

    for person in _makers(tx, pledge):
        _tell(tx, setup, person, pledge, partial(write, own=person == pledge.person))


def ended(tx: Transaction, setup: Setup, event: events.PledgeEnded) -> None:
    """Whoever made it hears when somebody else has ended it; what they end themselves they see."""
    pledge = known(tx, event.pledge)
    pledge_staff.refresh(tx, setup, pledge)

    def write(say: Speaker) -> Html:
        return paragraphs(
            bold(say("The staff have ended promise no. {number}.", number=pledge.id)),
            quote(pledge.words),
            say(
                "It is not due any more, and what became of it stays on the board. If that is not right, just write it "
                "here."
            ),
        )

    if event.actor not in _makers(tx, pledge):
        _to_makers(tx, setup, pledge, write)


def change_asked(tx: Transaction, setup: Setup, event: events.PledgeChangeAsked) -> None:
    pledge = known(tx, event.pledge)
    pledge_staff.refresh(tx, setup, pledge)
    wording = pledges.wording(tx, event.wording)
    asked = (wording.asked if wording is not None else None) or ""

    def write(say: Speaker) -> Words:
        head = bold(say("The staff ask you to change promise no. {number}:", number=pledge.id))
        text = paragraphs(lines(head, quote(asked)), say("Tap below to change it; then it goes to the staff again."))
        changes = PledgePress(pledge.id, Doing.CHANGE, pledge.version)
        return text, column(Button(say.label("Change it"), changes.pack()))

    _to_makers(tx, setup, pledge, write)


def consent(tx: Transaction, setup: Setup, event: events.PledgeConsent) -> None:
    """With the consent, staff see the photos that wait for it; without it, they are told that it is gone."""
    pledge = known(tx, event.pledge)
    pledge_staff.refresh(tx, setup, pledge)
    if event.what != PHOTOS:
        return
    if event.given:
        for proof in occurrences.checkins_of(tx, pledge.id, 20):
            if proof.kind == "photo" and proof.released_at is None:
                _show_proof(tx, setup, pledge, proof)


# -- proofs: staff look at them before the board shows them


def proof_sent(tx: Transaction, setup: Setup, event: events.PledgeProofSent) -> None:
    checkin = occurrences.checkin(tx, event.checkin)
    assert checkin is not None
    pledge = known(tx, event.pledge)
    if checkin.kind == "photo" and PHOTOS not in pledges.consents(tx, pledge.id):
        _ask_staff_to_ask(tx, setup, pledge, event.actor)
        return  # asked of whoever sent it (handlers/pledges/replying.py); until then nobody else sees it
    _show_proof(tx, setup, pledge, checkin)


def _ask_staff_to_ask(tx: Transaction, setup: Setup, pledge: Pledge, actor: int | None) -> None:
    """A representative sent a photo of somebody without Telegram: staff alone can say that these agree."""
    maker, sender = people.by_id(tx, pledge.person), people.by_id(tx, actor) if actor else None
    if not maker.is_spoken_for or sender is None or may(sender.roles, Action.RECORD):
        return
    say = setup.group_speaker
    text = say(
        "A photo came with promise {number}. The board shows it, once you have looked at it, when {name} "
        "agrees. Please ask them, and then say so here.",
        number=pledge.id,
        name=maker.name,
    )
    link = Button(say.label("I have asked them"), url=setup.start_link(f"t-{pledge.id}"))
    pledge_staff.to_staff(tx, setup, pledge.id, text, column(link))


def _show_proof(tx: Transaction, setup: Setup, pledge: Pledge, checkin: CheckIn) -> None:
    staff = settings.staff_chat(tx)
    if staff is None:
        return
    say = setup.group_speaker
    if checkin.kind == PartKind.TEXT and read(checkin.words or "", pledge.words) is Reading.QUESTION:
        asked_of_staff.show(tx, setup, pledge, checkin)
        return
    text = paragraphs(
        lines(
            bold(say("Promise {number}: {name}", number=pledge.id, name=pledge_words.own_words(pledge))),
            say("This came with what they said of it:"),
            quote(checkin.words[:QUOTED]) if checkin.words else None,
        ),
        say("Shall the board show it?"),
    )
    markup = rows([[pledge_staff.show_button(say, checkin)], [blocking.button(say, Source.PROOF, checkin.id)]])
    if checkin.kind is not None and checkin.file_id is not None:
        pledge_staff.file_to_staff(tx, setup, pledge.id, checkin.kind, checkin.file_id)
    pledge_staff.to_staff(tx, setup, pledge.id, text, markup)


def thanked(tx: Transaction, setup: Setup, event: events.PledgeThanked) -> None:
    """Of the first thanks of a local day, without a name; the board counts all of them."""
    pledge = known(tx, event.pledge)
    day = pledge_words.today(setup.community, tx.now).isoformat()
    mailer.to_person(
        tx,
        setup,
        pledge.person,
        lambda say: say("A neighbour says thank you for your promise: {name}", name=pledge_words.own_words(pledge)),
        when_uncertain=outbox.WhenUncertain.DROP,
        once=f"thanks:{pledge.id}:{day}",
        silent=True,
        subject=subject("pledge", pledge.id),
        purpose=checking_in.PURPOSE,
    )


# -- what is due


def before(tx: Transaction, setup: Setup, about: str) -> None:
    """The task before a time, for those who asked for it."""
    found = reminders.before(tx, setup.community, about)
    if found is not None:
        _remind(tx, setup, *found, {"by": BEFORE})


def word_before(tx: Transaction, setup: Setup, _about: str, content: dict[str, Any]) -> dict[str, Any] | None:
    """A time announced, at the moment it is sent; None when it has begun: the network was away in between."""
    time = occurrences.by_id(tx, content["time"])
    if time is None or time.starts_at <= tx.now:
        return None
    pledge = known(tx, time.pledge)
    say = setup.speaker(people.by_id(tx, pledge.keeper).language)
    soon = bold(say("Soon: {time}", time=say.moment(time.starts_at, tx.now)))
    return {"text": lines(soon, pledge_words.named(say, pledge))}


def pace(tx: Transaction, setup: Setup, about: str, stage: str) -> None:
    """The task of a quota: that it begins, or that it is behind."""
    found = reminders.pace(tx, setup.community, about, stage)
    if found is not None:
        _remind(tx, setup, *found, {"by": PACE, "stage": stage})


def word_pace(tx: Transaction, setup: Setup, _about: str, content: dict[str, Any]) -> dict[str, Any] | None:
    """How a quota goes, at the moment it is sent; None for who has caught up meanwhile."""
    stage = content["stage"]
    found = reminders.behind(tx, content["time"], stage)
    if found is None:
        return None
    pledge, time, share = found
    say = setup.speaker(people.by_id(tx, pledge.keeper).language)
    until = pledge_words.time_named(say, pledge, time, tx.now)
    if stage == "start":
        said = say(
            "It begins today: {count}, {until}.", count=promises.amount(time.target, pledge.plan.unit), until=until
        )
    elif stage == "half":
        said = say(
            "Half of the time is over. {done} of {target} are done; {share} would be in step.",
            done=time.done,
            target=promises.amount(time.target, pledge.plan.unit),
            share=share,
        )
    else:
        said = say(
            "The last week has begun: {done} of {target} are done, {until}.",
            done=time.done,
            target=promises.amount(time.target, pledge.plan.unit),
            until=until,
        )
    hint = say("How many more are done? Tap a number, or reply with one.") if time.starts_at <= tx.now else None
    return {
        "text": paragraphs(lines(bold(pledge_words.named(say, pledge)), said), hint),
        "markup": checking_in.steps(pledge, time),
    }


def _remind(tx: Transaction, setup: Setup, pledge: Pledge, time: Occurrence, content: dict[str, Any]) -> None:
    """The message of the day about one time; it is worded when it is sent."""
    chat = chats.private_with(tx, pledge.keeper)
    if chat is not None:
        mailer.add(
            tx,
            chat.id,
            outbox.Action.WORDED,
            {**content, "time": time.id},
            lane=Lane.NOTICE,
            once=reminders.day_key(pledge.keeper, tx.now, setup.community),
            subject=subject("pledge", pledge.id),
            purpose=checking_in.PURPOSE,
        )


def unreached(tx: Transaction, setup: Setup) -> None:
    """The task: staff read whom no reminder reaches, and can call on them."""
    staff = settings.staff_chat(tx)
    found = weekly_lists.unreached(tx, 0, UNREACHED_SHOWN)
    if staff is None or not found:
        return
    say = setup.group_speaker
    text = paragraphs(
        bold(say("My reminders of promises do not reach:")),
        lines(
            *(
                say.plural("{name}: {count} promise", "{name}: {count} promises", count, name=name)
                for _, name, count in found
            )
        ),
        say("Please speak to them; they must press Start, or unblock me."),
    )
    topic = staff_topics.promises(tx, setup, staff)
    mailer.send(tx, staff, text, topic=topic, lane=Lane.NOTICE)
