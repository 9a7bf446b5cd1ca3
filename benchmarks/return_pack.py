"""The return over 5,000 clients: its figures against plain SQL, and the whole pack, also over 2,000, against 15 seconds.

Ours finds the people behind every indicator and tabulates the divided ones under every heading. The plain way counts the five
divided indicators by the eight headings with one GROUP BY each, and answers nothing else.
"""

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from benchmarks.large_vault import TODAY, large_vault, opened
from benchmarks.measuring import compared, least_of, report
from coachdesk.models import Programme
from coachdesk.returns.breakdowns import breakdowns
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import Counting
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.issue import issue
from coachdesk.returns.lines import counts
from coachdesk.returns.prepare import prepare
from coachdesk.returns.rules import rules_of
from coachdesk.returns.wishes import IssueWish, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

WISH = ReturnWish(
    programme_key="connect-to-work", from_on=dt.date(2026, 7, 1), to_on=dt.date(2026, 9, 30), as_at=TODAY
)
RUNS = 3
TARGET_SECONDS = 15
THRESHOLD = 5
USUAL_CLIENTS, USUAL_CONTACTS = 2_000, 20

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


def plain(session: Session, programme: bytes) -> None:
    """Count everything by everything, one statement each."""
    values = {"programme": programme, "first": "2026-07-01", "last": "2026-09-30", "as_at": TODAY.isoformat()}
    for people in PEOPLE.values():
        for heading in HEADINGS.values():
            rows = session.execute(text(COUNT.format(heading=heading, people=people)), values).all()
            assert rows, (heading, people)


def ours(session: Session, scope: Scope) -> None:
    """Find and tabulate every figure of the return."""
    found = counts(session, scope, read_catalogue(), THRESHOLD)
    tables = Counting(
        period=scope.period.key, threshold=THRESHOLD, breakdowns=breakdowns(session, scope)
    ).count(found.measures, found.splits, found.headlines)
    assert tables.tables


def figures(vault: OpenVault) -> tuple[float, float]:
    """Return the milliseconds of our figures and of the plain statements."""
    with reading(vault) as session:
        programme = session.scalars(select(Programme).where(Programme.key == WISH.programme_key)).one()
        scope = Scope(
            programme_id=programme.id,
            period=WISH.period,
            as_at=WISH.as_at,
            rules=rules_of(programme.definition),
        )
        key = programme.id.bytes
        mine, plainly = least_of(RUNS, lambda: ours(session, scope), lambda: plain(session, key))
    return mine, plainly


def whole_pack(vault: OpenVault) -> float:
    """Return the seconds from the wish to five files on the disk, protected, attacked and looked through."""
    started = time.perf_counter()
    prepared = prepare(vault, WISH, Watch.silent())
    with tempfile.TemporaryDirectory() as folder:
        wish = IssueWish(prepared=prepared, folder=Path(folder) / "return", draft=True)
        issued = issue(vault, wish, Watch.silent())
        assert len(issued.files) == 5, issued.files
    return time.perf_counter() - started


def main() -> int:
    """Measure and report."""
    vault = opened(large_vault())
    try:
        mine, plainly = figures(vault)
        pack = whole_pack(vault)
    finally:
        vault.close()
    usual = opened(large_vault(USUAL_CLIENTS, USUAL_CONTACTS))
    try:
        smaller = whole_pack(usual)
    finally:
        usual.close()
    return report(
        compared("return, figures against plain SQL", mine, plainly, at_most=3.0),
        compared("return, whole pack of its 15 s", pack, TARGET_SECONDS, unit="s", at_most=1.0),
        compared(
            "return, pack over 2,000 clients of its 15 s", smaller, TARGET_SECONDS, unit="s", at_most=1.0
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
