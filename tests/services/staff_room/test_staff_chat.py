"""The staff group: chosen by an admin with a code, or by a setting; lost, found, moved."""

import pytest

from domain.people.rights import NotAllowed, Role
from services.people import team
from services.staff_room import staff_chat
from storage.core import chats, settings
from storage.core.database import Database, Transaction
from tests.support import Clock, happened, person

FULL = frozenset(staff_chat.NEEDED)


async def test_the_same_code_is_offered_until_it_is_used_or_over(database: Database, clock: Clock) -> None:
    def first(tx: Transaction) -> str:
        ada = person(tx, "Ada", Role.ADMIN)
        code = staff_chat.link_code(tx, ada)
        assert staff_chat.link_code(tx, ada) == code
        assert staff_chat.link_code(tx, person(tx, "Bo", Role.ADMIN)) != code
        group = chats.meet(tx, -100, "supergroup", "Staff", True)
        assert staff_chat.choose(tx, ada, code, group)
        fresh = staff_chat.link_code(tx, ada)
        assert fresh != code
        return fresh

    before = await database.run(first)
    clock.advance(days=7)

    def later(tx: Transaction) -> None:
        ada = person(tx, "Ada again", Role.ADMIN)
        other = chats.meet(tx, -200, "supergroup", "Other", False)
        with pytest.raises(team.LinkExpired):
            staff_chat.choose(tx, ada, before, other)

    await database.run(later)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
async def test_only_admins_choose(database: Database, role: Role) -> None:
    def scenario(tx: Transaction) -> None:
        code = staff_chat.link_code(tx, person(tx, "Ada", Role.ADMIN))
        other = person(tx, "Other", role)
        with pytest.raises(NotAllowed):
            staff_chat.link_code(tx, other)
        with pytest.raises(NotAllowed):
            staff_chat.choose(tx, other, code, chats.meet(tx, -100, "group", "Staff", False))
        assert settings.staff_chat(tx) is None

    await database.run(scenario)


async def test_a_code_for_a_role_chooses_no_group(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        group = chats.meet(tx, -100, "group", "Staff", False)
        code = team.invite(tx, ada, Role.STAFF).code
        with pytest.raises(team.LinkUnknown):
            staff_chat.choose(tx, ada, code, group)

    await database.run(scenario)


async def test_what_was_chosen_in_telegram_wins_over_the_setting(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        assert staff_chat.wants_setting(tx, -1)
        first = chats.meet(tx, -1, "group", "First", False)
        staff_chat.choose_by_setting(tx, -1, first)
        assert not staff_chat.wants_setting(tx, -1)
        # The operator corrects the setting: nobody has chosen in Telegram, so it counts.
        assert staff_chat.wants_setting(tx, -2)
        # It moved: the setting still names the old number, and nothing is to be done.
        staff_chat.moved(tx, -1, -100)
        assert not staff_chat.wants_setting(tx, -1)
        assert settings.staff_chat(tx) == first.id
        ada = person(tx, "Ada", Role.ADMIN)
        chosen = chats.meet(tx, -3, "group", "Chosen", False)
        staff_chat.choose(tx, ada, staff_chat.link_code(tx, ada), chosen)
        assert not staff_chat.wants_setting(tx, -1)
        assert not staff_chat.wants_setting(tx, -2)
        assert settings.staff_chat(tx) == chosen.id

    await database.run(scenario)


async def test_losing_and_finding_are_said_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        group = chats.meet(tx, -1, "group", "Staff", False)
        for _ in range(2):
            staff_chat.lost(tx, chats.by_id(tx, group.id), "the bot is kicked there")
        assert chats.by_id(tx, group.id).unreachable
        for _ in range(2):
            staff_chat.back(tx, chats.by_id(tx, group.id))
        assert chats.by_id(tx, group.id).unreachable is None
        assert happened(tx) == ["group.lost", "group.back"]

    await database.run(scenario)


async def test_a_person_who_blocks_and_lets_in_again(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        bo = person(tx, "Bo")
        chat = chats.private_with(tx, bo.id)
        assert chat is not None
        staff_chat.lost(tx, chat, "blocked")
        staff_chat.back(tx, chats.by_id(tx, chat.id))
        assert happened(tx) == ["person.unreachable", "person.reachable"]

    await database.run(scenario)


async def test_rights_are_missing_only_where_they_are_needed(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        group = chats.meet(tx, -1, "supergroup", "Staff", False)
        assert staff_chat.missing(tx, group) is None
        staff_chat.learn_rights(tx, group, FULL - {"manage_topics"})
        assert staff_chat.missing(tx, group) == ()
        forum = staff_chat.meet(tx, -1, "supergroup", "Staff", True)
        assert staff_chat.missing(tx, forum) == ("manage_topics",)
        staff_chat.learn_rights(tx, forum, FULL)
        staff_chat.learn_rights(tx, forum, FULL)
        assert happened(tx) == ["group.rights", "group.topics", "group.rights"]

    await database.run(scenario)


async def test_topics_and_moving_are_said_once(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        staff_chat.meet(tx, -1, "group", "Staff", False)
        staff_chat.meet(tx, -1, "group", "New title", False)
        for _ in range(3):
            staff_chat.moved(tx, -1, -100)
        for _ in range(2):
            staff_chat.meet(tx, -100, "supergroup", "New title", True)
        assert happened(tx) == ["group.moved", "group.topics"]

    await database.run(scenario)
