"""Roles: who may give which, links that count once, the admin who must stay."""

from datetime import timedelta

import pytest

from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone
from services.people import team
from storage.core.database import Database, Transaction
from storage.people import invitations, people
from tests.support import Clock, happened, person

LEADS_GIVE = {Role.STAFF, Role.REPRESENTATIVE, Role.VOLUNTEER, Role.PLEDGER}


@pytest.mark.parametrize("giver", Role)
async def test_who_may_give_and_take_which_role(database: Database, giver: Role) -> None:
    allowed = {Role.LEAD: LEADS_GIVE, Role.ADMIN: LEADS_GIVE | {Role.LEAD, Role.ADMIN}}.get(giver, set())

    def scenario(tx: Transaction) -> None:
        person(tx, "An admin who stays", Role.ADMIN)
        actor = person(tx, "Actor", *([giver] if giver is not Role.RESIDENT else []))
        assert set(team.may_give(actor.roles)) == allowed
        for role in team.GRANTABLE:
            target = person(tx, "Target")
            if role in allowed:
                team.grant(tx, actor, target.id, role)
                assert people.by_id(tx, target.id).roles == {role}
                team.revoke(tx, actor, target.id, role)
                assert people.by_id(tx, target.id).roles == set()
                assert team.invite(tx, actor, role).code
                continue
            people.grant(tx, target.id, role, None)
            for deed in (
                lambda: team.grant(tx, actor, target.id, role),  # noqa: B023
                lambda: team.revoke(tx, actor, target.id, role),  # noqa: B023
                lambda: team.invite(tx, actor, role),  # noqa: B023
            ):
                with pytest.raises(NotAllowed):
                    deed()
            assert people.by_id(tx, target.id).roles == {role}

    await database.run(scenario)


async def test_a_link_gives_its_role_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        lead, bo, cem = person(tx, "Lea", Role.LEAD), person(tx, "Bo"), person(tx, "Cem")
        code = team.invite(tx, lead, Role.STAFF).code
        for _ in range(2):
            assert team.redeem(tx, people.by_id(tx, bo.id), code) is Role.STAFF
        with pytest.raises(team.LinkUsed):
            team.redeem(tx, cem, code)
        assert people.by_id(tx, bo.id).roles == {Role.STAFF}
        assert people.by_id(tx, cem.id).roles == set()
        assert happened(tx) == ["role.granted"]
        row = tx.one("SELECT granted_by FROM roles WHERE person = ?", (bo.id,))
        assert row is not None and row["granted_by"] == lead.id

    await database.run(scenario)


