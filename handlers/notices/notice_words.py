"""How what belongs to notices is called: kinds, audiences, languages, states."""

from domain.community import Community
from domain.notices.audience import Audience
from domain.notices.notices import NoticeKind, NoticeState
from handlers.kit import wording
from handlers.kit.texts import Html, Speaker, bold, lines
from storage.notices.audiences import Counts


def kind(say: Speaker, of: NoticeKind) -> str:
    """What a notice is about."""
    return {
        NoticeKind.MAINTENANCE: say.label("Maintenance"),
        NoticeKind.EVENT: say.label("Events"),
        NoticeKind.NEWS: say.label("News"),
        NoticeKind.SURVEY: say.label("Surveys"),
    }[of]


def state(say: Speaker, of: NoticeState) -> str:
    """Where a notice stands."""
    return {
        NoticeState.AWAITING: say.label("WAITS FOR A YES"),
        NoticeState.PLANNED: say.label("PLANNED"),
        NoticeState.SENDING: say.label("BEING SENT"),
        NoticeState.SENT: say.label("SENT"),
        NoticeState.REFUSED: say.label("NOT SENT"),
        NoticeState.WITHDRAWN: say.label("WITHDRAWN"),
    }[of]


def audience(community: Community, say: Speaker, of: Audience) -> Html:
    """Whom a notice is for, a line for each thing chosen."""
    if of.everybody:
        return say("For: everyone")
    places = say.listed(place(community, say, each) for each in of.areas)
    roles = say.listed(wording.role(say, each) for each in of.roles)
    trades = say.listed(_trade(community, say, each) for each in of.trades)
    kinds = say.listed(_category(community, say, each) for each in of.reported)
    return lines(
        say("For: people who live in {places}", places=places) if places else None,
        say("With the role: {roles}", roles=roles) if roles else None,
        say("Volunteers for: {trades}", trades=trades) if trades else None,
        say("People who reported this month about: {kinds}", kinds=kinds) if kinds else None,
    )


def place(community: Community, say: Speaker, code: str) -> str:
    """An area's name with what it lies in; its code when it is not in the file any more."""
    return community.place_name(code, say.language) or code


def reach(community: Community, say: Speaker, of: Audience, counts: Counts, *, urgent: bool) -> Html:
    """How many a notice reaches, in which languages, and why not the others."""
    total = counts.total
    if total == 0:
        reached = bold(say("Nobody would get it.") if not counts.to_ask else say("Nobody would get it straight away."))
    else:
        reached = bold(say.plural("It reaches {count} person.", "It reaches {count} people.", total))
    by_language = say.listed(
        say("{count} in {language}", count=number, language=wording.language(say, code))
        for code, number in sorted(counts.reached.items())
    )
    return lines(
        reached,
        say("They read: {languages}", languages=by_language) if len(counts.reached) > 1 else None,
        say.plural("{count} person has turned off this kind of notice.",
                   "{count} people have turned off this kind of notice.", counts.muted) if counts.muted else None,
        say.plural("{count} cannot be reached: no Telegram, or they have blocked me.",
                   "{count} cannot be reached: no Telegram, or they have blocked me.", counts.unreachable)
        if counts.unreachable else None,
        _places(community, say, of, counts),
        say("It also reaches people who have turned this kind off, at any hour.") if urgent else None,
    )  # fmt: skip


def _places(community: Community, say: Speaker, of: Audience, counts: Counts) -> Html | None:
    """What is known of where people live, and of how many nothing is."""
    if not of.areas:
        return None
    places = say.listed(place(community, say, each) for each in of.areas)
    lives = counts.total + counts.muted + counts.unreachable
    return lines(
        say.plural("{count} person lives in {places}, as far as we know.",
                   "{count} people live in {places}, as far as we know.", lives, places=places),
        say.plural("{count} person has never said where they live, or not exactly enough.",
                   "{count} people have never said where they live, or not exactly enough.", counts.unknown)
        if counts.unknown else say("We know where everyone else lives."),
        say.plural("{count} of them will be asked once, and gets it if they live there.",
                   "{count} of them will be asked once, and get it if they live there.", counts.to_ask)
        if counts.to_ask else None,
    )  # fmt: skip


def _trade(community: Community, say: Speaker, code: str) -> str:
    trade = community.trade(code)
    return say.words(trade.name) if trade is not None else code


def _category(community: Community, say: Speaker, code: str) -> str:
    category = community.category(code)
    return say.words(category.name) if category is not None else code
