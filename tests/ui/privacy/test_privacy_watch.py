"""The watch over one open vault: warns at the bottom, hides half way, locks without asking; and what is chosen is kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt

from coachdesk.ui.privacy.choices import CLIPBOARD_SECONDS, PrivacyChoices, keep_privacy, kept_privacy
from coachdesk.ui.privacy.watch import Watch
from coachdesk.ui.settings.page import SettingsPage
from tests.journeys.desk_window import DeskWindow


@pytest.fixture
def watch(desk: DeskWindow) -> Iterator[Watch]:
    made = Watch(desk.window)
    yield made
    made.stop()
    made.deleteLater()


def test_the_warning_stands_at_the_bottom_until_a_touch(desk: DeskWindow, watch: Watch) -> None:
    for seconds in (60, 55):
        watch.idle.warning.emit(seconds)
    assert desk.window.status.notice.isVisible()
    assert "55 seconds" in desk.window.status.notice.text()
    assert not desk.desk.is_locked
    watch.idle.touched.emit()
    assert not desk.window.status.notice.isVisible()


@pytest.mark.parametrize("reason", ["idle", "slept", "leaving"])
def test_every_reason_locks_without_a_question(desk: DeskWindow, watch: Watch, reason: str) -> None:
    watch.lock_wanted.connect(desk.window.close)
    signals = {"idle": watch.idle.idle, "slept": watch.idle.slept, "leaving": watch.session.leaving}
    signals[reason].emit()
    assert desk.desk.is_locked
    assert desk.dialogs.asked == []


def test_half_way_the_page_is_hidden(desk: DeskWindow, watch: Watch) -> None:
    watch.idle.half.emit()
    assert desk.window.privacy.is_on


def test_the_idle_time_of_the_settings_holds_at_once(desk: DeskWindow, watch: Watch) -> None:
    assert watch._minutes() == 10
    desk.window.office.settings.setValue("lock/idle_minutes", "5")
    assert watch._minutes() == 5


def test_choices_are_kept_and_nonsense_is_as_usual(desk: DeskWindow) -> None:
    settings = desk.window.office.settings
    assert kept_privacy(settings) == PrivacyChoices()
    chosen = PrivacyChoices(
        on_second_screen=False, at_half_idle=False, after_minimised=True, clipboard_seconds=15
    )
    keep_privacy(settings, chosen)
    assert kept_privacy(QSettings(settings.fileName(), QSettings.Format.IniFormat)) == chosen
    for nonsense in ("soon", "7", ""):
        settings.setValue("privacy/clipboard_seconds", nonsense)
        assert kept_privacy(settings).clipboard_seconds == 60


def test_the_card_shows_and_keeps_what_is_chosen(desk: DeskWindow) -> None:
    desk.window.go("settings")
    page = desk.window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    card = page.privacy_card
    for box in (card.on_second_screen, card.after_minimised):
        box.setFocus()
        desk.key(Qt.Key.Key_Space)
    card.clipboard.setCurrentIndex(CLIPBOARD_SECONDS.index(300))
    card.clipboard.activated.emit(card.clipboard.currentIndex())
    assert card.clipboard.currentText() == "5 minutes"
    assert kept_privacy(desk.window.office.settings) == PrivacyChoices(
        on_second_screen=False, at_half_idle=True, after_minimised=True, clipboard_seconds=300
    )
    assert desk.window._copied_stays() == 300
