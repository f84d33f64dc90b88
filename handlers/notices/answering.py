"""Anybody may answer a notice: a reply to it begins a report that knows which notice it answers."""

from domain.core.subjects import number_of
from handlers.kit.conversation.flow import Draft
from handlers.kit.staff_action import StaffWork
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import UpdateContext
from handlers.notices import notice_text
from handlers.reports.resident import reporting
from services.broadcasts import broadcasting
from storage.core.messages import Message
from storage.notices import notices
from storage.reports.reports import Report


def replied(ctx: UpdateContext, _about: Message, broadcast: int) -> bool:
    """A reply to a copy (`Broadcaster.replied`). Words of danger have been looked for, and ring as ever."""
    number = number_of(broadcasting.get(ctx.tx, broadcast).subject, "notice")
    notice = notices.by_id(ctx.tx, number) if number is not None else None
    if notice is None:
        return False
    begun: Draft = {reporting.NOTICE: notice.id, reporting.OF_NOTICE: notice_text.gist(ctx.tx, ctx.say, notice)}
    reporting.begin_with_message(ctx, begun)
    return True


def on_card(say: Speaker, report: Report) -> Html | None:
    """A line of the staff's card of a report."""
    return say("It answers notice no. {number}.", number=report.notice) if report.notice is not None else None


WORK = StaffWork(card_lines=(on_card,))
