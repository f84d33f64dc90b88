"""The two cards of a voice: the resident's status card and the staff's. Both are kept true by editing."""

from domain.subjects import subject
from domain.voices import State
from handlers import dangers, describe
from handlers.here import Setup, our_language
from handlers.keyboards import Button, Markup, paged, rows
from handlers.parts import media_line, send_media, words_of
from handlers.texts import Html, Speaker, bold, lines, paragraphs, quote, shorten
from storage import chats, messages, outbox, people, settings, voices
from storage.database import Transaction
from storage.outbox import Lane, Outgoing
from storage.voices import Part, Voice

RESIDENT_WORDS = 700
STAFF_WORDS = 1200
GENERAL = "general"
URGENT = "urgent"


def refresh(tx: Transaction, setup: Setup, number: int) -> None:
    """Make both cards say what is so now."""
    voice = voices.by_id(tx, number)
    assert voice is not None
    refresh_status(tx, setup, voice)
    refresh_staff(tx, setup, voice)


def refresh_status(tx: Transaction, setup: Setup, voice: Voice) -> None:
    """The resident's card; made when there is none (a person without Telegram has none)."""
    chat = chats.private_with(tx, voice.person)
    if chat is None:
        return
    card = messages.newest_card(tx, subject("voice", voice.id), "status")
    number = card["id"] if card else messages.new_card(tx, chat.id, subject("voice", voice.id), "status")
    say = setup.speaker(our_language(people.by_id(tx, voice.person).language))
    text = status_text(tx, setup, say, voice)
    _write(tx, chat.id, number, None, text, None, voice, "status", silent=False)


def show_status_below(tx: Transaction, setup: Setup, voice: Voice, chat: int) -> None:
    """Put a new status card at the bottom of the chat; it is the one kept true from now on."""
    say = setup.speaker(our_language(people.by_id(tx, voice.person).language))
    earlier = messages.newest_card(tx, subject("voice", voice.id), "status")
    if earlier is not None:
        moved = say("No. {number}: where it stands is further down in this chat.", number=voice.id)
        _write(tx, chat, earlier["id"], None, moved, None, voice, "status", silent=False)
    number = messages.new_card(tx, chat, subject("voice", voice.id), "status")
    _write(tx, chat, number, None, status_text(tx, setup, say, voice), None, voice, "status", silent=False)


def refresh_staff(tx: Transaction, setup: Setup, voice: Voice, kinds: int | None = None) -> int | None:
    """The staff's card; made when there is none. Returns the card, or None while no staff group is chosen.

    With `kinds` it shows that page of kinds to choose from in place of its buttons.
    """
    staff = settings.staff_chat(tx)
    if staff is None:
        return None
    card = messages.newest_card(tx, subject("voice", voice.id), "staff")
    if card is not None and card["chat"] == staff:
        number, topic = int(card["id"]), card["topic"]
    else:
        topic = topic_for(tx, setup, staff, voice)
        number = messages.new_card(tx, staff, subject("voice", voice.id), "staff", topic)
    say = setup.group_speaker
    # Out of hours a new card makes no sound, unless somebody may be in danger.
    silent = voice.danger is None and not setup.community.hours.is_open(tx.now)
    _write(tx, staff, number, topic, staff_text(tx, setup, say, voice), staff_buttons(tx, setup, say, voice, kinds),
           voice, "card", silent)  # fmt: skip
    return number


def post_media(tx: Transaction, setup: Setup, voice: Voice) -> None:
    """Put a report's photos and voice messages under its staff card; a card itself is always text."""
    card = messages.newest_card(tx, subject("voice", voice.id), "staff")
    if card is None:
        return
    template = Outgoing(
        chat=card["chat"], action="message", topic=card["topic"], reply_to_card=card["id"],
        subject=subject("voice", voice.id), purpose="talk", content={"silent": True},
    )  # fmt: skip
    send_media(tx, [part for part in voices.parts(tx, voice.id) if part.purpose == "report"], template)


