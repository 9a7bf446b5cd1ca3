"""Settings: the look, the rules of a programme, the lists, the team and the vault."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox

from coachdesk.casework.codes import all_codes
from coachdesk.casework.programmes import list_programmes
from coachdesk.casework.team import list_coaches, list_hubs
from coachdesk.desk.counter import Executors
from coachdesk.ui.look_settings import (
    IDLE_MINUTES,
    SCALES,
    SCHEMES,
    apply_kept_look,
    idle_minutes,
    kept_scale,
    kept_scheme,
)
from coachdesk.ui.settings import vault_card
from coachdesk.ui.theme import Theme, look
from coachdesk.ui.tokens import DARK, LIGHT
from coachdesk.vault.backup import looked_into
from coachdesk.vault.health import Report
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import ask

pytestmark = pytest.mark.journey

LOOK, PROGRAMMES, LISTS, TEAM, VAULT = "Look and lock", "Programmes", "Lists", "People", "Vault"


def show(desk: DeskWindow, group: str) -> None:
    desk.window.go("settings")
    desk.settings.tabs.setCurrentIndex(groups_of(desk).index(group))


def groups_of(desk: DeskWindow) -> list[str]:
    tabs = desk.settings.tabs
    return [tabs.tabText(place) for place in range(tabs.count())]


def test_dark_and_larger_text_hold_at_once_and_next_time(
    desk: DeskWindow, qapp: QApplication, theme: Theme
) -> None:
    show(desk, LOOK)
    card = desk.settings.look_card
    card.scheme.setCurrentIndex(SCHEMES.index("dark"))
    card.scheme.activated.emit(card.scheme.currentIndex())
    assert look().colours == DARK
    card.scale.setCurrentIndex(SCALES.index(1.5))
    card.scale.activated.emit(card.scale.currentIndex())
    assert look().scale == 1.5
    kept = QSettings(str(desk.settings_file), QSettings.Format.IniFormat)
    assert kept_scheme(kept) == "dark"
    assert kept_scale(kept) == 1.5
    theme.apply(qapp, "light")
    assert look().colours == LIGHT
    apply_kept_look(qapp, theme, kept)
    assert look().colours == DARK


def test_idle_time_holds_from_the_next_unlock(desk: DeskWindow) -> None:
    show(desk, LOOK)
    box = desk.settings.look_card.idle
    box.setCurrentIndex(IDLE_MINUTES.index(5))
    box.activated.emit(box.currentIndex())
    assert idle_minutes(QSettings(str(desk.settings_file), QSettings.Format.IniFormat)) == 5
    assert "from now on" in desk.said[-1].words


def test_threshold_is_changed(desk: DeskWindow, vault: OpenVault) -> None:
    show(desk, PROGRAMMES)
    workwell = next(one for one in ask(vault, list_programmes) if one.key == "workwell")
    desk.press(f"Threshold: {workwell.title}", desk.settings)
    form = desk.settings.programmes.form
    desk.fill(form.form, threshold="2")
    desk.click(form.save_button)
    assert form.form is not None
    assert "threshold" in form.form.refusals()
    desk.fill(form.form, threshold="10")
    desk.click(form.save_button)
    assert not form.isVisible()
    assert "Counts of 1 to 9 are withheld" in desk.words(desk.settings)
    assert next(one for one in ask(vault, list_programmes) if one.key == "workwell").threshold == 10


def test_evidence_of_a_start_is_written_down(desk: DeskWindow) -> None:
    show(desk, PROGRAMMES)
    card = desk.settings.programmes
    assert "evidence of a start is not written down" in desk.words(card)
    desk.press("Evidence of a start: WorkWell", card)
    assert card.form.form is not None
    card.form.form.set_raw({"job_start": ["payslip"], "four_hours": []})
    desk.click(card.form.save_button)
    desk.until(lambda: "Evidence of a start the funder accepts: Payslip" in desk.words(card))


def test_planned_figure_is_kept(desk: DeskWindow, vault: OpenVault) -> None:
    show(desk, PROGRAMMES)
    workwell = next(one for one in ask(vault, list_programmes) if one.key == "workwell")
    desk.press(f"Planned figure: {workwell.title}", desk.settings)
    form = desk.settings.programmes.form
    desk.fill(form.form, measure="starts", figure="40")
    desk.click(form.save_button)
    assert not form.isVisible()
    assert "planned" in desk.said[-1].words.lower()


def test_answer_is_added_reworded_and_retired(desk: DeskWindow, vault: OpenVault) -> None:
    show(desk, LISTS)
    card = desk.settings.lists
    card.which.setCurrentIndex(card.which.findData("place"))
    card.words.setText("On the ferry")
    desk.click(card.add_button)
    added = next(one for one in ask(vault, all_codes)["place"] if one.title == "On the ferry")
    assert added.key in [option.value for option in desk.window.office.codes.options("place")]
    assert card.answers.choose(added.key)
    card.words.setText("On the boat")
    desk.click(card.rename_button)
    assert desk.window.office.codes.title("place", added.key) == "On the boat"
    card.answers.choose(added.key)
    desk.click(card.retire_button)
    assert added.key not in [option.value for option in desk.window.office.codes.options("place")]
    assert desk.window.office.codes.title("place", added.key) == "On the boat"


def test_answer_without_words_is_refused(desk: DeskWindow, vault: OpenVault) -> None:
    show(desk, LISTS)
    before = ask(vault, all_codes)
    desk.settings.lists.words.clear()
    desk.click(desk.settings.lists.add_button)
    assert desk.window.banners.banners()
    assert ask(vault, all_codes) == before


def test_hub_and_coach_are_added(desk: DeskWindow, vault: OpenVault) -> None:
    show(desk, TEAM)
    card = desk.settings.team
    card.hub_name.setText("Ulverston Hub")
    desk.click(card.add_hub_button)
    card.coach_name.setText("Iqra Malik")
    desk.click(card.add_coach_button)
    assert "Ulverston Hub" in [hub.name for hub in ask(vault, list_hubs)]
    assert "Iqra Malik" in [coach.name for coach in ask(vault, list_coaches)]
    words = desk.words(desk.settings)
    assert "Ulverston Hub" in words
    assert "Iqra Malik" in words
    assert card.hub_name.text() == card.coach_name.text() == ""


def test_nameless_hub_and_coach_are_refused(desk: DeskWindow, vault: OpenVault) -> None:
    show(desk, TEAM)
    before = len(ask(vault, list_hubs)), len(ask(vault, list_coaches))
    desk.click(desk.settings.team.add_hub_button)
    desk.click(desk.settings.team.add_coach_button)
    assert (len(ask(vault, list_hubs)), len(ask(vault, list_coaches))) == before
    assert desk.window.banners.banners()


def test_backup_is_written_and_the_vault_is_well(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    del caseload
    desk = open_desk(vault, Executors.threads())
    show(desk, VAULT)
    card = desk.settings.vault_card
    desk.until(lambda: "not been backed up" in card.last.text())
    target = tmp_path / "stick.coachdesk-backup"
    desk.dialogs.script(target)
    desk.click(card.backup_button)
    desk.until(lambda: "Backed up and checked" in card.found.text())
    assert looked_into(target).vault == vault.vault_id
    desk.until(lambda: card.last.text().startswith("Last backup: "))
    desk.until(lambda: desk.window.status.backup.text() == "Last backup: today")
    desk.until(card.check_button.isEnabled)
    desk.click(card.check_button)
    desk.until(lambda: "All is well" in card.found.text())


def test_what_can_be_read_is_saved_when_a_check_found_damage(
    vault: OpenVault, open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(vault, Executors.threads())
    show(desk, VAULT)
    card = desk.settings.vault_card
    desk.click(card.check_button)
    desk.until(lambda: "All is well" in card.found.text())
    assert not card.rescue_button.isVisible()
    found = Report(("2 parts of the data file are damaged.",), {"damaged_pages": 2})
    monkeypatch.setattr(vault_card, "check", lambda _vault: found)
    desk.click(card.check_button)
    desk.until(card.rescue_button.isVisible)
    desk.click(card.rescue_button)
    desk.until(lambda: "what could be read 1" in card.found.text())
    assert "0 lost" in card.found.text()
    saved = SealedVault(vault.folder.with_name("Furness (what could be read 1).coachdesk"))
    assert saved.people()


def test_backup_without_a_file_writes_nothing(desk: DeskWindow, tmp_path: Path) -> None:
    show(desk, VAULT)
    desk.dialogs.script(None)
    desk.click(desk.settings.vault_card.backup_button)
    assert list(tmp_path.glob("*.coachdesk-backup")) == []


def test_a_passing_wheel_changes_no_setting(desk: DeskWindow) -> None:
    turned = 0
    for group in groups_of(desk):
        show(desk, group)
        for box in seen(desk.settings, QComboBox):
            before = box.currentIndex()
            assert box.count() > 1
            for notches in (-1, 1):
                _turn_wheel(box, notches)
                assert box.currentIndex() == before
            turned += 1
    assert turned >= 4


def _turn_wheel(box: QComboBox, notches: int) -> None:
    middle = QPointF(box.rect().center())
    event = QWheelEvent(
        middle,
        box.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
