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

ON_CARD = 200


def name(setup: Setup, say: Speaker, code: str) -> str:
    """What a department is called; its code where the community file does not know it any more."""
    found = setup.community.department(code)
    return say.words(found.name) if found is not None else code


def day(tx: Transaction, setup: Setup, say: Speaker, on: date) -> str:
    """A day, with its year where it is another one."""
    return say.day(instant(datetime(on.year, on.month, on.day, 12), setup.community.zone), tx.now)


def on_project_card(tx: Transaction, setup: Setup, say: Speaker, project: int) -> Html | None:
    """What each department says that was called in to a project; None where none was."""
    return lines(*(line(tx, setup, say, each) for each in departments.of(tx, project))) or None


def line(tx: Transaction, setup: Setup, say: Speaker, called: CalledIn) -> Html:
    """One department: its answer, or for how long there has been none."""
    who = name(setup, say, called.department)
    if called.answer is None:
        return _silence(tx, setup, say, called, who)
    if called.answer is DepartmentAnswer.OPINION:
        return say("{department}: “{words}”", department=who, words=_short(called))
    if called.answer is DepartmentAnswer.NOT_OURS:
        return say("{department}: not ours, because: “{words}”", department=who, words=_short(called))
    assert called.comes_on is not None
    on = day(tx, setup, say, called.comes_on)
    if called.came_at is not None:
        return say("{department}: was there ({day})", department=who, day=say.day(called.came_at, tx.now))
    if called.comes_on < local_time(tx.now, setup.community.zone).date():
        return say("{department}: was to come on {day}, and has not said that it did", department=who, day=on)
    return say("{department}: will come on {day}", department=who, day=on)


def _silence(tx: Transaction, setup: Setup, say: Speaker, called: CalledIn, who: str) -> Html:
    by = day(tx, setup, say, called.answer_by)
    days = calling_in.silent_days(called, tx.now, setup.community)
    if not days:
        return say("{department}: asked, for an answer by {day}", department=who, day=by)
    return say.plural(
        "{department}: no answer for {count} day (asked for one by {day})",
        "{department}: no answer for {count} days (asked for one by {day})",
        days, department=who, day=by,
    )  # fmt: skip


def _short(called: CalledIn) -> str:
    return one_line(called.words or "", ON_CARD)
