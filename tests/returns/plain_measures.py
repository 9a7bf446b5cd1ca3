"""The measures of promptness, of the service and of the sorts of jobs once more, in plain SQL from their definitions.

Nothing here shares code with the return, nor with the page of service quality the return takes some of them from.
"""

# ruff: noqa: S608  every piece of SQL here is a constant of this file

from collections import Counter
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.returns.plain_figures import ENROLMENT, JOB, RESTING, Values

STARTED = f"SELECT * FROM ({ENROLMENT}) WHERE started_on BETWEEN :first AND :last"
SUPPORTED = f"""SELECT client_id, id FROM ({ENROLMENT}) WHERE started_on <= :last
AND (exit_on IS NULL OR exit_on >= :first)"""
ACTIVE = f"""SELECT * FROM ({ENROLMENT}) e WHERE profile_started_on <= :as_at
AND (exit_on IS NULL OR exit_on > :as_at) AND NOT EXISTS ({RESTING})"""
BEGUN = f"SELECT DISTINCT id, client_id, employer_id, soc, is_competitive, contract FROM ({JOB}) WHERE started_on BETWEEN :first AND :last"
HELD = f"""SELECT DISTINCT j.* FROM job j JOIN ({SUPPORTED}) e ON e.client_id = j.client_id
AND (j.enrolment_id IS NULL OR j.enrolment_id = e.id) WHERE j.archived_at IS NULL AND j.started_on <= :last
AND (j.ended_on IS NULL OR j.ended_on >= :first)"""
ONWARD = f"""SELECT o.first_attended_on, o.service_id, o.service_sort FROM sharing s
LEFT JOIN onward_referral o ON o.sharing_id = s.id WHERE s.sort = 'referral' AND s.archived_at IS NULL
AND s.shared_on BETWEEN :first AND :last AND s.client_id IN (SELECT client_id FROM ({SUPPORTED}))"""
ASKED = "('not_asked', 'not_known', 'prefers_not_to_say', 'not_applicable', '')"

DAYS = {
    "referral-to-start": f"""SELECT s.client_id, CASE WHEN s.received_on <= s.started_on
        THEN julianday(s.started_on) - julianday(s.received_on) END FROM ({STARTED}) s
        WHERE NOT EXISTS (SELECT 1 FROM ({STARTED}) o WHERE o.client_id = s.client_id AND o.started_on < s.started_on)""",
    "first-employer-contact": f"""SELECT s.client_id, (SELECT min(julianday(c.happened_on)) FROM employer_contact c
        JOIN employer_talk t ON t.employer_contact_id = c.id WHERE t.client_id = s.client_id AND c.face_to_face
        AND t.archived_at IS NULL AND c.archived_at IS NULL AND c.happened_on BETWEEN s.started_on AND :as_at)
        - julianday(s.started_on) FROM ({STARTED}) s
        WHERE NOT EXISTS (SELECT 1 FROM ({STARTED}) o WHERE o.client_id = s.client_id AND o.started_on < s.started_on)""",
    "adjustment-lag": f"""SELECT a.client_id, CASE WHEN a.in_place_on <= :as_at
        THEN julianday(a.in_place_on) - julianday(a.requested_on) END FROM adjustment a
        WHERE a.decision IN ('agreed', 'partly') AND a.decided_on BETWEEN :first AND :last
        AND a.requested_on IS NOT NULL AND a.archived_at IS NULL
        AND a.client_id IN (SELECT client_id FROM ({SUPPORTED}))
        AND (a.in_place_on <= :as_at OR julianday(:as_at) - julianday(a.requested_on) > 28)""",
}

