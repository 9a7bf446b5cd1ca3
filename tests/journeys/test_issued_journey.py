"""What was issued: opened with its people, set beside today, and issued anew."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from coachdesk.models import Enrolment
from coachdesk.returns.choice import ProtectionChoice
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.reopened import reopened
from coachdesk.returns.wishes import IssueWish
from coachdesk.ui.returns.issued_part import IssuedPart
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.test_return_journey import answered, worked_out
from tests.makers import ask
from tests.returns.test_prepare import WISH, people

pytestmark = [pytest.mark.journey, pytest.mark.slow]

QUICK = replace(WISH, choice=ProtectionChoice(seconds=0))
"""No time is spent on withholding less: what is tested here does not rest on it."""


def issued(vault: OpenVault, folder: Path) -> UUID:
    people(vault, 36)
    wish = IssueWish(prepared=prepare(vault, QUICK, Watch.silent()), folder=folder)
    release_id = issue(vault, wish, Watch.silent()).release_id
    assert release_id is not None
    return release_id


def room(desk: DeskWindow) -> IssuedPart:
    desk.window.go("returns")
    part = desk.returns.rooms.room("issued")
    assert isinstance(part, IssuedPart)
    settle()
    return part


def worked_reason(desk: DeskWindow) -> str:
    prepared = desk.returns.prepared
    assert prepared is not None
    return prepared.wish.reason


def test_an_issued_return_opens_its_people_and_what_changed_since(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    release_id = issued(vault, tmp_path / "one")
    was = ask(vault, reopened, release_id)
    starts = next(figure for figure in was.figures if figure.id == "starts")
    gone = starts.client_ids[0]
    with unit_of_work(vault, label="Corrected a date") as work:
        enrolment = work.session.scalars(select(Enrolment).where(Enrolment.client_id == gone)).one()
        enrolment.started_on = WISH.to_on.replace(month=10, day=1)
        enrolment.profile_started_on = None
    desk = open_desk(vault)
    part = room(desk)
    desk.press(f"Open: {was.title}", desk.returns)
    assert part.opened.isVisible()
    assert not part.register.isVisible()
    part.figures.table.choose("starts")
    assert {item.id for item in part.figures.people.items()} == set(starts.client_ids)
    assert f"{len(starts.client_ids)} people" in part.figures.worked.text()
    desk.press("Changed since issued", desk.returns)
    assert part.tabs.tabText(part.tabs.currentIndex()) == "Changed since"
    assert "changed since it was issued" in part.changes.summary.text()
    part.changes.table.choose("starts")
    (item,) = part.changes.who.people.items()
    assert item.id == gone
    assert "enrolment changed on" in item.detail
    assert "changed in the tables" in part.changes.cells_summary.text()
    part.changes.cells.choose("starts-by-hub|Total")
    assert part.changes.name.text() == "Starts by hub, Total"
    assert [one.id for one in part.changes.who.people.items()] == [gone]
    assert part.changes.table.selectionModel().selectedRows() == []
    part.tabs.setCurrentIndex(1)
    table = part.tables.table
    assert table is not None
    shown = next(each for each in was.tables if each.title == part.tables.title.text())
    table.choose("|".join(shown.rows[-1]))
    assert part.tables.cell.text() == "Total"
    assert was.cells is not None
    behind = set(was.cells.behind(shown.id, ("Total",)))
    assert {one.id for one in part.tables.who.people.items()} == behind
    chosen = part.tables.who.people.items()[0].id
    part.tables.who.people.choose(chosen)
    part.tables.who.people.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert desk.window.clients.client_id == chosen
    room(desk)
    desk.press("Make a revised return", desk.returns)
    assert desk.returns.work_button.isVisible()
    assert desk.returns.programme.currentData() == "grant"
    assert "Jul" in desk.returns.period.currentText()
    assert desk.returns.reason.line.hasFocus()
    desk.click(desk.returns.work_button)
    assert "issued already" in desk.returns.refusal.message.text()
    desk.returns.reason.line.setText("A start was recorded too early")
    desk.click(desk.returns.work_button)
    assert worked_reason(desk) == "A start was recorded too early"
    room(desk)
    desk.press("Back to the list", desk.returns)
    assert part.register.isVisible()


def test_nothing_leaves_before_everything_is_answered_with_no(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    people(vault, 36)
    desk = open_desk(vault)
    worked_out(desk)
    desk.click(desk.returns.issue_button)
    sheet = desk.returns.sheet
    assert sheet.isVisible()
    assert sheet.form is not None
    desk.click(sheet.go_button)
    assert set(sheet.form.refusals()) == set(sheet.form.names())
    sheet.form.set_values(
        {**dict.fromkeys(sheet.form.names(), "no"), "neighbour": "yes", "checked_by": "Ada"}
    )
    sheet.form.input("journalist").focus()
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert set(sheet.form.refusals()) == {"neighbour"}
    desk.key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    desk.dialogs.script(tmp_path)
    answered(desk, "Ada Checker")
    part = room(desk)
    desk.press("Open: Community grant, 1 July 2026 to 30 September 2026", desk.returns)
    part.tabs.setCurrentIndex(3)
    release = part.release
    assert release is not None
    assert release.checked_by == "Ada Checker"
    assert set(release.intruder.values()) == {"no"}
    said = " ".join(release.protection["said"])
    assert "Ada" not in said
