"""Makes the pinned vault of the current schema: run once when a schema is released, then never touched again.

Run as ``python tests/data/vaults/make.py NAME``; the passphrase is published on purpose.
"""

import datetime as dt
import sys
from pathlib import Path

from coachdesk.clock import FixedClock
from coachdesk.models import Action, Client, Contact, Employer, Enrolment, Goal, Job, Plan, Programme
from coachdesk.vault.cost import Cost
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import unit_of_work

PASSPHRASE = "published passphrase of the pinned vaults"
DAY = dt.date(2026, 10, 5)


def make(folder: Path) -> None:
    """Write a small vault with one record of the main kinds."""
    clock = FixedClock.on(DAY)
    made = SealedVault.create(
        folder,
        organisation="Pinned Vault Trust",
        person="Ruth Ellison",
        passphrase=PASSPHRASE,
        clock=clock,
        practice=True,
        cost=Cost.floor(),
    )
    with unit_of_work(made.vault, label="Wrote one of each") as work:
        client = Client(first_name="Zoë", last_name="O’Neil", reference="PIN-1", born_from=DAY, born_to=DAY)
        programme = Programme(key="pinned", title="Pinned programme")
        employer = Employer(name="Furness Bakery", folded="furness bakery")
        enrolment = Enrolment(client_id=client.id, programme_id=programme.id, started_on=DAY)
        plan = Plan(client_id=client.id, enrolment_id=enrolment.id)
        goal = Goal(client_id=client.id, plan_id=plan.id, own_words="I want to bake")
        work.session.add_all(
            [
                client,
                programme,
                employer,
                enrolment,
                plan,
                goal,
                Action(client_id=client.id, goal_id=goal.id, what="Write to the bakery"),
                Contact(client_id=client.id, happened_on=DAY, note="First meeting", entered_at=clock.now()),
                Job(client_id=client.id, employer_id=employer.id, started_on=DAY),
            ]
        )
    made.vault.close()


if __name__ == "__main__":
    make(Path(__file__).parent / sys.argv[1])
