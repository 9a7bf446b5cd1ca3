"""The return command, and the list of programmes it can be made for."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from coachdesk.commands.command import Command, day_of, opened, say, say_json, takes_json, takes_vault, watch
from coachdesk.errors import Refusal

if TYPE_CHECKING:
    from coachdesk.returns.wishes import Issued, PreparedReturn


def _arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    parser.add_argument("--programme", metavar="KEY", required=True, help="see coachdesk programmes VAULT")
    parser.add_argument(
        "--period", metavar="FROM..TO", required=True, help="both days included: 2026-07-01..2026-09-30"
    )
    parser.add_argument(
        "--as-at", metavar="DATE", type=day_of, required=True, help="what was known on this day"
    )
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder for the pack")
    parser.add_argument(
        "--draft", action="store_true", help="mark the files as not for release and register nothing"
    )
    parser.add_argument(
        "--method",
        choices=("withhold", "round"),
        default="withhold",
        help="withhold small numbers and enough others (the usual way), or round every number to 5",
    )
    parser.add_argument(
        "--audience",
        choices=("named funder", "public"),
        default="named funder",
        help="who will read it: for the public a number is printed from 10 people",
    )
    parser.add_argument(
        "--reason", metavar="TEXT", default="", help="why a return that was issued already is issued anew"
    )
    parser.add_argument(
        "--checked-by",
        metavar="NAME",
        default="",
        help="who asked the motivated intruder's questions of it and answered each with no; the register says so",
    )
    parser.add_argument(
        "--seconds",
        metavar="N",
        type=int,
        default=10,
        help="how long to look for the least to withhold once a safe answer is there, 0 to 120",
    )
    takes_json(parser)


def _run(wish: argparse.Namespace) -> int:
    from coachdesk.returns.choice import ProtectionChoice  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.returns.issue import issue  # noqa: PLC0415  as above
    from coachdesk.returns.issue_questions import NO, intruder_questions  # noqa: PLC0415  as above
    from coachdesk.returns.periods import parse_period  # noqa: PLC0415  as above
    from coachdesk.returns.prepare import prepare  # noqa: PLC0415  as above
    from coachdesk.returns.wishes import IssueWish, ReturnWish  # noqa: PLC0415  as above

    period = parse_period(wish.period)
    with opened(wish) as vault:
        told = watch(wish)
        prepared = prepare(
            vault,
            ReturnWish(
                programme_key=wish.programme,
                from_on=period.from_on,
                to_on=period.to_on,
                as_at=wish.as_at,
                audience=wish.audience,
                reason=wish.reason,
                choice=ProtectionChoice(method=wish.method, seconds=wish.seconds),
            ),
            told,
        )
        if not prepared.is_safe:
            raise Refusal(" ".join(("The return is not safe and was not written.", *prepared.safety)))
        checked_by = wish.checked_by.strip()
        answers = {one.key: NO for one in intruder_questions()} if checked_by else {}
        issued = issue(
            vault,
            IssueWish(
                prepared=prepared, folder=wish.out, draft=wish.draft, checked_by=checked_by, intruder=answers
            ),
            told,
        )
    if wish.json:
        say_json(_plain(prepared, issued, checked_by))
    else:
        _tell(prepared, issued, checked_by, draft=wish.draft)
    return 0


def _plain(prepared: "PreparedReturn", issued: "Issued", checked_by: str) -> dict[str, object]:
    return {
        "release": str(issued.release_id) if issued.release_id else None,
        "checked_by": checked_by if issued.release_id else "",
        "folder": str(issued.folder),
        "files": [file.name for file in issued.files],
        "cells": prepared.cost.cells,
        "hidden": prepared.cost.hidden,
        "method": prepared.protection["method"],
        "threshold": prepared.threshold,
        "gap": prepared.protection["gap"],
        "left_out": prepared.protection["given_up"]["left_out"],
        "wider_bands": prepared.protection["given_up"]["wide"],
        "quality": [line.sentence for line in prepared.quality],
        "safety": list(prepared.safety),
    }


def _tell(prepared: "PreparedReturn", issued: "Issued", checked_by: str, *, draft: bool) -> None:
    for line in prepared.quality:
        say(f"  To put right: {line.sentence}")
    say(f"{prepared.cost.hidden} of {prepared.cost.cells} numbers are withheld to protect people.")
    for sentence in prepared.safety:
        say(sentence)
    say("A draft, not for release:" if draft else "The return is issued and in the register:")
    for file in issued.files:
        say(f"  {file}")
    if draft:
        return
    from coachdesk.returns.issue_questions import intruder_questions  # noqa: PLC0415  --help answers without the heavy libraries

    if not checked_by:
        say("The register names nobody who checked it: say who with --checked-by.")
        return
    say(f"Checked by {checked_by}, who answered each of these with no:")
    for one in intruder_questions():
        say(f"  {one.question}")


RETURN = Command(
    "return",
    "issue an anonymised return",
    "Work out the figures, protect them, attack them as a stranger would, and write the pack: report.pdf, "
    "summary.pdf, tables.xlsx, cells.csv and release.json. A pack that fails the attack is not written.",
    _arguments,
    _run,
)


def _programmes_arguments(parser: argparse.ArgumentParser) -> None:
    takes_vault(parser)
    takes_json(parser)


def _programmes(wish: argparse.Namespace) -> int:
    from coachdesk.casework.programmes import list_programmes  # noqa: PLC0415  --help answers without the heavy libraries
    from coachdesk.vault.work import reading  # noqa: PLC0415  as above

    with opened(wish) as vault, reading(vault) as session:
        rows = list_programmes(session, None)
    if wish.json:
        say_json({"programmes": [asdict(row) for row in rows]})
        return 0
    for row in rows:
        shown = (
            f"from {row.threshold} people"
            if row.threshold is not None
            else "no threshold yet: a return is refused"
        )
        say(f"{row.key}: {row.title} ({shown})")
        for blank in row.blanks:
            say(f"  not found, fill in from your agreement: {blank}")
    return 0


PROGRAMMES = Command(
    "programmes",
    "list the programmes of a vault",
    "List the programmes, from how many people a number is shown, and what was left blank because nobody said.",
    _programmes_arguments,
    _programmes,
)
