"""Names that are kept stay what they are: they lie in databases, backups and chats that outlive the program."""

import ast

import pytest

from tests import golden, stored_names

ADVICE = """
Names that are kept have changed. tests/golden.txt has what was kept so far.
  missing: rows, drafts, buttons and backups still have it. Give the old name back to what is called otherwise now.
           Where it really is to go, what is kept under it must end kindly (a test in tests/e2e/test_renamed.py);
           then take its line out of the file by hand: `python -m tests.golden` leaves it there.
           Of an event that has other data now, rows have the old: what reads them must bear both.
  new:     if it is meant, `python -m tests.golden` writes it down.
"""


def test_every_stored_name_stands_in_the_file() -> None:
    program, file = stored_names.in_the_program(), stored_names.kept(golden.section(golden.STORED))
    changed = [f"  missing: {each}" for each in stored_names.less(file, program)]
    changed += [f"  new: {each}" for each in stored_names.less(program, file)]
    assert not changed, ADVICE + "\n".join(changed)
    assert golden.section(golden.STORED) == stored_names.written(program), "it is sorted, each once"


def test_what_is_looked_for_in_sql_is_a_name_that_is_kept() -> None:
    known: dict[str, set[str]] = {}
    for where, members in stored_names.enums().items():
        known.setdefault(where.partition(".")[2], set()).update(str(each.value) for each in members)
    program = stored_names.in_the_program()
    known["kind"] |= {*program["scheduled_tasks.kind"], *program["events.kind"]}
    found = list(stored_names.sql_names())
    wrong = [f"{where}: {column} {name!r}" for where, column, name in found if name not in known.get(column, ())]
    assert len(found) > 50 and not wrong, "\n".join(wrong)


NAMES_IN = {
    # The arguments (by place or keyword) that are kept: they are constants, never words written where they are used.
    "Outgoing": (1, "action", "purpose", "when_uncertain"),
    "replace": ("action", "purpose", "when_uncertain"),
    "ctx.send": ("purpose", "when_uncertain"),
    "ctx.keep_incoming": (0, "purpose"),
    "part_of": (1, "purpose"),
    "to_person": ("purpose", "when_uncertain"),
    "to_staff": ("purpose", "when_uncertain"),
    "mailer.to_person": ("purpose", "when_uncertain"),
    "mailer.to_staff": ("purpose", "when_uncertain"),
    "mailer.send": ("purpose", "when_uncertain"),
    "mailer.card": ("purpose", "when_uncertain"),
    "mailer.edit": ("purpose",),
    "mailer.delete": ("purpose",),
    "mailer.send_file": (2, "purpose"),
    "mailer.send_files": ("purpose",),
    "mailer.unbutton_newest": (3, "purpose"),
    "mailer.below": (2, "purpose"),
    "mailer.take_back": (4, "kind", "purpose"),
    "mailer.add": (2, "action", "purpose", "when_uncertain"),
    "ctx.send_in_private": ("purpose",),
    "messages.keep": ("purpose",),
    "messages.new_card": (3, "role"),
    "messages.newest_card": (2, "role"),
    "messages.newest_card_in": (2, "role"),
    "messages.cards_of": (2, "role"),
    "messages.cards_in_role": (2, "role"),
    "messages.pass_card": (3, "role"),
    "messages.newest_with_purpose": (3, "purpose"),
    "messages.sent_with_purpose": (3, "purpose"),
    "outbox.is_on_its_way": (3, "purpose"),
    "outbox.drop_unsent": (3, "purpose"),
    "outbox.revive": (2, "purpose"),
    "reports.add_parts": (3, "purpose"),
    "repairs.add_parts": (3, "purpose"),
    "repairs.parts": (2, "purpose"),
    "NewPart": (0, "kind"),
    "sends.finish": (2, "state"),
    "scheduled_tasks.plan": (1, "kind"),
    "scheduled_tasks.plan_once": (1, "kind"),
    "scheduled_tasks.cancel": (2, "kind"),
    "scheduled_tasks.waiting": (2, "kind"),
    "scheduled_tasks.postpone": (1, "kind"),
    "engine.begin": (1, "name"),
    "settings.get": (1, "key"),
    "settings.put": (1, "key"),
    "kept_settings.get": (1, "key"),
    "kept_settings.put": (1, "key"),
    "invitations.add": (2, "purpose"),
    "invitations.usable": (1, "purpose"),
    "events.newest": (1, "kind"),
    "events.newest_noted": (1, "kind"),
    "events.all_noted": (1, "kind"),
    "events.of_kind": (1, "kind"),
    "events.newest_of": (1, "kind"),
    "pledges.decide_wording": (2, "state"),
    "verdicts.answer": (4, "answer"),
}


@pytest.mark.parametrize("function", NAMES_IN)
def test_what_is_kept_is_a_constant_where_it_is_written(function: str) -> None:
    literal = []
    for where, call in stored_names.calls(function):
        given = {**dict(enumerate(call.args)), **{each.arg: each.value for each in call.keywords}}
        for place in NAMES_IN[function]:
            value = given.get(place)
            values = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            literal += [
                f"{where}: {ast.unparse(each)}"
                for each in values
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
    assert not literal, "\n".join(literal)


def test_nothing_is_looked_up_by_what_a_class_is_called() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in stored_names.sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("__name__", "__qualname__")
        # What went wrong is logged by its class; who is told apart, or shown, is no stored name.
        if not ast.unparse(node.value).startswith("type(")
        and path not in ("domain/events/by_stored_name.py", "handlers/kit/joined_features.py")
    ]
    assert not found, "\n".join(found)
