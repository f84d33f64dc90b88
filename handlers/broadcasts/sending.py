"""What is said to many goes out: the tasks, and how a copy reads when it is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.broadcasts.broadcasts import State, read_in
from domain.core.parts import PartKind
from domain.core.subjects import split
from handlers.broadcasts import progress
from handlers.broadcasts.progress import of
from handlers.kit import mailer
from handlers.kit.texts import Html
from handlers.kit.update_context import Setup, UpdateContext
from services.broadcasts import broadcasting, copies, running
from storage.broadcasts import broadcasts
from storage.broadcasts.broadcasts import Broadcast, BroadcastPart
from storage.broadcasts.recipients import Ended, Recipient, of_role, role
from storage.core import messages
from storage.core.database import Transaction
from storage.core.instants import from_text_or_none, to_text
from storage.core.messages import Message
from storage.core.outbox import Lane
from storage.people import people


def send_next(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task, with each tick while it goes out. `data`: when its writer was told last how far it is."""
    number = split(about)[1]
    broadcast = broadcasting.get(tx, number)
    told = from_text_or_none(data.get("told"))
    tells = told is None or not told <= tx.now < told + progress.EVERY

    def gather(after: int, limit: int) -> Sequence[Recipient]:
        return of(setup, broadcast.subject).recipients(tx, setup, broadcast.subject, after, limit)

    noted = {"told": to_text(tx.now)} if tells else data
    step = running.step(tx, setup.community, number, gather, noted)
    if step.sent:
        _send_files(tx, broadcast, step.sent)
    if tells or step.rests:
        progress.follow(tx, setup, number)


def _send_files(tx: Transaction, broadcast: Broadcast, to: Sequence[Ended]) -> None:
    """The files come below the words, as soon as these have arrived: nobody has files without words."""
    parts = broadcasting.parts_of(tx, broadcast.id)
    if all(part.kind == PartKind.TEXT for part in parts):
        return
    for each in to:
        about = each.about or broadcast.subject

        def card(part: BroadcastPart, each: Ended = each, about: str = about) -> int:
            return messages.new_card(tx, each.chat, about, role(broadcast.id, part.id))

        mailer.send_files(
            tx, each.chat, read_in(parts, each.language), card=card, lane=Lane.NOTICE, silent=True, subject=about,
            purpose=role(broadcast.id),
        )  # fmt: skip


def word(tx: Transaction, setup: Setup, _about: str, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """A copy as it reads at the moment it is sent; None once it was withdrawn. Only reads."""
    broadcast = broadcasts.by_id(tx, content["broadcast"])
    if broadcast is None or broadcast.state is State.WITHDRAWN:
        return None
    say = setup.speaker(people.by_id(tx, content["person"]).language)
    parts = read_in(broadcasts.parts_of(tx, broadcast.id), say.language)
    text, markup = of(setup, broadcast.subject).words(
        tx, setup, say, broadcast.subject, broadcast, parts, content["about"]
    )
    return {"text": text, "markup": markup, "rings": broadcast.urgent}


def correct_next(tx: Transaction, _setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the next copies are to read as it was corrected."""
    copies.correct_next(tx, split(about)[1], data)


def withdraw_next(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """The task: the next copies are deleted; what Telegram does not let us delete says that it was withdrawn."""
    number = split(about)[1]
    said: dict[str, Html] = {}
    rows = []
    for each in copies.withdraw_next(tx, number, data):
        if each.language not in said:
            say = setup.speaker(each.language)
            said[each.language] = say("This message was withdrawn.")
        rows.append((each.chat, each.card, each.about, each.kind, said[each.language]))
    mailer.take_back_many(tx, rows, lane=Lane.BROADCAST, purpose=role(number))
    progress.follow(tx, setup, number)


def replied(ctx: UpdateContext, about: Message) -> bool:
    """A reply to a copy belongs to what the broadcast belongs to."""
    number = of_role(about.purpose)
    broadcast = broadcasts.by_id(ctx.tx, number) if number is not None else None
    broadcaster = ctx.setup.features.broadcasters.get(broadcast.subject.partition(":")[0]) if broadcast else None
    if broadcast is None or broadcaster is None or broadcaster.replied is None:
        return False
    return broadcaster.replied(ctx, about, broadcast.id)
