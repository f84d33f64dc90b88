"""Every text is there in every language, none is left over, and translations keep placeholders and tags."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract

from handlers.kit.texts import languages
from scripts import texts

PATHS = texts.translations()


def _key(message_id: object) -> str:
    return message_id[0] if isinstance(message_id, tuple | list) else str(message_id)


@pytest.fixture(scope="module")
def used() -> dict[str, object]:
    return {_key(message.id): message for message in texts.collect() if message.id}


def test_there_are_two_languages_at_least() -> None:
    assert set(languages()) >= {"en", "zh_Hans"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parent.parent.name)
def test_every_text_is_translated_and_none_is_left_over(path: Path, used: dict[str, object]) -> None:
    translated = {
        _key(message.id)
        for message in texts.read(path)
        if message.id and all(texts.forms(message)) and not message.fuzzy
    }
    assert sorted(set(used) - translated) == [], "missing: run scripts/texts.py and translate"
    assert sorted(translated - set(used)) == [], "unused: run scripts/texts.py"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parent.parent.name)
def test_translations_keep_placeholders_commands_and_tags(path: Path) -> None:
    for message in texts.read(path):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        for form in texts.forms(message):
            assert _marks(form) in [_marks(each) for each in ids], f"{ids[0]!r} became {form!r}"


def _marks(text: str) -> list[str]:
    return sorted(re.findall(r"\{[a-z_]*\}|</?[a-z]+>|/[a-z]{2,}\b", text))


def test_the_template_is_true() -> None:
    """What translators start from holds exactly what the program says."""
    with texts.TEMPLATE.open("rb") as file:
        template = {_key(message.id) for message in texts.read_po(file) if message.id}
    assert template == {_key(message.id) for message in texts.collect() if message.id}


def test_no_text_is_said_where_it_is_not_collected() -> None:
    """Said by another name than `say`, `label` or `plural`, a text would stay English for everybody."""
    spoken = {"group_speaker", "say_to_person", "speaker"}
    for path in sorted((texts.ROOT / "handlers").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                names = {each.attr for each in ast.walk(call.func) if isinstance(each, ast.Attribute)}
                collected = isinstance(call.func, ast.Attribute) and call.func.attr in ("say", *texts.KEYWORDS)
                assert collected or not names & spoken, f"{path.name}:{call.lineno}"


def test_a_text_among_the_arguments_of_another_is_collected() -> None:
    module = b'page(say("Notices: {kinds}", kinds=bold(ctx.say("all"))), say.plural("{n} a", "{n} b", say.label("c")))'
    found = [message for _, message, _, _ in extract(texts.from_python, io.BytesIO(module), keywords=texts.KEYWORDS)]
    assert found == ["Notices: {kinds}", "all", ("{n} a", "{n} b"), "c"]
