"""A small caseload for the tests of returns: one call a client, with the dates that matter."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import (
    CheckIn,
    Client,
    Eligibility,
    Employer,
    Enrolment,
    Equality,
    GoodWorkCheck,
    Hub,
    Job,
    JobTerms,
    Pause,
    Programme,
    Reading,
)
from coachdesk.returns.breakdowns import NOT_STATED
from coachdesk.returns.indicators.found import Found, Rules, Scope
from coachdesk.returns.periods import Period

Q2 = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30))
AS_AT = dt.date(2026, 9, 30)


def day(text: str) -> dt.date:
    """Return a date written as month-day of 2026, or in full."""
    return dt.date.fromisoformat(text if len(text) == len("2026-01-01") else f"2026-{text}")


def under(given: Mapping[UUID, frozenset[str]]) -> dict[str, frozenset[UUID]]:
    """Return who stands under each label, from everybody's labels."""
    labels = frozenset[str]().union(*given.values()) - {NOT_STATED}
    return {label: frozenset(client for client, mine in given.items() if label in mine) for label in labels}


@dataclass
class World:
    """Adds records to a session and remembers who is called what."""

    session: Session
    programme: Programme = field(init=False)
    names: dict[UUID, str] = field(default_factory=dict)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.programme = Programme(
            key="grant", title="Community grant", funder="A trust", threshold=5, definition={}
        )
        self.employer = Employer(name="Westmorland Wool")
        self.session.add_all([self.programme, self.employer])
        self.session.flush()

    def scope(self, period: Period = Q2, as_at: dt.date = AS_AT, **rules: Any) -> Scope:
        return Scope(programme_id=self.programme.id, period=period, as_at=as_at, rules=Rules(**rules))

    def client(self, name: str, **values: Any) -> Client:
        self.numbers += 1
        client = Client(first_name=name, last_name="Invented", reference=f"R{self.numbers:04}", **values)
        self.session.add(client)
        self.session.flush()
        self.names[client.id] = name
        return client

    def enrol(
        self,
        name: str,
        started: str | None = "07-10",
        *,
        client: Client | None = None,
        exit_on: str | None = None,
        reasons: Iterable[str] = (),
        equality: dict[str, str] | None = None,
        person: dict[str, Any] | None = None,
        **values: Any,
    ) -> Enrolment:
        client = client or self.client(name, **(person or {}))
        values.setdefault("route", "out_of_work")
        dates = {key: day(values.pop(key)) for key in list(values) if key.endswith("_on")}
        enrolment = Enrolment(
            client_id=client.id,
            programme_id=self.programme.id,
            started_on=day(started) if started else None,
            exit_on=day(exit_on) if exit_on else None,
            **dates,
            **values,
        )
        self.session.add(enrolment)
        if equality:
            self.session.add(Equality(client_id=client.id, **equality))
        self.session.flush()
        for reason in reasons:
            self.session.add(Eligibility(client_id=client.id, enrolment_id=enrolment.id, reason=reason))
        self.session.flush()
        return enrolment

    def job(
        self,
        enrolment: Enrolment,
        started: str,
        *,
        ended: str | None = None,
        hours: int | None = 16,
        **values: Any,
    ) -> Job:
        dates = {key: day(values.pop(key)) for key in list(values) if key.endswith("_on")}
        pence = values.pop("pence", None)
        job = Job(
            client_id=enrolment.client_id,
            employer_id=self.employer.id,
            title="Packer",
            started_on=day(started),
            ended_on=day(ended) if ended else None,
            **dates,
            **values,
        )
        self.session.add(job)
        self.session.flush()
        if hours is not None or pence is not None:
            self.session.add(
                JobTerms(
                    client_id=job.client_id,
                    job_id=job.id,
                    as_on=job.started_on,
                    usual_minutes=None if hours is None else hours * 60,
                    hourly_pence=pence,
                )
            )
            self.session.flush()
        return job

    def add(self, *records: Any) -> None:
        self.session.add_all(records)
        self.session.flush()

    def pause(self, enrolment: Enrolment, from_on: str, to_on: str | None = None) -> None:
        self.add(
            Pause(
                client_id=enrolment.client_id,
                enrolment_id=enrolment.id,
                from_on=day(from_on),
                to_on=day(to_on) if to_on else None,
            )
        )

    def check_in(self, job: Job, due: str, done: str, still_there: str = "yes") -> None:
        self.add(
            CheckIn(
                client_id=job.client_id,
                job_id=job.id,
                due_on=day(due),
                done_on=day(done),
                still_there=still_there,
            )
        )

    def good_work(self, job: Job, done: str, **answers: str) -> None:
        self.add(GoodWorkCheck(client_id=job.client_id, job_id=job.id, done_on=day(done), answers=answers))

    def ons4(self, enrolment: Enrolment, taken: str, **items: Any) -> None:
        self.add(Reading(client_id=enrolment.client_id, taken_on=day(taken), items=items))

    def hub(self, name: str) -> Hub:
        found = self.session.scalars(select(Hub).where(Hub.name == name)).one_or_none()
        if found is None:
            found = Hub(name=name)
            self.add(found)
        return found

    def who(self, people: Iterable[UUID]) -> set[str]:
        return {self.names[person] for person in people}

    def groups(self, found: Found) -> dict[str, tuple[int, set[str]]]:
        return {group.label: (group.number, self.who(group.clients)) for group in found.groups}
