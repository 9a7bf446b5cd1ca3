"""Which page of how many is shown, and the way to the next: two buttons, or Page Up and Page Down."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.announce import announce
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label, row, secondary_button


class PageTurning(QWidget):
    """One row above a page; hidden where nothing has pages.

    Signals: ``wanted(int)`` with the page to be shown; it is not said again before that page stands here.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._pages = 0, 0
        self._under_way = False
        self.earlier = secondary_button(self.tr("&Previous page"), "chevron-left")
        self.later = secondary_button(self.tr("Ne&xt page"), "chevron-right")
        self.place = label("", "strong")
        self.small = label(
            self.tr(
                "This page is very large, so it is shown smaller than it can be read. Save a copy to read it."
            ),
            "meta",
            wrap=True,
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.SMALL)
        lines.addLayout(row(self.earlier, self.place, self.later, 1))
        lines.addWidget(self.small)
        self.earlier.clicked.connect(self._back)
        self.later.clicked.connect(self._on)
        self.hide()

    def show_page(self, page: int, pages: int, *, small: bool = False) -> None:
        """Show which page stands here, of how many; none at all hides the row."""
        turned = 0 < self._page != page > 0
        self._page, self._pages = page, pages
        self._under_way = False
        said = self.tr("Page {page} of {pages}").format(page=page, pages=f"{pages:,}")
        self.place.setText(said)
        self.small.setVisible(small)
        for way, other, there in (
            (self.earlier, self.later, page > 1),
            (self.later, self.earlier, page < pages),
        ):
            focused = way.hasFocus()
            way.setEnabled(there)
            if focused and not there:
                other.setFocus()
        self.setVisible(page > 0)
        if turned:
            announce(self, said)

    def turned_by(self, key: int) -> bool:
        """Turn the page if this key does; return whether it is one that turns pages here."""
        if self._page == 0 or key not in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            return False
        self._want(self._page + (1 if key == Qt.Key.Key_PageDown else -1))
        return True

    def let_turn(self) -> None:
        """Let the page be turned again: the one that was wanted does not come."""
        self._under_way = False

    @Slot()
    def _back(self) -> None:
        self._want(self._page - 1)

    @Slot()
    def _on(self) -> None:
        self._want(self._page + 1)

    def _want(self, page: int) -> None:
        if not self._under_way and 0 < page <= self._pages:
            self._under_way = True
            self.wanted.emit(page)
