"""The first start with a restored database: what sleeps, what is left out, what is said, and that it is done once."""

from datetime import datetime, timedelta

from domain.calendar.recurrence import weekly
from domain.community import Community
from domain.events import ConsentsAsleep, DatabaseRestored, PledgeConsent, RoleRevoked, StaffChatChosen
from domain.operations.taken_away import Line, Taken
from domain.people.rights import Role
from domain.pledges.pledges import Kind, Plan
from services import drafts
from services.operations import restoring
from services.people import team
from services.pledges import pledges as promising
from services.pledges.pledges import Promise
from storage.core import chats, outbox, scheduled_tasks, settings, taken_away
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.core.outbox import Action, Outgoing, WhenUncertain
from storage.core.settings import SettingKey
from storage.people import people
from storage.people.people import Person
from storage.personal_data import forgetting
from storage.pledges import pledges
from storage.reports import reports
from tests.services.reporting import submitted
from tests.support import MONDAY, happened, in_transaction, last_events, person

WEEKEND = Plan(Kind.RECURRING, datetime(2026, 3, 2, 19), weekly(frozenset({5, 6})), 60)
NIGHT = timedelta(hours=8)


def restored(tx: Transaction) -> None:
    """The database was put in place of another one, some hours after the newest it knows."""
    tx.now = MONDAY + NIGHT
    settings.put(tx, SettingKey.RESTORED_AT, to_text(tx.now))


def line(tx: Transaction, number: int, kind: Taken, **data: str | int) -> Line:
    return Line(number, to_text(MONDAY), kind, taken_away.name_of(taken_away.key(tx)), data)


def who(tx: Transaction, somebody: Person) -> str:
    assert somebody.telegram_id is not None
    return taken_away.who(taken_away.key(tx), somebody.telegram_id)


@in_transaction
def test_an_ordinary_start_settles_nothing(tx: Transaction, community: Community) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    drafts.touched(tx, 1)
    restoring.settle(tx, community)
    assert people.by_id(tx, wei.id).roles == {Role.STAFF} and happened(tx) == []
    assert scheduled_tasks.planned(tx, "draft:1") == MONDAY + drafts.FIRST


@in_transaction
def test_roles_that_could_do_harm_sleep_and_volunteers_stay(tx: Transaction, community: Community) -> None:
    submitted(tx, community, person(tx, "Mei"))
    everybody = {role: person(tx, role.value, role) for role in Role if role is not Role.RESIDENT}
    restored(tx)
    restoring.settle(tx, community)
    asleep = {role for role, each in everybody.items() if not people.by_id(tx, each.id).roles}
    assert asleep == {Role.STAFF, Role.LEAD, Role.ADMIN}
    last_events(tx, DatabaseRestored(since=to_text(MONDAY), until=to_text(tx.now)))
    assert settings.get(tx, SettingKey.LAST_CONTACT) == to_text(tx.now)
    # A second start has nothing to settle any more.
    count = len(happened(tx))
    team.grant_by_setting(tx, [everybody[Role.ADMIN].telegram_id or 0], "en")
    restoring.settle(tx, community)
    assert Role.ADMIN in people.by_id(tx, everybody[Role.ADMIN].id).roles and len(happened(tx)) == count + 1


