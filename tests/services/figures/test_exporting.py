"""Files out of the database: who may order which, once, and what is kept of it."""

import json
from datetime import date

import pytest

from domain import events
from domain.figures.exports import FORMS, Form, Stretch, Wanted, What
from domain.figures.periods import NoSuchPeriod
from domain.people.rights import NotAllowed, Role
from services.figures import exporting
from storage.core.database import Transaction
from storage.people import people
from tests.support import in_transaction, last_events, person

WANTED = [Wanted(what, form) for what, forms in FORMS.items() for form in forms]


def orders(tx: Transaction) -> list[str]:
    return [row["occurrence"] for row in tx.query("SELECT occurrence FROM scheduled_tasks WHERE kind = 'export'")]


@in_transaction
def test_who_may_order_what(tx: Transaction) -> None:
    for role in Role:
        who = person(tx, "Wei", role)
        for wanted in WANTED:
            staff = role in (Role.STAFF, Role.LEAD, Role.ADMIN)
            if role is Role.ADMIN or (staff and wanted.what is What.OPEN):
                exporting.order(tx, who, 1, wanted, "en")
                continue
            with pytest.raises(NotAllowed):
                exporting.order(tx, who, 1, wanted, "en")
        if role is not Role.ADMIN:
            with pytest.raises(NotAllowed):
                exporting.personal_exports(tx, who)
    assert len(orders(tx)) == len(WANTED), "the same again, while it waits, is made once"


@in_transaction
def test_only_names_and_words_are_kept_and_only_when_they_leave(tx: Transaction) -> None:
    wei = person(tx, "Wei", Role.ADMIN)
    plain, personal = Wanted(What.REPAIRS, Form.CSV), Wanted(What.REPAIRS, Form.CSV, area="north", personal=True)
    exporting.order(tx, wei, 1, plain, "en")
    exporting.order(tx, wei, 1, personal, "en")
    assert len(orders(tx)) == 2 and exporting.personal_exports(tx, wei) == []
    for wanted in (plain, personal):
        data = {"wanted": wanted.as_json(), "by": wei.id, "language": "en"}
        assert exporting.made(tx, json.loads(json.dumps(data)), 7) == wanted
    last_events(
        tx,
        events.PersonalDataExported(
            actor=wei.id, what="repairs", form="csv", first=None, last=None, area="north", rows=7
        ),
    )
    (kept,) = exporting.personal_exports(tx, wei)
    assert (kept.actor, kept.data["rows"]) == (wei.id, 7)


@in_transaction
def test_who_lost_the_role_gets_nothing_of_what_they_ordered(tx: Transaction) -> None:
    wei = person(tx, "Wei", Role.ADMIN)
    wanted = Wanted(What.PLEDGES, Form.XLSX, personal=True)
    people.revoke(tx, wei.id, Role.ADMIN)
    with pytest.raises(NotAllowed):
        exporting.made(tx, {"wanted": wanted.as_json(), "by": wei.id, "language": "en"}, 7)
    assert tx.query("SELECT 1 FROM events") == []


def test_what_there_is_not() -> None:
    for what, form in ((What.REPORTS, Form.PDF), (What.PLEDGES, Form.PDF)):
        with pytest.raises(ValueError, match="there is no pdf"):
            Wanted(what, form)
    with pytest.raises(ValueError, match="names nobody"):
        Wanted(What.OPEN, Form.CSV, personal=True)
    with pytest.raises(NoSuchPeriod):
        Wanted(What.REPORTS, Form.CSV, date(2026, 3, 2), date(2026, 3, 1))


def test_the_times_that_buttons_offer() -> None:
    today = date(2026, 1, 31)
    assert Stretch.THIS_MONTH.days(today) == (date(2026, 1, 1), date(2026, 1, 31))
    assert Stretch.LAST_MONTH.days(today) == (date(2025, 12, 1), date(2025, 12, 31))
    assert Stretch.THIS_YEAR.days(today) == (date(2026, 1, 1), date(2026, 12, 31))
    assert Stretch.LAST_YEAR.days(today) == (date(2025, 1, 1), date(2025, 12, 31))
    assert Stretch.ALL.days(today) == (None, None)
