"""A page that takes long says so, can be stopped, keeps no reader, and never comes where it is no longer wanted."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, qRgb
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from coachdesk.casework.documents import KeepDocument, keep_document
from coachdesk.desk.counter import Desk, Executors
from coachdesk.press import drawn_page as door
from coachdesk.ui.clients import document_looking
from coachdesk.ui.clients.document_looking import Seen
from coachdesk.ui.clients.document_preview import DocumentPreview
from coachdesk.ui.clients.documents_card import DocumentsCard
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme, look
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, do, furnished, keep

PATIENCE = 20_000  # a shared machine under load; a green wait ends at once
ASLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
ANSWERS = "import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(b'{page} 3 1 1 0\\nabc')"


class Room:
    """A card over a vault with real threads, and every process that was started to draw."""

    def __init__(
        self,
        vault: OpenVault,
        qtbot: QtBot,
        theme: Theme,
        folder: Path,
        executors: Executors | None = None,
    ) -> None:
        self.vault, self._qtbot = vault, qtbot
        self.desk = Desk(vault, executors or Executors.threads())
        settings = QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)
        office = Office(self.desk, ScriptedDialogs(), Messages(), theme, settings, CodeBook(self.desk))
        self.card = DocumentsCard(office)
        self.card.looking.moment.setInterval(0)
        self.drawing: list[Popen[bytes]] = []
        qtbot.addWidget(self.card)
        self.card.show()

    def until(self, holds: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE)

    def show(self, client_id: UUID) -> None:
        self.card.show_client(client_id)

    def names(self) -> set[str]:
        """Return what can be looked at."""
        said = (one.accessibleName() for one in self.card.findChildren(QPushButton) if one.isVisible())
        return {one for one in said if one.startswith("Look at")}

    def press(self, name: str) -> None:
        found: list[QPushButton] = []

        def stands_there() -> bool:
            found[:] = [one for one in self.card.findChildren(QPushButton) if one.accessibleName() == name]
            return bool(found) and found[0].isVisible()

        self.until(stands_there)
        found[0].click()

    def look_at_what_is_asleep(self) -> "Popen[bytes]":
        """Look at the CV, whose page never comes; return the process once the strip says that it is being drawn."""
        self.press("Look at “cv”")
        self.until(lambda: self.drawing and self.card.looking.progress.isVisible())
        assert self.card.looking.progress.words.text() == "Opening the document…"
        return self.drawing[-1]

    def ended(self, process: "Popen[bytes]") -> None:
        self.until(lambda: process.returncode is not None)
        assert not self.card.looking.is_on
        assert self.card.looking.isHidden()


@pytest.fixture
def clients(vault: OpenVault) -> tuple[UUID, UUID]:
    furnished(vault)
    one, other = (a_client(first_name=name, coach_id=vault.coach_id) for name in ("Ash", "Bo"))
    keep(vault, one, other)
    for name, content in (("cv.pdf", b"%PDF-1.7"), ("notes.txt", b"Nine o'clock")):
        do(vault, keep_document, KeepDocument(client_id=one.id, file_name=name, content=content))
    return one.id, other.id


@pytest.fixture
def room(
    vault: OpenVault,
    clients: tuple[UUID, UUID],
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Room]:
    opened = Room(vault, qtbot, theme, tmp_path)

    class Remembered(Popen[bytes]):
        def __init__(self, *command: Any, **pipes: Any) -> None:
            super().__init__(*command, **pipes)
            if pipes.get("stdin") == PIPE:
                opened.drawing.append(self)

    monkeypatch.setattr("subprocess.Popen", Remembered)
    monkeypatch.setattr(door, "_program", lambda: ASLEEP)
    monkeypatch.setattr(
        document_looking, "drawn_page", partial(door.drawn_page, seconds=60)
    )  # not by the clock
    opened.show(clients[0])
    yield opened
    opened.desk.lock()


def test_a_slow_page_keeps_no_reader_and_is_stopped_by_its_button(room: Room) -> None:
    process = room.look_at_what_is_asleep()
    assert room.vault._reader.pool.checkedout() == 0  # type: ignore[attr-defined]  # of the pool that is used here
    room.card.looking.progress.cancel.click()
    room.ended(process)
    assert room.card.preview.isHidden()
    assert room.card.files.refusal.isHidden()


def test_escape_stops_it_where_it_was_asked_for(room: Room) -> None:
    process = room.look_at_what_is_asleep()
    QTest.keyClick(room.card, Qt.Key.Key_Escape)
    room.ended(process)
    QTest.keyClick(room.card, Qt.Key.Key_Escape)  # nothing is on its way any more
    assert room.card.preview.isHidden()


def test_what_is_drawn_after_the_client_was_left_is_thrown_away(
    room: Room, clients: tuple[UUID, UUID]
) -> None:
    process = room.look_at_what_is_asleep()
    room.show(clients[1])
    room.ended(process)
    room.show(clients[0])
    room.press("Look at “cv”")
    room.show(clients[1])  # its bytes are still being read
    room.show(clients[0])
    room.press("Look at “notes”")
    room.until(room.card.preview.isVisible)
    assert room.card.preview.words.toPlainText() == "Nine o'clock"
    assert all(one.returncode is not None for one in room.drawing)


def test_locking_ends_what_draws(room: Room) -> None:
    process = room.look_at_what_is_asleep()
    room.desk.lock()
    room.until(lambda: process.returncode is not None)
    assert room.card.preview.isHidden()


def test_the_newest_look_is_the_only_one(room: Room) -> None:
    process = room.look_at_what_is_asleep()
    room.press("Look at “notes”")
    room.until(room.card.preview.isVisible)
    assert room.card.preview.words.toPlainText() == "Nine o'clock"
    room.ended(process)


def test_a_page_that_was_stopped_can_be_turned_to_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(page: int) -> None:
        command = (sys.executable, "-c", ANSWERS.format(page=page))
        monkeypatch.setattr(door, "_program", lambda: command)

    answer(1)
    preview = room.card.preview
    room.press("Look at “cv”")
    room.until(preview.isVisible)
    monkeypatch.setattr(door, "_program", lambda: ASLEEP)
    preview.turning.later.click()
    room.until(lambda: len(room.drawing) == 2 and room.card.looking.progress.isVisible())
    assert room.card.looking.progress.words.text() == "Drawing page 2…"
    room.card.looking.progress.cancel.click()
    room.ended(room.drawing[1])
    assert preview.turning.place.text() == "Page 1 of 3"
    answer(2)
    preview.turning.later.click()
    room.until(lambda: preview.turning.place.text() == "Page 2 of 3")
    monkeypatch.setattr(door, "_program", lambda: ASLEEP)
    preview.turning.later.click()
    room.until(lambda: len(room.drawing) == 4)
    preview.close_button.click()
    room.ended(room.drawing[3])
    assert preview.isHidden()


class Patient(Executor):
    """Keeps what it is given until it is told which to do."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], object]] = []

    @override
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs.append(fn)
        return Future()


