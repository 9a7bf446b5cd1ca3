"""The rule by which backups are kept: where, how many of days, weeks and months, and when to remind.

It lies in the vault as a setting that people may change. It is read and written on the driver's own connection,
because an upgrade and a lock need it while no session is at hand.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from coachdesk.errors import Refusal
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.trouble import damaged, from_database

SETTING = "backup_rule"
LAST_BACKUP = "last_backup"
"""The setting that says when a backup was written last, up to which change, where, and under which name."""
LAST_DRILL = "last_drill"
"""The setting that says when a backup was last restored for practice, and what came of it."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BackupRule:
    """What is kept, and where; ``folder`` is None for the folder beside the vault.

    Seven days, because a wrong deletion is noticed within the week; five weeks, because a month's figures are
    looked at after the month's end; twelve months, because a funder may ask about any return of the year.
    Reminded after seven days: a week's notes are what a team can still write again from diaries. While
    somebody works, at most one backup in ``hours`` hours; every ``drill_after`` days the newest is restored
    for practice.
    """

    folder: Path | None = None
    days: int = 7
    weeks: int = 5
    months: int = 12
    remind_after: int = 7
    hours: int = 4
    drill_after: int = 30

    def plain(self) -> dict[str, Any]:
        """Return the rule as it is kept."""
        numbers = {name: getattr(self, name) for name in BOUNDS}
        return {"folder": str(self.folder) if self.folder else None, **numbers}


BOUNDS = {
    "days": (1, 366),
    "weeks": (0, 520),
    "months": (0, 240),
    "remind_after": (1, 90),
    "hours": (1, 24),
    "drill_after": (1, 366),
}
"""The least and the most of each number: at least one day is always kept."""


def rule_of(kept: dict[str, Any] | None) -> BackupRule:
    """Return the rule that was kept; a number that is missing or out of bounds is the usual one."""
    kept = kept or {}
    usual = BackupRule()
    numbers = {
        name: kept[name]
        if type(kept.get(name)) is int and low <= kept[name] <= high
        else getattr(usual, name)
        for name, (low, high) in BOUNDS.items()
    }
    folder = kept.get("folder")
    return BackupRule(folder=Path(folder) if isinstance(folder, str) and folder else None, **numbers)


def check_rule(rule: BackupRule, vault_folder: Path) -> None:
    """Return when a rule may be kept; raises Refusal with a sentence for each field that does not do."""
    fields = {
        name: f"A number from {low} to {high}, please."
        for name, (low, high) in BOUNDS.items()
        if not low <= getattr(rule, name) <= high
    }
    if rule.folder is not None and rule.folder.resolve().is_relative_to(vault_folder.resolve()):
        fields["folder"] = INSIDE
    if fields:
        raise Refusal("Please look at the fields marked below.", fields=fields)


INSIDE = "A backup inside the vault would be lost with it. Choose another place."


class Dated(Protocol):
    """Something that was made at a time, when the vault stood at a change."""

    @property
    def position(self) -> int:
        """The last change it knows."""
        ...

    @property
    def at(self) -> dt.datetime:
        """When it was made, by the clock of that day."""
        ...


D = TypeVar("D", bound=Dated)


def newest_first(backups: Sequence[D]) -> list[D]:
    """Return backups by the change they know, then by the clock: a clock set back does not make old what is new."""
    return sorted(backups, key=lambda one: (one.position, one.at), reverse=True)


def kept_by(rule: BackupRule, backups: Sequence[D]) -> list[D]:
    """Return the backups a rule keeps: the newest of each of the last so many days, weeks and months that have one.

    Days without work do not count, so that after a long absence nothing goes. The newest by change and the
    newest by the clock are always kept, whatever the rule says.
    """
    ordered = newest_first(backups)
    marks: tuple[tuple[int, Callable[[dt.date], Any]], ...] = (
        (rule.days, dt.date.isoformat),
        (rule.weeks, lambda day: day.isocalendar()[:2]),
        (rule.months, lambda day: (day.year, day.month)),
    )
    kept = {id(one) for one in ordered[:1]}
    if ordered:
        kept.add(id(max(ordered, key=lambda one: (one.at, one.position))))
    for most, mark in marks:
        seen: set[Any] = set()
        for one in ordered:
            label = mark(one.at.date())
            if label not in seen and len(seen) < most:
                seen.add(label)
                kept.add(id(one))
    return [one for one in ordered if id(one) in kept]


@contextmanager
def _plain(path: Path, key: bytes) -> Iterator[Any]:
    with closing(connected(path, key)) as connection:
        try:
            yield connection
        except driver.DatabaseError as error:
            found = from_database(error) or damaged()
        else:
            return
    raise found


def setting_in(path: Path, key: bytes, name: str) -> dict[str, Any] | None:
    """Return a setting of a data file, or None when nobody has set it; raises Trouble."""
    with _plain(path, key) as connection:
        row = connection.execute("SELECT value FROM setting WHERE key = ?", (name,)).fetchone()
    return dict(json.loads(row[0])) if row else None


def keep_setting_in(path: Path, key: bytes, name: str, value: dict[str, Any]) -> None:
    """Keep a setting in a data file, in place of its old value; raises Trouble."""
    with _plain(path, key) as connection:
        connection.execute("REPLACE INTO setting (key, value) VALUES (?, ?)", (name, json.dumps(value)))


def position_in(path: Path, key: bytes) -> int:
    """Return the last change of a data file; raises Trouble."""
    with _plain(path, key) as connection:
        row = connection.execute("SELECT max(position) FROM journal_entry").fetchone()
    return int(row[0] or 0)
