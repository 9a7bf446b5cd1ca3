"""The command line as a whole: help, wrong usage, passphrases, and what becomes of errors."""

import argparse
import getpass
import importlib
import io
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typing_extensions import override

from coachdesk import __main__ as program
from coachdesk import __version__, cli
from coachdesk.commands import COMMANDS
from coachdesk.commands.command import clock, day_of, watch
from coachdesk.errors import Trouble
from tests.commands.conftest import Run
from tests.vault_fixtures import PASSPHRASE

Patch = pytest.MonkeyPatch


class _Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def _with(monkeypatch: Patch, raised: BaseException) -> None:
    def run(_wish: argparse.Namespace) -> int:
        raise raised

    parser = argparse.ArgumentParser()
    parser.set_defaults(run=run)
    monkeypatch.setattr(cli, "_parser", lambda: parser)


def test_help_names_every_command_and_succeeds(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert [command.name for command in COMMANDS if command.name not in out] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_explains_itself(run: Run, command: object) -> None:
    name = getattr(command, "name", "")
    status, out, _ = run(name, "--help")
    assert status == 0
    assert f"coachdesk {name}" in out


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version") == (0, f"CoachDesk {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [(), ("nothing",), ("check",), ("return", "V", "--programme", "k", "--period", "p", "--as-at", "soon")],
)
def test_wrong_usage_is_two(run: Run, words: tuple[str, ...]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert "usage:" in err


def test_trouble_is_said_on_stderr(run: Run, monkeypatch: Patch) -> None:
    _with(monkeypatch, Trouble("The drive is full.", advice="Make room."))
    status, out, err = run()
    assert (status, out) == (1, "")
    assert err.startswith("coachdesk: The drive is full.")


def test_stopping_is_said(run: Run, monkeypatch: Patch) -> None:
    _with(monkeypatch, KeyboardInterrupt())
    assert run() == (1, "", "coachdesk: Stopped; nothing was written by halves.\n")


def test_the_passphrase_comes_from_standard_input(run: Run, place: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert run("check", place, "--passphrase-file", "-")[0] == 0


def test_a_passphrase_is_never_empty(run: Run, place: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    status, _, err = run("check", place, "--passphrase-file", "-")
    assert (status, "first line of standard input" in err) == (1, True)


def test_a_passphrase_file_that_is_not_there(run: Run, place: Path, tmp_path: Path) -> None:
    status, _, err = run("check", place, "--passphrase-file", tmp_path / "none.txt")
    assert (status, "cannot be read" in err) == (1, True)


def test_nobody_to_ask(run: Run, place: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    status, _, err = run("check", place)
    assert (status, "--passphrase-file" in err) == (1, True)


def test_somebody_is_asked(run: Run, place: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSPHRASE)
    assert run("check", place)[0] == 0


def test_a_wrong_passphrase_is_refused(run: Run, place: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not the passphrase", encoding="utf-8")
    status, out, err = run("check", place, "--passphrase-file", wrong, "--json")
    assert (status, out) == (1, "")
    assert err.startswith("coachdesk: ")


def test_a_folder_that_is_no_vault(run: Run, tmp_path: Path, secret: Path) -> None:
    status, _, err = run("check", tmp_path, "--passphrase-file", secret)
    assert (status, "not a CoachDesk vault" in err) == (1, True)


def test_progress_is_told_once_a_thing_and_only_to_a_terminal(monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := _Terminal())
    told = watch(argparse.Namespace(json=False))
    for words in ("Row 1 of 9", "Row 2 of 9", "Writing"):
        told.progress(0.5, words)
    assert terminal.getvalue().splitlines() == ["  Row…", "  Writing…"]
    watch(argparse.Namespace(json=True)).progress(0.5, "Silent")
    assert "Silent" not in terminal.getvalue()


def test_a_day_is_written_as_iso() -> None:
    assert day_of("2026-09-30").isoformat() == "2026-09-30"
    with pytest.raises(argparse.ArgumentTypeError, match="2026-09-30"):
        day_of("30/9/2026")


def test_commands_go_by_the_laptops_clock() -> None:
    assert clock().now().tzinfo is not None


@pytest.mark.parametrize("chosen", [[], ["Furness.coachdesk"]])
@pytest.mark.parametrize("frozen", [False, True])
def test_open_starts_a_process_of_its_own(
    run: Run, monkeypatch: Patch, chosen: list[str], *, frozen: bool
) -> None:
    started: list[list[str]] = []

    def start(words: list[str], *, check: bool) -> SimpleNamespace:
        assert not check
        started.append(words)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", start)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert run("open", *chosen)[0] == 0
    window = str(Path(sys.executable).parent / "coachdesk-window")
    program = [window] if frozen else [sys.executable, "-m", "coachdesk"]
    assert started == [[*program, *(str(Path(one).resolve()) for one in chosen)]]


def test_the_command_line_has_the_window_prove_itself(run: Run, monkeypatch: Patch) -> None:
    started: list[tuple[str, ...]] = []

    def start(*arguments: str) -> int:
        started.append(arguments)
        return 5

    monkeypatch.setattr(cli, "run_window", start)
    assert run("--self-test")[0] == 5
    assert started == [("--self-test",)]


def test_the_program_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--version"]) == 0
    assert capsys.readouterr().out == f"CoachDesk {__version__}\n"


def test_the_program_proves_itself_or_opens_its_window(monkeypatch: Patch) -> None:
    monkeypatch.setattr("coachdesk.self_test.self_test", lambda: 7)
    assert program.main(["--self-test"]) == 7
    opened: list[list[str]] = []
    app = importlib.import_module("coachdesk.app")

    def run_window(arguments: list[str]) -> int:
        opened.append(arguments)
        return 0

    monkeypatch.setattr(app, "run", run_window)
    monkeypatch.setattr(sys, "argv", ["coachdesk", "Furness.coachdesk"])
    assert program.main() == 0
    assert opened == [["Furness.coachdesk"]]


@pytest.mark.filterwarnings("ignore:.*found in sys.modules.*:RuntimeWarning")
@pytest.mark.parametrize("module", ["coachdesk.__main__", "coachdesk.cli"])
def test_both_start_as_modules(monkeypatch: Patch, module: str) -> None:
    monkeypatch.setattr(sys, "argv", ["coachdesk", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module(module, run_name="__main__")
    assert left.value.code == 0
