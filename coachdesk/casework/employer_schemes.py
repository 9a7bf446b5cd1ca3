"""What an employer holds and promised: schemes with level, dates and evidence, and whether each promise was kept."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.employers import standing_employer
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.errors import Refusal
from coachdesk.models import Employer, EmployerContact, EmployerScheme, Scheme
from coachdesk.terms import Role, Unstated
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.work import clock_of, coach_of, describe

_GONE = "This is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldScheme:
    """A scheme or promise of an employer; ``title`` and ``level_words`` are words, the rest is as it was written."""

    id: UUID
    scheme_id: UUID | None
    title: str
    level: str
    level_words: str
    from_on: dt.date | None
    expires_on: dt.date | None
    evidence: str
    evidence_seen_on: dt.date | None
    promise: str
    is_kept: str
    kept_words: str
    note: str
    warn_days: int

    def state(self, today: dt.date) -> str:
        """Return whether it "ran out", "runs out soon" or stands (empty)."""
        if self.expires_on is None or self.expires_on > today + dt.timedelta(days=self.warn_days):
            return ""
        return "ran out" if self.expires_on < today else "runs out soon"


def held_schemes(session: Session, employer_id: UUID) -> tuple[HeldScheme, ...]:
    """Return the schemes and promises of an employer, in the order of the schemes; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    kept = titles_of(session, "kept_promise")["kept_promise"]
    query = (
        select(EmployerScheme, Scheme)
        .outerjoin(Scheme, Scheme.id == EmployerScheme.scheme_id)
        .where(EmployerScheme.employer_id == employer_id, EmployerScheme.archived_at.is_(None))
        .order_by(Scheme.position.is_(None), Scheme.position, EmployerScheme.id)
    )
    return tuple(_row(one, scheme, kept) for one, scheme in session.execute(query))


