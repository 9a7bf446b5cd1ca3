"""Under which name a file is written: nothing is replaced that nobody agreed to replace."""

from pathlib import Path


def free_name(wanted: Path) -> Path:
    """Return the path that is wanted, or the first with a number before its ending that no file has yet."""
    number, path = 1, wanted
    while path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    return path


def with_ending(chosen: Path, ending: str) -> Path:
    """Return the file that was chosen; a name without the ending gets it, and then replaces nothing."""
    if chosen.suffix.lower() == ending:
        return chosen
    return free_name(chosen.with_name(chosen.name + ending))


def file_at(target: Path, file_name: str) -> Path:
    """Return the file to write at a target, which is the file that was chosen, or a folder that gets one."""
    if target.is_dir():
        return free_name(target / file_name)
    return with_ending(target, Path(file_name).suffix)
