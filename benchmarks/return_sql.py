"""What the measurements of a return share: which return it is, our way to all its figures, and plain SQL for each of them.

The plain way asks one statement a figure for its number alone, and one a divided figure and heading for its table. Where
both sides count the same people in so many words, the numbers are set side by side: a statement that counts something
else would be no measure.
"""

import datetime as dt
import time

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from benchmarks.large_vault import TODAY
from benchmarks.return_rules import PLAIN, has_rules, key_of_rule
from coachdesk.models import Programme
from coachdesk.returns.breakdowns import breakdowns
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import Counting
from coachdesk.returns.indicators.found import Found, Scope
from coachdesk.returns.lines import Counts, counts
from coachdesk.returns.rules import rules_of
from coachdesk.returns.wishes import ReturnWish
from coachdesk.vault.room_to_count import room_to_count

WISH = ReturnWish(
    programme_key="connect-to-work", from_on=dt.date(2026, 7, 1), to_on=dt.date(2026, 9, 30), as_at=TODAY
)
THRESHOLD = 5

# Each divided indicator: who is counted.
PEOPLE = {
    "referrals accepted": "e.accepted_on BETWEEN :first AND :last",
    "starts": "e.started_on BETWEEN :first AND :last",
    "active caseload": "e.profile_started_on <= :as_at AND (e.exit_on IS NULL OR e.exit_on > :as_at)",
    "supported": "e.started_on <= :last AND (e.exit_on IS NULL OR e.exit_on >= :first)",
    "first job starts": "e.client_id IN (SELECT client_id FROM job GROUP BY client_id "
    "HAVING min(started_on) BETWEEN :first AND :last)",
}
# Each heading: what it is read from.
HEADINGS = {
    "sex": "q.sex",
    "age": "CASE WHEN c.born_from > date(:first, '-25 years') THEN 0 WHEN c.born_from > date(:first, '-50 years') "
    "THEN 1 ELSE 2 END",
    "ethnic group": "q.ethnic_group",
    "disability": "q.long_condition || q.activity_restriction",
    "district": "c.local_authority",
    "hub": "e.hub_id",
    "source": "e.source",
    "reason": "r.reason",
}
COUNT = """SELECT {heading}, count(DISTINCT e.client_id) FROM enrolment e JOIN client c ON c.id = e.client_id
LEFT JOIN equality q ON q.client_id = e.client_id LEFT JOIN eligibility r ON r.enrolment_id = e.id
WHERE e.programme_id = :programme AND {people} GROUP BY 1"""
OF_PROGRAMME = """SELECT e.* FROM enrolment e JOIN client c ON c.id = e.client_id
WHERE e.programme_id = :programme AND e.archived_at IS NULL AND c.archived_at IS NULL"""
JOBS = f"""SELECT j.*, e.id AS enrolled, e.started_on AS since, e.exit_on, e.route FROM ({OF_PROGRAMME}) e
JOIN job j ON j.client_id = e.client_id AND (j.enrolment_id IS NULL OR j.enrolment_id = e.id)
WHERE j.archived_at IS NULL AND j.started_on >= e.started_on AND (e.exit_on IS NULL OR j.started_on <= e.exit_on)"""
PAID = f"""SELECT j.* FROM ({JOBS}) j WHERE EXISTS (SELECT 1 FROM job_terms t WHERE t.job_id = j.id
AND t.usual_minutes >= 240 AND t.archived_at IS NULL) AND julianday(min(coalesce(ended_on, :as_at), :as_at))
- julianday(started_on) >= 6"""
FIRST = f"SELECT client_id, since, min(started_on) AS began, ended_on FROM ({PAID}) GROUP BY enrolled"
BEGUN = f"SELECT DISTINCT id, client_id, employer_id, soc, is_competitive, contract FROM ({JOBS}) WHERE started_on BETWEEN :first AND :last"
STARTED = f"SELECT * FROM ({OF_PROGRAMME}) WHERE started_on BETWEEN :first AND :last"
SUPPORTED = (
    f"SELECT * FROM ({OF_PROGRAMME}) WHERE started_on <= :last AND (exit_on IS NULL OR exit_on >= :first)"
)
ACTIVE = f"""SELECT * FROM ({OF_PROGRAMME}) e WHERE profile_started_on <= :as_at AND (exit_on IS NULL OR exit_on > :as_at)
AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.enrolment_id = e.id AND p.archived_at IS NULL AND p.from_on <= :as_at
AND (p.to_on IS NULL OR p.to_on >= :as_at))"""
HELD = f"""SELECT DISTINCT j.id, j.client_id FROM ({SUPPORTED}) e JOIN job j ON j.client_id = e.client_id
AND (j.enrolment_id IS NULL OR j.enrolment_id = e.id) WHERE j.archived_at IS NULL AND j.started_on <= :last
AND (j.ended_on IS NULL OR j.ended_on >= :first)"""
MINUTES = """SELECT {by}, sum(c.minutes) FROM contact c JOIN client k ON k.id = c.client_id WHERE c.minutes > 0
AND c.archived_at IS NULL AND c.happened_on BETWEEN :first AND :last
AND c.id NOT IN (SELECT contact_id FROM group_place WHERE contact_id IS NOT NULL) GROUP BY 1"""
ONS4 = f"""WITH r AS (SELECT r.client_id, r.taken_on, r.items ->> '{{question}}' AS answer FROM ({OF_PROGRAMME}) e
JOIN reading r ON r.client_id = e.client_id AND r.taken_on >= e.started_on AND r.archived_at IS NULL
WHERE r.instrument = 'ons4' AND r.taken_on <= :last)
SELECT sign(l.answer - f.answer), count(*) FROM (SELECT *, max(taken_on) FROM r GROUP BY client_id) l
JOIN (SELECT *, min(taken_on) FROM r GROUP BY client_id) f ON f.client_id = l.client_id
WHERE l.taken_on BETWEEN :first AND :last AND julianday(l.taken_on) - julianday(f.taken_on) >= 28 GROUP BY 1"""
MILESTONE = f"""SELECT count(*), sum(ended_on IS NULL OR ended_on >= date(began, '{{days}} days')) FROM ({FIRST})
WHERE date(began, '{{days}} days') BETWEEN :first AND :last"""
COHORT = f"""SELECT count(*), sum(EXISTS (SELECT 1 FROM ({PAID}) f WHERE f.client_id = e.client_id
AND f.started_on <= date(e.started_on, '{{months}} months'))) FROM ({OF_PROGRAMME}) e
WHERE date(e.started_on, '{{months}} months') BETWEEN :first AND :last"""
POSTS = """SELECT sum(hundredths) FROM (SELECT t.hundredths, max(t.from_on) FROM coach_time t JOIN coach c ON c.id = t.coach_id
WHERE t.from_on <= :as_at AND t.archived_at IS NULL AND c.archived_at IS NULL
AND (c.ended_on IS NULL OR c.ended_on > :as_at) GROUP BY t.coach_id)"""
EVERYBODY = (
    f"""SELECT count(DISTINCT client_id) FROM ({ACTIVE.replace("e.programme_id = :programme AND ", "")})"""
)
MEETINGS = """SELECT count(*) FROM employer_contact WHERE happened_on BETWEEN :first AND :last AND face_to_face
AND made_by IN ('coach', 'both') AND archived_at IS NULL AND coach_id IN (SELECT coach_id FROM coach_time WHERE hundredths > 0)"""
DAYS = """WITH RECURSIVE day(day) AS (SELECT :first UNION ALL SELECT date(day, '1 day') FROM day WHERE day < :last)
SELECT count(*) FROM day, coach c WHERE strftime('%w', day) NOT IN ('0', '6') AND c.archived_at IS NULL
AND day NOT IN (SELECT falls_on FROM bank_holiday WHERE archived_at IS NULL)
AND EXISTS (SELECT 1 FROM coach_time t WHERE t.coach_id = c.id AND t.from_on <= day AND t.hundredths > 0)"""
"""Days worked in an office where nobody's time has changed and nobody was on leave."""
RETAINED = f"""WITH e AS (SELECT *, date(started_on, '{{days}} days') AS day FROM ({OF_PROGRAMME})
WHERE route IN ('in_work_at_risk', 'in_work_wants_change', 'signed_off')),
j AS (SELECT e.id AS of, e.client_id, e.day, j.employer_id, j.started_on <= e.started_on AND (j.ended_on IS NULL
OR j.ended_on >= e.started_on) AS before, j.started_on <= e.day AND coalesce(j.ended_on, j.evidence_seen_on) >= e.day AS sure,
j.started_on <= e.day AND (j.ended_on IS NULL OR j.ended_on >= e.day) AS perhaps
FROM e JOIN job j ON j.client_id = e.client_id AND (j.enrolment_id IS NULL OR j.enrolment_id = e.id) WHERE j.archived_at IS NULL),
stood AS (SELECT e.client_id, CASE WHEN NOT EXISTS (SELECT 1 FROM j WHERE of = e.id AND before) THEN 4
WHEN EXISTS (SELECT 1 FROM j JOIN j b ON b.of = j.of AND b.before AND b.employer_id = j.employer_id
WHERE j.of = e.id AND j.sure) THEN 1
WHEN EXISTS (SELECT 1 FROM j WHERE of = e.id AND sure) THEN 2
WHEN EXISTS (SELECT 1 FROM j WHERE of = e.id AND perhaps) THEN 4 ELSE 3 END AS place
FROM e WHERE e.day BETWEEN :first AND :last)
SELECT sum(place = 1), sum(place = 2), sum(place = 3), sum(place = 4)
FROM (SELECT min(place) AS place FROM stood GROUP BY client_id)"""
NUMBERS = (
    *(
        f"SELECT count(DISTINCT client_id) FROM ({OF_PROGRAMME}) e WHERE {people}"
        for people in PEOPLE.values()
    ),
    f"SELECT count(*) FROM ({BEGUN})",
    f"SELECT count(DISTINCT client_id) FROM ({FIRST}) WHERE began BETWEEN :first AND :last",
    f"SELECT count(DISTINCT employer_id), count(DISTINCT substr(soc, 1, 3)) FROM ({BEGUN})",
    f"SELECT is_competitive, contract, count(*) FROM ({BEGUN}) GROUP BY 1, 2",
    f"""SELECT avg(julianday(started_on) - julianday(received_on)), count(*) FROM ({STARTED})""",
    f"""SELECT count(*) FROM ({STARTED}) s WHERE EXISTS (SELECT 1 FROM employer_talk t
    WHERE t.client_id = s.client_id AND t.archived_at IS NULL)""",
    f"SELECT route, count(DISTINCT client_id) FROM ({ACTIVE}) GROUP BY 1",
    f"SELECT coach_id, count(DISTINCT client_id) FROM ({ACTIVE}) GROUP BY 1",
    f"""SELECT sum(t.usual_minutes > t.guaranteed_minutes), sum(t.wants_more_hours = 'yes'), count(*)
    FROM ({HELD}) j JOIN job_terms t ON t.job_id = j.id AND t.archived_at IS NULL AND t.as_on <= :as_at""",
    f"""SELECT sum(t.hourly_pence >= 1260), count(*) FROM ({BEGUN}) j JOIN job_terms t ON t.job_id = j.id
    AND t.archived_at IS NULL AND t.as_on <= :as_at""",
    f"SELECT count(*), sum(g.id IS NULL) FROM ({HELD}) j LEFT JOIN good_work_check g ON g.job_id = j.id",
    f"SELECT count(*), sum(k.id IS NULL) FROM ({HELD}) j LEFT JOIN check_in k ON k.job_id = j.id",
    f"SELECT count(DISTINCT s.client_id) FROM sharing s JOIN ({SUPPORTED}) e ON e.client_id = s.client_id",
    f"SELECT count(*) FROM adjustment a JOIN ({SUPPORTED}) e ON e.client_id = a.client_id",
    MINUTES.format(by="c.coach_id"),
    MINUTES.format(by="c.place || c.channel"),
    POSTS,
    EVERYBODY,
    MEETINGS,
    DAYS,
    *(RETAINED.format(days=7 * weeks) for weeks in (13, 26)),
    *(MILESTONE.format(days=7 * weeks) for weeks in (13, 26, 52)),
    *(COHORT.format(months=months) for months in (6, 9, 12)),
    *(ONS4.format(question=question) for question in ("satisfied", "worthwhile", "happy", "anxious")),
    *PLAIN.values(),
)

