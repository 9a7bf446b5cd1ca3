"""The one door to Qt's dialogs, so that a test can hold the answers.

Qt's own names are loaded when a dialog is asked for: this module is loaded before the unlock window is seen.
"""

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import shiboken6
from PySide6 import (
    QtCore,
    QtWidgets,
)  # the dialogs' own names are loaded when one is asked for, behind the start
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.overriding import override
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import danger_button, primary_button, secondary_button
from coachdesk.ui.widgets.labels import label


class Dialogs(Protocol):
    """The questions a page may ask in a window of their own."""

    def confirm(self, question: str, *, yes: str, explain: str = "", danger: bool = False) -> bool:
        """Return whether the person agrees; ``explain`` says what will happen, ``yes`` names the deed."""
        ...

    def open_file(self, title: str, filters: Sequence[str] = ()) -> Path | None:
        """Return a file to read, or None."""
        ...

    def open_files(self, title: str, filters: Sequence[str] = ()) -> list[Path]:
        """Return files to read; none if the person thought better of it."""
        ...

    def save_as(self, suggestion: str | Path, filters: Sequence[str] = (), *, title: str = "") -> Path | None:
        """Return where to write, or None; the person agreed to replace a file that is there."""
        ...

    def choose_folder(self, title: str) -> Path | None:
        """Return a folder, or None."""
        ...

    def ask_text(self, question: str, *, yes: str, explain: str = "", start: str = "") -> str | None:
        """Return words the person wrote (never empty), or None."""
        ...

    def tell(self, title: str, words: str) -> None:
        """Show words that need a window of their own, until it is closed."""
        ...


