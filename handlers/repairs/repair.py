"""Asking for a repair: what is wrong, which trade, how soon, where. The number to call in danger comes first."""

from dataclasses import dataclass
from typing import Any

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.language.phones import phone_number
from domain.repairs.repairs import Urgency
from handlers.kit.conversation import drafts
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Draft, Flow, Wrong
from handlers.kit.conversation.names import Name
from handlers.kit.conversation.steps import Choose, Line, Place, Words, add_part, no_such_part
from handlers.kit.here import Here
from handlers.kit.parts import from_draft, media_line, words_in, words_of
from handlers.kit.texts import Html, bold, lines, paragraphs, quote, shorten
from handlers.repairs import repair_words
from handlers.reports import describe
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


def command(here: Here) -> None:
    """/repair, with the words behind it when there are any: `/repair The tap drips`."""
    if words_in(here) is None:
        begin(here)
        return
    dangers.watch(here)
    if here.conversation is not None and here.conversation.flow == NAME:
        engine.message(here)
        return
    if not _can(here):
        return
    draft = _remembered(here)
    wrong = add_part(here, draft, "words")
    assert wrong is None, "there are words"
    conversation = engine.begin(here, NAME, draft)
    for part in draft["words"]:
        messages.set_subject(here.tx, part["message"], subject("conversation", conversation.id))
    _watch(here, conversation)
    # The question is on the screen already: what was found in the words is to be remembered all the same.
    conversations.save(here.tx, conversation)


def begin_with(here: Here, words: list[dict[str, Any]], trade: str | None) -> None:
    """Go on with what was said elsewhere."""
    service.may_ask(here.tx, here.setup.community, here.who)
    draft = {**_remembered(here), "words": words}
    if trade is not None:
        draft["trade"] = trade
    conversation = engine.begin(here, NAME, draft)
    for part in words:
        if part.get("message") is not None:
            messages.set_subject(here.tx, part["message"], subject("conversation", conversation.id))


def begin(here: Here) -> None:
    """The big button: ask what is broken, or go back to what is being asked for."""
    if here.conversation is not None and here.conversation.flow == NAME:
        engine.show(here, anew=True)
    elif _can(here):
        engine.begin(here, NAME, _remembered(here))


def _can(here: Here) -> bool:
    """Whether there is anything to ask for; raises when it is not allowed, or too much."""
    service.may_ask(here.tx, here.setup.community, here.who)
    if here.setup.community.trades:
        return True
    here.send(here.say("There are no volunteers for repairs here yet. Write to the staff what is broken."))
    return False


def _remembered(here: Here) -> Draft:
    home = homes.of(here.tx, here.who.id)
    if home is None:
        return {}
    return {"area": home.area, "address": home.address, "remember": YES}


def _photos(draft: Draft) -> bool:
    return any(part.get("kind") in SEEN for part in draft.get("words", []))


@dataclass(frozen=True)
class Broken(Words):
    """What is broken; here one can say that it is somebody else's, who has no Telegram."""

    def choices(self, here: Here, draft: Draft) -> list[tuple[str, str]]:
        found = super().choices(here, draft)
        return found if draft.get("other") else [*found, (here.say.label("For someone without Telegram"), OTHER)]

    def take_press(self, here: Here, draft: Draft, value: str) -> Wrong | None:
        if value != OTHER:
            return super().take_press(here, draft, value)
        draft["other"] = draft["_stay"] = True
        # One's own address is not theirs.
        for name in ("area", "address", "remember"):
            draft.pop(name, None)
        return None


def _for_other(draft: Draft) -> bool:
    return bool(draft.get("other"))


def _for_oneself(draft: Draft) -> bool:
    return not draft.get("other")


def _spill(here: Here, draft: Draft) -> Wrong | Html | None:
    """Whatever comes while it is being asked for belongs to it, but for words meant to answer the open question."""
    open_step = FLOW.step(here.conversation.step) if here.conversation is not None else None
    if isinstance(open_step, Line | Place) and here.message.text:
        return open_step.take_message(here, draft)
    wrong = add_part(here, draft, "words")
    return wrong if wrong is not None else here.say("I have added that.")


