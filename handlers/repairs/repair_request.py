"""Asking for a repair: what is wrong, which trade, how soon, where. The number to call in danger comes first."""

from dataclasses import dataclass
from typing import Any

from domain.core.parts import PartKind
from domain.core.stored import known
from domain.core.subjects import subject
from domain.language.phones import phone_number
from domain.repairs.repairs import Urgency
from handlers.kit import wording
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.names import Name
from handlers.kit.conversation.steps import Choose, Line, Place, Words, add_part, no_such_part
from handlers.kit.parts import belong_to, from_draft, media_line, quoted_shortly, words_in
from handlers.kit.texts import Html, bold, lines, paragraphs, shorten
from handlers.kit.update_context import UpdateContext
from handlers.repairs import repair_words
from handlers.reports.resident import dangers, said_afterwards
from services.repairs import repairs as service
from services.repairs.repairs import Other, Request
from services.reports import access, alarms, completing, saying_more, submitting
from services.reports import dangers as dangers_service
from services.reports.submitting import NewReport
from storage.core import conversations, messages
from storage.core.conversations import Conversation
from storage.core.messages import CardRole
from storage.people import homes

NAME = "repair"
SHOWN_WORDS = 1200
YES, NO = "yes", "no"
OTHER = "other"
SEEN = (PartKind.PHOTO, PartKind.VIDEO)
"""What those who are asked can be shown beforehand."""


def command(ctx: UpdateContext) -> None:
    """/repair, with the words behind it when there are any: `/repair The tap drips`."""
    if words_in(ctx) is None:
        begin(ctx)
        return
    dangers.watch(ctx)
    if ctx.conversation is not None and ctx.conversation.flow == NAME:
        engine.message(ctx)
        return
    if not _can(ctx):
        return
    draft = _remembered(ctx)
    wrong = add_part(ctx, draft, "words")
    assert wrong is None, "there are words"
    conversation = engine.begin(ctx, NAME, draft)
    belong_to(ctx.tx, from_draft(draft["words"]), subject("conversation", conversation.id))
    _watch(ctx, conversation)
    # The question is on the screen already: what was found in the words is to be remembered all the same.
    conversations.save(ctx.tx, conversation)


def begin_with(ctx: UpdateContext, words: list[dict[str, Any]], trade: str | None) -> None:
    """Go on with what was said elsewhere."""
    service.may_ask(ctx.tx, ctx.setup.community, ctx.who)
    draft = {**_remembered(ctx), "words": words}
    if trade is not None:
        draft["trade"] = trade
    conversation = engine.begin(ctx, NAME, draft)
    belong_to(ctx.tx, from_draft(words), subject("conversation", conversation.id))


def begin(ctx: UpdateContext) -> None:
    """The big button: ask what is broken, or go back to what is being asked for."""
    if ctx.conversation is not None and ctx.conversation.flow == NAME:
        engine.show(ctx, anew=True)
    elif _can(ctx):
        engine.begin(ctx, NAME, _remembered(ctx))


def _can(ctx: UpdateContext) -> bool:
    """Whether there is anything to ask for; raises when it is not allowed, or too much."""
    service.may_ask(ctx.tx, ctx.setup.community, ctx.who)
    if ctx.setup.community.trades:
        return True
    ctx.send(ctx.say("There are no volunteers for repairs here yet. Write to the staff what is broken."))
    return False


def _remembered(ctx: UpdateContext) -> Draft:
    home = homes.of(ctx.tx, ctx.who.id)
    if home is None:
        return {}
    return {"area": home.area, "address": home.address, "remember": YES}


def _photos(draft: Draft) -> bool:
    return any(part.get("kind") in SEEN for part in draft.get("words", []))


@dataclass(frozen=True)
class Broken(Words):
    """What is broken; here one can say that it is somebody else's, who has no Telegram."""

    def choices(self, ctx: UpdateContext, draft: Draft) -> list[tuple[str, str]]:
        found = super().choices(ctx, draft)
        return found if draft.get("other") else [*found, (ctx.say.label("For someone without Telegram"), OTHER)]

    def take_press(self, ctx: UpdateContext, draft: Draft, value: str) -> Wrong | None:
        if value != OTHER:
            return super().take_press(ctx, draft, value)
        draft["other"] = draft["_stay"] = True
        # One's own address is not theirs.
        for name in ("area", "address", "remember"):
            draft.pop(name, None)
        return None


def _for_other(draft: Draft) -> bool:
    return bool(draft.get("other"))


def _for_oneself(draft: Draft) -> bool:
    return not draft.get("other")


def _take_extra(ctx: UpdateContext, draft: Draft) -> Wrong | Html | None:
    """Whatever comes while it is being asked for belongs to it, but for words meant to answer the open question."""
    open_step = FLOW.step(ctx.conversation.step) if ctx.conversation is not None else None
    if isinstance(open_step, Line | Place) and ctx.message.text:
        return open_step.take_message(ctx, draft)
    wrong = add_part(ctx, draft, "words")
    return wrong if wrong is not None else ctx.say("I have added that.")


