"""Scroll areas as a screen reader reads them: a scroll bar may come or go between two of its questions."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@cache
def read_scroll_areas_safely() -> None:
    """Let a screen reader ask for any part of a scroll area, there or not.

    Qt counts only the scroll bars that are seen, and ends the program when one is asked for that has gone since it was
    counted (``QAccessibleAbstractScrollArea::child`` of Qt 6.11 does not look whether there is such a part). Read as
    any widget, the area counts all its parts, says which are seen, and answers “none” for others.
    """
    QAccessible.installFactory(_read)


def _read(kind: str, thing: QObject) -> QAccessibleInterface | None:
    if kind == "QScrollArea" and isinstance(thing, QWidget):
        return QAccessibleWidget(thing, QAccessible.Role.Client)
    return None
