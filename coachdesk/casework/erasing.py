"""Erasing somebody: identity, free text and history go for good; an anonymous stub stays, so that issued returns add up.

What the stub keeps is what a return counts by: programme and dates of an enrolment, answers that are a heading of a
table, dates and ways of contacts, dates, hours and pay of jobs. The birth date is widened to its year, the employer's
name is let go, every text and link that could lead back to the person is emptied (docs/decisions/0016).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from coachdesk.casework.joined import all_joined_with, check_stands_alone
from coachdesk.errors import Refusal
from coachdesk.models import (
    Absence,
    AccessToWork,
    Action,
    Adjustment,
    AdjustmentStep,
    AgreedPlan,
    Application,
    AwardClaim,
    AwardItem,
    BenefitsQuestion,
    CaseStudy,
    CheckIn,
    CheckInMove,
    Circumstances,
    Client,
    ClockStop,
    Consent,
    Contact,
    ContactRhythm,
    CustomAnswer,
    CustomField,
    DisclosureDecision,
    Document,
    DocumentContent,
    Draft,
    Eligibility,
    Employer,
    EmployerTalk,
    Ending,
    Enquiry,
    Enrolment,
    Equality,
    Erasure,
    Goal,
    GoodWorkCheck,
    GroupPlace,
    ImportRow,
    Interview,
    Job,
    JobEvidence,
    JobTerms,
    JobWish,
    Letter,
    NoticeGiven,
    OnwardReferral,
    Pause,
    PersonAround,
    Plan,
    Reading,
    Record,
    Redaction,
    ReturnStep,
    RightsRequest,
    Sharing,
    VocationalProfile,
    WorkWeek,
)
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.erasure import take_out_of_journal
from coachdesk.vault.values import shape
from coachdesk.vault.work import actor, clock_of, describe

NAME = "(erased)"
EMPLOYER = "(not kept)"
LEAST_REASON = 3
GONE = "This client is not there any more."

KEPT: Mapping[type[Record], frozenset[str]] = {
    Client: frozenset({"local_authority", "icb", "hub_id"}),
    Equality: frozenset({"sex", "ethnic_group", "long_condition", "activity_restriction"}),
    Enrolment: frozenset(
        {
            "programme_id", "received_on", "accepted_on", "source", "route", "started_on", "profile_started_on",
            "stage", "hub_id", "expected_end_on", "exit_on", "exit_reason", "others_ruled_out",
        }
    ),
    Eligibility: frozenset({"enrolment_id", "reason", "self_declared"}),
    Pause: frozenset({"enrolment_id", "from_on", "to_on"}),
    Plan: frozenset({"enrolment_id", "kind", "version", "agreed_on", "copy_given_on", "reviewed_on"}),
    Contact: frozenset({"happened_on", "minutes", "channel", "did_not_attend", "entered_at", "note_kind"}),
    Job: frozenset(
        {
            "enrolment_id", "employer_id", "started_on", "ended_on", "end_reason", "employment_type", "contract",
            "is_competitive", "is_main", "four_hours_on", "evidence", "evidence_seen_on",
        }
    ),
    JobTerms: frozenset(
        {"job_id", "as_on", "guaranteed_minutes", "usual_minutes", "hourly_pence", "wants_more_hours"}
    ),
    CheckIn: frozenset(
        {"job_id", "due_on", "done_on", "still_there", "hours_changed", "pay_changed", "risk_of_leaving"}
    ),
    Reading: frozenset({"enrolment_id", "instrument", "instrument_version", "taken_on", "point", "items"}),
    RightsRequest: frozenset({"kind", "received_on", "acknowledged_on", "answered_on", "outcome"}),
    ClockStop: frozenset({"request_id", "from_on", "to_on"}),
    GroupPlace: frozenset({"group_session_id", "contact_id", "attended"}),
    EmployerTalk: frozenset({"employer_contact_id"}),
    WorkWeek: frozenset({"job_id", "week_on", "paid_minutes", "gross_pence", "is_confirmed"}),
    JobEvidence: frozenset({"job_id", "outcome", "sort", "from_on", "to_on", "seen_on"}),
    ImportRow: frozenset({"run_id", "fingerprint", "sheet", "row", "outcome", "record_id", "decided_at"}),
}  # fmt: skip
"""Fields that stay, by class; all others are emptied."""
TAKEN_OUT: tuple[type[Record], ...] = (
    Redaction, Action, Goal, AdjustmentStep, Adjustment, AwardClaim, AwardItem, AccessToWork, ReturnStep, Absence,
    CheckInMove, CaseStudy, Interview, BenefitsQuestion, Application, DisclosureDecision, JobWish, GoodWorkCheck, Circumstances, DocumentContent, Document, Letter, OnwardReferral, Sharing,
    PersonAround, AgreedPlan, VocationalProfile, NoticeGiven, ContactRhythm, Ending, Enquiry, Consent,
)  # fmt: skip
"""Classes whose records go altogether, those that point at others first.

Of the answers to questions of our own those stay that a return is broken down by, as other headings of a table do.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseClient:
    """Erase a client, for a reason that is kept."""

    client_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePreview:
    """What an erasure would take and leave, by what the records are called."""

    client_id: UUID
    name: str
    reference: str
    emptied: Mapping[str, int]
    taken_out: Mapping[str, int]


