"""The figures and headings of a return once more, in plain SQL and straight from their definitions (facts 12.4).

Nothing here shares code with the return: a mistake would have to be made twice to go unseen.
"""

# ruff: noqa: S608  every piece of SQL here is a constant of this file

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

ENROLMENT = """SELECT e.* FROM enrolment e JOIN client c ON c.id = e.client_id
WHERE e.programme_id = :programme AND e.archived_at IS NULL AND c.archived_at IS NULL"""

JOB = f"""SELECT e.id AS enrolment, e.route, e.started_on AS enrolled, j.* FROM ({ENROLMENT}) e
JOIN job j ON j.client_id = e.client_id AND (j.enrolment_id IS NULL OR j.enrolment_id = e.id)
WHERE j.archived_at IS NULL AND j.started_on >= e.started_on AND (e.exit_on IS NULL OR j.started_on <= e.exit_on)"""

PAID = f"""SELECT j.* FROM ({JOB}) j WHERE j.started_on <= :as_at AND CASE
WHEN j.four_hours_on IS NOT NULL THEN j.four_hours_on <= :as_at
ELSE EXISTS (SELECT 1 FROM job_terms t WHERE t.job_id = j.id AND t.usual_minutes >= 240 AND t.archived_at IS NULL)
AND julianday(min(coalesce(j.ended_on, :as_at), :as_at)) - julianday(j.started_on) >= 6 END"""

FIRST_JOB = f"""SELECT client_id FROM ({PAID}) WHERE route IN {{routes}} AND enrolled <= :last
GROUP BY enrolment, client_id HAVING min(started_on) BETWEEN :first AND :last"""

RESTING = """SELECT 1 FROM pause p WHERE p.enrolment_id = e.id AND p.archived_at IS NULL
AND p.from_on <= :as_at AND (p.to_on IS NULL OR p.to_on >= :as_at)"""

PEOPLE = {
    "referrals-accepted": f"SELECT client_id FROM ({ENROLMENT}) WHERE accepted_on BETWEEN :first AND :last",
    "starts": f"SELECT client_id FROM ({ENROLMENT}) WHERE started_on BETWEEN :first AND :last",
    "active-caseload": f"""SELECT client_id FROM ({ENROLMENT}) e WHERE profile_started_on <= :as_at
        AND (exit_on IS NULL OR exit_on > :as_at) AND NOT EXISTS ({RESTING})""",
    "reach": f"""SELECT client_id FROM ({ENROLMENT}) WHERE started_on <= :last
        AND (exit_on IS NULL OR exit_on >= :first)""",
    "first-job-starts": FIRST_JOB.format(routes="('out_of_work')"),
    "in-work-job-starts": FIRST_JOB.format(
        routes="('in_work_at_risk', 'signed_off', 'in_work_wants_change')"
    ),
    "all-job-starts": f"SELECT DISTINCT client_id, id FROM ({JOB}) WHERE started_on BETWEEN :first AND :last",
}

READING = f"""SELECT DISTINCT r.client_id, r.id, r.taken_on, r.items ->> :question AS answer FROM ({ENROLMENT}) e
JOIN reading r ON r.client_id = e.client_id AND r.taken_on >= e.started_on AND r.archived_at IS NULL
WHERE r.instrument = 'ons4' AND r.taken_on <= :last AND json_type(r.items, '$.' || :question) = 'integer'"""

MOVED = f"""WITH r AS ({READING}),
first AS (SELECT *, row_number() OVER (PARTITION BY client_id ORDER BY taken_on, id) AS place FROM r),
latest AS (SELECT *, row_number() OVER (PARTITION BY client_id ORDER BY taken_on DESC, id DESC) AS place FROM r)
SELECT l.client_id, l.answer - f.answer FROM latest l JOIN first f ON f.client_id = l.client_id
WHERE l.place = 1 AND f.place = 1 AND l.taken_on BETWEEN :first AND :last
AND julianday(l.taken_on) - julianday(f.taken_on) >= 28"""

DECIDING = f"""SELECT * FROM (SELECT e.*, row_number() OVER (PARTITION BY e.client_id ORDER BY
coalesce(started_on, accepted_on, received_on, '') <= :as_at DESC,
coalesce(started_on, accepted_on, received_on, '') DESC, e.id DESC) AS place FROM ({ENROLMENT}) e) WHERE place = 1"""

