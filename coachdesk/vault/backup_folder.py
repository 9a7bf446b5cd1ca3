"""The folder of automatic backups: writing the next one, thinning out by the rule, and what is there.

Only files that CoachDesk named itself and whose header names this vault are ever removed; a backup a person saved
under a name of her own is hers.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from coachdesk.clock import Clock
from coachdesk.errors import Cancelled, CoachDeskError, Refusal, Trouble
from coachdesk.vault.backup_rule import (
    INSIDE,
    LAST_BACKUP,
    SETTING,
    BackupRule,
    keep_setting_in,
    kept_by,
    newest_first,
    position_in,
    rule_of,
    setting_in,
)
from coachdesk.vault.erasure_list import beside_backups, keep_listed, listed_in
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.pack import Header, looked_into, packed, verified
from coachdesk.vault.slots import SlotFile
from coachdesk.vault.trouble import Damaged, ReadOnly, system_troubles
from coachdesk.vault.watch import Watch

ENDING = ".coachdesk-backup"
DAY, UPGRADE, IMPORT, ROTATION, ASKED = "day", "upgrade", "import", "new key", "asked"
"""Why a backup is made: after work, before an upgrade, before an import, before a new key, because somebody asked."""
BACKUPS = "backups"
"""What a trouble is about when no backup was made."""
DRILL = ".restored-for-practice "
STAMP = "%Y-%m-%d %H%M%S"
STAMPED = re.compile(r" \d{4}-\d{2}-\d{2} \d{6}( \d+)?\Z")
UNFIT = re.compile(r"[^\w ().-]+")
"""What the names of files may not hold on some stick or other."""
FRESH = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Ground:
    """A vault as a backup needs it: unlocked, whether or not a window stands over it."""

    folder: Path
    slot_file: SlotFile
    keys: Keyring
    clock: Clock

    @property
    def data_file(self) -> Path:
        """Return the path of the encrypted data file; only the driver opens it."""
        return self.folder / self.slot_file.db

    def rule(self) -> BackupRule:
        """Return the rule this vault's backups are kept by; raises Locked or Trouble."""
        return rule_of(setting_in(self.data_file, self.keys.sub("db"), SETTING))

    def position(self) -> int:
        """Return the last change; raises Locked or Trouble."""
        return position_in(self.data_file, self.keys.sub("db"))


@dataclass(frozen=True, slots=True)
class Found:
    """A backup of this vault that lies in the folder."""

    path: Path
    header: Header

    @property
    def position(self) -> int:
        """The last change it knows."""
        return self.header.position

    @property
    def at(self) -> dt.datetime:
        """When it was made."""
        return self.header.at


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that is there and was checked; ``elsewhere`` when the chosen place could not take it."""

    path: Path
    header: Header
    elsewhere: bool = False
    removed: tuple[str, ...] = ()


def beside(folder: Path) -> Path:
    """Return the folder beside a vault where backups lie unless somebody chose a better place."""
    return folder.with_name(f"{folder.stem} backups")


def place_of(rule: BackupRule, folder: Path) -> Path:
    """Return where a rule puts the backups of a vault."""
    return rule.folder or beside(folder)


def stem_of(folder: Path) -> str:
    """Return a vault's name as every stick can write it."""
    return UNFIT.sub("-", folder.stem).strip(" .")[:80] or "Vault"


def backups_in(place: Path, ground: Ground) -> tuple[Found, ...]:
    """Return the backups of this vault in a place, the newest first, whoever named them; none where it is not there.

    Files that are no backups, are damaged at their start, or belong to another vault do not count.
    """
    found = []
    try:
        paths = sorted(place.glob(f"*{ENDING}"))
    except OSError:
        return ()
    for path in paths:
        try:
            header = looked_into(path)
        except Trouble:
            continue
        if header.vault == ground.slot_file.vault:
            found.append(Found(path, header))
    return tuple(newest_first(found))


def is_ours(found: Found, ground: Ground) -> bool:
    """Return whether CoachDesk gave a backup its name."""
    name = found.path.name.removesuffix(ENDING)
    stamp = STAMPED.search(name)
    return stamp is not None and name[: stamp.start()] == stem_of(ground.folder)


@contextmanager
def _about_backups() -> Iterator[None]:
    """Mark a trouble as one of a backup that was not made: a later one puts it right."""
    try:
        yield
    except Trouble as trouble:
        trouble.about = BACKUPS
        raise


@_about_backups()
def write_backup(
    ground: Ground, target: Path, why: str, watch: Watch | None = None, *, elsewhere: bool = False
) -> Written:
    """Write a backup into a file, check it by reading it back, and note where and when.

    Raises Refusal for a place inside the vault or a drive that cannot take it, Cancelled, Locked or Trouble;
    an older file of that name is then untouched and no half file is left.
    """
    if target.parent.resolve().is_relative_to(ground.folder.resolve()):
        raise Refusal(INSIDE, fields={"target": INSIDE})
    at = ground.clock.now()
    header = packed(ground.folder, ground.slot_file, ground.keys, target, at=at, why=why, watch=watch)
    keep_listed(target.parent, listed_in(ground.folder), beside_backups(stem_of(ground.folder)))
    note = {
        "at": at.isoformat(),
        "position": header.position,
        "name": target.name,
        "place": str(target.parent),
        "elsewhere": elsewhere,
        "why": why,
    }
    try:
        keep_setting_in(ground.data_file, ground.keys.sub("db"), LAST_BACKUP, note)
    except ReadOnly:
        return Written(target, header, elsewhere)  # a vault opened for reading keeps no notes
    return Written(target, header, elsewhere)


