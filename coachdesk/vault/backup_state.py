"""How the backups of a vault stand, for the window: where they go, how old the newest is, and what to remind of."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import desc, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import JournalEntry
from coachdesk.vault.backup_folder import Ground, backups_in, place_of
from coachdesk.vault.backup_rule import LAST_BACKUP, LAST_DRILL, SETTING, BackupRule, check_rule, rule_of
from coachdesk.vault.drill import Drill, drill_of
from coachdesk.vault.journal import position
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import vault_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """How the backups stand.

    ``changed_at`` is when the newest change of the vault was made; ``last_at`` is None when there was no backup yet; ``changes_since`` counts what the last one does not hold;
    ``elsewhere`` says that the last one could not go to the chosen place; ``count`` is None where the place is
    not there.
    """

    rule: BackupRule
    place: Path
    count: int | None
    changed_at: dt.datetime | None
    last_at: dt.datetime | None
    last_file: Path | None
    last_is_there: bool
    elsewhere: bool
    changes_since: int
    days_old: int | None
    drill: Drill | None
    reminder: str

    @property
    def is_there(self) -> bool:
        """Whether the place can be reached now."""
        return self.count is not None


def read_backup_state(session: Session, _question: None) -> BackupState:
    """Return how the backups stand now."""
    vault = vault_of(session)
    ground = Ground(vault.folder, vault.slot_file, vault.keys, vault.clock)
    rule = rule_of(read_setting(session, SETTING))
    place = place_of(rule, vault.folder)
    reachable = place.is_dir() or (rule.folder is None and vault.folder.parent.is_dir())
    note = read_setting(session, LAST_BACKUP) or {}
    last_at = dt.datetime.fromisoformat(note["at"]) if note else None
    last_file = Path(note["place"]) / note["name"] if note.get("place") else None
    now = position(session)
    known = int(note.get("position", 0))
    changes = now - known if known <= now else now
    found = _Reminding(
        rule=rule,
        place=place,
        reachable=reachable,
        days=(vault.clock.now() - last_at).days if last_at else None,
        changes=changes,
        elsewhere=bool(note.get("elsewhere")),
        gone=last_file is not None and last_file.parent.is_dir() and not last_file.is_file(),
        drill=drill_of(read_setting(session, LAST_DRILL)),
    )
    return BackupState(
        rule=rule,
        place=place,
        count=len(backups_in(place, ground)) if reachable else None,
        changed_at=_last_change(session),
        last_at=last_at,
        last_file=last_file,
        last_is_there=last_file is not None and last_file.is_file(),
        elsewhere=found.elsewhere,
        changes_since=changes,
        days_old=found.days,
        drill=found.drill,
        reminder=found.sentence(),
    )


def _last_change(session: Session) -> dt.datetime | None:
    newest = select(JournalEntry.at).order_by(desc(JournalEntry.position)).limit(1)
    return session.scalar(newest)


def read_reminder(session: Session, question: None) -> str:
    """Return the sentence about backups that Today and Settings show, empty when all is well."""
    return read_backup_state(session, question).reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reminding:
    """What a reminder is made of."""

    rule: BackupRule
    place: Path
    reachable: bool
    days: int | None
    changes: int
    elsewhere: bool
    gone: bool
    drill: Drill | None

    def sentence(self) -> str:
        """Return what to remind of, empty when there is nothing."""
        parts = [self._age(), self._place(), self._practice()]
        return " ".join(part for part in parts if part)

    def _is_old(self) -> bool:
        return self.days is None or self.days < 0 or self.days >= self.rule.remind_after

    def _age(self) -> str:
        if self.gone:
            return "The last backup is not where it was written any more. Back up again."
        if not self.changes or not self._is_old():
            return ""
        if self.days is None:
            return "This vault has not been backed up yet."
        if self.days < 0:
            return "The last backup is dated in the future: this computer’s clock was changed. Back up again."
        return f"The last backup is {self.days} days old; {_changes(self.changes)} since then."

    def _place(self) -> str:
        if not self.reachable:
            return f"The place for backups, “{self.place}”, is not there. Plug in the stick or drive, or choose another place."
        if self.elsewhere:
            return (
                "The last backup could not go to the chosen place and lies beside the vault. Back up again."
            )
        return ""

    def _practice(self) -> str:
        return "" if self.drill is None or self.drill.well else self.drill.words


def _changes(number: int) -> str:
    return "one change was made" if number == 1 else f"{number:,} changes were made"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """The wish to keep backups by another rule; an empty folder means beside the vault."""

    folder: str
    days: int
    weeks: int
    months: int
    remind_after: int


def change_rule(session: Session, wish: ChangeRule) -> BackupRule:
    """Keep the rule; raises Refusal with a sentence for each field that does not do."""
    folder = wish.folder.strip()
    if folder and not Path(folder).is_dir():
        sentence = "This folder is not there. Plug in the stick or drive, or choose another folder."
        raise Refusal(sentence, fields={"folder": sentence})
    old = rule_of(read_setting(session, SETTING))
    rule = BackupRule(
        folder=Path(folder) if folder else None,
        days=wish.days,
        weeks=wish.weeks,
        months=wish.months,
        remind_after=wish.remind_after,
        hours=old.hours,
        drill_after=old.drill_after,
    )
    check_rule(rule, vault_of(session).folder)
    keep_setting(session, SETTING, rule.plain())
    return rule
