"""A client with a plan of two goals, and a record that holds much more."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from coachdesk.casework.clients import ClientQuestion
from coachdesk.models import Client, Goal, Plan
from coachdesk.models.base import Record
from coachdesk.papers.plan import (
    PrintPlan,
    plan_document,
    read_plan_paper,
    write_plan,
)
from coachdesk.papers.plan_layouts import PlanLayout, PlanPaper, styles
from coachdesk.press.pdf import pdf
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_contact,
    a_goal,
    a_hub,
    a_plan,
    an_action,
    an_equality,
    days_ago,
    furnished,
    keep,
)
from tests.press.paper import Paper
from tests.vault_fixtures import TODAY

AGREED = dt.date(2026, 9, 23)
LAYOUTS = tuple(PlanLayout)


@dataclass(slots=True)
class Planned:
    """A client with a plan of two goals, and much in the record that is no part of it."""

    vault: OpenVault
    client: Client
    plan: Plan
    goal: Goal

    def keep(self, *records: Record) -> None:
        keep(self.vault, *records)

    def change(self, record: type[Record], record_id: UUID, **values: Any) -> None:
        with unit_of_work(self.vault, label="Changed") as work:
            found = work.session.get_one(record, record_id)
            for name, value in values.items():
                setattr(found, name, value)

    def paper(self) -> PlanPaper:
        with reading(self.vault) as session:
            return read_plan_paper(session, ClientQuestion(client_id=self.client.id, today=TODAY))

    def heard(self, layout: PlanLayout) -> str:
        """Return what a screen reader says of the plan, line by line."""
        return heard(self.paper(), layout)

    def write(self, target: Path, layout: PlanLayout = PlanLayout.STANDARD) -> Path:
        wish = PrintPlan(client_id=self.client.id, target=target, layout=layout)
        return write_plan(self.vault, wish, Watch.silent())


def printed(paper: PlanPaper, layout: PlanLayout) -> Paper:
    """Return the plan as a PDF that can be read back."""
    return Paper(pdf(plan_document(paper, layout), style=styles()[layout]))


def heard(paper: PlanPaper, layout: PlanLayout) -> str:
    """Return what a screen reader says of a plan, line by line."""
    return "\n".join(words for _, words in printed(paper, layout).read())


def a_planned_client(vault: OpenVault) -> Planned:
    """Put the client and the plan into a vault."""
    furnished(vault)
    hub = a_hub(address="The Old Library\n12 Abbey Road", postcode="LA14 5UF", opening="Monday to Thursday")
    client = a_client(
        known_as="Mimi",
        previous_names="Okonkwo-Brown",
        nino="QQ123456C",
        address="10 Sea View",
        phone="07700 900123",
        communication_needs="Please write things down.",
        emergency_contact="Sister, Ada",
        risk_note="Never alone with him",
        coach_id=vault.coach_id,
        hub_id=hub.id,
    )
    plan = a_plan(
        client, agreed_on=AGREED, how_agreed="signed_paper", next_review_on=dt.date(2026, 11, 4), version=2
    )
    goal = a_goal(plan, own_words="A job with animals", coach_summary="Kennels or a farm", area="job_search")
    other = a_goal(plan, own_words="“Sleep better”", position=1, area="goal_health", achieved_on=days_ago(2))
    private = a_contact(client, note="Panic attacks", is_private=True)
    found = Planned(vault, client, plan, goal)
    found.keep(hub, client, plan, goal, other, private, an_equality(client, sex="female"))
    found.keep(
        an_action(client, goal_id=goal.id, what="Visit the kennels", who="client", due_on=days_ago(-4)),
        an_action(
            client, goal_id=goal.id, what="Ring Bay Farm", done_on=days_ago(1), outcome="They said yes."
        ),
        an_action(client, goal_id=goal.id, what="Lend the boots", who="other", who_name="Żaneta"),
        an_action(client, what="Bring the timetable", who="other"),
        an_action(client, what="Find the passport", done_on=days_ago(3)),
        an_action(client, what="An old step", done_on=days_ago(200)),
        an_action(client, what="Ask about the debts", contact_id=private.id),
    )
    return found
