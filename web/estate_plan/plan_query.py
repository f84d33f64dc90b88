"""What a visitor asks the pages of the plan for: a language, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from domain.community import Community
from web import asked_language


@dataclass(frozen=True)
class Asked:
    """Everything a page depends on. `said` is the language the address names; without it the browser's is."""

    language: str
    said: str | None = None

    def address(self, path: str = "/plan", **changes: Any) -> str:
        """The address that asks for this, with some things otherwise."""
        asked = replace(self, **changes)
        return f"{path}?{urlencode({'lang': asked.said})}" if asked.said else path


def read(query: Mapping[str, str], accepted: str, community: Community) -> Asked:
    """What is asked for. Raises WrongQuestion for a language there is not."""
    said = asked_language.said(query.get("lang"))
    return Asked(asked_language.language(said, accepted, community), said)
