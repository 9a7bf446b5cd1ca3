"""Sustained work: the engine against a slow, obvious way, and over 10,000 jobs with weekly logs for two years.

``python -m benchmarks.sustained_work`` first lets the engine and the day-by-day way of the tests answer the same 100,000
invented histories; one that differs ends it. Then it makes a vault with 10,000 jobs of two years and reads it: the engine
alone over what was read, against two seconds and against a bare read of the same rows; and reading and engine together.
"""

import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from benchmarks.large_vault import CLOCK, PASSPHRASE, PERSON, TODAY
from benchmarks.measuring import compared, least_of, report
from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.outcome_rules import list_rules
from coachdesk.casework.pay import all_rates
from coachdesk.casework.sustained.engine import decide
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.reader import read_work, sustained_for, week_rows
from coachdesk.models import Client, Employer, Enrolment, Job, JobTerms, Programme, WorkWeek
from coachdesk.models.base import new_id
from coachdesk.vault.cost import Cost
from coachdesk.vault.driver import connected
from coachdesk.vault.engine import upgrading_engine
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.sustained.invented_work import invented_day, invented_history, invented_rule
from tests.casework.sustained.slow_sustained import BOOK, slow_decide

HISTORIES = 100_000
JOBS = 10_000
WEEKS = 104
RUNS = 3
AT_MOST_MS = 2_000
PARTS = 40
WEEK = dt.timedelta(weeks=1)
FIRST = dt.date(2024, 9, 30)
RULES = ("in-work-13", "in-work-26", "in-work-52", "ipspc-baseline", "whp-earnings", "cohort-6")


def agreed(seed: int) -> tuple[int, int]:
    """Return how many histories agree and how many differ, of one part of them."""
    chance = random.Random(seed)  # noqa: S311  invented lives
    alike = 0
    count = HISTORIES // PARTS
    for _ in range(count):
        history, rule, as_at = invented_history(chance), invented_rule(chance), invented_day(chance)
        found = decide(history, rule, BOOK, as_at)
        alike += (found.verdict.value, found.on) == slow_decide(history, rule, as_at)
    return alike, count - alike


def compare() -> int:
    """Return how many of the invented histories differ."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        parts = list(pool.map(agreed, range(PARTS)))
    differ = sum(other for _, other in parts)
    print(f"{sum(alike for alike, _ in parts):,} histories agree, {differ:,} differ")
    return differ


def made(folder: Path) -> OpenVault:
    """Return a vault with the jobs and their weeks; nobody in it is real."""
    vault = SealedVault.create(
        folder,
        organisation="A large office",
        person=PERSON,
        passphrase=PASSPHRASE,
        clock=CLOCK,
        cost=Cost.floor(),
    ).vault
    furnish_vault(vault)
    chance = random.Random(5)  # noqa: S311  invented people
    with unit_of_work(vault, label="Made jobs") as work:
        programme = work.session.scalars(
            select(Programme.id).where(Programme.key == "ips-primary-care")
        ).one()
        employer = Employer(name="Bay Bakery", folded="bay bakery")
        work.session.add(employer)
        work.session.flush()
        rows: dict[Any, list[dict[str, Any]]] = {
            kind: [] for kind in (Client, Enrolment, Job, JobTerms, WorkWeek)
        }
        for number in range(JOBS):
            _person(rows, number, programme, employer.id, chance)
    _write(vault, rows)
    return vault


def _write(vault: OpenVault, rows: dict[Any, list[dict[str, Any]]]) -> None:
    """Write the rows past the journal: a million weeks by the unit of work would take most of an hour."""
    path, key = vault.data_file, vault.keys.sub("db")
    engine = upgrading_engine(lambda: connected(path, key))
    with engine.begin() as connection:
        for kind, told in rows.items():
            connection.execute(insert(kind), told)
    engine.dispose()


def _person(
    rows: dict[Any, list[dict[str, Any]]], number: int, programme: Any, employer: Any, chance: random.Random
) -> None:
    client, enrolment, job = new_id(), new_id(), new_id()
    born = dt.date(1970 + number % 36, 1 + number % 12, 1 + number % 28)
    hours = chance.choice((4, 6, 7, 12, 16, 30))
    rows[Client].append(
        {
            "id": client,
            "reference": f"B{number}",
            "first_name": "Invented",
            "born_from": born,
            "born_to": born,
            "birth_precision": "exact",
        }
    )
    rows[Enrolment].append(
        {
            "id": enrolment,
            "client_id": client,
            "programme_id": programme,
            "started_on": FIRST,
            "route": "out_of_work",
        }
    )
    rows[Job].append({"id": job, "client_id": client, "employer_id": employer, "started_on": FIRST})
    rows[JobTerms].append(
        {
            "id": new_id(),
            "client_id": client,
            "job_id": job,
            "as_on": FIRST,
            "usual_minutes": 60 * hours,
            "hourly_pence": 1150,
        }
    )
    for place in range(WEEKS):
        minutes = 60 * hours if chance.random() < 0.8 else 0
        rows[WorkWeek].append(
            {
                "id": new_id(),
                "client_id": client,
                "job_id": job,
                "week_on": FIRST + WEEK * place,
                "paid_minutes": minutes,
                "gross_pence": minutes * 1280 // 60,
                "is_confirmed": True,
            }
        )


def measure(vault: OpenVault) -> int:
    """Print the figures and return 0 when they keep their target."""
    with reading(vault) as session:
        rules = [rule for rule in list_rules(session, None) if rule.key in RULES]
        book, settings = RateBook(all_rates(session)), [rule.settings for rule in rules]
        histories = [one.history(one.support_for(None)) for one in read_work(session, None, TODAY).values()]
        weeks = sum(len(job.weeks) for history in histories for job in history.jobs)
        print(f"{len(histories):,} jobs with {weeks:,} weeks, {len(rules)} rules")

        def bare() -> Sequence[Any]:
            return week_rows(session, None, TODAY)

        def one_rule(number: int) -> None:
            for history in histories:
                decide(history, settings[number], book, TODAY)

        def engine() -> None:
            for number in range(len(settings)):
                one_rule(number)

        def everything() -> None:
            sustained_for(session, None, rules, TODAY)

        number = [rule.key for rule in rules].index("ipspc-baseline")
        started = time.process_time()
        one_rule(number)
        processor_ms = (time.process_time() - started) * 1000
        bare_ms, weeks_ms, engine_ms, whole_ms = least_of(
            RUNS,
            bare,
            lambda: one_rule(number),
            engine,
            everything,
        )
    return report(
        compared(
            "the rule of weeks, processor time, against two seconds", processor_ms, AT_MOST_MS, at_most=1
        ),
        compared("the rule of weeks, against two seconds", weeks_ms, AT_MOST_MS, at_most=1),
        compared("the engine with six rules, against two seconds", engine_ms, AT_MOST_MS),
        compared("the engine with six rules, against a bare read of the weeks", engine_ms, bare_ms),
        compared("reading and engine, against a bare read of the weeks", whole_ms, bare_ms),
    )


def main() -> int:
    """Return 0 when the histories agree and the target is kept."""
    differ = 0 if "--quick" in sys.argv else compare()
    with tempfile.TemporaryDirectory() as folder:
        vault = made(Path(folder) / "Jobs.coachdesk")
        missed = measure(vault)
        vault.close()
    return 1 if differ else missed


if __name__ == "__main__":
    sys.exit(main())
