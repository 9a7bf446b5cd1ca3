"""A return: chosen, worked out, each figure with its people, issued, and written again the same."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from coachdesk.casework.programmes import SetThreshold, set_threshold
from coachdesk.desk.counter import Executors
from coachdesk.returns.register import list_releases
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.vault.opened import OpenVault
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.makers import ask, do, furnished
from tests.returns.test_prepare import people

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def choose(desk: DeskWindow, programme: str) -> None:
    desk.window.go("returns")
    box = desk.returns.programme
    desk.until(lambda: box.findData(programme) >= 0)
    box.setCurrentIndex(box.findData(programme))
    box.activated.emit(box.currentIndex())
    period = desk.returns.period
    place = next(at for at in range(period.count()) if "Jul" in period.itemText(at))
    period.setCurrentIndex(place)
    period.activated.emit(place)


def worked_out(desk: DeskWindow) -> PreparedReturn:
    choose(desk, "grant")
    desk.click(desk.returns.work_button)
    desk.until(lambda: desk.returns.prepared is not None)
    prepared = desk.returns.prepared
    assert prepared is not None
    return prepared


def answered(desk: DeskWindow, by: str = "Ada Checker") -> None:
    """Open the sheet of questions, answer every one with no, and hand it in."""
    desk.click(desk.returns.issue_button)
    sheet = desk.returns.sheet
    assert sheet.form is not None
    sheet.form.set_values({**dict.fromkeys(sheet.form.names(), "no"), "checked_by": by})
    desk.click(sheet.go_button)


def primaries(desk: DeskWindow) -> list[str]:
    """Return the words of the primary buttons in sight."""
    settle()
    found = seen(desk.returns, QPushButton)
    return [one.text().replace("&", "") for one in found if one.property("kind") == "primary"]


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def returns_desk(vault: OpenVault, open_desk: Opener) -> DeskWindow:
    people(vault, 60)
    return open_desk(vault)


def test_figure_shows_exactly_its_people(returns_desk: DeskWindow) -> None:
    prepared = worked_out(returns_desk)
    figures = returns_desk.returns.figures
    shown = [figure for figure in prepared.figures if figure.client_ids][:3]
    assert shown
    for figure in shown:
        figures.table.choose(figure.id)
        assert figures.name.text() == figure.title
        assert figure.formula in figures.formula.text()
        assert {item.id for item in figures.people.items()} == set(figure.client_ids)


def test_line_of_quality_opens_a_person(returns_desk: DeskWindow) -> None:
    prepared = worked_out(returns_desk)
    line = prepared.quality[0]
    returns_desk.returns.tabs.setCurrentIndex(1)
    returns_desk.press(f"Show who: {line.sentence}", returns_desk.returns)
    quality = returns_desk.returns.quality
    assert set(quality.shown()) == set(line.client_ids)
    chosen = quality.people.current_id()
    quality.people.opened.emit(chosen)
    assert returns_desk.window.clients.client_id == chosen


def test_pack_is_issued_and_written_again_the_same(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    people(vault, 60)
    desk = open_desk(vault, Executors.threads())
    assert worked_out(desk).is_safe
    desk.dialogs.script(tmp_path, tmp_path)
    answered(desk)
    desk.until(lambda: [one for one in desk.said if "The pack is issued" in one.words])
    (release,) = ask(vault, list_releases)
    first = written(tmp_path / "grant 2026-07-01 to 2026-09-30")
    assert set(first) == set(release.files)
    assert all(first.values())
    desk.returns.rooms.room("issued")
    again = f"Write it again: {release.programme}, {release.period}"
    desk.until(lambda: again in [button.accessibleName() for button in seen(desk.returns, QPushButton)])
    desk.press(again, desk.returns)
    desk.until(lambda: [one for one in desk.said if "exactly as issued" in one.words])
    assert written(tmp_path / f"return {release.id.hex[:8]}") == first


def test_draft_is_not_registered_and_the_return_stays(
    returns_desk: DeskWindow, vault: OpenVault, tmp_path: Path
) -> None:
    worked_out(returns_desk)
    returns_desk.dialogs.script(tmp_path)
    returns_desk.click(returns_desk.returns.draft_button)
    assert written(tmp_path / "grant 2026-07-01 to 2026-09-30 draft")
    assert ask(vault, list_releases) == ()
    assert returns_desk.returns.prepared is not None
    assert returns_desk.returns.figures.isVisible()
    returns_desk.dialogs.script(tmp_path)
    answered(returns_desk)
    assert len(ask(vault, list_releases)) == 1
    assert returns_desk.returns.prepared is None


def test_no_folder_issues_nothing(returns_desk: DeskWindow, vault: OpenVault) -> None:
    worked_out(returns_desk)
    returns_desk.dialogs.script(None)
    answered(returns_desk)
    assert ask(vault, list_releases) == ()


def test_another_period_throws_the_figures_away(returns_desk: DeskWindow) -> None:
    worked_out(returns_desk)
    returns_desk.returns.period.activated.emit(0)
    assert returns_desk.returns.prepared is None
    assert not returns_desk.returns.issue_button.isEnabled()


def test_programme_without_a_threshold_leads_to_the_place_where_it_is_set(
    vault: OpenVault, open_desk: Opener
) -> None:
    furnished(vault)
    do(vault, set_threshold, SetThreshold(key="workwell", threshold=None))
    desk = open_desk(vault)
    choose(desk, "workwell")
    assert not desk.returns.work_button.isEnabled()
    assert primaries(desk) == ["Set the threshold"]
    desk.press("Set the threshold", desk.returns)
    form = desk.settings.programmes.form
    assert form.isVisible()
    assert "WorkWell" in form.heading.text()
    here = QApplication.focusWidget()
    assert here is not None
    assert form.isAncestorOf(here)
    desk.fill(form.form, threshold="5")
    desk.click(form.save_button)
    desk.window.go("returns")
    assert not desk.returns.no_threshold.isVisible()
    assert desk.returns.programme.currentData() == "workwell"
    assert primaries(desk) == ["Work it out"]
    assert desk.returns.work_button.isEnabled()


def test_each_step_has_one_primary_button(returns_desk: DeskWindow) -> None:
    choose(returns_desk, "grant")
    assert primaries(returns_desk) == ["Work it out"]
    assert not returns_desk.returns.draft_button.isVisible()
    worked_out(returns_desk)
    assert primaries(returns_desk) == ["Issue the pack…"]
    assert returns_desk.returns.work_button.text() == "&Work it out again"
    returns_desk.returns.period.activated.emit(0)
    assert primaries(returns_desk) == ["Work it out"]


def test_day_that_is_no_day_is_refused(vault: OpenVault, open_desk: Opener) -> None:
    furnished(vault)
    desk = open_desk(vault)
    choose(desk, "workwell")
    desk.returns.as_at.line.setText("the day after")
    desk.click(desk.returns.work_button)
    assert desk.returns.refusal.isVisible()
