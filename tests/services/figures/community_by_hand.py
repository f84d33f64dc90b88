"""Figures of promises, projects, repairs and volunteers by other ways than the program's.

`by_hand`: from all rows of the record before the end of a time, each measure by itself, as docs/measures.md words it.
`as_it_stands`: from the tables as they are now, which say the same as the record when the time ends now.
"""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from domain.figures.periods import Span
from services.figures.all_figures import Figures
from storage.core.database import Transaction
from storage.core.instants import from_text, to_text

Row = dict[str, Any]


def by_hand(tx: Transaction, span: Span) -> dict[str, Any]:
    """Counts over a time, from the record."""
    rows = [
        {"at": from_text(row["at"]), "of": row["subject"], "kind": row["kind"], **json.loads(row["data"])}
        for row in tx.query("SELECT * FROM events WHERE at < ? ORDER BY id", (to_text(span.ends),))
    ]
    return {**_pledges(tx, rows, span), **_repairs(rows, span), **_projects(rows, span), **_volunteers(rows, span)}


def _pledges(tx: Transaction, rows: list[Row], span: Span) -> dict[str, Any]:
    first = {row["of"]: row for row in reversed(rows) if row["kind"] == "pledge.published"}
    made = {of for of, row in first.items() if row["at"] >= span.begins}
    due: dict[int, datetime] = {}
    of_time: dict[int, str] = {}
    for row in rows:
        if row["kind"] == "pledge.times_set":
            for time, ends in row["times"]:
                due[time], of_time[time] = max(row["at"], datetime.fromisoformat(ends)), row["of"]
        elif row["kind"] == "pledge.times_dropped":
            for time in row["times"]:
                del due[time]
    became = {
        row["occurrence"]: row["outcome"]
        for row in rows
        if row["kind"].startswith("pledge.") and row.get("occurrence") is not None and row.get("outcome") is not None
    }
    states = Counter[str]()
    silent = 0
    for of in made:
        times = [
            became.get(time, "open")
            for time in due
            if of_time[time] == of and (due[time] < span.ends or became.get(time, "open") != "open")
        ]
        there = sum(row["kind"] == "pledge.checked_in" and row["occurrence"] is None for row in rows if row["of"] == of)
        there -= sum(
            row["kind"] == "pledge.check_in_undone" and row["occurrence"] is None and _was_there(rows, row["checkin"])
            for row in rows
            if row["of"] == of
        )
        known = set(times) | ({"kept"} if there else set())
        if "partly" in known or {"kept", "not_kept"} <= known:
            states["partly"] += 1
        elif "not_kept" in known:
            states["not_kept"] += 1
        elif "kept" in known:
            states["kept"] += 1
            silent += bool(known & {"open", "not_reported"})
        else:
            states["no_update" if known & {"open", "not_reported"} else "not_due"] += 1
    people = {tx.number("SELECT person FROM pledges WHERE id = ?", (int(of.split(":")[1]),)) for of in made}
    fell_due = [
        became.get(time, "open") for time, at in due.items() if span.begins <= at < span.ends and of_time[time] in first
    ]
    return {"pledges": states, "makers": len(people), "silent": silent, "times": Counter(fell_due)}


def _was_there(rows: list[Row], checkin: int) -> bool:
    return any(row["kind"] == "pledge.checked_in" and row["checkin"] == checkin for row in rows)


FATES = {
    "repair.asked": "open", "repair.done": "being_asked", "repair.not_done": "open", "repair.confirmed": "confirmed",
    "repair.lapsed": "silent", "repair.reopened": "open", "repair.withdrawn": "withdrawn", "repair.turned": "turned",
}  # fmt: skip


def _repairs(rows: list[Row], span: Span) -> dict[str, Any]:
    of: dict[str, list[Row]] = {}
    for row in rows:
        if row["of"].startswith("repair:"):
            of.setdefault(row["of"], []).append(row)
    asked = {name: each[0]["at"] for name, each in of.items()}
    taken, done = _first(of, ("repair.taken",)), _first(of, ("repair.done", "repair.confirmed"))
    not_done = {
        name
        for name, each in of.items()
        for number, row in enumerate(each)
        if row["kind"] == "repair.reopened"
        and row["at"] >= span.begins
        and [FATES[before["kind"]] for before in each[:number] if before["kind"] in FATES][-1] != "withdrawn"
    }
    inside = [name for name, at in asked.items() if at >= span.begins]
    return {
        "repairs": Counter([FATES[row["kind"]] for row in of[name] if row["kind"] in FATES][-1] for name in inside),
        "taken": sum(name in taken for name in inside),
        "not_done": len(not_done),
        "to_take": sorted(int((at - asked[name]).total_seconds()) for name, at in taken.items() if at >= span.begins),
        "to_do": sorted(int((at - asked[name]).total_seconds()) for name, at in done.items() if at >= span.begins),
    }


