from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton, QWidget  # noqa: TID251  # the tests of the one door
from pytestqt.qtbot import QtBot

from coachdesk.ui.dialogs import Dialogs, QtDialogs, ScriptedDialogs, TextQuestion
from coachdesk.ui.theme import Theme
from tests.journeys.desk_window import settle


def test_the_script_answers_in_its_order() -> None:
    there = Path("out.pdf")
    scripted = ScriptedDialogs(True, there, [there], None)
    scripted.script(there, "Because", None)
    dialogs: Dialogs = scripted
    assert dialogs.confirm("Sure?", yes="Yes") is True
    assert dialogs.open_file("Open") == there
    assert dialogs.open_files("Open some") == [there]
    assert dialogs.save_as("out.pdf", title="Save") is None
    assert dialogs.choose_folder("Folder") == there
    assert dialogs.ask_text("Why?", yes="Go") == "Because"
    assert dialogs.ask_text("Why again?", yes="Go") is None
    dialogs.tell("Keys", "Ctrl+K")
    assert scripted.is_done()
    assert scripted.asked == ["Sure?", "Open", "Open some", "Save", "Folder", "Why?", "Why again?"]
    assert scripted.told == [("Keys", "Ctrl+K")]


def test_a_question_nobody_scripted_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="Sure"):
        ScriptedDialogs().confirm("Sure?", yes="Yes")


def test_an_answer_of_the_wrong_kind_fails_the_test() -> None:
    with pytest.raises(TypeError):
        ScriptedDialogs("yes").confirm("Sure?", yes="Yes")


def press(words: str, seen: list[str]) -> Callable[[], None]:
    def pressed() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        assert isinstance(box, QMessageBox)
        seen.append(f"{box.text()}|{box.informativeText()}")
        next(one for one in box.findChildren(QPushButton) if one.text() == words).click()

    return pressed


@pytest.mark.parametrize(("button", "agreed"), [("Erase", True), ("Cancel", False)])
def test_a_confirmation_says_what_will_happen(
    theme: Theme, qtbot: QtBot, button: str, *, agreed: bool
) -> None:
    seen: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    QTimer.singleShot(0, press(button, seen))
    answer = QtDialogs(window).confirm(
        "Erase Amara?", yes="Erase", explain="It cannot be undone.", danger=True
    )
    assert answer is agreed
    assert seen == ["Erase Amara?|It cannot be undone."]


def test_a_reason_needs_words(theme: Theme, qtbot: QtBot) -> None:
    question = TextQuestion("Why?", yes="Open", explain="It is kept.")
    qtbot.addWidget(question)
    assert not question.yes.isEnabled()
    question.accept()
    assert question.result() == QDialog.DialogCode.Rejected
    question.box.setPlainText(" Cover for Ian ")
    assert question.words() == "Cover for Ian"
    question.yes.click()
    assert question.result() == QDialog.DialogCode.Accepted


def test_files_come_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def one(*_given: object) -> tuple[str, str]:
        return ("/x/a.csv", "")

    def nothing(*_given: object) -> tuple[str, str]:
        return ("", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: (["/x/a.csv", "/x/b.csv"], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: "/x")
    dialogs = QtDialogs()
    assert dialogs.open_file("Open", ["Tables (*.csv)"]) == Path("/x/a.csv")
    assert dialogs.save_as("a.csv") == Path("/x/a.csv")
    assert dialogs.open_files("Open") == [Path("/x/a.csv"), Path("/x/b.csv")]
    assert dialogs.choose_folder("Where?") == Path("/x")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", nothing)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", nothing)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: "")
    assert dialogs.open_file("Open") is None
    assert dialogs.save_as("a.csv") is None
    assert dialogs.choose_folder("Where?") is None


def test_message_without_a_window_to_stand_over_closes_with_escape(qtbot: QtBot) -> None:
    seen: list[QWidget] = []

    def press_escape() -> None:
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(20, press_escape)
            return
        seen.append(box)
        QTest.keyClick(box, Qt.Key.Key_Escape)

    settle()  # a window of an earlier test that is still going would close every dialog as it locks
    QTimer.singleShot(0, press_escape)
    QtDialogs().tell("Keys", "Ctrl+K finds anybody.")
    assert len(seen) == 1


def test_message_stands_over_the_window_in_use(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window).__enter__().__exit__(None, None, None)
    above: list[QWidget | None] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(20, look)
            return
        above.append(box.parentWidget())
        box.close()

    QTimer.singleShot(0, look)
    QtDialogs().tell("Keys", "Ctrl+K finds anybody.")
    assert above == [window]


@pytest.mark.parametrize("kind", ["confirm", "tell", "ask_text"])
def test_question_goes_with_the_window_it_stands_over(qtbot: QtBot, kind: str) -> None:
    window = QWidget()
    window.show()
    dialogs = QtDialogs(window)

    def lock() -> None:
        if QApplication.activeModalWidget() is None:
            QTimer.singleShot(20, lock)
            return
        window.deleteLater()

    QTimer.singleShot(0, lock)
    ask: dict[str, Callable[[], object]] = {
        "confirm": lambda: dialogs.confirm("Erase?", yes="Erase"),
        "tell": lambda: dialogs.tell("Keys", "Ctrl+K"),
        "ask_text": lambda: dialogs.ask_text("Why?", yes="Go", start="Because"),
    }
    assert not ask[kind]()
