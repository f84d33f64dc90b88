"""/queue in private: what staff have before them, by how it stands, by place and by department, page by page."""

from domain.rights import Action, require
from domain.voices import HAS_DEADLINE
from handlers import describe
from handlers.callback_data import InvalidCallbackData
from handlers.here import Here, Setup
from handlers.keyboards import Button, Markup, column, paged
from handlers.texts import Html, Speaker, bold, escape, lines, paragraphs
from storage import queue, voices
from storage.database import Transaction
from storage.messages import Purpose
from storage.queue import Range
from storage.voices import Voice

PREFIX = "q-"
PAGE = 6
FILTERS = ("new", "mine", "overdue", "reopened", "handed", "open")


def command(here: Here) -> None:
    """/queue: how much there is of each, and a button for each."""
    require(here.who.roles, Action.LOOK_UP)
    here.send(*_menu(here), purpose=Purpose.QUEUE)


def start(here: Here, wanted: str) -> None:
    """A button of the pinned queue: `q-<filter>`. An unknown one shows them all."""
    require(here.who.roles, Action.LOOK_UP)
    shown = _list(here, wanted, 0) if wanted in FILTERS else _menu(here)
    here.send(*shown, purpose=Purpose.QUEUE)


def press(here: Here) -> None:
    """`qu:<what>:<number>`: a filter and the voice it goes on behind, or a menu and its page."""
    require(here.who.roles, Action.LOOK_UP)
    _, what, number_text = here.query_parts(3)
    number = here.query_number(number_text)
    name, _, code = what.partition("=")
    if what == "menu":
        here.edit_pressed(*_menu(here))
    elif name == "areas":
        here.edit_pressed(*_areas(here, code, number))
    elif what == "departments":
        here.edit_pressed(*_departments(here, number))
    else:
        here.edit_pressed(*_list(here, what, number))
    here.pop_up()


def label(say: Speaker, name: str) -> str:
    """What a filter is called."""
    return {
        "new": say.label("New ones"),
        "mine": say.label("Mine"),
        "overdue": say.label("Overdue"),
        "reopened": say.label("Opened again"),
        "handed": say.label("Handed on"),
        "open": say.label("All open"),
    }[name]


def ranges(tx: Transaction, setup: Setup, what: str, person: int) -> list[Range]:
    """The voices behind a filter. Raises InvalidCallbackData when it is none of ours."""
    name, mark, code = what.partition("=")
    if bool(mark) != (name in ("area", "department")):
        raise InvalidCallbackData
    match name:
        case "new":
            return queue.new()
        case "mine":
            return queue.mine(person)
        case "overdue":
            return queue.overdue(tx)
        case "reopened":
            return queue.reopened()
        case "handed":
            return queue.handed_on()
        case "open":
            return queue.all_open()
        case "area" if setup.community.area(code) is not None:
            return queue.of_area(setup.community, code)
        case "department" if setup.community.department(code) is not None:
            return queue.of_department(setup.community, code)
    raise InvalidCallbackData


def line(tx: Transaction, setup: Setup, say: Speaker, voice: Voice) -> Html:
    """One voice in a list: number, state, age, what it is about, and by when."""
    name = escape(describe.gist(setup.community, say, voice, voices.parts_for_list(tx, voice.id)))
    danger = Html(f"{bold(say('DANGER'))} · ") if voice.danger and voice.state.is_open else Html("")
    return lines(
        say("No. {number} ({state}, {age}): {name}", number=voice.id, name=Html(danger + name),
            state=bold(describe.stands_for_staff(say, voice)), age=describe.age(say, tx.now - voice.created_at)),
        deadline(tx, say, voice),
    )  # fmt: skip


