"""Whom a coach looks after for a colleague stands in her own pane, marked with the colleague's name."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from coachdesk.models import Cover
from coachdesk.ui.clients.caseload_pane import CaseloadPane
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import settle
from tests.makers import a_client, a_coach, furnished, keep
from tests.ui.clients.list_desk import an_office
from tests.vault_fixtures import TODAY


def test_a_covered_client_says_for_whom(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    furnished(vault)
    colleague = a_coach(name="Iqra Malik")
    own = a_client(first_name="Ash", last_name="", coach_id=vault.coach_id)
    theirs = a_client(first_name="Bo", last_name="", coach_id=colleague.id)
    keep(vault, colleague, own, theirs)
    pane = CaseloadPane(an_office(vault, theme, tmp_path))
    qtbot.addWidget(pane)

    def below() -> dict[str, str]:
        pane.refresh()
        settle()
        return {item.title: item.detail for item in pane.list.items()}

    assert below() == {"Ash": "Enquiry", "Bo": "Enquiry"}
    keep(vault, Cover(away_id=colleague.id, covered_by_id=vault.coach_id, from_on=TODAY, to_on=TODAY))
    assert below() == {"Ash": "Enquiry", "Bo": "For Iqra Malik · Enquiry"}
