"""A resident's own voices: the list, adding to one, and saying whether it is fixed."""

from domain.places import nearest_area
from domain.subjects import number_of, subject
from handlers import describe, drafts
from handlers.flow import Draft, Flow, engine
from handlers.here import Forged, Here
from handlers.keyboards import Button, column
from handlers.parts import from_draft, part_of
from handlers.steps import Words, location_of
from handlers.texts import Html, bold, lines, paragraphs
from handlers.voice_cards import show_status_below
from services import voices as service
from storage import messages, voices
from storage.conversations import Conversation
from storage.messages import Message

PAGE = 6


def show_list(here: Here, page: int = 0) -> None:
    """/my: one's voices, the newest first, each a button that shows where it stands."""
    text, buttons = _list(here, page)
    here.send(text, column(buttons) if buttons else None, purpose="list")
    engine.show_open(here)


def press(here: Here) -> None:
    """`m:<number>:open` shows one, `m:<page>:page` turns the page."""
    _, number_text, action = here.query_parts(3)
    number = here.query_number(number_text)
    if action == "page":
        text, buttons = _list(here, number)
        here.pop_up()
        here.edit_pressed(text, column(buttons) if buttons else None)
        return
    if action != "open":
        raise Forged
    voice = service.own(here.tx, here.who, number)
    here.pop_up()
    show_status_below(here.tx, here.setup, voice, here.where.id)


