"""Staff at work: the buttons of a card, the questions they lead to, and notes.

In a group a question is a ForceReply message, and only replies to it are taken. Who may press is decided by role, never
by being in the group.
"""

from domain.places import find_areas
from domain.rights import Action, NotAllowed
from domain.subjects import number_of, subject
from domain.suggest import suggest_category
from domain.voices import Move, after
from handlers import describe
from handlers.here import Forged, Here
from handlers.keyboards import Button, column, force_reply
from handlers.parts import part_of
from handlers.texts import Html, Speaker, bold, clean, escape, lines, shorten
from handlers.voice_cards import refresh_staff
from services import voices as service
from storage import chats, messages, outbox, people, settings, voices
from storage.messages import Message
from storage.outbox import Outgoing
from storage.voices import Voice


def press(here: Here) -> None:
    """A button of a staff card: `v:<number>:<action>:<version>`."""
    _, number_text, action, version_text = here.query_parts(4)
    number, version = here.query_number(number_text), here.query_number(version_text)
    if not here.may(Action.TRIAGE):
        raise NotAllowed(Action.TRIAGE)
    voice = voices.by_id(here.tx, number)
    if voice is None:
        raise service.Gone
    if settings.staff_chat(here.tx) != here.where.id:
        here.pop_up(here.say_to_person.label("The staff work in another group now. Use the buttons there."), alert=True)
        return
    # Only buttons that change the state can be too old for it; an answer is never too late.
    if action in _STATE and version != voice.version and not _own_repeat(here, voice, action):
        _say_who(here, voice)
        refresh_staff(here.tx, here.setup, voice)
        return
    if action.startswith("kind="):
        service.complete(here.tx, here.setup.community, here.who, number, category=action.removeprefix("kind="))
        here.pop_up(here.say_to_person.label("Kept."))
    elif action in _STATE:
        _STATE[action](here, voice)
    elif action in _ASKS:
        _ask(here, voice, action)
    elif action.startswith("kinds="):
        refresh_staff(here.tx, here.setup, voice, kinds=here.query_number(action.removeprefix("kinds=")))
        here.pop_up()
    elif action == "menu":
        refresh_staff(here.tx, here.setup, voice)
        here.pop_up()
    elif action == "who":
        _who(here, voice)
    else:
        here.pop_up(here.say_to_person.label("This button is too old. Look at the newest card."), alert=True)


def _own_repeat(here: Here, voice: Voice, action: str) -> bool:
    """A double tap: one's own press, come twice."""
    return voice.assignee == here.who.id and (action, voice.state.value) in (
        ("take", "taken"),
        ("start", "started"),
    )


def _say_who(here: Here, voice: Voice) -> None:
    say = here.say_to_person
    state = describe.state_for_staff(say, voice.state)
    if voice.assignee is None:
        here.pop_up(say.label("This has changed meanwhile: {state}.", state=state), alert=True)
        return
    name = people.by_id(here.tx, voice.assignee).name
    here.pop_up(say.label("This has changed meanwhile: {state}, {name}.", state=state, name=name), alert=True)


def _take(here: Here, voice: Voice) -> None:
    service.take(here.tx, here.who, voice.id)
    here.pop_up(here.say_to_person.label("No. {number} is yours.", number=voice.id))


def _start(here: Here, voice: Voice) -> None:
    if voice.state.value == "started":
        raise service.AlreadyDone
    service.start(here.tx, here.who, voice.id)
    here.pop_up(here.say_to_person.label("The resident sees that work has begun."))


_STATE = {"take": _take, "start": _start}
_ASKS = ("answer", "resolve", "title", "place", "heard")


def _who(here: Here, voice: Voice) -> None:
    """Who reported it, in private, protected from forwarding, and kept on record."""
    chat = chats.private_with(here.tx, here.who.id)
    say = here.say_to_person
    if chat is None or chat.unreachable is not None:
        here.pop_up(say.label("I may tell you that only in private. Open a chat with me, press Start, and try again."),
                    alert=True)  # fmt: skip
        return
    person = service.reporter(here.tx, here.who, voice.id)
    name = say("{name} (@{username})", name=person.name, username=person.username) if person.username else None
    text = lines(
        bold(say("No. {number} was reported by", number=voice.id)),
        name or escape(person.name),
        say("Please keep it to yourself. That you asked is on record."),
    )
    outbox.add(
        here.tx,
        Outgoing(chat=chat.id, action="message", content={"text": text, "protected": True},
                 subject=subject("voice", voice.id), purpose="reporter"),
    )  # fmt: skip
    here.pop_up(say.label("I have told you in our private chat."))


# -- questions to staff


def _question(say: Speaker, action: str, name: Html, number: int) -> Html:
    """What a member of staff is asked after pressing a button that needs words."""
    if action == "answer":
        return say(
            "{name}, what shall I write to the resident of no. {number}? Reply to this message. "
            "A photo can come with it.",
            name=name, number=number,
        )  # fmt: skip
    if action == "resolve":
        return say(
            "{name}, what was done about no. {number}? Reply to this message; a photo as proof can come with it. "
            "The resident is asked whether it is fixed.",
            name=name, number=number,
        )  # fmt: skip
    if action == "title":
        return say(
            "{name}, what shall no. {number} be called? Reply to this message with one short line.",
            name=name, number=number,
        )  # fmt: skip
    if action == "heard":
        return say(
            "{name}, what did you hear in no. {number}? Reply to this message with one line. "
            "The resident is asked whether it is right.",
            name=name, number=number,
        )  # fmt: skip
    return say("{name}, where is no. {number}? Reply to this message.", name=name, number=number)


