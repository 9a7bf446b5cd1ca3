"""Views of a caseload of 10,000 clients with 500,000 contacts: a client with ten years of notes, lists, a letter.

Each is measured against the bare SQL that answers the same on the same file in the same run. A list is measured
three times: sorted or narrowed while nothing has changed, as somebody works with it; after a contact was recorded,
when the line of whom it concerns is read again; and read for the first time after unlocking, when all of them are.
"""

import datetime as dt
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from benchmarks.large_vault import CLOCK, TODAY, WORDS, large_vault, opened
from benchmarks.measuring import Result, compared, least_of, milliseconds, report
from benchmarks.search_letters import bare as bare_search
from coachdesk.casework import caseload_reading, search_slips
from coachdesk.casework.caseload_lists import ListQuestion, read_list
from coachdesk.casework.client_head import read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.casework.timeline import TimelineQuestion, read_timeline
from coachdesk.models import Client, Contact, Enrolment
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work

CLIENTS, CONTACTS_EACH = 10_000, 50
TEN_YEARS = "TEN-YEARS"
WEEKS = 520
RUNS, OPENINGS = 7, 40
TYPED = ("okafor", "postleth", "07700 900", "okafro", "0123", "robson amara")
LISTS = (
    ("sorted by due", ListQuestion(today=TODAY, list="all")),
    ("sorted by stage", ListQuestion(today=TODAY, list="all", order="stage")),
    ("sorted by last contact", ListQuestion(today=TODAY, list="all", order="last_contact", descending=True)),
    ("narrowed by words", ListQuestion(today=TODAY, list="all", words="okafor barrow")),
    ("narrowed to a hub", ListQuestion(today=TODAY, list="all", only=(("hub", "Barrow"),))),
    ("gone quiet", ListQuestion(today=TODAY, list="quiet")),
)
_OPEN = (
    "(SELECT e.id FROM enrolment e WHERE e.client_id = client.id AND e.archived_at IS NULL "
    "AND (e.exit_on IS NULL OR e.exit_on > '2026-10-05') ORDER BY e.id DESC LIMIT 1)"
)
# What a person would write by hand for the same lines: where each stands, what is due, when last met.
_LINES = f"""SELECT client.id, client.reference, client.first_name, client.last_name, client.known_as, client.phone,
client.postcode, client.town, coach.name, hub.name, programme.title, o.stage, o.started_on,
(SELECT min(started_on) FROM job WHERE job.client_id = client.id AND job.archived_at IS NULL
 AND started_on <= '2026-10-05' AND (ended_on IS NULL OR ended_on >= '2026-10-05')) AS working,
(SELECT min(due_on) FROM action WHERE action.client_id = client.id AND done_on IS NULL AND archived_at IS NULL) AS due,
(SELECT max(happened_on) FROM contact WHERE contact.client_id = client.id AND archived_at IS NULL) AS last_on,
(SELECT next_on FROM contact WHERE contact.client_id = client.id AND archived_at IS NULL
 ORDER BY happened_on DESC, next_on DESC LIMIT 1) AS next_on
FROM client LEFT JOIN enrolment o ON o.id = {_OPEN} LEFT JOIN coach ON coach.id = client.coach_id
LEFT JOIN hub ON hub.id = client.hub_id LEFT JOIN programme ON programme.id = o.programme_id
WHERE client.archived_at IS NULL AND client.id NOT IN (SELECT client_id FROM erasure)"""
_ORDERS = {
    "sorted by due": "coalesce(min(due, next_on), due, next_on, '9999'), client.last_name",
    "sorted by stage": "o.stage, working, client.last_name",
    "sorted by last contact": "last_on DESC, client.last_name",
    "narrowed by words": "client.last_name",
    "narrowed to a hub": "client.last_name",
    "gone quiet": "last_on",
}
_ALL_LINES = text(f"{_LINES} ORDER BY {_ORDERS['sorted by due']}")
# What somebody would read by hand to say how many each of the lists holds, also who came last when, whose plan is to be
# looked at again and what was not asked; "last_came" is what tells who has gone quiet.
_EVERYTHING = text(
    _LINES.replace(
        "\nFROM client LEFT JOIN enrolment o",
        """, (SELECT happened_on FROM contact WHERE contact.client_id = client.id AND archived_at IS NULL
 AND did_not_attend = 0 ORDER BY happened_on DESC LIMIT 1) AS last_came,
plan.agreed_on, plan.reviewed_on, plan.next_review_on, found.folded, equality.sex, equality.ethnic_group,
equality.long_condition, (SELECT id FROM eligibility WHERE eligibility.enrolment_id = o.id LIMIT 1) AS eligible,
(SELECT id FROM enrolment WHERE enrolment.client_id = client.id LIMIT 1) AS ever, o.*, client.*
FROM client LEFT JOIN client_search found ON found.client_id = client.id
LEFT JOIN equality ON equality.client_id = client.id
LEFT JOIN plan ON plan.id = (SELECT id FROM plan WHERE plan.client_id = client.id ORDER BY version DESC LIMIT 1)
LEFT JOIN enrolment o""",
    )
)
_NARROWED = {
    "narrowed by words": "client.last_name LIKE '%okafor%' AND hub.name LIKE '%barrow%'",
    "narrowed to a hub": "hub.name = 'Barrow'",
    "gone quiet": "o.id IS NOT NULL AND (last_on IS NULL OR last_on < '2026-09-07')",
}
_NOTES = text(
    "SELECT id, happened_on, channel, minutes, note, did_not_attend, next_on FROM contact "
    "WHERE client_id = :client AND archived_at IS NULL ORDER BY happened_on DESC, id DESC"
)
# What a client's head and timeline show, as somebody would read it by hand: names and words behind keys among it, nothing
# twice, of the client and the enrolment the whole row, as most of it is shown, of the others the columns shown.
_HEAD = text(
    "SELECT client.*, enrolment.*, coach.name, hub.name, programme.title, programme.key FROM client "
    "LEFT JOIN enrolment ON enrolment.client_id = client.id LEFT JOIN coach ON coach.id = client.coach_id "
    "LEFT JOIN hub ON hub.id = client.hub_id LEFT JOIN programme ON programme.id = enrolment.programme_id "
    "WHERE client.id = :client"
)
_WORDS_BEHIND = text(
    'SELECT list_name, "key", title FROM code WHERE list_name IN '
    "('stage', 'channel', 'eligibility_reason', 'end_reason', 'reading_point', 'exit_reason')"
)
_ERASED = text("SELECT id FROM erasure WHERE client_id = :client")
_JOINED = text(
    "SELECT row_id FROM journal_entry WHERE scope = lower(hex(:client)) AND operation = 'event' "
    "AND field_group = 'joined' ORDER BY position DESC"
)
_ROLE = text("SELECT role FROM coach WHERE id = :reader")
_SHOWN = {
    "action": "id, what, due_on, done_on, outcome",
    "plan": "id, agreed_on, version",
    "job": "id, title, (SELECT name FROM employer WHERE employer.id = employer_id), started_on, ended_on, end_reason",
    "reading": "id, instrument, taken_on, point",
    "consent": "given_on, expires_on, withdrawn_on",
    "goal": "own_words, achieved_on, position",
    "eligibility": "enrolment_id, reason, note, self_declared",
}
_REST = (
    *(
        text(f"SELECT {shown} FROM {table} WHERE client_id = :client AND archived_at IS NULL")
        for table, shown in _SHOWN.items()
    ),
    _ROLE,
    _WORDS_BEHIND,
    _ERASED,
    _JOINED,
)


