"""How long records are kept: a rule for each programme, and the list of those whose time is over."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.rights_clock import months_after
from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact, Enrolment, Erasure, Programme, RetentionRule, RightsRequest
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role, check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

COUNTED_FROM = {
    "exit": "The day the client left",
    "last_contact": "The last contact",
    "programme_end": "The end of the programme",
}
MOST_MONTHS = 1200
LOOKED_AT = "retention_looked_at"
REMINDER = "Nobody has looked this month at whose records have been kept long enough."


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRow:
    """The rule of one programme; ``months`` is None where none is set."""

    programme_id: UUID
    programme: str
    months: int | None
    counted_from: str
    source_note: str


def list_retention_rules(session: Session, _question: None) -> tuple[RetentionRow, ...]:
    """Return the rule of every programme, also where there is none yet."""
    query = (
        select(Programme, RetentionRule)
        .outerjoin(RetentionRule, RetentionRule.programme_id == Programme.id)
        .order_by(Programme.title)
    )
    return tuple(_rule(programme, rule) for programme, rule in session.execute(query))


def _rule(programme: Programme, rule: RetentionRule | None) -> RetentionRow:
    if rule is None:
        return RetentionRow(
            programme_id=programme.id,
            programme=programme.title,
            months=None,
            counted_from="exit",
            source_note="",
        )
    return RetentionRow(
        programme_id=programme.id,
        programme=programme.title,
        months=rule.months,
        counted_from=rule.counted_from,
        source_note=rule.source_note,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRetention:
    """Set how long a programme's records are kept, and who says so; without months nothing is ever listed."""

    programme_id: UUID
    months: int | None
    counted_from: str = "exit"
    source_note: str = ""


def set_retention(session: Session, wish: SetRetention) -> None:
    """Set a rule; raises Refusal for anybody but a manager, out of range, or without a source."""
    check_is_manager(session)
    if session.get(Programme, wish.programme_id) is None:
        raise Refusal("This programme is not there any more.")
    wrong = {}
    if wish.months is not None and not 1 <= wish.months <= MOST_MONTHS:
        wrong["months"] = f"A whole number of months from 1 to {MOST_MONTHS}."
    if wish.counted_from not in COUNTED_FROM:
        wrong["counted_from"] = "Choose what it is counted from."
    if wish.months is not None and not wish.source_note.strip():
        wrong["source_note"] = "Say who says so: the grant agreement, a policy of the trustees."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    rule = session.scalar(select(RetentionRule).where(RetentionRule.programme_id == wish.programme_id))
    if rule is None:
        rule = RetentionRule(programme_id=wish.programme_id)
        session.add(rule)
    rule.months, rule.counted_from, rule.source_note = (
        wish.months,
        wish.counted_from,
        wish.source_note.strip(),
    )
    describe(session, "Changed how long records are kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTooLong:
    """A client whose time is over by every rule that applies, since when, and why."""

    client_id: UUID
    name: str
    reference: str
    since: dt.date
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionList:
    """Whose time is over, and which programmes have no rule, so that their clients are never listed."""

    clients: tuple[KeptTooLong, ...]
    without_rule: tuple[str, ...]


def read_retention_list(session: Session, today: dt.date) -> RetentionList:
    """Return whose records have been kept long enough; raises Refusal for anybody but a manager.

    Somebody is listed when all their enrolments have ended and the rule of every one of them has run out; not while
    a request of theirs is open, and not where a programme has no rule or its end is not known.
    """
    check_is_manager(session)
    rules = {row.programme_id: row for row in list_retention_rules(session, None)}
    ends = {row.id: row.ends_on for row in session.execute(select(Programme.id, Programme.ends_on))}
    newest = (
        select(Contact.client_id, func.max(Contact.happened_on).label("newest"))
        .where(Contact.archived_at.is_(None))
        .group_by(Contact.client_id)
    )
    last = {row.client_id: row.newest for row in session.execute(newest)}
    found = []
    for client, enrolments in _ended(session).items():
        until = [
            _until(rules[one.programme_id], one, last.get(client), ends[one.programme_id])
            for one in enrolments
        ]
        known = [day for day, _ in until if day is not None]
        if len(known) == len(until) and max(known) <= today:
            found.append((max(known), client, tuple(dict.fromkeys(why for _, why in until))))
    return RetentionList(
        clients=tuple(_row(session, since, client, why) for since, client, why in sorted(found)),
        without_rule=tuple(row.programme for row in rules.values() if row.months is None),
    )


def _ended(session: Session) -> dict[UUID, list[Enrolment]]:
    """Return the enrolments of clients who have left everything, were not erased and have nothing open."""
    busy = select(RightsRequest.client_id).where(
        RightsRequest.answered_on.is_(None), RightsRequest.archived_at.is_(None)
    )
    query = select(Enrolment).where(
        Enrolment.archived_at.is_(None),
        Enrolment.client_id.not_in(select(Erasure.client_id)),
        Enrolment.client_id.not_in(busy),
    )
    found: dict[UUID, list[Enrolment]] = {}
    for enrolment in session.scalars(query.order_by(Enrolment.client_id, Enrolment.id)):
        found.setdefault(enrolment.client_id, []).append(enrolment)
    return {client: all_of for client, all_of in found.items() if all(one.exit_on for one in all_of)}


def _until(
    rule: RetentionRow, enrolment: Enrolment, last_contact: dt.date | None, programme_end: dt.date | None
) -> tuple[dt.date | None, str]:
    """Return until when an enrolment's records are kept, and the rule in words."""
    base: Mapping[str, dt.date | None] = {
        "exit": enrolment.exit_on,
        "last_contact": last_contact or enrolment.exit_on,
        "programme_end": programme_end,
    }
    counted = base[rule.counted_from]
    if rule.months is None or counted is None:
        return None, ""
    since = COUNTED_FROM[rule.counted_from]
    return months_after(
        counted, rule.months
    ), f"{rule.programme}: {rule.months} months. {since}: {counted:%d %B %Y}"


def _row(session: Session, since: dt.date, client_id: UUID, why: tuple[str, ...]) -> KeptTooLong:
    client = session.get_one(Client, client_id)
    return KeptTooLong(
        client_id=client_id, name=client.called(), reference=client.reference, since=since, why=why
    )


def is_manager(session: Session, _question: None) -> bool:
    """Return whether who is at the desk is a manager, who alone erases and sets rules."""
    return acting_role(session) is Role.MANAGER


def look_at_retention_list(session: Session, today: dt.date) -> None:
    """Keep that the list was looked at; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    keep_setting(session, LOOKED_AT, {"on": today.isoformat()})


def retention_reminder(session: Session, today: dt.date) -> str:
    """Return the sentence that reminds a manager of the monthly look at the list; nothing when it is not due.

    It is due once somebody has left a programme, and the list was not looked at in this month.
    """
    if not is_manager(session, None):
        return ""
    kept = read_setting(session, LOOKED_AT)
    if kept is not None and dt.date.fromisoformat(kept["on"]) >= today.replace(day=1):
        return ""
    left = (
        select(Enrolment.id)
        .where(Enrolment.exit_on.is_not(None), Enrolment.archived_at.is_(None))
        .where(Enrolment.client_id.not_in(select(Erasure.client_id)))
    )
    return REMINDER if session.scalar(left.limit(1)) is not None else ""
