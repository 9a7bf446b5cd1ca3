"""The log a crash left beside the data file, kept as it was found until it is known to have been read to its end.

The driver reads a damaged log up to the damage, moves that much into the data file and lets the log go when the file
is closed, all without a word (storage.md 5.4). The mark tells that changes are missing; this keeps what they were in.
"""

import filecmp
import shutil
from pathlib import Path

ENDING = "-wal"


def keep_found_log(data: Path) -> Path | None:
    """Return a copy of the log beside a data file, or None where there is none, or no room for the copy.

    To be called by the holder of the vault before anything opens the data file. The copy is as unreadable without
    the key as the log itself. A log that is kept already is not kept twice.
    """
    log = data.with_name(data.name + ENDING)
    if not log.is_file() or log.stat().st_size == 0:
        return None
    kept = sorted(log.parent.glob(f"{log.name}.found-*"))
    same = next((one for one in kept if filecmp.cmp(log, one, shallow=False)), None)
    return same or _copied(log, log.with_name(f"{log.name}.found-{len(kept) + 1}"))


def _copied(log: Path, copy: Path) -> Path | None:
    try:
        shutil.copyfile(log, copy)
        copy.chmod(0o600)
    except OSError:
        copy.unlink(missing_ok=True)
        return None  # a full drive must not keep anybody from unlocking
    return copy


def let_go_all(data: Path) -> None:
    """Remove every log kept beside a data file: somebody was erased, and an old log still says who it was."""
    for kept in data.parent.glob(f"{data.name}{ENDING}.found-*"):
        let_go(kept)


def let_go(kept: Path | None) -> None:
    """Remove the copy of a log that was read to its end; one that cannot be removed does no harm."""
    try:
        if kept is not None:
            kept.unlink(missing_ok=True)
    except OSError:
        return