def deadline(tx: Transaction, say: Speaker, voice: Voice) -> Html | None:
    """By when it is to be done, or when they are asked again; None when there is no such day."""
    if voice.ask_again_at is not None and voice.state not in HAS_DEADLINE and voice.state.is_open:
        return say("Ask again: {when}", when=say.day(voice.ask_again_at, tx.now)) if voice.handed_to else None
    if voice.due_at is None or voice.state not in HAS_DEADLINE:
        return None
    when = say.moment(voice.due_at, tx.now)
    return bold(say("OVERDUE since {when}", when=when)) if voice.due_at < tx.now else say("By: {when}", when=when)


def _menu(here: Here) -> tuple[Html, Markup]:
    say = here.say
    buttons = []
    for name in FILTERS:
        count = queue.count(here.tx, ranges(here.tx, here.setup, name, here.who.id))
        said = say.label("{what} ({count})", what=label(say, name), count=count)
        buttons.append(Button(said, _data(name)))
    if here.setup.community.areas:
        buttons.append(Button(say.label("By place"), _data("areas=")))
    if here.setup.community.departments:
        buttons.append(Button(say.label("By department"), _data("departments")))
    text = paragraphs(
        bold(say("What is to be done")), say("Tap what you want to see. Danger comes first, then the oldest.")
    )
    return text, column(buttons)


def _list(here: Here, what: str, after: int) -> tuple[Html, Markup]:
    say, tx = here.say, here.tx
    wanted = ranges(tx, here.setup, what, here.who.id)
    found = queue.page(tx, wanted, voices.by_id(tx, after) if after else None, PAGE + 1)
    shown = found[:PAGE]
    buttons = [
        Button(
            say.label(
                "No. {number}: {name}", number=voice.id,
                name=describe.gist(here.setup.community, say, voice, voices.parts_for_list(tx, voice.id), 18),
            ),
            url=here.setup.start_link(f"v{voice.id}"),
        )
        for voice in shown
    ]  # fmt: skip
    if len(found) > PAGE:
        buttons.append(Button(say.label("Further ones"), _data(what, shown[-1].id)))
    if after:
        buttons.append(Button(say.label("From the beginning"), _data(what)))
    buttons.append(Button(say.label("Back"), _data("menu")))
    head = bold(say("{what} ({count})", what=_heading(here, what), count=queue.count(tx, wanted)))
    if not shown:
        return paragraphs(head, say("There is nothing here.")), column(buttons)
    return paragraphs(head, *(line(tx, here.setup, say, voice) for voice in shown)), column(buttons)


def _heading(here: Here, what: str) -> str:
    name, _, code = what.partition("=")
    if name == "area":
        return here.setup.community.place_name(code, here.say.language)
    department = here.setup.community.department(code) if name == "department" else None
    return here.say.words(department.name) if department else label(here.say, what)


def _areas(here: Here, parent: str, page: int) -> tuple[Html, Markup]:
    say, community = here.say, here.setup.community
    if parent and community.area(parent) is None:
        raise InvalidCallbackData
    options = [(say.words(each.name), f"{'areas' if each.children else 'area'}={each.code}")
               for each in community.choices(parent or None)]  # fmt: skip
    buttons = [Button(say.label("All of it"), _data(f"area={parent}"))] if parent else []
    buttons += _turning(say, options, page, f"areas={parent}")
    head = community.place_name(parent, say.language) if parent else say("Which place?")
    return bold(head), column([*buttons, Button(say.label("Back"), _data("areas=" if parent else "menu"))])


def _departments(here: Here, page: int) -> tuple[Html, Markup]:
    say = here.say
    options = [(say.words(each.name), f"department={each.code}") for each in here.setup.community.departments]
    buttons = _turning(say, options, page, "departments")
    return bold(say("Which department?")), column([*buttons, Button(say.label("Back"), _data("menu"))])


def _turning(say: Speaker, options: list[tuple[str, str]], page: int, menu: str) -> list[Button]:
    """One screen of options; behind the last the button that turns the page of `menu`."""
    return [
        Button(name, _data(menu, int(value.removeprefix("page="))) if value.startswith("page=") else _data(value))
        for name, value in paged(say, options, page, "page=")
    ]


def _data(what: str, number: int = 0) -> str:
    return f"qu:{what}:{number}"
