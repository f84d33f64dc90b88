"""How it is put what departments say, and that they say nothing."""

from datetime import date, datetime

from domain.calendar.local_time import instant, local_time
from domain.projects.department_answers import DepartmentAnswer
from handlers.kit.texts import Html, Speaker, lines, one_line
from handlers.kit.update_context import Setup
from services.projects import calling_in
from storage.core.database import Transaction
from storage.projects import departments
from storage.projects.departments import CalledIn

ON_CARD = 100
"""Of the words of one department; they are read whole in its topic, in the project's, and by its leads."""


def name(setup: Setup, say: Speaker, code: str) -> str:
    """What a department is called; its code where the community file does not know it any more."""
    found = setup.community.department(code)
    return say.words(found.name) if found is not None else code


def day(tx: Transaction, setup: Setup, say: Speaker, on: date) -> str:
    """A day, with its year where it is another one."""
    return say.day(instant(datetime(on.year, on.month, on.day, 12), setup.community.zone), tx.now)


def on_project_card(tx: Transaction, setup: Setup, say: Speaker, project: int) -> Html | None:
    """What each department says that was called in to a project; None where none was."""
    return lines(*(line(tx, setup, say, each, ON_CARD) for each in departments.of(tx, project))) or None


def line(tx: Transaction, setup: Setup, say: Speaker, called: CalledIn, limit: int | None = None) -> Html:
    """One department: its answer, whole or so much of it, or for how long there has been none."""
    words = (called.words or "") if limit is None else one_line(called.words or "", limit)
    who = name(setup, say, called.department)
    if called.answer is None:
        return _silence(tx, setup, say, called, who)
    if called.answer is DepartmentAnswer.OPINION:
        return say("{department}: “{words}”", department=who, words=words)
    if called.answer is DepartmentAnswer.NOT_OURS:
        return say("{department}: not ours, because: “{words}”", department=who, words=words)
    assert called.comes_on is not None
    on = day(tx, setup, say, called.comes_on)
    if called.came_at is not None:
        return say("{department}: was there ({day})", department=who, day=say.day(called.came_at, tx.now))
    if called.comes_on < local_time(tx.now, setup.community.zone).date():
        return say("{department}: was to come on {day}, but has not confirmed that it came", department=who, day=on)
    return say("{department}: will come on {day}", department=who, day=on)


def _silence(tx: Transaction, setup: Setup, say: Speaker, called: CalledIn, who: str) -> Html:
    by = day(tx, setup, say, called.answer_by)
    days = calling_in.silent_days(called, tx.now, setup.community)
    if not days:
        return say("{department}: asked, answer due by {day}", department=who, day=by)
    return say.plural(
        "{department}: no answer for {count} day (due by {day})",
        "{department}: no answer for {count} days (due by {day})",
        days,
        department=who,
        day=by,
    )