def topic_for(tx: Transaction, setup: Setup, staff: int, voice: Voice) -> int:
    """The topic of the department that answers for a category; one for all danger, and a general one for the rest."""
    if voice.danger is not None:
        return chats.topic(tx, staff, URGENT, setup.group_speaker.label("Danger"))
    kind = setup.community.category(voice.category) if voice.category else None
    department = setup.community.department(kind.department) if kind else None
    if department is None:
        return chats.topic(tx, staff, GENERAL, setup.group_speaker.label("New reports"))
    return chats.topic(tx, staff, department.code, department.name.in_(setup.group_speaker.language))


def status_text(tx: Transaction, setup: Setup, say: Speaker, voice: Voice) -> Html:
    """What the resident reads: number, state, own words, what happens next and by when."""
    community = setup.community
    parts = [part for part in voices.parts(tx, voice.id) if part.purpose == "report"]
    words = words_of(parts)
    placed = bool(voice.area or voice.place or voice.latitude is not None)
    return paragraphs(
        lines(
            bold(
                say(
                    "No. {number}: {state}",
                    number=voice.id,
                    state=describe.state_for_resident(say, voice.state),
                )
            ),
            quote(shorten(words, RESIDENT_WORDS)) if words else None,
            media_line(say, parts),
            say("We understood: “{words}”", words=voice.heard) if voice.heard else None,
            say("Kind: {kind}", kind=describe.kind(community, say, voice.category)) if voice.category else None,
            say("Place: {place}", place=describe.voice_place(community, say, voice)) if placed else None,
        ),
        say("Because this sounds dangerous, it went to the staff at once.") if voice.danger else None,
        say("Please say where it is: building and stairwell. Hold your finger on this message and tap “Reply”.")
        if voice.danger and not placed and voice.state.is_open
        else None,
        _next(tx, setup, say, voice),
        say("To add something or to ask, hold your finger on this message and tap “Reply”.")
        if voice.state.is_open
        else None,
        describe.back_at(community, say, tx.now) if voice.state is State.NEW else None,
    )


def _next(tx: Transaction, setup: Setup, say: Speaker, voice: Voice) -> Html | None:
    if voice.state is State.RESOLVED:
        return say("The staff say it is fixed. It is closed only when you say so.")
    if voice.state is State.CONFIRMED:
        return say("Thank you for saying so.")
    what = {
        State.NEW: say("What happens next: the staff read it and write to you here."),
        State.TAKEN: say("What happens next: you hear from us here as soon as something happens."),
        State.STARTED: say("What happens next: when it is done, we ask you here whether it is fixed."),
        State.REOPENED: say("You said it is not fixed. The staff are looking at it again."),
    }[voice.state]
    if voice.due_at is None or voice.danger is not None:
        return what  # a date some days ahead is no answer to danger
    if voice.due_at < tx.now:
        return lines(what, say("We promised it by {when}. That has passed; we are sorry.",
                               when=say.day(voice.due_at, tx.now)))  # fmt: skip
    return lines(what, say("We mean to have it done by {when}.", when=say.day(voice.due_at, tx.now)))


def staff_text(tx: Transaction, setup: Setup, say: Speaker, voice: Voice) -> Html:
    """What staff read. Never who reported it."""
    community = setup.community
    parts = voices.parts(tx, voice.id)
    report = [part for part in parts if part.purpose == "report"]
    words = words_of(report)
    danger = dangers.name(community, say, voice.danger)
    assignee = people.by_id(tx, voice.assignee).name if voice.assignee else None
    return paragraphs(
        lines(
            bold(say("DANGER: {danger}", danger=danger)) if danger else None,
            bold(
                say(
                    "No. {number} · {state}",
                    number=voice.id,
                    state=describe.state_for_staff(say, voice.state),
                )
            ),
            bold(voice.title) if voice.title else None,
            quote(shorten(words, STAFF_WORDS)) if words else None,
            media_line(say, report),
            _heard_line(say, voice, report),
            say("Kind: {kind}", kind=describe.kind(community, say, voice.category)),
            say("Place: {place}", place=describe.voice_place(community, say, voice)),
            _map_line(say, voice),
        ),
        lines(
            say("In charge: {name}", name=assignee) if assignee else say("In charge: nobody yet"),
            say("Sent: {when}", when=say.moment(voice.created_at, tx.now)),
            _due_line(say, voice, tx),
            _talk_line(say, parts),
        ),
    )