class QtDialogs:
    """The real dialogs, over the window they belong to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def _over(self) -> QWidget | None:
        """Return the window a question stands over: behind it, it would look like a program that hangs."""
        return self._parent or QtWidgets.QApplication.activeWindow()

    def confirm(self, question: str, *, yes: str, explain: str = "", danger: bool = False) -> bool:
        """Ask with a message box whose safe answer has the keyboard."""
        box = QtWidgets.QMessageBox(self._over())
        box.setIcon(QtWidgets.QMessageBox.Icon.NoIcon)
        box.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        box.setWindowTitle(QCoreApplication.applicationName())
        box.setText(question)
        box.setInformativeText(explain)
        agree = danger_button(yes) if danger else primary_button(yes)
        box.addButton(agree, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        stay = secondary_button(QCoreApplication.translate("Dialogs", "Cancel"))
        box.addButton(stay, QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay if danger else agree)
        box.setEscapeButton(stay)
        _show_focus(box)
        box.exec()
        if not shiboken6.isValid(
            box
        ):  # the vault was locked meanwhile, and its window took the question along
            return False
        agreed = box.clickedButton() is agree
        box.deleteLater()
        return agreed

    def open_file(self, title: str, filters: Sequence[str] = ()) -> Path | None:
        """Ask with the system's file dialog."""
        name, _filter = QtWidgets.QFileDialog.getOpenFileName(self._parent, title, "", _joined(filters))
        return Path(name) if name else None

    def open_files(self, title: str, filters: Sequence[str] = ()) -> list[Path]:
        """Ask with the system's file dialog."""
        names, _filter = QtWidgets.QFileDialog.getOpenFileNames(self._parent, title, "", _joined(filters))
        return [Path(name) for name in names]

    def save_as(self, suggestion: str | Path, filters: Sequence[str] = (), *, title: str = "") -> Path | None:
        """Ask with the system's file dialog, which asks itself before a file is replaced."""
        asked = title or QCoreApplication.translate("Dialogs", "Save as")
        name, _filter = QtWidgets.QFileDialog.getSaveFileName(
            self._parent, asked, str(suggestion), _joined(filters)
        )
        return Path(name) if name else None

    def choose_folder(self, title: str) -> Path | None:
        """Ask with the system's folder dialog."""
        name = QtWidgets.QFileDialog.getExistingDirectory(self._parent, title)
        return Path(name) if name else None

    def ask_text(self, question: str, *, yes: str, explain: str = "", start: str = "") -> str | None:
        """Ask with a small window of our own."""
        dialog = TextQuestion(question, yes=yes, explain=explain, start=start, parent=self._over())
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        if not shiboken6.isValid(dialog):
            return None
        words = dialog.words()
        dialog.deleteLater()
        return words if agreed else None

    def tell(self, title: str, words: str) -> None:
        """Show a message box with one button."""
        box = QtWidgets.QMessageBox(self._over())
        box.setIcon(QtWidgets.QMessageBox.Icon.NoIcon)
        box.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        box.setWindowTitle(QCoreApplication.applicationName())
        box.setText(title)
        box.setInformativeText(words)
        close = primary_button(QCoreApplication.translate("Dialogs", "Close"))
        box.addButton(close, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        _show_focus(box)
        box.exec()
        if shiboken6.isValid(box):
            box.deleteLater()


class TextQuestion(QDialog):
    """A question whose answer is words: a reason, a name; agreeing needs some."""

    def __init__(
        self, question: str, *, yes: str, explain: str = "", start: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.applicationName())
        self.box = QtWidgets.QPlainTextEdit(start)
        self.box.setTabChangesFocus(True)
        self.box.setAccessibleName(question)
        self.box.setAccessibleDescription(explain)
        self.yes = primary_button(yes)
        self.yes.setDefault(True)
        self.no = secondary_button(self.tr("Cancel"))
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.box.textChanged.connect(self._typed)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.PAGE)
        whole.setSpacing(Space.GAP)
        asked = label(question, "section", wrap=True)
        whole.addWidget(asked)
        if explain:
            whole.addWidget(label(explain, "secondary", wrap=True))
        whole.addWidget(self.box)
        whole.addLayout(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        _show_focus(self)
        self._typed()

    def words(self) -> str:
        """Return what was written."""
        return self.box.toPlainText().strip()

    def _typed(self) -> None:
        self.yes.setEnabled(bool(self.words()))

    @override
    def accept(self) -> None:
        if self.words():
            super().accept()


def _show_focus(window: QDialog) -> None:
    """Let a window of its own show where the keyboard is, as the main window does."""
    from coachdesk.ui.focus_ring import FocusRing  # noqa: PLC0415  needed by a question, not by the start

    FocusRing(window)


Answer = bool | str | Path | list[Path] | None


class ScriptedDialogs:
    """Answers given beforehand, in order; a question nobody scripted fails the test.

    ``asked`` keeps what was asked, ``told`` what was told.
    """

    def __init__(self, *answers: Answer) -> None:
        self._answers: deque[Answer] = deque(answers)
        self.asked: list[str] = []
        self.told: list[tuple[str, str]] = []

    def script(self, *answers: Answer) -> None:
        """Add answers behind those that are there."""
        self._answers.extend(answers)

    def is_done(self) -> bool:
        """Return whether every answer was asked for."""
        return not self._answers

    def _next(self, question: str) -> Answer:
        self.asked.append(question)
        if not self._answers:
            raise AssertionError(f"nobody scripted an answer to: {question}")
        return self._answers.popleft()

    def confirm(self, question: str, *, yes: str, explain: str = "", danger: bool = False) -> bool:
        """Return the scripted answer."""
        del yes, explain, danger
        return bool(_checked(self._next(question), bool))

    def open_file(self, title: str, filters: Sequence[str] = ()) -> Path | None:
        """Return the scripted file."""
        del filters
        answer = _checked(self._next(title), Path, type(None))
        return answer if isinstance(answer, Path) else None

    def open_files(self, title: str, filters: Sequence[str] = ()) -> list[Path]:
        """Return the scripted files."""
        del filters
        answer = _checked(self._next(title), list)
        return answer if isinstance(answer, list) else []

    def save_as(self, suggestion: str | Path, filters: Sequence[str] = (), *, title: str = "") -> Path | None:
        """Return the scripted file."""
        del filters
        answer = _checked(self._next(title or str(suggestion)), Path, type(None))
        return answer if isinstance(answer, Path) else None

    def choose_folder(self, title: str) -> Path | None:
        """Return the scripted folder."""
        answer = _checked(self._next(title), Path, type(None))
        return answer if isinstance(answer, Path) else None

    def ask_text(self, question: str, *, yes: str, explain: str = "", start: str = "") -> str | None:
        """Return the scripted words."""
        del yes, explain, start
        answer = _checked(self._next(question), str, type(None))
        return answer if isinstance(answer, str) else None

    def tell(self, title: str, words: str) -> None:
        """Keep what was told; telling needs no answer."""
        self.told.append((title, words))


def _checked(answer: Answer, *kinds: type) -> Answer:
    if not isinstance(answer, kinds):
        raise TypeError(f"the script answered with a {type(answer).__name__}")
    return answer


def _joined(filters: Sequence[str]) -> str:
    return ";;".join([*filters, QCoreApplication.translate("Dialogs", "All files (*)")])
