"""Ways into a vault, as a person goes them: create, unlock, recovery key, and everything that can be wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.desk.inline import InlineExecutor
from coachdesk.errors import Trouble
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.recovery import new_recovery_key
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import PERSON as PERSON_SLOT
from coachdesk.vault.slots import RECOVERY
from tests.ui import accessibility_walk
from tests.vault_fixtures import PASSPHRASE, TODAY, Template

GOOD = "velvet anchor bicycle plum"


class _Journey:
    """A window, its answers, and the vaults it opened, closed at the end."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        self.home = home
        self.dialogs = ScriptedDialogs()
        settings = QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat)
        self.known = KnownVaults(settings, home)
        self.opened: list[OpenVault] = []
        self.qtbot = qtbot

    def window(self) -> UnlockWindow:
        made = UnlockWindow(InlineExecutor(), self.dialogs, FixedClock.on(TODAY), self.known)
        made.opened.connect(self.opened.append)
        self.qtbot.addWidget(made)
        made.show()
        return made

    def close(self) -> None:
        for vault in self.opened:
            vault.close()


@pytest.fixture
def journey(
    qtbot: QtBot, theme: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[_Journey]:
    assert theme is not None
    monkeypatch.setattr("coachdesk.vault.sealed.measured", Cost.floor)
    made = _Journey(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def vault_place(vault_template: Template, tmp_path: Path) -> Path:
    return vault_template.copied_to(tmp_path / "Furness.coachdesk")


def _fill_in(window: UnlockWindow, passphrase: str = GOOD, again: str = GOOD) -> None:
    window.welcome.create_button.click()
    page = window.create_page
    page.organisation.line.setText("Furness: Into Work")
    page.person.line.setText("Ruth Ellison")
    page.passphrase.line.setText(passphrase)
    page.again.line.setText(again)
    page.create_button.click()


def _choose(window: UnlockWindow, journey: _Journey, folder: Path) -> None:
    journey.dialogs.script(folder)
    window.welcome.open_button.click()


def _unlock(window: UnlockWindow, passphrase: str) -> None:
    window.unlock_page.passphrase.line.setText(passphrase)
    window.unlock_page.unlock_button.click()


def _findings(window: UnlockWindow) -> list[str]:
    return accessibility_walk.walk(window)


def _slips(key: str) -> tuple[tuple[str, str], ...]:
    swapped = key[:12] + key[13] + key[12] + key[14:] if key[12] != key[13] else key[:12] + "*" + key[13:]
    return (swapped, "Check group 3"), (new_recovery_key(), "That is a recovery key, but not this one.")


def test_a_vault_is_made_once_its_recovery_key_was_typed_back(journey: _Journey) -> None:
    window = journey.window()
    assert window.pages.currentWidget() is window.welcome
    _fill_in(window)
    assert window.pages.currentWidget() is window.creation.recovery
    assert _findings(window) == []
    page = window.creation.recovery
    assert not page.typed.isVisibleTo(page), "never the key and the question for it at once"
    key = "-".join(page.key_words.text().split())
    page.next_button.click()
    assert page.key_words.text() == ""
    assert _findings(window) == []
    for typed, said in (("WRONG", "The recovery key has 40 characters"), *_slips(key)):
        page.typed.line.setText(typed)
        page.done_button.click()
        assert page.typed.refusal.text().startswith(said)
    assert journey.opened == []
    page.again_button.click()
    assert "-".join(page.key_words.text().split()) == key
    page.next_button.click()
    page.typed.line.setText(key.lower().replace("-", " ").replace("0", "o"))
    page.done_button.click()
    (vault,) = journey.opened
    assert vault.folder == journey.home / "CoachDesk" / "Furness Into Work.coachdesk"
    assert journey.known.last() == vault.folder
    assert page.key_words.text() == page.typed.text() == ""
    assert window.create_page.passphrase.text() == ""


def test_a_weak_passphrase_is_refused_beside_its_field(journey: _Journey) -> None:
    window = journey.window()
    _fill_in(window, "password1", "password1")
    assert window.pages.currentWidget() is window.create_page
    assert "Choose a longer one" in window.create_page.passphrase.refusal.text()
    assert not (journey.home / "CoachDesk").exists()


def test_two_passphrases_that_differ(journey: _Journey) -> None:
    window = journey.window()
    _fill_in(window, GOOD, "velvet anchor bicycle plumb")
    assert window.create_page.again.refusal.text().startswith("The two passphrases differ.")
    assert window.create_page.passphrase.refusal.text() == ""


def test_nothing_filled_in_is_said_at_each_field(journey: _Journey) -> None:
    window = journey.window()
    window.welcome.create_button.click()
    page = window.create_page
    page.create_button.click()
    said = [field.refusal.text() for field in (page.organisation, page.person, page.passphrase, page.again)]
    assert [bool(words) for words in said] == [True, True, True, False]
    page.back_button.click()
    assert window.pages.currentWidget() is window.welcome


def test_the_strength_is_told_while_typing(journey: _Journey) -> None:
    window = journey.window()
    window.welcome.create_button.click()
    page = window.create_page
    for passphrase, words in (
        ("aaaaaaaa", "This would be guessed at once."),
        (GOOD, "This is very hard to guess."),
    ):
        page.passphrase.line.setText(passphrase)
        page.passphrase.line.textEdited.emit(passphrase)
        assert page.secret.strength.text().startswith(words)


def test_a_place_that_is_unwise_is_warned_of(journey: _Journey) -> None:
    window = journey.window()
    window.welcome.create_button.click()
    journey.dialogs.script(journey.home / "OneDrive - Furness")
    window.create_page.place_button.click()
    assert "OneDrive" in window.create_page.place_warning.text()
    assert "OneDrive - Furness" in window.create_page.place_words.text()
    journey.dialogs.script(None)
    window.create_page.place_button.click()
    assert "OneDrive - Furness" in window.create_page.place_words.text()


def test_a_wrong_passphrase_is_said_beside_the_field_and_the_right_one_opens(
    journey: _Journey, vault_place: Path
) -> None:
    window = journey.window()
    _choose(window, journey, vault_place)
    page = window.unlock_page
    assert page.title.text() == "Furness"
    assert page.person.isHidden()
    page.unlock_button.click()
    assert page.passphrase.refusal.text() == "Type your passphrase."
    _unlock(window, "not this one")
    assert page.passphrase.refusal.text()
    assert page.passphrase.line.accessibleDescription() == page.passphrase.refusal.text()
    assert journey.opened == []
    _unlock(window, PASSPHRASE)
    assert [vault.folder for vault in journey.opened] == [vault_place]
    assert page.passphrase.text() == ""


def test_the_vault_used_last_is_asked_for_at_once(journey: _Journey, vault_place: Path) -> None:
    journey.known.remember(vault_place)
    window = journey.window()
    assert window.pages.currentWidget() is window.unlock_page
    window.unlock_page.another_button.click()
    assert window.pages.currentWidget() is window.welcome


def test_the_recovery_key_opens(journey: _Journey, vault_place: Path, vault_template: Template) -> None:
    window = journey.window()
    _choose(window, journey, vault_place)
    window.unlock_page.recover_button.click()
    page = window.recover_page
    page.unlock_button.click()
    assert page.key.refusal.text() == "Type the key from its sheet."
    page.key.line.setText(vault_template.recovery_key[:-1])
    page.unlock_button.click()
    assert page.key.refusal.text()
    assert journey.opened == []
    page.key.line.setText(vault_template.recovery_key.lower())
    page.unlock_button.click()
    assert journey.opened == []
    chosen = window.regaining.page
    assert window.pages.currentWidget() is chosen
    assert chosen.person.isHidden()
    assert _findings(window) == []
    for words, said in (("", "Choose a passphrase."), ("Ruth Ellison!", "built on a name")):
        chosen.secret.passphrase.line.setText(words)
        chosen.secret.again.line.setText(words)
        chosen.save_button.click()
        assert said in chosen.secret.passphrase.refusal.text()
    chosen.secret.passphrase.line.setText(GOOD)
    chosen.secret.again.line.setText(GOOD)
    chosen.save_button.click()
    (vault,) = journey.opened
    assert (vault.folder, vault.slot.kind) == (vault_place, PERSON_SLOT)
    vault.close()
    SealedVault(vault_place).open(GOOD, clock=FixedClock.on(TODAY)).close()


def test_a_new_passphrase_after_the_recovery_key_may_wait(
    journey: _Journey, vault_place: Path, vault_template: Template
) -> None:
    window = journey.window()
    _choose(window, journey, vault_place)
    window.unlock_page.recover_button.click()
    window.recover_page.key.line.setText(vault_template.recovery_key)
    window.recover_page.unlock_button.click()
    window.regaining.page.skip_button.click()
    (vault,) = journey.opened
    assert vault.slot.kind == RECOVERY


def test_a_folder_that_is_no_vault_leads_back_to_the_welcome(journey: _Journey) -> None:
    window = journey.window()
    journey.known.remember(journey.home)
    _choose(window, journey, journey.home)
    assert window.pages.currentWidget() is window.welcome
    assert window.trouble is not None
    assert journey.home not in journey.known.all()
    assert _findings(window) == []


def test_nobody_chosen_changes_nothing(journey: _Journey) -> None:
    window = journey.window()
    journey.dialogs.script(None)
    window.welcome.open_button.click()
    assert window.pages.currentWidget() is window.welcome


def test_the_practice_world_shows_its_progress_and_its_trouble(journey: _Journey) -> None:
    window = journey.window()
    window.show_progress(0.5, "Inventing people")
    assert not window.progress.isHidden()
    assert not window.pages.isEnabled()
    window.failed_elsewhere(Trouble("The drive is full.", advice="Make room."))
    assert window.progress.isHidden()
    assert window.pages.isEnabled()
    assert window.trouble is not None


def test_the_window_says_once_that_it_is_seen(journey: _Journey) -> None:
    window = UnlockWindow(InlineExecutor(), journey.dialogs, FixedClock.on(TODAY), journey.known)
    journey.qtbot.addWidget(window)
    seen: list[bool] = []
    window.seen.connect(lambda: seen.append(True))
    assert seen == []
    window.grab()
    window.grab()
    assert seen == [True]


def test_only_the_page_that_is_shown_is_built(journey: _Journey) -> None:
    assert journey.window().pages.count() == 1


@pytest.mark.parametrize("page", ["welcome", "create_page", "unlock_page", "recover_page"])
def test_every_page_is_fit_for_everybody(journey: _Journey, vault_place: Path, page: str) -> None:
    window = journey.window()
    if page == "create_page":
        window.welcome.create_button.click()
    elif page != "welcome":
        _choose(window, journey, vault_place)
    if page == "recover_page":
        window.unlock_page.recover_button.click()
    assert window.pages.currentWidget() is getattr(window, page)
    assert _findings(window) == []
