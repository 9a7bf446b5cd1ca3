"""All figures of a return over many clients against plain SQL, and what a tenfold number of clients costs.

Ours finds the people behind every figure with those who nearly counted, divides the divided ones under every heading,
and reads the minutes of the period's contacts. The plain way asks one statement a figure for its number alone, and one
a divided figure and heading for its table. The office of ``large_vault`` is laid down again and again with new keys,
past journal and search, which no figure reads; sizes can be given: ``python -m benchmarks.return_figures 10000 100000``.
"""

import datetime as dt
import shutil
import sys
import time
from itertools import pairwise
from pathlib import Path

from sqlalchemy import func, select, text

from benchmarks.large_vault import CLIENTS, OUT, large_vault, opened
from benchmarks.measuring import compared, report
from benchmarks.return_rules import lay_down_rules
from benchmarks.return_sql import figures
from coachdesk.models import Coach, CoachTime, Employer, EmployerContact
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work

SIZES = (10_000, 100_000)
RUNS = 2
AT_MOST, GROWTH = 3.0, 12.0
COPIED = ("client", "enrolment", "eligibility", "equality", "reading", "job", "job_terms", "contact")
KEYS = {"id", "client_id", "enrolment_id", "job_id"}
HALF = {"contact": "WHERE rowid % 2 = 0"}
"""Twenty contacts a client are enough; the office has forty."""
SINCE = dt.date(2026, 4, 6)
MEETINGS = 2_000
BEFORE_SUPPORT = """UPDATE job SET started_on = (SELECT date(started_on, '-30 days') FROM enrolment WHERE id = enrolment_id)
WHERE enrolment_id IN (SELECT id FROM enrolment WHERE route = 'in_work_at_risk')"""


def many(clients: int) -> Path:
    """Return the folder of an office of so many clients, laid down first if it is not there."""
    folder = OUT / f"many-{clients}.coachdesk"
    if folder.exists():
        _at_work(folder)
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
    _at_work(making)
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


def _at_work(folder: Path) -> None:
    """Write down what the office's own figures rest on, if it is not there: working time, meetings, routes.

    One enrolment in ten is of somebody who had a job before support began.
    """
    vault = opened(folder)
    with unit_of_work(vault, label="Wrote down how the office works") as work:
        is_done = bool(work.session.scalar(select(func.count()).select_from(CoachTime)))
        if not is_done:
            coaches = work.session.scalars(select(Coach).order_by(Coach.name)).all()
            employers = work.session.scalars(select(Employer.id).order_by(Employer.name)).all()
            for number, coach in enumerate(coaches):
                share = 60 if number % 3 else 100
                work.session.add(CoachTime(coach_id=coach.id, from_on=SINCE, hundredths=share))
            for number in range(MEETINGS):
                work.session.add(
                    EmployerContact(
                        employer_id=employers[number % len(employers)],
                        coach_id=coaches[number % len(coaches)].id,
                        happened_on=SINCE + dt.timedelta(days=number % 180),
                        face_to_face=number % 4 > 0,
                        made_by="client" if number % 7 == 0 else "coach",
                    )
                )
    if not is_done:
        connection = connected(vault.data_file, vault.keys.sub("db"))
        connection.execute("UPDATE enrolment SET route = iif(rowid % 10, 'out_of_work', 'in_work_at_risk')")
        connection.execute(BEFORE_SUPPORT)
        connection.commit()
        connection.close()
    lay_down_rules(vault)
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


def measured(vault: OpenVault) -> tuple[float, float, int, int]:
    """Return the milliseconds of our figures and of the plain statements (of the processor), and how many clients and contacts there are."""
    with reading(vault) as session:
        mine, plainly = figures(session, RUNS)
        clients, contacts = (
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("client", "contact")
        )
    return mine, plainly, clients, contacts


def main() -> int:
    """Measure each size, report it at once, and what more clients cost."""
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
