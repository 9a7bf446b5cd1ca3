"""Commands about a vault as a whole: new, backup, restore, drill, check, practice."""

import argparse
from pathlib import Path
from typing import Any

from coachdesk.commands.command import (
    Command,
    clock,
    opened,
    passphrase,
    say,
    say_json,
    takes_json,
    takes_passphrase,
    takes_vault,
    watch,
)

PRACTICE_PASSPHRASE = "practice world for everybody"  # noqa: S105  everybody in it is invented; published on purpose
PRACTICE_PERSON = "Ruth Ellison"


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("vault", metavar="VAULT", type=Path, help="the folder to make, Name.coachdesk")
    parser.add_argument("--organisation", metavar="NAME", required=True, help="whose vault it is")
    parser.add_argument(
        "--person", metavar="NAME", required=True, help="who may unlock it first, as a manager"
    )
    takes_passphrase(parser)
    takes_json(parser)


def _new(wish: argparse.Namespace) -> int:
    from coachdesk.casework.furnish import furnish_vault  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  as above

    created = SealedVault.create(
        wish.vault,
        organisation=wish.organisation,
        person=wish.person,
        passphrase=passphrase(wish, twice=True),
        clock=clock(),
    )
    try:
        furnish_vault(created.vault)
    finally:
        created.vault.close()
    if wish.json:
        say_json({"vault": str(wish.vault), "recovery_key": created.recovery_key})
        return 0
    say(f"The vault is made: {wish.vault}")
    say("Its recovery key, shown this once. Write it down and give it to a trustee:")
    say(f"  {created.recovery_key}")
    return 0


NEW = Command(
    "new",
    "make a vault",
    "Make an encrypted vault with the lists and programmes that ship, and print its recovery key once.",
    _new_arguments,
    _new,
)


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    place = parser.add_mutually_exclusive_group()
    place.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the backup to write")
    place.add_argument(
        "--folder", metavar="DIR", type=Path, help="a folder that keeps backups by the rule kept in the vault"
    )


def _backup(wish: argparse.Namespace) -> int:
    from coachdesk.vault.backup import back_up, back_up_by_rule  # noqa: PLC0415  --help answers without the heavy libraries

    removed: tuple[str, ...] = ()
    with opened(wish) as vault:
        if wish.file is not None:
            back_up(vault, wish.file, watch(wish))
            path = wish.file
        else:
            written = back_up_by_rule(vault, "asked", watch(wish), folder=wish.folder)
            path, removed = written.path, written.removed
    say(f"Backed up and checked: {path}")
    for name in removed:
        say(f"No longer kept by the rule, removed: {name}")
    return 0


BACKUP = Command(
    "backup",
    "write a checked backup",
    "Write the whole vault into one encrypted file, read it back and check it. Without FILE it goes where the rule "
    "kept in the vault says, and what the rule no longer keeps is removed there.",
    _backup_arguments,
    _backup,
)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("vault", metavar="VAULT", type=Path, help="the folder to restore into")
    parser.add_argument(
        "--beside", action="store_true", help="make it beside the vault in that place, which stays as it is"
    )


def _restore(wish: argparse.Namespace) -> int:
    from coachdesk.vault.restoring import restore, restore_beside  # noqa: PLC0415  --help answers without the heavy libraries

    if wish.beside:
        say(f"Restored: {restore_beside(wish.file, wish.vault, watch(wish))}")
        return 0
    aside = restore(wish.file, wish.vault, watch(wish))
    say(f"Restored: {wish.vault}")
    if aside is not None:
        say(f"What lay there before was moved aside, whole: {aside}")
    return 0


RESTORE = Command(
    "restore",
    "make a vault out of a backup",
    "Make a vault out of a backup. A vault that lies in that place is moved aside, never overwritten.",
    _restore_arguments,
    _restore,
)


def _drill_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    takes_json(parser)


def _drill(wish: argparse.Namespace) -> int:
    from dataclasses import asdict  # noqa: PLC0415  as below

    from coachdesk.vault.backup import ground_of  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.vault.drill import drill  # noqa: PLC0415  as above

    with opened(wish) as vault:
        found = drill(ground_of(vault), watch(wish))
    if wish.json:
        say_json(asdict(found))
    else:
        say(found.words)
    return 0 if found.well else 1


