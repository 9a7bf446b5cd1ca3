"""What to do when a vault does not open: the trouble in words, and every way on from it as a button."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from coachdesk.errors import CoachDeskError, Refusal, Trouble
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.pages import UnlockColumn
from coachdesk.ui.widgets.banner import Banner
from coachdesk.ui.widgets.buttons import Button, primary_button, quiet_button, secondary_button
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.labels import label
from coachdesk.ui.widgets.surfaces import column
from coachdesk.vault.backup_folder import ENDING
from coachdesk.vault.pack import looked_into
from coachdesk.vault.restoring import restore
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KeyCopy, key_copies, put_back
from coachdesk.vault.slots import changed_outside
from coachdesk.vault.trouble import (
    Busy,
    ChangesMissing,
    Damaged,
    DataMissing,
    KeysPutBack,
    NotEnoughMemory,
    SlotFileMissing,
)

if TYPE_CHECKING:
    from coachdesk.ui.unlock.window import UnlockWindow
    from coachdesk.vault.rescue import Rescued


class _FoundCopy(NamedTuple):
    """A copy of the key file, and when the backup it is in was made; none for the copy beside the vault."""

    copy: KeyCopy
    made_at: dt.datetime | None


class Copy(NamedTuple):
    """A copy of the key file: itself, what it is in a few words, and more about it."""

    copy: KeyCopy
    words: str
    more: str


class _Way(NamedTuple):
    """One way on: the words on its button, and what it does."""

    words: str
    go: Callable[[], None]


class KeyFilePage(UnlockColumn):
    """The key file is missing or damaged: the copies that fit, to be put back.

    Signals: ``chosen(KeyCopy)``, ``look_elsewhere()``, ``restore()``, ``back()``.
    """

    chosen = Signal(object)
    look_elsewhere = Signal()
    restore = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies: tuple[Copy, ...] = ()
        self.choices: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.HAIR)
        self.found = label("", wrap=True)
        self.put_back_button = primary_button(self.tr("&Put it back"), "undo-2")
        self.elsewhere_button = secondary_button(self.tr("&Look in another folder…"), "folder-open")
        self.restore_button = secondary_button(self.tr("&Restore a backup…"), "history")
        self.back_button = quiet_button(self.tr("&Back"))
        self.put_back_button.clicked.connect(self._put_back)
        self.elsewhere_button.clicked.connect(self.look_elsewhere)
        self.restore_button.clicked.connect(self.restore)
        self.back_button.clicked.connect(self.back)
        self.body.addWidget(label(self.tr("Put the key file back"), "title", wrap=True))
        self.body.addWidget(
            label(
                self.tr(
                    "The key file says who may unlock; clients’ records are not in it. With a copy of it, passphrases "
                    "and people are as they were when that copy was made."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.body.addWidget(self.found)
        self.body.addLayout(self._list)
        self.body.addWidget(self.put_back_button)
        self.body.addLayout(Flow(self.elsewhere_button, self.restore_button, self.back_button))

    def show_copies(self, copies: tuple[Copy, ...]) -> None:
        """Offer the copies found, the best one chosen."""
        self._copies = copies
        for choice in self.choices:
            self._group.removeButton(choice)
        clear(self._list)
        self.choices = []
        for found in copies:
            choice = QRadioButton(found.words)
            choice.setAccessibleDescription(found.more)
            choice.setChecked(not self.choices)
            self.choices.append(choice)
            self._group.addButton(choice)
            self._list.addLayout(column(choice, label(found.more, "meta", wrap=True), spacing=0))
        self.put_back_button.setVisible(bool(copies))
        self.found.setText(
            self.tr("These copies fit the vault’s data, the best one first:")
            if copies
            else self.tr(
                "No copy that fits was found in the vault’s folder or beside it. If backups lie on a stick or another "
                "drive, plug it in and look there."
            )
        )
        (self.choices[0] if copies else self.elsewhere_button).setFocus()

    def _put_back(self) -> None:
        place = next(place for place, choice in enumerate(self.choices) if choice.isChecked())
        self.chosen.emit(self._copies[place].copy)


class Mending(QObject):
    """Shows trouble above the card with the ways on from it, and goes the one that is chosen."""

    def __init__(self, window: "UnlockWindow") -> None:
        super().__init__(window)
        self._window = window
        self._folder = Path()
        self._places: tuple[Path, ...] = ()
        self.page = KeyFilePage()
        self.page.chosen.connect(self._put_back)
        self.page.look_elsewhere.connect(self._look_elsewhere)
        self.page.restore.connect(self._restore)
        self.page.back.connect(window.to_welcome)

    def panel(self, error: CoachDeskError, folder: Path | None) -> "TroublePanel":
        """Return the trouble in words, with the ways on from it as far as a vault is known."""
        message, advice = (error.message, error.advice) if isinstance(error, Trouble) else (str(error), "")
        ways: tuple[_Way, ...] = ()
        if folder is not None:
            self._folder = folder
            ways = self._ways(error)
            advice = self._advice(error, advice)
        return self._fitted(TroublePanel(Banner(message, advice, Tone.DANGER), ways))

    def _fitted(self, panel: "TroublePanel") -> "TroublePanel":
        """Return a panel as wide as the card, and as high as its words need in that width."""
        width = self._window.card.maximumWidth()
        panel.setFixedWidth(width)
        for piece in panel.findChildren(QWidget):
            piece.ensurePolished()  # its words are measured as they will be drawn
        panel.setMinimumHeight(panel.heightForWidth(width))
        return panel

    def _advice(self, error: CoachDeskError, advice: str) -> str:
        if isinstance(error, KeysPutBack):
            return self.tr(
                "If you or a colleague put it back, go on with it. What is lost are the changes since that copy: a "
                "passphrase changed since then is the old one again, and whoever was added since cannot unlock. If nobody "
                "of you put it back, somebody else did: restore a backup, or ask a manager first. No client’s record is "
                "lost either way."
            )
        if isinstance(error, ChangesMissing):
            return self.tr(
                "A backup may still hold them: restore it first and look. If you go on without them, everything up to "
                "the missing changes is there; the missing ones are lost for good and have to be typed again."
            )
        if isinstance(error, Busy):
            return self.tr(
                "Close it there, then try again. Opened for reading you can look at everything meanwhile, as it was saved "
                "last; nothing can be saved."
            )
        if isinstance(error, NotEnoughMemory):
            return self.tr(
                "Close other programs, browsers above all, then try again. Your passphrase was not judged: it is neither "
                "right nor wrong."
            )
        return advice

    def _ways(self, error: CoachDeskError) -> tuple[_Way, ...]:
        restoring = _Way(self.tr("Restore a backup…"), self._restore)
        if isinstance(error, ChangesMissing):
            return restoring, _Way(self.tr("Go on without them…"), self._go_on)
        if isinstance(error, SlotFileMissing) or (
            isinstance(error, Damaged) and error.message == changed_outside().message
        ):
            return _Way(self.tr("Put the key file back…"), self.offer_copies), restoring
        again = _Way(self.tr("Try again"), self._window.try_again)
        if isinstance(error, Busy):
            return again, _Way(self.tr("Open it for reading"), self._open_for_reading)
        if isinstance(error, NotEnoughMemory):
            return (again,)
        if isinstance(error, Damaged):
            return restoring, _Way(self.tr("Save what can be read…"), self._rescue)
        return (restoring,) if isinstance(error, DataMissing) else ()

    @Slot()
    def _open_for_reading(self) -> None:
        self._window.try_again(reading=True)

    @Slot()
    def _go_on(self) -> None:
        agreed = self._window.dialogs.confirm(
            self.tr("Go on without what is missing?"),
            yes=self.tr("Go on without it"),
            explain=self.tr(
                "CoachDesk will not ask again: from now on the vault counts as whole as it is. A backup can still be "
                "restored later."
            ),
            danger=True,
        )
        if agreed:
            self._window.try_again(accept_loss=True)

    def offer(self, folder: Path) -> None:
        """Show the copies of the key file of a vault whose own cannot be read."""
        self._folder = folder
        self.offer_copies()

    @Slot()
    def offer_copies(self) -> None:
        """Look for copies of the key file and show what was found."""
        folder, places = self._folder, self._places

        def job() -> tuple[_FoundCopy, ...]:
            return tuple(
                _FoundCopy(copy, None if copy.beside else looked_into(copy.path).at)
                for copy in key_copies(folder, places)
            )

        self._window.send(job, self._offered)

    def _described(self, found: "_FoundCopy") -> Copy:
        copy, made_at = found
        if made_at is None:
            return Copy(
                copy,
                self.tr("The copy beside it"),
                self.tr("From before the last change of people or passphrases."),
            )
        return Copy(
            copy,
            self.tr("Backup of {moment}").format(moment=moment(made_at)),
            self.tr("In the file “{name}”.").format(name=copy.path.name),
        )

    def _offered(self, found: "tuple[_FoundCopy, ...]") -> None:
        self._window.show_page(self.page)
        self.page.show_copies(tuple(self._described(one) for one in found))

    @Slot()
    def _look_elsewhere(self) -> None:
        place = self._window.dialogs.choose_folder(self.tr("Where are the backups?"))
        if place is not None:
            self._places = (*self._places, place)
            self.offer_copies()

    def _put_back(self, copy: KeyCopy) -> None:
        folder, clock = self._folder, self._window.clock

        def job() -> None:
            put_back(folder, copy, clock=clock)

        self._window.busy(self.tr("Putting the key file back…"))
        self._window.send(job, self._is_back)

    def _is_back(self, _nothing: object) -> None:
        self._window.done()
        self._window.choose(self._folder)
        self._tell(
            self.tr("The key file was put back."),
            self.tr("Unlock with the passphrase of the time when that copy was made."),
        )

    @Slot()
    def _restore(self) -> None:
        backup = self._window.dialogs.open_file(
            self.tr("Which backup?"), (self.tr("CoachDesk backup (*{ending})").format(ending=ENDING),)
        )
        if backup is None or not self._window.dialogs.confirm(
            self.tr("Restore this backup?"),
            yes=self.tr("Restore it"),
            explain=self.tr(
                "What lies in the vault’s folder now is moved aside as a whole, beside it; nothing is thrown away. "
                "Unlock afterwards with the passphrase of the day the backup was written."
            ),
        ):
            return
        folder = self._folder

        def job() -> None:
            _check_same_vault(folder, backup)
            restore(backup, folder)

        self._window.busy(self.tr("Restoring the backup…"))
        self._window.send(job, self._restored)

    @Slot()
    def _rescue(self) -> None:
        person, passphrase = self._window.unlock_page.typed()
        if not passphrase:
            self._window.unlock_page.refuse(self.tr("Type your passphrase first: it opens what can be read."))
            return
        folder, clock = self._folder, self._window.clock

        def job() -> "Rescued":
            return SealedVault(folder).rescue(passphrase, person=person, clock=clock)

        self._window.busy(self.tr("Reading what can be read…"))
        self._window.send(job, self._rescued)

    def _rescued(self, found: "Rescued") -> None:
        self._window.done()
        self._window.choose(found.place)
        self._tell(
            self.tr("What could be read was saved beside the damaged vault, which was not touched."),
            self.tr(
                "{read:,} rows were read, {rebuilt:,} records written again from their history, {lost:,} are lost. Unlock "
                "it with the same passphrase and look; a backup may still hold what is lost."
            ).format(read=found.read, rebuilt=sum(found.rebuilt.values()), lost=sum(found.lost.values())),
        )

    def _tell(self, message: str, advice: str) -> None:
        self._window.put_up(self._fitted(TroublePanel(Banner(message, advice, Tone.OK), ())))

    def _restored(self, _nothing: object) -> None:
        self._window.done()
        self._window.choose(self._folder)
        self._tell(
            self.tr("The backup was restored."),
            self.tr("What lay there before was moved aside, beside the vault."),
        )


def _check_same_vault(folder: Path, backup: Path) -> None:
    """Return unless the backup is known to be another vault's; raises Refusal, or Trouble for the backup."""
    header = looked_into(backup)
    try:
        file = SealedVault(folder).slot_file()
    except Trouble:
        return  # what lies there cannot say which vault it is; it is moved aside, not overwritten
    if file.vault != header.vault:
        raise Refusal("This is a backup of another vault. Choose one of this vault.")


class TroublePanel(QWidget):
    """A banner, and below it the ways on as buttons."""

    def __init__(self, banner: Banner, ways: tuple[_Way, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = banner
        self._ways = ways
        self.buttons: list[Button] = [secondary_button(way.words) for way in ways]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(banner)
        if ways:
            box.addLayout(Flow(*self.buttons))
        for button, way in zip(self.buttons, ways, strict=True):
            button.clicked.connect(way.go)
        banner.closed.connect(self.hide)
