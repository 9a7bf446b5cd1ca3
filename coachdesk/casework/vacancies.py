"""Vacancies: jobs that could be had, shared by the whole team; what is not known of one stays not known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.employer_choice import chosen_employer, employer_for
from coachdesk.casework.pay import minutes_of, pence_of
from coachdesk.casework.ranges import hours_between, pay_between
from coachdesk.errors import Refusal
from coachdesk.models import Code, Employer, Vacancy
from coachdesk.terms import Role, Unstated
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.work import clock_of, describe

CLOSING_SOON_DAYS = 7
_GONE = "This vacancy is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyRow:
    """A vacancy in words; ``traits`` holds only what is known. ``do_not_approach`` says why, where nobody should.

    ``sectors`` holds the code of the employer's sector and of the section it belongs to; none where it is not known.
    """

    id: UUID
    employer_id: UUID
    employer: str
    do_not_approach: str
    sectors: tuple[str, ...]
    sector_words: str
    title: str
    source: str
    found_on: dt.date
    closes_on: dt.date | None
    closed_on: dt.date | None
    closed_reason: str
    town: str
    postcode: str
    least_minutes: int | None
    most_minutes: int | None
    least_pence: int | None
    most_pence: int | None
    contract: str
    contract_words: str
    employment_type: str
    traits: Mapping[str, bool]
    how_to_apply: str
    note: str

    @property
    def called(self) -> str:
        """How the vacancy is spoken of."""
        return f"{self.title} at {self.employer}"

    @property
    def hours_words(self) -> str:
        """Hours a week in words; empty where they are not known."""
        return hours_between(self.least_minutes, self.most_minutes)

    @property
    def pay_words(self) -> str:
        """Pay an hour in words; empty where it is not known."""
        return pay_between(self.least_pence, self.most_pence)

    def is_open(self, today: dt.date) -> bool:
        """Return whether one can still apply."""
        return self.closed_on is None and (self.closes_on is None or self.closes_on >= today)


@dataclass(frozen=True, slots=True, kw_only=True)
class VacanciesQuestion:
    """Which vacancies: those one can still apply for, or all; closing within a week; in one town."""

    today: dt.date
    only_open: bool = True
    closing_soon: bool = False
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancies:
    """The vacancies asked for, how many there are of each sort, and every town that has one."""

    rows: tuple[VacancyRow, ...]
    open: int
    closing_soon: int
    all: int
    towns: tuple[str, ...]


def list_vacancies(session: Session, question: VacanciesQuestion) -> Vacancies:
    """Return vacancies, those that close first first, and those without a closing day after them; a trustee sees none."""
    every = vacancy_rows(session)
    today = question.today
    still = [one for one in every if one.is_open(today)]
    soon = [one for one in still if _closes_soon(one, today)]
    shown = soon if question.closing_soon else still if question.only_open else every
    return Vacancies(
        rows=tuple(one for one in shown if not question.town or one.town == question.town),
        open=len(still),
        closing_soon=len(soon),
        all=len(every),
        towns=tuple(sorted({one.town for one in every if one.town})),
    )


def _closes_soon(one: VacancyRow, today: dt.date) -> bool:
    return one.closes_on is not None and (one.closes_on - today).days <= CLOSING_SOON_DAYS


def vacancy_rows(session: Session, *wanted: ColumnElement[bool]) -> tuple[VacancyRow, ...]:
    """Return the vacancies that conditions on Vacancy find, by closing day; none for a trustee."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    contracts = titles_of(session, "contract_kind")["contract_kind"]
    sectors = _sectors(session)
    query = (
        select(Vacancy, Employer)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(Vacancy.archived_at.is_(None), *wanted)
        .order_by(Vacancy.closes_on.nulls_last(), Vacancy.found_on.desc(), Vacancy.id)
    )
    return tuple(_row(one, employer, contracts, sectors) for one, employer in session.execute(query))


def _sectors(session: Session) -> dict[str, tuple[str, str]]:
    """Return each sector's words without its code, and the section it belongs to."""
    query = select(Code.key, Code.title, Code.parent).where(Code.list_name == "sector")
    return {key: (plain_sector(key, title), parent) for key, title, parent in session.execute(query)}


def plain_sector(key: str, title: str) -> str:
    """Return a sector's words without the code that stands before them.

    >>> plain_sector("10", "10 Manufacture of food products"), plain_sector("care", "Care")
    ('Manufacture of food products', 'Care')
    """
    return title.removeprefix(f"{key} ")


