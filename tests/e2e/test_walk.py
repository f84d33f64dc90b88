"""Random walks through all that people can do, good and bad: nobody is left without an answer, nobody gets stuck.

`python -m tests.walk --seeds 50 --steps 2000` walks further.
"""

from collections import Counter
from pathlib import Path

import pytest

from bot.background import tidying
from storage.core.database import Database, Transaction
from tests.support import FEATURES
from tests.walk.plans import ALLOWED, Plans
from tests.walk.walk import Walk

SEEDS = range(9)
STEPS = 800
OFTEN = 5
COUNTS: Counter[str] = Counter()
"""What was done in all walks so far: each goes where the others have seldom been."""
ENTERED: set[str] = set()
SHOWN: Counter[str] = Counter()
HAPPENED: Counter[str] = Counter()
REACHED = {
    "broadcast.done", "broadcast.stopped", "broadcast.went_on", "broadcast.withdrawn", "notice.sent", "notice.refused",
    "notice.unconfirmed", "project.made", "project.moved", "a notice is answered", "a project's word is answered",
}  # fmt: skip
"""What takes several steps of several people, and is walked through all the same."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_is_left_without_an_answer_or_gets_stuck(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    plans = Plans()
    monkeypatch.setattr(Transaction, "_execute", plans.listening(Transaction._execute))
    walk = Walk(tmp_path, seed, COUNTS)
    await walk.begin()
    try:
        for _ in range(STEPS):
            await walk.step()
        ENTERED.update(walk.entered)
        SHOWN.update(walk.families)
        sent = await walk.database.run(lambda tx: tx.one("/* ours */ SELECT count(*) AS n FROM reports"))
        assert sent is not None and sent["n"] > 0, "a walk that sends nothing tries nothing"
        assert await walk.database.read(plans.that_read_all) == []
    finally:
        await walk.end()
        HAPPENED.update(walk.happened)


def test_the_walks_went_everywhere() -> None:
    """Whatever is registered was tried, so what is added is walked through without a word here."""
    if not ENTERED:
        pytest.skip("the walks were left out")
    assert set(FEATURES.flows) - ENTERED == set(), "flows nobody was in"
    commands = {f"/{name}" for name in (*FEATURES.commands, *FEATURES.group_commands)}
    assert commands - COUNTS.keys() == set(), "commands nobody gave"
    pressed = {kind.partition(":")[0] for kind in COUNTS}
    often = {family for family, times in SHOWN.items() if times >= OFTEN}
    assert often - pressed == set(), "families of buttons that were shown and nobody pressed"
    assert SHOWN.keys() <= set(FEATURES.buttons)
    assert REACHED - (+HAPPENED).keys() == set(), "what came of nobody's deeds"


async def test_a_statement_that_reads_everything_is_noticed(database: Database) -> None:
    plans = Plans()
    plans.note("SELECT * FROM reports WHERE title = :title", {"title": "x"})
    plans.note("SELECT * FROM reports WHERE id = ?", (1,))
    plans.note("SELECT title FROM reports WHERE closed_at IS NULL", ())
    plans.note("UPDATE outbox SET error = '' WHERE state = 'dropped'", ())
    plans.note("SELECT id FROM conversations WHERE state = 'ended'", ())
    found = await database.read(plans.that_read_all)
    # A partial index is no excuse: of what is over there is more each year.
    assert [each.split()[1].strip(":") for each in found] == ["reports", "reports", "outbox", "conversations"]


async def test_each_scan_that_is_allowed_is_of_an_index_there_is(database: Database) -> None:
    rows = await database.read(lambda tx: tx.query("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    partial = {row["name"] for row in rows if " WHERE " in (row["sql"] or "").replace("\n", " ")}
    assert {index for index, _ in ALLOWED} <= partial


async def test_tidying_up_reads_only_what_goes(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = Plans()
    monkeypatch.setattr(Transaction, "_execute", plans.listening(Transaction._execute))
    for piece in (tidying.begin, tidying.begin, tidying.tidy):
        await database.run(piece)
    found = await database.read(plans.that_read_all)
    assert found == []
