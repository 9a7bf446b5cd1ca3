"""The people around a client, family and professionals, and whether we may talk to each of them (facts 12.2)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.consents import (
    ConsentState,
    GiveConsent,
    WithdrawConsent,
    consents_of,
    give_consent,
    is_in_force,
    state_on,
    withdraw_consent,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent, PersonAround
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.folding import fold
from coachdesk.vault.work import clock_of, describe

NO_PERMISSION = "We do not talk to them without permission"
_GONE = "This person is not there any more."
_NOBODY = "Write who it is: a name, or where they work."
_PURPOSES = {
    "family": "share_family",
    "friend": "share_family",
    "gp": "share_health",
    "social_prescriber": "share_health",
    "mental_health": "share_health",
}
_OTHER_PURPOSE = "share_professional"
"""Everybody else is a professional of some kind: the narrower permission, should nobody have said which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody around the client; ``talk`` says in words whether we may talk to them, ``covers`` about what."""

    id: UUID
    name: str
    relation: str
    relation_words: str
    organisation: str
    phone: str
    email: str
    note: str
    may_talk: bool
    talk: str
    covers: str
    consent_id: UUID | None

    @property
    def called(self) -> str:
        """How they are spoken of: their name, or where they work."""
        return self.name or self.organisation


def list_people_around(session: Session, question: ClientQuestion) -> tuple[PersonRow, ...]:
    """Return the people around a client in the order in which they were added."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "relation", "how_given")
    held = consents_of(session, question.client_id)
    query = select(PersonAround).where(
        PersonAround.client_id == question.client_id, PersonAround.archived_at.is_(None)
    )
    return tuple(
        _row(person, _permission(person, held, question.today), titles, question.today)
        for person in session.scalars(query.order_by(PersonAround.id))
    )


def _permission(person: PersonAround, held: list[Consent], today: dt.date) -> Consent | None:
    """Return the permission to talk to this very person: the one they were given, or the same one given again."""
    given = next((one for one in held if one.id == person.consent_id), None)
    if given is None or is_in_force(given, today):
        return given
    again = (one for one in held if _alike(one) == _alike(given) and is_in_force(one, today))
    return next(again, given)


def _alike(consent: Consent) -> tuple[str, str]:
    return consent.purpose, fold(consent.recipient)


def _row(
    person: PersonAround, consent: Consent | None, titles: dict[str, dict[str, str]], today: dt.date
) -> PersonRow:
    is_told = person.relation != Unstated.NOT_ASKED
    may_talk = consent is not None and is_in_force(consent, today)
    return PersonRow(
        id=person.id,
        name=person.name,
        relation=person.relation,
        relation_words=titles["relation"].get(person.relation, person.relation) if is_told else "",
        organisation=person.organisation,
        phone=person.phone,
        email=person.email,
        note=person.note,
        may_talk=may_talk,
        talk=_talk(person, consent, titles["how_given"], today),
        covers=consent.data_covered if consent is not None and may_talk else "",
        consent_id=consent.id if consent is not None else None,
    )


def _recipient(person: PersonAround) -> str:
    return ", ".join(part for part in (person.name, person.organisation) if part)


def _talk(person: PersonAround, consent: Consent | None, how: dict[str, str], today: dt.date) -> str:
    if consent is None or consent.given_on is None:
        return f"{NO_PERMISSION}."
    if not is_in_force(consent, today):
        return f"{NO_PERMISSION}{_why_not(consent, today)}."
    told = [f"We may talk to them: said so on {_day(consent.given_on)}"]
    if consent.how_given not in set(Unstated):
        told.append(how.get(consent.how_given, consent.how_given).lower())
    if consent.expires_on is not None:
        told.append(f"until {_day(consent.expires_on)}")
    if consent.recipient and consent.recipient != _recipient(person):
        told.append(f"about {consent.recipient}")  # the permission was given for whoever stood here then
    return ", ".join(told) + "."


