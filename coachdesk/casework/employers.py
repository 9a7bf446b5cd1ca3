"""Employers as equals of clients: the list with its figures, the facts of one, and how an employer is found again.

An employer belongs to the whole team. A trustee, who keeps keys and reads no records, sees none of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.employer_stays import LONG_STAY_WEEKS, Stays, all_stays
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.errors import Refusal
from coachdesk.models import Employer, EmployerContact, EmployerScheme, EmployerSite, Scheme
from coachdesk.terms import UNSTATED_WORDS, Role, Unstated
from coachdesk.vault.caseload_rights import TRUSTEE_KEEPS_KEYS, acting_role
from coachdesk.vault.folding import fold
from coachdesk.vault.work import clock_of, describe

GONE = "This employer is not there any more."
_NOBODY = Stays()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerLine:
    """An employer in the list, with what one chooses by; ``sector`` and ``size`` are words."""

    id: UUID
    name: str
    town: str
    places: str
    sector: str
    size: str
    is_anchor: bool
    do_not_approach: str
    schemes: tuple[str, ...]
    runs_out_on: dt.date | None
    follow_up_on: dt.date | None
    last_contact_on: dt.date | None
    stays: Stays

    def is_due(self, today: dt.date) -> bool:
        """Return whether somebody said they would be in touch by now."""
        return self.follow_up_on is not None and self.follow_up_on <= today


def list_employers(session: Session, today: dt.date) -> tuple[EmployerLine, ...]:
    """Return every employer that stands, by name, with figures read for all of them at once; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    titles = titles_of(session, "sector", "size_band")
    towns = _site_towns(session)
    schemes = _schemes(session)
    talks = _talks(session)
    stays = all_stays(session, today)
    query = select(
        as_kept(Employer.id), Employer.name, Employer.town, Employer.sector, Employer.size_band,
        Employer.is_anchor, Employer.do_not_approach,
    ).where(Employer.archived_at.is_(None)).order_by(Employer.folded, Employer.id)  # fmt: skip
    found = []
    for key, name, town, sector, size, is_anchor, stay_away in plain_rows(session, query):
        held, runs_out = schemes.get(key, ((), None))
        last, follow_up = talks.get(key, (None, None))
        found.append(
            EmployerLine(
                id=key_of(key),
                name=name,
                town=town,
                places=" ".join(towns.get(key, ())),
                sector=words_of(titles["sector"], sector),
                size=words_of(titles["size_band"], size),
                is_anchor=is_anchor,
                do_not_approach=stay_away,
                schemes=held,
                runs_out_on=runs_out,
                follow_up_on=follow_up,
                last_contact_on=last,
                stays=stays.get(key, _NOBODY),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerName:
    """An employer by name, for finding it."""

    id: UUID
    name: str
    town: str


def employer_names(session: Session, _question: object = None) -> tuple[EmployerName, ...]:
    """Return what every employer that stands is called; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    query = select(as_kept(Employer.id), Employer.name, Employer.town).where(Employer.archived_at.is_(None))
    return tuple(
        EmployerName(id=key_of(key), name=name, town=town)
        for key, name, town in plain_rows(session, query.order_by(Employer.folded, Employer.id))
    )


def words_of(titles: dict[str, str], key: str) -> str:
    """Return the words of an answer; nothing for a non-answer, which says nothing about an employer."""
    return "" if key in UNSTATED_WORDS else titles.get(key, key)


def _site_towns(session: Session) -> dict[KeptKey, tuple[str, ...]]:
    query = select(as_kept(EmployerSite.employer_id), EmployerSite.name, EmployerSite.town).where(
        EmployerSite.archived_at.is_(None)
    )
    found: dict[KeptKey, tuple[str, ...]] = {}
    for key, *words in plain_rows(session, query):
        found[key] = (*found.get(key, ()), *(one for one in words if one))
    return found


def _schemes(session: Session) -> dict[KeptKey, tuple[tuple[str, ...], dt.date | None]]:
    """Return for each employer the titles of its schemes, and the day on which the next one runs out."""
    query = (
        select(as_kept(EmployerScheme.employer_id), Scheme.title, EmployerScheme.expires_on)
        .join(Scheme, Scheme.id == EmployerScheme.scheme_id)
        .where(EmployerScheme.archived_at.is_(None))
        .order_by(Scheme.position, Scheme.title)
    )
    found: dict[KeptKey, tuple[tuple[str, ...], dt.date | None]] = {}
    for key, title, expires_on in plain_rows(session, query):
        titles, first = found.get(key, ((), None))
        days = [day for day in (first, expires_on) if day is not None]
        found[key] = (tuple(dict.fromkeys((*titles, title))), min(days, default=None))
    return found


def _talks(session: Session) -> dict[KeptKey, tuple[dt.date | None, dt.date | None]]:
    """Return for each employer the day of the last contact, and of the first follow-up that is open."""
    last = (
        select(as_kept(EmployerContact.employer_id), func.max(EmployerContact.happened_on))
        .where(EmployerContact.archived_at.is_(None))
        .group_by(EmployerContact.employer_id)
    )
    waiting = (
        select(as_kept(EmployerContact.employer_id), func.min(EmployerContact.follow_up_on))
        .where(EmployerContact.archived_at.is_(None), EmployerContact.followed_up_on.is_(None))
        .group_by(EmployerContact.employer_id)
    )
    due = dict(plain_rows(session, waiting))
    return {key: (day, due.get(key)) for key, day in plain_rows(session, last)}


def who_kept_people(lines: Iterable[EmployerLine]) -> tuple[EmployerLine, ...]:
    """Return the employers with somebody of ours who is still there or stayed 26 weeks, those who kept most first."""
    kept = [line for line in lines if line.stays.kept]
    return tuple(sorted(kept, key=_by_keeping))


def _by_keeping(line: EmployerLine) -> tuple[int, int, str]:
    return -line.stays.kept, -(line.stays.longest or 0), fold(line.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFacts:
    """What is known of one employer; ``sector``, ``size_band`` and ``sort`` keep their keys."""

    id: UUID
    name: str
    sector: str
    size_band: str
    sort: str
    town: str
    website: str
    phone: str
    is_anchor: bool
    do_not_approach: str
    note: str


def read_employer(session: Session, employer_id: UUID) -> EmployerFacts:
    """Return what is known of an employer, or of the one it was joined with.

    Raises Refusal for one that is gone, and for a trustee.
    """
    if acting_role(session) is Role.TRUSTEE:
        raise Refusal(TRUSTEE_KEEPS_KEYS)
    one = standing_employer(session, employer_id)
    return EmployerFacts(
        id=one.id,
        name=one.name,
        sector=one.sector,
        size_band=one.size_band,
        sort=one.sort,
        town=one.town,
        website=one.website,
        phone=one.phone,
        is_anchor=one.is_anchor,
        do_not_approach=one.do_not_approach,
        note=one.note,
    )


def standing_employer(session: Session, employer_id: UUID) -> Employer:
    """Return an employer, or the one that it was joined with; raises Refusal for one that is gone."""
    one = session.get(Employer, employer_id)
    seen = {employer_id}
    while one is not None and one.joined_with_id is not None and one.joined_with_id not in seen:
        seen.add(one.joined_with_id)
        one = session.get(Employer, one.joined_with_id)
    if one is None or one.archived_at is not None:
        raise Refusal(GONE)
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEmployer:
    """The facts of an employer, new (without an id) or changed."""

    name: str
    employer_id: UUID | None = None
    sector: str = Unstated.NOT_ASKED
    size_band: str = Unstated.NOT_ASKED
    sort: str = Unstated.NOT_ASKED
    town: str = ""
    website: str = ""
    phone: str = ""
    is_anchor: bool = False
    do_not_approach: str = ""
    note: str = ""


def save_employer(session: Session, wish: SaveEmployer) -> UUID:
    """Write down an employer; return its id.

    Raises Refusal without a name, for a new one by a name and town that are there already, and for one that is gone.
    """
    name = wish.name.strip()
    if not name:
        raise Refusal("An employer needs a name.", fields={"name": "Type the employer’s name."})
    if wish.employer_id is None:
        _check_new(session, name, wish.town)
        one = Employer()
        session.add(one)
    else:
        one = _employer(session, wish.employer_id)
    one.name, one.folded = name, fold(name)
    one.sector, one.size_band, one.sort = wish.sector, wish.size_band, wish.sort
    one.town, one.website, one.phone = wish.town.strip(), wish.website.strip(), wish.phone.strip()
    one.is_anchor = wish.is_anchor
    one.do_not_approach, one.note = wish.do_not_approach.strip(), wish.note.strip()
    describe(session, f"{'Added' if wish.employer_id is None else 'Changed'} the employer {name}")
    return one.id


def _check_new(session: Session, name: str, town: str) -> None:
    """Return for a name that nobody has in this town; two employers of one name are told apart by their towns."""
    query = select(Employer.town).where(Employer.folded == fold(name), Employer.archived_at.is_(None))
    if fold(town) in {fold(one) for one in session.scalars(query)}:
        said = "There is an employer by this name already. Open that one, or say in which town this one is."
        raise Refusal(said, fields={"name": said})


def put_employer_away(session: Session, employer_id: UUID) -> None:
    """Take an employer from the list; raises Refusal where somebody’s job or talk is filed with it.

    Who worked there stands in a client's record, which would then name nobody.
    """
    one = _employer(session, employer_id)
    if is_named_anywhere(session, employer_id):
        raise Refusal(
            "Jobs, applications or talks are filed with this employer, so it stays. "
            "Say under “Do not approach” if nobody should ring it, or join it with another one."
        )
    one.archived_at = clock_of(session).now()
    describe(session, f"Put away the employer {one.name}")


def is_named_anywhere(session: Session, employer_id: UUID) -> bool:
    """Return whether a job, an application or a talk is filed with an employer; what was put away counts too."""
    from coachdesk.casework.employer_links import filed_with  # noqa: PLC0415  it reads all models: only when asked

    own = {"employer_site", "employer_person", "employer_scheme"}
    return any(ref.kind.value not in own for ref in filed_with(session, employer_id))


def _employer(session: Session, employer_id: UUID) -> Employer:
    one = session.get(Employer, employer_id)
    if one is None or one.archived_at is not None:
        raise Refusal(GONE)
    return one


def kept_sentence(stays: Stays) -> str:
    """Return in words how an employer kept our people: "2 of 3 stayed 26 weeks or are still there"."""
    if not stays.people:
        return "Nobody of ours has worked here yet"
    return (
        f"{stays.kept} of {stays.people} {'is' if stays.kept == 1 else 'are'} "
        f"still there or stayed {LONG_STAY_WEEKS} weeks"
    )
