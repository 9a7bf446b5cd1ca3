"""Draw every screen of the real program into docs/screens, over the practice world, without a display.

``python -m tools.screens [FOLDER [light|dark [SCALE]]]``. The pictures are looked at by people; no test compares them.
They are kept in 256 colours, at a third of the size: so many are enough for flat surfaces and text, where no colour
that covers little is given up for one that covers much.
"""

import contextlib
import io
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PIL import Image
from PySide6.QtCore import QBuffer, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.casework.clients import CaseloadFilter, ClientRow, list_clients
from coachdesk.clock import Clock, SystemClock
from coachdesk.desk.counter import Desk, Executors
from coachdesk.resources import resource
from coachdesk.returns.issue import issue
from coachdesk.returns.wishes import IssueWish
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import QtDialogs
from coachdesk.ui.imports.flow import Step
from coachdesk.ui.imports.page import ImportPage
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.practice_world import PASSPHRASE, open_or_make
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.ui.returns.rooms import MAKERS
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

PageT = TypeVar("PageT", bound=Page)
ROOT = Path(__file__).resolve().parents[1]
SETTLED_SECONDS = 1.5
LONGEST_WAIT_SECONDS = 120


class Album:
    """Settles a window and keeps its picture."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        folder.mkdir(parents=True, exist_ok=True)

    def settle(self) -> None:
        """Turn the event loop until answers under way have been shown."""
        until = time.monotonic() + SETTLED_SECONDS
        while time.monotonic() < until:
            self._app.processEvents()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Turn the event loop until something is so; raises TimeoutError after two minutes."""
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        while not ready():
            self._app.processEvents()
            if time.monotonic() > until:
                raise TimeoutError

    def keep(self, window: QWidget, name: str) -> None:
        """Save a window's picture."""
        self.settle()
        drawn = QBuffer()
        picture = window.grab().toImage()
        picture.convertToFormat(picture.Format.Format_RGB888).save(drawn, "PNG")
        path = self._folder / f"{name}.png"
        with Image.open(io.BytesIO(drawn.data().data())) as whole:
            few = whole.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
        print(path)


def unlock(album: Album, clock: Clock, folder: Path, settings: QSettings) -> None:
    """Draw a first run from the welcome to the key typed back, and what asks for the passphrase from then on."""
    with ThreadPoolExecutor(1) as executor:
        window = UnlockWindow(executor, QtDialogs(), clock, KnownVaults(settings, folder))
        opened: list[OpenVault] = []
        window.opened.connect(opened.append)
        window.show()
        album.keep(window, "welcome")
        window.welcome.create_button.click()
        page, recovery = window.creation.page, window.creation.recovery
        page.organisation.line.insert("Northern Fells Hub")
        page.person.line.insert("Amina Hussain")
        page.passphrase.line.insert(PASSPHRASE)
        page.again.line.insert(PASSPHRASE)
        album.keep(window, "create-vault")
        page.create_button.click()
        album.wait(recovery.key_words.isVisible)
        album.keep(window, "recovery-key")
        key = "-".join(recovery.key_words.text().split())
        recovery.next_button.click()
        album.keep(window, "recovery-key-typed-back")
        recovery.typed.line.setText(key)
        recovery.done_button.click()
        album.wait(lambda: bool(opened))
        opened[0].close()
        window.start()
        album.keep(window, "unlock")
        window.close()
        album.settle()


def pages(
    album: Album,
    app: QApplication,
    vault: OpenVault,
    theme: Theme,
    settings: QSettings,
    *,
    in_usual_look: bool,
) -> None:
    """Draw every place of the rail, a client's page, the import and a return, and the first pages again in dark."""
    desk = Desk(vault, Executors.threads(), app)
    office = Office(desk, QtDialogs(), Messages(desk), theme, settings, CodeBook(desk, desk))
    window = MainWindow(office)
    window.show()
    album.keep(window, "today")
    someone = _somebody(vault)
    client_page(album, window, someone)
    other_places(album, window)
    import_page(album, window)
    return_page(album, window)
    return_rooms(album, window, vault)
    for place in range(_page(window, SettingsPage).tabs.count()):
        window.go("settings")
        _page(window, SettingsPage).tabs.setCurrentIndex(place)
        album.keep(window, f"settings-{place + 1}")
    window.go_find()
    window.find_box.box.setText("ma")
    album.keep(window.find_box, "find")
    window.find_box.hide()
    if in_usual_look:
        other_looks(album, app, window, theme, someone)
    window.close()
    album.settle()


