"""/role and /team as people use and misuse them: names of roles, forged buttons, long lists, replies that are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.people.rights import Role
from handlers.kit.keyboards import DATA_LIMIT
from handlers.kit.texts import MESSAGE_LIMIT
from handlers.kit.update_context import Setup
from handlers.people import roles, team
from handlers.staff_room import asked_as_group, in_group
from handlers.telegram.reading import ANONYMOUS_ADMIN
from services.staff_room import asked_as_group as service
from storage.core import chats, settings
from storage.core.database import Database, Transaction
from storage.people import people
from tests.support import (
    BOT_ID,
    happened,
    message_json,
    outbox_of,
    person,
    presses,
    says,
    texts_of,
    user_json,
)

GROUP = {"id": -1001, "type": "supergroup", "title": "Staff", "is_forum": True}
ROWS = 8
FORGED = "I do not know this button"
NOT_ALLOWED = "You cannot do that"


pytestmark = pytest.mark.usefixtures("notices", "group")


@pytest.fixture
async def group(database: Database) -> None:
    await database.run(staff_group)


def staff_group(tx: Transaction) -> None:
    """The group is the staff's."""
    group = chats.meet(tx, GROUP["id"], "supergroup", "Staff", True)  # type: ignore[arg-type]
    settings.put(tx, "staff_chat", str(group.id))


def rows_of(markup: dict[str, Any] | None) -> list[list[dict[str, str]]]:
    """The rows of an inline keyboard."""
    found: list[list[dict[str, str]]] = (markup or {}).get("inline_keyboard", [])
    return found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("staff", Role.STAFF),
        ("  STAFF ", Role.STAFF),
        ("Lead", Role.LEAD),
        ("resident", None),
        ("", None),
        ("chef", None),
    ],
)
def test_roles_go_by_their_english_names(text: str, role: Role | None) -> None:
    assert roles.named(text) is role


def test_roles_go_by_their_names_in_every_language(setup: Setup) -> None:
    from handlers.kit import wording
    from handlers.kit.texts import languages
    from services.people.team import GRANTABLE

    for language in languages():
        for role in GRANTABLE:
            assert roles.named(wording.role(setup.speaker(language), role)) is role


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("role:which:resident", FORGED),
        ("role:which:chef", FORGED),
        ("role:boil:staff", FORGED),
        ("role:link", FORGED),
        ("role:link:admin", NOT_ALLOWED),
        ("role:pick:lead", NOT_ALLOWED),
        ("role:link:员工", FORGED),
    ],
)
async def test_a_lead_cannot_forge_more(database: Database, setup: Setup, data: str, answer: str) -> None:
    def scenario(tx: Transaction) -> None:
        lead = person(tx, "Lea", Role.LEAD)
        handled = presses(tx, setup, roles.press, lead, data)
        assert [answer in (each.text or "") for each in handled.answers] == [True]
        assert outbox_of(tx) == [] and happened(tx) == []
        assert tx.query("SELECT * FROM invitations") == []

    await database.run(scenario)


@pytest.mark.parametrize("data", ["role:menu:-", "role:which:staff", "role:link:staff", "role:pick:staff"])
async def test_a_resident_gives_nothing(database: Database, setup: Setup, data: str) -> None:
    def scenario(tx: Transaction) -> None:
        handled = presses(tx, setup, roles.press, person(tx, "Rita"), data)
        assert [NOT_ALLOWED in (each.text or "") for each in handled.answers] == [True]
        assert tx.query("SELECT * FROM invitations") == []

    await database.run(scenario)


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("team:take:admin:{ada}", NOT_ALLOWED),
        ("team:take:staff:999999", FORGED),
        ("team:take:resident:{ada}", FORGED),
        ("team:boil:staff:{ada}", FORGED),
        ("team:list:staff:x", FORGED),
        ("team:take:staff:{ada}", "I have that already"),
    ],
)
async def test_a_lead_cannot_take_more_away(database: Database, setup: Setup, data: str, answer: str) -> None:
    def scenario(tx: Transaction) -> None:
        ada, lead = person(tx, "Ada", Role.ADMIN), person(tx, "Lea", Role.LEAD)
        handled = presses(tx, setup, team.press, lead, data.format(ada=ada.id))
        assert [answer in (each.text or "") for each in handled.answers] == [True]
        assert people.by_id(tx, ada.id).roles == {Role.ADMIN}
        assert happened(tx) == []

    await database.run(scenario)


