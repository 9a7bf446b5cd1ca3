"""What saving a contact costs – record, journal, search index, mark and the draft that goes – against the bare insert of its row.

Both go to the same encrypted file with the same settings, each flushed to the drive. The time is what a person waits:
from the wish to the acknowledged save. The draft is what was typed last, kept before; letting it go is part of the save.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from benchmarks.invented import cheap_keys, fill, new_vault
from benchmarks.measuring import Result, compared, report
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.models import Contact, new_id
from coachdesk.vault.drafts import drop_draft, keep_draft
from coachdesk.vault.driver import connected
from coachdesk.vault.engine import upgrading_engine
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work

ROUNDS = 200
MOST_TIMES = 3.0
MOST_MILLISECONDS = 50.0
NOTE = "Talked about mornings, the bus and what the kitchen would be like; wants to see it first. " * 3


def save(vault: OpenVault, client: UUID) -> None:
    """Save a contact as the window does: the record with its journal, and its draft goes in the same transaction."""
    key = f"contact {client.hex}"
    with unit_of_work(vault) as work:
        wish = RecordContact(
            client_id=client, happened_on=vault.clock.today(), channel="phone", minutes=30, note=NOTE
        )
        record_contact(work.session, wish)
        drop_draft(work.session, key)


def type_on(vault: OpenVault, client: UUID) -> None:
    """Keep what is being typed, as happens while somebody writes."""
    with vault.write_sessions() as session:
        keep_draft(session, f"contact {client.hex}", "contact", {"note": NOTE}, client)


def bare(vault: OpenVault) -> Callable[[], None]:
    """Return the shortest way in which the same row gets into the same file, flushed."""
    connection = connected(vault.data_file, vault.keys.sub("db"))
    names = [column.name for column in Contact.__table__.columns]
    row = connection.execute(f"SELECT {', '.join(names)} FROM contact LIMIT 1").fetchone()
    statement = f"INSERT INTO contact ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    told = dict(zip(names, row, strict=True)) | {"note": NOTE}

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, list((told | {"id": new_id().bytes}).values()))
        connection.execute("COMMIT")

    return insert


def mapped(vault: OpenVault, client: UUID) -> Callable[[], None]:
    """Return the same insert as SQLAlchemy does it, without journal, rights, index, mark and draft."""
    engine = upgrading_engine(partial(connected, vault.data_file, vault.keys.sub("db")))

    def insert() -> None:
        with Session(engine, expire_on_commit=False) as session:
            session.add(
                Contact(
                    client_id=client,
                    happened_on=vault.clock.today(),
                    channel="phone",
                    minutes=30,
                    note=NOTE,
                    entered_at=vault.clock.now(),
                )
            )
            session.commit()

    return insert


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Return the milliseconds a piece of work takes by the clock and of the processor."""
    clock, spent = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - spent) * 1000


def measure(rounds: int, place: Path) -> tuple[Result, ...]:
    """Save and insert in turn and return the figures."""
    with cheap_keys():
        vault, _ = new_vault(place / "V.coachdesk")
    client = fill(vault, 20, 10)[0]
    insert = bare(vault)
    insert_mapped = mapped(vault, client)
    ours, plain, by_record, typed = [], [], [], []
    for _ in range(rounds):
        typed.append(timed(lambda: type_on(vault, client)))
        ours.append(timed(lambda: save(vault, client)))
        plain.append(timed(insert))
        by_record.append(timed(insert_mapped))
    vault.close()
    clock, spent = (statistics.median(column) for column in zip(*ours, strict=True))
    bare_clock, bare_spent = (statistics.median(column) for column in zip(*plain, strict=True))
    mapped_clock, mapped_spent = (statistics.median(column) for column in zip(*by_record, strict=True))
    slow = sorted(one for one, _ in ours)[int(rounds * 0.95)]
    draft = statistics.median(one for one, _ in typed)
    return (
        compared("saving a contact, against one bare statement", clock, bare_clock, at_most=MOST_TIMES),
        compared(
            "saving a contact, against the insert of its record alone",
            clock,
            mapped_clock,
            at_most=MOST_TIMES,
        ),
        compared("saving a contact, of 50 ms", clock, MOST_MILLISECONDS, at_most=1.0),
        compared("saving a contact, of 50 ms, all but 5 in 100", slow, MOST_MILLISECONDS, at_most=1.0),
        compared("processor: against one bare statement", spent, bare_spent),
        compared("processor: against the insert of its record alone", spent, mapped_spent),
        compared("keeping a draft, of 50 ms", draft, MOST_MILLISECONDS, at_most=1.0),
    )


def main() -> int:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as name:
        return report(*measure(ROUNDS, Path(name)))


if __name__ == "__main__":
    sys.exit(main())
