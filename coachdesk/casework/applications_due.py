"""The next step of an application, for Today."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import Application, Employer

_ORIGIN = "The day agreed for the next step"


def applications_due(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None
) -> Iterator[DueAtWork]:
    """Yield open applications whose next step is due by the last day."""
    query = (
        select(
            as_kept(Application.id),
            as_kept(Application.client_id),
            Application.next_on,
            Application.next_step,
            Employer.name,
        )
        .join(Employer, Employer.id == Application.employer_id)
        .where(
            Application.next_on.between(today - LATEST_CATCH_UP, last),
            Application.ended_on.is_(None),
            Application.archived_at.is_(None),
            *among(Application.client_id.expression, whose),
        )
    )
    for record, client, on, step, employer in plain_rows(session, query):
        words = f"{step or 'Next step'}: {employer}"
        yield DueAtWork("application", record, client, Due(on, words, _ORIGIN))
