"""The language a page is asked for in: by its address, else by the browser, else the community's."""

from starlette.requests import Request

from domain.community import Community
from speech.speaker import nearest

LONGEST_HEADER = 500


class WrongQuestion(Exception):
    """The address asks for something there is not."""


def said(lang: str | None) -> str | None:
    """The language an address names, as browsers name ours; None when it names none. Raises WrongQuestion."""
    if not lang:
        return None
    found = nearest(_plain(lang))
    if found is None:
        raise WrongQuestion
    return tag(found)


def language(said: str | None, accepted: str, community: Community) -> str:
    """The language to answer in: the one named, else the browser's first that we speak, else the community's."""
    wishes = [said] if said else [*_accepted(accepted), *community.languages]
    return next((found for wish in wishes if (found := nearest(_plain(wish)))), "en")


def to_say_what_is_wrong(request: Request, community: Community) -> tuple[str, str | None]:
    """The language to answer in, and the one the address names: also of an address that asks for what is not there."""
    try:
        named = said(request.query_params.get("lang"))
    except WrongQuestion:
        named = None
    return language(named, request.headers.get("Accept-Language", ""), community), named


def tag(language: str) -> str:
    """`zh-Hans`: a language of ours as browsers name it."""
    return language.replace("_", "-")


def _accepted(header: str) -> list[str]:
    """`zh-CN,zh;q=0.9,en;q=0.5`, the most welcome first."""
    wishes = []
    for part in header[:LONGEST_HEADER].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((float(weight or 1), name))
        except ValueError:
            continue
    return [name for weight, name in sorted(wishes, key=lambda each: -each[0]) if weight > 0]


def _plain(code: str) -> str:
    """A code of letters, digits and dashes; anything else names no language."""
    return code if len(code) <= 35 and code.replace("-", "").replace("_", "").isalnum() and code.isascii() else ""
