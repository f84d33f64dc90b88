"""/oncall for staff: who could come now for each trade, where nobody can, and introducing a volunteer."""

from enum import StrEnum

from domain.people.rights import Action, require
from domain.repairs import coverage, dispatch
from handlers.kit.callback_data import CallbackData, InvalidCallbackData, number_from
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
from handlers.kit.update_context import Setup, UpdateContext
from handlers.repairs import repair_words
from handlers.volunteers import volunteer_words
from services.people import public_names
from services.repairs.dispatching import is_night
from services.volunteers import introducing
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.people import people
from storage.repairs import repairs
from storage.volunteers import volunteers

NAMES = 5
LOOKED_AT = 200
GAPS = 12
NAME = 28


class OnCall(StrEnum):
    """What /oncall has buttons for; the last four introduce somebody."""

    AREA = "area"
    GAPS = "gaps"
    WHO = "who"
    WHERE = "where"
    ASK = "ask"
    SEND = "send"


class OnCallPress(CallbackData, prefix="oc"):
    """`value` is the code of an area, the number of a person, or both, as `7/east`; `page` is of areas or people."""

    what: OnCall
    value: str = "-"
    page: int = 0


def command(ctx: UpdateContext) -> None:
    """/oncall, in private."""
    require(ctx.who.roles, Action.RUN_REPAIRS)
    ctx.send(_now(ctx, None), _areas(ctx, 0), purpose=Purpose.LIST)


def press(ctx: UpdateContext) -> None:
    """Another area, the gaps, introducing somebody."""
    require(ctx.who.roles, Action.RUN_REPAIRS)
    pressed = ctx.callback_data(OnCallPress)
    what, value, page = pressed.what, pressed.value, pressed.page
    if what is OnCall.AREA:
        if value != "-" and ctx.setup.community.area(value) is None:
            raise InvalidCallbackData
        ctx.edit_pressed(_now(ctx, None if value == "-" else value), _areas(ctx, page))
    elif what is OnCall.GAPS:
        ctx.edit_pressed(_gaps(ctx), column(_back(ctx.say, OnCall.AREA)))
    elif what is OnCall.WHO:
        ctx.edit_pressed(*_whom(ctx, page))
    elif what is OnCall.WHERE:
        ctx.edit_pressed(*_where(ctx, number_from(value), page))
    else:
        person, _, area = value.partition("/")
        if ctx.setup.community.area(area) is None:
            raise InvalidCallbackData
        _introduce(ctx, number_from(person), area, sure=what is OnCall.SEND)


def _now(ctx: UpdateContext, area: str | None) -> Html:
    say, community = ctx.say, ctx.setup.community
    reach = dispatch.reach(community, area, 0)
    night = is_night(community, ctx.now)
    said = []
    for trade in community.trades:
        names: list[str] = []
        for looked, candidate in enumerate(volunteers.in_order(ctx.tx, trade.code, reach)):
            if looked >= LOOKED_AT or len(names) > NAMES:
                break
            name = one_line(people.by_id(ctx.tx, candidate.person).name, NAME)
            if dispatch.may_be_asked(candidate, ctx.now, community.zone, night) and name not in names:
                names.append(name)
        shown = say.listed(names[:NAMES]) if names else say.label("nobody")
        more = say.label("{names} and more", names=shown) if len(names) > NAMES else shown
        said.append(say("{trade}: {names}", trade=bold(say.words(trade.name)), names=more))
    place = community.place_name(area, say.language) if area else say.label("the whole community")
    return paragraphs(
        bold(say("On call now: {place}", place=place)),
        lines(*said),
        say("It is night: only those who chose to be woken are counted.") if night else None,
    )


def _areas(ctx: UpdateContext, page: int) -> Markup:
    say = ctx.say
    areas = ctx.setup.community.areas
    options = [(each.name.in_(say.language), OnCallPress(OnCall.AREA, each.code, page).pack()) for each in areas]
    shown = paged(say, options, page, lambda following: OnCallPress(OnCall.AREA, page=following).pack(), size=3)
    gaps = Button(say.label("Where nobody can come"), OnCallPress(OnCall.GAPS).pack())
    introduce = Button(say.label("Introduce somebody"), OnCallPress(OnCall.WHO).pack())
    return column(*(Button(*each) for each in shown), gaps, introduce)


def _back(say: Speaker, to: OnCall) -> Button:
    return Button(say.label("Back"), OnCallPress(to).pack())


def _gaps(ctx: UpdateContext) -> Html:
    say, community = ctx.say, ctx.setup.community
    found = coverage.gaps(community, volunteers.covering(ctx.tx))
    if not found:
        return say("Every trade is covered in every area at all hours of the week.")
    nobody = [gap for gap in found if gap.nobody]
    partly = len(found) - len(nobody)
    said = _gaps_in_words(ctx, nobody)
    return paragraphs(
        bold(say("Where nobody can come, in a usual week")),
        lines(*said[:GAPS]),
        say.plural("and {count} more gap", "and {count} more gaps", len(said) - GAPS) if len(said) > GAPS else None,
        say.plural(
            "{count} more is covered at some hours only.", "{count} more are covered at some hours only.", partly
        )
        if partly
        else None,
    )