def _watch(here: Here, conversation: Conversation) -> bool:
    """Words of danger go to the staff at once, as a report; the repair is asked for all the same."""
    draft = conversation.draft
    if here.danger is None or not draft.get("words"):
        _answers(here, conversation)
        return False
    draft["danger"] = here.danger
    if draft.get("_told") is None and (stands := dangers_service.standing(here.tx, here.who.id)) is not None:
        draft["_told"], draft["_placed"] = dangers_service.number(stands), draft.get("area")
        saying_more.add(
            here.tx, here.setup.community, here.who, draft["_told"], from_draft(draft["words"]), here.danger
        )
    elif draft.get("_told") is None:
        new = NewReport(parts=from_draft(draft["words"]), area=draft.get("area"), danger=here.danger)
        draft["_told"] = submitting.submit(here.tx, here.setup.community, here.who, new)
        draft["_placed"] = draft.get("area")
    else:
        saying_more.add(
            here.tx, here.setup.community, here.who, draft["_told"], from_draft(draft["words"][-1:]), here.danger
        )
    return False


def _answers(here: Here, conversation: Conversation) -> None:
    """While they are asked where the danger is, a place they name is that of the danger. Their words are not shown."""
    number, parts = conversation.draft.get("_told"), conversation.draft.get("words", [])
    came = messages.find(here.tx, here.where.id, here.message.id)
    asked = dangers_service.asked(here.tx, here.who.id)
    if came is None or asked is None or dangers_service.number(asked) != number or not parts:
        return
    if parts[-1].get("message") == came.id:
        said_afterwards.named(here, asked, came.id, parts[-1].get("text"))


def _touched(here: Here, conversation: Conversation) -> None:
    """Whoever looks after the danger has to know where it is, and it is asked for once only."""
    drafts.touched(here, conversation)
    draft = conversation.draft
    number, area, placed = draft.get("_told"), draft.get("area"), draft.get("_placed")
    if number is None or area is None or area == placed:
        return
    report = access.own(here.tx, here.who, number)
    # What they or the staff have said of the report's place themselves stands.
    if (report.area, report.place) in ((None, None), (placed, None)):
        completing.complete(here.tx, here.setup.community, here.who, number, area=area)
        draft["_placed"] = area