def with_ten_years(vault: OpenVault) -> UUID:
    """Return a client with ten years of weekly notes, added first if nobody has them."""
    with reading(vault) as session:
        known = session.scalar(select(Client.id).where(Client.reference == TEN_YEARS))
        like = session.scalars(select(Enrolment).limit(1)).one()
        programme, coach = like.programme_id, like.coach_id
    if known is not None:
        return known
    chance = random.Random(520)  # noqa: S311  invented notes, not keys
    first = TODAY - dt.timedelta(weeks=WEEKS)
    client = Client(reference=TEN_YEARS, first_name="Longstanding", last_name="Client", coach_id=coach)
    with unit_of_work(vault, label="Bring in clients") as work:
        work.session.add_all(
            [client, Enrolment(client_id=client.id, programme_id=programme, started_on=first)]
        )
        work.session.add_all(
            Contact(
                client_id=client.id,
                coach_id=coach,
                happened_on=first + dt.timedelta(weeks=week),
                channel="phone",
                note=" ".join(chance.choices(WORDS, k=80)),
                entered_at=CLOCK.now(),
            )
            for week in range(WEEKS)
        )
    return client.id


def opening(vault: OpenVault, client_id: UUID) -> list[Result]:
    """Return what is read before a client's page stands: who it is, and ten years of notes.

    Each run has a session of its own, as each opening has: what one moment was asked is not remembered for the next.
    """
    asked = ClientQuestion(client_id=client_id, today=TODAY)
    assert vault.coach_id is not None
    values = {"client": client_id.bytes, "reader": vault.coach_id.bytes}
    told = {one: {name: values[name] for name in one.compile().params} for one in (_HEAD, _NOTES, *_REST)}

    def ours() -> None:
        with reading(vault) as session:
            read_client(session, asked)
            read_timeline(session, TimelineQuestion(client_id=client_id, limit=2 * WEEKS))

    def plain() -> None:
        with reading(vault) as session:
            for statement, given in told.items():
                session.execute(statement, given).all()

    mine, plainly = least_of(OPENINGS, ours, plain)
    return against("open a client with ten years of notes", mine, plainly, most=250)


