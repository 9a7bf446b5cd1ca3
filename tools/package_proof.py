"""Use a packaged CoachDesk as a newcomer would: its self-test, a vault, the practice world, a return, the window.

``python -m tools.package_proof PROGRAMS``, where PROGRAMS is the folder that holds ``coachdesk`` and
``coachdesk-window``. Everything happens in a passing folder, with a home of its own and no checkout in reach.
"""

import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from dateutil.relativedelta import relativedelta

from coachdesk.clock import SystemClock
from tools.package_window import picture_of_first_window

PASSPHRASE = "practice world for everybody"  # noqa: S105  what the practice command prints for everybody
PACK = ("report.pdf", "summary.pdf", "tables.xlsx", "cells.csv", "release.json")
SMALLEST = 100  # bytes; an empty file of any of these kinds would be shorter
FACE = b"+Inter-Regular"  # the fonts that ship, not one of the reader's
SUFFIX = ".exe" if sys.platform == "win32" else ""


class Copy:
    """A packaged copy and the empty folder it is tried in."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self.folder = programs.resolve(), folder
        foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
        self.environment = {name: value for name, value in os.environ.items() if name not in foreign} | {
            "HOME": str(folder),
            "USERPROFILE": str(folder),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def program(self, name: str) -> Path:
        """Return where one of its programs lies."""
        return self._programs / f"{name}{SUFFIX}"

    def run(self, name: str, *arguments: str) -> str:
        """Return what a program prints; raises CalledProcessError when it does not end well."""
        print("  ", name, *arguments, flush=True)
        command = [str(self.program(name)), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, check=True, stdout=subprocess.PIPE, timeout=300
        )
        return done.stdout.decode("utf-8")


def last_quarter(today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the calendar quarter before this one."""
    this = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return this - relativedelta(months=3), this - dt.timedelta(days=1)


def commands(copy: Copy) -> None:
    """Do everything the command line offers a newcomer; raises when a step fails or leaves something out."""
    (copy.folder / "words").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    secret = ("--passphrase-file", "words")
    copy.run("coachdesk", "--version")
    copy.run("coachdesk", "--self-test")
    copy.run("coachdesk", "new", "Hub.coachdesk", "--organisation", "Hub", "--person", "Proof", *secret)
    copy.run("coachdesk", "check", "Hub.coachdesk", *secret)
    copy.run("coachdesk", "practice", "Practice.coachdesk", "--clients", "60")
    first, last = last_quarter(SystemClock().today())
    copy.run(
        "coachdesk", "return", "Practice.coachdesk", "--programme", "connect-to-work",
        "--period", f"{first}..{last}", "--as-at", f"{last}", "--out", "return", *secret,
    )  # fmt: skip
    small = [name for name in PACK if (copy.folder / "return" / name).stat().st_size < SMALLEST]
    if small or FACE not in (copy.folder / "return" / "report.pdf").read_bytes():
        raise RuntimeError(f"the return is not whole: {small or 'the report lacks our fonts'}")


def main(programs: Path, picture: Path | None = None) -> int:
    """Prove one copy; return 0, or raise what went wrong. A picture of its window is kept where one is asked for."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Copy(programs, Path(folder))
        for program in ("coachdesk", "coachdesk-window"):
            copy.run(program, "--version")
        copy.run("coachdesk-window", "--self-test")
        commands(copy)
        if sys.platform.startswith(
            "linux"
        ):  # elsewhere there is no screen that a program can make for itself
            window, vault = copy.program("coachdesk-window"), copy.folder / "Practice.coachdesk"
            picture_of_first_window([str(window), str(vault)], copy.environment, picture)
            print("   coachdesk-window shows its window", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
