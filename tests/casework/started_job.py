"""A job of twenty hours that began on a Wednesday nearly three weeks ago, and the jobs of a client as they are listed."""

import datetime as dt

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.work import JobRow, list_jobs
from coachdesk.models import Client, Job
from coachdesk.vault.opened import OpenVault
from tests.makers import a_job, an_employer, ask, days_ago, job_terms, keep
from tests.vault_fixtures import TODAY

MONDAY = TODAY  # the tests stand on a Monday
WEEK = dt.timedelta(days=7)


def a_started_job(vault: OpenVault, client: Client) -> Job:
    """Return the job, which is in the vault then with its terms."""
    employer = an_employer()
    made = a_job(client, employer, started_on=days_ago(19))  # a Wednesday
    keep(vault, employer, made, job_terms(made, usual_minutes=1200, hourly_pence=1300))
    return made


def jobs(vault: OpenVault, client: Client, today: dt.date = TODAY) -> tuple[JobRow, ...]:
    """Return the jobs of a client as her page lists them."""
    return ask(vault, list_jobs, ClientQuestion(client_id=client.id, today=today))
