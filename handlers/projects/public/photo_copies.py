"""The photo of how it was, as people are sent it with the question whether it is fixed; and taken back from them."""

from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import split, subject
from handlers.kit import mailer
from handlers.kit.texts import Html, Speaker
from handlers.kit.update_context import Setup
from handlers.reports import recipients
from services.projects import photo_copies as service
from storage.core import chats, messages, outbox
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.core.outbox import Lane
from storage.projects import photo_copies, photos
from storage.reports import reports, supports

CHUNK = 50


def send_next(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the next people who spoke about a report get the photo, each once, and not who made it."""
    report, photo = split(about)[1], photos.by_id(tx, data["photo"])
    if photo is None or not photos.can_be_sent(tx, photo.id):
        return
    part = None if photo.part is None else reports.part(tx, photo.part)
    maker = photo.by if part is None else part.person
    concerned = supports.concerned(tx, report, data["after"], CHUNK)
    for person in concerned:
        chat = chats.private_with(tx, person)
        if person == maker or chat is None or chat.unreachable is not None or photo_copies.has(tx, photo.id, chat.id):
            continue
        say = mailer.speaker_in(tx, setup, chat.id)
        of = subject("report", recipients.known_by(tx, report, person))
        below = mailer.below(messages.newest_card_in(tx, of, CardRole.STATUS, chat.id), of, Purpose.PART)
        mailer.add(
            tx,
            chat.id,
            outbox.file_action(PartKind.PHOTO),
            {"file_id": photo.file_id, "text": _words(say)},
            card=messages.new_card(tx, chat.id, of, photo_copies.role(photo.id)),
            lane=Lane.NOTICE,
            silent=True,
            **below,
        )
    if len(concerned) == CHUNK:
        service.plan_sending(tx, report, photo.id, concerned[-1])


def take_back_next(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the next copies of a photo are deleted; one Telegram does not let us delete says that it is gone."""
    photo = split(about)[1]
    if photos.can_be_sent(tx, photo):
        return
    found = photo_copies.copies(tx, photo, data["after"], CHUNK)
    for copy in found:
        say = mailer.speaker_in(tx, setup, copy.chat)
        mailer.take_back(
            tx, copy.chat, copy.card, _gone(say), PartKind.PHOTO, subject=copy.subject, purpose=Purpose.PART
        )
    if len(found) == CHUNK:
        service.plan_taking_back(tx, photo, found[-1].card)


def _words(say: Speaker) -> Html:
    return say("This is how it was before.")


def _gone(say: Speaker) -> Html:
    return say("This photo is not shown any more.")
