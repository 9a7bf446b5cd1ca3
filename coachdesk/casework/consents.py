"""Consent: single permissions, each with its purpose, data and recipient; given, renewed and withdrawn."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent, Enrolment, Programme
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.folding import fold
from coachdesk.vault.work import clock_of, describe

_GONE = "This permission is not there any more."
_LATER = "This is later than today."


class ConsentState(StrEnum):
    """How a permission stands on a day."""

    IN_FORCE = "in_force"
    RENEWED = "renewed"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNDATED = "undated"


def state_on(consent: Consent, on: dt.date) -> ConsentState:
    """Return how a permission stands on a day.

    It holds from the day it was given through the day it expires; on the day it is withdrawn it holds no more. One
    without a day it was given cannot be shown to have been given, and never holds.
    """
    if consent.withdrawn_on is not None and consent.withdrawn_on <= on:
        return ConsentState.WITHDRAWN
    if consent.given_on is None:
        return ConsentState.UNDATED
    if consent.given_on > on:
        return ConsentState.NOT_YET
    if consent.expires_on is not None and consent.expires_on < on:
        return ConsentState.EXPIRED
    return ConsentState.IN_FORCE


def is_in_force(consent: Consent, on: dt.date) -> bool:
    """Return whether something may be done by this permission on a day: the one place where that is decided."""
    return consent.archived_at is None and state_on(consent, on) is ConsentState.IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """After how many days a permission is talked about again, and where that rule comes from."""

    days: int
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One permission in words; ``recheck_on`` is set while it is in force and a programme has a rule for it."""

    id: UUID
    purpose: str
    purpose_key: str
    data_covered: str
    recipient: str
    how_given: str
    wording_version: str
    witness: str
    given_on: dt.date | None
    expires_on: dt.date | None
    withdrawn_on: dt.date | None
    state: ConsentState
    recheck_on: dt.date | None
    recheck_origin: str


def list_consents(session: Session, question: ClientQuestion) -> tuple[ConsentRow, ...]:
    """Return a client's permissions, the newest first."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "consent_purpose", "how_given")
    rule = recheck_rule(session, question.client_id)
    held = consents_of(session, question.client_id)
    newest = _newest_in_force(held, question.today)
    return tuple(_row(one, titles, _state(one, newest, question.today), rule) for one in held)


def consents_of(session: Session, client_id: UUID) -> list[Consent]:
    """Return a client's permissions as records, the newest first, for whoever has been checked already."""
    query = (
        select(Consent)
        .where(Consent.client_id == client_id, Consent.archived_at.is_(None))
        .order_by(Consent.given_on.is_(None), Consent.given_on.desc(), Consent.id.desc())
    )
    return list(session.scalars(query))


def _alike(consent: Consent) -> tuple[str, str, str]:
    """Return what makes two permissions the same one given twice."""
    return consent.purpose, fold(consent.recipient), fold(consent.data_covered)


def _newest_in_force(held: Iterable[Consent], on: dt.date) -> dict[tuple[str, str, str], UUID]:
    found: dict[tuple[str, str, str], UUID] = {}
    for consent in held:
        if is_in_force(consent, on):
            found.setdefault(_alike(consent), consent.id)
    return found


def _state(consent: Consent, newest: Mapping[tuple[str, str, str], UUID], on: dt.date) -> ConsentState:
    state = state_on(consent, on)
    newer = newest.get(_alike(consent), consent.id) != consent.id
    was_good = state in {ConsentState.IN_FORCE, ConsentState.EXPIRED}
    return ConsentState.RENEWED if newer and was_good else state


def _row(
    consent: Consent, titles: Mapping[str, Mapping[str, str]], state: ConsentState, rule: Recheck | None
) -> ConsentRow:
    recheck_on = None
    if rule is not None and consent.given_on is not None and state is ConsentState.IN_FORCE:
        recheck_on = consent.given_on + dt.timedelta(days=rule.days)
    return ConsentRow(
        id=consent.id,
        purpose=titles["consent_purpose"].get(consent.purpose, consent.purpose),
        purpose_key=consent.purpose,
        data_covered=consent.data_covered,
        recipient=consent.recipient,
        how_given=titles["how_given"].get(consent.how_given, consent.how_given),
        wording_version=consent.wording_version,
        witness=consent.witness,
        given_on=consent.given_on,
        expires_on=consent.expires_on,
        withdrawn_on=consent.withdrawn_on,
        state=state,
        recheck_on=recheck_on,
        recheck_origin=rule.origin if rule is not None and recheck_on is not None else "",
    )


