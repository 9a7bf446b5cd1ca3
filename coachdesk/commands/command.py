"""What every command shares: its shape, the passphrase, the vault, and what it prints."""

import argparse
import datetime as dt
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.clock import Clock, SystemClock
from coachdesk.errors import Refusal
from coachdesk.vault.watch import Watch

if TYPE_CHECKING:
    from coachdesk.vault.opened import OpenVault


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, what it does in a line and in a paragraph, its arguments and its work."""

    name: str
    summary: str
    description: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def clock() -> Clock:
    """Return the clock commands go by."""
    return SystemClock()


def takes_vault(parser: argparse.ArgumentParser) -> None:
    """Add what every command on a vault needs."""
    parser.add_argument("vault", metavar="VAULT", type=Path, help="the vault's folder, Name.coachdesk")
    takes_passphrase(parser)
    parser.add_argument("--as", dest="person", metavar="NAME", help="who unlocks, where several people may")
    parser.add_argument(
        "--accept-loss",
        action="store_true",
        help="go on although the newest changes are missing, or with an older key file that was put back",
    )


def takes_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add the only way to give a passphrase besides being asked for it."""
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read the passphrase from the first line of a file; - reads standard input; asked for otherwise",
    )


def takes_json(parser: argparse.ArgumentParser) -> None:
    """Add the switch for machines that read."""
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")


def takes_new_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add the only way to give a new passphrase besides being asked for it."""
    parser.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help="read the new passphrase from the first line of a file; asked for twice otherwise",
    )


def passphrase(wish: argparse.Namespace, *, twice: bool = False) -> str:
    """Return the passphrase from the file named, or by asking; raises Refusal when there is none."""
    return _secret(wish.passphrase_file, "--passphrase-file", "Passphrase", twice=twice)


def new_passphrase(wish: argparse.Namespace) -> str:
    """Return the new passphrase from the file named, or by asking twice; raises Refusal when there is none."""
    return _secret(wish.new_passphrase_file, "--new-passphrase-file", "New passphrase", twice=True)


def takes_seal(parser: argparse.ArgumentParser) -> None:
    """Add the only way to give the passphrase of a sealed file besides being asked for it."""
    parser.add_argument(
        "--seal-passphrase-file",
        metavar="FILE",
        help="read the passphrase that seals the file from the first line of a file; asked for otherwise",
    )


def seal_passphrase(wish: argparse.Namespace, *, twice: bool = True) -> str:
    """Return the passphrase of a sealed file, from the file named or by asking; raises Refusal when there is none."""
    return _secret(wish.seal_passphrase_file, "--seal-passphrase-file", "Passphrase of the file", twice=twice)


def _secret(source: str | None, option: str, prompt: str, *, twice: bool) -> str:
    if source == "-":
        return _first_line(sys.stdin.readline(), "standard input")
    if source is not None:
        try:
            with Path(source).open(encoding="utf-8") as file:
                return _first_line(file.readline(), source)
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(f"The passphrase file {source} cannot be read.") from error
    if not sys.stdin.isatty():
        raise Refusal(f"Nobody is here to be asked for the passphrase. Give it with {option}.")
    typed = getpass.getpass(f"{prompt}: ")
    if twice and getpass.getpass(f"{prompt} again: ") != typed:
        raise Refusal("The two passphrases differ.")
    return typed


def _first_line(line: str, source: str) -> str:
    found = line.rstrip("\r\n")
    if not found:
        raise Refusal(f"There is no passphrase in the first line of {source}.")
    return found


@contextmanager
def opened(wish: argparse.Namespace, *, secret: str | None = None) -> Iterator["OpenVault"]:
    """Give the vault named, open, and lock it afterwards whatever happens; asks unless given the passphrase."""
    from coachdesk.casework.opening import settled  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  as above

    sealed = SealedVault(wish.vault)
    sealed.people()
    vault = sealed.open(
        passphrase(wish) if secret is None else secret,
        person=wish.person,
        clock=clock(),
        accept_loss=wish.accept_loss,
    )
    try:
        yield settled(vault)
    finally:
        vault.close()


def say(words: str) -> None:
    """Print for a person."""
    print(words)


def say_json(value: Any) -> None:
    """Print one JSON object for a machine."""
    print(json.dumps(value, ensure_ascii=False, default=str))


class _Teller:
    """Tells progress on a terminal, a line for each new thing that is being done."""

    def __init__(self) -> None:
        self._last = ""

    def hear(self, _share: float, words: str) -> None:
        """Print what is being done once."""
        plain = words.split(" of ", maxsplit=1)[0].rstrip("0123456789, ")
        if plain != self._last:
            self._last = plain
            print(f"  {plain}…", file=sys.stderr)


def watch(wish: argparse.Namespace) -> Watch:
    """Return a watch that tells progress where a person is looking."""
    quiet = getattr(wish, "json", False) or not sys.stderr.isatty()
    return Watch.silent() if quiet else Watch(hear=_Teller().hear)


def day_of(text: str) -> dt.date:
    """Return a date given as 2026-09-30; raises the error argparse turns into wrong usage."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write 2026-09-30") from error
