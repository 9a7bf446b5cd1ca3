"""The rail: where one can go, and Lock at the bottom."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.logo import logo
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space
from coachdesk.ui.widgets import RailButton, label

_ICONS = {
    "today": "sun",
    "enquiries": "message-square",
    "clients": "users",
    "vacancies": "clipboard-list",
    "employers": "building-2",
    "groups": "handshake",
    "team": "heart-handshake",
    "returns": "chart-column",
    "settings": "settings",
}


def _words(key: str) -> str:
    words = {
        "today": QCoreApplication.translate("Rail", "Today"),
        "enquiries": QCoreApplication.translate("Rail", "Enquiries"),
        "clients": QCoreApplication.translate("Rail", "Clients"),
        "vacancies": QCoreApplication.translate("Rail", "Vacancies"),
        "employers": QCoreApplication.translate("Rail", "Employers"),
        "groups": QCoreApplication.translate("Rail", "Groups"),
        "team": QCoreApplication.translate("Rail", "Team"),
        "returns": QCoreApplication.translate("Rail", "Returns"),
        "settings": QCoreApplication.translate("Rail", "Settings"),
    }
    return words[key]


class _Places(QScrollArea):
    """The buttons of the places: as wide as they are, and scrolled where a small window cannot hold them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = QFrame(self.viewport())
        self.inner.setProperty("rail", True)
        self.setWidget(self.inner)
        self.box = QVBoxLayout(self.inner)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(Space.HAIR)

    def _bar(self) -> int:
        needed = self.inner.sizeHint().height() > self.height()
        return self.verticalScrollBar().sizeHint().width() if needed else 0

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.inner.minimumSizeHint().width() + self._bar(), look().px(Size.RAIL_BUTTON_HEIGHT))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), self.inner.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class Rail(QFrame):
    """Icons with words, one of them chosen.

    Signals: ``chosen(str)`` the key of a place, ``lock_wanted()``.
    """

    chosen = Signal(str)
    lock_wanted = Signal()

    def __init__(self, keys: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rail", True)
        self.setObjectName("rail")
        self.setMinimumWidth(look().px(Size.RAIL))
        self.buttons: dict[str, RailButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        box.setSpacing(Space.HAIR)
        mark = label("")
        mark.setPixmap(logo(Size.CONTROL))  # grows not with the text: at 200 % its room belongs to the words
        mark.setAccessibleName("CoachDesk")
        box.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(Space.SMALL)
        self.places = _Places(self)
        for key in keys:
            button = RailButton(_words(key), _ICONS[key], parent=self.places.inner)
            button.setProperty("place", key)
            button.clicked.connect(self._clicked)
            self.buttons[key] = button
            self.places.box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.places.box.addStretch(1)
        box.addWidget(self.places, 1)
        self.lock_button = RailButton(self.tr("Lock"), "lock", checkable=False, parent=self)
        self.lock_button.setToolTip(self.tr("Lock now (Ctrl+L)"))
        self.lock_button.clicked.connect(self.lock_wanted)
        box.addWidget(self.lock_button, 0, Qt.AlignmentFlag.AlignHCenter)

    def choose(self, key: str) -> None:
        """Mark the place that is shown; one that is not on the rail leaves the mark where it is."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
            self.places.ensureWidgetVisible(self.buttons[key])

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, RailButton):
            self.chosen.emit(str(sender.property("place")))
