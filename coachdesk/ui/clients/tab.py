"""What every tab of a client's page has in common."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space

_TURNS = 2  # a form that learns its width may put its fields below each other, and then needs more height


class Tab(QWidget):
    """One part of a client's record.

    Signals: ``history(Ref, str)`` when the history of one record is wanted, with what it is called here.
    """

    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.client_id: UUID | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.GAP)

    def show_client(self, client_id: UUID) -> None:
        """Ask for this part of a client's record."""
        self.client_id = client_id
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""

    def go_on(self, kind: str, about: str) -> None:
        """Open the form again to which a draft belongs; ``about`` names its record."""

    def history_of(self, kind: Kind, record_id: UUID, called: str) -> HistoryButton:
        """Return a button that asks for the history of a record shown here."""
        button = HistoryButton(Ref(kind, record_id), called)
        button.wanted.connect(self.history)
        return button

    def question(self) -> ClientQuestion | None:
        """Return who is asked about, or None while nobody is shown."""
        if self.client_id is None:
            return None
        return ClientQuestion(client_id=self.client_id, today=self.office.desk.clock.today())


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, for what is drawn anew."""
    while layout.count():
        piece = layout.takeAt(0)
        if piece is None:
            continue
        widget, inner = piece.widget(), piece.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def lay_out(whole: QWidget) -> None:
    """Give what was drawn anew its room at once, and the page it scrolls in.

    Left to itself, Qt shows new pieces in one turn of its loop and passes their height up one parent in each
    turn that follows; in between, a page that is busy paints long lists squeezed into the height they had.
    """
    if not whole.isVisible():
        return
    pieces = whole.findChildren(QWidget)
    with _layouts_resting((*pieces, *_and_above(whole))):
        for piece in pieces:
            if piece.isHidden() and not piece.isWindow() and not _was_decided(piece):
                piece.show()
    for _ in range(_TURNS):
        for piece in reversed(pieces):
            _activate(piece)
        _grow(whole)


def _was_decided(piece: QWidget) -> bool:
    """Return whether somebody has shown or hidden the piece on purpose."""
    return piece.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


@contextmanager
def _layouts_resting(pieces: Iterable[QWidget]) -> Iterator[None]:
    """Let no layout work while pieces are shown: each one shown would lay out every widget above it again."""
    layouts = (piece.layout() for piece in pieces)
    resting = [layout for layout in layouts if layout is not None and layout.isEnabled()]
    for layout in resting:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in resting:
            layout.setEnabled(True)


def _and_above(whole: QWidget) -> Iterator[QWidget]:
    piece: QWidget | None = whole
    while piece is not None:
        yield piece
        piece = piece.parentWidget()


def _grow(whole: QWidget) -> None:
    """Pass the room that is needed up to the page that scrolls, which then gives it."""
    above: QWidget | None = whole
    while above is not None and not isinstance(above, QScrollArea):
        _activate(above)
        above = above.parentWidget()
    if above is not None:
        QCoreApplication.sendEvent(above, QEvent(QEvent.Type.LayoutRequest))


def _activate(piece: QWidget) -> None:
    layout = piece.layout()
    if layout is not None:
        layout.activate()
