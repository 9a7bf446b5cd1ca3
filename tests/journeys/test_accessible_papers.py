"""Papers, permissions and the wording of letters are walked like every other page."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.consents import GiveConsent, WithdrawConsent, give_consent, withdraw_consent
from coachdesk.casework.letter_templates import all_templates
from coachdesk.casework.letters import LetterQuestion, make_letter
from coachdesk.casework.permission_check import RecordSharing, record_sharing
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.journeys.test_accessible_pages import Place, side_form
from tests.makers import ask, days_ago, do
from tests.ui import accessibility_walk
from tests.ui.walked_rounds import cut, rounds
from tests.vault_fixtures import TODAY

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def letter(key: Qt.Key) -> Place:
    def show(desk: DeskWindow, caseload: Caseload) -> None:
        desk.open(caseload.late)
        desk.tab("papers")
        tab = page(desk.view.parts[TABS.index("papers")], PapersTab)
        desk.press("Write a letter…", tab)
        assert tab.menu_shown is not None
        QTest.keyClick(tab.menu_shown, key)
        settle()
        assert tab.writing.side.form is not None

    return show


def papers(desk: DeskWindow, caseload: Caseload) -> None:
    """Show a letter that was made and something that went without a permission; no notice of it passes meanwhile."""
    _permissions(desk, caseload)
    sharing = RecordSharing(
        client_id=caseload.late,
        sort="talk",
        purpose="share_health",
        recipient="Dr Anne Patel, Abbey Road Surgery",
        what="Rang about a fall",
        shared_on=TODAY,
        override_reason="She was in danger and could not be asked",
    )
    vault = desk.desk._vault
    do(vault, record_sharing, sharing)
    template = next(one.id for one in ask(vault, all_templates) if one.key == "employer")
    do(vault, make_letter, LetterQuestion(client_id=caseload.late, template_id=template, today=TODAY))
    desk.open(caseload.late)
    desk.tab("papers")
    tab = page(desk.view.parts[TABS.index("papers")], PapersTab)
    desk.press("Read: Letter to an employer: Bay Bakery", tab)


def permissions(desk: DeskWindow, caseload: Caseload) -> None:
    _permissions(desk, caseload)
    desk.open(caseload.late)
    desk.tab("details")
    desk.press("Renew: Talking with an employer: Bay Bakery", desk.view)


def _permissions(desk: DeskWindow, caseload: Caseload) -> None:
    vault = desk.desk._vault
    given = [
        do(
            vault,
            give_consent,
            GiveConsent(
                client_id=caseload.late,
                purpose=purpose,
                given_on=days_ago(400),
                recipient="Bay Bakery",
                how_given="spoken",
                data_covered="That they take part; What they need at work; How to reach them",
                wording_version="Form 3, May 2026",
                witness="Iqra Malik",
            ),
        )[0]
        for purpose in ("share_employer", "share_health")
    ]
    do(vault, withdraw_consent, WithdrawConsent(consent_id=given[1], withdrawn_on=TODAY))


def wordings(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("settings")
    names = [desk.settings.tabs.tabText(place) for place in range(desk.settings.tabs.count())]
    desk.settings.tabs.setCurrentIndex(names.index("Letters"))


def rewording(desk: DeskWindow, caseload: Caseload) -> None:
    wordings(desk, caseload)
    desk.press("Reword: Referral feedback", desk.settings.letters)


PLACES: dict[str, Place] = {
    "letter to the client": letter(Qt.Key.Key_A),
    "letter without a permission": letter(Qt.Key.Key_L),
    "papers": papers,
    "passing something on": side_form("papers", "Pass something on"),
    "permissions": permissions,
    "giving a permission": side_form("details", "Give a permission"),
    "wordings": wordings,
    "rewording": rewording,
}


@pytest.mark.parametrize("place", PLACES)
def test_papers_can_be_used_by_everybody(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    desk = open_desk(vault)
    PLACES[place](desk, caseload)
    settle()
    assert accessibility_walk.walk(desk.window) == []
    desk.awake()
    assert accessibility_walk.focus_findings(desk.window) == []
    theme.apply(qapp, "dark")
    settle()
    assert accessibility_walk.contrast_findings(desk.window) == []


GONE_TO_ONCE = rounds(
    PLACES,
    ("letter to the client", "giving a permission", "wordings", "rewording"),
    ("passing something on", "permissions"),
)
"""Places whose forms lie on tabs and pages of their own, so that none is in sight of another."""


@pytest.mark.parametrize("names", GONE_TO_ONCE)
def test_nothing_of_papers_is_cut_at_twice_the_text(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, names: str
) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    ways = {name: partial(PLACES[name], desk, caseload) for name in GONE_TO_ONCE[names]}
    assert cut(desk, ways) == {}
