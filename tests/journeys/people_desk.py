"""The settings about people, opened and used, for the journeys that need them."""

import threading
from typing import Any

import pytest

from coachdesk.terms import Role
from coachdesk.ui.settings.people_forms import PersonForm
from coachdesk.vault import rotation
from coachdesk.vault.backup import ensure_backup
from tests.journeys.desk_window import DeskWindow, settle
from tests.vault.team import IQRA, IQRAS

NEW = "quiet marble otter seven fields"
OTHER = "amber kettle walks north slowly"


def show(desk: DeskWindow) -> None:
    desk.window.go("settings")
    tabs = desk.settings.tabs
    tabs.setCurrentIndex([tabs.tabText(place) for place in range(tabs.count())].index("People"))
    settle()


def twice(form: PersonForm, passphrase: str) -> None:
    form.secret.passphrase.line.setText(passphrase)
    form.secret.again.line.setText(passphrase)


def add_iqra(desk: DeskWindow, role: str = Role.COACH) -> None:
    card = desk.settings.team
    desk.click(card.add_person_button)
    card.form.name.line.setText(IQRA)
    card.form.role.choose(role)
    twice(card.form, IQRAS)
    desk.click(card.form.save_button)
    assert card.found.text() == f"{IQRA} can unlock the vault now."


def hold_key_changes(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold a change of the vault's key at its beginning until told to go on."""
    go_on = threading.Event()

    def waiting(*given: Any) -> Any:
        assert go_on.wait(20)
        return ensure_backup(*given)

    monkeypatch.setattr(rotation, "ensure_backup", waiting)
    return go_on