def test_an_empty_list_that_comes_late_is_not_the_next_clients(
    vault: OpenVault, clients: tuple[UUID, UUID], qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    reader = Patient()
    room = Room(vault, qtbot, theme, tmp_path, Executors(reader, reader, reader, reader))
    room.show(clients[1])
    asked_first = reader.jobs.pop()
    room.show(clients[0])
    reader.jobs.pop()()
    assert room.names() == {"Look at “cv”", "Look at “notes”"}
    asked_first()
    assert room.names() == {"Look at “cv”", "Look at “notes”"}


@pytest.mark.parametrize("colours", [QImage.Format.Format_RGB32, QImage.Format.Format_Indexed8])
def test_white_paper_has_an_edge_on_a_white_card(colours: QImage.Format, qtbot: QtBot, theme: Theme) -> None:
    preview = DocumentPreview()
    qtbot.addWidget(preview)
    preview.resize(400, 400)
    paper = QImage(50, 40, colours)
    paper.setColorTable([qRgb(255, 255, 255)] if colours is QImage.Format.Format_Indexed8 else [])
    paper.fill(Qt.GlobalColor.white)
    preview.show_seen(Seen(id=UUID(int=1), title="Scan", file_name="scan.png", picture=paper))
    shown = preview.picture.pixmap().toImage()
    line = look().colours.line.lower()
    corners = ((0, 0), (49, 0), (0, 39), (49, 39))
    assert [shown.pixelColor(*corner).name() for corner in corners] == [line] * 4
    assert shown.pixelColor(25, 20).name() == "#ffffff"
