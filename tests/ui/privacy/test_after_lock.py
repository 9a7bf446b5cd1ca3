"""After locking nothing can be read in the window, in its models or, as far as Python tells, in memory."""

import dataclasses
import gc
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QPoint,
    QStringListModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from coachdesk.ui.dialogs import QtDialogs
from coachdesk.ui.privacy.blank import blank
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.caseload import a_caseload
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import a_client, an_action, an_enrolment, keep, programme_id
from tests.ui.privacy.coming_keys import press
from tests.vault_fixtures import TODAY

MARKER = "Zwoltrabbel"


@pytest.fixture
def marked(vault: OpenVault) -> UUID:
    a_caseload(vault)
    with reading(vault) as session:
        programme = programme_id(session)
    client = a_client(first_name=MARKER, last_name=MARKER, coach_id=vault.coach_id)
    keep(vault, client)
    keep(vault, an_enrolment(client, programme), an_action(client, what=MARKER, due_on=TODAY))
    return client.id


@pytest.fixture
def desk(vault: OpenVault, marked: UUID, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    del marked
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.until(opened.window.isActiveWindow)
    yield opened
    opened.close()


def see_everything(desk: DeskWindow, client_id: UUID) -> None:
    """Bring the client onto every page that can show one, with a form begun and a search under way."""
    for place in ("today", "clients", "returns", "settings"):
        desk.window.go(place)
        settle()
    desk.open(client_id)
    for tab in ("plan", "contacts", "work", "details", "timeline"):
        desk.tab(tab)
    desk.window.contact_shortcut()
    note = desk.view.contact_form.findChild(QPlainTextEdit)
    assert note is not None
    note.setPlainText(f"{MARKER} came by")
    desk.window.find_box.start()
    desk.window.find_box.box.setText(MARKER)
    desk.until(lambda: desk.window.find_box.list.current_id() == client_id)


def in_models(model: QAbstractItemModel | None) -> str:
    if model is None:
        return ""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    cells = [
        model.index(row, column).data(role)
        for row in range(model.rowCount())
        for column in range(columns)
        for role in roles
    ]
    return "\n".join(str(cell) for cell in cells)


def held(window: QWidget) -> dict[str, str]:
    """Return what each widget of a window holds, seen or unseen, under the widget's name."""
    found: dict[str, str] = {}
    for place, one in enumerate((window, *window.findChildren(QWidget))):
        words = [one.windowTitle(), one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        words += [
            str(one.property(key) or "") for key in ("text", "plainText", "currentText", "placeholderText")
        ]
        if isinstance(one, QAbstractItemView):
            words.append(in_models(one.model()))
        found[f"{place} {type(one).__name__}"] = "\n".join(words)
    for completer in window.findChildren(QCompleter):
        found[f"completer {id(completer)}"] = in_models(completer.model())
    return {name: words for name, words in found.items() if MARKER in words}


def rows_alive() -> list[str]:
    """Return the kinds of rows about the client that Python still knows of."""
    gc.collect()
    kinds = set()
    for one in gc.get_objects():
        # Some libraries make classes whose module is not a text.
        if str(type(one).__module__).startswith("coachdesk.") and dataclasses.is_dataclass(one):
            values = [getattr(one, field.name, "") for field in dataclasses.fields(one)]
            if any(isinstance(value, str) and MARKER in value for value in values):
                kinds.add(type(one).__name__)
    return sorted(kinds)


def test_no_widget_and_no_model_holds_the_client(desk: DeskWindow, marked: UUID) -> None:
    see_everything(desk, marked)
    assert len(held(desk.window)) > 8
    QToolTip.showText(QPoint(5, 5), MARKER, desk.window)
    desk.desk.lock()
    assert held(desk.window) == {}
    assert not QToolTip.isVisible()
    assert not desk.window.find_box.isVisible()


def test_no_row_about_the_client_is_left_in_memory(desk: DeskWindow, marked: UUID, vault: OpenVault) -> None:
    see_everything(desk, marked)
    assert rows_alive()
    desk.close()
    del desk.window
    settle()
    assert rows_alive() == []
    assert vault.locked


def test_what_was_being_typed_is_handed_in_even_behind_the_cover(
    desk: DeskWindow, marked: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    see_everything(desk, marked)
    monkeypatch.setattr(desk.desk, "keep_draft", lambda *given: kept.append(str(given)))
    note = desk.view.contact_form.findChild(QPlainTextEdit)
    assert note is not None
    note.setPlainText(f"{MARKER} came by again")  # a moment before, so that no draft of it was kept yet
    desk.window.privacy.hide_page()
    desk.desk.lock()
    assert any(f"{MARKER} came by again" in draft for draft in kept)


def test_copied_text_goes_with_the_lock(desk: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        desk.window.clipboard_guard, "is_ours", lambda mode: mode is QClipboard.Mode.Clipboard
    )
    QApplication.clipboard().setText(MARKER)
    assert desk.window.clipboard_guard.timer.interval() == 60_000
    desk.lock()
    assert QApplication.clipboard().text() == ""


@pytest.mark.parametrize("by_key", [True, False])
def test_no_open_question_keeps_it_from_locking(desk: DeskWindow, *, by_key: bool) -> None:
    locked: list[bool] = []

    def lock() -> None:
        question = QApplication.activeModalWidget()
        assert question is not None
        if by_key:
            settle()  # the question has the keys only once the system gave them
            press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        else:
            desk.desk.lock()
        locked.append(desk.desk.is_locked and not (isValid(question) and question.isVisible()))
        if isValid(question) and isinstance(question, QDialog):
            question.reject()

    QTimer.singleShot(0, desk.window, lock)
    answer = QtDialogs().ask_text(f"Why is {MARKER}’s page opened?", yes="Open")
    assert answer is None
    assert locked == [True]


def test_an_open_menu_goes_with_the_lock(desk: DeskWindow) -> None:
    menu = QMenu(desk.window)
    menu.addAction(MARKER)
    menu.popup(QPoint(5, 5))
    gone: list[bool] = []

    def look() -> None:
        gone.append(not menu.isVisible())

    desk.desk.locked.connect(look)
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert desk.desk.is_locked
    assert gone == [True]


def test_every_kind_of_widget_is_emptied(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, rich = QLineEdit(MARKER, window), QTextEdit(MARKER, window)
    line.setCompleter(QCompleter(QStringListModel([MARKER], window), window))
    combo = QComboBox(window)
    combo.addItem(MARKER)
    table = TableView(RowTable[str]([Column("Name", str)], identify=str), "Names", window)
    table.show_rows((MARKER,))
    QLabel(MARKER, window)
    window.setToolTip(MARKER)
    assert len(held(window)) > 5
    heard: list[str] = []
    line.textChanged.connect(heard.append)
    blank(window)
    assert held(window) == {}
    assert heard == []
    line.undo()
    rich.undo()
    assert MARKER not in line.text() + rich.toPlainText()


def test_what_is_known_as_a_mere_widget_is_emptied_too(qtbot: QtBot) -> None:
    """A label that Python met while Qt was still making it, such as a tooltip's, is known to it as no more than that."""
    window = QWidget()
    qtbot.addWidget(window)
    for name in ("text", "plainText"):
        QWidget(window).setProperty(name, MARKER)
    assert len(held(window)) == 2
    blank(window)
    assert held(window) == {}
