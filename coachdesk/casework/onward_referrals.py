"""Referring a client on to a service, and following it up: its answer, the first time they came, what came of it.

What the service is told goes by the same permission as a letter, and stands with what was passed on (facts 12.2).
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.due_rules import Due
from coachdesk.casework.number_rules import NumberRules
from coachdesk.casework.onward_due import ACCEPTED, NO_REPLY, WAITING, Stand, due_of
from coachdesk.casework.permission_check import TAKING_PART, RecordSharing, data_words, record_sharing
from coachdesk.casework.referral_rules import referral_rules
from coachdesk.casework.services import SORTS, find_service
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Consent, OnwardReferral, Service, Sharing
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

PURPOSE, SORT = "share_service", "referral"
DECLINED = "declined"
ANSWERS = (ACCEPTED, DECLINED, NO_REPLY, WAITING)
"""What a service can have said, the likeliest first."""
_LISTS = (SORTS, "referral_answer", "referral_outcome")
_GONE = "This referral is not there any more."
_TO_COME = "This is later than today."
_BEFORE = "The referral was made later than that."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferOn:
    """Refer a client on to a service of the directory, or to one that is named freely.

    ``service_sort`` counts only where the directory has none of this name; ``data`` are keys of ``shared_data``. The
    reason without a permission counts where none is in force.
    """

    client_id: UUID
    service_name: str
    made_on: dt.date
    service_sort: str = Unstated.NOT_ASKED
    reason: str = ""
    data: tuple[str, ...] = (TAKING_PART,)
    override_reason: str = ""
    follow_up_on: dt.date | None = None


def refer_on(session: Session, wish: ReferOn) -> UUID:
    """Refer a client on and write down what the service is told; return the id of the referral.

    Raises Refusal without a service, for a day to come, for a day to follow up before that, and without a permission in
    force and without a reason; ReasonNeeded for a colleague's client.
    """
    check_may_see(session, wish.client_id)
    name = " ".join(wish.service_name.split())
    if not name:
        raise Refusal("Say to which service.", fields={"service_name": "Choose a service, or type its name."})
    _check_day(session, wish.made_on, "made_on")
    _check_follow_up(wish.follow_up_on, wish.made_on)
    service = find_service(session, name)
    recipient = service.name if service is not None else name
    sharing_id = record_sharing(
        session,
        RecordSharing(
            client_id=wish.client_id,
            sort=SORT,
            purpose=PURPOSE,
            recipient=recipient,
            what=f"Referred on. It tells: {data_words(session, wish.data)}.",
            shared_on=wish.made_on,
            data=wish.data,
            override_reason=wish.override_reason,
        ),
    )
    referral = OnwardReferral(
        client_id=wish.client_id,
        service_id=service.id if service is not None else None,
        service_name="" if service is not None else name,
        service_sort=Unstated.NOT_ASKED if service is not None else wish.service_sort,
        made_on=wish.made_on,
        reason=wish.reason.strip(),
        coach_id=coach_of(session),
        sharing_id=sharing_id,
        follow_up_on=wish.follow_up_on,
    )
    session.add(referral)
    describe(session, f"Referred {session.get_one(Client, wish.client_id).initials()} on to a service")
    return referral.id


def _check_day(session: Session, day: dt.date, field: str, not_before: dt.date | None = None) -> None:
    """Return for a day up to today; raises Refusal beside the field for one to come, or before the referral."""
    sentence = _TO_COME if day > clock_of(session).today() else ""
    if not_before is not None and day < not_before:
        sentence = _BEFORE
    if sentence:
        raise Refusal(sentence, fields={field: sentence})


def _check_follow_up(follow_up_on: dt.date | None, made_on: dt.date) -> None:
    if follow_up_on is not None and follow_up_on < made_on:
        raise Refusal(_BEFORE, fields={"follow_up_on": _BEFORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class OnwardRow:
    """A referral on, in words; ``due`` says what it calls for, ``permitted_on`` and ``override_reason`` by what it left."""

    id: UUID
    service: str
    service_id: UUID | None
    sort: str
    contact: str
    made_on: dt.date
    reason: str
    coach: str
    answer: str
    answer_words: str
    answered_on: dt.date | None
    first_attended_on: dt.date | None
    outcome: str
    outcome_words: str
    outcome_note: str
    ended_on: dt.date | None
    follow_up_on: dt.date | None
    told: str
    permitted_on: dt.date | None
    override_reason: str
    due: Due | None


def list_onward_referrals(session: Session, question: ClientQuestion) -> tuple[OnwardRow, ...]:
    """Return to whom a client was referred on, the newest first; raises ReasonNeeded for a colleague's client."""
    check_may_see(session, question.client_id)
    words = _Words(titles_of(session, *_LISTS), referral_rules(session))
    query = (
        select(OnwardReferral, Service, Coach.name, Sharing, Consent.given_on)
        .outerjoin(Service, Service.id == OnwardReferral.service_id)
        .outerjoin(Coach, Coach.id == OnwardReferral.coach_id)
        .join(Sharing, Sharing.id == OnwardReferral.sharing_id)
        .outerjoin(Consent, Consent.id == Sharing.consent_id)
        .where(OnwardReferral.client_id == question.client_id, OnwardReferral.archived_at.is_(None))
        .order_by(OnwardReferral.made_on.desc(), OnwardReferral.id.desc())
    )
    return tuple(words.row(*told) for told in session.execute(query))


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists and rules that referrals are put into words with."""

    titles: dict[str, dict[str, str]]
    rules: NumberRules

    def row(
        self,
        one: OnwardReferral,
        service: Service | None,
        coach: str | None,
        sharing: Sharing,
        given_on: dt.date | None,
    ) -> OnwardRow:
        """Return a referral in words."""
        name = service.name if service is not None else one.service_name
        stand = Stand(
            one.made_on, one.answer, one.answered_on, one.first_attended_on, one.ended_on, one.follow_up_on
        )
        return OnwardRow(
            id=one.id,
            service=name,
            service_id=one.service_id,
            sort=self._said(SORTS, service.sort if service is not None else one.service_sort),
            contact=_contact(service),
            made_on=one.made_on,
            reason=one.reason,
            coach=coach or "",
            answer=one.answer,
            answer_words=self.titles["referral_answer"].get(one.answer, one.answer),
            answered_on=one.answered_on,
            first_attended_on=one.first_attended_on,
            outcome=one.outcome,
            outcome_words=self._said("referral_outcome", one.outcome),
            outcome_note=one.outcome_note,
            ended_on=one.ended_on,
            follow_up_on=one.follow_up_on,
            told=sharing.what,
            permitted_on=given_on,
            override_reason=sharing.override_reason,
            due=due_of(stand, name, self.rules),
        )

    def _said(self, list_name: str, key: str) -> str:
        return "" if key in UNSTATED_WORDS else self.titles[list_name].get(key, key)


def _contact(service: Service | None) -> str:
    """Return how the service is reached, for whoever follows it up."""
    return ", ".join(part for part in (service.phone, service.email) if part) if service is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """What the service said, and on which day; with ``waiting`` the day does not count.

    ``follow_up_on`` is the next day to look at it; blank leaves that to the rules.
    """

    referral_id: UUID
    answer: str
    answered_on: dt.date
    follow_up_on: dt.date | None = None


def record_answer(session: Session, wish: RecordAnswer) -> None:
    """Write down what a service answered, or that it did not.

    Raises Refusal for an answer that is none, a day to come or before the referral, and for any answer but "accepted"
    where the client has been there.
    """
    referral = _referral(session, wish.referral_id)
    if wish.answer not in ANSWERS:
        raise Refusal("Say what the service answered.", fields={"answer": "Choose one."})
    if referral.first_attended_on is not None and wish.answer != ACCEPTED:
        sentence = "They have been there, so the service took them on."
        raise Refusal(sentence, fields={"answer": sentence})
    if wish.answer != WAITING:
        _check_day(session, wish.answered_on, "answered_on", referral.made_on)
    _check_follow_up(wish.follow_up_on, referral.made_on)
    referral.answer = wish.answer
    referral.answered_on = wish.answered_on if wish.answer != WAITING else None
    referral.follow_up_on = wish.follow_up_on
    _describe(session, referral, "Answer of a service about")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAttendance:
    """The client was there for the first time."""

    referral_id: UUID
    attended_on: dt.date


def record_attendance(session: Session, wish: RecordAttendance) -> None:
    """Write down when the client first came; a service that had not said yes took them on that day.

    Raises Refusal for a day to come, before the referral, or after it ended.
    """
    referral = _referral(session, wish.referral_id)
    _check_day(session, wish.attended_on, "attended_on", referral.made_on)
    if referral.ended_on is not None and wish.attended_on > referral.ended_on:
        sentence = "The referral ended before that."
        raise Refusal(sentence, fields={"attended_on": sentence})
    if referral.answer != ACCEPTED:
        referral.answer, referral.answered_on = ACCEPTED, wish.attended_on
    referral.first_attended_on, referral.follow_up_on = wish.attended_on, None
    _describe(session, referral, "First attendance of")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReferral:
    """It is over: since when, and what came of it."""

    referral_id: UUID
    ended_on: dt.date
    outcome: str = Unstated.NOT_ASKED
    outcome_note: str = ""


def end_referral(session: Session, wish: EndReferral) -> None:
    """Write down what came of a referral; nothing of it is followed up any more.

    Raises Refusal for a day to come, before the referral, or before the client first came.
    """
    referral = _referral(session, wish.referral_id)
    _check_day(session, wish.ended_on, "ended_on", referral.made_on)
    if referral.first_attended_on is not None and wish.ended_on < referral.first_attended_on:
        sentence = "They first came later than that."
        raise Refusal(sentence, fields={"ended_on": sentence})
    referral.ended_on, referral.outcome = wish.ended_on, wish.outcome
    referral.outcome_note, referral.follow_up_on = wish.outcome_note.strip(), None
    _describe(session, referral, "Outcome of a referral of")


def _referral(session: Session, referral_id: UUID) -> OnwardReferral:
    referral = session.get(OnwardReferral, referral_id)
    if referral is None or referral.archived_at is not None:
        raise Refusal(_GONE)
    check_may_see(session, referral.client_id)
    return referral


def _describe(session: Session, referral: OnwardReferral, words: str) -> None:
    describe(session, f"{words} {session.get_one(Client, referral.client_id).initials()}")
