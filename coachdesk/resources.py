"""Where the files that ship with the program lie: in a checkout, a wheel or a frozen build."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under ``resources/``.

    Raises FileNotFoundError when no such file ships.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen) / "coachdesk" / "_resources"] if frozen else []
    roots += [package / "_resources", package.parent / "resources"]
    for root in roots:
        found = root.joinpath(*parts)
        if found.exists():
            return found
    raise FileNotFoundError("/".join(parts))
