"""Where an employer's people work, and whom we talk to there."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.employers import standing_employer
from coachdesk.casework.identifiers import postcode
from coachdesk.errors import Refusal
from coachdesk.models import EmployerPerson, EmployerSite
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.work import clock_of, describe

_SITE_GONE = "This site is not there any more."
_PERSON_GONE = "This person is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A place where an employer's people work."""

    id: UUID
    name: str
    address: str
    town: str
    postcode: str
    phone: str
    access_note: str

    @property
    def called(self) -> str:
        """How a site is spoken of: its name, else its town, else where it stands."""
        return self.name or self.town or self.address.partition("\n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPersonRow:
    """Somebody at an employer whom we talk to; ``site`` says where in words."""

    id: UUID
    name: str
    job_title: str
    phone: str
    email: str
    decides: bool
    left_on: dt.date | None
    note: str
    site_id: UUID | None
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPlaces:
    """The sites of an employer, and its people: those who left stand last."""

    sites: tuple[SiteRow, ...]
    people: tuple[EmployerPersonRow, ...]


def read_places(session: Session, employer_id: UUID) -> EmployerPlaces:
    """Return the sites and people of an employer; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return EmployerPlaces(sites=(), people=())
    sites = tuple(
        _site_row(one)
        for one in session.scalars(
            select(EmployerSite)
            .where(EmployerSite.employer_id == employer_id, EmployerSite.archived_at.is_(None))
            .order_by(EmployerSite.id)
        )
    )
    called = {one.id: one.called for one in sites}
    people = session.scalars(
        select(EmployerPerson)
        .where(EmployerPerson.employer_id == employer_id, EmployerPerson.archived_at.is_(None))
        .order_by(EmployerPerson.left_on.is_not(None), EmployerPerson.id)
    )
    return EmployerPlaces(sites=sites, people=tuple(_person_row(one, called) for one in people))


def _site_row(one: EmployerSite) -> SiteRow:
    return SiteRow(
        id=one.id,
        name=one.name,
        address=one.address,
        town=one.town,
        postcode=one.postcode,
        phone=one.phone,
        access_note=one.access_note,
    )


def _person_row(one: EmployerPerson, sites: dict[UUID, str]) -> EmployerPersonRow:
    return EmployerPersonRow(
        id=one.id,
        name=one.name,
        job_title=one.job_title,
        phone=one.phone,
        email=one.email,
        decides=one.decides,
        left_on=one.left_on,
        note=one.note,
        site_id=one.site_id if one.site_id in sites else None,
        site=sites.get(one.site_id, "") if one.site_id is not None else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSite:
    """A site of an employer, new (without an id) or changed."""

    employer_id: UUID
    site_id: UUID | None = None
    name: str = ""
    address: str = ""
    town: str = ""
    postcode: str = ""
    phone: str = ""
    access_note: str = ""


def save_site(session: Session, wish: SaveSite) -> UUID:
    """Write down a site; return its id. Raises Refusal for one that says nothing of where it is, or is gone."""
    employer = standing_employer(session, wish.employer_id)
    if not (wish.name.strip() or wish.address.strip() or wish.town.strip()):
        said = "Say where it is: a name, an address or a town."
        raise Refusal(said, fields={"name": said})
    site = EmployerSite(employer_id=employer.id) if wish.site_id is None else _site(session, wish.site_id)
    site.name, site.address, site.town = wish.name.strip(), wish.address.strip(), wish.town.strip()
    site.postcode, site.phone = postcode(wish.postcode)[0], wish.phone.strip()
    site.access_note = wish.access_note.strip()
    session.add(site)
    describe(session, f"{'Added' if wish.site_id is None else 'Changed'} a site of {employer.name}")
    return site.id


def put_site_away(session: Session, site_id: UUID) -> None:
    """Put a site away; what names it goes on doing so. Raises Refusal when it is gone."""
    site = _site(session, site_id)
    site.archived_at = clock_of(session).now()
    describe(session, f"Put away a site of {standing_employer(session, site.employer_id).name}")


def _site(session: Session, site_id: UUID) -> EmployerSite:
    site = session.get(EmployerSite, site_id)
    if site is None or site.archived_at is not None:
        raise Refusal(_SITE_GONE)
    return site


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEmployerPerson:
    """Somebody at an employer, new (without an id) or changed."""

    employer_id: UUID
    name: str
    person_id: UUID | None = None
    site_id: UUID | None = None
    job_title: str = ""
    phone: str = ""
    email: str = ""
    decides: bool = False
    left_on: dt.date | None = None
    note: str = ""


def save_employer_person(session: Session, wish: SaveEmployerPerson) -> UUID:
    """Write down whom we talk to; return their id. Raises Refusal without a name, or for somebody who is gone."""
    employer = standing_employer(session, wish.employer_id)
    if not wish.name.strip():
        raise Refusal("Who is it?", fields={"name": "Type a name, or what they do: Reception."})
    new = wish.person_id is None
    person = EmployerPerson(employer_id=employer.id) if new else _person(session, wish.person_id)
    person.name, person.job_title, person.site_id = wish.name.strip(), wish.job_title.strip(), wish.site_id
    person.phone, person.email, person.note = wish.phone.strip(), wish.email.strip(), wish.note.strip()
    person.decides, person.left_on = wish.decides, wish.left_on
    session.add(person)
    describe(session, f"{'Added' if new else 'Changed'} somebody at {employer.name}")
    return person.id


def put_employer_person_away(session: Session, person_id: UUID) -> None:
    """Put somebody at an employer away; raises Refusal when they are gone."""
    person = _person(session, person_id)
    person.archived_at = clock_of(session).now()
    describe(session, f"Put away somebody at {standing_employer(session, person.employer_id).name}")


def _person(session: Session, person_id: UUID | None) -> EmployerPerson:
    person = session.get(EmployerPerson, person_id)
    if person is None or person.archived_at is not None:
        raise Refusal(_PERSON_GONE)
    return person
