"""A vault with everything that ships in it and two clients, copied from one made once a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.vault.opened import OpenVault
from tests.makers import furnished
from tests.vault_fixtures import TODAY, Template


@pytest.fixture(scope="session")
def furnished_template(vault_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = vault_template.copied_to(tmp_path_factory.mktemp("furnished") / "Template.coachdesk")
    vault = furnished(vault_template.opened(folder, FixedClock.on(TODAY)))
    vault.close()
    kept = vault_template
    return Template(folder, kept.file, kept.slot, kept.data_key, kept.recovery_key)


@pytest.fixture
def desk_vault(furnished_template: Template, tmp_path: Path, clock: FixedClock) -> Iterator[OpenVault]:
    opened = furnished_template.opened(furnished_template.copied_to(tmp_path / "Desk.coachdesk"), clock)
    yield opened
    opened.close()
