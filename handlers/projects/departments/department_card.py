"""What a department reads that was called in: a card in its own topic of the staff group, kept true."""

from domain import events
from domain.core.subjects import subject
from handlers.kit import mailer
from handlers.kit.keyboards import Button, Markup, column
from handlers.kit.texts import Html, Speaker, bold, lines, one_line, paragraphs
from handlers.kit.update_context import Setup
from handlers.projects.departments import department_words
from handlers.projects.departments.buttons import DepartmentPress, Says
from services.projects.calling_in import SUBJECT
from storage.core import chats, messages, settings
from storage.core.database import Transaction
from storage.core.messages import CardRole, Purpose
from storage.people import people
from storage.projects import departments, projects
from storage.projects.departments import CalledIn
from storage.projects.projects import Project

NAME = 40
MOST = 200
"""So many are asked once more in a new group, at most."""


def post(tx: Transaction, setup: Setup, called: CalledIn) -> int | None:
    """The card, made when there is none; None while there is no staff group."""
    staff = settings.staff_chat(tx)
    if staff is None:
        return None
    say, about = setup.group_speaker, subject(SUBJECT, called.id)
    card = messages.newest_card_in(tx, about, CardRole.STAFF, staff)
    if card is None:
        topic = chats.topic(tx, staff, called.department, department_words.name(setup, say, called.department))
        number = messages.new_card(tx, staff, about, CardRole.STAFF, topic)
    else:
        topic, number = card["topic"], int(card["id"])
    project = projects.existing(tx, called.project)
    text, markup = _text(tx, setup, say, called, project), _buttons(say, called, project)
    mailer.card(tx, staff, number, text, markup, topic=topic, subject=about, purpose=Purpose.CARD)
    return number


def _text(tx: Transaction, setup: Setup, say: Speaker, called: CalledIn, project: Project) -> Html:
    asked_by = one_line(people.by_id(tx, called.asked_by).name, NAME)
    by = department_words.day(tx, setup, say, called.answer_by)
    head = say(
        "{department}: you are called in to project no. {number}",
        department=department_words.name(setup, say, called.department),
        number=project.id,
    )
    return paragraphs(
        lines(bold(head), say("“{words}”", words=one_line(project.title, 80))),
        say("Goal: {goal}", goal=project.goal) if project.goal else None,
        say("{name} is asking. Please answer by {day}.", name=asked_by, day=by),
        _answer(tx, setup, say, called),
        None if project.stage.is_open else bold(say("The project has ended. Nothing is asked any more.")),
    )


def _answer(tx: Transaction, setup: Setup, say: Speaker, called: CalledIn) -> Html | None:
    if called.answer is None or called.answered_by is None or called.answered_at is None:
        return None
    name = one_line(people.by_id(tx, called.answered_by).name, NAME)
    return lines(
        bold(department_words.line(tx, setup, say, called)),
        say("{name}, {when}", name=name, when=say.moment(called.answered_at, tx.now)),
    )


def _buttons(say: Speaker, called: CalledIn, project: Project) -> Markup | None:
    if not project.stage.is_open:
        return None
    there = called.comes_on is not None and called.came_at is None
    return column(
        *([_button(called, say.label("We were there"), Says.THERE)] if there else []),
        _button(called, say.label("We’ll come"), Says.COME),
        _button(called, say.label("Our opinion"), Says.OPINION),
        _button(called, say.label("Not ours, because …"), Says.NOT_OURS),
    )


def _button(called: CalledIn, label: str, says: Says) -> Button:
    return Button(label, DepartmentPress(called.id, says, None, called.version).pack())


# -- what happens


def called_in(tx: Transaction, setup: Setup, event: events.DepartmentsCalledIn) -> None:
    """Each is asked in its own topic. One that was asked before is asked below its card, where it is heard."""
    say = setup.group_speaker
    for code in event.departments:
        called = departments.of_department(tx, event.project, code)
        if called is None:
            continue
        was_asked = messages.newest_card(tx, subject(SUBJECT, called.id), CardRole.STAFF) is not None
        post(tx, setup, called)
        if was_asked:
            by = department_words.day(tx, setup, say, called.answer_by)
            say_below(tx, setup, called, say("You are asked once more. Please answer by {day}.", day=by))


def answered(tx: Transaction, setup: Setup, event: events.DepartmentAnswered | events.DepartmentCame) -> None:
    """Its card says what it has answered."""
    called = departments.of_department(tx, event.project, event.department)
    if called is not None:
        post(tx, setup, called)


def silent(tx: Transaction, setup: Setup, event: events.DepartmentSilent) -> None:
    """The day has passed: it is reminded, this once."""
    called = departments.of_department(tx, event.project, event.department)
    if called is None:
        return
    post(tx, setup, called)
    say = setup.group_speaker
    by = department_words.day(tx, setup, say, called.answer_by)
    say_below(
        tx,
        setup,
        called,
        say(
            "{department}: {day} has passed, and there is no answer yet. Please use the buttons of this card.",
            department=department_words.name(setup, say, called.department),
            day=by,
        ),
    )


def project_changed(tx: Transaction, setup: Setup, event: events.ProjectChanged | events.ProjectMoved) -> None:
    """It is called otherwise now, or has ended: the cards of departments say so."""
    for called in departments.of(tx, event.project):
        post(tx, setup, called)


def new_group(tx: Transaction, setup: Setup, _event: events.StaffChatChosen) -> None:
    """Staff work in another group: those who have not answered are asked there."""
    for called in departments.silent(tx, MOST):
        post(tx, setup, called)


def say_below(tx: Transaction, setup: Setup, called: CalledIn, text: Html) -> None:
    """A message below its card, in its topic."""
    about = subject(SUBJECT, called.id)
    card = messages.newest_card(tx, about, CardRole.STAFF)
    mailer.to_staff(tx, setup, lambda _say: text, **mailer.below(card, about))