def next_name(place: Path, ground: Ground) -> Path:
    """Return a name of ours that is still free."""
    name = f"{stem_of(ground.folder)} {ground.clock.now():{STAMP}}"
    number, target = 1, place / f"{name}{ENDING}"
    while target.exists():
        number += 1
        target = place / f"{name} {number}{ENDING}"
    return target


@_about_backups()
def automatic_backup(
    ground: Ground, why: str, watch: Watch | None = None, *, folder: Path | None = None
) -> Written:
    """Write the next backup where the rule says (or into ``folder``), then remove what the rule no longer keeps.

    Raises Cancelled, Locked, Refusal or Trouble; nothing was removed then.
    """
    kept = ground.rule()
    rule = replace(kept, folder=folder) if folder else kept
    place = place_of(rule, ground.folder)
    if rule.folder is not None and not place.is_dir():
        raise _away(place)
    with system_troubles():
        if rule.folder is None:
            place.mkdir(mode=0o700, exist_ok=True)
        _clear_halves(place, ground)
    try:
        written = write_backup(ground, next_name(place, ground), why, watch)
    except Trouble as trouble:
        if rule.folder is not None and not place.is_dir():
            raise _away(place) from trouble  # pulled out meanwhile: that helps more than what the drive said
        raise
    return Written(written.path, written.header, removed=thinned_out(place, ground, rule))


def _away(place: Path) -> Trouble:
    return Trouble(
        f"“{place}” is not there, so no backup was made.",
        advice="Plug the stick or drive in and try again, or choose another place in Settings, under Vault. "
        "Nothing is lost: the vault itself is as it was.",
    )


def ensure_on(ground: Ground, why: str, watch: Watch | None = None) -> Written:
    """Return a checked backup that holds every change, writing one unless the newest one does already.

    To be called before an upgrade, an import and a new data key. Where the chosen place is not there, or cannot
    take it, the backup goes into the folder beside the vault. Raises Cancelled, Locked, Refusal or Trouble when
    no place takes one: then do not go on.
    """
    rule = ground.rule()
    there = _fresh(place_of(rule, ground.folder), ground)
    if there is not None:
        return there
    if rule.folder is None:
        return automatic_backup(ground, why, watch)
    try:
        return automatic_backup(ground, why, watch)
    except Cancelled:
        raise
    except CoachDeskError:
        place = beside(ground.folder)
    return _fresh(place, ground) or _elsewhere(place, ground, why, watch)


def _elsewhere(place: Path, ground: Ground, why: str, watch: Watch | None) -> Written:
    with system_troubles():
        place.mkdir(mode=0o700, exist_ok=True)
        _clear_halves(place, ground)
    written = write_backup(ground, next_name(place, ground), why, watch, elsewhere=True)
    return Written(
        written.path, written.header, elsewhere=True, removed=thinned_out(place, ground, ground.rule())
    )


def _fresh(place: Path, ground: Ground) -> Written | None:
    """Return the newest backup of a place if it is of the last day, holds every change and can be read whole."""
    newest = next(iter(backups_in(place, ground)), None)
    if newest is None or newest.position != ground.position():
        return None
    age = ground.clock.now() - newest.at
    if not dt.timedelta() <= age < FRESH or not _is_whole(newest, ground):
        return None
    return Written(newest.path, newest.header)


def _is_whole(found: Found, ground: Ground) -> bool:
    try:
        return verified(found.path).told(ground.keys) is not None
    except Damaged:
        return False  # also one that was sealed under an earlier key
    except Trouble:
        return False


def thinned_out(place: Path, ground: Ground, rule: BackupRule) -> tuple[str, ...]:
    """Remove what a rule no longer keeps, and return the names; nothing while the newest cannot be read whole.

    A file that cannot be removed stays, and is tried again after the next backup.
    """
    ours = [found for found in backups_in(place, ground) if is_ours(found, ground)]
    good = next((found for found in ours if _can_be_read(found)), None)
    if good is None or (ours and good is not ours[0]):
        return ()
    staying = {found.path for found in kept_by(rule, ours)}
    going = (found.path for found in ours if found.path not in staying)
    return tuple(path.name for path in going if _removed(path))


def _can_be_read(found: Found) -> bool:
    try:
        verified(found.path)
    except Trouble:
        return False
    return True


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _clear_halves(place: Path, ground: Ground) -> None:
    """Remove what a backup that was killed left behind; another vault's is left alone."""
    for half in place.glob(f".{globbed(stem_of(ground.folder))} *{ENDING}.*.part"):
        half.unlink(missing_ok=True)


def globbed(text: str) -> str:
    """Return a name as a pattern that matches only itself."""
    return text.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")


def changed_since(ground: Ground, note: dict[str, object] | None) -> int:
    """Return how many changes the last backup does not hold; a backup of a later state than this holds none of them."""
    last = ground.position()
    known = note.get("position") if note else 0
    known = known if isinstance(known, int) else 0
    return last - known if known <= last else last


def is_due(ground: Ground, *, resting: bool = False) -> bool:
    """Return whether an automatic backup is due: something changed, and the last is long enough ago.

    ``resting``, when the day's work is over, asks only for a change. A last backup from the future (the clock was
    set back) does not hold one up. Raises Locked or Trouble.
    """
    note = setting_in(ground.data_file, ground.keys.sub("db"), LAST_BACKUP)
    if changed_since(ground, note) == 0:
        return False
    if note is None or resting or note.get("elsewhere"):
        return True
    age = ground.clock.now() - dt.datetime.fromisoformat(str(note["at"]))
    return age < dt.timedelta() or age >= dt.timedelta(hours=ground.rule().hours)