def _list(here: Here, page: int) -> tuple[Html, list[Button]]:
    say = here.say
    count = voices.count_of_person(here.tx, here.who.id)
    if count == 0:
        text = say(
            "You have not reported anything yet. If something is wrong, just write it here, speak it, or send a photo."
        )
        return text, []
    pages = -(-count // PAGE)
    page %= pages
    buttons = []
    entries = []
    for voice in voices.of_person(here.tx, here.who.id, PAGE, page * PAGE):
        parts = voices.parts(here.tx, voice.id)
        state = describe.state_for_resident(say, voice.state)
        name = describe.gist(here.setup.community, say, voice, parts)
        entries.append(say("No. {number} ({state}): {name}", number=voice.id, name=name, state=bold(state)))
        short = describe.gist(here.setup.community, say, voice, parts, 18)
        buttons.append(Button(say.label("No. {number}: {name}", number=voice.id, name=short), f"m:{voice.id}:open"))
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(Button(label, f"m:{page + 1}:page"))
    head = say.plural("You have sent {count} report:", "You have sent {count} reports:", count)
    return paragraphs(bold(head), lines(*entries), say("Tap one to see where it stands.")), buttons


def replied(here: Here, message: Message, later_part: bool = False) -> bool:
    """A reply to something about one's own voice is added to it. False when the message is about no voice.

    A `later_part` of an album goes where the first one went, and only the first one is answered.
    """
    number = number_of(message.subject, "voice")
    if number is None:
        return False
    voice = voices.by_id(here.tx, number)
    if voice is None or voice.person != here.who.id:
        # Staff are told in private who reported something; the resident is written to from the staff group.
        here.send(here.say("That is about somebody else's report. Use the buttons under it in the staff group."))
        return True
    if here.message.location is not None or here.message.venue is not None:
        _place(here, number)
        return True
    part = part_of(here, "part", subject("voice", voice.id))
    if part is None:
        here.send(here.say("I can take words, photos, videos and voice messages."))
        return True
    service.add(here.tx, here.who, number, [part], here.danger, more=later_part)
    if later_part:
        here.answered = True
        return True
    here.send(
        describe.acknowledged(
            here.setup.community, here.say, here.now,
            here.say("Added to your report no. {number}. The staff can read it.", number=number),
        ),
        subject=subject("voice", number),
        purpose="receipt",
        reply=True,
        not_before=here.album_pause,
    )  # fmt: skip
    return True


def edited(here: Here, kept: Message) -> None:
    """A message that belongs to a voice was changed: staff get it as it reads now; the old words stay on record."""
    number = number_of(kept.subject, "voice")
    part = part_of(here, "part") if number is not None and kept.incoming else None
    if number is None or part is None:
        return
    service.add(here.tx, here.who, number, [part], here.danger)


def _place(here: Here, number: int) -> None:
    location = location_of(here)
    assert location is not None
    near = nearest_area(location.latitude, location.longitude, here.setup.community)
    service.complete(
        here.tx, here.setup.community, here.who, number, area=near.code if near else None,
        latitude=location.latitude, longitude=location.longitude,
    )  # fmt: skip
    said = describe.acknowledged(here.setup.community, here.say, here.now, here.say("I have noted the place."))
    here.send(said, subject=subject("voice", number), purpose="receipt", reply=True)


# -- the resident decides


def decide(here: Here) -> None:
    """`r:<number>:yes|no:<round>` answers "Is it fixed?", `r:<number>:right|wrong:<mark>` answers "Is that right?"."""
    _, number_text, word, round_text = here.query_parts(4)
    number, round_ = here.query_number(number_text), here.query_number(round_text)
    if word == "yes":
        service.confirm(here.tx, here.who, number, round_)
        here.pop_up()
        _close_question(
            here,
            here.say("Thank you! You said that report no. {number} is fixed. It is closed now.", number=number),
        )
    elif word == "no":
        service.reopen(here.tx, here.who, number, round_)
        here.pop_up()
        said = here.say(
            "You said that report no. {number} is not fixed. It is open again, and the staff know.", number=number
        )
        _close_question(here, describe.acknowledged(here.setup.community, here.say, here.now, said))
        engine.begin(here, REASON.name, {"voice": number, "_why": "no"})
    elif word == "right":
        service.confirm_heard(here.tx, here.who, number, True, round_)
        here.pop_up()
        _close_question(here, here.say("Thank you. So we have it right (no. {number}).", number=number))
    elif word == "wrong":
        service.confirm_heard(here.tx, here.who, number, False, round_)
        here.pop_up()
        _close_question(here, here.say("Thank you for saying so (no. {number}).", number=number))
        engine.begin(here, REASON.name, {"voice": number, "_why": "wrong"})
    else:
        raise Forged


def _close_question(here: Here, text: Html) -> None:
    """The question shows what was answered, and its buttons go."""
    here.edit_pressed(text, None)


def _ask_why(here: Here, draft: Draft) -> Html:
    if draft.get("_why") == "wrong":
        return here.say("Please tell us once more what you meant, in a few words or by voice message.")
    return here.say("What is still wrong? A few words or a photo help. You can also leave this out.")


def _give_reason(here: Here, conversation: Conversation) -> None:
    number = int(conversation.draft["voice"])
    parts = from_draft(conversation.draft.get("reason", []))
    if parts:
        purpose = "reason" if conversation.draft.get("_why") == "no" else "addition"
        service.add(here.tx, here.who, number, parts, here.danger, purpose=purpose)
        for part in parts:
            if part.message is not None:
                messages.set_subject(here.tx, part.message, subject("voice", number))
        thanks = here.say("Thank you. The staff can read it (no. {number}).", number=number)
        said = describe.acknowledged(here.setup.community, here.say, here.now, thanks)
    else:
        said = _left_out(here, conversation)
    engine.end(here, conversation, said, below=bool(parts))


def _left_out(here: Here, conversation: Conversation) -> Html:
    return here.say("All right. No. {number} is with the staff.", number=int(conversation.draft["voice"]))


REASON = Flow(
    name="reason",
    steps=(Words("reason", ask=_ask_why, change=lambda here, _draft: here.say.label("Write it again")),),
    finish=_give_reason,
    skippable=frozenset({"reason"}),
    cancelled=_left_out,
    touched=drafts.asked,
    ended=drafts.ended,
)
engine.add(REASON)
