"""The practice restore: once a month the newest backup is restored for a moment, read whole, and removed.

It lies in a folder of its own beside the backup while that lasts (beside the vault where the backup's place takes no
writing), encrypted as it is; nothing readable is written.
"""

import datetime as dt
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coachdesk.errors import Refusal, Trouble
from coachdesk.vault.backup_folder import DRILL, Found, Ground, backups_in, beside, place_of, stem_of
from coachdesk.vault.backup_rule import LAST_DRILL, keep_setting_in, setting_in
from coachdesk.vault.copying import Contents, checked
from coachdesk.vault.pack import SLOT_FILE, is_sealed_by, verified
from coachdesk.vault.restoring import unpacked
from coachdesk.vault.slots import parsed
from coachdesk.vault.trouble import DiskFull, ReadOnly, system_troubles
from coachdesk.vault.watch import Watch

AGAIN_AFTER_FAILURE = 1
"""Days after which a practice restore that failed is tried again."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A practice restore: when, of which backup, whether all was well, and what to say about it."""

    at: str
    backup: str
    well: bool
    words: str

    @property
    def moment(self) -> dt.datetime:
        """The instant it was done."""
        return dt.datetime.fromisoformat(self.at)

    @property
    def on(self) -> dt.date:
        """The day it was done."""
        return self.moment.date()


def last_drill(ground: Ground) -> Drill | None:
    """Return the last practice restore, or None; raises Locked or Trouble."""
    return drill_of(setting_in(ground.data_file, ground.keys.sub("db"), LAST_DRILL))


def drill_of(kept: dict[str, Any] | None) -> Drill | None:
    """Return the practice restore that was noted, or None."""
    return Drill(**kept) if kept else None


def drill_due(ground: Ground) -> bool:
    """Return whether a practice restore is due and there is something to practise on; raises Locked or Trouble.

    A last one from the future (the clock was set back) does not put it off.
    """
    rule, last = ground.rule(), last_drill(ground)
    if not backups_in(place_of(rule, ground.folder), ground):
        return False
    if last is None:
        return True
    days = (ground.clock.now().date() - last.on).days
    return days < 0 or days >= (rule.drill_after if last.well else AGAIN_AFTER_FAILURE)


def drill(ground: Ground, watch: Watch | None = None) -> Drill:
    """Restore the newest backup for practice, check it from end to end, remove it again and note what came of it.

    What is found wrong is told, not raised. Raises Refusal when there is no backup to practise on, Cancelled, Locked.
    """
    rule = ground.rule()
    place = place_of(rule, ground.folder)
    newest = next(iter(backups_in(place, ground)), None)
    if newest is None:
        newest = next(iter(backups_in(beside(ground.folder), ground)), None)
    if newest is None:
        raise Refusal("There is no backup to practise on yet. Back up first.")
    told = watch or Watch.silent()
    at = ground.clock.now()
    try:
        words, well = _practised(newest, ground, told), True
    except Trouble as trouble:
        words, well = f"The backup “{newest.path.name}” cannot be restored: {trouble}", False
    found = Drill(at.isoformat(), newest.path.name, well, words)
    with suppress(ReadOnly):  # a vault opened for reading keeps no notes
        keep_setting_in(ground.data_file, ground.keys.sub("db"), LAST_DRILL, asdict(found))
    return found


def _practised(newest: Found, ground: Ground, watch: Watch) -> str:
    watch.progress(0.0, "Reading the backup")
    header = verified(newest.path)
    told = header.told(ground.keys)
    try:
        contents = _restored(newest, newest.path.parent, ground, watch)
    except (ReadOnly, DiskFull):
        contents = _restored(newest, ground.folder.parent, ground, watch)
    if told is not None and told.contents != contents:
        raise Trouble("It does not hold what it held when it was written.", advice="Back up again now.")
    return (
        f"The backup of {header.at.day} {header.at:%B %Y, %H:%M} (UTC) was restored and checked: every page, link and "
        f"journal entry is sound; clients: {contents.count('client'):,}, contacts: {contents.count('contact'):,}."
    )


def _restored(newest: Found, place: Path, ground: Ground, watch: Watch) -> Contents:
    scratch = place / f"{DRILL}{stem_of(ground.folder)} {secrets.token_hex(4)}.part"
    with system_troubles():
        try:
            header = unpacked(newest.path, scratch, watch)
            file = parsed((scratch / SLOT_FILE).read_bytes())
            if not is_sealed_by(file, ground.keys):
                raise Trouble(
                    "It was made under another key.",
                    advice="Back up now, so that the newest opens with today’s.",
                )
            watch.progress(0.5, "Checking every page of the restored vault")
            return checked(scratch / header.parts[1].name, ground.keys.sub("db"), watch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