def preview_erasure(session: Session, client_id: UUID) -> ErasurePreview:
    """Return how many records would be emptied or go, those joined with the client's among them.

    Raises Refusal for anybody but a manager, and for a record that was joined with another one.
    """
    check_is_manager(session)
    client = _client(session, client_id)
    check_stands_alone(session, client_id)
    people = (client_id, *all_joined_with(session, client_id))
    return ErasurePreview(
        client_id=client_id,
        name=client.called(),
        reference=client.reference,
        emptied=_counts(session, tuple(KEPT), *people),
        taken_out=_counts(session, TAKEN_OUT, *people),
    )


def _counts(session: Session, classes: tuple[type[Record], ...], *client_ids: UUID) -> dict[str, int]:
    found = {
        one.KIND.value: sum(len(_records(session, one, client_id)) for client_id in client_ids)
        for one in classes
    }
    return {kind: count for kind, count in found.items() if count}


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(GONE)
    if is_erased(session, client_id):
        raise Refusal("This client has been erased already.")
    return client


def is_erased(session: Session, client_id: UUID) -> bool:
    """Return whether a client's identity was taken out."""
    return session.scalar(select(Erasure.id).where(Erasure.client_id == client_id)) is not None


def erase_client(session: Session, wish: EraseClient) -> UUID:
    """Take a client's identity, words and history out for good; return the id of the proof.

    Records that were joined with the client's go with it. Raises Refusal for anybody but a manager, without a reason,
    for a record joined with another one, or when it was done already.
    """
    check_is_manager(session)
    reason = wish.reason.strip()
    if len(reason) < LEAST_REASON:
        raise Refusal("An erasure needs a reason.", fields={"reason": "Say why, without naming the person."})
    client = _client(session, wish.client_id)
    check_stands_alone(session, client.id)
    joined = [session.get_one(Client, one) for one in all_joined_with(session, client.id)]
    proof, *_ = [_erased(session, one, reason) for one in (client, *joined)]
    describe(session, "Erased a client")
    return proof


def _erased(session: Session, client: Client, reason: str) -> UUID:
    counts = _counts(session, (*KEPT, *TAKEN_OUT), client.id)
    empty_records(session, client)
    proof = Erasure(
        client_id=client.id,
        erased_at=clock_of(session).now(),
        erased_by=actor(session),
        reason=reason,
        counts=counts,
    )
    session.add(proof)
    return proof.id


def empty_records(session: Session, client: Client) -> None:
    """Empty a client's records down to the stub, and have the journal's values and drafts taken out."""
    for record in TAKEN_OUT:
        for one in _records(session, record, client.id):
            session.delete(one)
    _take_out_answers(session, client.id)
    session.flush()
    employer = _nameless_employer(session)
    with session.no_autoflush:  # a client without any name does not fit the rules until the stub has its own
        for record, kept in KEPT.items():
            for one in _records(session, record, client.id):
                _empty(one, kept)
                if isinstance(one, Job):
                    one.employer_id = employer.id
        client.last_name, client.reference = NAME, f"Erased {client.id.hex[-12:]}"
    session.execute(delete(Draft).where(Draft.client_id == client.id))
    take_out_of_journal(session, client.id)


def _take_out_answers(session: Session, client_id: UUID) -> None:
    heading = select(CustomField.id).where(CustomField.is_breakdown)
    for one in session.scalars(
        select(CustomAnswer).where(CustomAnswer.client_id == client_id, CustomAnswer.field_id.not_in(heading))
    ):
        session.delete(one)


def _records(session: Session, record: type[Record], client_id: UUID) -> list[Any]:
    column = Client.id if record is Client else getattr(record, "client_id")  # noqa: B009 - not every record has one
    return list(session.scalars(select(record).where(column == client_id)))


def _empty(record: Record, kept: frozenset[str]) -> None:
    known = shape(type(record))
    for name, blank in known.defaults.items():
        if name not in kept and name not in ("client_id", "born_from", "born_to", "birth_precision"):
            setattr(record, name, blank)
    if isinstance(record, Client):
        _widen_birth(record)


def _widen_birth(client: Client) -> None:
    if client.born_from is None or client.born_to is None:
        return
    client.born_from = dt.date(client.born_from.year, 1, 1)
    client.born_to = dt.date(client.born_to.year, 12, 31)
    client.birth_precision = "year" if client.born_from.year == client.born_to.year else "about"


def _nameless_employer(session: Session) -> Employer:
    found = session.scalar(select(Employer).where(Employer.name == EMPLOYER))
    if found is None:
        found = Employer(name=EMPLOYER, folded=EMPLOYER)
        session.add(found)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRow:
    """The proof of one erasure, without anything of the person."""

    id: UUID
    client_id: UUID
    erased_at: dt.datetime
    erased_by: str
    reason: str
    counts: Mapping[str, int]


def list_erasures(session: Session, _question: None) -> tuple[ErasureRow, ...]:
    """Return all erasures, the newest first."""
    query = select(Erasure).order_by(Erasure.erased_at.desc(), Erasure.id.desc())
    return tuple(
        ErasureRow(
            id=one.id,
            client_id=one.client_id,
            erased_at=one.erased_at,
            erased_by=one.erased_by,
            reason=one.reason,
            counts=dict(one.counts),
        )
        for one in session.scalars(query)
    )
