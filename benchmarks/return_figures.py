"""All figures of a return over many clients against plain SQL, and what a tenfold number of clients costs.

Ours finds the people behind every figure with those who nearly counted, divides the divided ones under every heading,
and reads the minutes of the period's contacts. The plain way asks one statement a figure for its number alone, and one
a divided figure and heading for its table. The office of ``large_vault`` is laid down again and again with new keys,
past journal and search, which no figure reads; sizes can be given: ``python -m benchmarks.return_figures 10000 100000``.
"""

import shutil
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from benchmarks.large_vault import CLIENTS, OUT, large_vault, opened
from benchmarks.measuring import compared, report
from benchmarks.return_pack import COUNT, HEADINGS, PEOPLE, THRESHOLD, WISH, ours
from coachdesk.models import Programme
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.rules import rules_of
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading

SIZES = (10_000, 100_000)
RUNS = 2
AT_MOST, GROWTH = 3.0, 12.0
COPIED = ("client", "enrolment", "eligibility", "equality", "reading", "job", "job_terms", "contact")
KEYS = {"id", "client_id", "enrolment_id", "job_id"}
HALF = {"contact": "WHERE rowid % 2 = 0"}
"""Twenty contacts a client are enough; the office has forty."""

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
    *(MILESTONE.format(days=7 * weeks) for weeks in (13, 26, 52)),
    *(COHORT.format(months=months) for months in (6, 9, 12)),
    *(ONS4.format(question=question) for question in ("satisfied", "worthwhile", "happy", "anxious")),
)


def many(clients: int) -> Path:
    """Return the folder of an office of so many clients, laid down first if it is not there."""
    folder = OUT / f"many-{clients}.coachdesk"
    if folder.exists():
        return folder
    started, base = time.perf_counter(), large_vault()
    making = OUT / f"making-many-{clients}.coachdesk"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    opened(base).close()  # brought up to date before it is copied
    for file in base.iterdir():
        if "backup" not in file.name:
            shutil.copy2(file, making)
    vault = opened(making)
    copies = clients // CLIENTS - 1
    vault.close()
    _lay_down(making, copies)
    making.rename(folder)
    sys.stderr.write(f"laid down {folder.name} in {time.perf_counter() - started:.0f} s\n")
    return folder


def _lay_down(folder: Path, copies: int) -> None:
    """Write the clients so many times more, past the journal and the search."""
    vault = opened(folder)
    connection = connected(vault.data_file, vault.keys.sub("db"))
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    for table in COPIED:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        last = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
        where = HALF.get(table, "WHERE 1")
        for number in range(1, copies + 1):
            picked = ", ".join(_picked(column, table, number) for column in columns)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {picked} FROM {table} {where} AND rowid <= ?",
                (last,),
            )
            connection.commit()
    columns = [row[1] for row in connection.execute("PRAGMA table_info(reading)")]
    again = ", ".join(
        {
            "id": "CAST(substr(id, 1, 2) || x'AA' || substr(id, 4) AS BLOB)",
            "taken_on": "date(taken_on, '60 days')",
        }.get(column, column)
        for column in columns
    )
    connection.execute(f"INSERT INTO reading ({', '.join(columns)}) SELECT {again} FROM reading")
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    vault.close()


def _picked(column: str, table: str, number: int) -> str:
    if column in KEYS:
        return f"CAST(x'{number:04X}' || substr({column}, 3) AS BLOB)"
    if (table, column) == ("client", "reference"):
        return f"reference || '-{number}'"
    if (table, column) == ("contact", "channel"):
        return "CASE channel WHEN 'in_person' THEN 'face_to_face' ELSE channel END"
    if (table, column) == ("contact", "place"):
        return "CASE WHEN minutes > 30 THEN 'hub' ELSE 'office' END"
    return column


def plain(session: Session, programme: bytes) -> None:
    """Ask every number and every table, one statement each."""
    values = {
        "programme": programme,
        "first": "2026-07-01",
        "last": "2026-09-30",
        "as_at": WISH.as_at.isoformat(),
    }
    for statement in NUMBERS:
        assert session.execute(text(statement), values).all() is not None, statement
    for people in PEOPLE.values():
        for heading in HEADINGS.values():
            rows = session.execute(text(COUNT.format(heading=heading, people=people)), values).all()
            assert rows, (heading, people)


def _took(work: Callable[..., None], *given: object) -> float:
    """Return the processor's milliseconds: the clock says little on a machine that others use as well."""
    started = time.process_time()
    work(*given)
    return (time.process_time() - started) * 1000


def measured(vault: OpenVault) -> tuple[float, float, int, int]:
    """Return the milliseconds of our figures and of the plain statements (of the processor), and how many clients and contacts there are."""
    with reading(vault) as session:
        programme = session.scalars(select(Programme).where(Programme.key == WISH.programme_key)).one()
        scope = Scope(
            programme_id=programme.id,
            period=WISH.period,
            as_at=WISH.as_at,
            rules=rules_of(programme.definition),
        )
        key = programme.id.bytes
        times = [(_took(ours, session, scope), _took(plain, session, key)) for _ in range(RUNS)]
        mine, plainly = (min(column) for column in zip(*times, strict=True))
        clients, contacts = (
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("client", "contact")
        )
    return mine, plainly, clients, contacts


def main() -> int:
    """Measure each size, report it at once, and what more clients cost."""
    assert THRESHOLD
    sizes = tuple(int(size) for size in sys.argv[1:]) or SIZES
    times: list[tuple[int, float]] = []
    status = 0
    for size in sizes:
        vault = opened(many(size))
        try:
            mine, plainly, clients, contacts = measured(vault)
        finally:
            vault.close()
        name = f"figures over {clients:,} clients and {contacts:,} contacts against plain SQL"
        status |= report(compared(name, mine, plainly, at_most=AT_MOST))
        sys.stdout.flush()
        times.append((clients, mine))
    for (few, short), (more, long) in pairwise(times):
        name = f"{more:,} clients against {few:,}"
        status |= report(compared(name, long, short, at_most=GROWTH * more / few / 10))
    return status


if __name__ == "__main__":
    sys.exit(main())
