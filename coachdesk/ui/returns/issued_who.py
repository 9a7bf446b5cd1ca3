"""Who stands behind a number: those counted, those they are counted among, and those who nearly counted, with why not."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from coachdesk.returns.indicators.found import NearMiss
from coachdesk.returns.wishes import FigurePart, FigureRow
from coachdesk.ui.office import Office
from coachdesk.ui.returns.people import PeopleBehind
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label

Reasons = tuple[tuple[UUID, str], ...]
_PEOPLE_HEIGHT = 200


class WhoCounted(QWidget):
    """A tab for each group, with how many are in it, above the list of names.

    Signals: ``opened(UUID)`` when a client is asked for.
    """

    opened = Signal(object)

    def __init__(self, office: Office, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: list[Reasons] = []
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Who is listed"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.people = PeopleBehind(office, name)
        self.people.setMinimumHeight(_PEOPLE_HEIGHT)
        self.people.opened.connect(self.opened)
        self.people.chosen.connect(self._told)
        self.why = label("", "secondary", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(self.tabs)
        box.addWidget(self.people)
        box.addWidget(self.why)
        self.tabs.currentChanged.connect(self._chosen)
        self.tabs.hide()

    def show_figure(self, figure: FigureRow) -> None:
        """Show the people of a figure: counted, then each part of what it divides, then near-misses."""
        groups = [(self.tr("Counted"), _plain(figure.client_ids))]
        if figure.base_ids:
            groups += [(part.label, _plain(part.client_ids)) for part in _others(figure)]
            groups.append((self.tr("Counted among"), _plain(figure.base_ids)))
        groups.append((self.tr("Nearly"), _why_not(figure.near)))
        self._show(groups)

    def show_cell(self, counted: Iterable[UUID], cohort: Iterable[UUID]) -> None:
        """Show the people of a cell, and everybody its table divides."""
        self._show([(self.tr("In this cell"), _plain(counted)), (self.tr("Of everybody"), _plain(cohort))])

    def show_changes(self, groups: Iterable[tuple[str, Reasons]]) -> None:
        """Show who makes a difference, each with why."""
        self._show(list(groups))

    def _show(self, groups: list[tuple[str, Reasons]]) -> None:
        kept = [groups[0], *(group for group in groups[1:] if group[1])] if groups else []
        self._groups = [people for _, people in kept]
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for words, people in kept:
            self.tabs.addTab(f"{words.replace('&', '&&')} ({len({one for one, _ in people})})")
        self.tabs.blockSignals(False)
        self.tabs.setVisible(bool(kept))
        self._chosen(self.tabs.currentIndex())

    def forget(self) -> None:
        """Show nobody."""
        self._show([])

    @Slot(object)
    def _told(self, _client: object) -> None:
        """Say in full what the line of a list may have no room for."""
        item = self.people.current_item()
        self.why.setText(f"{item.title}: {item.detail}" if item is not None and item.detail else "")

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.why.clear()
        if 0 <= place < len(self._groups):
            self.people.ask_why(self._groups[place])
        else:
            self.people.forget()


def _plain(people: Iterable[UUID]) -> Reasons:
    return tuple((client, "") for client in people)


def _others(figure: FigureRow) -> Iterable[FigurePart]:
    return figure.parts[1:]


def _why_not(near: Iterable[NearMiss]) -> Reasons:
    return tuple((one.client_id, one.reason) for one in near)
