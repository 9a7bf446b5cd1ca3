"""A client with a job at the bakery, for the tests of health at work: wishes carried out, questions asked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.absences import Absences, SaveAbsence, list_absences, save_absence
from coachdesk.casework.access_to_work import AccessCases, SaveAccess, list_access, save_access
from coachdesk.casework.adjustment_steps import RecordStep, record_step
from coachdesk.casework.adjustments import (
    AddAdjustment,
    AdjustmentRow,
    Adjustments,
    add_adjustment,
    list_adjustments,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.models import Employer, Job, JobTerms
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, a_job, an_employer, ask, days_ago, do, job_terms, keep
from tests.vault_fixtures import TODAY


class AtWork:
    """A furnished vault, a client of the person at the desk, and a job since twenty days."""

    def __init__(self, vault: OpenVault, **values: Any) -> None:
        self.vault = vault
        self.client = a_client(coach_id=vault.coach_id, **values)
        self.employer = an_employer()
        keep(vault, self.client, self.employer)
        self.job = self.another_job(self.employer, title="Baker", started_on=days_ago(20))

    @property
    def question(self) -> ClientQuestion:
        return ClientQuestion(client_id=self.client.id, today=TODAY)

    def another_job(self, employer: Employer, minutes: int | None = 1800, **values: Any) -> Job:
        job = a_job(self.client, employer, **values)
        terms: JobTerms = job_terms(job, usual_minutes=minutes)
        keep(self.vault, job)
        keep(self.vault, terms)
        return job

    def do(self, act: Callable[..., Any], wish: Any) -> Any:
        return do(self.vault, act, wish)[0]

    def refused(self, act: Callable[..., Any], wish: Any) -> Refusal:
        with pytest.raises(Refusal) as refused:
            do(self.vault, act, wish)
        return refused.value

    def need(self, words: str = "A quiet corner", **values: Any) -> UUID:
        wish = AddAdjustment(client_id=self.client.id, need=words, **{"job_id": self.job.id, **values})
        made: UUID = self.do(add_adjustment, wish)
        return made

    def step(self, adjustment: UUID, event: str, days: int, note: str = "", **values: Any) -> UUID:
        wish = RecordStep(
            adjustment_id=adjustment, event=event, happened_on=days_ago(days), note=note, **values
        )
        made: UUID = self.do(record_step, wish)
        return made

    def adjustments(self) -> Adjustments:
        return ask(self.vault, list_adjustments, self.question)

    def adjustment(self, adjustment: UUID) -> AdjustmentRow:
        return next(one for one in self.adjustments().rows if one.id == adjustment)

    def case(self, **values: Any) -> UUID:
        made: UUID = self.do(
            save_access, SaveAccess(client_id=self.client.id, **{"job_id": self.job.id, **values})
        )
        return made

    def cases(self) -> AccessCases:
        return ask(self.vault, list_access, self.question)

    def sick(self, days: int = 10, **values: Any) -> UUID:
        wish = SaveAbsence(client_id=self.client.id, job_id=self.job.id, from_on=days_ago(days), **values)
        made: UUID = self.do(save_absence, wish)
        return made

    def absences(self) -> Absences:
        return ask(self.vault, list_absences, self.question)
