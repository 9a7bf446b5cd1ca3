"""Vacancies beside what a client wants: for each wish whether it fits, does not, or is not known. There is no score.

A wish that decides (a need that is not met, a deal-breaker that is) puts a vacancy last, and is named first.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.job_wishes import (
    HOURS,
    LIKE,
    NEVER,
    PAY,
    SECTORS,
    TOWNS,
    WishRow,
    wishes_of,
)
from coachdesk.casework.listed import listed
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.standing import enrolled
from coachdesk.casework.vacancies import VacancyRow, found_vacancy, vacancy_rows
from coachdesk.models import Application, Client, Job, Vacancy
from coachdesk.vault.caseload_rights import READS_ALL, acting_role, check_may_see
from coachdesk.vault.folding import fold
from coachdesk.vault.work import coach_of


class Fit(StrEnum):
    """Whether a vacancy is as a wish would have it."""

    FITS = "fits"
    DOES_NOT = "does_not"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One wish beside one vacancy, in words: "Must have: Mornings — not known, ask"."""

    trait: str
    strength: str
    fit: Fit
    words: str

    @property
    def breaks(self) -> bool:
        """Whether this alone speaks against the job: a need not met, or a deal-breaker."""
        return self.fit is Fit.DOES_NOT and self.strength != LIKE


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A client's wishes beside a vacancy: one reason for every wish, what breaks one first."""

    reasons: tuple[Reason, ...]

    @property
    def broken(self) -> tuple[Reason, ...]:
        """The wishes that speak against it."""
        return tuple(one for one in self.reasons if one.breaks)

    @property
    def fits(self) -> int:
        """How many wishes fit."""
        return sum(one.fit is Fit.FITS for one in self.reasons)

    @property
    def not_known(self) -> int:
        """How many wishes nobody can answer yet."""
        return sum(one.fit is Fit.NOT_KNOWN for one in self.reasons)

    @property
    def summary(self) -> str:
        """How many wishes fit and how many are not known, in words."""
        if not self.reasons:
            return "No wishes to compare with yet"
        wishes = "wish fits" if len(self.reasons) == 1 else "wishes fit"
        unknown = f", {self.not_known} not known" if self.not_known else ""
        return f"{self.fits} of {len(self.reasons)} {wishes}{unknown}"


def match(wishes: Iterable[WishRow], vacancy: VacancyRow) -> Match:
    """Return the reasons of every wish for one vacancy; pure."""
    reasons = [_reason(wish, vacancy) for wish in wishes]
    order = (Fit.NOT_KNOWN, Fit.DOES_NOT, Fit.FITS)
    return Match(reasons=tuple(sorted(reasons, key=lambda one: (not one.breaks, order.index(one.fit)))))


def _reason(wish: WishRow, vacancy: VacancyRow) -> Reason:
    is_so, found = _compare(wish, vacancy)
    fit = Fit.NOT_KNOWN
    if is_so is not None:
        fit = Fit.DOES_NOT if is_so is (wish.strength == NEVER) else Fit.FITS
    return Reason(
        trait=wish.trait,
        strength=wish.strength,
        fit=fit,
        words=f"{wish.lead}: {wish.title} — {_answer(wish, fit, found)}",
    )


def _answer(wish: WishRow, fit: Fit, found: str) -> str:
    if fit is Fit.NOT_KNOWN:
        return f"not certain ({found}), ask" if found else "not known, ask"
    if found and found != wish.title:
        return f"fits ({found})" if fit is Fit.FITS else f"does not fit ({found})"
    if wish.strength == NEVER:
        return "not part of this job" if fit is Fit.FITS else "part of this job"
    return "yes" if fit is Fit.FITS else "no"


def _compare(wish: WishRow, vacancy: VacancyRow) -> tuple[bool | None, str]:
    """Return whether the vacancy is as the wish says (None: not known), and what the vacancy says, in words."""
    if wish.trait == HOURS:
        hours = vacancy.least_minutes, vacancy.most_minutes
        return _within(hours, (wish.least, wish.most)), vacancy.hours_words
    if wish.trait == PAY:
        pay = vacancy.least_pence, vacancy.most_pence
        return _within(pay, (wish.least, wish.most)), vacancy.pay_words
    if wish.trait == TOWNS:
        towns = {fold(town) for town in wish.among}
        return (fold(vacancy.town) in towns if vacancy.town else None), vacancy.town
    if wish.trait == SECTORS:
        known = vacancy.sectors
        return (not set(known).isdisjoint(wish.among) if known else None), vacancy.sector_words
    return vacancy.traits.get(wish.trait), ""


