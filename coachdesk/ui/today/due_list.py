"""Lines of what is due: who, when in words, what, and one key to answer it."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.casework.today import DueItem
from coachdesk.ui.spoken import due_tone, plural
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Avatar,
    Divider,
    ElidedLabel,
    IconButton,
    Pill,
    column,
    label,
    quiet_button,
    row,
    secondary_button,
)

_FIRST_SHOWN = 6
_MORE = 50
_NAME_WIDTH, _WHEN_WIDTH = 210, 118
_WIDEST_SCALE = 1.5


def _wide(pixels: int) -> int:
    """Return the width of a column; in very large text it grows less, or the button would leave the page."""
    return min(look().px(pixels), round(pixels * _WIDEST_SCALE))


class DueLine(QWidget):
    """One thing that is due.

    Signals: ``record(DueItem)`` to answer it, ``opened(UUID)`` to look first.
    """

    record = Signal(object)
    opened = Signal(object)

    def __init__(self, item: DueItem, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        who = QWidget()
        who.setLayout(
            column(ElidedLabel(item.client_name, "strong"), ElidedLabel(item.stage, "meta"), spacing=2)
        )
        who.setFixedWidth(_wide(_NAME_WIDTH))
        when = QWidget()
        tone = due_tone(item.on, today)
        late = tone is not Tone.NEUTRAL
        when.setLayout(row(Pill(item.words, tone) if late else label(item.words, "strong"), 1))
        when.setFixedWidth(_wide(_WHEN_WIDTH))
        self.record_button = secondary_button(self.tr("Record"), "pen-line")
        self.record_button.setAccessibleName(
            self.tr("Record: {what}, {name}, {when}").format(
                what=item.what, name=item.client_name, when=item.words
            )
        )
        self.open_button = IconButton(
            self.tr("Open {name}’s page").format(name=item.client_name), "chevron-right"
        )
        self.record_button.clicked.connect(self._record)
        self.open_button.clicked.connect(self._open)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        box.setSpacing(Space.GAP)
        what = label(item.what, "secondary", wrap=True)
        what.setToolTip(item.origin)
        for piece in (Avatar(item.client_name, item.client_id), who, when):
            box.addWidget(piece)
        box.addWidget(what, 1)
        box.addWidget(self.record_button)
        box.addWidget(self.open_button)

    @Slot()
    def _record(self) -> None:
        self.record.emit(self.item)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.item.client_id)


class DueList(QWidget):
    """The lines of one section; the first few, and more behind a button that says how many there are.

    Signals: ``record(DueItem)``, ``opened(UUID)``.
    """

    record = Signal(object)
    opened = Signal(object)

    def __init__(self, items: Sequence[DueItem], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items, self._today, self._shown = items, today, 0
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self.more_button = quiet_button("", "chevron-down")
        self.more_button.clicked.connect(self.show_more)
        self.box.addWidget(self.more_button)
        self._add(_FIRST_SHOWN)

    @Slot()
    def show_more(self) -> None:
        """Show the next lines."""
        self._add(_MORE)

    def _add(self, count: int) -> None:
        for item in self._items[self._shown : self._shown + count]:
            if self._shown:
                self.box.insertWidget(self.box.count() - 1, Divider())
            line = DueLine(item, self._today)
            line.record.connect(self.record)
            line.opened.connect(self.opened)
            self.box.insertWidget(self.box.count() - 1, line)
            self._shown += 1
        left = len(self._items) - self._shown
        self.more_button.setText(
            plural(left, self.tr("Show one more"), self.tr("Show more ({count} not shown)"))
        )
        self.more_button.setVisible(left > 0)