def _row(
    one: Vacancy, employer: Employer, contracts: dict[str, str], sectors: dict[str, tuple[str, str]]
) -> VacancyRow:
    is_told = one.contract not in set(Unstated)
    words, section = sectors.get(employer.sector, (employer.sector, ""))
    is_sorted = employer.sector not in set(Unstated)
    return VacancyRow(
        id=one.id,
        employer_id=employer.id,
        employer=employer.name,
        do_not_approach=employer.do_not_approach,
        sectors=tuple(key for key in (employer.sector, section) if key) if is_sorted else (),
        sector_words=words if is_sorted else "",
        title=one.title,
        source=one.source,
        found_on=one.found_on,
        closes_on=one.closes_on,
        closed_on=one.closed_on,
        closed_reason=one.closed_reason,
        town=one.town or employer.town,
        postcode=one.postcode,
        least_minutes=one.least_minutes,
        most_minutes=one.most_minutes,
        least_pence=one.least_pence,
        most_pence=one.most_pence,
        contract=one.contract,
        contract_words=contracts.get(one.contract, one.contract) if is_told else "",
        employment_type=one.employment_type,
        traits={key: answer == "yes" for key, answer in one.traits.items()},
        how_to_apply=one.how_to_apply,
        note=one.note,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveVacancy:
    """A vacancy, new or changed; hours and pay as somebody types them. Traits: the key to yes or no."""

    employer_name: str
    title: str
    found_on: dt.date
    id: UUID | None = None
    source: str = Unstated.NOT_ASKED
    closes_on: dt.date | None = None
    town: str = ""
    postcode: str = ""
    least_hours: str = ""
    most_hours: str = ""
    least_pay: str = ""
    most_pay: str = ""
    contract: str = Unstated.NOT_ASKED
    employment_type: str = Unstated.NOT_ASKED
    traits: Mapping[str, str] = field(default_factory=dict)
    how_to_apply: str = ""
    note: str = ""


def save_vacancy(session: Session, wish: SaveVacancy) -> UUID:
    """Write a vacancy, with its employer where that is new; return its id.

    One figure alone is the figure: "16" hours are 16, not 16 or more. Raises Refusal without an employer or a title,
    for days or figures the wrong way round, and when the vacancy is gone.
    """
    if not wish.title.strip():
        raise Refusal("What is the job?", fields={"title": "Type what the job is called."})
    if wish.closes_on is not None and wish.closes_on < wish.found_on:
        sentence = "This is before the day it was found."
        raise Refusal("A vacancy closes after it was found.", fields={"closes_on": sentence})
    hours = minutes_of(wish.least_hours, "least_hours"), minutes_of(wish.most_hours, "most_hours")
    pay = pence_of(wish.least_pay, "least_pay"), pence_of(wish.most_pay, "most_pay")
    vacancy = Vacancy() if wish.id is None else _vacancy(session, wish.id)
    vacancy.employer_id = employer_for(session, wish.employer_name, town="", size_band="", sort="")
    vacancy.title, vacancy.source, vacancy.found_on = wish.title.strip(), wish.source, wish.found_on
    vacancy.closes_on, vacancy.town, vacancy.postcode = (
        wish.closes_on,
        wish.town.strip(),
        wish.postcode.strip(),
    )
    vacancy.least_minutes, vacancy.most_minutes = in_order(*hours, "most_hours")
    vacancy.least_pence, vacancy.most_pence = in_order(*pay, "most_pay")
    vacancy.contract, vacancy.employment_type = wish.contract, wish.employment_type
    vacancy.traits = dict(sorted(wish.traits.items()))
    vacancy.how_to_apply, vacancy.note = wish.how_to_apply.strip(), wish.note.strip()
    session.add(vacancy)
    describe(session, f"{'Added' if wish.id is None else 'Changed'} a vacancy: {vacancy.title}")
    return vacancy.id


def in_order(least: int | None, most: int | None, name: str) -> tuple[int | None, int | None]:
    """Return both ends, one figure alone being both; raises Refusal beside the field where they are turned round."""
    least, most = (most if least is None else least), (least if most is None else most)
    if least is not None and most is not None and most < least:
        raise Refusal("The second figure is the higher one.", fields={name: "This is less than the first."})
    return least, most


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseVacancy:
    """A vacancy is gone: since when, and why."""

    vacancy_id: UUID
    closed_on: dt.date
    closed_reason: str = ""


def close_vacancy(session: Session, wish: CloseVacancy) -> None:
    """Close a vacancy; raises Refusal where it is closed, or for a day to come or before it was found."""
    vacancy = _vacancy(session, wish.vacancy_id)
    if vacancy.closed_on is not None:
        raise Refusal("This vacancy is closed.")
    if not vacancy.found_on <= wish.closed_on <= clock_of(session).today():
        sentence = "Choose a day from when it was found up to today."
        raise Refusal(sentence, fields={"closed_on": sentence})
    vacancy.closed_on, vacancy.closed_reason = wish.closed_on, wish.closed_reason.strip()
    describe(session, f"Closed a vacancy: {vacancy.title}")


def reopen_vacancy(session: Session, vacancy_id: UUID) -> None:
    """Let people apply again; a closing day that has passed is taken out. Raises Refusal where it is open."""
    vacancy = _vacancy(session, vacancy_id)
    today = clock_of(session).today()
    has_passed = vacancy.closes_on is not None and vacancy.closes_on < today
    if vacancy.closed_on is None and not has_passed:
        raise Refusal("This vacancy is open.")
    vacancy.closed_on, vacancy.closed_reason = None, ""
    vacancy.closes_on = None if has_passed else vacancy.closes_on
    describe(session, f"Opened a vacancy again: {vacancy.title}")


def _vacancy(session: Session, vacancy_id: UUID) -> Vacancy:
    vacancy = session.get(Vacancy, vacancy_id)
    if vacancy is None or vacancy.archived_at is not None:
        raise Refusal(_GONE)
    return vacancy


def found_vacancy(session: Session, vacancy_id: UUID) -> VacancyRow:
    """Return one vacancy; raises Refusal when it is gone, or whoever asks may see none."""
    rows = vacancy_rows(session, Vacancy.id == vacancy_id)
    if not rows:
        raise Refusal(_GONE)
    return rows[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerNote:
    """What is to be known of an employer before anybody turns to it."""

    name: str
    do_not_approach: str


def note_on_employer(session: Session, typed: str) -> EmployerNote | None:
    """Return why nobody approaches the employer of this name; None where everybody may, or none is known for sure."""
    try:
        found = chosen_employer(session, typed.strip())
    except Refusal:  # two of this name: which one is asked when the form is saved
        return None
    if found is None or not found.do_not_approach:
        return None
    return EmployerNote(name=found.name, do_not_approach=found.do_not_approach)
