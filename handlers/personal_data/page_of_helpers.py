"""On the page of somebody's data: repairs they asked for or did, their help as a volunteer, their promises."""

from collections.abc import Iterator

from domain.core.stored import known
from domain.pledges.pledges import State as PledgeState
from domain.repairs.repairs import State
from handlers.kit.texts import Html
from handlers.personal_data import html
from handlers.personal_data.page_words import Reading, grouped
from handlers.repairs import repair_words
from handlers.volunteers import volunteer_words
from speech import promises as promise_words
from storage.personal_data.own_rows import Row
from storage.volunteers.volunteers import windows_in


def repairs(read: Reading) -> Html | None:
    """Each repair they asked for, for themselves or for somebody else."""
    say, found = read.say, read.found
    words = grouped(found.rows("repair_parts"), "repair")
    own = {row["id"]: row for row in found.rows("repairs")}
    asked = {row["id"]: row for row in found.rows("repairs", "asked_by")}

    def each() -> Iterator[Html]:
        for number, row in sorted({**asked, **own}.items()):
            yield html.article(
                say.label("Repair {number}", number=number),
                html.facts(
                    (say.label("Asked for"), read.when(row["created_at"])),
                    (say.label("State"), repair_words.state(say, known(row["state"], State.CLOSED))),
                    (say.label("Kind of help"), repair_words.trade(read.community, say, row["trade"])),
                    (say.label("Place"), read.place(row.get("area"))),
                    (say.label("Address"), row.get("address")),
                    (say.label("When somebody is home"), row.get("home")),
                    (say.label("Telephone number"), row.get("phone")),
                ),
                read.all_said(words.get(number, ())),
            )

    return html.section(say.label("Repairs you asked for"), *each())


def volunteer(read: Reading) -> Html | None:
    """What they offered, and what they did."""
    say, found, community = read.say, read.found, read.community
    offers = found.rows("volunteers")
    words = grouped(found.rows("repair_parts"), "repair")
    done = (
        html.article(
            say.label("Repair {number}", number=row["id"]),
            html.facts(
                (say.label("Taken"), read.when(row["taken_at"])),
                (say.label("State"), repair_words.state(say, known(row["state"], State.CLOSED))),
                (say.label("Kind of help"), repair_words.trade(community, say, row["trade"])),
                (say.label("Minutes of work"), row["minutes"]),
            ),
            read.all_said(words.get(row["id"], ())),
        )
        for row in found.rows("repairs", "taker")
    )
    return html.section(say.label("Your help as a volunteer"), *(_offer(read, row) for row in offers), *done)


def promises(read: Reading) -> Html | None:
    """Each promise of theirs, with how it went."""
    say, found = read.say, read.found
    went = grouped(found.rows("checkins"), "pledge")
    own = {row["id"] for row in found.rows("pledges")}

    def each() -> Iterator[Html]:
        for row in found.rows("pledges"):
            facts = html.facts(
                (say.label("The promise"), row["words"]),
                (say.label("Made"), read.when(row["created_at"])),
                (say.label("State"), promise_words.state(say, known(row["state"], PledgeState.ENDED))),
            )
            yield _promise(read, row["id"], facts, went)
        for number in sorted(set(went) - own):
            yield _promise(read, number, None, went)

    return html.section(say.label("Your promises"), *each())


def _promise(read: Reading, number: int, facts: Html | None, went: dict[int, list[Row]]) -> Html:
    return html.article(
        read.say.label("Promise no. {number}", number=number), facts, read.all_said(went.get(number, ()))
    )


def _offer(read: Reading, row: Row) -> Html | None:
    say, found, community = read.say, read.found, read.community
    trades = [each["trade"] for each in found.rows("volunteer_trades", "person/person")]
    areas = [each["area"] for each in found.rows("volunteer_areas", "person/person")]
    return html.facts(
        (say.label("Since"), read.when(row["asked_at"])),
        (say.label("Kind of help"), volunteer_words.trades(community, say, trades)),
        (say.label("Places"), volunteer_words.areas(community, say, areas)),
        (say.label("Hours"), volunteer_words.hours(say, bool(row["always"]), windows_in(row["windows"]))),
        (say.label("Telephone number"), row["phone"]),
    )
