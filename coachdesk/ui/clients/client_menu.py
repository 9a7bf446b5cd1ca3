"""What can be done with a whole record, behind one button: its past, joining it, putting it away, erasing it."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from coachdesk.casework.client_head import ClientHead
from coachdesk.ui.widgets import IconButton


class ClientMenu(IconButton):
    """The button, and the menu it opens for the client shown.

    Signals: ``history()``, ``stood()``, ``data_request()``, ``put_away()``, ``bring_back()``, ``erase()``;
    ``join(UUID)`` and ``separate(UUID)`` with the client whose record is meant.
    """

    history = Signal()
    stood = Signal()
    data_request = Signal()
    put_away = Signal()
    bring_back = Signal()
    erase = Signal()
    join = Signal(object)
    separate = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "ellipsis", parent)
        words = self.tr("More about this client")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._head: ClientHead | None = None
        self.menu_shown: QMenu | None = None
        self.clicked.connect(self.open)

    def show_head(self, head: ClientHead) -> None:
        """Know whose menu it is."""
        self._head = head

    @Slot()
    def open(self) -> None:
        """Open the menu below the button."""
        head = self._head
        if head is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.accessibleName())
        menu.addAction(self.tr("&History\tCtrl+H")).triggered.connect(self.history)
        menu.addAction(self.tr("As it &stood on…")).triggered.connect(self.stood)
        if not head.is_erased:
            menu.addAction(self.tr("&Data request…")).triggered.connect(self.data_request)
            menu.addSeparator()
            if not head.is_put_away:
                menu.addAction(self.tr("&Join with another record…")).triggered.connect(self._join)
            if head.is_joined:
                menu.addAction(self.tr("These are &two people after all…")).triggered.connect(self._separate)
            menu.addSeparator()
            if head.is_put_away:
                menu.addAction(self.tr("&Bring back")).triggered.connect(self.bring_back)
            else:
                menu.addAction(self.tr("&Put away")).triggered.connect(self.put_away)
            if head.reader_is_manager:
                menu.addAction(self.tr("&Erase…")).triggered.connect(self.erase)
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    @Slot()
    def _join(self) -> None:
        if self._head is not None:
            self.join.emit(self._head.id)

    @Slot()
    def _separate(self) -> None:
        if self._head is not None:
            self.separate.emit(self._head.id)
