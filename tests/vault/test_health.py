"""The check finds damage, broken links, a forged journal and missing changes, and tells facts."""

from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.models import Client
from coachdesk.vault.backup import back_up, back_up_by_rule
from coachdesk.vault.health import check
from coachdesk.vault.journal import position
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import Damaged, Locked
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import PASSPHRASE


def test_a_sound_vault_has_no_problem(vault: OpenVault, tmp_path: Path) -> None:
    report = check(vault)
    assert report.problems == ()
    assert report.facts["last_backup"] is None
    assert report.facts["changes_since_backup"] == report.facts["journal_entries"] > 0
    assert report.facts["bytes"] > 100_000
    back_up(vault, tmp_path / "b")
    after = check(vault, deep=False)
    assert after.problems == ()
    assert after.facts["changes_since_backup"] == 0
    assert after.facts["last_backup"] == vault.clock.now().isoformat()


def test_a_forged_entry_is_found_by_the_deep_check(vault: OpenVault) -> None:
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE journal_entry SET actor = 'x' WHERE position = 1")
    assert check(vault, deep=False).problems == ()
    assert check(vault).problems == ("The journal does not hold together from entry 1 on.",)


def test_a_broken_link_is_found(vault: OpenVault) -> None:
    connection = vault._write_connection()
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("UPDATE coach SET hub_id = zeroblob(16)")
    connection.close()
    assert check(vault).problems == (
        "1 links between records point to nothing.",
        "1 records are not as their history says (coach: 1).",
    )


def test_missing_changes_are_found(vault: OpenVault) -> None:
    with reading(vault) as session:
        last = position(session)
    vault.keep_mark(last + 3)
    assert check(vault).problems == ("The last 3 changes are missing.",)


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_a_flipped_bit_is_found_and_the_file_stays_as_it_is(
    vault: OpenVault, vault_folder: Path, share: float
) -> None:
    vault.checkpoint()
    data = vault_folder / "data-1.db"
    content = bytearray(data.read_bytes())
    content[int(len(content) * share)] ^= 1
    data.write_bytes(content)
    report = check(vault)
    assert any("damaged" in problem for problem in report.problems)
    assert data.read_bytes() == bytes(content)


def test_an_unreadable_journal_is_a_problem_not_a_crash(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: object) -> int:
        raise Damaged("x")

    monkeypatch.setattr("coachdesk.vault.health.position", broken)
    assert check(vault).problems == ("The journal cannot be read to its end.",)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [("coach", "The links between records cannot be read."), (None, "The data file cannot be opened.")],
)
def test_an_unreadable_page_is_a_problem_not_a_crash(
    vault: OpenVault, vault_folder: Path, table: str | None, sentence: str
) -> None:
    with vault._reader.connect() as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        page = connection.exec_driver_sql(query, (table,)).scalar_one() if table else 1
    vault.checkpoint()
    data = vault_folder / "data-1.db"
    content = bytearray(data.read_bytes())
    content[(page - 1) * 4096 + 100] ^= 1
    data.write_bytes(content)
    assert sentence in check(vault).problems


def test_a_locked_vault_cannot_be_checked(vault: OpenVault) -> None:
    vault.close()
    with pytest.raises(Locked):
        check(vault)


def test_a_backup_that_cannot_be_used_is_a_problem(vault: OpenVault) -> None:
    written = back_up_by_rule(vault, "day")
    assert check(vault).facts["newest_backup"] == written.path.name
    written.path.write_bytes(written.path.read_bytes()[:-1] + b"x")
    assert check(vault, deep=False).problems == ()
    (problem,) = check(vault).problems
    assert problem.startswith(f"The backup “{written.path.name}” cannot be used: ")


def test_a_search_index_that_does_not_fit_is_a_problem(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="1"))
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER client_search_changed")
        connection.exec_driver_sql("UPDATE client_search SET folded = 'somebody else'")
    assert check(vault, deep=False).problems == ()
    assert check(vault).problems == ("The search index does not fit the records: names may not be found.",)


def test_a_vault_that_is_open_for_reading_is_checked_too(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    second = SealedVault(vault_folder).open(PASSPHRASE, clock=clock, reading=True)
    assert check(second).problems == ()
    second.close()