async def test_pressing_ones_own_link_again_does_not_bring_back_a_role_taken_away(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        lead, bo = person(tx, "Lea", Role.LEAD), person(tx, "Bo")
        code = team.invite(tx, lead, Role.STAFF).code
        team.redeem(tx, bo, code)
        team.revoke(tx, lead, bo.id, Role.STAFF)
        with pytest.raises(team.LinkExpired):
            team.redeem(tx, people.by_id(tx, bo.id), code)
        assert people.by_id(tx, bo.id).roles == set()

    await database.run(scenario)


async def test_a_link_expires_after_seven_days(database: Database, clock: Clock) -> None:
    code = await database.run(lambda tx: team.invite(tx, person(tx, "Lea", Role.LEAD), Role.STAFF).code)
    clock.advance(days=7)

    def scenario(tx: Transaction) -> None:
        bo = person(tx, "Bo")
        with pytest.raises(team.LinkExpired):
            team.redeem(tx, bo, code)
        assert happened(tx) == []

    await database.run(scenario)


async def test_a_link_of_somebody_who_lost_the_right_counts_no_longer(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        lead, admin, bo = person(tx, "Lea", Role.LEAD), person(tx, "Ada", Role.ADMIN), person(tx, "Bo")
        code = team.invite(tx, lead, Role.STAFF).code
        team.revoke(tx, admin, lead.id, Role.LEAD)
        with pytest.raises(team.LinkExpired):
            team.redeem(tx, bo, code)
        kept = invitations.by_code(tx, code)
        assert kept is not None and kept.used_by is None

    await database.run(scenario)


async def test_unknown_codes_and_codes_for_other_things_give_no_role(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        bo = person(tx, "Bo")
        invitations.add(tx, "group", "staff_chat", bo.id, clock.now() + timedelta(days=1))
        for code in ("", "nonsense", "group", "' OR 1=1 --"):
            with pytest.raises(team.LinkUnknown):
                team.redeem(tx, bo, code)
        assert happened(tx) == []

    await database.run(scenario)


async def test_the_first_admins_code(database: Database, clock: Clock) -> None:
    def scenario(tx: Transaction) -> None:
        older, fresh = team.invite_first_admin(tx), team.invite_first_admin(tx)
        assert older is not None and fresh is not None
        assert fresh.expires_at == clock.now() + timedelta(hours=24)
        ada, bo = person(tx, "Ada"), person(tx, "Bo")
        with pytest.raises(team.LinkUnknown):
            team.redeem(tx, bo, older.code)
        # Somebody became admin by another road meanwhile: the code gives nothing any more.
        with tx.savepoint():
            people.grant(tx, bo.id, Role.ADMIN, None)
            with pytest.raises(team.LinkExpired):
                team.redeem(tx, ada, fresh.code)
            people.revoke(tx, bo.id, Role.ADMIN)
        assert team.redeem(tx, ada, fresh.code) is Role.ADMIN
        assert team.invite_first_admin(tx) is None

    await database.run(scenario)


async def test_somebody_stays_admin(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        # Named by a setting and never seen: nobody who could put things right.
        team.grant_by_setting(tx, (555,), "en")
        with pytest.raises(team.LastAdmin):
            team.revoke(tx, ada, ada.id, Role.ADMIN)
        bo = person(tx, "Bo", Role.ADMIN)
        team.revoke(tx, bo, ada.id, Role.ADMIN)
        with pytest.raises(team.LastAdmin):
            team.revoke(tx, bo, bo.id, Role.ADMIN)
        assert people.by_id(tx, bo.id).roles == {Role.ADMIN}

    await database.run(scenario)


async def test_giving_or_taking_twice_is_done_already(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        lead, bo = person(tx, "Lea", Role.LEAD), person(tx, "Bo")
        team.grant(tx, lead, bo.id, Role.STAFF)
        with pytest.raises(AlreadyDone):
            team.grant(tx, lead, bo.id, Role.STAFF)
        team.revoke(tx, lead, bo.id, Role.STAFF)
        with pytest.raises(AlreadyDone):
            team.revoke(tx, lead, bo.id, Role.STAFF)
        assert happened(tx) == ["role.granted", "role.revoked"]

    await database.run(scenario)


async def test_admins_by_setting_are_made_once_and_get_their_name_when_they_speak(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        for _ in range(2):
            team.grant_by_setting(tx, (555,), "zh_Hans")
        (found,) = people.with_role(tx, Role.ADMIN)
        assert (found.name, found.language, found.started) == ("admin 555", "zh_Hans", False)
        assert happened(tx) == ["role.granted"]
        assert people.meet(tx, 555, "Ada", None, "en").id == found.id
        team.grant_by_setting(tx, (555,), "zh_Hans")
        assert people.by_id(tx, found.id).name == "Ada"

    await database.run(scenario)


async def test_only_staff_see_the_team(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        staff, volunteer = person(tx, "Sam", Role.STAFF), person(tx, "Val", Role.VOLUNTEER)
        assert {role: [each.name for each in members] for role, members in team.team(tx, staff).items()} == {
            Role.STAFF: ["Sam"],
            Role.VOLUNTEER: ["Val"],
        }
        with pytest.raises(NotAllowed):
            team.team(tx, volunteer)

    await database.run(scenario)
