"""Photos of a project: of which moment they are, and what the maker of one may say to showing it."""

from enum import StrEnum

from domain.core.stored import Stored


class Moment(Stored, StrEnum, kept_in="project_photos.moment"):
    """Whether a photo shows how it was, or how it is now."""

    BEFORE = "before"
    AFTER = "after"


class Consent(Stored, StrEnum, kept_in="photo_consents.answer"):
    """What the maker of a photo says to showing it."""

    YES = "yes"
    NO = "no"
