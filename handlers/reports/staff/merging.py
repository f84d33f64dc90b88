"""Same as another: staff make one voice part of another, and take it out again. Its people hear both."""

from collections.abc import Sequence

from domain import events
from domain.core.subjects import subject, written_number
from domain.reports.voices import State
from handlers.kit import in_reach, mailer
from handlers.kit.here import Here, Setup
from handlers.kit.staff_action import StaffAction, StaffQuestion
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from handlers.reports import describe, questions
from handlers.reports.readers import Reader, write
from handlers.reports.resident.resident_notices import ask_if_fixed
from handlers.reports.staff import staff_actions
from handlers.reports.staff.staff_card import move_card, refresh_staff
from handlers.reports.staff.staff_notices import voice_of
from services.core.errors import NotFound
from services.reports import merging as service
from storage.core.database import Transaction
from storage.reports import supports, voices
from storage.reports.voices import NewPart, Part, Voice

LABEL = 22
SHOWN = 80


def _sames(here: Here, voice: Voice, page: str) -> None:
    """The open ones that resemble it most, and any other by its number."""
    options = [(_named(here, each, LABEL), str(each.id)) for each in service.offers(here.tx, voice)]
    if not options:
        refresh_staff(here.tx, here.setup, voice)  # its own buttons again, while the answer is awaited
        staff_actions.put(here, voice, "same")
        return
    options.append((here.say.label("Another number"), "0"))
    markup = staff_actions.choices(here.say, voice, options, here.query_number(page or "0"), "same")
    refresh_staff(here.tx, here.setup, voice, markup)
    here.pop_up()


def _named(here: Here, voice: Voice, limit: int) -> str:
    name = describe.gist(here.setup.community, here.say, voice, voices.parts(here.tx, voice.id), limit)
    return here.say.label("No. {number}: {name}", number=voice.id, name=name)


def _same(here: Here, voice: Voice, value: str) -> None:
    refresh_staff(here.tx, here.setup, voice)  # its own buttons again
    into = here.query_number(value)
    if into == 0:
        staff_actions.put(here, voice, "same")
    else:
        _preview(here, voice, into)
        here.pop_up()


def _which(say: Speaker, name: Html, number: int) -> Html:
    return say("{name}, which report is no. {number} the same as? Reply to this message with its number.",
               name=name, number=number)  # fmt: skip


def _number(here: Here, number: int, _part: NewPart, words: str) -> None:
    voice = voices.by_id(here.tx, number)
    written = written_number(words)
    if voice is None:
        raise NotFound
    if written is None:
        here.send(here.say("That is no number. Please press “Same as another” once more."), reply=True)
        return
    _preview(here, voice, written)


def _preview(here: Here, voice: Voice, into: int) -> None:
    say = here.say
    whole = service.target(here.tx, voice.id, into)
    count = supports.behind(here.tx, voice.id)
    text = paragraphs(
        bold(say("Is no. {number} the same as no. {other}?", number=voice.id, other=whole.id)),
        lines(escape(_named(here, voice, SHOWN)), escape(_named(here, whole, SHOWN))),
        say.plural(
            "{count} person behind no. {number} will hear what becomes of no. {other}.",
            "{count} people behind no. {number} will hear what becomes of no. {other}.",
            count, number=voice.id, other=whole.id,
        ),
    )  # fmt: skip
    staff_actions.confirm(here, voice, text, say.label("Yes, it is the same"), f"samein={whole.id}")


def _merge(here: Here, voice: Voice, value: str) -> None:
    whole = service.merge(here.tx, here.setup.community, here.who, voice.id, here.query_number(value))
    said = in_reach.all_told(
        here.tx, here.say, voice.id,
        here.say("No. {number} is part of no. {other} now.", number=voice.id, other=whole.id),
        here.say("No. {number} is part of no. {other} now. Its people have been told.",
                 number=voice.id, other=whole.id),
    )  # fmt: skip
    here.edit_pressed(said, None)
    here.pop_up()


def _take_out(here: Here, voice: Voice, _value: str) -> None:
    service.take_out(here.tx, here.setup.community, here.who, voice.id)
    here.pop_up(here.say_to_person.label("No. {number} stands by itself again.", number=voice.id))


def _mergeable(voice: Voice, _parts: Sequence[Part]) -> bool:
    return service.mergeable(voice)


def _merged(voice: Voice, _parts: Sequence[Part]) -> bool:
    return voice.state is State.MERGED


def _never(_voice: Voice, _parts: Sequence[Part]) -> bool:
    return False


ACTIONS = (
    StaffAction(
        "takeout", lambda say, _voice: say.label("Take out again"), _take_out, _merged, changes_state=True, front=True
    ),
    StaffAction("sames", lambda say, _voice: say.label("Same as another"), _sames, _mergeable),
    StaffAction("same", lambda say, _voice: say.label("Same as another"), _same, _never),
    StaffAction("samein", lambda say, _voice: say.label("Same as another"), _merge, _never, changes_state=True),
)
QUESTIONS = (StaffQuestion("same", _which, _number, needs_words=True),)


# -- who hears of it


def card(tx: Transaction, setup: Setup, event: events.VoiceEvent) -> None:
    refresh_staff(tx, setup, voice_of(tx, event))


def whole_card(tx: Transaction, setup: Setup, event: events.VoiceEvent) -> None:
    """Danger may have come with what was merged into it: then it belongs into another topic."""
    move_card(tx, setup, voice_of(tx, event))


def told_merged(tx: Transaction, setup: Setup, event: events.VoiceMerged, _voice: Voice, reader: Reader) -> None:
    whole = voices.by_id(tx, event.into)
    assert whole is not None
    write(
        tx, setup, reader,
        lambda say: paragraphs(
            say("Your report no. {number} is about the same thing as no. {other}. They are looked after together: you "
                "hear what becomes of it, as everybody who reported it.", number=reader.voice.id, other=whole.id),
            lines(say("Where it stands:"), bold(describe.state_for_resident(say, whole.state))),
        ),
    )  # fmt: skip
    if whole.state is State.RESOLVED and reader.person.id in event.asked:
        ask_if_fixed(tx, setup, whole, reader)


def told_out(tx: Transaction, setup: Setup, event: events.VoiceTakenOut, voice: Voice, reader: Reader) -> None:
    """By itself again; a question about the other one is no longer theirs to answer."""
    if reader.chat is not None and not supports.concerns(tx, event.before, reader.person.id):
        mailer.unbutton_newest(tx, reader.chat.id, subject("voice", reader.voice.id), questions.FIXED)

    def text(say: Speaker) -> Html:
        return paragraphs(
            say(
                "Your report no. {number} is looked after by itself again; it is not the same as no. {other}.",
                number=reader.voice.id,
                other=event.before,
            ),
            lines(say("Where it stands:"), bold(describe.state_for_resident(say, voice.state))),
        )

    write(tx, setup, reader, text)
