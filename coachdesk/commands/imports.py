"""The import command: sheets go in, every row is accounted for."""

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.commands.command import Command, opened, say, say_json, takes_json, takes_vault, watch
from coachdesk.errors import Refusal

if TYPE_CHECKING:
    from coachdesk.exchange.importing import ImportResult, SheetAccount
    from coachdesk.exchange.mapping import SheetMapping
    from coachdesk.exchange.sheets import Sheet

_USUAL_PROGRAMME = "connect-to-work"


def _arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    parser.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="CSV or XLSX; sheets that refer to each other go in together",
    )
    parser.add_argument(
        "--mapping",
        metavar="FILE",
        type=Path,
        help='JSON that says which heading is which field: {"Sheet": {"Heading": "field"}} or {"Heading": "field"}',
    )
    parser.add_argument(
        "--programme",
        metavar="KEY",
        default=_USUAL_PROGRAMME,
        help=f"who they are enrolled on ({_USUAL_PROGRAMME})",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what every row would become; write nothing"
    )
    takes_json(parser)


def _run(wish: argparse.Namespace) -> int:
    from coachdesk.exchange.importing import ImportWish  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.exchange.mapping import list_own_questions, list_saved_mappings, propose  # noqa: PLC0415  as above
    from coachdesk.exchange.safe_import import import_after_backup  # noqa: PLC0415  as above
    from coachdesk.exchange.sheets import read_sheets  # noqa: PLC0415  as above
    from coachdesk.vault.work import reading  # noqa: PLC0415  as above

    sheets = read_sheets(wish.files)
    told = _told(wish.mapping) if wish.mapping is not None else None
    with opened(wish) as vault:
        with reading(vault) as session:
            saved, questions = list_saved_mappings(session, None), list_own_questions(session, None)
        proposed = [propose(sheet, saved, questions) for sheet in sheets]
        mappings = tuple(
            mapping if told is None else _mapped(sheet, told, mapping)
            for sheet, mapping in zip(sheets, proposed, strict=True)
        )
        result = import_after_backup(
            vault,
            ImportWish(
                sheets=sheets,
                mappings=mappings,
                programme_key=wish.programme,
                today=vault.clock.today(),
                dry_run=wish.dry_run,
            ),
            watch(wish),
        )
    if wish.json:
        say_json({"files": [_plain(account) for account in result.accounts], "dry_run": wish.dry_run})
    else:
        _tell(result, dry_run=wish.dry_run)
    return 0


def _told(file: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise Refusal(f"The mapping file {file.name} cannot be read as JSON.") from error
    if not isinstance(found, dict):
        raise Refusal(f"The mapping file {file.name} must hold headings and their fields.")
    if not all(isinstance(field, str) for field in _fields_in(found)):
        raise Refusal(
            f'In the mapping file {file.name} each heading needs the key of a field, or "" to leave the column out.'
        )
    return found


def _fields_in(told: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what a mapping file says in the place of a field, sheet by sheet or without sheets."""
    for value in told.values():
        if isinstance(value, dict):
            yield from value.values()
        else:
            yield value


def _mapped(sheet: "Sheet", told: Mapping[str, Any], proposed: "SheetMapping") -> "SheetMapping":
    from coachdesk.exchange.mapping import mapping_of, sheet_name  # noqa: PLC0415  --help answers without the heavy libraries

    for name in (sheet_name(sheet), sheet.sheet, sheet.file):
        own = told.get(name)
        if isinstance(own, dict):
            return mapping_of(sheet, own)
    plain = {
        heading: field
        for heading, field in told.items()
        if isinstance(field, str) and heading in sheet.headings
    }
    return mapping_of(sheet, plain) if plain else proposed


def _plain(account: "SheetAccount") -> dict[str, Any]:
    return {**asdict(account), "problems": [asdict(problem) for problem in account.problems]}


def _tell(result: "ImportResult", *, dry_run: bool) -> None:
    if dry_run:
        say("A dry run: nothing was written.")
    for account in result.accounts:
        name = (
            account.file
            if not account.sheet or account.sheet == account.file
            else f"{account.file}, {account.sheet}"
        )
        say(
            f"{name}: {account.rows} rows = {account.imported} imported + {account.merged} merged + "
            f"{account.held} held for a decision + {account.refused} refused"
        )
        for problem in account.problems:
            say(f"  row {problem.row}, {problem.column}: {problem.reason}")


IMPORT = Command(
    "import",
    "bring in a caseload",
    "Bring sheets in as one undoable action. Every row ends as imported, merged, held for a decision or refused; "
    "the same file again adds nothing.",
    _arguments,
    _run,
)