def _watch(ctx: UpdateContext, conversation: Conversation) -> bool:
    """Words of danger go to the staff at once, as a report; the repair is asked for all the same."""
    draft = conversation.draft
    if ctx.danger is None or not draft.get("words"):
        _answers(ctx, conversation)
        return False
    draft["danger"] = ctx.danger
    if draft.get("_told") is None and (stands := dangers_service.standing(ctx.tx, ctx.who.id)) is not None:
        draft["_told"], draft["_placed"] = dangers_service.number(stands), draft.get("area")
        saying_more.add(ctx.tx, ctx.setup.community, ctx.who, draft["_told"], from_draft(draft["words"]), ctx.danger)
    elif draft.get("_told") is None:
        new = NewReport(parts=from_draft(draft["words"]), area=draft.get("area"), danger=ctx.danger)
        draft["_told"] = submitting.submit(ctx.tx, ctx.setup.community, ctx.who, new)
        draft["_placed"] = draft.get("area")
    else:
        saying_more.add(
            ctx.tx, ctx.setup.community, ctx.who, draft["_told"], from_draft(draft["words"][-1:]), ctx.danger
        )
    return False


def _answers(ctx: UpdateContext, conversation: Conversation) -> None:
    """While they are asked where the danger is, a place they name is that of the danger. Their words are not shown."""
    number, parts = conversation.draft.get("_told"), conversation.draft.get("words", [])
    came = messages.find(ctx.tx, ctx.where.id, ctx.message.id)
    asked = dangers_service.awaiting_place(ctx.tx, ctx.who.id)
    if came is None or asked is None or dangers_service.number(asked) != number or not parts:
        return
    if parts[-1].get("message") == came.id:
        said_afterwards.named(ctx, asked, came.id, parts[-1].get("text"))


def _touched(ctx: UpdateContext, conversation: Conversation) -> None:
    """Whoever looks after the danger has to know where it is, and it is asked for once only."""
    drafts.touched(ctx, conversation)
    draft = conversation.draft
    number, area, placed = draft.get("_told"), draft.get("area"), draft.get("_placed")
    if number is None or area is None or area == placed:
        return
    report = access.own(ctx.tx, ctx.who, number)
    # What they or the staff have said of the report's place themselves stands.
    if (report.area, report.place) in ((None, None), (placed, None)):
        completing.complete(ctx.tx, ctx.setup.community, ctx.who, number, area=area)
        draft["_placed"] = area


def _summary(ctx: UpdateContext, conversation: Conversation) -> Html:
    say, draft, community = ctx.say, conversation.draft, ctx.setup.community
    parts = from_draft(draft.get("words", []))
    place = community.place_name(draft["area"], say.language) if draft.get("area") else None
    shown = say("They may see the photos before.") if draft.get("photos") == YES else None
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            quoted_shortly(parts, SHOWN_WORDS),
            media_line(say, parts),
            say("Trade: {trade}", trade=repair_words.trade(community, say, draft["trade"])),
            say("How soon: {when}", when=repair_words.urgency(say, known(draft["urgency"], Urgency.TODAY))),
            say("Place: {place}", place=place) if place else None,
            no_such_part(ctx, draft),
            say("For whom: {name}", name=draft["name"]) if draft.get("other") else None,
            say("Address: {address}", address=draft["address"]),
            say("Home: {when}", when=draft["home"]) if draft.get("home") else None,
        ),
        repair_words.costs(community, say),
        lines(
            say(
                "I ask volunteers near you. Only the one who takes it reads your words and your address. The staff can "
                "look the address up when they must, and that is recorded."
            ),
            shown,
        ),
    )


def _finish(ctx: UpdateContext, conversation: Conversation) -> None:
    draft = conversation.draft
    parts = from_draft(draft["words"])
    request = Request(
        parts=parts,
        trade=draft["trade"],
        urgency=known(draft["urgency"], Urgency.TODAY),
        area=draft.get("area"),
        address=draft["address"],
        home=draft.get("home"),
        danger=draft.get("danger"),
        released=draft.get("photos") == YES,
        remember=draft.get("remember") == YES,
        other=Other(draft["name"], draft["phone"]) if draft.get("other") else None,
    )
    number = service.ask(ctx.tx, ctx.setup.community, ctx.who, request)
    draft[conversations.ABOUT] = [subject("repair", number)]
    if conversation.card is not None:
        # The question on the screen becomes the card that shows where it stands, in the same place.
        messages.pass_card(ctx.tx, conversation.card, subject("repair", number), CardRole.STATUS)
    belong_to(ctx.tx, parts, subject("repair", number))


def _cancelled(ctx: UpdateContext, conversation: Conversation) -> Html:
    number = conversation.draft.get("_told")
    if number is None:
        return ctx.say("Cancelled. Nothing was sent.")
    if alarms.of(ctx.tx, number) is not None:
        return ctx.say(
            "Cancelled. No volunteer is asked. What you wrote about the danger is on its way to the staff: "
            "report no. {number}.",
            number=number,
        )
    return ctx.say(
        "Cancelled. No volunteer is asked. The staff have what you wrote about the danger: report no. {number}.",
        number=number,
    )


