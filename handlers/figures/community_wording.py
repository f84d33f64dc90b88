"""Figures of promises, projects, repairs and volunteers in words. docs/measures.md says what each is."""

from domain.community import Community
from domain.figures.pledge_history import Kept
from domain.figures.pledge_measures import PledgeMeasures
from domain.figures.project_measures import ProjectMeasures
from domain.figures.rates import Rate
from domain.figures.repair_history import Fate
from domain.figures.repair_measures import RepairMeasures
from domain.figures.volunteer_measures import NOT_NOTED, VolunteerMeasures
from domain.pledges.pledges import Outcome
from domain.projects.projects import Stage
from handlers.figures.wording import MOST_GROUPS, pair, rate_of, some, took
from handlers.kit.texts import Html, Speaker, bold, lines, paragraphs
from speech import projects as speech
from speech.counts import number
from storage.core.database import Transaction
from storage.people import people


def promises(say: Speaker, one: PledgeMeasures) -> Html:
    """What was promised, and what became of it."""
    states, times = one.by_state, one.times
    made = [
        say("Promises made: {count}", count=number(one.made)),
        say("People who made them: {count}", count=number(one.makers)),
        kept(say, say("Kept so far"), one.kept_rate, one.kept_rate_strict),
        some(say("Kept in part, or only sometimes: {count}", count=number(states[Kept.PARTLY])), states[Kept.PARTLY]),
        some(say("Not kept: {count}", count=number(states[Kept.NOT_KEPT])), states[Kept.NOT_KEPT]),
        some(say("Due, but no update: {count}", count=number(states[Kept.NO_UPDATE])), states[Kept.NO_UPDATE]),
        some(say("Nothing due yet: {count}", count=number(states[Kept.NOT_DUE])), states[Kept.NOT_DUE]),
    ]
    due = [
        bold(say("What was due in this period, of any promise")),
        say("Times due: {count}", count=number(one.due)),
        kept(say, say("Kept"), one.times_rate, one.times_rate_strict),
        some(say("Kept in part: {count}", count=number(times[Outcome.PARTLY])), times[Outcome.PARTLY]),
        some(say("Not kept: {count}", count=number(times[Outcome.NOT_KEPT])), times[Outcome.NOT_KEPT]),
        some(say("Ill or away: {count}", count=number(times[Outcome.EXCUSED])), times[Outcome.EXCUSED]),
        some(say("No update: {count}", count=number(times[Outcome.NOT_REPORTED])), times[Outcome.NOT_REPORTED]),
        some(say("No update yet: {count}", count=number(times[Outcome.OPEN])), times[Outcome.OPEN]),
    ]
    return paragraphs(
        lines(bold(say("Promises made in this period")), *made),
        lines(*due) if one.due else None,
        say("A promise counts as kept if it was kept every time we heard how it went.") if one.made else None,
    )


def kept(say: Speaker, name: Html, rate: Rate, strict: Rate) -> Html | None:
    """How many were kept, and how many if no update counts as no; None where nothing was due."""
    if not strict.whole:
        return None
    return say(
        "{name}: {rate}. If no update counts as no: {strict}.",
        name=name,
        rate=rate_of(say, rate),
        strict=rate_of(say, strict),
    )


def projects(tx: Transaction, say: Speaker, one: ProjectMeasures, most: int | None = MOST_GROUPS) -> Html:
    """Which projects there were, and who led them; of `most` people, None for all."""
    first = sorted(one.by_lead.items(), key=lambda each: (-each[1].total(), each[0]))
    left = len(first) - len(first[:most])
    return paragraphs(
        lines(
            bold(say("Projects that were open in this period")),
            say("Projects: {count}", count=number(one.count)),
            say("People who lead them: {count}", count=number(one.leads)),
            some(say("New in this period: {count}", count=number(one.made)), one.made),
            some(say("Delivered in this period: {count}", count=number(one.delivered)), one.delivered),
        ),
        lines(
            bold(say("Where they stand at the end")),
            *(say("{name}: {count}", name=speech.stage(say, each), count=number(one.by_stage[each])) for each in Stage),
        )
        if one.count
        else None,
        lines(
            bold(say("By project lead")),
            *(
                say(
                    "{name}: {count}, of them open: {open}",
                    name=people.by_id(tx, person).name,
                    count=stages.total(),
                    open=sum(count for each, count in stages.items() if each.is_open),
                )
                for person, stages in first[:most]
            ),
            say("And {count} more.", count=number(left)) if left else None,
        )
        if first
        else None,
    )


def repairs(say: Speaker, one: RepairMeasures) -> Html:
    """What volunteers were asked to repair, and what became of it."""
    fates = one.by_fate
    happened = [
        some(say("“Not done after all”: {count}", count=number(one.said_not_done)), one.said_not_done),
        took(say, say("Until someone took it"), one.time_to_take),
        took(say, say("Until it was done"), one.time_to_do),
    ]
    return paragraphs(
        lines(
            bold(say("Repairs asked for in this period")),
            say("Asked for: {count}", count=number(one.asked)),
            say("Taken by a volunteer: {count}", count=number(one.taken)),
            pair(say, say("Repairs done"), one.done_rate, one.done_rate_strict),
            some(say("Done, residents say: {count}", count=number(fates[Fate.CONFIRMED])), fates[Fate.CONFIRMED]),
            some(say("Done, only volunteers say: {count}", count=number(fates[Fate.SILENT])), fates[Fate.SILENT]),
            some(say("Still being asked: {count}", count=number(fates[Fate.ASKED])), fates[Fate.ASKED]),
            some(say("Not done: {count}", count=number(fates[Fate.OPEN])), fates[Fate.OPEN]),
            some(say("No longer needed: {count}", count=number(fates[Fate.WITHDRAWN])), fates[Fate.WITHDRAWN]),
            some(say("Turned into a report: {count}", count=number(fates[Fate.TURNED])), fates[Fate.TURNED]),
        ),
        lines(bold(say("What happened in this period, to any repair")), *happened) if any(happened) else None,
    )


def volunteers(say: Speaker, community: Community, one: VolunteerMeasures) -> Html:
    """Who could be asked for help at the end."""
    by_trade = sorted(one.by_trade.items(), key=lambda each: (-each[1], each[0]))
    return lines(
        bold(say("Volunteers at the end of the period")),
        say("Volunteers: {count}", count=number(one.volunteers)),
        say("On call: {count}", count=number(one.on_call)),
        *(
            say("{name}: {count}", name=trade_name(say, community, code), count=number(count))
            for code, count in by_trade
        ),
    )


def trade_name(say: Speaker, community: Community, code: str) -> str:
    """What a trade is called; its code where the community file knows it no more."""
    if code == NOT_NOTED:
        return say.label("Not given")
    trade = community.trade(code)
    return code if trade is None else say.words(trade.name)
