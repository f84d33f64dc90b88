"""Figures in words: for the chat, and for what `python -m bot report` prints."""

from datetime import date, datetime, time

from domain.calendar.local_time import instant
from domain.community import Community
from domain.figures.rates import Rate, Times, change
from domain.figures.report_history import Channel, Outcome, Ruling, Way
from domain.figures.report_measures import ReportMeasures
from handlers.kit.texts import Html, Speaker, bold, escape, lines, paragraphs
from services.figures.report_figures import NOT_GIVEN, Asked, By, ReportFigures
from speech import counts
from speech.counts import number
from storage.core.database import Transaction
from storage.people import people
from storage.projects import projects

MOST_GROUPS = 20


def in_full(say: Speaker, community: Community, found: ReportFigures) -> Html:
    """All figures of a period, and what they mean."""
    total = found.total
    return paragraphs(
        headed(say, community, found),
        lines(*_collected(say, found)),
        lines(*_outcomes(say, total)),
        lines(*_rates(say, total)),
        lines(*_times(say, total)),
        lines(*_what_else(say, total)),
        say(
            "Handled means: resolved by staff, declined, passed on or merged, at least once. Everything is counted as "
            "it was known at the end of the period, so a period that is over no longer changes."
        ),
    )


def in_groups(
    tx: Transaction, say: Speaker, community: Community, found: ReportFigures, most: int | None = MOST_GROUPS
) -> Html:
    """What came in and what became of it, group by group; of `most` groups, None for all."""
    shown = list(found.groups.items())[:most]
    left = len(found.groups) - len(shown)
    return paragraphs(
        headed(say, community, found),
        lines(*(_group(say, name_of(tx, say, community, found.asked.by, code), one) for code, one in shown))
        or say("Nothing happened in this period."),
        say("And {count} more.", count=number(left)) if left else None,
        say("A report with two project leads is counted for both.") if found.asked.by is By.LEAD else None,
    )


def heading(say: Speaker, found: ReportFigures) -> Html:
    """From when to when."""
    first = say.dated(_noon(say, found.asked.period.first))
    if found.span.goes_on:
        return say("Figures from {first} until now", first=first)
    return say("Figures from {first} to {last}", first=first, last=say.dated(_noon(say, found.asked.period.last)))


def headed(say: Speaker, community: Community, found: ReportFigures) -> Html:
    """From when to when, and of which area and category alone."""
    return lines(bold(heading(say, found)), only(say, community, found.asked))


def only(say: Speaker, community: Community, asked: Asked) -> Html | None:
    """Of which area and category alone, where that was asked for."""
    area = community.place_name(asked.area, say.language) if asked.area else ""
    category = community.category(asked.category) if asked.category else None
    named = [name for name in (area, say.words(category.name) if category else "") if name]
    return say("Only: {what}", what=" · ".join(named)) if named else None


def name_of(tx: Transaction, say: Speaker, community: Community, by: By, code: str) -> str:
    """What a group is called; its code where the community file knows it no more."""
    if code == NOT_GIVEN:
        return say.label("No project") if by in (By.LEAD, By.PROJECT) else say.label("Not given")
    if by is By.AREA:
        return community.place_name(code, say.language) or code
    if by is By.LEAD:
        return people.by_id(tx, int(code)).name
    if by is By.PROJECT:
        return projects.existing(tx, int(code)).title
    known = community.category(code) if by is By.CATEGORY else community.department(code)
    return say.words(known.name) if known is not None else code


def grouped_by(say: Speaker, by: By) -> str | None:
    """What a column of such groups is called; None where there are none."""
    return {
        By.NOTHING: None,
        By.CATEGORY: say.label("Category"),
        By.AREA: say.label("Area"),
        By.DEPARTMENT: say.label("Department"),
        By.LEAD: say.label("Project lead"),
        By.PROJECT: say.label("Project"),
    }[by]


def _noon(say: Speaker, day: date) -> datetime:
    return instant(datetime.combine(day, time(12)), say.zone)


def _collected(say: Speaker, found: ReportFigures) -> list[Html | None]:
    total, before = found.total, found.a_year_before
    ways, by = total.by_channel, total.handled_by
    return [
        bold(say("Reported in this period")),
        say("Collected: {count}", count=number(total.collected)),
        say(
            "In the chat: {chat}. At the counter: {counter}. By phone: {phone}. By representatives: {others}.",
            chat=number(ways[Channel.CHAT]),
            counter=number(ways[Channel.COUNTER]),
            phone=number(ways[Channel.PHONE]),
            others=number(ways[Channel.REPRESENTATIVE]),
        )
        if total.collected > ways[Channel.CHAT]
        else None,
        some(
            say("Recorded, counter or phone not noted: {count}", count=number(ways[Channel.RECORDED])),
            ways[Channel.RECORDED],
        ),
        a_year_before(say, before.collected, total.collected) if before is not None else None,
        say("Handled: {rate}", rate=rate_of(say, total.handled_rate)),
        say(
            "Resolved first: {fixed}. Declined: {declined}. Passed on: {passed}. Merged: {merged}.",
            fixed=number(by[Way.RESOLVED]),
            declined=number(by[Way.DECLINED]),
            passed=number(by[Way.PASSED_ON]),
            merged=number(by[Way.MERGED]),
        )
        if total.handled
        else None,
        say("Not handled yet: {count}", count=number(total.waiting)),
        some(say("Withdrawn: {count}", count=number(total.taken_back)), total.taken_back),
        some(say("Pressing: {count}", count=number(total.pressing)), total.pressing),
        some(say("Came back within 90 days of being fixed: {count}", count=number(total.recurring)), total.recurring),
    ]


