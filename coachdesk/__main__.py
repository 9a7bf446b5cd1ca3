"""Start the window; nothing heavy is imported before the unlock window is on the screen."""

import gc
import sys
from collections.abc import Sequence

from coachdesk import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program; return its exit status.

    ``--version`` prints the version, ``--self-test`` proves that a packaged program is whole,
    anything else is the vault to open.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if "--version" in arguments:
        sys.stdout.write(f"CoachDesk {__version__}\n")
        return 0
    if "--self-test" in arguments:
        from coachdesk.self_test import self_test  # noqa: PLC0415  only a packaged program's proof needs it

        return self_test()
    gc.disable()  # thousands of Qt's names arrive now and none leaves; Garbage takes over in the program
    from coachdesk.app import run  # noqa: PLC0415  --version answers without Qt

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