def _heard_line(say: Speaker, voice: Voice, report: list[Part]) -> Html | None:
    if voice.heard is None:
        spoken = any(part.kind in ("voice", "video_note", "audio") for part in report)
        return say("Please listen, and write what you heard.") if spoken else None
    said = say("Heard: “{words}”", words=voice.heard)
    if voice.heard_right is None:
        return lines(said, say("(the resident is asked whether that is right)"))
    return lines(
        said,
        say("(right, the resident says)") if voice.heard_right else say("(not right, the resident says)"),
    )


def _map_line(say: Speaker, voice: Voice) -> Html | None:
    if voice.latitude is None or voice.longitude is None:
        return None
    url = f"https://www.openstreetmap.org/?mlat={voice.latitude:.5f}&mlon={voice.longitude:.5f}#map=18"
    return Html(f'<a href="{url}">{say("Point on the map")}</a>')


def _due_line(say: Speaker, voice: Voice, tx: Transaction) -> Html | None:
    if voice.due_at is None or not voice.state.is_open:
        return None
    when = say.moment(voice.due_at, tx.now)
    return say("OVERDUE since {when}", when=when) if voice.due_at < tx.now else say("By: {when}", when=when)


def _talk_line(say: Speaker, parts: list[Part]) -> Html | None:
    answers = sum(part.purpose == "answer" for part in parts)
    notes = sum(part.purpose == "note" for part in parts)
    said = [
        say.plural("{count} answer", "{count} answers", answers) if answers else None,
        say.plural("{count} note", "{count} notes", notes) if notes else None,
    ]
    return Html(" · ".join(part for part in said if part)) if any(said) else None


def staff_buttons(tx: Transaction, setup: Setup, say: Speaker, voice: Voice, kinds: int | None) -> Markup | None:
    """What can be done with it as it stands. Two short words in a row, to keep a card from filling the screen."""

    def button(label: str, action: str) -> Button:
        return Button(label, f"v:{voice.id}:{action}:{voice.version}")

    if kinds is not None:
        categories = setup.community.categories
        options = [(each.name.in_(say.language), f"kind={each.code}") for each in categories]
        shown = paged(say, options, kinds, "kinds=")
        return rows([*([button(label, action)] for label, action in shown), [button(say.label("Back"), "menu")]])
    spoken = any(part.kind in ("voice", "video_note", "audio") for part in voices.parts(tx, voice.id))
    more = [button(say.label("Kind"), "kinds=0"), button(say.label("Place"), "place")]
    talk = [button(say.label("Answer"), "answer"), button(say.label("Who?"), "who")]
    heard = [[button(say.label("What I heard"), "heard")]] if spoken else []
    if voice.state in (State.RESOLVED, State.CONFIRMED):
        return rows([talk])
    work = [button(say.label("Take"), "take"), button(say.label("Start"), "start")]
    if voice.state is State.STARTED:
        work = work[:1]
    return rows(
        [
            work,
            [button(say.label("Resolve"), "resolve"), button(say.label("Title"), "title")],
            talk,
            more,
            *heard,
        ]
    )


def _write(
    tx: Transaction, chat: int, card: int, topic: int | None, text: Html, markup: Markup | None, voice: Voice,
    purpose: str, silent: bool,
) -> None:  # fmt: skip
    outbox.add(
        tx,
        Outgoing(
            chat=chat,
            action="card",
            card=card,
            topic=topic,
            content={"text": text, "markup": markup, "silent": silent},
            subject=subject("voice", voice.id),
            purpose=purpose,
            lane=Lane.INTERACTIVE,
        ),
    )
