"""Funders' rules of weeks and of earnings (facts 12.4 rows 18 and 19): weeks for the large office, and plain SQL for both rules.

The sums are invented for the measurement and no funder's: 7 paid hours in 13 of 16 consecutive weeks, and 4,000 pounds earned, both
within support. Every job has up to 26 weeks written down, one in seven or one in five of them without work; none is confirmed, as that would be a sign of staying, too (row 20).
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.large_vault import TODAY
from coachdesk.models import OutcomeRule, Programme, WorkWeek
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work

WINDOW, NEEDED, HOURS, POUNDS = 16, 13, 7, 4_000
RULES: dict[str, dict[str, Any]] = {
    "weeks": {"window_weeks": WINDOW, "weeks_needed": NEEDED, "hours": HOURS, "within_support": True},
    "earnings": {"pounds": POUNDS, "within_support": True},
}
"""The settings of each rule, by its sort."""
MOST_WEEKS = 26
LAID_DOWN = f"""WITH RECURSIVE week(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM week WHERE number < {MOST_WEEKS - 1}),
worked AS (SELECT j.id, j.client_id, j.ended_on, week.number, date(j.started_on, '-6 days', 'weekday 1', (7 * week.number) || ' days') AS week_on,
iif((j.rowid + week.number) % (5 + 2 * (j.rowid % 2)), 1200, 0) AS minutes FROM job j JOIN week ON 1)
INSERT INTO work_week (id, client_id, job_id, week_on, paid_minutes, gross_pence, absent, is_confirmed)
SELECT CAST(substr(id, 1, 6) || char(32 + number) || substr(id, 8) AS BLOB), client_id, id, week_on, minutes, minutes * 21, 'not_applicable', 0
FROM worked WHERE date(week_on, '6 days') <= '{TODAY.isoformat()}' AND (ended_on IS NULL OR week_on <= ended_on)"""

_WEEKS = """SELECT e.client_id, w.week_on, sum(w.paid_minutes) AS minutes, sum(w.gross_pence) AS pence
FROM enrolment e JOIN client c ON c.id = e.client_id
JOIN job j ON j.client_id = e.client_id AND (j.enrolment_id IS NULL OR j.enrolment_id = e.id)
JOIN work_week w ON w.job_id = j.id WHERE e.programme_id = :programme AND e.archived_at IS NULL AND c.archived_at IS NULL
AND j.archived_at IS NULL AND w.archived_at IS NULL AND j.started_on >= e.started_on AND (e.exit_on IS NULL OR j.started_on <= e.exit_on)
AND date(w.week_on, '6 days') <= min(:as_at, coalesce(e.exit_on, :as_at)) GROUP BY e.client_id, w.week_on"""
_BY_WEEKS = f"""SELECT client_id, week_on, count(*) OVER (PARTITION BY client_id ORDER BY julianday(week_on)
RANGE BETWEEN {7 * (WINDOW - 1)} PRECEDING AND CURRENT ROW) >= {NEEDED} AS is_full FROM ({_WEEKS}) WHERE minutes >= {60 * HOURS}"""
_BY_PAY = f"""SELECT client_id, week_on, sum(pence) OVER (PARTITION BY client_id ORDER BY week_on) >= {100 * POUNDS} AS is_full
FROM ({_WEEKS})"""
_REACHED = """SELECT sum(reached_on BETWEEN :first AND :last), sum(reached_on < :first AND client_id IN (SELECT client_id FROM enrolment
WHERE programme_id = :programme AND archived_at IS NULL AND started_on <= :last AND (exit_on IS NULL OR exit_on >= :first)))
FROM (SELECT client_id, date(min(week_on), '6 days') AS reached_on FROM ({full}) WHERE is_full GROUP BY client_id)"""
PLAIN = {"weeks": _REACHED.format(full=_BY_WEEKS), "earnings": _REACHED.format(full=_BY_PAY)}
"""How many reached a rule in the period, and how many of the people supported in it had before, by the sort of the rule."""


def key_of_rule(sort: str) -> str:
    """Return the key of the office's own rule of a sort."""
    return f"measured-{sort}"


def lay_down_rules(vault: OpenVault) -> None:
    """Give the office its two rules and its jobs their weeks, if they are not there; the weeks past the journal."""
    with reading(vault) as session:
        known = set(session.scalars(select(OutcomeRule.key)))
        weeks = session.scalar(select(func.count()).select_from(WorkWeek))
    missing = [sort for sort in RULES if key_of_rule(sort) not in known]
    if missing:
        _write_rules(vault, missing)
    if not weeks:
        connection = connected(vault.data_file, vault.keys.sub("db"))
        connection.execute(LAID_DOWN)
        connection.execute("ANALYZE work_week")
        connection.commit()
        connection.close()


def _write_rules(vault: OpenVault, sorts: Iterable[str]) -> None:
    with unit_of_work(vault, label="Wrote down rules to be measured") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "connect-to-work")).one()
        for sort in sorts:
            rule = OutcomeRule(
                key=key_of_rule(sort),
                title=f"Measured: {sort}",
                sort=sort,
                programme_id=programme.id,
                settings=RULES[sort],
                source_note="Invented for a measurement.",
            )
            work.session.add(rule)


def has_rules(session: Session) -> bool:
    """Return whether an office has the rules that are measured."""
    return session.scalar(select(OutcomeRule.id).where(OutcomeRule.key == key_of_rule("weeks"))) is not None
