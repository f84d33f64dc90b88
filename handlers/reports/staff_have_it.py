"""Whether staff have a report: what its residents read of that, true at each moment."""

from domain.community import Community
from domain.reports.reports import State
from handlers.kit import wording
from handlers.kit.texts import Html, Speaker, bold, paragraphs
from handlers.kit.update_context import Setup
from services.reports import alarms
from services.staff_room import staff_chat
from storage.core.database import Transaction
from storage.reports.reports import Report


def danger_line(tx: Transaction, setup: Setup, say: Speaker, report: Report) -> Html | None:
    """How far the words of a report of danger have come; None when it was closed before they came to the group.

    `report` is what it is part of, where it was merged: its card is where staff read of it.
    """
    alarm = alarms.of(tx, report.id)
    if alarm is None:
        return say("The staff group has it.") if alarms.is_on_card(tx, report.id) else None
    if not alarm.given_up:
        return say("Because this sounds dangerous, I am telling the staff now.")
    written_to = sum(card["message_id"] is not None for card in alarms.copies(tx, report.id))
    if not written_to:
        return nobody(setup.community, say)
    return only_in_private(setup.community, say, written_to)


def is_given_up(tx: Transaction, report: Report) -> bool:
    """Whether it was said that the group was not reached: what is said beside must not sound as if it was."""
    alarm = alarms.of(tx, report.id)
    return alarm is not None and alarm.given_up


def nobody(community: Community, say: Speaker) -> Html:
    """Neither the group nor anybody in private was reached, and whom to call."""
    return paragraphs(bold(say("I could not reach anyone.")), call(community, say))


def only_in_private(community: Community, say: Speaker, count: int) -> Html:
    """The group was not reached; so many leads and admins were written to. And whom to call."""
    told = say.plural(
        "I could not reach the staff group. I have written to {count} senior member of staff in private, but I do not "
        "know whether they have seen it.",
        "I could not reach the staff group. I have written to {count} senior members of staff in private, but I do not "
        "know whether they have seen it.",
        count,
    )
    return paragraphs(bold(told), call(community, say))


def call(community: Community, say: Speaker) -> Html | None:
    """`Please call now: 119 (Fire and rescue), …`; None when the community names no number."""
    if not community.emergency:
        return None
    numbers = say.listed(wording.number_and_name(say, each) for each in community.emergency)
    return bold(say("Please call now: {numbers}", numbers=numbers))


def unread_line(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """That a report waits for a staff group that cannot be reached; None for all others."""
    if report.state is not State.NEW or not alarms.is_unread(tx, report.id):
        return None
    return say(
        "I cannot reach the staff group at the moment. Your report is saved, and goes there as soon as I can reach it."
    )


def known(tx: Transaction, say: Speaker, read: Html, alone: Html) -> Html:
    """`read`, which says that staff have or know something; while their group cannot be reached `alone`, and that."""
    if staff_chat.is_reachable(tx):
        return read
    return paragraphs(
        alone, say("It is saved. I cannot reach the staff group at the moment; it goes there as soon as I can.")
    )
