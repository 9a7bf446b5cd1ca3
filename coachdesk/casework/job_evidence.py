"""Evidence per outcome of a job: what the funder accepts, what is held, what is missing (facts 12.3)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.jobs import job_of
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Document, Enrolment, Job, JobEvidence, OutcomeRule, Programme
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

JOB_START, FOUR_HOURS = "job_start", "four_hours"
HELD, OTHER, MISSING = "held", "other", "missing"
"""How an outcome stands: evidence the funder accepts is held, only other evidence is, none is."""
_STARTS = ((JOB_START, "Start of the job"), (FOUR_HOURS, "First four paid hours"))
_GONE = "This evidence is not there any more."
_COHORT = "cohort"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobQuestion:
    """One job, as things stand today."""

    job_id: UUID
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One piece of evidence; without ``id`` it is the one that was named with the job itself."""

    id: UUID | None
    sort: str
    sort_words: str
    from_on: dt.date | None
    to_on: dt.date | None
    seen_on: dt.date | None
    seen_by: str
    document: str
    note: str
    outcome: str = JOB_START
    document_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeEvidence:
    """An outcome: kinds the funder accepts in words (none: not known), what is held, and how it stands."""

    key: str
    title: str
    accepted: tuple[str, ...]
    held: tuple[EvidenceRow, ...]
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEvidenceRow:
    """The outcomes of a job, and the client's documents that evidence may point to."""

    outcomes: tuple[OutcomeEvidence, ...]
    documents: tuple[tuple[UUID, str], ...]


def list_job_evidence(session: Session, question: JobQuestion) -> JobEvidenceRow:
    """Return the evidence of a job by outcome: its start, the first four paid hours, and each rule of its programme."""
    job, client = job_of(session, question.job_id)
    check_may_see(session, client.id)
    documents = _documents(session, client.id)
    held = _held(session, job, documents)
    kinds = titles_of(session, "evidence")["evidence"]
    programme = _programme(session, job)
    outcomes = []
    for key, title, accepted in _outcomes(session, job, programme, question.today):
        rows = tuple(held.get(key, ()))
        outcomes.append(
            OutcomeEvidence(
                key=key,
                title=title,
                accepted=tuple(kinds.get(one, one) for one in accepted),
                held=rows,
                stands=_stands(rows, accepted),
            )
        )
    return JobEvidenceRow(outcomes=tuple(outcomes), documents=tuple(documents.items()))


def _stands(held: Sequence[EvidenceRow], accepted: Sequence[str]) -> str:
    if not held:
        return MISSING
    return HELD if any(one.sort in accepted for one in held) else OTHER


def _programme(session: Session, job: Job) -> Programme | None:
    enrolment = session.get(Enrolment, job.enrolment_id) if job.enrolment_id is not None else None
    return session.get(Programme, enrolment.programme_id) if enrolment is not None else None