def _within(offered: tuple[int | None, int | None], wanted: tuple[int | None, int | None]) -> bool | None:
    """Return whether all that is offered lies within what is wanted, none of it does, or it cannot be said."""
    (least, most), (from_, to) = offered, wanted
    is_above = least is not None and to is not None and least > to
    is_below = most is not None and from_ is not None and most < from_
    if is_above or is_below:
        return False
    begins_within = from_ is None or (least is not None and least >= from_)
    ends_within = to is None or (most is not None and most <= to)
    return True if begins_within and ends_within and (least, most) != (None, None) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyMatch:
    """A vacancy beside one client's wishes; ``stage`` says how far the client is with it already, "" for not begun."""

    vacancy: VacancyRow
    match: Match
    stage: str = ""


def in_order(found: Sequence[VacancyMatch]) -> tuple[VacancyMatch, ...]:
    """Return vacancies as they are shown: those that break nothing first, then by how many wishes fit, then by day."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                bool(one.match.broken),
                -one.match.fits,
                one.vacancy.closes_on or dt.date.max,
                one.vacancy.id,
            ),
        )
    )


def vacancies_for(session: Session, question: ClientQuestion) -> tuple[VacancyMatch, ...]:
    """Return every open vacancy beside a client's wishes, in order; raises Refusal as check_may_see does."""
    check_may_see(session, question.client_id)
    wishes = wishes_of(session, [question.client_id]).get(question.client_id, ())
    stages = _stages(session, question.client_id)
    rows = (one for one in vacancy_rows(session, Vacancy.closed_on.is_(None)) if one.is_open(question.today))
    return in_order(
        [
            VacancyMatch(
                vacancy=one,
                match=match(wishes, one),
                stage=stages.get(one.id, ""),
            )
            for one in rows
        ]
    )


def _stages(session: Session, client_id: UUID) -> dict[UUID, str]:
    titles = titles_of(session, "application_stage")["application_stage"]
    query = (
        select(Application.vacancy_id, Application.stage)
        .where(
            Application.client_id == client_id,
            Application.vacancy_id.is_not(None),
            Application.archived_at.is_(None),
        )
        .order_by(Application.id)
    )
    return {vacancy: titles.get(stage, stage) for vacancy, stage in session.execute(query) if vacancy}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientMatch:
    """A client beside one vacancy, by name: only of those whoever asks may see."""

    client_id: UUID
    name: str
    match: Match
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuitsQuestion:
    """Whom a vacancy may suit: of one's own caseload, or of everybody one may see."""

    vacancy_id: UUID
    today: dt.date
    everybody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suits:
    """Clients who look for work beside a vacancy, in order; and how many have written down no wishes yet."""

    vacancy: VacancyRow
    rows: tuple[ClientMatch, ...]
    without_wishes: int


def clients_for(session: Session, question: SuitsQuestion) -> Suits:
    """Return who looks for work beside a vacancy: an open enrolment, no running job, and in the reader's own list.

    Raises Refusal when the vacancy is gone.
    """
    vacancy = found_vacancy(session, question.vacancy_id)
    everybody = question.everybody and acting_role(session) in READS_ALL
    names = _looking_for_work(session, question.today, None if everybody else coach_of(session))
    wishes = wishes_of(session, list(names))
    stages = _applicants(session, vacancy.id)
    rows = [
        ClientMatch(
            client_id=client,
            name=names[client],
            match=match(theirs, vacancy),
            stage=stages.get(client, ""),
        )
        for client, theirs in wishes.items()
    ]
    rows.sort(key=lambda one: (bool(one.match.broken), -one.match.fits, one.name.casefold(), one.client_id))
    return Suits(vacancy=vacancy, rows=tuple(rows), without_wishes=len(names) - len(wishes))


def _looking_for_work(session: Session, today: dt.date, coach_id: UUID | None) -> dict[UUID, str]:
    """Return who looks for work, with their names."""
    mine = select(Client).where(*listed(session, coach_id, covering=True))
    names = {client.id: client.called() for client in session.scalars(mine)}
    working = select(Job.client_id).where(
        Job.archived_at.is_(None),
        Job.started_on <= today,
        (Job.ended_on.is_(None)) | (Job.ended_on >= today),
    )
    at_work = set(session.scalars(working))
    standing = enrolled(session, today)
    supported = {key_of(client) for client, one in standing.items() if one.enrolment is not None}
    looking = supported - at_work
    return {client: name for client, name in names.items() if client in looking}


def _applicants(session: Session, vacancy_id: UUID) -> dict[UUID, str]:
    titles = titles_of(session, "application_stage")["application_stage"]
    query = select(Application.client_id, Application.stage).where(
        Application.vacancy_id == vacancy_id, Application.archived_at.is_(None)
    )
    return {
        client: titles.get(stage, stage) for client, stage in session.execute(query.order_by(Application.id))
    }
