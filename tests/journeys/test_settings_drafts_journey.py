"""What is typed in the settings and in forms that are always there is kept too, and found again after a crash."""

import ast
import re
from pathlib import Path

import pytest

from coachdesk.casework.notices import SetNoticeVersion, set_notice_version
from coachdesk.ui.drafts.where import _WHERE, place_of
from coachdesk.ui.returns.named import NamedPart
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener, Unlocker
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.kept_drafts import drafts_of
from tests.makers import do

pytestmark = pytest.mark.journey

UI = Path(__file__).parent.parent.parent / "coachdesk" / "ui"
NOTHING_TO_KEEP = {
    "backups/restore_card.py": "the passphrase of a backup",
    "check_ins/wellbeing_part.py": "kept with the contact it is answered in",
    "clients/history_stood.py": "a day to look at",
    "erase_card.py": "a draft would outlive the person it speaks of",
    "lists/narrowing.py": "answers to look by",
    "returns/issued_sheet.py": "a check belongs to one pack and is answered afresh",
    "returns/named_basis.py": "one field to choose and its heading, added at once",
    "returns/named_transfer.py": "two days to look by",
    "returns/questions_builder.py": "choices; what was asked is kept as a question",
    "rights/certificate_card.py": "two days to print by",
    "rights/openings_part.py": "days to look by",
    "team/handover_part.py": "two choices",
}


def test_what_is_typed_in_the_settings_is_back_after_a_crash(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, unlock_again: Unlocker
) -> None:
    del caseload
    do(vault, set_notice_version, SetNoticeVersion(version="May 2026"))
    desk = open_desk(vault)
    desk.window.go("settings:lists")
    settle()
    desk.settings.notice_version.version.setFocus()
    desk.type(" B")
    desk.settings.lists.words.setFocus()
    desk.type("By the library")
    desk.window.go("settings:people")
    desk.settings.team.hub_name.setFocus()
    desk.type("Ulverston Hub")
    desk.until(lambda: len(drafts_of(desk)) == 3)
    vault.close()  # nobody told the window: nothing was handed in on the way out
    second = unlock_again()
    drafts = {draft.form: draft for draft in drafts_of(second)}
    assert set(drafts) == {"privacy notice", "answer", "hub"}
    second.window.go_on_writing(drafts["hub"])
    settle()
    assert second.settings.team.hub_name.text() == "Ulverston Hub"
    assert "Open the same form again" in second.said[-1].words
    second.click(second.settings.team.add_hub_button)
    second.window.go_on_writing(drafts["privacy notice"])
    settle()
    assert second.settings.notice_version.isVisible()
    assert second.settings.notice_version.version.text() == "May 2026 B"
    assert second.settings.lists.words.text() == "By the library"
    second.click(second.settings.notice_version.save_button)
    second.click(second.settings.lists.add_button)
    assert drafts_of(second) == ()


def test_a_form_that_is_always_there_is_kept_and_can_be_forgotten(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    del vault, caseload
    desk.window.go("returns")
    settle()
    page = desk.window.pages["returns"]
    assert isinstance(page, ReturnsPage)
    room = page.rooms.room("named")
    assert isinstance(room, NamedPart)
    audit = room.audit
    audit.show_programme("connect-to-work")
    desk.fill(audit.form, legal_reason="The contract, clause 14")
    audit.form.draft.emit(audit.form.raw())
    audit.show_programme("workwell")
    assert audit.form.raw()["legal_reason"] == ""
    assert not audit.kept.banner.isVisibleTo(audit)
    audit.show_programme("connect-to-work")
    assert audit.form.raw()["legal_reason"] == "The contract, clause 14"
    assert audit.kept.banner.isVisibleTo(audit)
    audit.kept.banner.acted.emit()
    assert audit.form.raw()["legal_reason"] == ""
    assert drafts_of(desk) == ()


def test_every_form_keeps_what_is_typed_or_says_why_not() -> None:
    without = set()
    for path in sorted(UI.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        makes = any(isinstance(one, ast.Name) and one.id == "Form" for one in calls)
        if makes and not re.search(r"keep_draft|KeptForm\(", text):
            without.add(path.relative_to(UI).as_posix())
    assert without - set(NOTHING_TO_KEEP) == set()


def test_who_goes_on_writing_is_led_to_a_form_that_is_there() -> None:
    named = "\n".join(
        path.read_text(encoding="utf-8") for path in UI.rglob("*.py") if path.name != "where.py"
    )
    assert [form for form in _WHERE if f'"{form}"' not in named] == []
    assert place_of("rate") == "settings:rates"
    assert place_of("contact") == ""
