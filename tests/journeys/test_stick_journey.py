"""The stick with the backups is pulled out while one is written and words are being typed: the screen leads back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from coachdesk.models import Contact
from coachdesk.ui.settings.vault_card import VaultCard
from coachdesk.vault import pack
from coachdesk.vault.backup import ground_of
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, seen

pytestmark = pytest.mark.journey

NOTE = "She would rather start with mornings"


def vault_card(desk: DeskWindow) -> VaultCard:
    desk.window.go("settings")
    tabs = desk.settings.tabs
    tabs.setCurrentIndex([tabs.tabText(place) for place in range(tabs.count())].index("Vault"))
    return desk.settings.vault_card


def banners(desk: DeskWindow) -> list[str]:
    return [one.message.text() for one in desk.window.banners.banners()]


def words_of(card: VaultCard) -> str:
    return "\n".join(one.text() for one in seen(card, QLabel))


def notes(vault: OpenVault) -> list[str]:
    with reading(vault) as session:
        return [one.note for one in session.query(Contact) if one.note]


def test_a_stick_pulled_out_costs_neither_words_nor_backups(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    stick.mkdir()
    card = vault_card(desk)
    desk.click(card.rule_button)
    desk.dialogs.script(stick)
    desk.click(card.folder_button)
    desk.click(card.rule_form.save_button)
    desk.click(card.now_button)
    (first,) = stick.iterdir()

    desk.open(caseload.today)
    desk.window.contact_shortcut()
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.type(NOTE)

    def pulled(*_: object) -> None:
        stick.rename(pocket)
        raise OSError(5, "Input/output error")

    card = vault_card(desk)
    with monkeypatch.context() as while_written:
        while_written.setattr(pack, "replaced", pulled)
        desk.click(card.now_button)
    assert "no backup was made" in card.found.text()
    assert "Plug the stick or drive in" in card.found.text()
    assert banners(desk) == [f"“{stick}” is not there, so no backup was made."]
    assert (
        words_of(card).count("Plug") == 1
    )  # once at the top, once where it was asked for, and no third time
    assert not card.reminder.isVisible()
    assert [one.name for one in pocket.iterdir() if one.suffix == ".coachdesk-backup"] == [first.name]

    desk.open(caseload.today)
    form = desk.view.contact_form
    assert form.form is not None
    assert form.form.raw()["note"] == NOTE
    desk.click(form.save_button)
    desk.until(lambda: notes(vault) == [NOTE])

    card = vault_card(desk)
    desk.click(card.now_button)
    assert "is not there, so no backup was made" in card.found.text()
    assert len(banners(desk)) == 1
    pocket.rename(stick)
    desk.click(card.now_button)
    (newest,) = (one for one in stick.iterdir() if one.name != first.name)
    assert card.found.text() == f"Backed up and checked: {newest}"
    assert pack.looked_into(newest).position == ground_of(vault).position()
    assert not card.reminder.isVisible()
    assert banners(desk) == []
    assert desk.window.banners.isHidden()

    desk.dialogs.script(newest)
    desk.click(card.restore_button)
    desk.click(card.restore_card.compare_button)
    assert "Both hold the same changes." in words_of(card)
