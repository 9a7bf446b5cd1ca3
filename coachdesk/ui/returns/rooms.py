"""The rooms of the returns page: making a return, and what is decided, asked and passed on around it.

A room is made when it is first wanted, and asked again only while it is seen.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from coachdesk.casework.retention import is_manager
from coachdesk.ui.returns.definitions import DefinitionsPart
from coachdesk.ui.returns.issued_part import IssuedPart
from coachdesk.ui.returns.named import NamedPart
from coachdesk.ui.returns.questions import QuestionsPart
from coachdesk.ui.returns.words import WordsPart
from coachdesk.ui.rights.part import Part
from coachdesk.ui.tokens import Space
from coachdesk.ui.wizard import WorkingPage

MAKERS: Mapping[str, Callable[[WorkingPage], Part]] = {
    "issued": IssuedPart,
    "questions": QuestionsPart,
    "definitions": DefinitionsPart,
    "words": WordsPart,
    "named": NamedPart,
}
"""The rooms beside making a return, in their order."""


def room_words() -> Mapping[str, str]:
    """Return what each room is called on its tab."""
    said = QCoreApplication.translate
    return {
        "making": said("Rooms", "&Make a return"),
        "issued": said("Rooms", "Iss&ued"),
        "questions": said("Rooms", "Ask a &question"),
        "definitions": said("Rooms", "What is &counted"),
        "words": said("Rooms", "Words and &sheets"),
        "named": said("Rooms", "Pass on by &name"),
    }


class Rooms(QWidget):
    """A tab for each room; ``making`` is the layout of the first, which the page itself fills."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page = page
        self._manages = False
        self._made: dict[int, Part] = {}
        first = QWidget()
        self.making = QVBoxLayout(first)
        self.making.setContentsMargins(0, 0, 0, 0)
        self.making.setSpacing(Space.GAP)
        self._first = first
        self.tabs = QTabBar()
        self.tabs.setObjectName("return_rooms")
        self.tabs.setAccessibleName(self.tr("Rooms of the returns page"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        words = room_words()
        for key in ("making", *MAKERS):
            self.tabs.addTab(words[key])
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(first)
        self.tabs.currentChanged.connect(self._show)

    def room(self, key: str) -> Part:
        """Show a room and return it."""
        self.tabs.setCurrentIndex((*MAKERS,).index(key) + 1)
        return self._made[self.tabs.currentIndex()]

    def refresh(self) -> None:
        """Ask who is at the desk, and again for the room that is seen."""
        self._page.office.desk.ask(is_manager, None, self._know_role)

    def _know_role(self, manages: bool) -> None:  # noqa: FBT001  the answer of a question
        self._manages = manages
        for part in self._made.values():
            part.know_role(manages=manages)
        self._ask()

    def _ask(self) -> None:
        part = self._made.get(self.tabs.currentIndex())
        if part is not None:
            part.refresh()

    @Slot(int)
    def _show(self, index: int) -> None:
        if index and index not in self._made:
            part = (*MAKERS.values(),)[index - 1](self._page)
            part.know_role(manages=self._manages)
            self._made[index] = part
            self._box.addWidget(part)
        self._first.setVisible(index == 0)
        for place, part in self._made.items():
            part.setVisible(place == index)
        self._page.refusal.hide()
        self._ask()
