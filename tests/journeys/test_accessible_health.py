"""Health at work for everybody: names, keys, targets, contrast, and nothing cut at twice the text."""

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.access_to_work import SaveAccess, save_access
from coachdesk.casework.adjustment_steps import RecordStep, record_step
from coachdesk.casework.adjustments import AddAdjustment, add_adjustment
from coachdesk.casework.awards import SaveAward, SaveClaim, save_award, save_claim
from coachdesk.casework.return_to_work import ProposeSteps, propose_steps
from coachdesk.models import Absence
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import days_ago, do, keep
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY
from tests.worlds import made_once

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PLACES = {
    "everything there is": "",
    "a plan about to be made": "Adjustments plan…",
    "the draft sheet": "Draft sheet: Access to Work for Bay Bakery",
}


@pytest.fixture
def health_world(vault: OpenVault, caseload: Caseload) -> Caseload:
    made_once("accessible health", partial(_fill, caseload), vault)
    return caseload


def _fill(caseload: Caseload, vault: OpenVault) -> None:
    need, _ = do(
        vault,
        add_adjustment,
        AddAdjustment(
            client_id=caseload.late,
            need="A quiet corner away from the ovens after two",
            why="Noise",
            job_id=caseload.job,
            requested_on=days_ago(9),
        ),
    )
    refused = RecordStep(adjustment_id=need, event="refused", happened_on=days_ago(3), note="No room")
    do(vault, record_step, refused)
    case, _ = do(
        vault,
        save_access,
        SaveAccess(
            client_id=caseload.late,
            job_id=caseload.job,
            stage="awarded",
            submitted_on=days_ago(40),
            decided_on=TODAY,
        ),
    )
    item, _ = do(
        vault, save_award, SaveAward(case_id=case, what="Taxi to work", amount_pence=8450, per="week")
    )
    do(vault, save_claim, SaveClaim(case_id=case, item_id=item, amount_pence=16900))
    spell = Absence(client_id=caseload.late, job_id=caseload.job, from_on=days_ago(9), would_help="A lift")
    keep(vault, spell)
    do(vault, propose_steps, ProposeSteps(absence_id=spell.id, from_on=TODAY))


def go_there(desk: DeskWindow, caseload: Caseload, words: str) -> None:
    desk.open(caseload.late)
    desk.tab("health")
    if words:
        desk.press(words, desk.view)
    settle()


@pytest.mark.parametrize("place", PLACES)
def test_health_at_work_can_be_used_by_everybody(
    vault: OpenVault, health_world: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    desk = open_desk(vault)
    go_there(desk, health_world, PLACES[place])
    assert accessibility_walk.walk(desk.window) == []
    desk.awake()
    assert accessibility_walk.focus_findings(desk.window) == []
    theme.apply(qapp, "dark")
    settle()
    assert accessibility_walk.contrast_findings(desk.window) == []


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_health_at_work_is_cut_at_twice_the_text(
    vault: OpenVault, health_world: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    go_there(desk, health_world, PLACES[place])
    assert accessibility_walk.clipping_findings(desk.window) == []