@in_transaction
def test_numbers_that_may_have_been_told_are_left_out(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    before = submitted(tx, community, mei)
    restored(tx)
    restoring.settle(tx, community)
    assert submitted(tx, community, mei) == before + restoring.MARGIN + 1


@in_transaction
def test_what_may_have_been_sent_is_dropped_and_drafts_wait(tx: Transaction, community: Community) -> None:
    chat = chats.private_with(tx, person(tx, "Mei").id)
    assert chat is not None
    for when in (WhenUncertain.DROP, WhenUncertain.AGAIN):
        outbox.add(tx, Outgoing(chat.id, Action.MESSAGE, {"text": "Hello"}, when_uncertain=when))
    drafts.touched(tx, 1)
    restored(tx)
    restoring.settle(tx, community)
    assert [row["state"] for row in tx.query("SELECT state FROM outbox")] == ["dropped", "pending"]
    assert scheduled_tasks.planned(tx, "draft:1") == tx.now + drafts.FIRST


@in_transaction
def test_the_link_that_restore_printed_makes_somebody_admin_for_a_day(tx: Transaction, community: Community) -> None:
    ada, late = person(tx, "Ada", Role.ADMIN), person(tx, "Late", Role.ADMIN)
    settings.put(tx, SettingKey.RESTORED_LINK, "printed")
    restored(tx)
    restoring.settle(tx, community)
    assert people.by_id(tx, ada.id).roles == set()
    assert team.redeem(tx, people.by_id(tx, ada.id), "printed") is Role.ADMIN
    assert people.by_id(tx, ada.id).roles == {Role.ADMIN} and people.by_id(tx, late.id).roles == set()
    (expires,) = tx.query("SELECT expires_at FROM invitations")
    assert expires["expires_at"] == to_text(MONDAY + NIGHT + restoring.LINK_VALID)


@in_transaction
def test_what_was_taken_away_since_is_taken_away_again(tx: Transaction, community: Community) -> None:
    bo, rong = person(tx, "Bo", Role.PLEDGER), person(tx, "Rong", Role.REPRESENTATIVE)
    number = promising.make(tx, community, bo, Promise("I sweep", WEEKEND))
    for what in ("name", "photos"):
        promising.consent(tx, bo, number, what, given=True)
    old, new = (chats.meet(tx, telegram, "supergroup", "Staff", True) for telegram in (-1001, -1002))
    settings.put(tx, SettingKey.STAFF_CHAT, str(old.id))
    lines = [
        line(tx, 11, Taken.ROLE_REVOKED, who=who(tx, rong), role="representative"),
        line(tx, 12, Taken.CONSENT_WITHDRAWN, pledge=number, what="photos"),
        line(tx, 13, Taken.GROUP_LEFT, group=old.id, now=new.id),
    ]
    restored(tx)
    restoring.settle(tx, community, lines)
    last_events(
        tx,
        StaffChatChosen(chat=new.id, before=old.id),
        RoleRevoked(person=rong.id, role=Role.REPRESENTATIVE),
        PledgeConsent(pledge=number, what="photos", given=False),
        DatabaseRestored(since=to_text(MONDAY), until=to_text(tx.now)),
        ConsentsAsleep(person=bo.id),
    )
    assert people.by_id(tx, rong.id).roles == set() and settings.staff_chat(tx) == new.id
    assert pledges.asleep_consents(tx, bo.id) == [(number, "name")], "what they withdrew does not sleep: it is gone"


@in_transaction
def test_who_was_forgotten_since_is_forgotten_again(tx: Transaction, community: Community) -> None:
    """With Telegram or without: by what the file names them, and before anybody is written to."""
    mei, bo = person(tx, "Mei Canary"), person(tx, "Bo")
    chen = people.without_telegram(tx, "Old Canary", "13800000000", "en")
    number = submitted(tx, community, mei, "Canary")
    since = tx.query("SELECT created_at FROM people WHERE id = ?", (chen.id,))[0]["created_at"]
    nameless = taken_away.without_telegram(taken_away.key(tx), chen.id, since)
    lines = [line(tx, 11, Taken.FORGOTTEN, who=who(tx, mei)), line(tx, 12, Taken.FORGOTTEN, who=nameless)]
    restored(tx)
    restoring.settle(tx, community, lines)
    for each in (mei, chen):
        left = people.by_id(tx, each.id)
        assert left.forgotten and left.telegram_id is None and people.phone(tx, each.id) is None
    assert not people.by_id(tx, bo.id).forgotten
    assert reports.parts(tx, number) == [] and not reports.existing(tx, number).state.is_open
    assert [each.tells for each in forgetting.waiting(tx, forgetting.Step.OUTSIDE, 10)] == [False, False]
    restored(tx)
    restoring.settle(tx, community, lines)
    assert not people.by_id(tx, bo.id).forgotten


@in_transaction
def test_of_another_databases_lines_nothing_is_taken(tx: Transaction, community: Community) -> None:
    rong = person(tx, "Rong", Role.REPRESENTATIVE)
    other = Line(
        11, to_text(MONDAY), Taken.ROLE_REVOKED, "another key", {"who": who(tx, rong), "role": "representative"}
    )
    restored(tx)
    restoring.settle(tx, community, [other])
    assert people.by_id(tx, rong.id).roles == {Role.REPRESENTATIVE} and RoleRevoked.KIND not in happened(tx)
