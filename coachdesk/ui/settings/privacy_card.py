"""When the screen hides names and notes by itself, and how long copied text stays on the clipboard."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.privacy.choices import CLIPBOARD_SECONDS, PrivacyChoices, keep_privacy, kept_privacy
from coachdesk.ui.spoken import plural
from coachdesk.ui.widgets import Card, column, label, row

_MINUTE = 60


class PrivacyCard(Card):
    """The occasions of the privacy screen, and the clipboard; every choice holds at once."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._office = office
        kept = kept_privacy(office.settings)
        self.on_second_screen = self._check(
            self.tr("On a second screen, or when one is plugged in"), on=kept.on_second_screen
        )
        self.at_half_idle = self._check(
            self.tr("After half of the time until CoachDesk locks"), on=kept.at_half_idle
        )
        self.after_minimised = self._check(self.tr("When the window was minimised"), on=kept.after_minimised)
        self.clipboard = CalmComboBox()
        self.clipboard.setAccessibleName(self.tr("Clear copied text from the clipboard after"))
        self.clipboard.addItems([self._seconds(seconds) for seconds in CLIPBOARD_SECONDS])
        self.clipboard.setCurrentIndex(CLIPBOARD_SECONDS.index(kept.clipboard_seconds))
        self.clipboard.activated.connect(self._keep)
        self._arrange()

    def _arrange(self) -> None:
        self.add(label(self.tr("Privacy screen"), "section"))
        self.add(
            self._words(
                self.tr(
                    "F9 hides every name and note, and F9 again brings back the same place. "
                    "It also comes by itself:"
                )
            )
        )
        for box in (self.on_second_screen, self.at_half_idle, self.after_minimised):
            self.add(box)
        self.add(
            self._words(
                self.tr("F8 shows one client’s page and nobody else, for sitting at the screen together.")
            )
        )
        self.add(label(self.tr("Clipboard"), "section"))
        name = label(self.clipboard.accessibleName(), "label")
        name.setBuddy(self.clipboard)
        holder = QWidget()
        holder.setLayout(column(name, self.clipboard))
        self.add(row(holder, 1))
        self.add(
            self._words(
                self.tr(
                    "Only what was copied from CoachDesk is cleared, also when it locks. It locks when the computer "
                    "sleeps too and, on Windows and Linux, when you lock the computer."
                )
            )
        )

    def _words(self, words: str) -> QWidget:
        return label(words, "meta", wrap=True)

    def _check(self, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(on)
        box.clicked.connect(self._keep)
        return box

    def _seconds(self, seconds: int) -> str:
        if seconds < _MINUTE:
            return plural(seconds, self.tr("second"), self.tr("seconds"))
        return plural(seconds // _MINUTE, self.tr("minute"), self.tr("minutes"))

    @Slot()
    def _keep(self) -> None:
        keep_privacy(
            self._office.settings,
            PrivacyChoices(
                self.on_second_screen.isChecked(),
                self.at_half_idle.isChecked(),
                self.after_minimised.isChecked(),
                CLIPBOARD_SECONDS[self.clipboard.currentIndex()],
            ),
        )