def _first(of: dict[str, list[Row]], kinds: tuple[str, ...]) -> dict[str, datetime]:
    return {name: row["at"] for name, each in of.items() for row in reversed(each) if row["kind"] in kinds}


def _projects(rows: list[Row], span: Span) -> dict[str, Any]:
    stages, leads, ended = dict[str, str](), dict[str, set[int]](), dict[str, datetime]()
    made = {row["of"]: row["at"] for row in rows if row["kind"] == "project.made"}
    for row in rows:
        of = row["of"]
        if row["kind"] == "project.made":
            stages[of], leads[of] = "listening", set(row["leads"])
        elif row["kind"] == "project.moved":
            stages[of] = row["stage"]
            ended.pop(of, None)
            if row["stage"] in ("done", "given_up"):
                ended[of] = row["at"]
        elif row["kind"] == "project.lead_given":
            leads[of].add(row["person"])
        elif row["kind"] in ("project.lead_taken", "project.lead_lost") and of not in ended:
            leads[of].discard(row["person"])
    there = [of for of in made if of not in ended or ended[of] >= span.begins]
    return {
        "projects": Counter(stages[of] for of in there),
        "leads": {lead for of in there for lead in leads[of]},
        "made": sum(at >= span.begins for at in made.values()),
    }


def _volunteers(rows: list[Row], span: Span) -> dict[str, Any]:
    on_call, ones, by_trade = 0, 0, Counter[str]()
    for of in {row["of"] for row in rows if row["kind"] == "volunteer.approved"}:
        own = [row for row in rows if row["of"] == of]
        since = max(number for number, row in enumerate(own) if row["kind"] == "volunteer.approved")
        later = own[since:]
        if any(row["kind"] == "volunteer.asked" or row["kind"] == "role.revoked" for row in later):
            continue
        ones += 1
        duty = [row for row in later if row["kind"] == "volunteer.duty_changed"]
        off = bool(duty) and (not duty[-1]["on"] or (duty[-1]["until"] or "") > to_text(span.ends))
        reach = [row["kind"] for row in own if row["kind"] in ("person.unreachable", "person.reachable")]
        if off or reach[-1:] == ["person.unreachable"]:
            continue
        on_call += 1
        by_trade.update([row["trades"] for row in own if row.get("trades")][-1])
    return {"volunteers": ones, "on_call": on_call, "by_trade": by_trade}


def as_it_stands(tx: Transaction) -> dict[str, Any]:
    """The same of all time, from the tables."""
    now = to_text(tx.now)
    due = tx.query(
        "/* ours */ SELECT outcome, count(*) AS n FROM occurrences WHERE ends_at <= ? GROUP BY outcome", (now,)
    )
    states = tx.query("/* ours */ SELECT state, count(*) AS n FROM repairs GROUP BY state")
    fates = {
        "done": "being_asked",
        "unanswered": "silent",
        "confirmed": "confirmed",
        "withdrawn": "withdrawn",
        "turned": "turned",
    }
    repairs = Counter[str]()
    for row in states:
        repairs[fates.get(row["state"], "open")] += row["n"]
    stages = tx.query("/* ours */ SELECT stage, count(*) AS n FROM projects GROUP BY stage")
    return {
        "times": Counter({row["outcome"]: row["n"] for row in due}),
        "made": tx.number("/* ours */ SELECT count(*) FROM pledges WHERE published_at IS NOT NULL"),
        "makers": tx.number("/* ours */ SELECT count(DISTINCT person) FROM pledges WHERE published_at IS NOT NULL"),
        "repairs": repairs,
        "projects": Counter({row["stage"]: row["n"] for row in stages}),
        "volunteers": tx.number("/* ours */ SELECT count(*) FROM volunteers WHERE state = 'approved'"),
    }  # fmt: skip


def known_of(found: Figures) -> dict[str, Any]:
    """What the program counted of that."""
    pledges, repairs, projects, helpers = found.pledges, found.repairs, found.projects, found.volunteers
    assert pledges is not None and repairs is not None and projects is not None and helpers is not None
    return {
        "times": pledges.times, "made": pledges.made, "makers": pledges.makers, "repairs": repairs.by_fate,
        "projects": projects.by_stage, "volunteers": helpers.volunteers,
    }  # fmt: skip
