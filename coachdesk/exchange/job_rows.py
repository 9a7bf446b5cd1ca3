"""Rows of jobs: a spell with an employer, its terms and its adjustments."""

import datetime as dt
from typing import Any

from coachdesk.exchange.client_parts import OTHER, fill_blanks
from coachdesk.exchange.ground import Ground
from coachdesk.exchange.identity import fold_reference
from coachdesk.exchange.outcomes import Fate, Outcome, fingerprint
from coachdesk.exchange.people import Person
from coachdesk.exchange.referring import came_before, find_client, without_a_new_record
from coachdesk.exchange.row_reading import ReadRow
from coachdesk.models import Adjustment, Job, JobTerms
from coachdesk.terms import Unstated


class JobRows:
    """Takes rows of a sheet of jobs, one after the other."""

    def __init__(self, ground: Ground, headings: dict[str, str]) -> None:
        self._ground = ground
        self._headings = headings

    def mark(self, row: ReadRow) -> bytes:
        """Return the fingerprint of a job row: everything it says about the client's job."""
        return fingerprint("jobs", fold_reference(row.text("reference")), row.values, row.unstated)

    def take(self, row: ReadRow, mark: bytes) -> Outcome:
        """Return what became of a row, having put it into the session."""
        again = came_before(self._ground, row, mark)
        if again:
            return again
        known = find_client(self._ground, row, self._headings.get("reference", ""))
        self._check(row, known)
        settled = without_a_new_record(row, known)
        if settled or known is None:
            assert settled is not None  # noqa: S101 -- a row without a client was refused or waits
            return settled
        return self.add(row, known)

    def add(self, row: ReadRow, known: Person) -> Outcome:
        """Return the outcome of a row: a new job, or a known one whose blanks it fills."""
        employer_id = self._ground.employer(row.text("employer"), row.text("town"))
        key = (known.id, employer_id, row.get("started_on"))
        if key in self._ground.jobs:
            return self._merge(row, known, key)
        job = Job(
            client_id=known.id,
            employer_id=employer_id,
            enrolment_id=self._ground.enrolments.get(known.id),
            title=row.text("title"),
            **self._spell(row),
        )
        self._ground.session.add(job)
        self._ground.jobs[key] = job.id
        self._add_terms(row, job)
        self._ground.session.add_all(
            Adjustment(client_id=known.id, job_id=job.id, need=need, category=category or OTHER)
            for need, category in row.get("adjustments", ())
        )
        return Outcome(
            fate=Fate.IMPORTED,
            becomes=f"Job of {known.shown} with {row.text('employer')}",
            reference=row.text("reference"),
            client_id=known.id,
            record_id=job.id,
        )

    @staticmethod
    def _spell(row: ReadRow) -> dict[str, Any]:
        kind = row.code("employment_type")
        contract = row.code("contract")
        if contract == Unstated.NOT_ASKED and kind != Unstated.NOT_ASKED:
            contract = Unstated.NOT_KNOWN  # the sheet said “agency” where it was asked for the contract
        return {
            "started_on": row.get("started_on"),
            "ended_on": row.get("ended_on"),
            "end_reason": row.code("end_reason"),
            "employment_type": kind,
            "contract": contract,
            "four_hours_on": row.get("four_hours_on"),
            "evidence": row.code("evidence"),
        }

    def _add_terms(self, row: ReadRow, job: Job) -> None:
        terms = {
            "usual_minutes": row.get("hours"),
            "guaranteed_minutes": row.get("guaranteed_hours"),
            "hourly_pence": row.get("pay"),
        }
        if any(value is not None for value in terms.values()):
            self._ground.session.add(
                JobTerms(client_id=job.client_id, job_id=job.id, as_on=job.started_on, **terms)
            )

    def _merge(self, row: ReadRow, known: Person, key: tuple[Any, Any, dt.date]) -> Outcome:
        """Fill the blanks of a job that is known by client, employer and start."""
        self._ground.session.flush()
        job = self._ground.session.get_one(Job, self._ground.jobs[key])
        filled = fill_blanks(job, {"title": row.text("title"), **self._spell(row)})
        return Outcome(
            fate=Fate.MERGED,
            becomes=f"Job of {known.shown} with {row.text('employer')}",
            why=f"Filled in: {', '.join(filled)}." if filled else "Nothing in this row is new.",
            reference=row.text("reference"),
            client_id=known.id,
            record_id=job.id,
        )

    def _check(self, row: ReadRow, known: Person | None) -> None:
        start, end, paid = row.get("started_on"), row.get("ended_on"), row.get("four_hours_on")
        heading = self._headings.get("started_on", "")
        if not row.text("employer"):
            row.refuse(
                self._headings.get("employer", ""), "", "This job has no employer. Give the employer’s name."
            )
        if start is None:
            if not any(problem.column == heading for problem in row.refusals):
                row.refuse(heading, "", "This job has no start date. Give the day it started.")
            return
        if end and end < start:
            sentence = "The end date lies before the start date. Put the two dates right."
            row.refuse(self._headings.get("ended_on", ""), row.typed("ended_on"), sentence)
        if paid and paid < start:
            sentence = "The first paid hours lie before the start date. Put the two dates right."
            row.refuse(self._headings.get("four_hours_on", ""), row.typed("four_hours_on"), sentence)
        if known and known.birth and start < known.birth.born_from:
            row.refuse(
                heading,
                row.typed("started_on"),
                "This job starts before the client’s birth date. Put the year right.",
            )