def _gaps_in_words(ctx: UpdateContext, nobody: list[coverage.Gap]) -> list[Html]:
    """As few lines as say it: a trade that nobody has at all would fill the page with every area, twice."""
    say, community = ctx.say, ctx.setup.community
    nowhere: list[Html] = []
    said: list[Html] = []
    for code in dict.fromkeys(gap.trade for gap in nobody):
        trade = repair_words.trade(community, say, code)
        areas = {
            gap.area: [each.night for each in nobody if (each.trade, each.area) == (code, gap.area)]
            for gap in nobody
            if gap.trade == code
        }
        if len(areas) == len(community.areas) and all(len(nights) == 2 for nights in areas.values()):
            nowhere.append(say("– {trade}: nobody anywhere", trade=trade))
        else:
            said += [
                _gap(say, trade, community.place_name(area, say.language), nights) for area, nights in areas.items()
            ]
    return nowhere + said


def _gap(say: Speaker, trade: str, area: str, nights: list[bool]) -> Html:
    if len(nights) == 2:
        return say("– {trade}, {area}: nobody by day or at night", trade=trade, area=area)
    if nights[0]:
        return say("– {trade}, {area}: nobody at night", trade=trade, area=area)
    return say("– {trade}, {area}: nobody by day", trade=trade, area=area)


# -- introducing somebody


def _whom(ctx: UpdateContext, page: int) -> tuple[Html, Markup]:
    say = ctx.say
    listed = volunteers.listed(ctx.tx, 200, 0)
    found = [(people.by_id(ctx.tx, each.person).name, OnCallPress(OnCall.WHERE, str(each.person))) for each in listed]
    options = [(one_line(name, NAME), opens.pack()) for name, opens in found]
    shown = paged(say, options, page, lambda following: OnCallPress(OnCall.WHO, page=following).pack(), size=5)
    back = _back(say, OnCall.AREA)
    if not listed:
        return say("No volunteer has agreed yet that neighbours read of them (/duty)."), column(back)
    said = say("Who shall be introduced to neighbours? Only those are here who agreed.")
    return said, column(*(Button(label, data) for label, data in shown), back)


def _where(ctx: UpdateContext, person: int, page: int) -> tuple[Html, Markup]:
    say = ctx.say
    name = introducing.agreed(ctx.tx, ctx.who, person).name
    areas = ctx.setup.community.areas
    options = [(each.name.in_(say.language), OnCallPress(OnCall.ASK, f"{person}/{each.code}").pack()) for each in areas]
    shown = paged(say, options, page, lambda turn: OnCallPress(OnCall.WHERE, str(person), turn).pack(), size=5)
    buttons = (Button(*each) for each in shown)
    return say("To whom shall {name} be introduced?", name=name), column(*buttons, _back(say, OnCall.WHO))


def _introduce(ctx: UpdateContext, person: int, area: str, sure: bool) -> None:
    say = ctx.say
    name = introducing.agreed(ctx.tx, ctx.who, person).name
    place = ctx.setup.community.place_name(area, say.language)
    count = introducing.count(ctx.tx, ctx.setup.community, person, area)
    if sure:
        introducing.introduce(ctx.tx, ctx.setup.community, ctx.who, person, area)
        ctx.edit_pressed(
            say.plural(
                "{count} neighbour in {place} reads of {name}, by day.",
                "{count} neighbours in {place} read of {name}, by day.",
                count,
                place=place,
                name=name,
            ),
            None,
        )
        return
    text = paragraphs(
        introduction(ctx.tx, ctx.setup, say, person),
        say.plural(
            "This goes to {count} neighbour in {place} who has not read it before.",
            "This goes to {count} neighbours in {place} who have not read it before.",
            count,
            place=place,
        ),
    )
    send = Button(say.label("Send it"), OnCallPress(OnCall.SEND, f"{person}/{area}").pack())
    ctx.edit_pressed(text, column(send, _back(say, OnCall.WHO)))


def introduction(tx: Transaction, setup: Setup, say: Speaker, person: int) -> Html:
    """What neighbours read of a volunteer who agreed to it: name, what they help with, how many jobs they have done."""
    volunteer = volunteers.of(tx, person)
    assert volunteer is not None
    done, _ = repairs.done_and_thanked(tx, person)
    return lines(
        bold(escape(public_names.shown(tx, person))),
        say("Helps with: {trades}", trades=volunteer_words.trades(setup.community, say, volunteer.profile.trades)),
        say.plural("{count} job done", "{count} jobs done", done) if done else None,
    )