async def test_what_was_asked_as_the_group_needs_a_right_of_whoever_says_yes(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        bo, eve, lead = person(tx, "Bo"), person(tx, "Eve"), person(tx, "Lea", Role.LEAD)
        group = settings.staff_chat(tx)
        asked = {
            what: service.ask(tx, what)
            for what in (f"role:staff:{bo.id}", f"role:admin:{bo.id}", f"setup:{group}:nonsense")
        }
        for who, what in ((eve, f"role:staff:{bo.id}"), (lead, f"role:admin:{bo.id}"),
                          (lead, f"setup:{group}:nonsense")):  # fmt: skip
            for verb in ("yes", "no"):
                handled = presses(tx, setup, asked_as_group.press, who, f"me:{verb}:{asked[what]}")
                assert [NOT_ALLOWED in (each.text or "") for each in handled.answers] == [True], what
            says(tx, setup, lambda ctx, what=what: asked_as_group.start(ctx, asked[what]), who, "/start")  # type: ignore[misc]
            assert NOT_ALLOWED in texts_of(tx)[-1]
        for data in ("me:", "me:role:staff:1", "me:yes:", "me:yes:nonsense", "me:dance:1", "me:team"):
            handled = presses(tx, setup, asked_as_group.press, lead, data)
            assert [FORGED in (each.text or "") for each in handled.answers] == [True], data
        assert people.by_id(tx, bo.id).roles == set()
        code = asked[f"role:staff:{bo.id}"]
        presses(tx, setup, asked_as_group.press, lead, f"me:yes:{code}")
        assert people.by_id(tx, bo.id).roles == {Role.STAFF}
        people.revoke(tx, bo.id, Role.STAFF)
        presses(tx, setup, asked_as_group.press, lead, f"me:yes:{code}")
        assert people.by_id(tx, bo.id).roles == set(), "answered once, it counts no longer"

    await database.run(scenario)


async def test_in_a_forum_the_topics_creation_is_no_message_of_anybody(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada, bo = person(tx, "Ada", Role.ADMIN), person(tx, "Bo")
        made = {**message_json(bo, chat=GROUP), "forum_topic_created": {"name": "Green", "icon_color": 1}}
        says(tx, setup, in_group.role, ada, "/role staff", chat=GROUP, reply_to_message=made)
        assert people.by_id(tx, bo.id).roles == set()
        assert "Reply to a message of the person" in texts_of(tx)[-1]
        said = message_json(bo, "Good morning", GROUP)
        says(tx, setup, in_group.role, ada, "/role staff", chat=GROUP, reply_to_message=said)
        assert people.by_id(tx, bo.id).roles == {Role.STAFF}

    await database.run(scenario)


async def test_bots_and_hidden_writers_get_no_role(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        for number, name in ((BOT_ID, "Bot"), (ANONYMOUS_ADMIN, "Group")):
            author = {"id": number, "is_bot": True, "first_name": name}
            said = {**message_json(ada, "Good morning", GROUP), "from": author}
            says(tx, setup, in_group.role, ada, "/role staff", chat=GROUP, reply_to_message=said)
        assert happened(tx) == []
        assert people.by_telegram_id(tx, BOT_ID) is None
        assert people.by_telegram_id(tx, ANONYMOUS_ADMIN) is None
        assert len(texts_of(tx)) == 2

    await database.run(scenario)


async def test_who_is_known_keeps_name_and_language_when_others_point_at_them(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada, bo = person(tx, "Ada", Role.ADMIN), person(tx, "Bo", language="zh_Hans")
        shared = {"request_id": 101, "users": [{"user_id": bo.telegram_id, "first_name": "Robert"}]}
        says(tx, setup, roles.picked, ada, users_shared=shared)
        after = people.by_id(tx, bo.id)
        assert (after.name, after.language, after.roles) == ("Bo", "zh_Hans", {Role.STAFF})
        said = {**message_json(bo, "Good morning", GROUP), "from": {**user_json(bo), "language_code": "en"}}
        says(tx, setup, in_group.role, ada, "/role lead", chat=GROUP, reply_to_message=said)
        assert people.by_id(tx, bo.id).language == "zh_Hans"

    await database.run(scenario)


@pytest.mark.parametrize(
    ("number", "role", "who"),
    [(999, None, "Ada"), (101, Role.STAFF, "Ada"), (106, None, "Lea"), (106, Role.ADMIN, "Ada")],
)
async def test_the_picker_gives_the_role_it_was_opened_for_and_the_usual_keyboard_comes_back(
    database: Database, setup: Setup, number: int, role: Role | None, who: str
) -> None:
    def scenario(tx: Transaction) -> None:
        giver = person(tx, who, Role.ADMIN if who == "Ada" else Role.LEAD)
        shared = {"request_id": number, "users": [{"user_id": 777, "first_name": "New"}]}
        says(tx, setup, roles.picked, giver, users_shared=shared)
        given = people.by_telegram_id(tx, 777)
        assert (given.roles if given else frozenset()) == ({role} if role else set())
        assert "Help" in json.dumps(outbox_of(tx)[-1]["content"]["markup"])

    await database.run(scenario)


async def test_every_keyboard_fits_a_phone_and_every_button_its_bytes(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        for role in Role:
            for _ in range(40 if role is not Role.RESIDENT else 0):
                person(tx, "Maximiliana-Alexandrina von und zu Unterammergau-Hintertupfingen", role, started=False)
        says(tx, setup, roles.command, ada, "/role")
        says(tx, setup, team.show, ada, "/team")
        for data in ("role:menu:-", "role:which:representative", "team:all:-:0", "team:list:representative:0",
                     "team:list:representative:2", "team:list:representative:99",
                     f"team:ask:representative:{ada.id}"):  # fmt: skip
            handled = presses(tx, setup, roles.press if data.startswith("role") else team.press, ada, data)
            assert [each.text for each in handled.answers] == [None], data
        rows = outbox_of(tx)
        assert len(rows) == 9
        for row in rows:
            assert len(row["content"]["text"]) <= MESSAGE_LIMIT
            keyboard = rows_of(row["content"]["markup"])
            assert 1 <= len(keyboard) <= ROWS
            for line in keyboard:
                assert len(line) == 1 and len(line[0]["callback_data"].encode()) <= DATA_LIMIT

    await database.run(scenario)


async def test_the_team_is_not_shown_before_the_whole_group(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        sam = person(tx, "Sam", Role.STAFF)
        private = chats.private_with(tx, sam.id)
        group = chats.by_telegram_id(tx, -1001)
        assert private is not None and group is not None
        says(tx, setup, in_group.who_is_who, sam, "/team", chat=GROUP)
        assert "Sam" not in " ".join(texts_of(tx, group.id))
        assert "– Sam" in texts_of(tx, private.id)[0]
        late = person(tx, "Lou", Role.STAFF, started=False)
        says(tx, setup, in_group.who_is_who, late, "/team", chat=GROUP)
        assert "open a chat with me" in texts_of(tx, group.id)[-1]

    await database.run(scenario)


async def test_commands_for_others_leave_no_trace(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        other = {"id": -5, "type": "group", "title": "Neighbours"}
        handled = says(tx, setup, in_group.meant_for_us(in_group.role), ada, "/role staff", chat=other)
        assert handled.here.forget_text and outbox_of(tx) == []
        handled = says(tx, setup, in_group.meant_for_us(in_group.help_), ada, "/help@resident_voices_bot", chat=other)
        assert not handled.here.forget_text and len(outbox_of(tx)) == 1

    await database.run(scenario)


async def test_a_link_comes_with_a_picture_for_which_no_file_is_touched(
    database: Database, setup: Setup, tmp_path: Path
) -> None:
    """Drawn when it is sent: a slow disk would hold up everybody who writes."""

    def scenario(tx: Transaction) -> None:
        presses(tx, setup, roles.press, person(tx, "Ada", Role.ADMIN), "role:link:staff")
        text, picture = outbox_of(tx)
        (row,) = tx.query("SELECT code, purpose FROM invitations")
        assert row["purpose"] == "role:staff"
        link = f"https://t.me/resident_voices_bot?start=i-{row['code']}"
        assert link in text["content"]["text"] and picture["content"]["qr"] == link

    before = sorted(tmp_path.rglob("*"))  # noqa: ASYNC240
    await database.run(scenario)
    assert sorted(tmp_path.rglob("*")) == before  # noqa: ASYNC240


async def test_hostile_names_break_nothing(database: Database, setup: Setup) -> None:
    def scenario(tx: Transaction) -> None:
        ada = person(tx, "Ada", Role.ADMIN)
        person(tx, "<b>&\u202eevil</b>", Role.STAFF)
        says(tx, setup, team.show, ada, "/team")
        text = texts_of(tx)[0]
        assert "&lt;b&gt;&amp;evil&lt;/b&gt;" in text and "\u202e" not in text

    await database.run(scenario)
