"""A locked vault with something in it, for the tests of faults."""

from pathlib import Path

import pytest

from coachdesk.vault.opened import OpenVault
from tests.vault.faults import add


@pytest.fixture
def closed(vault: OpenVault, vault_folder: Path) -> Path:
    """Return the folder of a locked vault with something in it."""
    for number in range(20):
        add(vault, number, notes=3)
    vault.close()
    return vault_folder
