"""A locked vault with something in it, for the tests of faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.invented import cheap_keys
from coachdesk.vault.opened import OpenVault
from tests.vault.faults import add
from tests.vault_fixtures import Template, made_template


@pytest.fixture
def closed(vault: OpenVault, vault_folder: Path) -> Path:
    """Return the folder of a locked vault with something in it."""
    for number in range(20):
        add(vault, number, notes=3)
    vault.close()
    return vault_folder


@pytest.fixture
def cheap_template(tmp_path: Path) -> Iterator[Template]:
    """Return a vault to be copied whose passphrases cost a hash, and so does every new one in the test."""
    with cheap_keys():
        yield made_template(tmp_path / "Template.coachdesk")
