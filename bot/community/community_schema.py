"""What may stand in a community file: its keys and their shapes. Meaning is checked in `community_file`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

PLAIN = ""
"""The language of a text given without one: the community's first."""


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return {PLAIN: value}
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return value
    raise ValueError('must be a text in quotes, or one for each language like { en = "Gate", zh = "大门" }')


def _word_lists(value: Any) -> Any:
    if isinstance(value, dict) and all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in value.values()
    ):
        return value
    raise ValueError('must be a list of words for each language like { en = ["lamp", "dark"], zh = ["路灯"] }')


def _number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _days(value: Any) -> Any:
    if isinstance(value, list):
        return [day.isoformat() if isinstance(day, date) else day for day in value]
    return value


def _spots(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("must be a part of its own: [plan.places] and below it lines like north = [20, 35]")
    for area, at in value.items():
        if not (isinstance(at, list) and len(at) == 2 and all(map(_is_percent, at))):
            raise ValueError(f"must be percent from the left and from the top, like [20, 35]; '{area}' is not")
    return value


def _is_percent(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100


Texts = Annotated[dict[str, str], BeforeValidator(_texts)]
WordTable = Annotated[dict[str, list[str]], BeforeValidator(_word_lists)]
Number = Annotated[str, BeforeValidator(_number)]
Days = Annotated[list[str], BeforeValidator(_days)]
Spots = Annotated[dict[str, list[float]], BeforeValidator(_spots)]


class Section(BaseModel):
    """A part of the file: any key it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class HoursSection(Section):
    """[hours]"""

    monday: list[str] = []
    tuesday: list[str] = []
    wednesday: list[str] = []
    thursday: list[str] = []
    friday: list[str] = []
    saturday: list[str] = []
    sunday: list[str] = []
    holidays: Days = []


class EmergencySection(Section):
    """[[emergency]]"""

    code: str
    number: Number
    name: Texts


class DepartmentSection(Section):
    """[[departments]]"""

    code: str
    name: Texts


class CategorySection(Section):
    """[[categories]]"""

    code: str
    name: Texts
    deadline: str
    department: str | None = None
    hints: WordTable = {}
    word_lists: list[str] = []
    about_person: bool = False
    suggestion: bool = False


class AreaSection(Section):
    """[[areas]]"""

    code: str
    name: Texts
    inside: str | None = None
    aliases: list[str] = []
    households: int | None = Field(None, ge=0, le=100_000)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    radius: float | None = Field(None, ge=1, le=50_000)


class TradeSection(Section):
    """[[trades]]"""

    code: str
    name: Texts
    hints: WordTable = {}
    word_lists: list[str] = []


class TemplateSection(Section):
    """[[answers]] and [[reasons]]"""

    code: str
    name: Texts
    text: Texts


class PartnerSection(Section):
    """[[partners]]"""

    code: str
    name: Texts
    phone: Number | None = None
    ask_again: str = "14 days"


class WindowsSection(Section):
    """[[windows]]"""

    code: str
    name: Texts
    days: Annotated[list[str], Field(min_length=1)]


class CareSection(Section):
    """[care]"""

    ask_again: str = "3 days"
    close_after: str = "7 days"
    danger_minutes: Annotated[int, Field(ge=5, le=1440)] = 30
    warn_hours: Annotated[int, Field(ge=1, le=240)] = 24
    digest: str = "8:30"
    quiet_from: Annotated[int, Field(ge=0, le=23)] = 22
    quiet_until: Annotated[int, Field(ge=0, le=23)] = 8
    writes_a_lot: Annotated[int, Field(ge=0, le=1000)] = 40
    reopen_within: str = "30 days"
    nudge_project_after: str = "14 days"


class RepairsSection(Section):
    """[repairs]"""

    offers: Annotated[int, Field(ge=1, le=50)] = 3
    widen_now: Annotated[int, Field(ge=1, le=1440)] = 5
    widen_today: Annotated[int, Field(ge=1, le=1440)] = 30
    widen_week: Annotated[int, Field(ge=1, le=10_080)] = 240
    nudge_now: Annotated[int, Field(ge=1, le=1440)] = 20
    nudge_today: Annotated[int, Field(ge=1, le=1440)] = 120
    nudge_week: Annotated[int, Field(ge=1, le=10_080)] = 1440
    open_at_once: Annotated[int, Field(ge=1, le=50)] = 3
    costs: Texts | None = None
    unsafe: str | None = None


class PublicSection(Section):
    """[public]"""

    figures: bool = True
    reports: str = "off"


class PlanSection(Section):
    """[plan] and [plan.places]"""

    picture: Annotated[str, Field(min_length=1)] | None = None
    places: Spots = {}


class DangerSection(Section):
    """[[dangers]]"""

    code: str
    name: Texts
    call: str
    word_list: str | None = None
    words: WordTable = {}
    possible: WordTable = {}
    unless: WordTable = {}
    now_only: bool | None = None
    advice: Texts | None = None


class CommunityFile(Section):
    """The whole file."""

    name: Texts
    languages: list[str] = Field(min_length=1)
    time_zone: str
    about: Texts | None = None
    hours: HoursSection | None = None
    emergency: list[EmergencySection] = Field(min_length=1)
    departments: list[DepartmentSection] = []
    categories: list[CategorySection] = Field(min_length=1)
    areas: list[AreaSection] = Field(min_length=1)
    trades: list[TradeSection] = []
    dangers: list[DangerSection] = []
    care: CareSection = CareSection()
    repairs: RepairsSection = RepairsSection()
    public: PublicSection = PublicSection()
    answers: list[TemplateSection] = []
    reasons: list[TemplateSection] = []
    partners: list[PartnerSection] = []
    windows: list[WindowsSection] = []
    plan: PlanSection = PlanSection()


SECTIONS: dict[str, type[Section]] = {
    "": CommunityFile,
    "hours": HoursSection,
    "emergency": EmergencySection,
    "departments": DepartmentSection,
    "categories": CategorySection,
    "areas": AreaSection,
    "trades": TradeSection,
    "dangers": DangerSection,
    "care": CareSection,
    "repairs": RepairsSection,
    "public": PublicSection,
    "answers": TemplateSection,
    "reasons": TemplateSection,
    "partners": PartnerSection,
    "windows": WindowsSection,
    "plan": PlanSection,
}
"""The name each section has in the file; the nameless one is the top of it."""