NUMBERS = {
    "different-employers": f"SELECT count(DISTINCT employer_id), count(*) FROM ({BEGUN})",
    "different-occupations": f"""SELECT count(DISTINCT CASE WHEN length(soc) >= 3 THEN substr(soc, 1, 3) END),
        count(*) FROM ({BEGUN})""",
    "competitive-jobs": f"SELECT sum(is_competitive = 'yes'), count(*) FROM ({BEGUN})",
    "permanent-jobs": f"SELECT sum(contract = 'permanent'), count(*) FROM ({BEGUN})",
    "retention-share": f"""SELECT count(DISTINCT CASE WHEN route IN ('in_work_at_risk', 'signed_off',
        'in_work_wants_change') THEN client_id END), count(DISTINCT client_id) FROM ({ACTIVE})""",
    "hours-gap": f"""SELECT sum(usual_minutes > guaranteed_minutes), count(*) FROM (SELECT j.id, t.usual_minutes,
        t.guaranteed_minutes, row_number() OVER (PARTITION BY j.id ORDER BY t.as_on DESC, t.id DESC) AS place
        FROM ({HELD}) j JOIN job_terms t ON t.job_id = j.id AND t.archived_at IS NULL AND t.as_on <= :as_at
        WHERE t.usual_minutes IS NOT NULL AND t.guaranteed_minutes IS NOT NULL) WHERE place = 1""",
    "wants-more-hours": f"""SELECT sum(wish = 'yes'), count(*) FROM (SELECT (SELECT t.wants_more_hours
        FROM job_terms t WHERE t.job_id = j.id AND t.archived_at IS NULL AND t.as_on <= :as_at
        AND t.wants_more_hours NOT IN {ASKED} ORDER BY t.as_on DESC, t.id DESC LIMIT 1) AS wish FROM ({HELD}) j)""",
    "service-use": f"""SELECT (SELECT count(DISTINCT s.client_id) FROM sharing s WHERE s.sort = 'referral'
        AND s.archived_at IS NULL AND s.shared_on BETWEEN :first AND :last
        AND s.client_id IN (SELECT client_id FROM ({SUPPORTED}))),
        (SELECT count(DISTINCT client_id) FROM ({SUPPORTED}))""",
    "onward-referrals": f"SELECT sum(first_attended_on <= :as_at), count(*) FROM ({ONWARD})",
    "onward-referrals-by-type": f"""SELECT sum(coalesce(s.sort, o.service_sort) = 'money_debt'), count(*)
        FROM ({ONWARD}) o LEFT JOIN service s ON s.id = o.service_id""",
}

MINUTES = """SELECT c.place, c.channel, c.did_not_attend, c.minutes FROM contact c
WHERE c.archived_at IS NULL AND c.minutes IS NOT NULL AND c.happened_on BETWEEN :first AND :last
AND c.id NOT IN (SELECT contact_id FROM group_place WHERE contact_id IS NOT NULL)"""
SESSIONS = """SELECT place, minutes FROM group_session WHERE archived_at IS NULL AND minutes IS NOT NULL
AND happened_on BETWEEN :first AND :last"""
BESIDE = (
    """SELECT sort, minutes FROM work_time WHERE archived_at IS NULL AND worked_on BETWEEN :first AND :last"""
)


def days_of(session: Session, measure: str, values: Values) -> list[tuple[UUID, float | None]]:
    """Return the days each person or adjustment took, None where there are none yet."""
    rows = session.execute(text(DAYS[measure]), values)
    return sorted({(UUID(bytes=client), days) for client, days in rows}, key=str)


def share_of(session: Session, measure: str, values: Values) -> tuple[int, int]:
    """Return numerator and base."""
    part, whole = session.execute(text(NUMBERS[measure]), values).one()
    return part or 0, whole


def minutes_of(session: Session, values: Values) -> dict[str, tuple[int, int]]:
    """Return the minutes in the community and on employment services, each with all they are part of."""
    spent: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for place, channel, missed, minutes in session.execute(text(MINUTES), values):
        spent["clients"] += minutes
        if channel in {"face_to_face", "employer_visit"} and not missed:
            places[place] += minutes
    for place, minutes in session.execute(text(SESSIONS), values):
        spent["groups"] += minutes
        places[place] += minutes
    for sort, minutes in session.execute(text(BESIDE), values):
        spent[sort] += 0 if sort == "leave" else minutes
    served = sum(spent[sort] for sort in ("clients", "groups", "travel", "employers"))
    inside = sum(places[place] for place in ("home", "workplace", "health", "public", "hub"))
    return {
        "employment-time": (served, sum(spent.values())),
        "community-time": (inside, sum(places.values())),
    }