def _row(one: EmployerScheme, scheme: Scheme | None, kept: dict[str, str]) -> HeldScheme:
    levels = {str(key): str(title) for key, title in scheme.levels} if scheme is not None else {}
    return HeldScheme(
        id=one.id,
        scheme_id=one.scheme_id,
        title=scheme.title if scheme is not None else "",
        level=one.level,
        level_words=levels.get(one.level, one.level),
        from_on=one.from_on,
        expires_on=one.expires_on,
        evidence=one.evidence,
        evidence_seen_on=one.evidence_seen_on,
        promise=one.promise,
        is_kept=one.is_kept,
        kept_words=kept.get(one.is_kept, one.is_kept),
        note=one.note,
        warn_days=scheme.warn_days if scheme is not None else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEmployerScheme:
    """A scheme or promise of an employer, new (without an id) or changed; a promise may belong to no scheme."""

    employer_id: UUID
    held_id: UUID | None = None
    scheme_id: UUID | None = None
    level: str = ""
    from_on: dt.date | None = None
    expires_on: dt.date | None = None
    evidence: str = ""
    evidence_seen_on: dt.date | None = None
    promise: str = ""
    is_kept: str = Unstated.NOT_ASKED
    note: str = ""


def save_employer_scheme(session: Session, wish: SaveEmployerScheme) -> UUID:
    """Write down what an employer holds or promised; return its id.

    Raises Refusal without a scheme and a promise, with a level the scheme does not have, with an end before its
    beginning, for evidence seen on a day to come, and when it is gone.
    """
    employer = standing_employer(session, wish.employer_id)
    _check(session, wish)
    new = wish.held_id is None
    one = EmployerScheme(employer_id=employer.id) if new else _held(session, wish.held_id)
    one.scheme_id, one.level = wish.scheme_id, wish.level
    one.from_on, one.expires_on = wish.from_on, wish.expires_on
    one.evidence, one.evidence_seen_on = wish.evidence.strip(), wish.evidence_seen_on
    one.promise, one.is_kept, one.note = wish.promise.strip(), wish.is_kept, wish.note.strip()
    session.add(one)
    describe(session, f"{'Added' if new else 'Changed'} what {employer.name} holds or promised")
    return one.id


def _check(session: Session, wish: SaveEmployerScheme) -> None:
    wrong = {}
    scheme = session.get(Scheme, wish.scheme_id) if wish.scheme_id is not None else None
    if scheme is None and not wish.promise.strip():
        wrong["scheme_id"] = "Choose a scheme, or say below what was promised."
    if wish.level and (scheme is None or wish.level not in {str(key) for key, _ in scheme.levels}):
        wrong["level"] = "This scheme has no such level."
    if wish.from_on is not None and wish.expires_on is not None and wish.expires_on < wish.from_on:
        wrong["expires_on"] = "This is before it began."
    if wish.evidence_seen_on is not None and wish.evidence_seen_on > clock_of(session).today():
        wrong["evidence_seen_on"] = "This day is still to come."
    if wrong:
        raise Refusal("Please look at the fields marked below.", fields=wrong)


def put_employer_scheme_away(session: Session, held_id: UUID) -> None:
    """Put away what an employer held or promised; raises Refusal when it is gone."""
    one = _held(session, held_id)
    one.archived_at = clock_of(session).now()
    name = standing_employer(session, one.employer_id).name
    describe(session, f"Put away what {name} held or promised")


def _held(session: Session, held_id: UUID | None) -> EmployerScheme:
    one = session.get(EmployerScheme, held_id)
    if one is None or one.archived_at is not None:
        raise Refusal(_GONE)
    return one


def employers_coming_up(session: Session, today: dt.date) -> Iterator[tuple[str, str, str]]:
    """Yield lines for Today (words, more words, icon): employers to be rung again, and schemes about to run out.

    A coach is told of her own follow-ups and of those nobody has; what is later than eight weeks is on the page alone.
    """
    role = acting_role(session)
    if role is Role.TRUSTEE:
        return
    yield from _follow_ups(session, today, mine=role is Role.COACH)
    yield from _running_out(session, today)


def _follow_ups(session: Session, today: dt.date, *, mine: bool) -> Iterator[tuple[str, str, str]]:
    query = (
        select(Employer.name)
        .join(EmployerContact, EmployerContact.employer_id == Employer.id)
        .where(
            EmployerContact.archived_at.is_(None),
            EmployerContact.followed_up_on.is_(None),
            EmployerContact.follow_up_on.between(today - LATEST_CATCH_UP, today),
            Employer.archived_at.is_(None),
        )
        .group_by(Employer.id)
        .order_by(func.min(EmployerContact.follow_up_on), Employer.folded)
    )
    if mine:
        whose = EmployerContact.coach_id
        query = query.where((whose == coach_of(session)) | whose.is_(None))
    names = list(session.scalars(query))
    if names:
        words = "employer to get back to" if len(names) == 1 else "employers to get back to"
        yield f"{len(names)} {words}", _some(names), "phone"


def _running_out(session: Session, today: dt.date) -> Iterator[tuple[str, str, str]]:
    query = (
        select(Employer.name, Scheme.title, EmployerScheme.expires_on, Scheme.warn_days)
        .join(EmployerScheme, EmployerScheme.employer_id == Employer.id)
        .join(Scheme, Scheme.id == EmployerScheme.scheme_id)
        .where(
            EmployerScheme.archived_at.is_(None),
            EmployerScheme.expires_on >= today - LATEST_CATCH_UP,
            Employer.archived_at.is_(None),
        )
        .order_by(EmployerScheme.expires_on, Employer.folded)
    )
    names = [
        f"{name}: {title}"
        for name, title, ends, warn in session.execute(query)
        if ends is not None and ends <= today + dt.timedelta(days=warn)
    ]
    if names:
        words = "employer’s scheme runs out" if len(names) == 1 else "schemes of employers run out"
        yield f"{len(names)} {words}", _some(names), "award"


def _some(names: list[str]) -> str:
    """Return the first of several names, and how many more there are."""
    return names[0] if len(names) == 1 else f"{names[0]}, and {len(names) - 1} more"
