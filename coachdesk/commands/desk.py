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
    return run_window(*([str(wish.vault.resolve())] if wish.vault is not None else []))


def run_window(*arguments: str) -> int:
    """Run the window's program in a process of its own; return its exit status."""
    return subprocess.run([*_program(), *arguments], check=False).returncode  # noqa: S603  our own program, its own arguments


def _program() -> list[str]:
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "coachdesk"]
    own = Path(sys.executable)  # the frozen folder holds both programs, side by side
    return [str(own.with_name(f"coachdesk-window{own.suffix}"))]


OPEN = Command(
    "open",
    "open the window",
    "Open CoachDesk's window, on a vault if one is named.",
    _arguments,
    _run,
)
