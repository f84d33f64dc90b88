"""What tests of forgetting share: somebody is forgotten, step by step, as the tick does it."""

import json
from datetime import timedelta

from domain.community import Community
from services.personal_data import forgetting
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.personal_data.forgetting import Step, of_person


def steps(tx: Transaction, community: Community) -> int:
    """All that is due of forgetting happens; returns in how many chunks."""
    count = 0
    while True:
        tx.now += timedelta(seconds=1)
        rows = scheduled_tasks.claim(tx, [forgetting.KIND], 10)
        if not rows:
            return count
        for row in rows:
            count += 1
            forgetting.run_due(tx, community, row["subject"], json.loads(row["data"]))
            tx.publish()
            if scheduled_tasks.is_due(tx, row["id"]):
                scheduled_tasks.finished(tx, row["id"])


def forgotten(tx: Transaction, community: Community, who: Person) -> int:
    """They have their data deleted, and the database does its part; returns in how many chunks."""
    forgetting.begin(tx, who.id)
    tx.publish()
    count = steps(tx, community)
    found = of_person(tx, who.id)
    assert found is not None and found.step is Step.OUTSIDE
    return count