def a_year_before(say: Speaker, before: int, now: int) -> Html:
    """How many it was the year before, and by how much per cent it is more or less."""
    percent = change(before, now)
    if percent is None:
        return say("The same time last year: {count}", count=number(before))
    return say("The same time last year: {count} (now {change} %)", count=number(before), change=f"{percent:+.1f}")


def _outcomes(say: Speaker, total: ReportMeasures) -> list[Html | None]:
    each = total.outcomes
    if not total.resolutions:
        return []
    return [
        bold(say("What residents say")),
        say("Times staff said it is fixed: {count}", count=number(total.resolutions)),
        say("Yes, it is fixed: {count}", count=number(each[Outcome.CONFIRMED])),
        say("No, it is not fixed: {count}", count=number(each[Outcome.DISPUTED])),
        say("No reply: {count}", count=number(each[Outcome.SILENT])),
        some(
            say("Nobody could be asked: {count}", count=number(each[Outcome.NOT_REACHABLE])),
            each[Outcome.NOT_REACHABLE],
        ),
        some(say("Withdrawn before a reply: {count}", count=number(each[Outcome.WITHDRAWN])), each[Outcome.WITHDRAWN]),
        some(say("Still being asked: {count}", count=number(each[Outcome.ASKED])), each[Outcome.ASKED]),
    ]


def _rates(say: Speaker, total: ReportMeasures) -> list[Html | None]:
    found = [
        pair(say, say("Answered by staff"), total.answered_rate, total.answered_rate_strict),
        pair(say, say("Answered in time"), total.in_time_rate, total.in_time_rate_strict),
        pair(say, say("Fixed, residents say"), total.resolved_rate, total.resolved_rate_strict),
        pair(say, say("Satisfied with the handling"), total.content_rate, total.content_rate_strict),
    ]
    return [bold(say("Rates")), *found] if any(found) else []


def pair(say: Speaker, name: Html, rate: Rate, strict: Rate) -> Html | None:
    """A rate by its name, and the same if silence counts as no; None of nothing."""
    if not strict.whole:
        return None
    return say(
        "{name}: {rate}. If silence counts as no: {strict}.",
        name=name,
        rate=rate_of(say, rate),
        strict=rate_of(say, strict),
    )


def rate_of(say: Speaker, rate: Rate) -> Html:
    """`40 of 45 (88.9 %)`; of fewer than 20, the counts alone."""
    return escape(counts.rate(say, rate))


def _times(say: Speaker, total: ReportMeasures) -> list[Html | None]:
    found = [
        took(say, say("First answer"), total.first_answer),
        took(say, say("First answer, in working time"), total.first_answer_working),
        took(say, say("Resolved by staff"), total.first_resolution),
        took(say, say("Resolved by staff, in working time"), total.first_resolution_working),
    ]
    return [bold(say("How long it took after it was sent")), *found] if any(found) else []


def took(say: Speaker, name: Html, found: Times) -> Html | None:
    """How long something took, by its name; None without a case."""
    if found.median is None or found.ninetieth is None:
        return None
    return say(
        "{name} ({count}): half within {median}, nine in ten within {ninetieth}",
        name=name,
        count=number(found.cases),
        median=counts.took(say, found.median),
        ninetieth=counts.took(say, found.ninetieth),
    )


def _what_else(say: Speaker, total: ReportMeasures) -> list[Html | None]:
    rulings = total.rulings
    found = [
        some(say("Pressing problems solved: {count}", count=number(total.urgent_solved)), total.urgent_solved),
        some(say("Reopened by residents: {count}", count=number(total.reopened)), total.reopened),
        some(say("Deadline missed: {count}", count=number(total.overdue)), total.overdue),
        some(say("Declined: {count}", count=number(total.declined)), total.declined),
        say(
            "Objections: {count}. Reopened: {granted}. Decision stands: {refused}. Waiting: {waiting}.",
            count=number(total.objections),
            granted=number(rulings[Ruling.GRANTED]),
            refused=number(rulings[Ruling.REFUSED]),
            waiting=number(rulings[Ruling.WAITING]),
        )
        if total.objections
        else None,
        some(say("Passed on: {count}", count=number(total.passed_on)), total.passed_on),
    ]
    return [bold(say("What happened in this period, to any report")), *found] if any(found) else []


def _group(say: Speaker, name: str, one: ReportMeasures) -> Html:
    return say(
        "{name}: {collected} collected, {handled} handled. Residents say: {yes} fixed, {no} not.",
        name=name,
        collected=number(one.collected),
        handled=number(one.handled),
        yes=number(one.outcomes[Outcome.CONFIRMED]),
        no=number(one.outcomes[Outcome.DISPUTED]),
    )


def some(line: Html, count: int) -> Html | None:
    """The line, where it counts anything."""
    return line if count else None
