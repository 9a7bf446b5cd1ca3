"""Ctrl+K: one box for people, actions, places and help."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.ui.announce import announce
from coachdesk.ui.office import Office
from coachdesk.ui.palette_entries import Entry, found_among
from coachdesk.ui.spoken import plural
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space
from coachdesk.ui.widgets import SectionTitle, column, label

_PAUSE_MILLISECONDS = 40
_NEW_CLIENT = "new client"
_MOST_OF_A_KIND = 20
Offer = Callable[[], Sequence[Entry]]


class Group(QWidget):
    """One kind of what was found, under its title, as high as it needs to be."""

    def __init__(self, title: str, *, people: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = SectionTitle(title)
        self.list = TwoLineList(title, people=people)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = Size.LIST_ROW if people else Size.TABLE_ROW + Space.GAP
        self.setLayout(column(self.title, self.list, spacing=Space.HAIR))
        self.hide()

    def show_items(self, items: Sequence[ListItem]) -> None:
        """Replace what was found; nothing hides the group."""
        self.list.show_items(items)
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.model().index(-1, 0))
        self.title.set_count(len(items))
        self.list.setFixedHeight(look().px(self._row) * len(items) + 2)
        self.setVisible(bool(items))


class FindBox(QDialog):
    """Types, sees what matches and why, and opens or does it with Enter.

    Signals: ``chosen(UUID)`` when somebody was picked, ``create_wanted(str)`` when a new client is to be added.
    """

    chosen = Signal(object)
    create_wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find anybody or anything"))
        self.setModal(False)
        self._office = office
        self._asked = ""
        self._offers: dict[str, Offer] = {}
        self._deeds: dict[object, Entry] = {}
        self._only_people = False
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("A person, an action, a place or a question"))
        self.box.setAccessibleName(self.tr("Find anybody or anything"))
        self.people = Group(self.tr("People found"), people=True)
        self.list = self.people.list
        self.groups = {
            "people": self.people,
            "employers": Group(self.tr("Employers"), people=False),
            "services": Group(self.tr("Services"), people=False),
            "actions": Group(self.tr("Actions"), people=False),
            "pages": Group(self.tr("Pages"), people=False),
            "help": Group(self.tr("Help"), people=False),
        }
        self.words = label("", "meta", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._arrange()
        self._pause.timeout.connect(self._ask)
        self.box.textChanged.connect(self._typed)
        self.box.installEventFilter(self)
        for group in self.groups.values():
            group.list.opened.connect(self._pick)

    def _arrange(self) -> None:
        self._inner = QWidget()
        self._inner.setProperty("scrolled", True)
        self._inner.setLayout(column(*self.groups.values(), 1, spacing=Space.SMALL))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inner)
        layout = QVBoxLayout(self)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.box)
        layout.addWidget(self.words)
        layout.addWidget(self.area, 1)
        now = look()
        self.resize(now.px(640), min(now.px(520), 640))

    def offer(self, **offers: Offer) -> None:
        """Find among actions, pages and help too; each is asked for when something is typed."""
        self._offers = offers

    def start(self, *, only_people: bool = False) -> None:
        """Open empty, ready for the first letter."""
        self._only_people = only_people
        self.box.clear()
        self._asked = ""
        self._show(())
        self.show()
        self.raise_()
        self.activateWindow()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _ask(self) -> None:
        self._asked = self.box.text().strip()
        if self._asked:
            self._office.desk.ask(find_anybody, FindAnybody(text=self._asked), self._show)
        else:
            self._show(())

    def _show(self, found: tuple[FoundRow, ...]) -> None:
        people = [ListItem(one.id, one.name, self._told(one), one.why) for one in found]
        self.people.show_items(people if self._asked else ())
        others = self._show_others(nobody=not found)
        self._choose_first()
        self.words.setText(self._said(len(found), others))

    def _show_others(self, *, nobody: bool) -> int:
        """Show the actions, pages and help that match; where nobody does, adding a client is an action like others."""
        self._deeds = {}
        number = 0
        for name, group in self.groups.items():
            if group is self.people:
                continue
            offered = () if self._only_people else self._offers.get(name, tuple)()
            entries = found_among(offered, self._asked)[:_MOST_OF_A_KIND]
            number += len(entries)
            self._deeds.update({(name, one.key): one for one in entries})
            items = [ListItem((name, one.key), one.title, one.detail) for one in entries]
            if name == "actions" and nobody and number and self._asked:
                words = self.tr("Add “{typed}” as a new client").format(typed=self._asked)
                items.append(ListItem(_NEW_CLIENT, words, self.tr("Nobody of that name was found")))
            group.show_items(items)
        return number

    def _said(self, people: int, others: int) -> str:
        if not self._asked:
            return self.tr("Start typing. Up and Down choose, Enter opens what is marked.")
        if people:
            return plural(people, self.tr("person found"), self.tr("people found"))
        if others:
            return self.tr("Nobody matches. Enter takes what is marked.")
        return self.tr("Nobody matches. Enter adds a new client with what you typed.")

    def _told(self, found: FoundRow) -> str:
        """Return what tells people of one name apart; of a colleague's client only with whom they are."""
        if not found.is_own:
            return self.tr("With {coach}").format(coach=found.coach)
        return f"{found.birth_words} · {found.coach}" if found.coach else found.birth_words

    def _places(self) -> list[tuple[TwoLineList, int]]:
        """Return every line in sight from above, over all groups."""
        lists = [group.list for group in self.groups.values()]
        return [(one, place) for one in lists for place in range(len(one.items()))]

    def _current(self) -> TwoLineList | None:
        return next((one.list for one in self.groups.values() if one.list.current_id() is not None), None)

    def _choose_first(self) -> None:
        places = self._places()
        if places:
            self._mark(*places[0])

    def _mark(self, wanted: TwoLineList, place: int) -> None:
        """Make one line current, and no other of any group."""
        for group in self.groups.values():
            if group.list is not wanted:
                group.list.setCurrentIndex(group.list.model().index(-1, 0))
        index = wanted.model().index(place, 0)
        wanted.setCurrentIndex(index)
        at = wanted.mapTo(self._inner, wanted.visualRect(index).center())
        self.area.ensureVisible(at.x(), at.y(), 0, wanted.visualRect(index).height())

    def _step(self, by: int) -> None:
        places, current = self._places(), self._current()
        if current is None:
            return
        at = places.index((current, current.currentIndex().row()))
        wanted, place = places[max(0, min(at + by, len(places) - 1))]
        self._mark(wanted, place)
        announce(self.box, f"{wanted.items()[place].spoken()}, {wanted.accessibleName()}")

    def _put_away(self) -> None:
        """Close, and give the keyboard back to the window; not every desktop does so by itself."""
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()

    def _pick(self, identity: object) -> None:
        self._put_away()
        deed = self._deeds.get(identity)
        if deed is not None:
            deed.deed()
        elif isinstance(identity, UUID):
            self.chosen.emit(identity)
        else:
            self.create_wanted.emit(self._asked)

    def _enter(self) -> None:
        current = self._current()
        if current is not None:
            self._pick(current.current_id())
        elif self._asked and self._asked == self.box.text().strip():
            self._put_away()
            self.create_wanted.emit(self._asked)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter()
                return True
        return super().eventFilter(watched, event)
