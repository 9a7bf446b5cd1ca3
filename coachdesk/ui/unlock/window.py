"""The unlock window: the first thing on the screen, and what locking comes back to.

Somebody waits for its first painting: only the page shown is built, and the vault's cryptography is fetched by the
jobs that need it, on their own thread.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6 import QtCore
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.desk.errand import Errands, Worker
from coachdesk.errors import CoachDeskError, Refusal
from coachdesk.overriding import override
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.logo import logo
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.unlock.pages import RecoverPage, UnlockColumn, UnlockPage, WelcomePage
from coachdesk.ui.widgets.labels import label
from coachdesk.ui.widgets.surfaces import Card, row
from coachdesk.ui.window_place import FRAME

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from coachdesk.clock import Clock
    from coachdesk.ui.dialogs import Dialogs
    from coachdesk.ui.unlock.creation import Creation
    from coachdesk.ui.unlock.creation_pages import CreatePage
    from coachdesk.ui.unlock.mending import Mending
    from coachdesk.ui.unlock.regaining import Regaining
    from coachdesk.ui.widgets.progress import ProgressStrip
    from coachdesk.vault.opened import OpenVault
    from coachdesk.vault.sealed import SealedVault

_WIDTH, _CARD_WIDTH = 1100, 560
_PAGE_HEIGHT = 330
Column = TypeVar("Column", bound=UnlockColumn)


class _Found(NamedTuple):
    sealed: "SealedVault"
    people: tuple[str, ...]


class UnlockWindow(QWidget):
    """Welcome, create, recovery key, unlock: one card in the middle of a quiet window.

    Signals:
        opened (OpenVault): a vault was opened; the main window takes over.
        practise (): the practice world was asked for.
        seen (): the window is being painted for the first time.
    """

    opened = Signal(object)
    practise = Signal()
    seen = Signal()

    def __init__(
        self,
        executor: Worker,
        dialogs: "Dialogs",
        clock: "Clock",
        known: KnownVaults,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("unlock")
        self.setWindowTitle("CoachDesk")
        self._executor, self.dialogs, self.clock, self.known = executor, dialogs, clock, known
        self._errands = Errands(self)
        self._chosen: Path | None = None
        self._sealed: SealedVault | None = None
        self._is_seen = False
        self._flows: list[Creation | Regaining] = []
        self.pages = QStackedWidget()
        self.trouble: QWidget | None = None
        self._build()
        self.start()

    def _build(self) -> None:
        self.card = Card()
        self.card.setFixedWidth(min(look().px(_CARD_WIDTH), _WIDTH - 4 * Space.WIDE))  # large text wraps
        self.card.body.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        # a stack does not ask how high its wrapped texts are
        self.pages.setMinimumHeight(look().px(_PAGE_HEIGHT))
        self.card.add(self.pages)
        self.logo = label("")
        self.logo.setPixmap(logo(look().px(44)))
        self.logo.setAccessibleName("CoachDesk")
        inner = QWidget()
        inner.setProperty("scrolled", True)
        box = QVBoxLayout(inner)
        box.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        box.addStretch(1)
        box.addLayout(row(1, self.logo, 1))
        box.addSpacing(Space.GAP)
        self._banner_place = QVBoxLayout()
        box.addLayout(self._banner_place)
        box.addLayout(row(1, self.card, 1))
        box.addStretch(1)
        promise = label(self.tr("Works without internet. Nothing leaves this computer by itself."), "meta")
        box.addLayout(row(1, promise, 1))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setProperty("focusPolicy", 0)  # none, by number: `Qt` is dear (docs/architecture.md, start-up)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.resize(_WIDTH, min(720, self.screen().availableGeometry().height() - FRAME))

    @cached_property
    def progress(self) -> "ProgressStrip":
        """Return the line about slow work, which is not shown before there is any."""
        from coachdesk.ui.widgets.progress import ProgressStrip  # noqa: PLC0415  not before the window is seen

        strip = ProgressStrip(can_cancel=False)
        self.card.add(strip)
        return strip

    @cached_property
    def welcome(self) -> WelcomePage:
        """Return the page for who has no vault yet, built when first asked for, as all pages are."""
        page = WelcomePage()
        page.create_wanted.connect(self._to_create)
        page.open_other.connect(self._open_other)
        page.practise.connect(self.practise)
        return self._added(page)

    @cached_property
    def creation(self) -> "Creation":
        """Return the way to a new vault, with its two pages."""
        from coachdesk.ui.unlock.creation import Creation  # noqa: PLC0415  not before a vault is to be made

        flow = Creation(self)
        self._added(flow.page)
        self._added(flow.recovery)
        self._flows.append(flow)
        return flow

    @property
    def create_page(self) -> "CreatePage":
        """Return the page that makes a vault."""
        return self.creation.page

    @cached_property
    def regaining(self) -> "Regaining":
        """Return the way from the recovery key to a new passphrase, with its page."""
        from coachdesk.ui.unlock.regaining import Regaining  # noqa: PLC0415  not before a recovery key was used

        flow = Regaining(self)
        self._added(flow.page)
        self._flows.append(flow)
        return flow

    @cached_property
    def mending(self) -> "Mending":
        """Return the ways on from trouble, with the page for a key file that is lost."""
        from coachdesk.ui.unlock.mending import Mending  # noqa: PLC0415  not before there is trouble

        flow = Mending(self)
        self._added(flow.page)
        return flow

    @cached_property
    def unlock_page(self) -> UnlockPage:
        """Return the page that asks for the passphrase."""
        page = UnlockPage()
        page.wished.connect(self._unlock)
        page.recover.connect(self._to_recover)
        page.another.connect(self.to_welcome)
        return self._added(page)

    @cached_property
    def recover_page(self) -> RecoverPage:
        """Return the page that asks for the recovery key."""
        page = RecoverPage()
        page.wished.connect(self._recover)
        page.back.connect(self.start)
        return self._added(page)

    def _added(self, page: Column) -> Column:
        page.body.addStretch(1)
        self.pages.addWidget(page)
        return page

    def start(self) -> None:
        """Show the vault used last, or the welcome where there is none."""
        self._clear_trouble()
        last = self._chosen or self.known.last()
        self.choose(last) if last else self.to_welcome()

    def choose(self, folder: Path) -> None:
        """Ask for the passphrase of a vault; say so where the folder is not one."""
        self._clear_trouble()
        self._errands.forget()  # of another vault, chosen a moment ago
        self._chosen, self._sealed = folder, None

        def job() -> _Found:
            from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  cryptography arrives behind the window

            sealed = SealedVault(folder)
            return _Found(sealed, tuple(person.name for person in sealed.people()))

        self.unlock_page.show_vault(folder.stem)
        self.show_page(self.unlock_page)
        self.send(job, self._found, self._not_found)

    def _found(self, found: _Found) -> None:
        self._sealed = found.sealed
        self.unlock_page.show_people(found.people)

    def _not_found(self, error: Exception) -> None:
        from coachdesk.vault.trouble import Damaged, SlotFileMissing  # noqa: PLC0415  not before there is trouble

        folder = self._chosen
        if folder is not None and isinstance(error, SlotFileMissing | Damaged):
            self.say(error, with_ways=False)
            self.mending.offer(folder)
        else:
            if folder is not None and isinstance(error, CoachDeskError):
                self.known.forget(folder)
            self.to_welcome()
            self.say(error)

    def show_page(self, page: QWidget) -> None:
        """Bring a page into sight, with the keyboard in its first field."""
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def to_welcome(self) -> None:
        """Show what there is to do without a vault."""
        self._clear_trouble()
        self._chosen = None
        self.show_page(self.welcome)
        self.welcome.create_button.setFocus()

    def _to_create(self) -> None:
        self._clear_trouble()
        self.creation.begin()

    def _to_recover(self) -> None:
        self.recover_page.start()
        self.show_page(self.recover_page)

    def _open_other(self) -> None:
        folder = self.dialogs.choose_folder(self.tr("Choose the vault’s folder"))
        if folder is not None:
            self.choose(folder)

    def _unlock(self, person: str, passphrase: str, **how: bool) -> None:
        sealed, clock = self._sealed, self.clock
        if sealed is None:
            return

        def job() -> "OpenVault":
            return _settled(sealed.open(passphrase, person=person, clock=clock, **how))

        self.busy(self.tr("Unlocking…"))
        self.send(job, self.open_vault, self._unlock_failed)

    def _recover(self, code: str, **how: bool) -> None:
        sealed, clock = self._sealed, self.clock
        if sealed is None:
            return

        def job() -> "OpenVault":
            return _settled(sealed.open_with_recovery_key(code, clock=clock, **how))

        self.busy(self.tr("Unlocking…"))
        self.send(job, self._recovered, self._unlock_failed)

    def try_again(self, **how: bool) -> None:
        """Unlock with what still stands in the field; ``accept_loss`` and ``reading`` only if the person said so."""
        if self.pages.currentWidget() is self.recover_page:
            self._recover(self.recover_page.key.text(), **how)
        else:
            person, passphrase = self.unlock_page.typed()
            self._unlock(person, passphrase, **how)

    def _unlock_failed(self, error: Exception) -> None:
        from coachdesk.vault.trouble import MustWait  # noqa: PLC0415  not before there is trouble

        self.done()
        page = self.recover_page if self.pages.currentWidget() is self.recover_page else self.unlock_page
        if isinstance(error, MustWait):
            page.countdown.start(error.seconds)
        elif isinstance(error, Refusal):
            page.refuse(error.message)
        else:
            self.say(error)

    def _recovered(self, vault: "OpenVault") -> None:
        self.recover_page.key.clear()
        if vault.read_only:  # nothing can be changed there, a passphrase neither
            self.open_vault(vault)
        else:
            self.regaining.begin(vault)

    def open_vault(self, vault: "OpenVault") -> None:
        """Hand an open vault over to the main window."""
        self.done()
        self.unlock_page.passphrase.clear()
        self.known.remember(vault.folder)
        self.opened.emit(vault)

    def send(
        self,
        job: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Have a job done behind the window; an error that nobody takes is told."""
        self._errands.send(self._executor, job, then=then, failed=failed or self.failed_elsewhere)

    @Slot(float, str)
    def show_progress(self, share: float, words: str) -> None:
        """Show how far the practice world is."""
        if self.progress.isHidden():
            self.busy(self.tr("Making the practice world…"))
        self.progress.step(round(share * 100), 100, words)

    @Slot(object)
    def opened_elsewhere(self, vault: object) -> None:
        """Take over a vault that was opened elsewhere."""
        self.done()
        self.opened.emit(vault)

    def failed_elsewhere(self, error: Exception) -> None:
        """Say why something did not work, and take input again."""
        self.done()
        self.say(error)

    def busy(self, words: str) -> None:
        """Take no input while something is under way."""
        self._clear_trouble()
        self.pages.setEnabled(False)
        self.progress.start(words)

    def done(self) -> None:
        """Take input again."""
        self.progress.finish()
        self.pages.setEnabled(True)

    def say(self, error: Exception, *, with_ways: bool = True) -> None:
        """Show what went wrong and the ways on from it; an error of our own goes on to the crash window."""
        if not isinstance(error, CoachDeskError):
            raise error
        self.put_up(self.mending.panel(error, self._chosen if with_ways else None))

    def put_up(self, trouble: QWidget) -> None:
        """Show something above the card, in the place of what stood there."""
        self._clear_trouble()
        self.trouble = trouble
        self._banner_place.addWidget(trouble, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)

    def _clear_trouble(self) -> None:
        if self.trouble is not None:
            self.trouble.hide()
            self.trouble.deleteLater()
            self.trouble = None

    @override
    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        if not self._is_seen:
            self._is_seen = True
            QtCore.QTimer.singleShot(0, self, self._show_focus)  # the painting under way comes first
            self.seen.emit()

    def _show_focus(self) -> None:
        from coachdesk.ui.focus_ring import FocusRing  # noqa: PLC0415  not before the window is seen

        FocusRing(self)

    @override
    def closeEvent(self, event: "QCloseEvent") -> None:
        self._errands.forget()
        for flow in self._flows:
            flow.close()
        super().closeEvent(event)


def _settled(vault: "OpenVault") -> "OpenVault":
    from coachdesk.casework.opening import settled  # noqa: PLC0415 - SQLAlchemy loads behind the unlock window

    return settled(vault)
