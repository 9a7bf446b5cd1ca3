"""The unlock window: the first thing on the screen, and what locking comes back to.

Somebody waits for its first painting: only the page shown is built, and the vault's cryptography is fetched by the
jobs that need it, on their own thread.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6 import QtCore
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.desk.errand import Errands, Worker
from coachdesk.errors import CoachDeskError, Refusal, Trouble
from coachdesk.overriding import override
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.logo import logo
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.pages import (
    CreatePage,
    NewVault,
    RecoverPage,
    RecoveryKeyPage,
    UnlockColumn,
    UnlockPage,
    WelcomePage,
)
from coachdesk.ui.unlock.strength import Strength, insist, judge
from coachdesk.ui.widgets.labels import label
from coachdesk.ui.widgets.surfaces import Card, row

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from coachdesk.clock import Clock
    from coachdesk.ui.dialogs import Dialogs
    from coachdesk.ui.widgets.banner import Banner
    from coachdesk.ui.widgets.progress import ProgressStrip
    from coachdesk.vault.opened import OpenVault
    from coachdesk.vault.sealed import SealedVault

_CARD_WIDTH = 560
_PAGE_HEIGHT = 330
Column = TypeVar("Column", bound=UnlockColumn)


class _Judged(NamedTuple):
    passphrase: str
    strength: Strength


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
        self._executor, self._dialogs, self._clock, self._known = executor, dialogs, clock, known
        self._errands = Errands(self)
        self._chosen: Path | None = None
        self._sealed: SealedVault | None = None
        self._waiting: object = None
        self._is_seen = False
        self.pages = QStackedWidget()
        self.trouble: Banner | None = None
        self._build()
        self.start()

    def _build(self) -> None:
        self.card = Card()
        self.card.setFixedWidth(look().px(_CARD_WIDTH))
        self.card.body.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        self.pages.setMinimumHeight(
            look().px(_PAGE_HEIGHT)
        )  # a stack does not ask how high its wrapped texts are
        self.card.add(self.pages)
        self.logo = label("")
        self.logo.setPixmap(logo(look().px(44)))
        self.logo.setAccessibleName("CoachDesk")
        box = QVBoxLayout(self)
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
        self.resize(1100, 720)

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
    def create_page(self) -> CreatePage:
        """Return the page that makes a vault."""
        page = CreatePage(self._known.usual_place())
        page.wished.connect(self._create)
        page.back.connect(self.start)
        page.choose_place.connect(self._choose_place)
        page.typed.connect(self._judge)
        return self._added(page)

    @cached_property
    def recovery(self) -> RecoveryKeyPage:
        """Return the page that shows a new recovery key."""
        page = RecoveryKeyPage()
        page.confirmed.connect(self._key_kept)
        return self._added(page)

    @cached_property
    def unlock_page(self) -> UnlockPage:
        """Return the page that asks for the passphrase."""
        page = UnlockPage()
        page.wished.connect(self._unlock)
        page.recover.connect(self._to_recover)
        page.another.connect(self._to_welcome)
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
        last = self._known.last()
        if last is None:
            self._to_welcome()
        else:
            self.choose(last)

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
        self._show(self.unlock_page)
        self.unlock_page.passphrase.setFocus()
        self._errands.send(self._executor, job, then=self._found, failed=self._not_found)

    def _found(self, found: _Found) -> None:
        self._sealed = found.sealed
        self.unlock_page.show_people(found.people)

    def _not_found(self, error: Exception) -> None:
        if self._chosen is not None and isinstance(error, CoachDeskError):
            self._known.forget(self._chosen)
        self._chosen = None
        self._to_welcome()
        self._say(error)

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def _to_welcome(self) -> None:
        self._show(self.welcome)
        self.welcome.create_button.setFocus()

    def _to_create(self) -> None:
        self._clear_trouble()
        self.create_page.set_place(self._known.usual_place())
        self._show(self.create_page)
        self.create_page.organisation.setFocus()

    def _to_recover(self) -> None:
        self._show(self.recover_page)
        self.recover_page.key.setFocus()

    def _open_other(self) -> None:
        folder = self._dialogs.choose_folder(self.tr("Choose the vault's folder"))
        if folder is not None:
            self.choose(folder)

    def _choose_place(self) -> None:
        folder = self._dialogs.choose_folder(self.tr("Where should the vault lie?"))
        if folder is not None:
            from coachdesk.vault.places import place_warning  # noqa: PLC0415  not before the window is seen

            self.create_page.set_place(folder, place_warning(folder) or "")

    def _judge(self, passphrase: str) -> None:
        known = (self.create_page.organisation.text(), self.create_page.person.text())

        def job() -> _Judged:
            return _Judged(passphrase, judge(passphrase, known))

        self._errands.send(self._executor, job, then=self._judged)

    def _judged(self, judged: _Judged) -> None:
        if judged.passphrase == self.create_page.passphrase.text():
            self.create_page.say_strength(judged.strength.words, good=judged.strength.good)

    def _create(self, wish: NewVault) -> None:
        clock = self._clock

        def job() -> object:
            from coachdesk.casework.furnish import furnish_vault  # noqa: PLC0415  SQLAlchemy arrives behind the window
            from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  as above

            insist(wish.passphrase, (wish.organisation, wish.person))
            created = SealedVault.create(
                wish.folder,
                organisation=wish.organisation,
                person=wish.person,
                passphrase=wish.passphrase,
                clock=clock,
            )
            furnish_vault(created.vault)
            return created

        self._busy(self.tr("Making the vault and measuring this computer…"))
        self._send(job, self._created, self._create_failed)

    def _created(self, created: object) -> None:
        import secrets  # noqa: PLC0415  brings OpenSSL along, which the first painting can do without

        self._done()
        self._waiting = created.vault  # type: ignore[attr-defined]  # vault.sealed.Created, not imported at start
        key: str = created.recovery_key  # type: ignore[attr-defined]  # as above
        self.create_page.passphrase.clear()
        self.create_page.again.clear()
        self.recovery.show_key(key, secrets.randbelow(len(key.split("-"))) + 1)
        self._show(self.recovery)
        self.recovery.answer.setFocus()

    def _create_failed(self, error: Exception) -> None:
        self._done()
        if isinstance(error, Refusal) and "passphrase" in error.fields:
            self.create_page.passphrase.refuse(error.message)
            self.create_page.passphrase.setFocus()
        else:
            self._say(error)

    def _key_kept(self) -> None:
        self._opened(self._waiting)

    def _unlock(self, person: str, passphrase: str) -> None:
        sealed, clock = self._sealed, self._clock
        if sealed is None:
            return

        def job() -> object:
            return _settled(sealed.open(passphrase, person=person, clock=clock))

        self._busy(self.tr("Unlocking…"))
        self._send(job, self._unlocked, self._unlock_failed)

    def _recover(self, code: str) -> None:
        sealed, clock = self._sealed, self._clock
        if sealed is None:
            return

        def job() -> object:
            return _settled(sealed.open_with_recovery_key(code, clock=clock))

        self._busy(self.tr("Unlocking…"))
        self._send(job, self._unlocked, self._unlock_failed)

    def _unlock_failed(self, error: Exception) -> None:
        self._done()
        if isinstance(error, Refusal):
            recovering = self.pages.currentWidget() is self.recover_page
            refuse = self.recover_page.key.refuse if recovering else self.unlock_page.refuse
            refuse(error.message)
        else:
            self._say(error)

    def _unlocked(self, vault: object) -> None:
        self.unlock_page.passphrase.clear()
        self._opened(vault)

    def _opened(self, vault: object) -> None:
        self._done()
        self._waiting = None
        self._known.remember(vault.folder)  # type: ignore[attr-defined]  # vault.opened.OpenVault, not imported at start
        self.opened.emit(vault)

    def _send(
        self, job: Callable[[], object], then: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> None:
        self._errands.send(self._executor, job, then=then, failed=failed)

    @Slot(float, str)
    def show_progress(self, share: float, words: str) -> None:
        """Show how far the practice world is."""
        if self.progress.isHidden():
            self._busy(self.tr("Making the practice world…"))
        self.progress.step(round(share * 100), 100, words)

    @Slot(object)
    def opened_elsewhere(self, vault: object) -> None:
        """Take over a vault that was opened elsewhere."""
        self._done()
        self.opened.emit(vault)

    def failed_elsewhere(self, error: Exception) -> None:
        """Say why a vault could not be opened elsewhere."""
        self._done()
        self._say(error)

    def _busy(self, words: str) -> None:
        self._clear_trouble()
        self.pages.setEnabled(False)
        self.progress.start(words)

    def _done(self) -> None:
        self.progress.finish()
        self.pages.setEnabled(True)

    def _say(self, error: Exception) -> None:
        if not isinstance(error, CoachDeskError):
            raise error
        from coachdesk.ui.widgets.banner import Banner  # noqa: PLC0415  not before the window is seen

        self._clear_trouble()
        message, advice = (error.message, error.advice) if isinstance(error, Trouble) else (str(error), "")
        self.trouble = Banner(message, advice, Tone.DANGER)
        self.trouble.setMaximumWidth(look().px(_CARD_WIDTH))
        self._banner_place.addWidget(self.trouble, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)

    def _clear_trouble(self) -> None:
        if self.trouble is not None:
            self.trouble.deleteLater()
            self.trouble = None

    @override
    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        if not self._is_seen:
            self._is_seen = True
            self.seen.emit()

    @override
    def closeEvent(self, event: "QCloseEvent") -> None:
        self._errands.forget()
        super().closeEvent(event)


def _settled(vault: "OpenVault") -> "OpenVault":
    from coachdesk.casework.opening import settled  # noqa: PLC0415 - SQLAlchemy loads behind the unlock window

    return settled(vault)