AGREED = {
    "referrals accepted": "referrals-accepted",
    "starts": "starts",
    "active caseload": "active-caseload",
    "supported": "reach",
}
"""Who is counted alike by both sides, by the statement's name and the figure's id."""


def scope_of(session: Session) -> Scope:
    """Return what is counted: the return's programme, period and rules."""
    programme = session.scalars(select(Programme).where(Programme.key == WISH.programme_key)).one()
    return Scope(
        programme_id=programme.id, period=WISH.period, as_at=WISH.as_at, rules=rules_of(programme.definition)
    )


def ours(session: Session, scope: Scope) -> Counts:
    """Find and tabulate every figure of the return, with the room that a return takes for its counting."""
    with room_to_count(session):
        found = counts(session, scope, read_catalogue(), THRESHOLD)
        headings = breakdowns(session, scope)
    tables = Counting(period=scope.period.key, threshold=THRESHOLD, breakdowns=headings).count(
        found.measures, found.splits, found.headlines
    )
    assert tables.tables
    return found


def plain(session: Session, scope: Scope) -> None:
    """Ask every number and every table, one statement each, with the same room."""
    values = _values(scope)
    with room_to_count(session):
        for statement in NUMBERS:
            assert session.execute(text(statement), values).all() is not None, statement
        for people in PEOPLE.values():
            for heading in HEADINGS.values():
                rows = session.execute(text(COUNT.format(heading=heading, people=people)), values).all()
                assert rows, (heading, people)


