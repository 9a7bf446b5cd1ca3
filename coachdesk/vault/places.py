"""Places where a living vault should not lie; backups may (storage.md 5.8)."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from coachdesk.errors import Refusal
from coachdesk.vault.trouble import DiskFull

CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "sharepoint": "SharePoint",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "nextcloud": "Nextcloud",
    "box sync": "Box",
}
CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NETWORK_SYSTEMS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "9p",
    "afpfs",
    "davfs",
    "fuse.davfs2",
}
STICK_SYSTEMS = {"vfat", "exfat", "msdos"}
SMALL_FILE_SYSTEMS = {"vfat", "msdos", "fat", "fat32"}
LARGEST_ON_FAT = (1 << 32) - 1
"""One byte less than 4 GiB: the size of a file is kept in 32 bits there."""
SPARE = 8 << 20
"""Room that a drive must have beyond the file itself: its list of names, our own log, other programs."""
REMOTE_DRIVE = 4
MOUNTS = Path("/proc/self/mounts")


def warnings_for(
    folder: Path, *, environment: Mapping[str, str] | None = None, mounts: str | None = None
) -> tuple[str, ...]:
    """Return the sentences to show before a vault is made or opened in a place; none for a good place."""
    environment = os.environ if environment is None else environment
    found = []
    if cloud := _cloud(folder, environment):
        found.append(
            f"This folder is kept in step by {cloud}, which can damage an open vault. "
            "Keep the vault on this computer; backups may go there."
        )
    system = _file_system(folder, MOUNTS.read_text() if mounts is None and MOUNTS.exists() else mounts or "")
    if system in NETWORK_SYSTEMS or _is_share(folder):
        found.append(
            "This folder is on a network drive, where two computers can damage a vault between them. "
            "Keep the vault on this computer; backups may go there."
        )
    if system in STICK_SYSTEMS:
        found.append(
            "This folder is on a memory stick, which can lose changes when it is pulled out. "
            "Keep the vault on this computer; backups may go there."
        )
    return tuple(found)


def place_warning(folder: Path) -> str | None:
    """Return all warnings about a place as one text, or None for a good place."""
    return " ".join(warnings_for(folder)) or None


def takes_writing(*paths: Path) -> bool:
    """Return whether the system would let us write to all of these; a read-only drive says no to everybody."""
    return all(os.access(path, os.W_OK) for path in paths)


def check_room(folder: Path, size: int, *, one_file: bool = False, mounts: str | None = None) -> None:
    """Return when a drive can take so many bytes; ``one_file`` says that they come in one file.

    Raises Refusal for a file system whose files end at 4 GiB, DiskFull with the room there is and the room
    needed, OSError when the place is not there. Nothing is written (storage.md 10, faults 26 and 30).
    """
    if one_file and size > LARGEST_ON_FAT and kind_of_drive(folder, mounts=mounts) in SMALL_FILE_SYSTEMS:
        sentence = (
            f"A backup of {in_words(size)} does not fit here: this stick or drive is formatted as FAT32, where a "
            "file ends at 4 GB. Choose another drive, or have it formatted as exFAT or NTFS."
        )
        raise Refusal(sentence, fields={"target": sentence})
    free = shutil.disk_usage(folder).free
    if free < size + SPARE:
        raise DiskFull(
            f"There is not enough room: {in_words(size + SPARE)} are needed, {in_words(free)} are free in “{folder}”.",
            advice="Nothing was written. Make some room there or choose another drive.",
        )


def full_at(folder: Path) -> DiskFull:
    """Return the trouble of a drive without room for a save: which drive, and how much is free on it."""
    return DiskFull(
        f"The drive of “{folder}” is full ({in_words(shutil.disk_usage(folder).free)} free), so this could not be saved.",
        advice="What you typed is still here. Make some room there and save again.",
    )


def in_words(size: int) -> str:
    """Return a number of bytes as people say it, rounded up."""
    megabytes = -(-size // 1_000_000)
    if megabytes < 1000:  # noqa: PLR2004 - from there on people say gigabytes
        return f"{megabytes} MB"
    return f"{-(-size // 100_000_000) / 10:.1f} GB"


def kind_of_drive(folder: Path, *, mounts: str | None = None) -> str | None:
    """Return the kind of file system a folder lies on, in small letters, or None where the system does not say."""
    if sys.platform == "win32":  # pragma: no cover - runs on Windows only
        import ctypes  # noqa: PLC0415 - needed here only

        name = ctypes.create_unicode_buffer(32)
        root = str(Path(folder.resolve().anchor))
        ctypes.windll.kernel32.GetVolumeInformationW(root, None, 0, None, None, None, name, len(name))
        return name.value.lower() or None
    known = MOUNTS.read_text() if mounts is None and MOUNTS.exists() else mounts or ""
    return _file_system(folder.resolve(), known)


def _cloud(folder: PurePath, environment: Mapping[str, str]) -> str | None:
    for variable in CLOUD_VARIABLES:
        root = environment.get(variable)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    for part in folder.parts:
        for sign, name in CLOUDS.items():
            if part.casefold().startswith(sign):
                return name
    return None


def _file_system(folder: Path, mounts: str) -> str | None:
    """Return the kind of file system by the longest mount point above the folder."""
    best: tuple[int, str | None] = (-1, None)
    for line in mounts.splitlines():
        fields = line.split()
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""  # noqa: PLR2004 - device, point, kind
        if point and folder.is_relative_to(point):
            best = max(best, (len(point), fields[2]), key=lambda one: one[0])
    return best[1]


def _is_share(folder: PurePath) -> bool:
    """Return whether a path names a Windows share, or a drive letter that stands for one."""
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":  # pragma: no cover - runs on Windows only
        import ctypes  # noqa: PLC0415 - needed here only

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == REMOTE_DRIVE)
    return False
