"""A passphrase can be changed, also by somebody who came in with the recovery key."""

from dataclasses import replace
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.passphrase import change_passphrase
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import WrongPassphrase
from tests.vault_fixtures import PASSPHRASE, Template

NEW = "another battery staple"


def test_a_new_passphrase_after_the_recovery_key(
    vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    sealed = SealedVault(vault_folder)
    vault = sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock)
    change_passphrase(vault, NEW, cost=Cost.floor())
    vault.close()
    with pytest.raises(WrongPassphrase):
        sealed.open(PASSPHRASE, clock=clock)
    sealed.open(NEW, clock=clock).close()
    sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock).close()
    assert len(sealed.people()) == 1


def test_a_short_passphrase_is_refused_and_the_old_one_stays(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    with pytest.raises(Refusal):
        change_passphrase(vault, "short")
    vault.slot_file = replace(vault.slot_file, slots=())
    with pytest.raises(Refusal, match="Nobody"):
        change_passphrase(vault, NEW)
    vault.close()
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()