def _summary(here: Here, conversation: Conversation) -> Html:
    say, draft, community = here.say, conversation.draft, here.setup.community
    parts = from_draft(draft.get("words", []))
    words = words_of(parts)
    place = community.place_name(draft["area"], say.language) if draft.get("area") else None
    shown = say("They may see the photos before.") if draft.get("photos") == YES else None
    return paragraphs(
        bold(say("NOT SENT YET")),
        lines(
            quote(shorten(words, SHOWN_WORDS)) if words else None,
            media_line(say, parts),
            say("Trade: {trade}", trade=repair_words.trade(community, say, draft["trade"])),
            say("How soon: {when}", when=repair_words.urgency(say, Urgency(draft["urgency"]))),
            say("Place: {place}", place=place) if place else None,
            no_such_part(here, draft),
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


def _finish(here: Here, conversation: Conversation) -> None:
    draft = conversation.draft
    parts = from_draft(draft["words"])
    request = Request(
        parts=parts,
        trade=draft["trade"],
        urgency=Urgency(draft["urgency"]),
        area=draft.get("area"),
        address=draft["address"],
        home=draft.get("home"),
        danger=draft.get("danger"),
        released=draft.get("photos") == YES,
        remember=draft.get("remember") == YES,
        other=Other(draft["name"], draft["phone"]) if draft.get("other") else None,
    )
    number = service.ask(here.tx, here.setup.community, here.who, request)
    if conversation.card is not None:
        # The question on the screen becomes the card that shows where it stands, in the same place.
        messages.pass_card(here.tx, conversation.card, subject("repair", number), CardRole.STATUS)
    for part in parts:
        if part.message is not None:
            messages.set_subject(here.tx, part.message, subject("repair", number))


def _cancelled(here: Here, conversation: Conversation) -> Html:
    number = conversation.draft.get("_told")
    if number is None:
        return here.say("Cancelled. Nothing was sent.")
    if alarms.of(here.tx, number) is not None:
        return here.say("Cancelled. No volunteer is asked. What you wrote about the danger is on its way to the staff: "
                        "report no. {number}.", number=number)  # fmt: skip
    return here.say("Cancelled. No volunteer is asked. The staff have what you wrote about the danger: report no. "
                    "{number}.", number=number)  # fmt: skip


def _ask_words(here: Here, draft: Draft) -> Html:
    return paragraphs(
        describe.emergency_line(here.setup.community, here.say),
        here.say("You ask for somebody without Telegram. What I have to tell them I tell you.")
        if draft.get("other")
        else None,
        bold(here.say("What is broken?")),
        here.say("Write it, speak it, or send a photo. Neighbours who can mend it are asked. Nothing is sent before "
                 "you say so."),
    )  # fmt: skip


def number_in(here: Here, words: str) -> str | Wrong:
    """The telephone number that some words are."""
    return phone_number(words) or Wrong(here.say("Please write a telephone number in digits."))


def _address(_here: Here, words: str) -> str:
    return shorten(words, service.ADDRESS_LENGTH)


def yes_or_no(here: Here) -> list[tuple[str, str]]:
    """The two answers."""
    return [(here.say.label("Yes"), YES), (here.say.label("No"), NO)]


_WORDS = Broken("words", ask=_ask_words, change=lambda here, _draft: here.say.label("Write it again"))
_TRADE = Choose(
    "trade",
    ask=lambda here, _draft: here.say("Who is needed?"),
    change=lambda here, _draft: here.say.label("Change the trade"),
    options=lambda here: [(trade.name.in_(here.say.language), trade.code) for trade in here.setup.community.trades],
)
_URGENCY = Choose(
    "urgency",
    ask=lambda here, _draft: paragraphs(
        bold(here.say("How soon?")),
        here.say("“Now” may wake somebody. For what can wait, nobody is asked at night."),
    ),
    change=lambda here, _draft: here.say.label("Change how soon"),
    options=lambda here: [(repair_words.urgency(here.say, each), each.value) for each in Urgency],
)
PLACE = Place(
    "area",
    ask=lambda here, _draft: here.say("Where is it? Tap your building, and your stairwell if it has one."),
    change=lambda here, _draft: here.say.label("Change the place"),
    only_areas=True,
)
ADDRESS = Line(
    "address",
    ask=lambda here, _draft: paragraphs(
        bold(here.say("The address to the door?")),
        here.say(
            "Floor, flat, name at the door. Only the volunteer who takes it reads it. The staff can look it up when "
            "they must, and that is recorded."
        ),
    ),
    change=lambda here, _draft: here.say.label("Change the address"),
    taken=_address,
)
_REMEMBER = Choose(
    "remember",
    ask=lambda here, _draft: here.say("Shall I keep this address for the next time? Nobody reads it until then."),
    change=lambda _here, _draft: "",
    options=yes_or_no,
    needed=_for_oneself,
)
_NAME = Name(
    "name",
    ask=lambda here, _draft: here.say("What are they called? The volunteer asks for them at the door."),
    change=lambda _here, _draft: "",
    taken=lambda _here, words: shorten(words, 60),
    needed=_for_other,
)
_PHONE = Line(
    "phone",
    ask=lambda here, _draft: here.say(
        "Their telephone number? Only the volunteer who takes it reads it. The staff can "
        "look it up when they must, and that is recorded."
    ),
    change=lambda _here, _draft: "",
    taken=number_in,
    needed=_for_other,
)
_AGREED = Choose(
    "agreed",
    ask=lambda here, _draft: here.say(
        "Do they agree that a volunteer comes, and reads their name, address and number? If not, please cancel."
    ),
    change=lambda _here, _draft: "",
    options=lambda here: [(here.say.label("Yes, they agree"), YES)],
    needed=_for_other,
)
_HOME = Line(
    "home",
    ask=lambda here, _draft: here.say("When is somebody home? For example: today until 18:00, tomorrow all day."),
    change=lambda here, draft: (
        here.say.label("Change when you are home") if draft.get("home") else here.say.label("Say when you are home")
    ),
    taken=_address,
)
_PHOTOS = Choose(
    "photos",
    ask=lambda here, _draft: here.say(
        "May the volunteers I ask see your photos before one of them takes it? It helps them to bring the right tools."
    ),
    change=lambda _here, _draft: "",
    options=yes_or_no,
    needed=_photos,
)
FLOW = Flow(
    name=NAME,
    steps=(_WORDS, _TRADE, _URGENCY, PLACE, ADDRESS, _REMEMBER, _NAME, _PHONE, _AGREED, _HOME, _PHOTOS),
    finish=_finish,
    summary=_summary,
    send_label=lambda here: here.say.label("Ask for it"),
    skippable=frozenset({"home"}),
    spill=_spill,
    interrupt=_watch,
    touched=_touched,
    ended=drafts.ended,
    cancelled=_cancelled,
)
