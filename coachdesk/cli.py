"""The command line: for the administrator, for scheduled backups and for tests (decisions.md section 9).

Exit status: 0 done, 1 refused or found wanting (with a sentence on stderr), 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from typing_extensions import override

from coachdesk import __version__
from coachdesk.commands import COMMANDS
from coachdesk.commands.desk import run_window
from coachdesk.errors import CoachDeskError, Refusal

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    parser = _parser()
    try:
        wish = parser.parse_args(argv)
    except SystemExit as left:
        return int(left.code or DONE)
    run: Callable[[argparse.Namespace], int] = wish.run
    try:
        return run(wish)
    except Refusal as refusal:
        _complain(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))))
    except CoachDeskError as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("Stopped; nothing was written by halves.")
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="coachdesk",
        description="The desk of community employment coaches: an encrypted caseload and a safe return.",
        epilog="Each command explains itself: coachdesk COMMAND --help. Nothing here uses the network.",
    )
    parser.add_argument("--version", action="version", version=f"CoachDesk {__version__}")
    parser.add_argument(
        "--self-test", action=_SelfTest, nargs=0, help="prove that this copy is whole and exit"
    )
    places = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        place = places.add_parser(command.name, help=command.summary, description=command.description)
        command.arguments(place)
        place.set_defaults(run=command.run)
    return parser


class _SelfTest(argparse.Action):
    """Has the window's program prove itself, for the proof needs Qt, and leaves with its answer."""

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        parser.exit(run_window("--self-test"))


def _complain(sentence: str) -> None:
    print(f"coachdesk: {sentence}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
