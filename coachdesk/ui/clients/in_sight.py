"""What has just opened, or has the keyboard, is scrolled to: on a small screen it may lie below the edge."""

from PySide6.QtWidgets import QScrollArea, QWidget

from coachdesk.ui.tokens import Space


def bring_into_sight(piece: QWidget) -> None:
    """Scroll the page that a piece stands on until it is seen, its top first where it is taller than the page."""
    above = piece.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is None or not piece.isVisible():
        return
    above.ensureWidgetVisible(piece, 0, Space.PAGE)
    if piece.height() > above.viewport().height():
        lower = piece.mapTo(above, piece.rect().topLeft()).y()
        bar = above.verticalScrollBar()
        bar.setValue(bar.value() + lower - Space.PAGE)