DRILL = Command(
    "drill",
    "restore the newest backup for practice",
    "Restore the newest backup into a passing place, read it from end to end, compare it with what it held when it "
    "was written, remove it again and note what came of it.",
    _drill_arguments,
    _drill,
)


def _rescue_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("vault", metavar="VAULT", type=Path, help="the damaged vault's folder")
    takes_passphrase(parser)
    parser.add_argument("--as", dest="person", metavar="NAME", help="who unlocks, where several people may")
    takes_json(parser)


def _rescue(wish: argparse.Namespace) -> int:
    from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  --help answers without the heavy libraries

    sealed = SealedVault(wish.vault)
    sealed.people()
    told = None if wish.json else watch(wish)
    found = sealed.rescue(passphrase(wish), person=wish.person, clock=clock(), watch=told)
    if wish.json:
        say_json(
            {
                "vault": str(found.place),
                "rows": found.read,
                "rebuilt": dict(found.rebuilt),
                "lost": dict(found.lost),
            }
        )
    else:
        say(f"What could be read was saved: {found.place}")
        say(f"Rows read: {found.read:,}")
        for words, counts in (("Written again from the history", found.rebuilt), ("Lost", found.lost)):
            for kind, count in sorted(counts.items()):
                say(f"{words}, {kind.replace('_', ' ')}: {count:,}")
    return 1 if found.lost else 0


RESCUE = Command(
    "rescue",
    "save what can be read of a damaged vault",
    "Read around the damage and write what can be read into a new vault beside the damaged one, which is not touched. "
    "A backup is better where there is one: restore it first. Exit status 1 when something is lost.",
    _rescue_arguments,
    _rescue,
)


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    takes_json(parser)


def _check(wish: argparse.Namespace) -> int:
    from coachdesk.vault.health import check  # noqa: PLC0415  --help answers without the heavy libraries

    with opened(wish) as vault:
        report = check(vault)
    if wish.json:
        say_json({"problems": list(report.problems), "facts": report.facts})
    elif report.problems:
        for problem in report.problems:
            say(problem)
    else:
        say("All is well: every page, link and journal entry was checked.")
        _tell_backups(report.facts)
    return 1 if report.problems else 0


def _tell_backups(facts: dict[str, Any]) -> None:
    if facts["backups"]:
        say(f"Backups in {facts['backup_place']}: {facts['backups']}, the newest {facts['newest_backup']}.")
    else:
        say(f"There is no backup in {facts['backup_place']}.")
    if facts["changes_since_backup"]:
        say(f"Changes since the last backup: {facts['changes_since_backup']}.")


CHECK = Command(
    "check",
    "check a vault from end to end",
    "Check the file's integrity, the links between records, the chain of the journal, and every backup in its place.",
    _check_arguments,
    _check,
)


def _practice_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the practice vault is made")
    parser.add_argument(
        "--clients", metavar="N", type=int, default=150, help="how many invented clients (150)"
    )
    parser.add_argument(
        "--seed", metavar="S", type=int, default=7, help="the same seed makes the same world (7)"
    )


def _practice(wish: argparse.Namespace) -> int:
    from coachdesk.casework.furnish import furnish_vault  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.casework.practice import PracticeWish, make_practice  # noqa: PLC0415  as above
    from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  as above

    place = wish.folder if wish.folder.suffix == ".coachdesk" else wish.folder / "Practice world.coachdesk"
    now = clock()
    created = SealedVault.create(
        place,
        organisation="Practice world",
        person=PRACTICE_PERSON,
        passphrase=PRACTICE_PASSPHRASE,
        clock=now,
        practice=True,
    )
    try:
        furnish_vault(created.vault)
        make_practice(
            created.vault, PracticeWish(clients=wish.clients, seed=wish.seed, today=now.today()), watch(wish)
        )
    finally:
        created.vault.close()
    say(f"A practice world of {wish.clients} invented clients: {place}")
    say(f"Its passphrase, for everybody: {PRACTICE_PASSPHRASE}")
    return 0


PRACTICE = Command(
    "practice",
    "make a world of invented clients",
    "Make a practice vault of invented clients with years of history. Nobody in it is real.",
    _practice_arguments,
    _practice,
)
