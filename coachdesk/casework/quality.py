"""Data quality before a return: what will spoil it, in order of consequence, each line with the clients behind it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.births import BANDS, age_band_on
from coachdesk.casework.clients import birth_of
from coachdesk.casework.definition import read_definition
from coachdesk.casework.listed import not_erased
from coachdesk.casework.notices import notice_version
from coachdesk.casework.programmes import programme_of
from coachdesk.models import (
    Client,
    Eligibility,
    Enrolment,
    Equality,
    Job,
    JobTerms,
    NoticeGiven,
    Plan,
    Programme,
)
from coachdesk.terms import UNSTATED_WORDS

_UNSAID = frozenset(str(key) for key in UNSTATED_WORDS) | {""}
_BAND_KEYS = frozenset(f"{low}_over" if (low, high) == BANDS[-1] else f"{low}_{high}" for low, high in BANDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnScope:
    """Which return the data are looked at for."""

    programme_key: str
    from_on: dt.date
    to_on: dt.date
    as_at: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLine:
    """One thing to put right: the sentence, how many of how many, the field, and who."""

    id: str
    sentence: str
    count: int
    of: int
    share: float
    field: str
    client_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    client: Client
    enrolment: Enrolment
    equality: Equality | None


def data_quality(session: Session, scope: ReturnScope) -> tuple[QualityLine, ...]:
    """Return what will spoil the return, what touches the count itself first, then the largest shares.

    Last comes what no figure rests on but is asked for: an agreed plan, and the privacy notice in force. Clients are those with an
    enrolment on the programme that was open at some time in the period or was received in it; whoever was erased
    counts in the return and is missing nothing that could be put right.
    """
    programme = programme_of(session, scope.programme_key)
    people = _people(session, programme, scope)
    counted = [
        _line(
            "accepted_on",
            "have no accepted date: their referral is not counted",
            people,
            [one for one in people if _unaccepted(one.enrolment)],
        ),
        _line(
            "started_on",
            "were accepted over 28 days ago and have no start date: they are not counted as starts",
            people,
            [one for one in people if _unstarted(one.enrolment, scope.as_at)],
        ),
        _line(
            "profile_started_on",
            "have started but no vocational profile is recorded: they are not in the active caseload",
            people,
            [one for one in people if _unprofiled(one.enrolment)],
        ),
        *_job_lines(session, people, scope),
    ]
    divided = [
        _line(field, f"have no {words}: the return will show {{share}} not stated", people, missing)
        for field, words, missing in _breakdown_gaps(session, people, scope)
    ]
    divided.sort(key=lambda line: -line.count)
    asked_for = (*_plan_lines(session, programme, people, scope.as_at), *_notice_lines(session, people))
    lines = (*counted, *divided, *asked_for)
    return tuple(line for line in lines if line.count)


def _people(session: Session, programme: Programme, scope: ReturnScope) -> list[_Person]:
    query = (
        select(Client, Enrolment, Equality)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .outerjoin(Equality, (Equality.client_id == Client.id) & Equality.archived_at.is_(None))
        .where(
            Enrolment.programme_id == programme.id,
            Enrolment.archived_at.is_(None),
            Client.archived_at.is_(None),
            not_erased(),
            (Enrolment.exit_on.is_(None)) | (Enrolment.exit_on >= scope.from_on),
            (Enrolment.received_on.is_(None)) | (Enrolment.received_on <= scope.to_on),
        )
        .order_by(Client.last_name, Client.first_name, Client.id, Enrolment.id)
    )
    newest: dict[UUID, _Person] = {}
    for client, enrolment, equality in session.execute(query):
        newest[client.id] = _Person(client, enrolment, equality)
    return list(newest.values())


def _line(field: str, words: str, people: list[_Person], missing: list[_Person]) -> QualityLine:
    share = len(missing) / len(people) if people else 0.0
    sentence = f"{len(missing)} of {len(people)} {words.format(share=f'{share:.1%}')}"
    return QualityLine(
        id=field,
        sentence=sentence,
        count=len(missing),
        of=len(people),
        share=share,
        field=field,
        client_ids=tuple(one.client.id for one in missing),
    )


def _unaccepted(enrolment: Enrolment) -> bool:
    return enrolment.accepted_on is None


def _unstarted(enrolment: Enrolment, as_at: dt.date) -> bool:
    accepted = enrolment.accepted_on or enrolment.received_on
    return enrolment.started_on is None and accepted is not None and (as_at - accepted).days > 28  # noqa: PLR2004  four weeks


def _unprofiled(enrolment: Enrolment) -> bool:
    return enrolment.started_on is not None and enrolment.profile_started_on is None


def _breakdown_gaps(
    session: Session, people: list[_Person], scope: ReturnScope
) -> Iterable[tuple[str, str, list[_Person]]]:
    asked: tuple[tuple[str, str, Callable[[_Person], str]], ...] = (
        ("sex", "sex", _sex),
        ("ethnic_group", "ethnic group", _ethnic_group),
        ("long_condition", "answer about a long-term condition", _condition),
        ("source", "referral source", lambda one: one.enrolment.source),
        ("hub_id", "hub", lambda one: "hub" if one.enrolment.hub_id or one.client.hub_id else ""),
        ("postcode", "district or postcode", _district),
    )
    for field, words, answer in asked:
        yield field, words, [one for one in people if answer(one) in _UNSAID]
    unsure = [one for one in people if age_band_on(birth_of(one.client), scope.from_on) not in _BAND_KEYS]
    yield "birth", "birth date that gives an age band", unsure
    declared = set(session.scalars(select(Eligibility.enrolment_id).where(Eligibility.archived_at.is_(None))))
    yield "eligibility", "eligibility reason", [one for one in people if one.enrolment.id not in declared]


def _sex(one: _Person) -> str:
    return one.equality.sex if one.equality is not None else ""


def _ethnic_group(one: _Person) -> str:
    return one.equality.ethnic_group if one.equality is not None else ""


def _condition(one: _Person) -> str:
    equality = one.equality
    if equality is None or equality.long_condition in _UNSAID:
        return ""
    if equality.long_condition == "yes" and equality.activity_restriction in _UNSAID:
        return ""
    return equality.long_condition


def _district(one: _Person) -> str:
    known = one.client.local_authority not in _UNSAID
    return "known" if known or one.client.postcode or one.client.town else ""


def _job_lines(session: Session, people: list[_Person], scope: ReturnScope) -> list[QualityLine]:
    by_id = {one.client.id: one for one in people}
    query = select(Job.id, Job.client_id, Job.four_hours_on).where(
        Job.started_on.between(scope.from_on, scope.to_on), Job.archived_at.is_(None)
    )
    jobs = [row for row in session.execute(query) if row[1] in by_id]
    paid = set(
        session.scalars(
            select(JobTerms.job_id).where(JobTerms.hourly_pence.is_not(None), JobTerms.archived_at.is_(None))
        )
    )
    started = list({row[1]: by_id[row[1]] for row in jobs}.values())
    no_hours = list({row[1]: by_id[row[1]] for row in jobs if row[2] is None}.values())
    no_pay = list({row[1]: by_id[row[1]] for row in jobs if row[0] not in paid}.values())
    return [
        _line(
            "four_hours_on",
            "who started a job have no date for the first 4 paid hours: it is reckoned from their usual hours",
            started,
            no_hours,
        ),
        _line(
            "hourly_pence",
            "who started a job have no pay recorded: left out of pay adequacy",
            started,
            no_pay,
        ),
    ]


def _plan_lines(
    session: Session, programme: Programme, people: list[_Person], as_at: dt.date
) -> tuple[QualityLine, ...]:
    """Return who should have an agreed plan by the programme's own rule (facts 12.5) and has none.

    A plan without an enrolment counts for every enrolment of its client. Whoever has left needs none.
    """
    days = read_definition(programme.definition).plan_agreed_days
    if days is None:
        return ()
    agreed = session.execute(
        select(Plan.client_id, Plan.enrolment_id).where(Plan.agreed_on <= as_at, Plan.archived_at.is_(None))
    )
    known = {(client, enrolment) for client, enrolment in agreed}
    waiting = [one for one in people if _should_have_a_plan(one.enrolment, as_at, days)]
    missing = [
        one for one in waiting if not known & {(one.client.id, one.enrolment.id), (one.client.id, None)}
    ]
    words = (
        f"started over {days} days ago and have no agreed action plan: the programme asks for one, and no "
        "figure rests on it"
    )
    return (_line("plan", words, people, missing),)


def _should_have_a_plan(enrolment: Enrolment, as_at: dt.date, days: int) -> bool:
    started, left = enrolment.started_on, enrolment.exit_on
    return started is not None and (as_at - started).days > days and (left is None or left > as_at)


def _notice_lines(session: Session, people: list[_Person]) -> tuple[QualityLine, ...]:
    """Return who was not given the wording of the privacy notice that is in force; none while none is."""
    version = notice_version(session, None)
    if not version:
        return ()
    query = select(NoticeGiven.client_id).where(
        NoticeGiven.version == version, NoticeGiven.archived_at.is_(None)
    )
    given = set(session.scalars(query))
    missing = [one for one in people if one.client.id not in given and one.enrolment.exit_on is None]
    words = f"have not been given the privacy notice in force ({version}): no figure rests on it"
    return (_line("notice", words, people, missing),)
