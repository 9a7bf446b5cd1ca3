"""Who was erased, by bare record numbers, in a file beside the data: an older state that is put back learns of it.

The file names nobody: a client's id is a random number, and the record it belonged to is empty. It lies in the
vault's folder and, from the next backup on, beside the backups, so that a backup restored on a new laptop finds it.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from coachdesk.vault.files import written_whole

FILE = "coachdesk.erased"
ENDING = ".erased"
LARGEST = 4 * 1024 * 1024


def listed_in(place: Path, name: str = FILE) -> frozenset[UUID]:
    """Return the clients a file lists; a file that is missing or not ours lists nobody."""
    path = place / name
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(LARGEST))
        return frozenset(UUID(hex=one) for one in found["erased"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return frozenset()


def keep_listed(place: Path, clients: Iterable[UUID], name: str = FILE) -> None:
    """Add clients to a file's list; raises Trouble when the drive does not take it."""
    known = listed_in(place, name)
    wanted = known | set(clients)
    if wanted != known:
        told = json.dumps({"erased": sorted(one.hex for one in wanted)}, indent=1)
        written_whole(place / name, told.encode())


def beside_backups(stem: str) -> str:
    """Return the name of a vault's list in a folder of backups."""
    return f"{stem}{ENDING}"


def carried_over(into: Path, *, vault: Path, backups: Path | None = None) -> None:
    """Give a restored vault the list of the vault it stands in for, and those in the folder its backup lay in.

    Lists of other vaults do no harm: their numbers mean nobody here. Raises Trouble.
    """
    clients = set(listed_in(vault))
    for path in sorted(backups.glob(f"*{ENDING}")) if backups is not None else ():
        clients |= listed_in(path.parent, path.name)
    keep_listed(into, clients)