def _outcomes(
    session: Session, job: Job, programme: Programme | None, today: dt.date
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return key, title and accepted kinds of each outcome; a programme's own data may say what it accepts of a start."""
    told = programme.definition.get("evidence", {}) if programme is not None else {}
    told = told if isinstance(told, Mapping) else {}
    found = [(key, title, tuple(told.get(key, ()))) for key, title in _STARTS]
    mine: list[ColumnElement[bool]] = [OutcomeRule.programme_id.is_(None)]
    if programme is not None:
        mine.append(OutcomeRule.programme_id == programme.id)
    query = select(OutcomeRule).where(
        OutcomeRule.archived_at.is_(None),
        OutcomeRule.sort != _COHORT,  # it counts people, not this job
        or_(OutcomeRule.valid_from.is_(None), OutcomeRule.valid_from <= today),
        or_(OutcomeRule.valid_to.is_(None), OutcomeRule.valid_to >= job.started_on),
        or_(*mine),
    )
    rules = session.scalars(query.order_by(OutcomeRule.position, OutcomeRule.key))
    return [*found, *((rule.key, rule.title, tuple(map(str, rule.evidence))) for rule in rules)]


def _documents(session: Session, client_id: UUID) -> dict[UUID, str]:
    query = (
        select(Document.id, Document.title)
        .where(Document.client_id == client_id, Document.archived_at.is_(None))
        .order_by(Document.added_on.desc(), Document.id.desc())
    )
    return dict(session.execute(query).all())


def _held(session: Session, job: Job, documents: Mapping[UUID, str]) -> dict[str, list[EvidenceRow]]:
    kinds = titles_of(session, "evidence")["evidence"]
    coaches: dict[UUID, str] = dict(session.execute(select(Coach.id, Coach.name)).all())
    found: dict[str, list[EvidenceRow]] = {}
    if job.evidence not in set(Unstated):
        found[JOB_START] = [_of_the_start(job, kinds)]
    query = select(JobEvidence).where(JobEvidence.job_id == job.id, JobEvidence.archived_at.is_(None))
    for one in session.scalars(query.order_by(JobEvidence.seen_on, JobEvidence.id)):
        row = EvidenceRow(
            id=one.id,
            sort=one.sort,
            sort_words=kinds.get(one.sort, one.sort),
            from_on=one.from_on,
            to_on=one.to_on,
            seen_on=one.seen_on,
            seen_by=coaches.get(one.coach_id, "") if one.coach_id is not None else "",
            document=documents.get(one.document_id, "") if one.document_id is not None else "",
            note=one.note,
            outcome=one.outcome,
            document_id=one.document_id,
        )
        found.setdefault(one.outcome, []).append(row)
    return found


def _of_the_start(job: Job, kinds: Mapping[str, str]) -> EvidenceRow:
    return EvidenceRow(
        id=None,
        sort=job.evidence,
        sort_words=kinds.get(job.evidence, job.evidence),
        from_on=None,
        to_on=None,
        seen_on=job.evidence_seen_on,
        seen_by="",
        document="",
        note="",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence:
    """Evidence of one outcome was seen."""

    job_id: UUID
    outcome: str
    sort: str
    seen_on: dt.date
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    document_id: UUID | None = None
    note: str = ""


def add_evidence(session: Session, wish: AddEvidence) -> UUID:
    """Write down evidence and return its id; raises Refusal without its kind, for days that cannot be or another's document."""
    job, client = job_of(session, wish.job_id)
    _check(session, wish, client.id)
    evidence = JobEvidence(
        client_id=client.id,
        job_id=job.id,
        outcome=wish.outcome,
        sort=wish.sort,
        from_on=wish.from_on,
        to_on=wish.to_on,
        seen_on=wish.seen_on,
        coach_id=coach_of(session),
        document_id=wish.document_id,
        note=wish.note.strip(),
    )
    session.add(evidence)
    describe(session, f"Wrote down evidence of a job of {client.initials()}")
    return evidence.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEvidence:
    """What was written down of a piece of evidence, as it should have been."""

    evidence_id: UUID
    outcome: str
    sort: str
    seen_on: dt.date
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    document_id: UUID | None = None
    note: str = ""


def correct_evidence(session: Session, wish: CorrectEvidence) -> None:
    """Correct evidence in its place; who saw it stays. Raises Refusal as ``add_evidence``, and when it is gone."""
    evidence = session.get(JobEvidence, wish.evidence_id)
    if evidence is None or evidence.archived_at is not None:
        raise Refusal(_GONE)
    _, client = job_of(session, evidence.job_id)
    _check(session, wish, client.id)
    evidence.outcome, evidence.sort, evidence.note = wish.outcome, wish.sort, wish.note.strip()
    evidence.from_on, evidence.to_on, evidence.seen_on = wish.from_on, wish.to_on, wish.seen_on
    evidence.document_id = wish.document_id
    describe(session, f"Corrected evidence of a job of {client.initials()}")


def _check(session: Session, wish: AddEvidence | CorrectEvidence, client_id: UUID) -> None:
    refused = {}
    if not wish.sort or wish.sort in set(Unstated):
        refused["sort"] = "Say what was seen."
    if wish.seen_on > clock_of(session).today():
        refused["seen_on"] = "This day is still to come."
    if wish.from_on is not None and wish.to_on is not None and wish.to_on < wish.from_on:
        refused["to_on"] = "This is before the first day it covers."
    if refused:
        raise Refusal("Please look at the fields marked below.", fields=refused)
    document = session.get(Document, wish.document_id) if wish.document_id is not None else None
    if wish.document_id is not None and (document is None or document.client_id != client_id):
        raise Refusal("This document is not there any more.", fields={"document_id": "Choose another one."})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutEvidence:
    """Evidence that was written down by mistake."""

    evidence_id: UUID


def take_out_evidence(session: Session, wish: TakeOutEvidence) -> None:
    """Take evidence out; raises Refusal when it is gone already."""
    evidence = session.get(JobEvidence, wish.evidence_id)
    if evidence is None or evidence.archived_at is not None:
        raise Refusal(_GONE)
    _, client = job_of(session, evidence.job_id)
    evidence.archived_at = clock_of(session).now()
    describe(session, f"Took out evidence of a job of {client.initials()}")