def against(name: str, mine: float, plainly: float, *, most: float) -> list[Result]:
    """Return a figure as a ratio to bare SQL, and of the time it may take."""
    return [
        compared(f"{name}, against bare SQL", mine, plainly, at_most=2.0),
        compared(f"{name}, of its {most:.0f} ms", mine, most, at_most=1.0),
    ]


def lists(session: Session) -> list[Result]:
    """Return every list sorted or narrowed, and one read for the first time after unlocking."""
    found: list[Result] = []
    for name, question in LISTS:
        narrowed = f" AND {_NARROWED[name]}" if name in _NARROWED else ""
        statement = text(f"{_LINES}{narrowed} ORDER BY {_ORDERS[name]}")
        mine, plainly = least_of(RUNS, _read(session, question), _bare(session, statement))
        found += against(f"list {name}", mine, plainly, most=200)
    mine, plainly = least_of(RUNS, _read_anew(session), _bare(session, _EVERYTHING))
    first = compared(
        "all lists of 10,000 read for the first time, against bare SQL", mine, plainly, at_most=2.0
    )
    return [*found, first]


def after_changes(vault: OpenVault, client_id: UUID) -> list[Result]:
    """Return how long the list of everybody, and a letter with a slip, take when something was written since."""
    mine, plainly, slips = [], [], []
    for run in range(RUNS):
        wish = RecordContact(
            client_id=client_id, happened_on=TODAY, channel="phone", note=f"Measured, run {run}"
        )
        with unit_of_work(vault) as work:
            record_contact(work.session, wish)
        with reading(vault) as session:
            mine.append(milliseconds(_read(session, ListQuestion(today=TODAY, list="all"))))
            plainly.append(milliseconds(_bare(session, _ALL_LINES)))
            slips.append(milliseconds(_find(session, "okafro")))
    slip = compared(
        "search, a letter with a slip after a contact, of its 80 ms", max(slips[1:]), 80, at_most=1.0
    )
    return [
        slip,
        *against("list of all 10,000 after a contact was recorded", min(mine), min(plainly), most=200),
    ]


def _read(session: Session, question: ListQuestion) -> Callable[[], Any]:
    return lambda: read_list(session, replace(question))


def _read_anew(session: Session) -> Callable[[], Any]:
    def anew() -> None:
        caseload_reading.forget()
        read_list(session, ListQuestion(today=TODAY, list="all"))

    return anew


def _bare(session: Session, statement: Any) -> Callable[[], Any]:
    return lambda: session.execute(statement).all()


def letters(session: Session) -> list[Result]:
    """Return the slowest letter of some words that are typed, also of those nobody is called."""
    found = []
    for typed in TYPED:
        steps = [typed[: length + 1] for length in range(len(typed))]
        slowest = max(least_of(RUNS, *(_find(session, step) for step in steps)))
        found.append(
            compared(f"search, the slowest letter of '{typed}', of its 80 ms", slowest, 80, at_most=1.0)
        )
    whole = [typed[: length + 1] for typed in TYPED[:3] for length in range(len(typed))]
    mine, plainly = least_of(RUNS, _all(session, whole, find), _all(session, whole, bare_search))
    found.append(
        compared("search, a letter, against bare SQL", mine / len(whole), plainly / len(whole), at_most=2.0)
    )
    search_slips.forget()
    (anew,) = least_of(1, _find(session, "okafro"))
    found.append(
        compared("search, a letter with a slip after a name changed, of its 80 ms", anew, 80, at_most=1.0)
    )
    return found


def find(session: Session, typed: str) -> Any:
    """Answer as the program does."""
    return find_anybody(session, FindAnybody(text=typed))


def _find(session: Session, typed: str) -> Callable[[], Any]:
    return lambda: find(session, typed)


def _all(session: Session, steps: list[str], ask: Callable[[Session, str], Any]) -> Callable[[], Any]:
    return lambda: [ask(session, step) for step in steps]


def main() -> int:
    """Measure and report."""
    vault = opened(large_vault(CLIENTS, CONTACTS_EACH))
    try:
        client_id = with_ten_years(vault)
        with reading(vault) as session:
            found = [*lists(session), *letters(session)]
        return report(*opening(vault, client_id), *found, *after_changes(vault, client_id))
    finally:
        vault.close()


if __name__ == "__main__":
    sys.exit(main())
