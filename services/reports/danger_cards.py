"""What is said of a danger after it rang comes onto its card at once, or once a minute: when, and what is there."""

from datetime import timedelta

from domain.core.subjects import subject
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.outbox import Lane
from storage.reports import dangers
from storage.reports.dangers import OFF, WAITING, Rung, Said

KIND = "danger_words"
SAID_UNSAFE = "said_unsafe"
"""The same of “I feel unsafe” about a repair, whose message is the repairs' own."""
EVERY = timedelta(minutes=1)
AT_ONCE = 5
"""So many answers to "Where is it?" are written into the card at once."""


def comes_now(tx: Transaction, rung: Rung, *, answer: bool) -> Lane | None:
    """More was said of it: in which lane it is written now; None: within a minute. `answer`: they were asked."""
    planned = scheduled_tasks.planned(tx, _occurrence(rung)) is not None
    last = rung.shown_at
    if last == tx.now and not planned:
        return Lane.URGENT  # the same message said a second thing
    if answer and rung.at_once < AT_ONCE:
        dangers.shown(tx, rung.id, at_once=True)
        return Lane.URGENT
    if not planned and (last is None or last <= tx.now - EVERY):
        dangers.shown(tx, rung.id, at_once=False)
        return Lane.INTERACTIVE
    scheduled_tasks.plan_once(tx, KIND, subject("danger", rung.id), (last or tx.now) + EVERY, _occurrence(rung))
    return None


def is_due(tx: Transaction, number: int) -> Rung | None:
    """The task: a minute is over; the danger whose words are to be written now."""
    rung = dangers.by_id(tx, number)
    if rung is not None:
        dangers.shown(tx, rung.id, at_once=False)
    return rung


def soon(tx: Transaction, rung: Rung) -> None:
    """It is written again within a minute, and no sooner: “I feel unsafe” was pressed once more."""
    at = max(tx.now, (rung.shown_at or rung.rang_at) + EVERY)
    scheduled_tasks.plan_once(tx, SAID_UNSAFE, subject("danger", rung.id), at, _occurrence(rung))


def go_on(tx: Transaction, rung: Rung) -> None:
    """The rest of what waits has its turn in a minute."""
    scheduled_tasks.plan(tx, KIND, subject("danger", rung.id), tx.now + EVERY, _occurrence(rung))


def post_again(tx: Transaction, rung: Rung) -> list[Said]:
    """Its card was made anew in another group: what stood below it follows now. Returns all its words."""
    dangers.post_again(tx, rung.id)
    words = dangers.words(tx, rung.id)
    if any(each.state == WAITING for each in words):
        scheduled_tasks.plan_once(tx, KIND, subject("danger", rung.id), tx.now, _occurrence(rung))
    return words


def card_written(tx: Transaction, rung: Rung) -> None:
    """What has its place on the card itself is there now."""
    for each in dangers.words(tx, rung.id):
        if each.state == WAITING and (each.on_card or each.part is None):
            posted(tx, each)


def posted(tx: Transaction, said: Said) -> None:
    """It is on its way to staff."""
    dangers.set_state(tx, said.id, dangers.POSTED)


def taken_off(tx: Transaction, rung: Rung) -> list[Said]:
    """What its person says was about something else, and staff may have read: it is gone from now on."""
    off = [each for each in dangers.words(tx, rung.id) if each.state == OFF]
    for each in off:
        dangers.set_state(tx, each.id, dangers.GONE)
    return off


def _occurrence(rung: Rung) -> str:
    return f"{KIND}:{rung.id}"
