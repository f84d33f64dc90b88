"""The poster of a project: its code leads to its page, or where there is none to the project in the bot."""

from dataclasses import replace

import pytest

from handlers.kit.update_context import Setup
from handlers.projects.public import project_poster
from storage.core.database import Transaction
from storage.projects import projects
from tests.services.projects.bundles import made, staff
from tests.support import in_transaction


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (None, "https://t.me/resident_voices_bot?start=j-1"),
        ("https://voices.example.org", "https://voices.example.org/projects/1"),
    ],
)
@in_transaction
def test_where_its_code_leads(tx: Transaction, setup: Setup, address: str | None, link: str) -> None:
    wei = staff(tx)
    project = made(tx, setup.community, wei, public=True)
    projects.change(tx, project.id, title="The lifts\nof building 3 " + "and more " * 20)
    speakers = [setup.speaker(language) for language in ("en", "zh_Hans")]
    known = projects.existing(tx, project.id)
    (place,) = project_poster.told(replace(setup, pages_address=address), known, speakers)["places"]
    assert place["link"] == link and place["letters"] == link.partition("://")[2]
    words = place["words"]
    assert words["en"]["here"] == "Project no. 1 · 第1号项目" and words["zh_Hans"]["place"] == "", "its title once"
    assert words["en"]["place"].startswith("The lifts of building 3") and len(words["en"]["place"]) <= 60
    assert ("in Telegram" in words["en"]["how"]) is (address is None)