def _ask_words(ctx: UpdateContext, draft: Draft) -> Html:
    return paragraphs(
        wording.emergency_line(ctx.setup.community, ctx.say),
        ctx.say("You ask for somebody without Telegram. What I have to tell them I tell you.")
        if draft.get("other")
        else None,
        bold(ctx.say("What is broken?")),
        ctx.say(
            "Write it, speak it, or send a photo. Neighbours who can mend it are asked. Nothing is sent before "
            "you say so."
        ),
    )


def number_in(ctx: UpdateContext, words: str) -> str | Wrong:
    """The telephone number that some words are."""
    return phone_number(words) or Wrong(ctx.say("Please write a telephone number in digits."))


def _address(_ctx: UpdateContext, words: str) -> str:
    return shorten(words, service.ADDRESS_LENGTH)


def yes_or_no(ctx: UpdateContext) -> list[tuple[str, str]]:
    """The two answers."""
    return [(ctx.say.label("Yes"), YES), (ctx.say.label("No"), NO)]


_WORDS = Broken("words", ask=_ask_words, change=lambda ctx, _draft: ctx.say.label("Write it again"))
_TRADE = Choose(
    "trade",
    ask=lambda ctx, _draft: ctx.say("Who is needed?"),
    change=lambda ctx, _draft: ctx.say.label("Change the trade"),
    options=lambda ctx: [(trade.name.in_(ctx.say.language), trade.code) for trade in ctx.setup.community.trades],
)
_URGENCY = Choose(
    "urgency",
    ask=lambda ctx, _draft: paragraphs(
        bold(ctx.say("How soon?")), ctx.say("“Now” may wake somebody. For what can wait, nobody is asked at night.")
    ),
    change=lambda ctx, _draft: ctx.say.label("Change how soon"),
    options=lambda ctx: [(repair_words.urgency(ctx.say, each), each.value) for each in Urgency],
)
PLACE = Place(
    "area",
    ask=lambda ctx, _draft: ctx.say("Where is it? Tap your building, and your stairwell if it has one."),
    change=lambda ctx, _draft: ctx.say.label("Change the place"),
    only_areas=True,
)
ADDRESS = Line(
    "address",
    ask=lambda ctx, _draft: paragraphs(
        bold(ctx.say("The address to the door?")),
        ctx.say(
            "Floor, flat, name at the door. Only the volunteer who takes it reads it. The staff can look it up when "
            "they must, and that is recorded."
        ),
    ),
    change=lambda ctx, _draft: ctx.say.label("Change the address"),
    taken=_address,
)
_REMEMBER = Choose(
    "remember",
    ask=lambda ctx, _draft: ctx.say("Shall I keep this address for the next time? Nobody reads it until then."),
    options=yes_or_no,
    needed=_for_oneself,
)
_NAME = Name(
    "name",
    ask=lambda ctx, _draft: ctx.say("What are they called? The volunteer asks for them at the door."),
    taken=lambda _ctx, words: shorten(words, 60),
    needed=_for_other,
)
_PHONE = Line(
    "phone",
    ask=lambda ctx, _draft: ctx.say(
        "Their telephone number? Only the volunteer who takes it reads it. The staff can "
        "look it up when they must, and that is recorded."
    ),
    taken=number_in,
    needed=_for_other,
)
_AGREED = Choose(
    "agreed",
    ask=lambda ctx, _draft: ctx.say(
        "Do they agree that a volunteer comes, and reads their name, address and number? If not, please cancel."
    ),
    options=lambda ctx: [(ctx.say.label("Yes, they agree"), YES)],
    needed=_for_other,
)
_HOME = Line(
    "home",
    ask=lambda ctx, _draft: ctx.say("When is somebody home? For example: today until 18:00, tomorrow all day."),
    change=lambda ctx, draft: (
        ctx.say.label("Change when you are home") if draft.get("home") else ctx.say.label("Say when you are home")
    ),
    taken=_address,
)
_PHOTOS = Choose(
    "photos",
    ask=lambda ctx, _draft: ctx.say(
        "May the volunteers I ask see your photos before one of them takes it? It helps them to bring the right tools."
    ),
    options=yes_or_no,
    needed=_photos,
)
FLOW = Flow(
    name=NAME,
    steps=(_WORDS, _TRADE, _URGENCY, PLACE, ADDRESS, _REMEMBER, _NAME, _PHONE, _AGREED, _HOME, _PHOTOS),
    finish=_finish,
    summary=_summary,
    send_label=lambda ctx: ctx.say.label("Ask for it"),
    skippable=frozenset({"home"}),
    take_extra=_take_extra,
    interrupt=_watch,
    touched=_touched,
    cancelled=_cancelled,
)
