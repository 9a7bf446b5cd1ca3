"""The check of a vault: seals of the pages, structure, links, the journal's chain, the mark and the backups."""

from dataclasses import dataclass, field
from typing import Any

from coachdesk.vault.backup import LAST_BACKUP
from coachdesk.vault.copying import problems_of
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.journal import position, verify_chain
from coachdesk.vault.mark import read_mark
from coachdesk.vault.opened import OpenVault
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
    except Damaged:
        told, known = ["The journal cannot be read to its end."], {}
    return Report(tuple(problems + told), facts | known)


def _file(vault: OpenVault, *, deep: bool) -> tuple[list[str], dict[str, Any]]:
    problems = []
    try:
        connection = connected(vault.data_file, vault.keys.sub("db"))
    except Damaged:
        return ["The data file cannot be opened."], {}
    try:
        pages = problems_of(connection) if deep else []
        if pages:
            problems.append(f"{len(pages)} parts of the data file are damaged.")
        links = connection.execute("PRAGMA foreign_key_check").fetchall()
        if links:
            problems.append(f"{len(links)} links between records point to nothing.")
        size = connection.execute(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        )
        facts = {"bytes": int(size.fetchone()[0])}
    except driver.DatabaseError:
        problems.append("The links between records cannot be read.")
        facts = {}
    finally:
        connection.close()
    return problems, facts


def _journal(vault: OpenVault, *, deep: bool) -> tuple[list[str], dict[str, Any]]:
    problems = []
    with reading(vault) as session:
        last = position(session)
        broken = verify_chain(session) if deep else None
        backup = read_setting(session, LAST_BACKUP)
    if broken is not None:
        problems.append(f"The journal does not hold together from entry {broken.position} on.")
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
