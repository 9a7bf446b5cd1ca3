"""After locking nothing is left to be read: windows of their own go, views, models and tooltips are emptied."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QStringListModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from coachdesk.ui.charts import BarChart, Bars
from coachdesk.ui.tables.list_view import TwoLineList
from coachdesk.ui.tables.rows import RowTable
from coachdesk.ui.widgets.avatar import Avatar


def close_popups() -> None:
    """Take menus, lists that hang from a field, and tooltips off the screen."""
    QToolTip.hideText()
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        following = QApplication.activePopupWidget()
        popup = following if following is not popup else None


def open_dialogs() -> list[QDialog]:
    """Return the dialogs in sight, of whatever window."""
    windows = QApplication.topLevelWidgets()
    return [window for window in windows if isinstance(window, QDialog) and window.isVisible()]


def close_dialogs() -> None:
    """Answer every open question with "cancel": locking waits for nobody."""
    close_popups()
    for dialog in open_dialogs():
        dialog.done(QDialog.DialogCode.Rejected)


def blank(window: QWidget) -> None:
    """Empty a window that was locked, and everything in it; nothing in it speaks any more."""
    window.setUpdatesEnabled(False)
    for completer in window.findChildren(QCompleter):
        _empty_model(completer.model())
    acts: dict[type[QWidget], Callable[[Any], object] | None] = {}
    for widget in (*window.findChildren(QWidget), window):
        widget.blockSignals(True)
        kind = type(widget)
        if kind not in acts:  # thousands of widgets of a few dozen kinds, and locking must not wait
            acts[kind] = _act_on(kind)
        act = acts[kind]
        if act is not None:
            act(widget)
        for said, say in _WORDS:
            if said(widget):
                say(widget, "")


def _act_on(kind: type[QWidget]) -> Callable[[Any], object] | None:
    """Return what empties a kind of widget."""
    known = next((act for one, act in _ACTS if issubclass(kind, one)), None)
    return _no_words if kind is QWidget else known


def _empty_model(model: QAbstractItemModel | None) -> None:
    if isinstance(model, RowTable):
        model.show(())
    elif isinstance(model, QStringListModel):
        model.setStringList([])


def _empty_view(view: QAbstractItemView) -> None:
    if isinstance(view, TwoLineList):
        view.show_items(())
    else:
        _empty_model(view.model())


def _no_text(piece: QAbstractButton | QLineEdit) -> None:
    piece.setText("")  # not clear(): a field would keep the text for its own undo


def _no_plain_text(piece: QPlainTextEdit | QTextEdit) -> None:
    piece.setPlainText("")


def _no_words(piece: QWidget) -> None:
    """Empty what Python may have met while Qt was still making it: a tooltip can be known as a mere widget."""
    for name in ("text", "plainText"):
        if piece.property(name):
            piece.setProperty(name, "")


def _nobody(face: Avatar) -> None:
    face.show_person("", "")


def _no_chart(bars: Bars) -> None:
    bars.show_chart(BarChart("", ()))


_WORDS: tuple[tuple[Callable[[QWidget], str], Callable[[QWidget, str], None]], ...] = (
    (QWidget.toolTip, QWidget.setToolTip),
    (QWidget.accessibleName, QWidget.setAccessibleName),
    (QWidget.accessibleDescription, QWidget.setAccessibleDescription),
)
_ACTS: tuple[tuple[type[QWidget], Callable[[Any], object]], ...] = (
    (QLabel, QLabel.clear),
    (QAbstractButton, _no_text),
    (QComboBox, QComboBox.clear),
    (QLineEdit, _no_text),
    (QPlainTextEdit, _no_plain_text),
    (QTextEdit, _no_plain_text),
    (QAbstractItemView, _empty_view),
    (Avatar, _nobody),
    (Bars, _no_chart),
)