def figures(session: Session, runs: int) -> tuple[float, float]:
    """Return the milliseconds of our figures and of the plain statements, the least of some runs, once both agree.

    Of the processor: the clock says little on a machine that others use as well.
    """
    scope = scope_of(session)
    times = []
    for _ in range(runs):
        begun = time.process_time()
        found = ours(session, scope)
        half = time.process_time()
        plain(session, scope)
        times.append((half - begun, time.process_time() - half))
        require_agreement(session, scope, found)
    mine, plainly = (min(column) * 1000 for column in zip(*times, strict=True))
    return mine, plainly


def require_agreement(session: Session, scope: Scope, found: Counts) -> None:
    """Stop the measurement where our figure and the plain number of the same people differ."""
    ids = {line.found.id: len(line.found.people) for line in found.lines}
    for name, figure in AGREED.items():
        who = f"SELECT count(DISTINCT client_id) FROM ({OF_PROGRAMME}) e WHERE {PEOPLE[name]}"
        number = _number(session, scope, who)
        assert ids[figure] == number, (figure, ids[figure], number)
    told = {line.found.id: line.found for line in found.lines}
    posts, everybody, meetings, days = (
        _number(session, scope, one) for one in (POSTS, EVERYBODY, MEETINGS, DAYS)
    )
    if posts:
        _require(told["caseload-per-post"], f"{everybody:,} active clients, {posts / 100:g} full-time posts")
        _require(told["employer-contacts"], f"{meetings:,} meetings in {days / 5:.1f} weeks worked")
    for weeks in (13, 26):
        row = session.execute(text(RETAINED.format(days=7 * weeks)), _values(scope)).one()
        parts = tuple(len(group.clients) for group in told[f"retained-{weeks}"].groups)
        assert parts == tuple(number or 0 for number in row), (weeks, parts, row)
    for sort, statement in PLAIN.items() if has_rules(session) else ():
        reached = told[f"rule-{key_of_rule(sort)}"].groups[:2]
        row = session.execute(text(statement), _values(scope)).one()
        numbers = tuple(len(group.clients) for group in reached)
        assert numbers == tuple(number or 0 for number in row), (sort, numbers, row)
        assert all(numbers), (sort, numbers)


def _number(session: Session, scope: Scope, statement: str) -> int:
    return session.execute(text(statement), _values(scope)).scalar_one() or 0


def _require(found: Found, basis: str) -> None:
    assert found.amount is not None, found
    assert found.amount.basis == basis, (found.amount.basis, basis)


def _values(scope: Scope) -> dict[str, object]:
    return {
        "programme": scope.programme_id.bytes,
        "first": scope.period.from_on.isoformat(),
        "last": scope.period.to_on.isoformat(),
        "as_at": scope.as_at.isoformat(),
    }
