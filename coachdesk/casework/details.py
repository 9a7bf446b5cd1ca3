"""Details: every field of a client, with equality answers and circumstances, changed field by field."""

import datetime as dt
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.births import birth_text, parse_birth
from coachdesk.casework.clients import birth_of
from coachdesk.casework.enrolments import EnrolmentRow, list_enrolments
from coachdesk.casework.identifiers import national_insurance_number, postcode
from coachdesk.errors import Refusal
from coachdesk.models import Circumstances, Client, Equality
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

PLAIN = (
    "first_name", "last_name", "known_as", "previous_names", "pronouns", "nino", "address", "town", "postcode",
    "no_fixed_abode", "local_authority", "icb", "ward", "phone", "email", "may_call", "may_leave_voicemail", "may_text",
    "may_email", "may_post", "safe_contact_note", "language", "interpreter", "communication_needs",
    "emergency_contact", "risk_note", "coach_id", "hub_id",
)  # fmt: skip
EQUALITY = (
    "sex", "gender_identity", "ethnic_group", "long_condition", "activity_restriction", "religion",
    "sexual_orientation", "carer", "marital_status", "armed_forces",
)  # fmt: skip
CIRCUMSTANCES = (
    "economic_activity", "qualification", "housing", "household", "caring", "transport", "digital_access",
)  # fmt: skip
_NOT_ASKED_HERE = ("benefits", "work_restrictions")
_GONE = "This client is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDetails:
    """Everything held about a client that a form can show: values by field name."""

    client_id: UUID
    values: Mapping[str, Any]
    equality: Mapping[str, str]
    circumstances: Mapping[str, str]
    circumstances_on: dt.date | None
    equality_on: dt.date | None
    equality_method: str
    enrolments: tuple[EnrolmentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was saved, and what may be worth a second look."""

    warnings: tuple[str, ...] = ()


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(_GONE)
    return client


def read_details(session: Session, client_id: UUID) -> ClientDetails:
    """Return a client's details; raises Refusal when there is no such client."""
    check_may_see(session, client_id)
    client = _client(session, client_id)
    equality = session.scalar(select(Equality).where(Equality.client_id == client_id))
    latest = _latest(session, client_id)
    unsaid = str(Unstated.NOT_ASKED)
    return ClientDetails(
        client_id=client_id,
        values={**{name: getattr(client, name) for name in PLAIN}, "birth": birth_text(birth_of(client))},
        equality={name: getattr(equality, name) if equality else unsaid for name in EQUALITY},
        circumstances={name: getattr(latest, name) if latest else unsaid for name in CIRCUMSTANCES},
        circumstances_on=latest.as_on if latest else None,
        equality_on=equality.collected_on if equality else None,
        equality_method=equality.method if equality else "",
        enrolments=list_enrolments(session, client_id),
    )


def _latest(session: Session, client_id: UUID, until: dt.date | None = None) -> Circumstances | None:
    query = select(Circumstances).where(
        Circumstances.client_id == client_id, Circumstances.archived_at.is_(None)
    )
    if until is not None:
        query = query.where(Circumstances.as_on <= until)
    return session.scalars(
        query.order_by(Circumstances.as_on.desc(), Circumstances.id.desc()).limit(1)
    ).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDetails:
    """Changed fields of a client by name; ``birth`` as typed."""

    client_id: UUID
    values: Mapping[str, Any]


def save_details(session: Session, wish: SaveDetails) -> Saved:
    """Write the changed fields; return what may be worth a second look.

    Raises Refusal for a birth date that cannot be, a National Insurance number of the wrong shape, a name
    taken away altogether, and fields that are not part of the details.
    """
    client = _client(session, wish.client_id)
    values, warnings = dict(wish.values), []
    birth = values.pop("birth", None)
    unknown = set(values) - set(PLAIN)
    if unknown:
        raise Refusal(f"These cannot be changed here: {', '.join(sorted(unknown))}.")
    if birth is not None:
        _set_birth(client, str(birth), clock_of(session).today())
    if "nino" in values:
        values["nino"] = national_insurance_number(values["nino"])
    if "postcode" in values:
        values["postcode"], looks_right = postcode(values["postcode"])
        if not looks_right:
            warnings.append("The postcode does not look like one; it was kept as typed.")
    for name, value in values.items():
        setattr(client, name, value.strip() if isinstance(value, str) else value)
    if not (client.first_name or client.last_name or client.known_as):
        raise Refusal("Some name is needed.", fields={"first_name": "Type some name."})
    describe(session, f"Changed details of {client.initials()}")
    return Saved(warnings=tuple(warnings))


def _set_birth(client: Client, typed: str, today: dt.date) -> None:
    birth = parse_birth(typed, today)
    client.born_from, client.born_to = birth.born_from, birth.born_to
    client.birth_precision, client.birth_told_on = birth.precision, birth.told_on


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEquality:
    """Answers to the equality questions; each is a code or one of the four non-answers."""

    client_id: UUID
    answers: Mapping[str, str]
    method: str = ""


def save_equality(session: Session, wish: SaveEquality) -> None:
    """Write the answers given; raises Refusal for a question that is not asked here."""
    client = _client(session, wish.client_id)
    unknown = set(wish.answers) - set(EQUALITY)
    if unknown:
        raise Refusal(f"These are not equality questions: {', '.join(sorted(unknown))}.")
    equality = session.scalar(select(Equality).where(Equality.client_id == client.id))
    if equality is None:
        equality = Equality(client_id=client.id)
        session.add(equality)
    for name, answer in wish.answers.items():
        setattr(equality, name, answer or str(Unstated.NOT_ASKED))
    equality.collected_on, equality.method = clock_of(session).today(), wish.method
    describe(session, f"Changed equality answers of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCircumstances:
    """How things stand on a day: a new snapshot, the earlier ones stay.

    What is None was not asked: benefits and what limits work are carried over then.
    """

    client_id: UUID
    as_on: dt.date
    answers: Mapping[str, str]
    benefits: tuple[str, ...] | None = None
    work_restrictions: str | None = None
    months_since_work: int | None = None


def save_circumstances(session: Session, wish: SaveCircumstances) -> UUID:
    """Add a snapshot, carrying over what was not asked again; return its id.

    What is carried over comes from the last snapshot of that day or before it. How long somebody has been out of
    work is true of its own day only, and is never carried over. Raises Refusal for a day to come.
    """
    client = _client(session, wish.client_id)
    unknown = set(wish.answers) - set(CIRCUMSTANCES)
    if unknown:
        raise Refusal(f"These are not part of the circumstances: {', '.join(sorted(unknown))}.")
    if wish.as_on > clock_of(session).today():
        sentence = "Nobody knows yet how things will stand."
        raise Refusal(sentence, fields={"as_on": sentence})
    before = _latest(session, client.id, wish.as_on)
    carried = _carried(before) if before else {}
    told = {name: answer or str(Unstated.NOT_ASKED) for name, answer in wish.answers.items()}
    snapshot = Circumstances(client_id=client.id, as_on=wish.as_on, **{**carried, **told})
    _tell_more(snapshot, wish)
    session.add(snapshot)
    describe(session, f"Recorded circumstances of {client.initials()}")
    return snapshot.id


def _tell_more(snapshot: Circumstances, wish: SaveCircumstances) -> None:
    """Write what has no list; an answer takes the place of a non-answer that was carried over."""
    unstated = dict(snapshot.unstated or {})
    snapshot.months_since_work = wish.months_since_work
    if wish.benefits is not None:
        snapshot.benefits = [one.strip() for one in wish.benefits if one.strip()]
        unstated.pop("benefits", None)
    if wish.work_restrictions is not None:
        snapshot.work_restrictions = wish.work_restrictions.strip()
        unstated.pop("work_restrictions", None)
    snapshot.unstated = unstated


def _carried(before: Circumstances) -> dict[str, Any]:
    unstated = {name: why for name, why in before.unstated.items() if name in _NOT_ASKED_HERE}
    same = {name: deepcopy(getattr(before, name)) for name in (*CIRCUMSTANCES, *_NOT_ASKED_HERE)}
    return {**same, "unstated": unstated}
