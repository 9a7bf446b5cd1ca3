"""The open command: starts the window in a process of its own, so that the command line stays without Qt."""

import argparse
import subprocess
import sys
from pathlib import Path

from coachdesk.commands.command import Command


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "vault", metavar="VAULT", type=Path, nargs="?", help="the vault to unlock; the last one otherwise"
    )


def _run(wish: argparse.Namespace) -> int:
    chosen = [str(wish.vault.resolve())] if wish.vault is not None else []
    frozen = getattr(sys, "frozen", False)
    start = [sys.executable] if frozen else [sys.executable, "-m", "coachdesk"]
    return subprocess.run([*start, *chosen], check=False).returncode  # noqa: S603  our own program, its own arguments


OPEN = Command(
    "open",
    "open the window",
    "Open CoachDesk's window, on a vault if one is named.",
    _arguments,
    _run,
)
