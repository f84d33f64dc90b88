"""Things that are to be known from no chat any more: what somebody wrote in private leads to them by nothing."""

import json
from collections.abc import Collection

from storage.core import dialect
from storage.core.database import Transaction

GONE = "gone:0"
"""What a card is about whose subject is to be known from no chat any more."""


def unlink(tx: Transaction, kind: str, numbers: Collection[int]) -> None:
    """No message, card or plan leads to these any more, such as reports; what still waits to be sent of them goes."""
    chosen = {"numbers": json.dumps(list(numbers)), "kind": f"{kind}:", "gone": GONE}
    subjects = f"SELECT :kind || value FROM {dialect.each(':numbers', 'chosen')}"
    tx.execute(f"UPDATE messages SET subject = NULL, card = NULL, album = NULL WHERE subject IN ({subjects})", chosen)
    tx.execute(f"UPDATE cards SET subject = :gone WHERE subject IN ({subjects})", chosen)
    tx.execute(f"DELETE FROM scheduled_tasks WHERE subject IN ({subjects})", chosen)
    tx.execute(f"DELETE FROM outbox WHERE state IN ('pending', 'waiting') AND subject IN ({subjects})", chosen)
