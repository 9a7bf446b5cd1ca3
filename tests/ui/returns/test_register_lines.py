"""The register's lines: what became of each release, and writing one again that is gone."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from coachdesk.errors import Refusal
from coachdesk.returns.wishes import Issued, ReissueWish, ReleaseRow
from coachdesk.ui.office import Office
from coachdesk.ui.returns.register_view import RegisterView

AT = dt.datetime(2026, 10, 9, 14, 30, tzinfo=dt.UTC)


class Told:
    """A desk, dialogs and messages in one, which remember what was asked of them."""

    def __init__(self, rows: tuple[ReleaseRow, ...], folder: Path | None) -> None:
        self.rows, self.folder = rows, folder
        self.said: list[str] = []
        self.asked: list[ReissueWish] = []
        self.gone = False

    def ask(self, _query: object, _question: None, then: Callable[[Any], None]) -> None:
        then(self.rows)

    def long(
        self,
        _job: object,
        wish: ReissueWish,
        *,
        then: Callable[[Issued], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        self.asked.append(wish)
        if self.gone:
            refused(Refusal("That return is not in the register."))
        else:
            then(Issued(release_id=wish.release_id, files=(), folder=wish.folder))

    def choose_folder(self, _words: str) -> Path | None:
        return self.folder

    def say(self, words: str, **_tone: object) -> None:
        self.said.append(words)

    def show_refusal(self, refusal: Refusal) -> None:
        self.said.append(refusal.message)


class TellingOffice:
    """An office in which one piece plays every part."""

    def __init__(self, told: Told) -> None:
        self.desk = self.dialogs = self.messages = told


def release(**values: Any) -> ReleaseRow:
    told: dict[str, Any] = {
        "id": uuid4(),
        "programme": "Grant",
        "period": "1 July 2026 to 30 September 2026",
        "as_at": dt.date(2026, 9, 30),
        "issued_at": AT,
        "issued_by": "Ruth Ellison",
        "files": (),
        "title": "Grant, July",
        "verdict": "safe",
    }
    return ReleaseRow(**{**told, **values})


def shown(qtbot: QtBot, told: Told) -> RegisterView:
    view = RegisterView(cast("Office", TellingOffice(told)))
    qtbot.addWidget(view)
    view.refresh()
    return view


def words_of(view: RegisterView) -> str:
    return " | ".join(one.text() for one in view.findChildren(QLabel))


def press(view: RegisterView, spoken: str) -> None:
    (button,) = [one for one in view.findChildren(QAbstractButton) if one.accessibleName() == spoken]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_line_says_what_became_of_its_release(qtbot: QtBot, tmp_path: Path) -> None:
    rows = (
        release(sort="revised", reason="Late entries", hidden_share=0.4),
        release(is_superseded=True, verdict=""),
        release(sort="question", title="How many by hub"),
    )
    words = words_of(shown(qtbot, Told(rows, tmp_path)))
    for said in ("Revised", "Issued anew: Late entries", "40% withheld", "Replaced since", "Question"):
        assert said in words
    assert words.count("Found safe") == 2


def test_nothing_issued_is_said(qtbot: QtBot) -> None:
    assert "Nothing has been issued yet" in words_of(shown(qtbot, Told((), None)))


@pytest.mark.parametrize(
    ("chosen", "gone", "said"),
    [(True, False, "exactly as issued"), (True, True, "not in the register"), (False, False, "")],
)
def test_a_release_is_written_again(
    qtbot: QtBot, tmp_path: Path, *, chosen: bool, gone: bool, said: str
) -> None:
    row = release()
    told = Told((row,), tmp_path if chosen else None)
    told.gone = gone
    press(shown(qtbot, told), "Write it again: Grant, 1 July 2026 to 30 September 2026")
    assert said in " ".join(told.said)
    assert [wish.release_id for wish in told.asked] == ([row.id] if chosen else [])


def test_a_release_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    row = release()
    view = shown(qtbot, Told((row,), tmp_path))
    with qtbot.waitSignal(view.opened) as heard:
        press(view, "Open: Grant, July")
    assert heard.args == [row.id]
