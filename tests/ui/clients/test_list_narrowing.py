"""Lists narrowed by the charity's own questions: words, days, numbers and several answers."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coachdesk.models import CustomAnswer, CustomField
from coachdesk.ui.lists.view import ListsView
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import Button
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import settle
from tests.makers import a_client, furnished, keep
from tests.ui import accessibility_walk
from tests.ui.clients.list_desk import an_office, choose

ANSWERS: dict[str, tuple[Any, Any]] = {
    "text": ("allotment on Tuesdays", "choir"),
    "date": ("2026-05-05", "2026-09-01"),
    "number": (7, 12.5),
    "choices": (["a"], ["b"]),
}


class Narrowed:
    """The view over three clients, two of whom answered every question."""

    def __init__(self, view: ListsView) -> None:
        self.view = view

    def names(self) -> list[str]:
        table = self.view.table.table
        return sorted(table.index(place, 0).data() for place in range(table.rowCount()))

    def ask(self, title: str) -> None:
        self.view.only_button.click()
        choose(self.view.menu_shown, f"{title}…")
        settle()
        assert self.view.narrowing.isVisible()

    def type(self, **typed: str) -> None:
        """Type into the fields and hand in with Return."""
        form = self.view.narrowing.form
        assert form is not None
        for name, words in typed.items():
            QTest.keyClicks(form.input(name).target, words)
        QTest.keyClick(form.input(next(iter(typed))).target, Qt.Key.Key_Return)
        settle()

    def said(self) -> list[str]:
        found = self.view.findChildren(Button)
        return [one.text() for one in found if one.property("only") and one.isVisible()]


@pytest.fixture
def narrowed(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Narrowed:
    furnished(vault)
    people = [a_client(first_name=name, last_name="") for name in ("Ash", "Bo", "Cy")]
    fields = {
        sort: CustomField(
            key=sort, title=f"Our {sort}", sort=sort, help="", choices=[["a", "Apples"], ["b", "Bread"]],
            source_note="", position=place,
        )
        for place, sort in enumerate(ANSWERS)
    }  # fmt: skip
    keep(vault, *people, *fields.values())
    keep(
        vault,
        *(
            CustomAnswer(client_id=client.id, field_id=fields[sort].id, value={sort: said})
            for sort, both in ANSWERS.items()
            for client, said in zip(people, both, strict=False)
        ),
    )
    view = ListsView(an_office(vault, theme, tmp_path))
    view.resize(1200, 700)
    qtbot.addWidget(view)
    view.refresh()
    view.show()
    qtbot.waitExposed(view).__enter__().__exit__(None, None, None)
    settle()
    return Narrowed(view)


def test_words_days_and_numbers_narrow_a_list(narrowed: Narrowed) -> None:
    narrowed.ask("Our text")
    assert accessibility_walk.walk(narrowed.view) == []
    narrowed.type(words="ALLOT")
    assert narrowed.names() == ["Ash"]
    assert narrowed.said() == ["Our text: holds “ALLOT”"]
    narrowed.ask("Our number")
    narrowed.type(least="5")
    assert narrowed.names() == ["Ash"]
    assert not narrowed.view.narrowing.isVisible()
    narrowed.ask("Our date")
    narrowed.type(least="1/6/2026")
    assert narrowed.names() == []
    assert narrowed.said()[1:] == ["Our number: 5 or more", "Our date: 1 Jun 2026 or later"]


def test_any_of_several_answers(narrowed: Narrowed) -> None:
    narrowed.ask("Our choices")
    form = narrowed.view.narrowing.form
    assert form is not None
    form.input("keys").set_value(("a", "b"))
    narrowed.view.narrowing.show_button.click()
    settle()
    assert narrowed.names() == ["Ash", "Bo"]
    assert narrowed.said() == ["Our choices: Apples or Bread"]


def test_what_cannot_be_is_said_beside_the_field_and_escape_leaves_the_list(narrowed: Narrowed) -> None:
    view = narrowed.view
    view.narrowing.narrow()
    narrowed.ask("Our number")
    narrowed.type(least="")
    form = view.narrowing.form
    assert form is not None
    assert form.refusals() == {"least": "Type at least one of the two."}
    QTest.keyClick(view.narrowing, Qt.Key.Key_A)
    QTest.keyClick(view.narrowing, Qt.Key.Key_Escape)
    assert not view.narrowing.isVisible()
    assert narrowed.names() == ["Ash", "Bo", "Cy"]
