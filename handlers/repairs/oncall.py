"""/oncall for staff: who could come now for each trade, where nobody can, and introducing a volunteer."""

from domain.people.rights import Action, require
from domain.repairs import coverage, dispatch
from handlers.kit.callback_data import InvalidCallbackData
from handlers.kit.here import Here, Setup
from handlers.kit.keyboards import Button, Markup, column, paged
from handlers.kit.texts import Html, Speaker, bold, escape, lines, one_line, paragraphs
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


def command(here: Here) -> None:
    """/oncall, in private."""
    require(here.who.roles, Action.RUN_REPAIRS)
    here.send(_now(here, None), _areas(here, 0), purpose=Purpose.LIST)


def press(here: Here) -> None:
    """`oc:<what>:<area or person>:<page>`: another area, the gaps, introducing somebody."""
    _, what, value, page_text = here.query_parts(4)
    require(here.who.roles, Action.RUN_REPAIRS)
    page = here.query_number(page_text)
    if what == "area":
        if value != "-" and here.setup.community.area(value) is None:
            raise InvalidCallbackData
        here.edit_pressed(_now(here, None if value == "-" else value), _areas(here, page))
    elif what == "gaps":
        back = [Button(here.say.label("Back"), "oc:area:-:0")]
        here.edit_pressed(_gaps(here), column(back))
    elif what == "who":
        here.edit_pressed(*_whom(here, page))
    elif what == "where":
        here.edit_pressed(*_where(here, here.query_number(value), page))
    elif what in ("ask", "send"):
        person, _, area = value.partition("/")
        if here.setup.community.area(area) is None:
            raise InvalidCallbackData
        _introduce(here, here.query_number(person), area, sure=what == "send")
    else:
        raise InvalidCallbackData
    here.pop_up()


def _now(here: Here, area: str | None) -> Html:
    say, community = here.say, here.setup.community
    reach = dispatch.reach(community, area, 0)
    night = is_night(community, here.now)
    said = []
    for trade in community.trades:
        names: list[str] = []
        for looked, candidate in enumerate(volunteers.in_order(here.tx, trade.code, reach)):
            if looked >= LOOKED_AT or len(names) > NAMES:
                break
            name = one_line(people.by_id(here.tx, candidate.person).name, NAME)
            if dispatch.may_be_asked(candidate, here.now, community.zone, night) and name not in names:
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


def _areas(here: Here, page: int) -> Markup:
    say = here.say
    options = [(area.name.in_(say.language), f"oc:area:{area.code}:{page}") for area in here.setup.community.areas]
    shown = paged(say, options, page, "oc:area:-:", size=3)
    return column(
        [
            *(Button(label, data) for label, data in shown),
            Button(say.label("Where nobody can come"), "oc:gaps:-:0"),
            Button(say.label("Introduce somebody"), "oc:who:-:0"),
        ]
    )


def _gaps(here: Here) -> Html:
    say, community = here.say, here.setup.community
    found = coverage.gaps(community, volunteers.covering(here.tx))
    if not found:
        return say("Every trade is covered in every area at all hours of the week.")
    nobody = [gap for gap in found if gap.nobody]
    partly = len(found) - len(nobody)
    said = _gaps_in_words(here, nobody)
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


def _gaps_in_words(here: Here, nobody: list[coverage.Gap]) -> list[Html]:
    """As few lines as say it: a trade that nobody has at all would fill the page with every area, twice."""
    say, community = here.say, here.setup.community
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


def _whom(here: Here, page: int) -> tuple[Html, Markup]:
    say = here.say
    listed = volunteers.listed(here.tx, 200, 0)
    options = [
        (one_line(people.by_id(here.tx, each.person).name, NAME), f"oc:where:{each.person}:0") for each in listed
    ]
    shown = paged(say, options, page, "oc:who:-:", size=5)
    back = Button(say.label("Back"), "oc:area:-:0")
    if not listed:
        return say("No volunteer has agreed yet that neighbours read of them (/duty)."), column([back])
    said = say("Who shall be introduced to neighbours? Only those are here who agreed.")
    return said, column([*(Button(label, data) for label, data in shown), back])


def _where(here: Here, person: int, page: int) -> tuple[Html, Markup]:
    say = here.say
    name = introducing.agreed(here.tx, here.who, person).name
    options = [(area.name.in_(say.language), f"oc:ask:{person}/{area.code}:0") for area in here.setup.community.areas]
    shown = paged(say, options, page, f"oc:where:{person}:", size=5)
    back = Button(say.label("Back"), "oc:who:-:0")
    return say("To whom shall {name} be introduced?", name=name), column(
        [*(Button(each, d) for each, d in shown), back]
    )


def _introduce(here: Here, person: int, area: str, sure: bool) -> None:
    say = here.say
    name = introducing.agreed(here.tx, here.who, person).name
    place = here.setup.community.place_name(area, say.language)
    count = introducing.count(here.tx, here.setup.community, person, area)
    if sure:
        introducing.introduce(here.tx, here.setup.community, here.who, person, area)
        here.edit_pressed(
            say.plural("{count} neighbour in {place} reads of {name}, by day.",
                       "{count} neighbours in {place} read of {name}, by day.", count, place=place, name=name),
            None,
        )  # fmt: skip
        return
    text = paragraphs(
        introduction(here.tx, here.setup, say, person),
        say.plural("This goes to {count} neighbour in {place} who has not read it before.",
                   "This goes to {count} neighbours in {place} who have not read it before.", count, place=place),
    )  # fmt: skip
    buttons = [Button(say.label("Send it"), f"oc:send:{person}/{area}:0"), Button(say.label("Back"), "oc:who:-:0")]
    here.edit_pressed(text, column(buttons))


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
