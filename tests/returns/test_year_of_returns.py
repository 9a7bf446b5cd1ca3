"""A year of returns from the sample caseload: each is issued, and all together give nobody away."""

import datetime as dt
import json
from pathlib import Path

import pytest

from coachdesk.casework.furnish import furnish_vault
from coachdesk.exchange.importing import ImportWish, run_import
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.sheets import read_sheets
from coachdesk.resources import resource
from coachdesk.returns.attack import attack
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import IssueWish, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

TODAY = dt.date(2026, 10, 5)
QUARTERS = (
    (dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
    (dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
)


@pytest.fixture
def caseload(vault: OpenVault) -> OpenVault:
    furnish_vault(vault)
    folder = resource("practice", "caseload")
    sheets = read_sheets([folder / name for name in ("clients.csv", "contacts.csv", "jobs.csv")])
    wish = ImportWish(
        sheets=sheets,
        mappings=tuple(propose(sheet) for sheet in sheets),
        programme_key="connect-to-work",
        today=TODAY,
    )
    run_import(vault, wish, Watch.silent())
    return vault


def test_quarter_after_quarter_is_issued_and_safe_together(caseload: OpenVault, tmp_path: Path) -> None:
    releases = []
    for number, (first, last) in enumerate((*QUARTERS, QUARTERS[1])):
        wish = ReturnWish(programme_key="connect-to-work", from_on=first, to_on=last, as_at=TODAY)
        prepared = prepare(caseload, wish, Watch.silent())
        assert prepared.is_safe
        assert prepared.earlier == number
        assert len(prepared.tables) > 6, "the breakdowns are still there beside the earlier returns"
        folder = tmp_path / f"return {number}"
        issue(caseload, IssueWish(prepared=prepared, folder=folder), Watch.silent())
        releases.append(json.loads((folder / "release.json").read_text(encoding="utf-8")))
    assert all(attack(release).verdict == "safe" for release in releases)
