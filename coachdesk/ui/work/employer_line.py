"""The employer's name while it is typed: those that begin so are offered, and one that is new is asked a little more."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView
from typing_extensions import override

from coachdesk.casework.employer_choice import find_employers
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.office import Office

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class EmployerLine(QObject):
    """Offers employers below a line; Enter takes the one that is marked, or the first.

    Signals: ``picked()`` after one was taken; ``known(bool)`` whenever it is clear whether the name is known.
    """

    picked = Signal()
    known = Signal(bool)

    def __init__(self, office: Office, field: TextInput) -> None:
        super().__init__(field)
        self._office, self._field = office, field
        line = self._line = field.line
        self._names: tuple[str, ...] = ()
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.popup = QListView()
        self.popup.setProperty("popup", True)
        self.popup.setAccessibleName(self.tr("Employers that begin so"))
        self.completer.setPopup(self.popup)
        self.completer.setWidget(line)
        self.completer.activated[str].connect(self._take)  # type: ignore[index]  # Qt overloads it, its stubs do not say so
        line.textEdited.connect(self._typed)
        line.editingFinished.connect(self._left)
        line.installEventFilter(self)
        self.popup.installEventFilter(self)

    @Slot(str)
    def _typed(self, words: str) -> None:
        if words.strip():
            self._office.desk.ask(find_employers, words.strip(), self._offer)
        else:
            self._names = ()
            self.popup.hide()

    def _offer(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._model.setStringList(list(names))
        if self._is_known():
            self.known.emit(True)
        if names and self._line.hasFocus() and names != (self._line.text().strip(),):
            self.completer.complete()
        else:
            self.popup.hide()

    def _is_known(self) -> bool:
        typed = self._line.text().strip().casefold()
        return typed in {name.casefold() for name in self._names}

    @Slot()
    def _left(self) -> None:
        """Say whether the name is known, once somebody goes on from it."""
        typed = self._line.text().strip()
        if typed:
            self._office.desk.ask(find_employers, typed, self._settle)

    def _settle(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.known.emit(self._is_known() or not self._line.text().strip())

    @Slot(str)
    def _take(self, name: str) -> None:
        self._line.setText(name)
        self._names = (*self._names, name)
        self.popup.hide()
        self._field.edited.emit()
        self.known.emit(True)
        self.picked.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and _is_enter(event)
        if enter and self.popup.isVisible():
            marked = self.popup.currentIndex()
            self._take(str(marked.data()) if marked.isValid() else self._names[0])
            return True
        return super().eventFilter(watched, event)


def _is_enter(event: Any) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and held == Qt.KeyboardModifier.NoModifier
