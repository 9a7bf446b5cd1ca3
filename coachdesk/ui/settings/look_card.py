"""How CoachDesk looks on this computer, and when it locks."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget

from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.look_settings import (
    IDLE_MINUTES,
    SCALES,
    SCHEMES,
    idle_minutes,
    keep_idle_minutes,
    keep_look,
    kept_easy_read,
    kept_scale,
    kept_scheme,
)
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.widgets import Card, column, label, row


class LookCard(Card):
    """Colours, text size, font, and the minutes until the vault locks by itself."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._office = office
        settings = office.settings
        self.scheme = self._choice(
            self.tr("Colours"), (self.tr("As the computer"), self.tr("Light"), self.tr("Dark"))
        )
        self.scheme.setCurrentIndex(SCHEMES.index(kept_scheme(settings)))
        self.scale = self._choice(self.tr("Text size"), tuple(f"{round(scale * 100)} %" for scale in SCALES))
        kept = kept_scale(settings)
        self.scale.setCurrentIndex(min(range(len(SCALES)), key=[abs(s - kept) for s in SCALES].__getitem__))
        self.easy_read = QCheckBox(self.tr("Easy-read font (Atkinson Hyperlegible)"))
        self.easy_read.setChecked(kept_easy_read(settings))
        self.idle = self._choice(
            self.tr("Lock when nobody touches the computer for"),
            tuple(plural(minutes, self.tr("minute"), self.tr("minutes")) for minutes in IDLE_MINUTES),
        )
        self.idle.setCurrentIndex(IDLE_MINUTES.index(idle_minutes(settings)))
        self.add(label(self.tr("Look"), "section"))
        self.add(row(self._named(self.scheme), self._named(self.scale), 1))
        self.add(self.easy_read)
        self.add(label(self.tr("Lock"), "section"))
        self.add(row(self._named(self.idle), 1))
        self.add(
            label(
                self.tr("Locking never costs what you typed: it is kept in the vault and comes back."),
                "meta",
                wrap=True,
            )
        )
        for box in (self.scheme, self.scale):
            box.activated.connect(self._apply)
        self.easy_read.clicked.connect(self._apply)
        self.idle.activated.connect(self._keep_idle)

    def _choice(self, name: str, words: tuple[str, ...]) -> QComboBox:
        box = CalmComboBox()
        box.setAccessibleName(name)
        box.addItems(list(words))
        return box

    def _named(self, box: QComboBox) -> QWidget:
        name = label(box.accessibleName(), "label")
        name.setBuddy(box)
        holder = QWidget()
        holder.setLayout(column(name, box))
        return holder

    @Slot()
    def _apply(self) -> None:
        scheme, scale = SCHEMES[self.scheme.currentIndex()], SCALES[self.scale.currentIndex()]
        easy_read = self.easy_read.isChecked()
        keep_look(self._office.settings, scheme, scale, easy_read=easy_read)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._office.theme.apply(app, scheme, scale, easy_read_font=easy_read)

    @Slot()
    def _keep_idle(self) -> None:
        keep_idle_minutes(self._office.settings, IDLE_MINUTES[self.idle.currentIndex()])
        self._office.messages.say_done(self.tr("The new time holds from now on."))
