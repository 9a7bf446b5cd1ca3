"""Commands about who opens a vault: people, recovery-key, rotate, put-back-keys."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.commands.command import (
    Command,
    clock,
    new_passphrase,
    opened,
    passphrase,
    say,
    say_json,
    takes_json,
    takes_new_passphrase,
    takes_vault,
    watch,
)
from coachdesk.errors import CoachDeskError, Refusal

if TYPE_CHECKING:
    from coachdesk.vault.opened import OpenVault
    from coachdesk.vault.people import PersonRow

LIST, ADD, REMOVE, ROLE, PASSPHRASE, RESET = "list", "add", "remove", "role", "passphrase", "reset"
NAMED = (ADD, REMOVE, ROLE, RESET)


def _people_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    parser.add_argument(
        "action",
        nargs="?",
        default=LIST,
        choices=(LIST, ADD, REMOVE, ROLE, PASSPHRASE, RESET),
        help="list (default); add, remove, role or reset somebody by NAME; passphrase: change your own",
    )
    parser.add_argument(
        "name", metavar="NAME", nargs="?", default="", help="who is added, changed or removed"
    )
    parser.add_argument(
        "--role",
        choices=("coach", "manager", "trustee", "auditor"),
        help="the role, for add (coach) and role",
    )
    takes_new_passphrase(parser)
    takes_json(parser)


def _people(wish: argparse.Namespace) -> int:
    if wish.action in NAMED and not wish.name.strip():
        raise Refusal(f"Say who: coachdesk people VAULT {wish.action} NAME.")
    if wish.action == ROLE and wish.role is None:
        raise Refusal("Say which role: --role coach, manager, trustee or auditor.")
    secret = passphrase(wish) if wish.action == PASSPHRASE else None
    with opened(wish, secret=secret) as vault:
        if secret is None:
            _DONE[wish.action](vault, wish)
        else:
            _change_own(vault, wish, secret)
    return 0


def _list(vault: "OpenVault", wish: argparse.Namespace) -> None:
    rows = _rows(vault)
    if wish.json:
        say_json({"people": [asdict(row) for row in rows]})
        return
    for row in rows:
        say(f"{row.name}: {row.role}, signs in as {row.label}{' (you)' if row.is_self else ''}")


def _rows(vault: "OpenVault") -> "tuple[PersonRow, ...]":
    from coachdesk.vault.people import list_people  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.vault.work import reading  # noqa: PLC0415  as above

    with reading(vault) as session:
        return list_people(session, None)


def _person(vault: "OpenVault", wish: argparse.Namespace) -> "PersonRow":
    found = next((row for row in _rows(vault) if wish.name in (row.name, row.label)), None)
    if found is None:
        raise Refusal("Nobody of this name can unlock the vault.")
    return found


def _add(vault: "OpenVault", wish: argparse.Namespace) -> None:
    from coachdesk.vault.people import AddPerson, add_person  # noqa: PLC0415  --help answers without the heavy libraries

    role = wish.role or "coach"
    add_person(vault, AddPerson(name=wish.name, role=role, passphrase=new_passphrase(wish)), watch(wish))
    _tell(wish, f"{wish.name} can unlock the vault now ({role}).")


def _remove(vault: "OpenVault", wish: argparse.Namespace) -> None:
    from coachdesk.vault.people import RemovePerson, remove_person  # noqa: PLC0415  --help answers without the heavy libraries

    remove_person(vault, RemovePerson(coach_id=_person(vault, wish).coach_id), watch(wish))
    _tell(wish, f"{wish.name} cannot unlock the vault any more, and its key was changed.")


def _role(vault: "OpenVault", wish: argparse.Namespace) -> None:
    from coachdesk.vault.people import ChangeRole, change_role  # noqa: PLC0415  --help answers without the heavy libraries

    change_role(vault, ChangeRole(coach_id=_person(vault, wish).coach_id, role=wish.role), watch(wish))
    _tell(wish, f"{wish.name}: {wish.role} from now on.")


def _change_own(vault: "OpenVault", wish: argparse.Namespace, old: str) -> None:
    from coachdesk.vault.passphrase import NewPassphrase, change_passphrase  # noqa: PLC0415  --help answers without the heavy libraries

    change_passphrase(vault, NewPassphrase(passphrase=new_passphrase(wish), old=old), watch(wish))
    _tell(wish, "Your passphrase is changed.")


def _reset(vault: "OpenVault", wish: argparse.Namespace) -> None:
    from coachdesk.vault.people import ResetPassphrase, reset_passphrase  # noqa: PLC0415  --help answers without the heavy libraries

    coach_id = _person(vault, wish).coach_id
    reset_passphrase(vault, ResetPassphrase(coach_id=coach_id, passphrase=new_passphrase(wish)), watch(wish))
    _tell(wish, f"{wish.name} has a new passphrase.")


def _tell(wish: argparse.Namespace, sentence: str) -> None:
    say_json({"done": sentence}) if wish.json else say(sentence)


_DONE = {LIST: _list, ADD: _add, REMOVE: _remove, ROLE: _role, RESET: _reset}

PEOPLE = Command(
    "people",
    "who may unlock a vault",
    "List, add, remove and change the people of a vault. Whoever is removed opens nothing of it any more: the data "
    "is written anew under another key.",
    _people_arguments,
    _people,
)


def _recovery_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    parser.add_argument(
        "--sheet",
        metavar="FILE",
        type=Path,
        required=True,
        help="the PDF to write, which must not be there yet",
    )


def _recovery(wish: argparse.Namespace) -> int:
    from coachdesk.vault.recovery import new_recovery_key  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.vault.recovery_slot import NewRecoveryKey, set_recovery_key  # noqa: PLC0415  as above

    if wish.sheet.exists():
        raise Refusal(f"{wish.sheet} is there already. Choose another name.")
    with opened(wish) as vault:
        key = new_recovery_key()
        _write_sheet(vault, wish.sheet, key)
        try:
            set_recovery_key(vault, NewRecoveryKey(key=key, typed=_typed_back(key)), watch(wish))
        except (CoachDeskError, KeyboardInterrupt):
            wish.sheet.unlink(missing_ok=True)  # a sheet whose key opens nothing would mislead
            raise
    say(f"The new recovery key is on its sheet: {wish.sheet}")
    say("The old one opens nothing any more. Print the sheet, give it to a trustee and delete the file.")
    return 0


def _write_sheet(vault: "OpenVault", path: Path, key: str) -> None:
    from coachdesk.casework.vault_facts import read_vault_facts  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.papers.recovery_sheet import RecoverySheet, write_recovery_sheet  # noqa: PLC0415  as above
    from coachdesk.vault.work import reading  # noqa: PLC0415  as above

    with reading(vault) as session:
        organisation = read_vault_facts(session, None).organisation
    sheet = RecoverySheet(
        organisation=organisation, vault_name=vault.folder.stem, made_on=vault.clock.today(), key=key
    )
    write_recovery_sheet(path, sheet)


def _typed_back(key: str) -> str:
    """Return the key as somebody types it from the sheet; a script proves nothing and is not asked."""
    if not sys.stdin.isatty():
        return key
    say("Open the sheet and type the key from it, to prove that it can be read.")
    return input("Recovery key: ")


RECOVERY_KEY = Command(
    "recovery-key",
    "make a new recovery key and its sheet",
    "Make a new recovery key in the place of the old one, and write its sheet as a PDF to be printed.",
    _recovery_arguments,
    _recovery,
)


def _rotate_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)


def _rotate(wish: argparse.Namespace) -> int:
    from coachdesk.vault.rotation import rotate  # noqa: PLC0415  --help answers without the heavy libraries

    with opened(wish) as vault:
        rotate(vault, None, watch(wish))
    say("The vault has a new key. Everybody keeps their own passphrase.")
    say("Backups made before still open with the passphrases of their day. Make a new one now.")
    return 0


ROTATE = Command(
    "rotate",
    "give a vault a new key",
    "Write the data anew under another key, as after a laptop or a copy of the vault was lost. Needs room for the "
    "data twice; until it is whole the old file stands.",
    _rotate_arguments,
    _rotate,
)


def _put_back_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("vault", metavar="VAULT", type=Path, help="the vault's folder, Name.coachdesk")
    parser.add_argument(
        "--backups", metavar="DIR", type=Path, action="append", default=[], help="look into these backups too"
    )


def _put_back(wish: argparse.Namespace) -> int:
    from coachdesk.vault.slot_store import key_copies, put_back  # noqa: PLC0415  --help answers without the heavy libraries

    copies = key_copies(wish.vault, wish.backups)
    if not copies:
        raise Refusal(
            "No copy of the key file that fits this vault was found. Name more folders with --backups."
        )
    aside = put_back(wish.vault, copies[0], clock=clock())
    say(f"The key file was put back from {copies[0].path}.")
    if aside is not None:
        say(f"What lay there before was put aside: {aside}")
    return 0


PUT_BACK_KEYS = Command(
    "put-back-keys",
    "put back a key file that is missing or damaged",
    "Put the copy beside the key file, or the key file of the newest backup that fits, in the place of one that is "
    "missing or damaged. Passphrases and people are then as they were when that copy was made.",
    _put_back_arguments,
    _put_back,
)
