"""/oncall for staff: who could come now for each trade, where nobody can, and introducing a volunteer."""

from domain.people.rights import Action, require
from domain.repairs import coverage, dispatch
from handlers.kit.callback_data import InvalidCallbackData
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


def command(ctx: UpdateContext) -> None:
    """/oncall, in private."""
    require(ctx.who.roles, Action.RUN_REPAIRS)
    ctx.send(_now(ctx, None), _areas(ctx, 0), purpose=Purpose.LIST)


def press(ctx: UpdateContext) -> None:
    """`oc:<what>:<area or person>:<page>`: another area, the gaps, introducing somebody."""
    _, what, value, page_text = ctx.query_parts(4)
    require(ctx.who.roles, Action.RUN_REPAIRS)
    page = ctx.query_number(page_text)
    if what == "area":
        if value != "-" and ctx.setup.community.area(value) is None:
            raise InvalidCallbackData
        ctx.edit_pressed(_now(ctx, None if value == "-" else value), _areas(ctx, page))
    elif what == "gaps":
        back = [Button(ctx.say.label("Back"), "oc:area:-:0")]
        ctx.edit_pressed(_gaps(ctx), column(*back))
    elif what == "who":
        ctx.edit_pressed(*_whom(ctx, page))
    elif what == "where":
        ctx.edit_pressed(*_where(ctx, ctx.query_number(value), page))
    elif what in ("ask", "send"):
        person, _, area = value.partition("/")
        if ctx.setup.community.area(area) is None:
            raise InvalidCallbackData
        _introduce(ctx, ctx.query_number(person), area, sure=what == "send")
    else:
        raise InvalidCallbackData


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
    options = [(area.name.in_(say.language), f"oc:area:{area.code}:{page}") for area in ctx.setup.community.areas]
    shown = paged(say, options, page, "oc:area:-:", size=3)
    return column(
        *(Button(label, data) for label, data in shown),
        Button(say.label("Where nobody can come"), "oc:gaps:-:0"),
        Button(say.label("Introduce somebody"), "oc:who:-:0"),
    )


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
        areas = {gap.area: [each.night for each in nobody if (each.trade, each.area) == (code, gap.area)]
                 for gap in nobody if gap.trade == code}  # fmt: skip
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
    options = [(one_line(people.by_id(ctx.tx, each.person).name, NAME), f"oc:where:{each.person}:0") for each in listed]
    shown = paged(say, options, page, "oc:who:-:", size=5)
    back = Button(say.label("Back"), "oc:area:-:0")
    if not listed:
        return say("No volunteer has agreed yet that neighbours read of them (/duty)."), column(back)
    said = say("Who shall be introduced to neighbours? Only those are here who agreed.")
    return said, column(*(Button(label, data) for label, data in shown), back)


def _where(ctx: UpdateContext, person: int, page: int) -> tuple[Html, Markup]:
    say = ctx.say
    name = introducing.agreed(ctx.tx, ctx.who, person).name
    options = [(area.name.in_(say.language), f"oc:ask:{person}/{area.code}:0") for area in ctx.setup.community.areas]
    shown = paged(say, options, page, f"oc:where:{person}:", size=5)
    back = Button(say.label("Back"), "oc:who:-:0")
    return say("To whom shall {name} be introduced?", name=name), column(*(Button(each, d) for each, d in shown), back)


def _introduce(ctx: UpdateContext, person: int, area: str, sure: bool) -> None:
    say = ctx.say
    name = introducing.agreed(ctx.tx, ctx.who, person).name
    place = ctx.setup.community.place_name(area, say.language)
    count = introducing.count(ctx.tx, ctx.setup.community, person, area)
    if sure:
        introducing.introduce(ctx.tx, ctx.setup.community, ctx.who, person, area)
        ctx.edit_pressed(
            say.plural("{count} neighbour in {place} reads of {name}, by day.",
                       "{count} neighbours in {place} read of {name}, by day.", count, place=place, name=name),
            None,
        )  # fmt: skip
        return
    text = paragraphs(
        introduction(ctx.tx, ctx.setup, say, person),
        say.plural("This goes to {count} neighbour in {place} who has not read it before.",
                   "This goes to {count} neighbours in {place} who have not read it before.", count, place=place),
    )  # fmt: skip
    buttons = [Button(say.label("Send it"), f"oc:send:{person}/{area}:0"), Button(say.label("Back"), "oc:who:-:0")]
    ctx.edit_pressed(text, column(*buttons))


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