def other_looks(album: Album, app: QApplication, window: MainWindow, theme: Theme, someone: UUID) -> None:
    """Draw the first pages in the dark, and a client in large text."""
    theme.apply(app, "dark")
    window.go("today")
    album.keep(window, "today-dark")
    window.open_client(someone)
    album.keep(window, "client-dark")
    theme.apply(app, "light", 2.0)
    album.keep(window, "client-200-percent")


def _page(window: MainWindow, kind: type[PageT]) -> PageT:
    """Return the window's page of a kind."""
    return next(page for page in window.pages.values() if isinstance(page, kind))


def _somebody(vault: OpenVault) -> UUID:
    """Return a client in work, who has something on every tab."""
    with reading(vault) as session:
        wanted = CaseloadFilter(today=vault.clock.today(), working="in_work")
        return max(list_clients(session, wanted), key=_richness).id


def _richness(row: ClientRow) -> tuple[bool, str]:
    return row.communication_needs, row.reference


def client_page(album: Album, window: MainWindow, client_id: UUID) -> None:
    """Draw one client: every tab, the contact form, and the form for a new client."""
    window.open_client(client_id)
    album.wait(lambda: bool(window.clients.view.header.name.text()))
    for name in TABS:
        window.clients.view.show_tab(name)
        album.keep(window, f"client-{name}")
    window.clients.view.show_tab("timeline")
    window.record_contact(client_id, None)
    album.keep(window, "contact")
    window.clients.view.contact_form.put_away()
    window.new_client("Margaret Walker")
    album.keep(window, "new-client")


def other_places(album: Album, window: MainWindow) -> None:
    """Draw the pages that need no further choice, the caseload as lists and as a board, and the privacy screen."""
    for place in (
        "enquiries",
        "vacancies",
        "employers",
        "groups",
        "services",
        "week",
        "team",
        "duplicates",
        "rights",
        "drafts",
    ):
        window.go(place)
        album.keep(window, place)
    window.go("clients")
    window.clients.show_lists()
    album.keep(window, "lists")
    window.clients.show_board()
    album.keep(window, "board")
    window.privacy.toggle()
    album.keep(window, "privacy-screen")
    window.privacy.toggle()


def import_page(album: Album, window: MainWindow) -> None:
    """Draw the import up to the look before anything is written."""
    page = _page(window, ImportPage)
    window.go("import")
    album.keep(window, "import-1-files")
    folder = resource("practice", "caseload")
    page.read_files(tuple(folder / name for name in ("clients.csv", "contacts.csv", "jobs.csv")))
    album.wait(lambda: page.flow.step is Step.COLUMNS)
    album.keep(window, "import-2-columns")
    page.go_on()
    album.wait(lambda: page.flow.step is Step.LOOK)
    album.keep(window, "import-3-look")


def return_page(album: Album, window: MainWindow) -> None:
    """Draw a return that was worked out, tab by tab."""
    page = _page(window, ReturnsPage)
    window.go("returns")
    album.wait(lambda: page.period.count() > 1)
    page.work_out()
    album.wait(lambda: page.prepared is not None)
    for place, name in enumerate(("return", "return-to-put-right", "return-tables", "return-protection")):
        page.tabs.setCurrentIndex(place)
        album.keep(window, name)


def return_rooms(album: Album, window: MainWindow, vault: OpenVault) -> None:
    """Draw the rooms beside making a return, after the one that was worked out is issued."""
    page = _page(window, ReturnsPage)
    prepared = page.prepared
    if prepared is None:
        raise LookupError
    with tempfile.TemporaryDirectory() as folder:
        issue(vault, IssueWish(prepared=prepared, folder=Path(folder) / "return"), Watch.silent())
    for key in MAKERS:
        page.rooms.room(key)
        album.keep(window, f"return-{key}")


def main(folder: Path, scheme: str = "light", scale: str = "1") -> int:
    """Draw everything in that look and return 0."""
    app = QApplication(sys.argv[:1])
    album = Album(app, folder.resolve())
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        place = Path("Documents")  # some pages say where the vault lies: that is nobody's business
        place.mkdir()
        settings = QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)
        theme = Theme(app)
        theme.apply(app, scheme, float(scale))
        unlock(album, clock, place, settings)
        vault = open_or_make(place / "Practice world.coachdesk", clock, Watch.silent())
        pages(album, app, vault, theme, settings, in_usual_look=(scheme, float(scale)) == ("light", 1.0))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]) if sys.argv[1:] else main(ROOT / "docs" / "screens"))
