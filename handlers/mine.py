"""A resident's own voices: the list, adding to one, and saying whether it is fixed."""

from domain.places import nearest_area
from domain.subjects import number_of, subject
from handlers import describe
from handlers.flow import Draft, Flow, engine
from handlers.here import Here
from handlers.keyboards import Button, column
from handlers.parts import from_draft, part_of
from handlers.steps import Words
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


def press(here: Here) -> None:
    """`m:<number>:open` shows one, `m:<page>:page` turns the page."""
    _, number_text, action = here.query_parts(3)
    number = here.query_number(number_text)
    if action == "page":
        text, buttons = _list(here, number)
        here.pop_up()
        here.edit_pressed(text, column(buttons) if buttons else None)
        return
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
        entries.append(say("No. {number}: {name}. {state}", number=voice.id, name=name, state=bold(state)))
        short = describe.gist(here.setup.community, say, voice, parts, 18)
        buttons.append(Button(say.label("No. {number}: {name}", number=voice.id, name=short), f"m:{voice.id}:open"))
    if pages > 1:
        label = say.label("More ({page} of {pages})", page=page + 1, pages=pages)
        buttons.append(Button(label, f"m:{page + 1}:page"))
    head = say.plural("You have sent {count} report:", "You have sent {count} reports:", count)
    return paragraphs(bold(head), lines(*entries), say("Tap one to see where it stands.")), buttons


def replied(here: Here, message: Message) -> bool:
    """A reply to something about one's own voice is added to it. False when the message is about no voice."""
    number = number_of(message.subject, "voice")
    if number is None:
        return False
    voice = service.own(here.tx, here.who, number)
    if here.message.location is not None:
        _place(here, number)
        return True
    part = part_of(here, "part", subject("voice", voice.id))
    if part is None:
        here.send(here.say("I can keep words, photos, videos and voice messages."))
        return True
    service.add(here.tx, here.who, number, [part], here.danger)
    here.send(
        here.say("Added to your report no. {number}. The staff can read it.", number=number),
        subject=subject("voice", number),
        purpose="receipt",
        reply=True,
        not_before=here.album_pause,
    )
    return True


def edited(here: Here, kept: Message) -> None:
    """A message that belongs to a voice was changed: staff get it as it reads now; the old words stay on record."""
    number = number_of(kept.subject, "voice")
    part = part_of(here, "part") if number is not None and kept.incoming else None
    if number is None or part is None:
        return
    service.add(here.tx, here.who, number, [part], here.danger)


def _place(here: Here, number: int) -> None:
    location = here.message.location
    assert location is not None
    near = nearest_area(location.latitude, location.longitude, here.setup.community)
    service.complete(
        here.tx, here.setup.community, here.who, number, area=near.code if near else None,
        latitude=location.latitude, longitude=location.longitude,
    )  # fmt: skip
    here.send(here.say("I have noted the place."), subject=subject("voice", number), purpose="receipt", reply=True)


# -- the resident decides


def decide(here: Here) -> None:
    """`r:<number>:yes|no:<round>` answers "Is it fixed?", `r:<number>:right|wrong:0` answers "Is that right?"."""
    _, number_text, word, round_text = here.query_parts(4)
    number, round_ = here.query_number(number_text), here.query_number(round_text)
    if word == "yes":
        service.confirm(here.tx, here.who, number, round_)
        here.pop_up()
        _close_question(
            here,
            here.say("You said: yes, no. {number} is fixed. Thank you! It is closed now.", number=number),
        )
    elif word == "no":
        service.reopen(here.tx, here.who, number, round_)
        here.pop_up()
        _close_question(here, here.say("You said: no. No. {number} is open again, and the staff know.", number=number))
        engine.begin(here, REASON.name, {"voice": number, "_why": "no"})
    elif word == "right":
        service.confirm_heard(here.tx, here.who, number, True)
        here.pop_up()
        _close_question(here, here.say("Thank you. So we have it right (no. {number}).", number=number))
    elif word == "wrong":
        service.confirm_heard(here.tx, here.who, number, False)
        here.pop_up()
        _close_question(here, here.say("Thank you for saying so (no. {number}).", number=number))
        engine.begin(here, REASON.name, {"voice": number, "_why": "wrong"})
    else:
        here.pop_up()


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
        service.give_reason(here.tx, here.who, number, parts, here.danger)
        for part in parts:
            if part.message is not None:
                messages.set_subject(here.tx, part.message, subject("voice", number))
        said = here.say("Thank you. The staff can read it (no. {number}).", number=number)
    else:
        said = here.say("All right. No. {number} is with the staff.", number=number)
    engine.end(here, conversation, said, below=bool(parts))


REASON = Flow(
    name="reason",
    steps=(Words("reason", ask=_ask_why, change=lambda here, _draft: here.say.label("Write it again")),),
    finish=_give_reason,
    skippable=frozenset({"reason"}),
)
engine.add(REASON)
