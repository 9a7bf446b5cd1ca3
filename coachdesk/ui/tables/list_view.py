"""A list of two-line items with a face and a right-aligned due text, as the caseload shows it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from coachdesk.ui.tables.rows import Index, fold
from coachdesk.ui.theme import Look, look
from coachdesk.ui.tokens import Points, Radius, Size, Space, Tone
from coachdesk.ui.widgets.avatar import draw_avatar, initials, tone_of

_NOWHERE = QModelIndex()
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: who or what, a line of detail, and when something is due, in words."""

    id: Hashable
    title: str
    detail: str = ""
    due: str = ""
    tone: Tone = Tone.NEUTRAL
    keywords: str = ""

    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(part for part in (self.title, self.detail, self.due) if part)


class _Items(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: tuple[ListItem, ...] = ()
        self.shown: list[ListItem] = []
        self._haystacks: list[str] = []
        self._words: tuple[str, ...] = ()

    def show(self, items: Sequence[ListItem]) -> None:
        self.all = tuple(items)
        self._haystacks = [fold(f"{item.spoken()} {item.keywords}") for item in items]
        self.filter(" ".join(self._words))

    def filter(self, words: str) -> None:
        self._words = tuple(fold(words).split())
        self.beginResetModel()
        self.shown = [
            item
            for item, haystack in zip(self.all, self._haystacks, strict=True)
            if all(word in haystack for word in self._words)
        ]
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        item = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken()
        if role == ITEM_ROLE:
            return item
        return None


class TwoLineList(QListView):
    """The list itself.

    Signals: ``chosen(object)`` with the id of the current item, or None; ``opened(object)`` with the id
    when Return or a double click asks for it. Only ``people`` have a round face with their initials.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, people: bool = True) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("own_focus", True)
        self._items = _Items(self)
        self.setModel(self._items)
        self.setItemDelegate(_TwoLines(people, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._activated)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_items(self, items: Sequence[ListItem]) -> None:
        """Replace the items; the current one stays current, by its id, if it is still there."""
        self._keeping_choice(items, None)

    def filter(self, words: str) -> None:
        """Show only items that hold every word in their words or keywords."""
        self._keeping_choice(None, words)

    def _keeping_choice(self, items: Sequence[ListItem] | None, words: str | None) -> None:
        identity = self.current_id()
        self.selectionModel().blockSignals(True)
        if items is not None:
            self._items.show(items)
        if words is not None:
            self._items.filter(words)
        found = identity is not None and self.choose(identity)
        self.selectionModel().blockSignals(False)
        if identity is not None and not found:
            self.chosen.emit(None)
        self.viewport().update()

    def items(self) -> tuple[ListItem, ...]:
        """Return the items as they are shown now."""
        return tuple(self._items.shown)

    def current_id(self) -> Hashable | None:
        """Return the id of the current item, or None."""
        item = self.currentIndex().data(ITEM_ROLE)
        return item.id if isinstance(item, ListItem) else None

    def choose(self, identity: Hashable) -> bool:
        """Make the item with an id current; return whether it is shown."""
        for position, item in enumerate(self._items.shown):
            if item.id == identity:
                self.setCurrentIndex(self._items.index(position))
                return True
        return False

    def choose_first(self) -> None:
        """Make the first item current if none is, as when the keyboard comes down from the search field."""
        if self.current_id() is None and self._items.shown:
            self.setCurrentIndex(self._items.index(0))

    def _activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._items.shown[index.row()].id)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without choosing anybody: Qt would make the first item current, and so open it."""
        nobody = not self.currentIndex().isValid()
        self.selectionModel().blockSignals(True)
        super().focusInEvent(event)
        if nobody:
            self.selectionModel().clearCurrentIndex()
        self.selectionModel().blockSignals(False)

    def _moved(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.current_id())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the item on Return on every system."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._activated(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


class _TwoLines(QStyledItemDelegate):
    def __init__(self, people: bool, parent: QObject) -> None:  # noqa: FBT001  - one caller, above
        super().__init__(parent)
        self._people = people

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look().px(160), look().px(Size.LIST_ROW if self._people else Size.TABLE_ROW + Space.GAP))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, ListItem):
            return
        now = look()
        box: QRect = option.rect.adjusted(4, 2, -4, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option, now)
        side = now.px(Size.AVATAR - 2)
        face = QRectF(box.left() + 10, box.center().y() - side / 2 + 0.5, side, side)
        left = 10
        if self._people:
            draw_avatar(painter, face, initials(item.title), tone_of(item.id))
            left = round(face.right()) - box.left() + 12
        words = box.adjusted(left, 0, -10, 0)
        self._words(painter, words, item, now)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, now: Look) -> None:
        state: QStyle.StateFlag = option.state
        colours = now.colours
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.selected))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
            painter.setBrush(QColor(colours.primary))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 10, 3, box.height() - 20), 1.5, 1.5)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(
                QRectF(box).adjusted(-1, -1, 1, 1), Radius.CONTROL + 1, Radius.CONTROL + 1
            )

    def _words(self, painter: QPainter, box: QRect, item: ListItem, now: Look) -> None:
        colours = now.colours
        strong, meta = now.font(Points.BASE, 600), now.font(Points.META)
        due_font = meta if item.tone is Tone.NEUTRAL else now.font(Points.META, 600)
        due_width = QFontMetrics(due_font).horizontalAdvance(item.due)
        detail_width = QFontMetrics(meta).horizontalAdvance(item.detail)
        crowded = bool(item.due and item.detail) and due_width + detail_width + 8 > box.width()
        height = now.px(19)
        top = box.center().y() - (height * (3 if crowded else 2)) // 2
        lines = [QRect(box.left(), top + height * place, box.width(), height) for place in range(3)]
        _line(painter, lines[0], item.title, strong, colours.text)
        _line(painter, lines[1], item.detail, meta, colours.secondary)
        ink = colours.tone(item.tone).ink
        _line(painter, lines[2 if crowded else 1], item.due, due_font, ink, right=not crowded)


def _line(painter: QPainter, box: QRect, words: str, font: Any, colour: str, *, right: bool = False) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
