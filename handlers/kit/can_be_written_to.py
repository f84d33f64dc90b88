"""Whether those whom something is for can be written to: nobody reads that somebody is told or asked who cannot be."""

from handlers.kit.texts import Html, Speaker, lines
from storage.core import chats
from storage.core.database import Transaction
from storage.reports import supports
from storage.reports.reports import Report


def is_in_reach(tx: Transaction, person: int) -> bool:
    """Whether somebody has a chat with the bot, and has not blocked it, as far as is known."""
    chat = chats.private_with(tx, person)
    return chat is not None and chat.unreachable is None


def if_in_reach(tx: Transaction, say: Speaker, report: Report, read: Html) -> Html:
    """`read`, which says that the resident of a report is asked; or that they cannot be."""
    chat = chats.private_with(tx, report.person)
    if chat is None:
        return say(
            "The resident of no. {number} does not use Telegram. A colleague is asked to call them.", number=report.id
        )
    if chat.unreachable is not None:
        return say(
            "Not asked yet: the resident of no. {number} has blocked me or left Telegram. If they come back, "
            "they are asked.",
            number=report.id,
        )
    return read


def all_told(tx: Transaction, say: Speaker, number: int, done: Html, told: Html) -> Html:
    """What was `done`, and that all are `told`; or who of them cannot be told here."""
    closed, without = supports.closed_to_us(tx, number), supports.without_telegram(tx, number)
    if not closed and not without:
        return told
    return lines(
        done,
        say.plural("{count} person has blocked me or left Telegram.",
                   "{count} people have blocked me or left Telegram.", closed) if closed else None,
        say.plural("{count} person does not use Telegram; a colleague is asked to call them.",
                   "{count} people do not use Telegram; a colleague is asked to call them.", without)
        if without else None,
    )  # fmt: skip
