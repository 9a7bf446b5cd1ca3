"""Which vaults were used on this computer: folders only, never a client's name."""

from pathlib import Path

from PySide6.QtCore import QSettings

_MOST = 8


class KnownVaults:
    """The folders of vaults used before, the last one first."""

    def __init__(self, settings: QSettings, home: Path) -> None:
        self._settings = settings
        self._home = home

    def usual_place(self) -> Path:
        """Return where a new vault lies unless somebody chooses otherwise."""
        return self._home / "CoachDesk"

    def all(self) -> tuple[Path, ...]:
        """Return the folders that still exist, the last used first."""
        kept = str(self._settings.value("vaults/known", "", type=str))
        return tuple(Path(line) for line in kept.split("\n") if line and Path(line).is_dir())

    def last(self) -> Path | None:
        """Return the vault used last, or None."""
        return next(iter(self.all()), None)

    def remember(self, folder: Path) -> None:
        """Put a vault first."""
        others = [known for known in self.all() if known != folder]
        self._write([folder, *others][:_MOST])

    def forget(self, folder: Path) -> None:
        """Take a folder that is no vault out of the list."""
        self._write([known for known in self.all() if known != folder])

    def _write(self, folders: list[Path]) -> None:
        self._settings.setValue("vaults/known", "\n".join(str(folder) for folder in folders))
        self._settings.sync()
