"""On the page of somebody's data: their reports, what they wrote and were answered, and what they wrote as staff."""

from collections.abc import Iterator
from dataclasses import asdict

from domain.core.stored import known
from domain.reports.part_purposes import PartPurpose
from domain.reports.reports import State
from handlers.kit.texts import Html
from handlers.personal_data import html
from handlers.personal_data.page_words import Reading, grouped
from handlers.reports import describe
from storage.core.instants import to_text
from storage.personal_data.own_rows import Row
from storage.reports.own_data import Answer
from storage.reports.verdicts import VerdictAnswer

_OF_STAFF = frozenset(
    (PartPurpose.ANSWER, PartPurpose.ALONE, PartPurpose.NOTE, PartPurpose.QUESTION, PartPurpose.RESOLUTION,
     PartPurpose.REFUSAL, PartPurpose.TYPED)
)  # fmt: skip
"""What only staff say of a report."""


def reports(read: Reading) -> Html | None:
    """Each report they sent or joined, and each where words of theirs stand still."""
    return html.section(read.say.label("Your reports"), *_reports(read))


def as_staff(read: Reading) -> Html | None:
    """What they did for others' reports as a member of the team."""
    say, found = read.say, read.found
    counts = html.facts(
        (say.label("Reports you wrote down for others"), len(found.rows("reports", "recorded_by")) or None),
        (say.label("Reports you are in charge of"), len(found.rows("reports", "assignee")) or None),
        (say.label("Notices you wrote"), len(found.rows("notices", "by")) or None),
    )
    written = (row for row in found.rows("report_parts") if row["purpose"] in _OF_STAFF)
    articles = (
        html.article(say.label("Report no. {number}", number=number), read.all_said(rows))
        for number, rows in grouped(written, "report").items()
    )
    return html.section(say.label("What you did as a member of the team"), counts, *articles)


def _reports(read: Reading) -> Iterator[Html]:
    say, found = read.say, read.found
    words = grouped((row for row in found.rows("report_parts") if row["purpose"] not in _OF_STAFF), "report")
    answers = grouped((_answer(read, each) for each in found.answers), "report")
    own = {row["id"]: row for row in found.rows("reports")}
    joined = {row["report"]: row for row in found.rows("supports")}
    verdicts = grouped((row for row in found.rows("verdicts") if row["answer"]), "report")
    for number in sorted({*words, *own, *joined}):
        if number in own:
            row = own[number]
            head = html.facts(
                (say.label("Sent"), read.when(row["created_at"])),
                (say.label("State"), describe.state_for_resident(say, known(row["state"], State.NEW))),
                (say.label("Category"), describe.kind(read.community, say, row["category"])),
                (say.label("Place"), read.place(row.get("area"))),
                (say.label("Place in your words"), row.get("place")),
            )
        elif number in joined:
            head = html.facts((say.label("You joined it"), read.when(joined[number]["created_at"])))
        else:
            head = html.paragraph(say.label("You took this back. What you had written is still on record."))
        yield html.article(
            say.label("Report no. {number}", number=number),
            head,
            _below(say.label("What you wrote"), read.all_said(words.get(number, ()))),
            _below(say.label("What the staff wrote to you"), read.all_said(answers.get(number, ()))),
            html.facts(*(_verdict(read, row) for row in verdicts.get(number, ()))),
        )


def _verdict(read: Reading, row: Row) -> tuple[str, str]:
    said = read.say.label("yes") if row["answer"] == VerdictAnswer.YES else read.say.label("no")
    return read.say.label("Is it fixed? You said"), f"{said} ({read.when(row['answered_at'])})"


def _below(name: str, said: Html | None) -> Html | None:
    return Html(f"{html.paragraph(name)}{said}") if said else None


def _answer(read: Reading, answer: Answer) -> Row:
    """As a row of what was said, in the reader's language where it is one of the community's own answers."""
    part = answer.part
    ready = (*read.community.answers, *read.community.reasons)
    # Of a reason the code stands in the record alone, so it is known by its words.
    template = next((each.text for each in ready if part.text in dict(each.text.texts).values()), None)
    words = describe.as_sent(read.say, part.text, template)
    return {**asdict(part), "created_at": to_text(part.created_at), "text": words}
