"""A trustee who keeps the recovery key: Today says what is hers to do, and leads to it."""

import pytest

from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.ui.today.trustee_card import TrusteeCard
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.recovery_slot import prove_recovery_key
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.vault_fixtures import Template

pytestmark = pytest.mark.journey


def become(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        coach = work.session.get_one(Coach, vault.coach_id)
        coach.role = role


def card_of(desk: DeskWindow) -> TrusteeCard:
    desk.window.go("today")
    settle()
    (card,) = seen(desk.today, TrusteeCard)
    return card


def test_today_tells_a_trustee_what_is_hers_to_do_and_leads_to_it(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, vault_template: Template
) -> None:
    del caseload
    become(vault, Role.TRUSTEE)
    desk = open_desk(vault)
    card = card_of(desk)
    words = desk.words(desk.today)
    assert "Clients’ records stay closed to you" in words
    assert "Nobody has proved yet that its sheet is still there" in words
    assert "This vault has not been backed up yet." in words
    for button in (desk.today.new_button, desk.today.contact_button, desk.today.find_button):
        assert not button.isVisible()
    for name in ("Maya Okonkwo", "No clients yet", "Show everybody’s"):
        assert name not in words
    desk.click(card.key_button)
    assert desk.settings.recovery.prove_button.isVisible()
    assert not desk.settings.team.add_coach_button.isVisible()
    prove_recovery_key(vault, vault_template.recovery_key)
    desk.click(card_of(desk).backup_button)
    assert desk.settings.vault_card.now_button.isVisible()
    desk.today.refresh()
    assert "Its sheet was last proved today. Prove it once a year." in desk.words(card_of(desk))
    desk.click(card_of(desk).passphrase_button)
    assert desk.settings.passphrase.isVisible()
