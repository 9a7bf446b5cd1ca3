"""A handful of facts side by side, each with its label; fewer columns when the room or the text asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets.labels import label

_COLUMN_EMS = 10  # breakpoints follow the text, not the screen


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its value."""

    name: str
    value: str
    tone: Tone | None = None


class FactGrid(QWidget):
    """Facts with equal shares of the width."""

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.GAP)
        self._grid.setVerticalSpacing(Space.SMALL)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts instead."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = [_cell(fact) for fact in facts]
        self._columns = 0
        self._arrange()

    def columns(self) -> int:
        """Return how many facts stand side by side now."""
        return self._columns

    def _arrange(self) -> None:
        fit = max(self.width() // (self.fontMetrics().height() * _COLUMN_EMS * 3 // 5), 1)
        wanted = max(min(fit, len(self._cells)), 1)
        if wanted == self._columns:
            return
        for position in range(max(self._columns, wanted)):
            self._grid.setColumnStretch(position, 1 if position < wanted else 0)
        self._columns = wanted
        for position, cell in enumerate(self._cells):
            self._grid.addWidget(cell, position // wanted, position % wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((cell.minimumSizeHint().width() for cell in self._cells), default=0)
        return QSize(widest, super().minimumSizeHint().height())


def _cell(fact: Fact) -> QWidget:
    cell = QWidget()
    box = QVBoxLayout(cell)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2)
    box.addWidget(label(fact.name, "meta", wrap=True))
    value = label(fact.value, "strong", tone=fact.tone, wrap=True)
    value.setAccessibleName(f"{fact.name}: {fact.value}")
    box.addWidget(value)
    box.addStretch(1)
    return cell
