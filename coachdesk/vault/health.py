"""The check of a vault: seals of the pages, structure, links, the journal's chain, the mark and the backups."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.backup import LAST_BACKUP, ground_of
from coachdesk.vault.backup_folder import backups_in, place_of
from coachdesk.vault.backup_rule import SETTING, rule_of
from coachdesk.vault.copying import problems_of
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.journal import position, verify_chain
from coachdesk.vault.mark import read_mark
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import verified
from coachdesk.vault.read_only import reading_connection
from coachdesk.vault.settings import read_setting
from coachdesk.vault.trouble import Damaged
from coachdesk.vault.work import reading


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: problems in sentences (none: all is well) and facts in plain values."""

    problems: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def check(vault: OpenVault, *, deep: bool = True) -> Report:
    """Return what is wrong with a vault; ``deep`` reads every page and every journal entry.

    Raises Locked. Damage is reported, not raised.
    """
    problems, facts = _file(vault, deep=deep)
    try:
        told, known = _journal(vault, deep=deep)
        more, found = _backups(vault, deep=deep)
    except Damaged:
        told, known = ["The journal cannot be read to its end."], {}
        more, found = [], {}
    return Report(tuple(problems + told + more), facts | known | found)


def _file(vault: OpenVault, *, deep: bool) -> tuple[list[str], dict[str, Any]]:
    problems = []
    try:
        connection = (reading_connection if vault.read_only else connected)(
            vault.data_file, vault.keys.sub("db")
        )
    except Damaged:
        return ["The data file cannot be opened."], {}
    try:
        pages = problems_of(connection) if deep else []
        if pages:
            problems.append(f"{len(pages)} parts of the data file are damaged.")
        if deep and not pages and not vault.read_only and not _index_fits(connection):
            problems.append("The search index does not fit the records: names may not be found.")
        links = connection.execute("PRAGMA foreign_key_check").fetchall()
        if links:
            problems.append(f"{len(links)} links between records point to nothing.")
        size = connection.execute(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        )
        facts = {"bytes": int(size.fetchone()[0]), "damaged_pages": len(pages)}
    except driver.DatabaseError:
        problems.append("The links between records cannot be read.")
        facts = {"damaged_pages": 1}
    finally:
        connection.close()
    return problems, facts


def _index_fits(connection: Any) -> bool:
    """Return whether the search index holds what the records say; SQLite asks for that in the form of a write."""
    try:
        connection.execute("INSERT INTO client_fts(client_fts, rank) VALUES ('integrity-check', 1)")
    except driver.DatabaseError:
        return False
    return True


def _journal(vault: OpenVault, *, deep: bool) -> tuple[list[str], dict[str, Any]]:
    problems = []
    with reading(vault) as session:
        last = position(session)
        broken = verify_chain(session) if deep else None
        backup = read_setting(session, LAST_BACKUP)
        strange = disagreements(session) if deep and broken is None else Counter()
    if broken is not None:
        problems.append(f"The journal does not hold together from entry {broken.position} on.")
    if strange:
        listed = ", ".join(f"{kind.replace('_', ' ')}: {count}" for kind, count in sorted(strange.items()))
        problems.append(f"{strange.total()} records are not as their history says ({listed}).")
    mark = read_mark(vault.folder, vault.keys.sub("mark"))
    if mark is not None and mark.position > last:
        problems.append(f"The last {mark.position - last} changes are missing.")
    since = last - backup["position"] if backup else last
    facts = {
        "journal_entries": last,
        "last_backup": backup["at"] if backup else None,
        "changes_since_backup": since,
    }
    return problems, facts


def _backups(vault: OpenVault, *, deep: bool) -> tuple[list[str], dict[str, Any]]:
    """Return what is wrong with the backups in their place; ``deep`` reads each of them whole."""
    ground = ground_of(vault)
    with reading(vault) as session:
        place = place_of(rule_of(read_setting(session, SETTING)), vault.folder)
    problems = []
    found = backups_in(place, ground)
    for backup in found if deep else ():
        try:
            verified(backup.path)
        except Trouble as trouble:
            problems.append(f"The backup “{backup.path.name}” cannot be used: {trouble.message}")
    facts = {
        "backup_place": str(place),
        "backups": len(found),
        "newest_backup": found[0].path.name if found else None,
    }
    return problems, facts