SAID = "NOT IN ('not_asked', 'not_known', 'prefers_not_to_say', 'not_applicable')"


def _title(list_name: str, key: str) -> str:
    return (
        f"(SELECT title FROM code WHERE list_name = '{list_name}' AND key = {key} AND key {SAID} "
        "AND archived_at IS NULL)"
    )


def _age(born: str) -> str:
    return f"(strftime('%Y', :first) - strftime('%Y', {born}) - (strftime('%m%d', :first) < strftime('%m%d', {born})))"


def _band(age: str) -> str:
    return (
        f"CASE WHEN {age} < 16 THEN 'none' WHEN {age} < 18 THEN '16_17' WHEN {age} < 25 THEN '18_24' "
        f"WHEN {age} < 35 THEN '25_34' WHEN {age} < 50 THEN '35_49' WHEN {age} < 65 THEN '50_64' ELSE '65_over' END"
    )


OLDEST, YOUNGEST = _band(_age("c.born_from")), _band(_age("c.born_to"))
TIGHT = "upper(replace(c.postcode, ' ', ''))"
OUTWARD = f"substr({TIGHT}, 1, max(0, length({TIGHT}) - 3))"
COUNCIL_OF_TOWN = (
    "(SELECT title FROM code WHERE list_name = 'local_authority' AND lower(title) = lower(trim(c.town)) "
    "AND archived_at IS NULL)"
)
PARENT = (
    "coalesce((SELECT parent FROM code WHERE list_name = 'ethnic_group' AND key = q.ethnic_group "
    "AND archived_at IS NULL), q.ethnic_group)"
)

HEADINGS = {
    "sex": _title("sex", "q.sex"),
    "age": f"""CASE WHEN c.born_from IS NULL OR c.born_to IS NULL THEN NULL WHEN {OLDEST} <> {YOUNGEST}
        OR {OLDEST} = 'none' THEN 'Not certain' ELSE {_title("age_band", OLDEST)} END""",
    "ethnic-group": _title("ethnic_group_band", PARENT),
    "disability": f"""CASE WHEN q.long_condition = 'no' THEN 'Not disabled' WHEN q.long_condition <> 'yes' THEN NULL
        WHEN NOT q.activity_restriction {SAID} THEN 'Condition, effect not recorded'
        WHEN q.activity_restriction IN ('no', 'not_at_all', 'none') THEN 'Not disabled' ELSE 'Disabled' END""",
    "district": f"""coalesce({_title("local_authority", "c.local_authority")}, {COUNCIL_OF_TOWN},
        CASE WHEN {OUTWARD} GLOB '[A-Z]*' AND {OUTWARD} NOT GLOB '*[^A-Z0-9]*' THEN {OUTWARD} END)""",
    "hub": "(SELECT name FROM hub WHERE id = coalesce(e.hub_id, c.hub_id))",
    "source": _title("referral_source", "e.source"),
    "eligibility": _title("eligibility_reason", "r.reason"),
}

HEADING = f"""SELECT DISTINCT e.client_id, {{label}} AS label FROM ({DECIDING}) e JOIN client c ON c.id = e.client_id
LEFT JOIN equality q ON q.client_id = c.id AND q.archived_at IS NULL
LEFT JOIN eligibility r ON r.enrolment_id = e.id AND r.archived_at IS NULL"""

Values = Mapping[str, object]


def people_behind(session: Session, figure: str, values: Values) -> list[UUID]:
    """Return who stands behind a figure, once for each event where it counts events."""
    return [UUID(bytes=row[0]) for row in session.execute(text(PEOPLE[figure]), values)]


def moved(session: Session, question: str, values: Values) -> dict[UUID, int]:
    """Return how far each client's answer to a question has risen."""
    rows = session.execute(text(MOVED), {**values, "question": question})
    return {UUID(bytes=client): by for client, by in rows}


def under(session: Session, heading: str, values: Values) -> dict[str, set[UUID]]:
    """Return who stands under each label of a heading; those who stated nothing stand under none."""
    found: dict[str, set[UUID]] = {}
    for client, label in session.execute(text(HEADING.format(label=HEADINGS[heading])), values):
        if label is not None:
            found.setdefault(label, set()).add(UUID(bytes=client))
    return found