def recheck_rule(session: Session, client_id: UUID) -> Recheck | None:
    """Return the shortest re-check of the programmes a client is on (facts 12.5), or None where none has a rule."""
    query = (
        select(Programme)
        .join(Enrolment, Enrolment.programme_id == Programme.id)
        .where(Enrolment.client_id == client_id, Enrolment.exit_on.is_(None), Enrolment.archived_at.is_(None))
    )
    dues = [programme.definition.get("due", {}) for programme in session.scalars(query)]
    rules = [
        Recheck(days=int(due["consent_days"]), origin=str(due.get("consent_source", "")))
        for due in dues
        if due.get("consent_days")
    ]
    return min(rules, key=_days, default=None)


def _days(rule: Recheck) -> int:
    return rule.days


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """A permission the client gives; ``data_covered`` names what may be told, one after the other, parted by ``;``."""

    client_id: UUID
    purpose: str
    given_on: dt.date
    how_given: str = Unstated.NOT_ASKED
    recipient: str = ""
    data_covered: str = ""
    expires_on: dt.date | None = None
    wording_version: str = ""
    witness: str = ""


def give_consent(session: Session, wish: GiveConsent) -> UUID:
    """Record a permission; return its id.

    Raises Refusal without a purpose, for a day that is still to come, and when it would end before it begins.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if not wish.purpose or wish.purpose in UNSTATED_WORDS:
        sentence = "Say what the permission is for."
        raise Refusal(sentence, fields={"purpose": sentence})
    consent = _given(session, wish)
    describe(session, f"Recorded a permission of {client.initials()}")
    return consent.id


def _given(session: Session, wish: GiveConsent) -> Consent:
    if wish.given_on > clock_of(session).today():
        raise Refusal("A permission is recorded once it has been given.", fields={"given_on": _LATER})
    if wish.expires_on is not None and wish.expires_on < wish.given_on:
        raise Refusal(
            "The permission ends before it begins.", fields={"expires_on": "This is before it was given."}
        )
    consent = Consent(
        client_id=wish.client_id,
        purpose=wish.purpose,
        data_covered=wish.data_covered.strip(),
        recipient=wish.recipient.strip(),
        how_given=wish.how_given,
        wording_version=wish.wording_version.strip(),
        given_on=wish.given_on,
        expires_on=wish.expires_on,
        witness=wish.witness.strip(),
    )
    session.add(consent)
    return consent


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewConsent:
    """The client gives the same permission again: for the same purpose, recipient and data."""

    consent_id: UUID
    given_on: dt.date
    how_given: str = Unstated.NOT_ASKED
    expires_on: dt.date | None = None
    wording_version: str = ""
    witness: str = ""


def renew_consent(session: Session, wish: RenewConsent) -> UUID:
    """Record that a permission was given again; the earlier one stays as it was. Return the new one's id.

    Raises Refusal as ``give_consent`` does, and when the permission is gone.
    """
    earlier, client = _held(session, wish.consent_id)
    consent = _given(
        session,
        GiveConsent(
            client_id=client.id,
            purpose=earlier.purpose,
            recipient=earlier.recipient,
            data_covered=earlier.data_covered,
            given_on=wish.given_on,
            how_given=wish.how_given,
            expires_on=wish.expires_on,
            wording_version=wish.wording_version,
            witness=wish.witness,
        ),
    )
    describe(session, f"Renewed a permission of {client.initials()}")
    return consent.id


def _held(session: Session, consent_id: UUID) -> tuple[Consent, Client]:
    consent = session.get(Consent, consent_id)
    client = session.get(Client, consent.client_id) if consent is not None else None
    if consent is None or client is None:
        raise Refusal(_GONE)
    return consent, client


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """The client takes a permission back; that is always possible."""

    consent_id: UUID
    withdrawn_on: dt.date


def withdraw_consent(session: Session, wish: WithdrawConsent) -> None:
    """Record the withdrawal, of this permission and of the same one given earlier, so that none of them holds on.

    Raises Refusal when the permission is gone or was given later, and for a day that is still to come.
    """
    consent, client = _held(session, wish.consent_id)
    if consent.given_on is not None and wish.withdrawn_on < consent.given_on:
        raise Refusal(
            "It was given later than that.", fields={"withdrawn_on": "This is before it was given."}
        )
    if wish.withdrawn_on > clock_of(session).today():
        raise Refusal("A withdrawal holds from the day it is said.", fields={"withdrawn_on": _LATER})
    consent.withdrawn_on = wish.withdrawn_on
    for other in consents_of(session, client.id):
        if _alike(other) == _alike(consent) and is_in_force(other, wish.withdrawn_on):
            other.withdrawn_on = wish.withdrawn_on
    describe(session, f"Recorded a withdrawn permission of {client.initials()}")
