"""How what every capability speaks of is put: places, people, roles, lengths of time, emergency numbers, hours."""

from datetime import datetime, timedelta

from domain.community import Community, EmergencyNumber
from domain.people.rights import Role
from handlers.kit.texts import Html, Speaker, escape, one_line, paragraphs
from storage.people.people import Person

PLACE_LABEL = 40
NAME_LENGTH = 60


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


def no_such_part(community: Community, say: Speaker, area: str | None, missing: str | None) -> Html | None:
    """That the area has no such part as was written ("stairwell 9"), so that the area itself was noted; or None."""
    known = community.area(area) if area and missing else None
    if known is None:
        return None
    return say("There is no {part} in {area}, so I have noted {area}.", part=missing, area=say.words(known.name))


def place_label(community: Community, say: Speaker, area: str | None, typed: str | None) -> str:
    """A place for a button: the typed words, or the last two names of the area's path, which tell it from others."""
    path = community.path(area) if area else ()
    mark = "" if say.language.startswith("zh") else ", "
    name = mark.join(each.name.in_(say.language) for each in path[-2:])
    return one_line(typed or name, PLACE_LABEL)


def called(person: Person) -> str:
    """A name and the @username with it: names can be chosen to look like another's, a username is one person's."""
    name = one_line(person.name, NAME_LENGTH)
    return f"{name} (@{person.username})" if person.username else name


def named(say: Speaker, person: Person) -> str:
    """A name as it stands in a sentence; of somebody who had their data deleted nobody has one."""
    return say.label("Somebody") if person.forgotten else person.name


def role(say: Speaker, code: str) -> str:
    """A role's name; of one that is none any more the word it is kept under."""
    names: dict[str, str] = {
        Role.RESIDENT: say.label("resident"),
        Role.VOLUNTEER: say.label("volunteer"),
        Role.PLEDGER: say.label("pledger"),
        Role.REPRESENTATIVE: say.label("representative"),
        Role.STAFF: say.label("staff"),
        Role.LEAD: say.label("lead"),
        Role.ADMIN: say.label("admin"),
    }
    return names.get(code, str(code))


def role_and_word(say: Speaker, code: str) -> str:
    """A role's name, with the word a command takes where that is another one."""
    name = role(say, code)
    return name if name == code else say.label("{name} ({word})", name=name, word=str(code))


def language(say: Speaker, code: str) -> str:
    """A language's name, in the language it is said in."""
    return {"en": say.label("English"), "zh_Hans": say.label("Chinese")}.get(code, code)


def age(say: Speaker, length: timedelta) -> Html:
    """How long ago: `3 days`, `2 hours`, `5 minutes`."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return say.plural("{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return say.plural("{count} hour", "{count} hours", minutes // 60)
    return say.plural("{count} day", "{count} days", minutes // (24 * 60))


def emergency_line(community: Community, say: Speaker) -> Html | None:
    """`In danger, call 110 …`; None when the community names no number."""
    words = emergency_words(community, say)
    return escape(words) if words else None


def emergency_words(community: Community, say: Speaker) -> str:
    """The same without HTML; empty when there is none."""
    if not community.emergency:
        return ""
    numbers = say.listed(number_and_name(say, each) for each in community.emergency)
    return say.label("If anybody is in danger, call at once: {numbers}", numbers=numbers)


def acknowledged(community: Community, say: Speaker, now: datetime, *said: Html | None) -> Html:
    """What was done with somebody's words; out of hours it ends with when we are back, and the emergency number."""
    return paragraphs(*said, back_at(community, say, now))


def number_and_name(say: Speaker, number: EmergencyNumber) -> str:
    """`119 (Fire and rescue)`."""
    return say.label("{number} ({who})", number=number.number, who=say.words(number.label))


def back_at(community: Community, say: Speaker, now: datetime) -> Html | None:
    """`We are back on Monday at 09:00`, with the emergency number; None during working hours."""
    return None if community.hours.is_open(now) else back(community, say, community.hours.next_open(now), now)


def back(community: Community, say: Speaker, opens: datetime, now: datetime) -> Html:
    """The same, where it is known when they begin again."""
    line = say("It is outside working hours. We are back {when}.", when=say.moment(opens, now))
    emergency = emergency_line(community, say)
    return Html(f"{line}\n{emergency}") if emergency else line
