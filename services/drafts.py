"""What was begun and not sent: reminded of after 15 minutes and the next morning, put away the morning after that.

A draft is not sent by itself, unless it speaks of danger, and never thrown away in silence. The reminder after 15
minutes comes to somebody who has just written; the others wait for the end of their quiet hours.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar.local_time import instant
from domain.community import Community
from domain.core.subjects import split, subject
from domain.events import DraftExpired, DraftReminded, QuestionLapsed
from services.people import quiet
from storage.core import conversations, scheduled_tasks
from storage.core.conversations import ConversationState
from storage.core.database import Transaction
from storage.people import people

FIRST = timedelta(minutes=15)
MORNING = time(9, 0)
NIGHT = timedelta(hours=6)  # what is begun at one in the morning is reminded of at nine, at five on the day after
LAPSE = timedelta(days=1)
KIND = "draft"


def run_due(tx: Transaction, community: Community, about: str, stage: str, *, heard: bool) -> None:
    """The task: remind of a draft; while Telegram is not in reach its person waits until they have had their say."""
    if heard:
        remind(tx, about, stage, community)
    else:
        wait(tx, about, stage)


def touched(tx: Transaction, conversation: int) -> None:
    """Somebody worked on it: the reminders start anew."""
    about = subject("conversation", conversation)
    scheduled_tasks.plan(tx, KIND, about, tx.now + FIRST, f"draft:{conversation}", {"stage": "first"})


def plan_lapse(tx: Transaction, conversation: int) -> None:
    """A question that need not be answered is let go after a day, so that later words are not taken for its answer."""
    about = subject("conversation", conversation)
    scheduled_tasks.plan(tx, KIND, about, tx.now + LAPSE, f"draft:{conversation}", {"stage": "lapse"})


def ended(tx: Transaction, conversation: int) -> None:
    """It was sent or cancelled: nothing more to remind of."""
    scheduled_tasks.cancel(tx, subject("conversation", conversation), KIND)


def postpone(tx: Transaction) -> None:
    """Nobody could be heard for a while: what is due by now, or soon, waits until people have had their say."""
    scheduled_tasks.postpone(tx, KIND, tx.now + FIRST)


def asked_again(tx: Transaction, conversation: int, zone: ZoneInfo) -> None:
    """Its question was asked once more after nobody could be heard: what follows is reckoned from now."""
    noted = scheduled_tasks.noted(tx, f"draft:{conversation}")
    if noted is None:
        return
    if noted["stage"] == "lapse":
        plan_lapse(tx, conversation)
        return
    about = subject("conversation", conversation)
    scheduled_tasks.plan(tx, KIND, about, next_morning(tx.now, zone), f"draft:{conversation}", {"stage": "morning"})


def wait(tx: Transaction, about: str, stage: str) -> None:
    """Nobody can be heard at present: what is due waits, so that nothing is put away that somebody has sent."""
    _, number = split(about)
    scheduled_tasks.plan(tx, KIND, about, tx.now + FIRST, f"draft:{number}", {"stage": stage})


def remind(tx: Transaction, about: str, stage: str, community: Community) -> None:
    """What is due has come: say so, and plan what comes after."""
    _, number = split(about)
    conversation = conversations.by_id(tx, number)
    if conversation is None or conversation.state == ConversationState.ENDED:
        ended(tx, number)
        return
    allowed = quiet.allowed_from(tx.now, community, people.by_id(tx, conversation.person))
    if stage in ("morning", "expire") and allowed > tx.now:
        scheduled_tasks.plan(tx, KIND, about, allowed, f"draft:{number}", {"stage": stage})
        return
    if stage in ("expire", "lapse"):
        conversation.state = ConversationState.ENDED
        conversations.save(tx, conversation)
        tx.emit(DraftExpired(conversation=number) if stage == "expire" else QuestionLapsed(conversation=number))
        ended(tx, number)
        return
    tx.emit(DraftReminded(conversation=number, final=stage == "morning"))
    following = "morning" if stage == "first" else "expire"
    scheduled_tasks.plan(tx, KIND, about, next_morning(tx.now, community.zone), f"draft:{number}", {"stage": following})


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Nine o'clock of the next local morning that has a night before it, as a UTC instant."""
    today = now.astimezone(zone).date()
    this = instant(datetime.combine(today, MORNING), zone)
    return this if this - now >= NIGHT else instant(datetime.combine(today + timedelta(days=1), MORNING), zone)
