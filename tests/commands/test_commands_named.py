"""What leaves by name from the command line: looked at first, sealed, opened again."""

import zipfile
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.exchange.audit_pack import PURPOSE as AUDIT
from coachdesk.exchange.transfers import PURPOSE
from coachdesk.exchange.transfers_basis import save_basis
from tests.commands.conftest import Run, told
from tests.exchange.test_transfers import BASIS
from tests.makers import a_client, a_consent, a_contact, an_enrolment, do, keep, programme_id
from tests.vault_fixtures import TODAY, Template

WORDS = "seven herons over grange sands"
COVERED = (
    "How it is going; Goals and plan; Job and job search; What they need at work; Health; How to reach them"
)


@pytest.fixture
def world(place: Path, desk_template: Template) -> Path:
    """A vault with a footing, a client who may be passed on and audited, and one who may not."""
    vault = desk_template.opened(place, FixedClock.on(TODAY))
    with vault.read_sessions() as session:
        programme = programme_id(session)
    about_others = ("Her brother drinks again", "Came with her sister")
    for reference in ("R0001", "R0002"):
        client = a_client(reference=reference)
        keep(vault, client)
        keep(vault, an_enrolment(client, programme))
        if reference == "R0001":
            keep(vault, *(a_consent(client, purpose=one, data_covered=COVERED) for one in (PURPOSE, AUDIT)))
            keep(vault, *(a_contact(client, note=note, note_kind="others") for note in about_others))
    do(vault, save_basis, BASIS)
    vault.close()
    return place


@pytest.fixture
def seal(tmp_path: Path) -> Path:
    file = tmp_path / "seal.txt"
    file.write_text(f"{WORDS}\n", encoding="utf-8")
    return file


def asked(command: str, world: Path, secret: Path) -> tuple[object, ...]:
    return (command, world, "--programme", "connect-to-work", "--passphrase-file", secret)


def test_transfer_is_looked_at_made_and_opened(
    run: Run, world: Path, secret: Path, seal: Path, tmp_path: Path
) -> None:
    words = asked("transfer", world, secret)
    status, out, _ = run(*words, "--dry-run")
    assert (status, "R0001" in out, "R0002: The client has given no permission" in out) == (0, True, True)
    status, out, _ = run(*words, "--dry-run", "--json")
    assert told(out)["going"] == ["R0001"]
    assert [one["reference"] for one in told(out)["left_out"]] == ["R0002"]
    sealing = ("--seal-passphrase-file", seal)
    status, out, err = run(*words, "--out", tmp_path / "june.csv", *sealing, "--json")
    assert (status, err) == (0, "")
    made = told(out)
    assert made["clients"] == 1
    assert made["left_out"] == {"No permission was given": 1}
    assert Path(made["file"]).name == "june.csv.age"
    status, out, _ = run("open-sealed", made["file"], *sealing)
    assert (status, "not encrypted any more" in out) == (0, True)
    assert "R0001" in (tmp_path / "june.csv").read_text(encoding="utf-8-sig")
    status, out, _ = run("open-sealed", made["file"], *sealing, "--out", tmp_path / "again.csv", "--json")
    assert told(out)["bytes"] == (tmp_path / "again.csv").stat().st_size


def test_transfer_says_in_words_what_left(
    run: Run, world: Path, secret: Path, seal: Path, tmp_path: Path
) -> None:
    words = (*asked("transfer", world, secret), "--from", "2024-01-01", "--to", "2026-12-31")
    status, out, _ = run(*words, "--out", tmp_path / "june.csv", "--seal-passphrase-file", seal)
    assert status == 0
    assert "1 client for Inspira" in out
    assert "left out: 1 (no permission was given)" in out
    assert "age --decrypt" in out
    status, out, _ = run(*asked("transfer", world, secret), "--to", "2001-01-01", "--dry-run")
    assert out.count("nobody") == 2


def test_what_is_missing_is_a_sentence_and_status_1(
    run: Run, world: Path, secret: Path, seal: Path, tmp_path: Path
) -> None:
    status, _, err = run(*asked("transfer", world, secret))
    assert (status, "--out" in err) == (1, True)
    status, _, err = run(
        "transfer", world, "--programme", "workwell", "--passphrase-file", secret, "--dry-run"
    )
    assert (status, "no footing" in err) == (1, True)
    plain = tmp_path / "plain.txt"
    plain.write_text("plain", encoding="utf-8")
    status, _, err = run("open-sealed", plain, "--seal-passphrase-file", seal)
    assert (status, "--out" in err) == (1, True)
    status, _, err = run("open-sealed", plain, "--seal-passphrase-file", seal, "--out", tmp_path / "o.txt")
    assert (status, "not a sealed file" in err) == (1, True)


def test_audit_pack_is_looked_at_and_made(
    run: Run, world: Path, secret: Path, seal: Path, tmp_path: Path
) -> None:
    words = (*asked("audit-pack", world, secret), "--auditor", "BASE", "--sample", "1", "--seed", "herons")
    status, out, _ = run(*words, "--dry-run")
    assert (
        status,
        "Current clients in the list of Connect to Work: 1." in out,
        "left out: 1" in out,
        "R0001" in out,
    ) == (0, True, True, True)
    status, out, _ = run(*words, "--dry-run", "--json")
    assert told(out)["files"] == ["R0001"]
    sealing = ("--seal-passphrase-file", seal)
    status, out, _ = run(*words, "--out", tmp_path / "audit.zip", *sealing, "--json")
    assert (status, told(out)["clients"], told(out)["passages_left_out"]) == (0, 1, 2)
    status, _, _ = run("open-sealed", told(out)["file"], *sealing)
    assert status == 0
    with zipfile.ZipFile(tmp_path / "audit.zip") as pack:
        assert "current-clients.csv" in pack.namelist()


def test_audit_pack_says_how_many_passages_about_others_are_left_out(
    run: Run, world: Path, secret: Path, seal: Path, tmp_path: Path
) -> None:
    words = (*asked("audit-pack", world, secret), "--auditor", "BASE", "--seal-passphrase-file", seal)
    status, out, _ = run(*words, "--reference", "R0001", "--out", tmp_path / "one.zip")
    assert (status, "somebody else left out of whole files: 2" in out) == (0, True)
    status, out, _ = run(*words, "--out", tmp_path / "none.zip")
    assert (status, "somebody else" in out) == (0, False)
