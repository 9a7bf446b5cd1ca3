"""Whatever a sheet holds, imported + merged + held + refused are the rows read, and again it adds nothing."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.exchange.importing import ImportResult, ImportWish, run_import
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import JournalEntry
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.vault_fixtures import TODAY, Template

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
REFERENCE = st.sampled_from(["C1", "C2", "c1", "C3x", "", "-"])
DATE = st.sampled_from(["1/2/1980", "3rd May 2026", "31/2/26", "2030-01-01", "", "n/k", "3.5.26", "soon"])
NAME = st.sampled_from(["Emma", "EMMA", "Siobhán", "", "O'Neill"]) | CELL
CLIENT = st.tuples(REFERENCE, NAME, NAME, DATE, st.sampled_from(["QQ112233A", "", "x"]), DATE, DATE)
CONTACT = st.tuples(REFERENCE, DATE, CELL, CELL)
JOB = st.tuples(REFERENCE, st.sampled_from(["Bakery", "BAKERY", ""]), DATE, DATE)
HEADS = (
    ("Ref", "First name", "Surname", "DOB", "NI No", "Start date", "Exit date"),
    ("Ref", "Date", "Mins", "Notes"),
    ("Ref", "Employer", "Start", "End"),
)


def saved(folder: Path, number: int, rows: list[tuple[str, ...]]) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([HEADS[number], *rows])
    path = folder / f"{number}.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def brought(vault: OpenVault, paths: list[Path]) -> ImportResult:
    sheets = read_sheets(paths)
    mappings = tuple(map(propose, sheets))
    wish = ImportWish(sheets=sheets, mappings=mappings, programme_key="connect-to-work", today=TODAY)
    return run_import(vault, wish, Watch.silent())


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(CLIENT, max_size=6), st.lists(CONTACT, max_size=6), st.lists(JOB, max_size=4))
def test_the_account_always_adds_up(
    furnished_template: Template,
    clients: list[tuple[str, ...]],
    contacts: list[tuple[str, ...]],
    jobs: list[tuple[str, ...]],
) -> None:
    folder = Path(tempfile.mkdtemp())
    vault = furnished_template.opened(
        furnished_template.copied_to(folder / "V.coachdesk"), FixedClock.on(TODAY)
    )
    try:
        paths = [saved(folder, number, rows) for number, rows in enumerate((clients, contacts, jobs)) if rows]
        try:
            sheets = read_sheets(paths)
            first = brought(vault, paths)
        except Refusal:
            return  # a sheet without rows or headings; its sentences are tested by name
        before = entries(vault)
        again = brought(vault, paths)
        assert entries(vault) == before
        for result in (first, again):
            for account, sheet in zip(result.accounts, sheets, strict=True):
                assert account.rows == len(sheet.rows)
                assert account.imported + account.merged + account.held + account.refused == account.rows
            assert len(result.preview) == sum(len(sheet.rows) for sheet in sheets)
        assert [account.refused for account in first.accounts] == [
            account.refused for account in again.accounts
        ]
        assert sum(account.imported for account in again.accounts) == 0
    finally:
        vault.close()
        shutil.rmtree(folder)


def entries(vault: OpenVault) -> int:
    with reading(vault) as session:
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0
