"""What is due about looking for work and staying in it: each room says its own, Today puts them with the rest."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from coachdesk.casework.absences_due import absences_due
from coachdesk.casework.access_to_work_due import access_due
from coachdesk.casework.adjustments_due import adjustments_due
from coachdesk.casework.applications_due import applications_due
from coachdesk.casework.disclosure_decisions import disclosures_due
from coachdesk.casework.due_call import KINDS, DueAtWork, Source
from coachdesk.casework.good_work_due import good_work_due
from coachdesk.casework.interviews import interviews_due
from coachdesk.casework.onward_due import onward_due
from coachdesk.casework.standing import Whose

__all__ = ["KINDS", "SOURCES", "DueAtWork", "Source", "due_at_work"]

SOURCES: tuple[Source, ...] = (
    absences_due,
    access_due,
    adjustments_due,
    applications_due,
    disclosures_due,
    interviews_due,
    good_work_due,
    onward_due,
)
"""One line a room; a source takes ``DueAtWork`` from due_call, for it is imported here."""


def due_at_work(session: Session, today: dt.date, last: dt.date, whose: Whose | None) -> Iterator[DueAtWork]:
    """Yield what every room has due by the last day shown, overdue lines among them."""
    for source in SOURCES:
        yield from source(session, today, last, whose)
