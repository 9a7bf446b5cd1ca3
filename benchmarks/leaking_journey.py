"""The whole journey with a distinctive word in every free text, as a program that ``benchmarks.leaks`` watches.

``python -m benchmarks.leaking_journey WATCHED OUTSIDE``: everything the program keeps lies in WATCHED; what a person
brings in or asks to be handed out in plain words (the sheet to import, the pack for a client) lies in OUTSIDE.
"""

import logging
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from uuid import UUID

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from sqlalchemy import inspect, select

from benchmarks.invented import cheap_keys
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.holding import KEEP, DecideRedaction, decide_redaction, suggest_redactions
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.casework.rights_requests import ReceiveRequest, receive_request
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.clock import SystemClock
from coachdesk.desk.counter import Desk, Executors
from coachdesk.errors import CoachDeskError
from coachdesk.exchange.importing import ImportWish
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.safe_import import import_after_backup
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import Client, Employer, Record
from coachdesk.models.base import Words
from coachdesk.papers.held_pack import MakeHeldPack, make_held_pack
from coachdesk.returns.issue import issue
from coachdesk.returns.periods import parse_period
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import IssueWish, ReturnWish
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.crash import CrashReporter
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.theme import STYLE_ARGUMENTS, Theme
from coachdesk.vault.backup import back_up, back_up_by_rule, ground_of
from coachdesk.vault.cost import Cost
from coachdesk.vault.drafts import keep_draft
from coachdesk.vault.drill import drill
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.restoring import restore, restore_beside
from coachdesk.vault.rotation import rotate
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work

MARKER = "Qzxvogelbeerqz"
LOOK, TEXTS = "look: ", "texts: "
PASSPHRASE = "five herons cross the estuary"  # noqa: S105  opens nothing but invented people
CLIENTS = 6
ALONE = frozenset({"reference", "trait"})
"""Fields of which no two may say the same."""
QUIET = Watch.silent()


def look(moment: str) -> None:
    """Let whoever watches look at the files now, and wait until they have."""
    print(f"{LOOK}{moment}", flush=True)
    sys.stdin.readline()


def mark_everything(vault: OpenVault) -> int:
    """Put the word into every free text of every client's records; return how many texts there are."""
    count = 0
    with unit_of_work(vault, label=f"Wrote {MARKER}", reason=MARKER) as work:
        for kind in (mapper.class_ for mapper in Record.registry.mappers):
            if not issubclass(kind, Record) or not (hasattr(kind, "client_id") or kind in (Client, Employer)):
                continue
            names = free_texts(kind)
            for record in work.session.scalars(select(kind)) if names else ():
                for name in names:
                    unique = f"{MARKER} {count}" if name in ALONE else MARKER
                    setattr(record, name, unique)
                    count += 1
    return count


def free_texts(kind: type[Record]) -> list[str]:
    """Return the fields of a class of records that hold what somebody typed, and have room for the word."""
    return [
        one.key
        for one in inspect(kind).column_attrs
        if isinstance(words := one.columns[0].type, Words)
        and words.longest >= len(MARKER)
        and one.columns[0].default is not None
        and one.columns[0].default.arg == ""
    ]


def bring_in(vault: OpenVault, outside: Path) -> None:
    """Import a sheet whose cells hold the word, one of them wrongly."""
    sheet = outside / "caseload.csv"
    sheet.write_text(
        f"Ref,First name,Surname,DOB,Notes,Start date\nX1,{MARKER},{MARKER},01/02/1990,{MARKER},01/04/2026\n"
        f"X2,{MARKER},{MARKER},the 40th of {MARKER},{MARKER},{MARKER}\n",
        encoding="utf-8",
    )
    sheets = read_sheets([sheet])
    mappings = tuple(propose(one) for one in sheets)
    wish = ImportWish(
        sheets=sheets, mappings=mappings, programme_key="connect-to-work", today=vault.clock.today()
    )
    import_after_backup(vault, wish, QUIET)


def a_client(vault: OpenVault) -> UUID:
    """Return the client with whom the journey goes on."""
    with reading(vault) as session:
        return session.scalars(select(Client.id).order_by(Client.id)).first() or UUID(int=0)


def talk(vault: OpenVault, client: UUID) -> None:
    """Record a contact, keep a draft, search, and be refused."""
    today = vault.clock.today()
    with unit_of_work(vault) as work:
        wish = RecordContact(
            client_id=client, happened_on=today, note=MARKER, next_step=MARKER, next_on=today
        )
        record_contact(work.session, wish)
    with vault.write_sessions() as session:
        keep_draft(session, f"contact {client.hex}", "contact", {"note": MARKER}, client)
    with reading(vault) as session:
        assert find_anybody(session, FindAnybody(text=MARKER))
        find_anybody(session, FindAnybody(text=f'"{MARKER}* NEAR('))
    for wrong in (MARKER * 5000, ""):
        try:
            with unit_of_work(vault) as work:
                client_record = work.session.get_one(Client, client)
                client_record.first_name = client_record.last_name = client_record.known_as = wrong
                client_record.reference = MARKER
        except CoachDeskError as refusal:
            logging.getLogger("coachdesk").exception("refused", exc_info=refusal)


