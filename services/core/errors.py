"""What a use case of any capability may raise besides NotAllowed and WrongState."""


class NotFound(Exception):
    """There is no such thing: a report, a note, a category."""


class AlreadyDone(Exception):
    """The actor has done exactly this before: nothing to do, and nothing wrong."""