def _why_not(consent: Consent, today: dt.date) -> str:
    """Return why a permission does not hold, as the consents themselves say it."""
    said = {
        ConsentState.WITHDRAWN: ("it was withdrawn on", consent.withdrawn_on),
        ConsentState.EXPIRED: ("it ended on", consent.expires_on),
        ConsentState.NOT_YET: ("it begins on", consent.given_on),
    }
    words, on = said.get(state_on(consent, today), ("", None))
    return f": {words} {_day(on)}" if on is not None else ""


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePerson:
    """Somebody around a client, new or changed; without ``person_id`` they are added.

    ``permission_on`` is the day on which the client said that we may talk to them, None when they did not.
    """

    client_id: UUID
    person_id: UUID | None = None
    name: str = ""
    relation: str = Unstated.NOT_ASKED
    organisation: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    permission_on: dt.date | None = None
    how_given: str = Unstated.NOT_ASKED
    expires_on: dt.date | None = None
    data_covered: str = ""


def save_person(session: Session, wish: SavePerson) -> UUID:
    """Add or change somebody, with the permission to talk to them where the client gave it; return their id.

    Raises Refusal without a name or an organisation, for somebody who is gone, and for a permission of a day to come.
    """
    client = _client(session, wish.client_id)
    if not (wish.name.strip() or wish.organisation.strip()):
        raise Refusal(_NOBODY, fields={"name": _NOBODY})
    person = PersonAround(client_id=client.id) if wish.person_id is None else _person(session, wish.person_id)
    person.name, person.organisation = wish.name.strip(), wish.organisation.strip()
    person.relation = wish.relation
    person.phone, person.email, person.note = wish.phone.strip(), wish.email.strip(), wish.note.strip()
    session.add(person)
    if wish.permission_on is not None:
        given = PermitTalking(
            person_id=person.id,
            given_on=wish.permission_on,
            how_given=wish.how_given,
            expires_on=wish.expires_on,
            data_covered=wish.data_covered,
        )
        _permit(session, person, given)
    did = "Added" if wish.person_id is None else "Changed"
    describe(session, f"{did} somebody around {client.initials()}")
    return person.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitTalking:
    """The client says that we may talk to somebody around them."""

    person_id: UUID
    given_on: dt.date
    how_given: str = Unstated.NOT_ASKED
    expires_on: dt.date | None = None
    data_covered: str = ""


def permit_talking(session: Session, wish: PermitTalking) -> None:
    """Record the permission for this very person; raises Refusal when they are gone or the days do not fit."""
    person = _person(session, wish.person_id)
    _permit(session, person, wish)
    describe(session, f"May talk to somebody around {_client(session, person.client_id).initials()}")


def _permit(session: Session, person: PersonAround, wish: PermitTalking) -> None:
    given = GiveConsent(
        client_id=person.client_id,
        purpose=_PURPOSES.get(person.relation, _OTHER_PURPOSE),
        recipient=_recipient(person),
        data_covered=wish.data_covered,
        how_given=wish.how_given,
        given_on=wish.given_on,
        expires_on=wish.expires_on,
    )
    person.consent_id = give_consent(session, given)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTalking:
    """The client takes the permission back; that is always possible."""

    person_id: UUID


def stop_talking(session: Session, wish: StopTalking) -> None:
    """Withdraw the permission to talk to somebody from today; raises Refusal where there is none."""
    person = _person(session, wish.person_id)
    if not _withdraw(session, person):
        raise Refusal("There is no permission in force to take back.")
    describe(session, f"No longer talking to somebody around {_client(session, person.client_id).initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePerson:
    """Somebody is not around the client any more."""

    person_id: UUID


def remove_person(session: Session, wish: RemovePerson) -> None:
    """Put somebody away, and withdraw a permission that is for them alone; raises Refusal when they are gone."""
    person = _person(session, wish.person_id)
    _withdraw(session, person)
    person.archived_at = clock_of(session).now()
    describe(
        session,
        f"Took somebody from the people around {_client(session, person.client_id).initials()}",
    )


def _withdraw(session: Session, person: PersonAround) -> bool:
    """Take back the permission in force from today; return whether there was one."""
    today = clock_of(session).today()
    consent = _permission(person, consents_of(session, person.client_id), today)
    if consent is None or not is_in_force(consent, today):
        return False
    withdraw_consent(session, WithdrawConsent(consent_id=consent.id, withdrawn_on=today))
    return True


def _person(session: Session, person_id: UUID) -> PersonAround:
    person = session.get(PersonAround, person_id)
    if person is None or person.archived_at is not None:
        raise Refusal(_GONE)
    return person


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    return client
