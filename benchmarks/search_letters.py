"""Find anybody, letter by letter, over 5,000 clients: our answer against the bare query on the same file."""

import sys

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.large_vault import large_vault, opened
from benchmarks.measuring import Result, compared, least_of, report
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.vault.work import reading

TYPED = ("okafor", "postleth", "07700 900", "ca12", "bm0042")
RUNS = 40
# What a person would write by hand to answer the same letters with the same columns.
BARE = text(
    """SELECT client.id, client.reference, client.first_name, client.last_name, client.known_as,
    client.born_from, client.postcode, client.phone, coach.name
    FROM (SELECT client_search.client_id FROM client_fts
    JOIN client_search ON client_search.number = client_fts.rowid
    WHERE client_fts MATCH :match ORDER BY client_search.number DESC LIMIT 20) AS found
    JOIN client ON client.id = found.client_id LEFT JOIN coach ON coach.id = client.coach_id
    WHERE client.archived_at IS NULL ORDER BY client.last_name, client.first_name, client.id"""
)


def bare(session: Session, typed: str) -> int:
    """Answer with one statement; return how many were found."""
    parts = [typed.replace(" ", "")] if typed.replace(" ", "").isdigit() else typed.split()
    words = " ".join(f'"{word}"*' for word in parts)
    return len(session.execute(BARE, {"match": words}).all())


def letters(session: Session, typed: str) -> Result:
    """Return the sum over all letters of what somebody types, each letter asked as it is typed."""
    steps = [typed[: length + 1] for length in range(len(typed))]
    assert bare(session, typed), f"nobody is called {typed}"
    assert find_anybody(session, FindAnybody(text=typed)), f"nobody was found for {typed}"

    def ours() -> None:
        for step in steps:
            find_anybody(session, FindAnybody(text=step))

    def plain() -> None:
        for step in steps:
            bare(session, step)

    mine, plainly = least_of(RUNS, ours, plain)
    return compared(f"search, a letter of '{typed}'", mine / len(steps), plainly / len(steps), at_most=2.0)


def main() -> int:
    """Measure and report; the target is twice the bare query."""
    vault = opened(large_vault())
    try:
        with reading(vault) as session:
            return report(*(letters(session, typed) for typed in TYPED))
    finally:
        vault.close()


if __name__ == "__main__":
    sys.exit(main())
