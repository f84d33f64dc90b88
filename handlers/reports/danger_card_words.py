"""What a person said after a danger, as their card of danger shows it. Written by `danger_card.py`, which posts it."""

from domain.community import Community
from domain.core.subjects import subject
from domain.danger.danger import find_danger
from domain.reports.part_purposes import PartPurpose
from handlers.kit.texts import Html, Speaker, bold, lines
from services.reports import dangers as service
from storage.core import blocks
from storage.core.database import Transaction
from storage.reports import dangers, reports
from storage.reports.dangers import Confirmed, Rung, Said
from storage.reports.reports import Part, Report


def said_afterwards(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """What stands on the card of a report beside its own words, with the time of each; None when there is nothing."""
    found: list[Html] = []
    below = False
    for rung in _rung(tx, report):
        found += [line(say, report, said, part) for said, part in service.on_card(tx, rung)]
        below = below or any(not each.on_card and service.is_said(each) for each in dangers.words(tx, rung.id))
    if not found and not below:
        return None
    return lines(bold(say("Said afterwards:")), *found, say("There is more below this card.") if below else None)


def kinds(tx: Transaction, community: Community, say: Speaker, report: Report) -> str | None:
    """What kinds of danger a report and what was said afterwards on its card speak of; None when of none."""
    if report.danger is None:
        return None
    codes = [report.danger]
    for rung in dangers.about(tx, [subject("report", report.id)]):
        found = (find_danger(part.text, community.dangers) for _, part in service.on_card(tx, rung) if part.text)
        codes += [each.danger.code for each in found if each is not None]
    names = [each.name for code in dict.fromkeys(codes) for each in community.dangers if each.code == code]
    return say.listed(say.words(name) for name in names) or None


def headline(tx: Transaction, say: Speaker, report: Report, danger: Html | str) -> Html:
    """What stands first on its card: danger, or how sure it is where its person was asked and had not answered."""
    unsure = _unsure(tx, report)
    if unsure is Confirmed.NO:
        return say("NOT A DANGER, says the person who wrote it ({danger})", danger=danger)
    if unsure is Confirmed.NOT_YET:
        return say("POSSIBLE DANGER, NOT CONFIRMED: {danger}", danger=danger)
    return say("DANGER: {danger}", danger=danger)


def mark(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """The same in a list or a reminder, in bold, without its kind; None for a report in which there is no danger."""
    if report.danger is None:
        return None
    unsure = _unsure(tx, report)
    if unsure is Confirmed.NO:
        return None
    return bold(say("POSSIBLE DANGER, NOT CONFIRMED") if unsure is Confirmed.NOT_YET else say("DANGER"))


def _unsure(tx: Transaction, report: Report) -> Confirmed | None:
    """What is left open or was denied by all who said it; None where it is a danger by the words or answer of one."""
    answers = {each.confirmed for each in _rung(tx, report)}
    if not answers or answers & {None, Confirmed.YES}:
        return None
    return Confirmed.NOT_YET if Confirmed.NOT_YET in answers else Confirmed.NO


def _rung(tx: Transaction, report: Report) -> list[Rung]:
    """What rang about a report and those that are part of it, the oldest first."""
    merged = (subject("report", each.id) for each in reports.merged_into(tx, report.id))
    return dangers.about(tx, [subject("report", report.id), *merged])


def line(say: Speaker, report: Report, said: Said, part: Part) -> Html:
    """One thing said afterwards: when, about which other report, and whether it was changed."""
    when, words = say.time(said.created_at), part.text or ""
    if part.purpose == PartPurpose.EARLIER:
        return say("{time}, before it was changed: “{words}”", time=when, words=words)
    if part.changed_at is not None:
        return say("{time}, changed: “{words}”", time=when, words=words)
    if part.report != report.id:
        return say("{time}, about no. {number}: “{words}”", time=when, number=part.report, words=words)
    return say("{time}: “{words}”", time=when, words=words)


def blocked(tx: Transaction, say: Speaker, report: Report) -> Html | None:
    """Whether whoever speaks of danger may send nothing else at present; who they are is not said."""
    if report.danger is None or not report.state.is_open:
        return None
    block = blocks.of(tx, reports.writer(tx, report))
    if block is None:
        return None
    return say(
        "The person who wrote this is blocked until {when}. Reports of danger still come through.",
        when=say.moment(block.until, tx.now),
    )
