"""The encrypted vault against the same vault in the clear, on the same work: opening clients, searching, a return, an import.

Both are made by the program, of the same invented people; the one in the clear exists only here, in a scratch place, and goes
afterwards. It is opened by the same driver with the same settings, only without a key: that step of the driver's door is
replaced for files of that one folder. Times are the processor's, the least of several rounds in turn; in each round both
vaults are opened anew, so that every page is decrypted once.
"""

import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from benchmarks.fuzzed_inputs import as_csv
from benchmarks.invented import PASSPHRASE, PERSON, PROGRAMME, cheap_keys
from benchmarks.measuring import Result, compared, report
from coachdesk.casework.client_head import read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.contacts import list_contacts
from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.plans import read_plan
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.clock import FixedClock
from coachdesk.exchange.importing import ImportWish, run_import
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import Client
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import ReturnWish
from coachdesk.vault import driver
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

CLIENTS, CONTACTS_EACH = 150, 15
ROUNDS = 7
AT_MOST = 1.25
TODAY = dt.date(2026, 10, 5)
CLOCK = FixedClock.on(TODAY)
IN_THE_CLEAR = "In the clear.coachdesk"
LETTERS = ("o", "ok", "oka", "ma", "may", "07700", "ca1", "bar")
RETURN = ReturnWish(
    programme_key=PROGRAMME, from_on=dt.date(2026, 7, 1), to_on=dt.date(2026, 9, 30), as_at=TODAY
)


@contextmanager
def one_folder_in_the_clear() -> Iterator[None]:
    """Open files of the one scratch folder without a key for the whole block; all others are encrypted as ever."""
    real = driver._prepared  # noqa: SLF001  the one step that gives the key

    def prepared(connection: Any, key: bytes, *, create: bool, settings: tuple[str, ...]) -> None:
        place = str(connection.execute("PRAGMA database_list").fetchone()[2])
        if IN_THE_CLEAR not in place:
            real(connection, key, create=create, settings=settings)
            return
        if create:
            connection.execute(f"PRAGMA application_id={driver.APPLICATION}")
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")

    setattr(driver, "_prepared", prepared)  # noqa: B010  for the block only
    try:
        yield
    finally:
        setattr(driver, "_prepared", real)  # noqa: B010  as it was


@dataclass(slots=True)
class Vault:
    """One of the two vaults, and the times of what was done in it."""

    folder: Path
    clients: list[UUID] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)

    def make(self) -> None:
        """Make it, of the same people as the other."""
        vault = SealedVault.create(
            self.folder,
            organisation="Practice",
            person=PERSON,
            passphrase=PASSPHRASE,
            clock=CLOCK,
            practice=True,
        ).vault
        furnish_vault(vault)
        wish = PracticeWish(clients=CLIENTS, seed=7, today=TODAY, contacts_each=CONTACTS_EACH)
        make_practice(vault, wish, Watch.silent())
        with reading(vault) as session:
            self.clients = list(session.scalars(select(Client.id).order_by(Client.id)))
        vault.close()

    def work(self, files: Sequence[Path]) -> None:
        """Unlock it, do everything once, timed, and lock it."""
        vault = SealedVault(self.folder).open(PASSPHRASE, clock=CLOCK)
        self._timed("opening 40 clients", partial(open_clients, vault, self.clients[:40]))
        self._timed("search, letter by letter", partial(search, vault))
        self._timed("return figures", partial(prepare, vault, RETURN, Watch.silent()))
        self._timed("import of 150 clients and 300 contacts", partial(bring_in, vault, files))
        vault.close()

    def _timed(self, name: str, work: Callable[[], object]) -> None:
        begun = time.process_time()
        work()
        self.times.setdefault(name, []).append((time.process_time() - begun) * 1000)


def open_clients(vault: OpenVault, clients: Sequence[UUID]) -> None:
    """Read what the pages of clients show, one after the other."""
    for client in clients:
        question = ClientQuestion(client_id=client, today=TODAY)
        with reading(vault) as session:
            read_client(session, question)
            list_contacts(session, question)
            read_plan(session, question)


def search(vault: OpenVault) -> None:
    """Ask for everything that is typed, letter by letter."""
    with reading(vault) as session:
        for _ in range(5):
            for letters in LETTERS:
                find_anybody(session, FindAnybody(text=letters))


def caseload(folder: Path, number: int) -> tuple[Path, Path]:
    """Write a small caseload that no vault has yet; return its two sheets."""
    people, talks = folder / f"clients {number}.csv", folder / f"contacts {number}.csv"
    references = [f"R{number}-{one}" for one in range(150)]
    chance = random.Random(number)  # noqa: S311  invented people, not keys
    rows = [
        (one, f"{chance.getrandbits(40):x}", f"{chance.getrandbits(40):x}",
         f"{dt.date(1960, 1, 1) + dt.timedelta(days=97 * place):%d/%m/%Y}", "01/04/2026")
        for place, one in enumerate(references)
    ]  # fmt: skip
    people.write_text(
        as_csv([("Ref", "First name", "Surname", "DOB", "Start date"), *rows]), encoding="utf-8"
    )
    notes = [(one, day, "Phone", "30", "Talked about mornings and the bus") for one in references
             for day in ("01/05/2026", "08/05/2026")]  # fmt: skip
    talks.write_text(as_csv([("Ref", "Date", "Type", "Mins", "What happened"), *notes]), encoding="utf-8")
    return people, talks


def bring_in(vault: OpenVault, files: Sequence[Path]) -> None:
    """Import a small caseload."""
    sheets = read_sheets(files)
    mappings = tuple(propose(sheet) for sheet in sheets)
    wish = ImportWish(sheets=sheets, mappings=mappings, programme_key=PROGRAMME, today=TODAY)
    accounts = run_import(vault, wish, Watch.silent()).accounts
    assert sum(one.imported for one in accounts) > 400


def measure(place: Path, rounds: int = ROUNDS) -> tuple[Result, ...]:
    """Do the same in both vaults in turn and return the figures."""
    sealed, clear = Vault(place / "Encrypted.coachdesk"), Vault(place / IN_THE_CLEAR)
    with cheap_keys(), one_folder_in_the_clear():
        for vault in (sealed, clear):
            vault.make()
        assert (clear.folder / "data-1.db").read_bytes().startswith(b"SQLite format 3")
        assert not (sealed.folder / "data-1.db").read_bytes().startswith(b"SQLite")
        for number in range(rounds):
            files = caseload(place, number)
            for vault in (sealed, clear) if number % 2 else (clear, sealed):
                vault.work(files)
    return tuple(
        compared(name, min(ours), min(clear.times[name]), at_most=AT_MOST)
        for name, ours in sealed.times.items()
    )


def main() -> int:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as name:
        return report(*measure(Path(name)))


if __name__ == "__main__":
    sys.exit(main())
