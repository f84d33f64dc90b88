"""What is done once for each new value: a list that changed, a message that is another one now."""

from storage.core import settings
from storage.core.database import Transaction


def is_new(tx: Transaction, key: str, value: str) -> bool:
    """Whether it was another value until now; from now on it is this one."""
    if settings.get(tx, key) == value:
        return False
    settings.put(tx, key, value)
    return True
