"""Whether posters, charts and reports can be made in all languages of the community: a part of `check`."""

from collections.abc import Iterable

from bot.command_line.findings import Finding, note, ok
from domain.community import Community
from paper.fonts import FOLDERS, find_families

SHOWN = 12


def check_paper(community: Community, folders: Iterable[str] = FOLDERS) -> Finding:
    """Look for a font that can write the names of the community and of its places."""
    names = [community.name, *(area.name for area in community.all_areas())]
    text = "".join(name.in_(language) for name in names for language in community.languages)
    missing = min((family.lacks(text) for family in find_families(community.languages, tuple(folders))), key=len)
    if not missing:
        return ok("posters, charts and reports: there is a font that can write every name.")
    correction = (
        "install one, such as Debian's fonts-noto-cjk; until then posters leave that language out, and charts and "
        "reports are not made in it"
    )
    return note(f"posters, charts and reports: no font on this machine can write '{missing[:SHOWN]}' - {correction}.")
