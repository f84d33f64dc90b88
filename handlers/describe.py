"""How a voice is spoken of: its kind, its place, its state, a line it goes by."""

from datetime import datetime

from domain.community import Community
from domain.rights import Role
from domain.voices import State
from handlers.texts import Html, Speaker, escape, one_line, paragraphs
from storage.voices import Part, Voice


def kind(community: Community, say: Speaker, code: str | None) -> Html:
    """The category's name, or that none is chosen."""
    category = community.category(code) if code else None
    return say("not chosen yet") if category is None else escape(say.words(category.name))


def place(community: Community, say: Speaker, area: str | None, typed: str | None, latitude: float | None) -> Html:
    """The area's name and the typed words, as far as there are any."""
    name = community.place_name(area, say.language) if area else ""
    if typed and typed.casefold() in name.casefold():
        typed = None  # "Building 3" in "North side, Building 3": said once is enough
    if name and typed:
        return say("{area} ({words})", area=name, words=typed)
    if name or typed:
        return escape(name or typed)
    return say("not given yet") if latitude is None else say("a point on the map")


def voice_place(community: Community, say: Speaker, voice: Voice) -> Html:
    """Where a voice is about."""
    return place(community, say, voice.area, voice.place, voice.latitude)


def state_for_resident(say: Speaker, state: State) -> str:
    """Where it stands, in the words a resident reads."""
    return {
        State.NEW: say.label("Received"),
        State.TAKEN: say.label("Somebody is looking after it"),
        State.STARTED: say.label("Work has begun"),
        State.RESOLVED: say.label("Said to be fixed. Is it?"),
        State.CONFIRMED: say.label("Fixed: you said so"),
        State.REOPENED: say.label("Open again"),
    }[state]


def state_for_staff(say: Speaker, state: State) -> str:
    """Where it stands, in a word or two."""
    return {
        State.NEW: say.label("NEW"),
        State.TAKEN: say.label("TAKEN"),
        State.STARTED: say.label("IN WORK"),
        State.RESOLVED: say.label("RESOLVED, resident asked"),
        State.CONFIRMED: say.label("CLOSED, resident agrees"),
        State.REOPENED: say.label("REOPENED, resident says no"),
    }[state]


def role(say: Speaker, code: str) -> str:
    """A role's name."""
    return {
        Role.RESIDENT: say.label("resident"),
        Role.VOLUNTEER: say.label("volunteer"),
        Role.PLEDGER: say.label("pledger"),
        Role.REPRESENTATIVE: say.label("representative"),
        Role.STAFF: say.label("staff"),
        Role.LEAD: say.label("lead"),
        Role.ADMIN: say.label("admin"),
    }[Role(code)]


def role_and_word(say: Speaker, code: str) -> str:
    """A role's name, with the word a command takes where that is another one."""
    name = role(say, code)
    return name if name == code else say.label("{name} ({word})", name=name, word=str(code))


def gist(community: Community, say: Speaker, voice: Voice, parts: list[Part], limit: int = 40) -> str:
    """The shortest way to name a voice to its own reporter or to staff: title, else words, else kind."""
    words = next((part.text for part in parts if part.text and part.purpose == "report"), None)
    text = voice.title or words or voice.heard
    if not text:
        category = community.category(voice.category) if voice.category else None
        text = say.words(category.name) if category else say.label("voice message or photo")
    return one_line(text, limit)


def emergency_line(community: Community, say: Speaker) -> Html | None:
    """`In danger, call 110 …`; None when the community names no number."""
    if not community.emergency:
        return None
    numbers = say.listed(
        say.label("{number} ({who})", number=each.number, who=say.words(each.label)) for each in community.emergency
    )
    return say("If anybody is in danger, call at once: {numbers}", numbers=numbers)


def acknowledged(community: Community, say: Speaker, now: datetime, *said: Html | None) -> Html:
    """What was done with somebody's words; out of hours it ends with when we are back, and the emergency number."""
    return paragraphs(*said, back_at(community, say, now))


def back_at(community: Community, say: Speaker, now: datetime) -> Html | None:
    """`We are back on Monday at 09:00`, with the emergency number; None during working hours."""
    if community.hours.is_open(now):
        return None
    opens = community.hours.next_open(now)
    line = say("It is outside working hours. We are back {when}.", when=say.moment(opens, now))
    emergency = emergency_line(community, say)
    return Html(f"{line}\n{emergency}") if emergency else line