def hand_out(vault: OpenVault, client: UUID, watched: Path, outside: Path) -> None:
    """Issue a return, and make the pack of what is held about a client."""
    period = parse_period("2026-07-01..2026-09-30")
    return_wish = ReturnWish(
        programme_key="connect-to-work", from_on=period.from_on, to_on=period.to_on, as_at=vault.clock.today()
    )
    prepared = prepare(vault, return_wish, QUIET)
    issue(vault, IssueWish(prepared=prepared, folder=watched / "return"), QUIET)
    with unit_of_work(vault) as work:
        wish = ReceiveRequest(
            client_id=client, kind="access", received_on=vault.clock.today(), what_asked=MARKER
        )
        request = receive_request(work.session, wish)
    with unit_of_work(vault) as work:
        for one in suggest_redactions(work.session, request):
            decision = DecideRedaction(request_id=request, passage=one.passage, decision=KEEP)
            decide_redaction(work.session, decision)
    make_held_pack(vault, MakeHeldPack(request_id=request, folder=outside / "pack"), QUIET)


def show(vault: OpenVault, client: UUID, app: QApplication) -> None:
    """Show the window with the client, type into the box that finds anybody, and fail once."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "CoachDesk", "CoachDesk")
    KnownVaults(settings, Path.home()).remember(vault.folder)
    desk = Desk(vault, Executors.inline())
    office = Office(desk, ScriptedDialogs(), Messages(desk), Theme(), settings, CodeBook(desk, desk))
    window = MainWindow(office)
    crash = CrashReporter(parent=window)
    crash.install()
    window.show()
    window.open_client(client)
    app.processEvents()
    window.find_box.setFocus()
    fail()
    app.processEvents()
    look("the window is open")
    crash.give_back()
    settings.sync()
    window.hide()


def fail() -> None:
    """Fail as a fault of the program would, with the word in its message and in its variables."""
    try:
        name = MARKER
        raise KeyError(name)  # noqa: TRY301  the fault itself
    except KeyError as fault:
        trace: TracebackType | None = fault.__traceback__
        sys.excepthook(type(fault), fault, trace)


def crashed(folder: Path) -> None:
    """Open the vault in a program of its own that types and then dies, with its memory wherever the system puts it."""
    child = os.fork()
    if child == 0:
        try:
            vault = SealedVault(folder).open(PASSPHRASE, clock=SystemClock())
            talk(vault, a_client(vault))
            os.kill(os.getpid(), signal.SIGABRT)
        finally:
            os._exit(3)  # a child must never come back into the work of its parent
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)


def work_in_it(vault: OpenVault, watched: Path, outside: Path) -> None:
    """Do all that is done in an open vault, and let the files be looked at meanwhile."""
    make_practice(vault, PracticeWish(clients=CLIENTS, seed=7, today=vault.clock.today()), QUIET)
    print(f"{TEXTS}{mark_everything(vault)}", flush=True)
    bring_in(vault, outside)
    client = a_client(vault)
    talk(vault, client)
    hand_out(vault, client, watched, outside)
    look("the vault is open")
    back_up(vault, watched / "stick.coachdesk-backup")
    back_up_by_rule(vault, "day")
    drill(ground_of(vault))
    rotate(vault)


def main(argv: list[str]) -> int:
    """Go the whole way; return 0."""
    watched, outside = (Path(one) for one in argv[1:])
    logging.basicConfig(level=logging.DEBUG, filename=watched / "log.txt")
    folder = watched / "home" / "CoachDesk" / "Furness.coachdesk"
    vault = SealedVault.create(
        folder,
        organisation="Furness",
        person="Amina",
        passphrase=PASSPHRASE,
        clock=SystemClock(),
        practice=True,
        cost=Cost.floor(),
    ).vault
    work_in_it(vault, watched, outside)
    vault.close()
    look("the vault is locked")
    crashed(folder)
    look("after a crash")
    restore_beside(watched / "stick.coachdesk-backup", folder)
    restore(watched / "stick.coachdesk-backup", watched / "home" / "Moved.coachdesk")
    app = QApplication([argv[0], *STYLE_ARGUMENTS])
    app.setApplicationName("CoachDesk")
    app.setOrganizationName("CoachDesk")
    vault = SealedVault(folder).open(PASSPHRASE, clock=SystemClock())
    client = a_client(vault)
    show(vault, client, app)
    with unit_of_work(vault) as work:
        erase_client(work.session, EraseClient(client_id=client, reason="Asked for it"))
    look("somebody was erased")
    vault.close()
    return 0


if __name__ == "__main__":
    with cheap_keys():
        sys.exit(main(sys.argv))