def _ask(here: Here, voice: Voice, action: str) -> None:
    if action == "resolve":
        # Refused now rather than after somebody has written a long note.
        after(voice.state, Move.RESOLVE)
    say = here.say
    name = escape(here.who.name)
    mention = Html(f'<a href="tg://user?id={here.who.telegram_id}">{name}</a>')
    question = _question(say, action, mention, voice.id)
    pressed = here.pressed()
    card = messages.newest_card(here.tx, subject("voice", voice.id), "staff")
    outbox.add(
        here.tx,
        Outgoing(
            chat=here.where.id,
            action="message",
            content={"text": question, "markup": force_reply(say.label("Write here"))},
            topic=card["topic"] if card else None,
            reply_to=pressed.id if pressed else None,
            subject=subject("voice", voice.id),
            purpose=f"ask:{action}",
        ),
    )
    here.pop_up(here.say_to_person.label("Reply to my question below."))


def replied(here: Here, message: Message) -> bool:
    """A reply in the staff group to one of our messages about a voice. False when it is not for us."""
    number = number_of(message.subject, "voice")
    if number is None or message.incoming:
        return False
    if message.purpose.startswith("ask:"):
        _answered(here, message, message.purpose.removeprefix("ask:"), number)
    elif message.purpose in ("card", "talk", "note"):
        _note(here, number)
    else:
        return False
    return True


def album_went_on(here: Here, first: Message) -> bool:
    """A later part of an album whose first part became an answer, a proof or a note. False when it became nothing."""
    became = voices.part_of_message(here.tx, first.id)
    if became is None:
        return False
    part = part_of(here, "staff", subject("voice", became.voice))
    if part is not None:
        service.go_on(here.tx, here.who, became, part)
    return True


def _answered(here: Here, question: Message, action: str, number: int) -> None:
    part = part_of(here, "staff", subject("voice", number))
    words = clean(here.message.text or here.message.caption or "").strip()
    say = here.say
    if part is None or (action in ("title", "place", "heard") and not words):
        here.send(say("I need words for that. Please reply once more."), reply=True)
        return
    if action == "answer":
        service.answer(here.tx, here.who, number, [part])
        here.send(say("Sent to the resident of no. {number}.", number=number), reply=True, purpose="receipt")
    elif action == "resolve":
        service.resolve(here.tx, here.who, number, [part])
        here.send(say("The resident of no. {number} is asked whether it is fixed.", number=number), reply=True,
                  purpose="receipt")  # fmt: skip
    elif action == "title":
        service.set_title(here.tx, here.who, number, shorten(" ".join(words.split()), service.TITLE_LENGTH))
    elif action == "place":
        areas = find_areas(words, here.setup.community)
        area = areas[0].code if len(areas) == 1 else None
        service.complete(here.tx, here.setup.community, here.who, number, area=area, place=shorten(words, 300))
    elif action == "heard":
        service.set_heard(here.tx, here.who, number, shorten(words, 500))
        _complete_from(here, number, words)
        here.send(say("The resident of no. {number} is asked whether that is right.", number=number), reply=True,
                  purpose="receipt")  # fmt: skip
    # The question has had its answer: it leaves the topic, so that only what matters stays.
    outbox.add(here.tx, Outgoing(chat=here.where.id, action="delete", message=question.id, when_uncertain="again"))
    here.answered = True


def _note(here: Here, number: int) -> None:
    if not here.may(Action.NOTE):
        raise NotAllowed(Action.NOTE)
    part = part_of(here, "staff", subject("voice", number))
    if part is None:
        return
    note = service.note(here.tx, here.who, number, part)
    here.send(
        here.say("Kept as a note on no. {number}. Only staff see it.", number=number),
        column([Button(here.say.label("Send this to the resident"), f"n:{note}:send")]),
        subject=subject("voice", number),
        purpose="receipt",
        reply=True,
    )


def press_part(here: Here) -> None:
    """`n:<part>:send`: a note goes to the resident after all; `n:<part>:heard`: a program's draft is right."""
    _, part_text, action = here.query_parts(3)
    part = here.query_number(part_text)
    if action == "send":
        number = service.release_note(here.tx, here.who, part)
        said = here.say_to_person.label("Sent to the resident of no. {number}.", number=number)
    elif action == "heard":
        number = service.use_draft(here.tx, here.who, part)
        said = here.say_to_person.label("The resident of no. {number} is asked whether that is right.", number=number)
    else:
        raise Forged
    # What the message said before ("only staff see it") is true no longer: it says what was done.
    here.edit_pressed(_receipt(here.say, action, number), None)
    here.pop_up(said)


def _complete_from(here: Here, number: int, words: str) -> None:
    """What staff heard says kind and place as typed words would; what is known already stays."""
    voice = voices.by_id(here.tx, number)
    if voice is None:
        return
    community = here.setup.community
    category = suggest_category(words, community.categories) if voice.category is None else None
    areas = find_areas(words, community)
    placed = voice.area or voice.place or voice.latitude is not None
    area = areas[0].code if len(areas) == 1 and not placed else None
    if category is not None or area is not None:
        service.complete(here.tx, community, here.who, number, category=category.code if category else None, area=area)


def _receipt(say: Speaker, action: str, number: int) -> Html:
    if action == "send":
        return say("Sent to the resident of no. {number}.", number=number)
    return say("The resident of no. {number} is asked whether that is right.", number=number)
