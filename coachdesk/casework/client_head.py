"""One client's head: who it is and what one looks for first."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, exists, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import birth_words
from coachdesk.casework.clients import ClientQuestion, birth_of
from coachdesk.casework.codes import titles_of
from coachdesk.casework.definition import read_definition
from coachdesk.casework.due_words import ago_words, due_words
from coachdesk.casework.enrolments import EnrolmentRow, list_enrolments
from coachdesk.casework.joined import is_joined
from coachdesk.casework.plain_rows import key_of, plain_rows
from coachdesk.casework.running_work import running_work
from coachdesk.casework.safe_contact import speaking_needs
from coachdesk.casework.standing import Standing, standing_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Consent, Contact, Erasure, Goal, Hub, Programme
from coachdesk.terms import UNSTATED_WORDS, Role
from coachdesk.vault.caseload_rights import acting_role, check_may_see

_LONGEST_GOAL = 80
_SAFE = (
    ("may_call", "May be called", "Do not call"),
    ("may_leave_voicemail", "Voicemail is fine", "No voicemail"),
    ("may_text", "Texts are fine", "No texts"),
    ("may_email", "Email is fine", "No email"),
    ("may_post", "Post is fine", "No post"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientHead:
    """The top of a client's page, in words."""

    id: UUID
    name: str
    full_name: str
    reference: str
    pronouns: str
    birth_words: str
    town: str
    postcode: str
    phone: str
    email: str
    coach: str
    hub: str
    stage: str
    tone: str
    communication_needs: str
    safe_contact: tuple[str, ...]
    risk_note: str
    emergency_contact: str
    next_due_words: str
    next_due_on: dt.date | None
    last_contact_words: str
    goal_words: str
    consent_words: str
    enrolments: tuple[EnrolmentRow, ...]
    is_closed: bool
    is_put_away: bool = False
    is_erased: bool = False
    is_joined: bool = False
    """Whether this record was joined with another one, which can be taken apart again."""
    reader_is_manager: bool = False


# Put together once: for one client, putting a question into SQL costs more than answering it.
_THEIRS: BindParameter[UUID] = bindparam("client")
_WHO = (
    select(Client, Coach.name, Hub.name, exists().where(Erasure.client_id == Client.id))
    .outerjoin(Coach, Coach.id == Client.coach_id)
    .outerjoin(Hub, Hub.id == Client.hub_id)
    .where(Client.id == _THEIRS)
)


def read_client(session: Session, question: ClientQuestion) -> ClientHead:
    """Return a client's head; raises Refusal when there is no such client."""
    check_may_see(session, question.client_id)
    row = session.execute(_WHO, {"client": question.client_id}).first()
    if row is None:
        raise Refusal("This client is not there any more.")
    client, coach, hub, erased = row
    today = question.today
    standing = standing_of(session, today, client.id)
    standing.dues += _check_ins(session, client.id, standing, today)
    due_on = standing.due_on()
    titles = titles_of(session, "stage", "channel", "eligibility_reason")  # the last for the enrolments
    return ClientHead(
        id=client.id,
        name=client.called(),
        full_name=" ".join(part for part in (client.first_name, client.last_name) if part),
        reference=client.reference,
        pronouns=client.pronouns,
        birth_words=birth_words(birth_of(client), today),
        town=client.town,
        postcode="No fixed abode" if client.no_fixed_abode else client.postcode,
        phone=client.phone,
        email=client.email,
        coach=coach or "",
        hub=hub or "",
        stage=standing.stage(today, titles["stage"]),
        tone=_tone(standing),
        communication_needs=speaking_needs(
            {name: getattr(client, name) for name in ("communication_needs", "interpreter", "language")}
        ).replace("\n", " "),
        safe_contact=_safe(client),
        risk_note=client.risk_note,
        emergency_contact=client.emergency_contact,
        next_due_words=due_words(due_on, today),
        next_due_on=due_on,
        last_contact_words=_last_contact(session, client.id, titles["channel"], today),
        goal_words=_goal(session, client.id),
        consent_words=_consent(session, client.id, today),
        enrolments=list_enrolments(session, client.id),
        is_closed=not standing.is_open,
        is_put_away=client.archived_at is not None,
        is_erased=erased,
        is_joined=is_joined(session, client.id),
        reader_is_manager=acting_role(session) is Role.MANAGER,
    )


def _check_ins(session: Session, client_id: UUID, standing: Standing, today: dt.date) -> list[dt.date]:
    """Return the day of the check-in that each job going on calls for; nobody is asked about whoever is not in work."""
    if standing.enrolment is None or standing.job_started_on is None:
        return []
    programme = session.get_one(Programme, key_of(standing.enrolment.programme_id))
    rules = read_definition(programme.definition)
    slots = (job.next_slot(rules, today) for job in running_work(session, today, [client_id]))
    return [slot.on for slot in slots if slot is not None]


def _tone(standing: Standing) -> str:
    if not standing.is_open:
        return "neutral"
    return "ok" if standing.job_started_on is not None else "info"


def _safe(client: Client) -> tuple[str, ...]:
    said = [
        yes if getattr(client, name) == "yes" else no
        for name, yes, no in _SAFE
        if getattr(client, name) in {"yes", "no"}
    ]
    return (*said, client.safe_contact_note) if client.safe_contact_note else tuple(said)


_LAST = (
    select(Contact.happened_on, Contact.channel)
    .where(Contact.client_id == _THEIRS, Contact.archived_at.is_(None))
    .order_by(Contact.happened_on.desc(), Contact.id.desc())
    .limit(1)
)
_HOPED = (
    select(Goal.own_words)
    .where(Goal.client_id == _THEIRS, Goal.achieved_on.is_(None), Goal.archived_at.is_(None))
    .order_by(Goal.position, Goal.id)
    .limit(1)
)
_PERMITTED = (
    select(Consent.given_on, Consent.expires_on)
    .where(
        Consent.client_id == _THEIRS,
        Consent.given_on.is_not(None),
        Consent.withdrawn_on.is_(None),
        Consent.archived_at.is_(None),
    )
    .order_by(Consent.given_on, Consent.id)
)


def _last_contact(session: Session, client_id: UUID, channels: Mapping[str, str], today: dt.date) -> str:
    for happened_on, channel in plain_rows(session, _LAST, {"client": client_id}):
        how = "" if channel in UNSTATED_WORDS else channels.get(channel, "")
        words = ago_words(happened_on, today)
        return f"{words}, {how.lower()}" if how else words
    return ""


def _goal(session: Session, client_id: UUID) -> str:
    for (words,) in plain_rows(session, _HOPED, {"client": client_id}):
        return words if len(words) <= _LONGEST_GOAL else f"{words[: _LONGEST_GOAL - 1]}…"
    return ""


def _consent(session: Session, client_id: UUID, today: dt.date) -> str:
    """Return the newest permission in force, else the day on which the last one ended."""
    rows = plain_rows(session, _PERMITTED, {"client": client_id})
    in_force = [(given, ends) for given, ends in rows if given and (ends is None or ends >= today)]
    if in_force:
        given, ends = in_force[-1]
        return f"Given {given.day} {given:%b %Y}" + (f", to {ends:%b %Y}" if ends is not None else "")
    ended = max((ends for _, ends in rows if ends is not None), default=None)
    return f"Ended {ended.day} {ended:%b %Y}" if ended is not None else ""
