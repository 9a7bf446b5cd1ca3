"""Commands about a vault as a whole: new, backup, restore, check, practice."""

import argparse
from pathlib import Path

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
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup to write")


def _backup(wish: argparse.Namespace) -> int:
    from coachdesk.vault.backup import back_up  # noqa: PLC0415  --help answers without the heavy libraries

    with opened(wish) as vault:
        back_up(vault, wish.file)
    say(f"Backed up and checked: {wish.file}")
    return 0


BACKUP = Command(
    "backup",
    "write a checked backup",
    "Write the whole vault into one encrypted file, read it back and check it.",
    _backup_arguments,
    _backup,
)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("vault", metavar="VAULT", type=Path, help="the folder to restore into")


def _restore(wish: argparse.Namespace) -> int:
    from coachdesk.vault.backup import restore  # noqa: PLC0415  --help answers without the heavy libraries

    aside = restore(wish.file, wish.vault)
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
    return 1 if report.problems else 0


CHECK = Command(
    "check",
    "check a vault from end to end",
    "Check the file's integrity, the links between records, the chain of the journal and the last backup.",
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
