"""Places where a living vault should not lie; backups may (storage.md 5.8)."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

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
