"""What is kept no longer goes, hour by hour, a little at a time: nobody who writes meanwhile waits for it."""

from dataclasses import replace
from datetime import timedelta

from services.operations import quarantine
from storage.core import blocks, conversations, folded_messages, inbox, scheduled_tasks, sends, tidying
from storage.core.database import Transaction
from storage.core.tidying import Tidied
from storage.estate_plan import links
from storage.people import counts
from storage.staff_room import flooding

KEEP_DONE = timedelta(hours=48)
KEEP_SENT = timedelta(days=7)
KEEP_ENDED = timedelta(days=90)
KEEP_INTRODUCED = timedelta(days=730)
CHUNK = 500
LONGEST_STEP = timedelta(hours=25)


def tidy(tx: Transaction) -> bool:
    """A piece of it, in a transaction of its own; True while more may be left."""
    if conversations.empty_ended(tx, KEEP_DONE, CHUNK) == CHUNK:
        return True
    if conversations.forget_ended(tx, KEEP_ENDED, CHUNK) == CHUNK:
        return True
    if sends.forget_finished(tx, KEEP_SENT, CHUNK) >= CHUNK:
        return True
    scheduled_tasks.forget_put_away(tx, KEEP_ENDED)
    folded_messages.forget_old(tx)
    counts.forget_old(tx)
    return _occurrences(tx) or _introductions(tx)


def begin(tx: Transaction) -> None:
    """Before the pieces of an hour: what is small, and how far the clock may be believed."""
    inbox.forget_done(tx, KEEP_DONE)
    quarantine.forget_old(tx)
    known = tidying.known(tx)
    if known is None:
        # From the oldest on, at the same pace: the clock may be wrong at the first look, too.
        tidying.keep(tx, Tidied(sends.oldest_occurrence(tx) or tx.now, ("", 0)))
    else:
        tidying.keep(tx, replace(known, clock=min(tx.now, known.clock + LONGEST_STEP)))
    _ended(tx)


def _ended(tx: Transaction) -> None:
    """What counts no longer for three months, by a clock that is sure: each is a handful of rows."""
    sure = tidying.sure(tx)
    if sure is None:
        return
    blocks.forget_ended(tx, sure - KEEP_ENDED)
    links.forget_old(tx, sure - KEEP_ENDED)
    flooding.forget_quiet(tx, sure - KEEP_ENDED)


def _introductions(tx: Transaction) -> bool:
    sure = tidying.sure(tx)
    return sure is not None and sends.forget_introductions(tx, sure - KEEP_INTRODUCED, CHUNK) == CHUNK


def _occurrences(tx: Transaction) -> bool:
    """Keys that keep something from coming twice go by a clock that moves on by a day at most each time: one that is
    wrong for an hour must not make anything come again."""
    known = tidying.known(tx)
    if known is None:
        return False
    looked_at = sends.forget_occurrences(tx, known.clock - KEEP_ENDED, known.looked_at, CHUNK)
    if looked_at:
        # Those that stay are not looked at again each hour.
        tidying.keep(tx, replace(known, looked_at=looked_at[-1]))
    return len(looked_at) == CHUNK
