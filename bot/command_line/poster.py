"""`poster`, as a command: files to print, for each area."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.community.community_file import load_community
from bot.kit.cannot_start import CannotStart
from bot.kit.request import NotSent, Refused, Request, Uncertain
from bot.kit.settings import Settings
from domain.community import Area, Community
from handlers.kit.texts import Speaker, languages
from handlers.kit.update_context import our_language
from handlers.printing import posters
from paper.printing import Order, Unwritable, print_posters

INSTALL = "Install one, such as Debian's fonts-noto-cjk."


def make(
    read: Callable[[], Settings],
    areas: Sequence[str] | None,
    spoken: Sequence[str] | None,
    out: Path,
    formats: Sequence[str],
    bot: str,
) -> Iterator[str]:
    """Make the files; says a line for each. Raises CannotStart, CommunityError."""
    settings = read()
    community = load_community(settings.community)
    told = posters.order(
        community,
        bot.removeprefix("@") or asyncio.run(_username(settings)),
        _areas(community, areas),
        speakers(community, spoken),
    )
    try:
        printed = print_posters(Order.of({**told, "formats": formats}), out)
    except Unwritable as error:
        raise CannotStart(f"No font on this machine can write {error}. {INSTALL}") from error
    except OSError as error:
        raise CannotStart(f"{out} cannot be written ({error.strerror}). Name another folder with --out.") from error
    for language in printed.left_out:
        yield f"left out: {language} - no font on this machine can write it. {INSTALL}"
    yield from map(str, printed.files)


def _areas(community: Community, codes: Sequence[str] | None) -> list[Area | None]:
    if not codes:
        return [None, *community.all_areas()]
    found: list[Area | None] = []
    for code in codes:
        area = community.area(code)
        if area is None:
            known = ", ".join(each.code for each in community.all_areas())
            raise CannotStart(f"--area {code}: there is no such area. There are: {known}.")
        found.append(area)
    return found


def speakers(community: Community, spoken: Sequence[str] | None) -> list[Speaker]:
    """For these languages, or else the community's; few of them. Raises CannotStart where there are no texts."""
    for language in spoken or ():
        if our_language(language).partition("_")[0] != language.replace("-", "_").partition("_")[0].lower():
            raise CannotStart(f"--language {language}: there are no texts in it. There are: {', '.join(languages())}.")
    chosen = dict.fromkeys(our_language(each) for each in spoken or community.languages)
    return [Speaker(each, community.zone) for each in chosen][: posters.LANGUAGES_ON_ONE]


async def _username(settings: Settings) -> str:
    """What the bot is called; Telegram knows."""
    proxy = settings.proxy_url.get_secret_value() if settings.proxy_url else None
    request = Request(settings.bot_api_url, settings.bot_token.get_secret_value(), proxy)
    await request.initialize()
    try:
        me = await request.call("getMe")
    except (NotSent, Uncertain, Refused) as error:
        raise CannotStart(
            f"Telegram does not say what the bot is called ({error}). Say it yourself: --bot followed by its username."
        ) from error
    finally:
        await request.shutdown()
    return str(me["username"])
