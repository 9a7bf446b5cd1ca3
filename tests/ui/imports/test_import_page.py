"""The import page in a real window: what a sheet holds, the list of problems, and one long work at a time."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from coachdesk.casework.clients import CaseloadFilter, list_clients
from coachdesk.desk.counter import Executors
from coachdesk.ui.imports.account_view import outcome_words
from coachdesk.ui.imports.flow import ImportFlow, Step
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import ScrollPage
from coachdesk.vault.opened import OpenVault
from tests.journeys.conftest import Opener
from tests.journeys.conftest import open_desk as open_desk  # noqa: PLC0414  the window's own maker, used here too
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import ask, furnished
from tests.vault_fixtures import TODAY

UNKNOWN = "Name of person,Where they live\nAnn Bell,Kendal\n"
BAD = 'Ref,First name,Surname,DOB\nC1,Ann,Bell,"=HYPERLINK(""x"")"\nC2,Bob,Hall,31/02/1980\nC3,Cy,Wood,1/2/1980\n'


@pytest.fixture
def desk(vault: OpenVault, open_desk: Opener) -> DeskWindow:
    furnished(vault)
    desk = open_desk(vault)
    desk.window.go("import")
    return desk


def read(desk: DeskWindow, folder: Path, **files: str) -> None:
    paths = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    desk.imports.read_files(tuple(paths))
    settle()


def choose(desk: DeskWindow, place: int, kind: str) -> None:
    box = desk.imports.columns.kinds[place]
    box.setCurrentIndex(box.findData(kind))
    box.activated.emit(box.currentIndex())
    settle()


def names(vault: OpenVault) -> list[str]:
    return [row.name for row in ask(vault, list_clients, CaseloadFilter(working="open", today=TODAY))]


def test_a_sheet_nobody_knows_is_named_and_mapped_by_hand(
    vault: OpenVault, desk: DeskWindow, tmp_path: Path
) -> None:
    read(desk, tmp_path, odd=UNKNOWN)
    columns = desk.imports.columns
    assert columns.kinds[0].currentData() == ""
    assert columns.boxes == [{}]
    desk.click(desk.imports.next_button)
    assert "Every sheet is left out" in desk.imports.refusal.message.text()
    choose(desk, 0, "clients")
    assert not desk.imports.refusal.isVisible()
    for heading, key in (("Name of person", "clients.full_name"), ("Where they live", "clients.town")):
        box = columns.boxes[0][heading]
        assert box.isVisible()
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
    desk.click(desk.imports.next_button)
    assert desk.imports.looked.isVisible()
    desk.click(desk.imports.next_button)
    assert desk.imports.done.isVisible()
    assert names(vault) == ["Ann Bell"]


def test_each_step_begins_at_its_top_and_a_refusal_is_in_sight(desk: DeskWindow, tmp_path: Path) -> None:
    desk.window.resize(900, 600)
    many = {f"odd{number}": UNKNOWN for number in range(8)}
    read(desk, tmp_path, **many)
    bar = desk.imports.findChildren(ScrollPage)[0].verticalScrollBar()
    assert bar.maximum() > 0
    assert all(hint.isVisible() for hint in desk.imports.columns.hints)
    assert not any(save.isVisible() for save in desk.imports.columns.saves)
    bar.setValue(bar.maximum())
    desk.click(desk.imports.next_button)
    assert desk.imports.refusal.isVisible()
    assert bar.value() == 0
    read(desk, tmp_path, bad=BAD)
    bar.setValue(bar.maximum())
    desk.click(desk.imports.next_button)
    assert bar.value() == 0
    assert [view.isVisible() for view in desk.imports.views] == [False, False, True, False]


def test_a_sheet_taken_for_the_wrong_thing_can_be_left_out(desk: DeskWindow, tmp_path: Path) -> None:
    read(desk, tmp_path, clients="Ref,First name,Surname\nC1,Ann,Bell\n", odd=BAD)
    assert [kind.currentData() for kind in desk.imports.columns.kinds] == ["clients", "clients"]
    choose(desk, 1, "")
    assert desk.imports.columns.boxes[1] == {}
    assert not desk.imports.columns.shown[1].isVisible()
    desk.click(desk.imports.next_button)
    looked = desk.imports.flow.looked
    assert looked is not None
    assert [(one.imported, one.refused) for one in looked.accounts] == [(1, 0), (0, 3)]


def test_problems_are_listed_and_saved_without_formulas(desk: DeskWindow, tmp_path: Path) -> None:
    read(desk, tmp_path, bad=BAD)
    desk.click(desk.imports.next_button)
    view = desk.imports.looked
    assert view.to_look_at.isVisible()
    rows = [
        [column.text(one) for column in view.problems.table.columns] for one in view.problems.table.rows()
    ]
    assert rows[1][:5] == ["bad.csv", "", "3", "DOB", "31/02/1980"]
    assert rows[1][5].endswith(".")
    target = tmp_path / "list.csv"
    desk.dialogs.script(None, target)
    desk.click(view.save_button)
    assert not target.exists()
    desk.click(view.save_button)
    with target.open(newline="", encoding="utf-8-sig") as stream:
        head, first, *_ = csv.reader(stream)
    assert head == ["File", "Sheet", "Row", "Column", "Value", "What to know"]
    assert first[4] == '\'=HYPERLINK("x")'
    assert any("The list is saved" in message.words for message in desk.said)
    assert desk.imports.next_button.isEnabled()


def test_a_drive_that_does_not_take_the_list_is_said(desk: DeskWindow, tmp_path: Path) -> None:
    read(desk, tmp_path, bad=BAD)
    desk.click(desk.imports.next_button)
    desk.dialogs.script(tmp_path / "gone" / "list.csv")
    desk.click(desk.imports.looked.save_button)
    assert desk.imports.refusal.isVisible()
    assert desk.imports.next_button.isEnabled()


def test_nothing_to_look_at_shows_no_list(desk: DeskWindow, tmp_path: Path) -> None:
    read(desk, tmp_path, good="Ref,First name,Surname\nC1,Ann,Bell\n")
    desk.click(desk.imports.next_button)
    assert not desk.imports.looked.to_look_at.isVisible()


def test_ends_of_rows_are_words(desk: DeskWindow, tmp_path: Path) -> None:
    read(desk, tmp_path, bad=BAD)
    desk.click(desk.imports.next_button)
    view = desk.imports.looked
    shown = [view.table.table.columns[2].text(one) for one in view.table.table.rows()]
    assert shown == ["Left out", "Left out", "Brought in"]
    assert {key: chip.text() for key, chip in view.chips.items()} == {
        "all": "All 3",
        "imported": "Brought in 1",
        "merged": "Already known 0",
        "held": "Waiting for a decision 0",
        "refused": "Left out 2",
    }
    desk.click(view.chips["refused"])
    assert len(view.table.table.rows()) == 2
    assert outcome_words("merged") == "Already known"


def test_a_file_that_is_no_table_is_refused_in_words(desk: DeskWindow, tmp_path: Path) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    desk.imports.read_files((picture,))
    settle()
    assert "photo.csv" in desk.imports.refusal.message.text()
    assert desk.imports.flow.step is Step.FILES
    assert desk.imports.files.choose_button.isEnabled()


def test_the_steps_say_why_they_wait(desk: DeskWindow) -> None:
    del desk
    assert ImportFlow().missing().startswith("Choose at least one")
    assert ImportFlow(step=Step.COLUMNS).missing().startswith("Choose the programme")
    assert ImportFlow(step=Step.LOOK).missing() == ""


def test_one_work_at_a_time_and_it_can_be_stopped(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    furnished(vault)
    desk = open_desk(vault, Executors.threads())
    desk.window.go("import")
    read(desk, tmp_path, many=BAD)
    desk.until(lambda: desk.imports.flow.step is Step.COLUMNS)
    desk.until(lambda: not desk.imports.flow.missing())  # the programmes come from another thread
    desk.imports.next_button.click()
    assert desk.imports.is_working
    assert not desk.imports.next_button.isEnabled()
    desk.imports.go_on()
    desk.imports.progress.cancelled.emit()
    desk.until(lambda: not desk.imports.is_working)
    assert desk.imports.next_button.isEnabled()
    assert not desk.imports.progress.isVisible()


def test_large_letters_find_room(desk: DeskWindow, tmp_path: Path, qapp: QApplication, theme: Theme) -> None:
    desk.window.resize(1366, 768)
    read(desk, tmp_path, bad=BAD)
    first, second, *_ = desk.imports.columns.boxes[0].values()
    assert first.mapTo(desk.window, QPoint()).y() == second.mapTo(desk.window, QPoint()).y()
    desk.click(desk.imports.next_button)
    problems = desk.imports.looked.problems
    before = problems.columnWidth(3)
    theme.apply(qapp, "dark", 2.0)
    settle()
    assert problems.columnWidth(3) > before
    desk.click(desk.imports.back_button)
    assert first.mapTo(desk.window, QPoint()).y() < second.mapTo(desk.window, QPoint()).y()
    theme.apply(qapp, "light", 1.0)
