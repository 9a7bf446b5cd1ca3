"""Attack release files from the command line: python -m coachdesk.returns.attack FILE [FILE ...].

Ends with 0 safe, 1 unsafe, 2 not a release file, 3 contradictory, 4 undecided.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.returns.attack import attack, merge_releases
from coachdesk.returns.attack.findings import Findings

ENDS = {"safe": 0, "unsafe": 1, "contradictory": 3, "undecided": 4}
BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Return how the attack ended, after writing the findings to the terminal."""
    parser = argparse.ArgumentParser(
        prog="coachdesk.returns.attack", description="Attack release.json files."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--mode", choices=["auto", "exact", "certify", "relaxed"], default="auto")
    parser.add_argument("--worst", action="store_true", help="read every mark as a number above zero")
    wish = parser.parse_args(arguments)
    try:
        releases = [_read(path) for path in wish.files]
        release = releases[0] if len(releases) == 1 else merge_releases(releases)
        findings = attack(release, mode=wish.mode, zeros="worst" if wish.worst else None)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.message}\n")
        return BAD_INPUT
    _write(findings)
    return ENDS[findings.verdict]


def _read(path: Path) -> dict[str, Any]:
    """Return one release file; raises Refusal."""
    try:
        release = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(f"{path.name} could not be read as a release file.") from error
    if not isinstance(release, dict):
        raise Refusal(f"{path.name} could not be read as a release file.")
    return release


def _write(findings: Findings) -> None:
    lines = [f"{violation.code}: {violation.words}" for violation in findings.violations]
    lines += [f"note: {note}" for note in findings.notes]
    lines.append(f"Verdict: {findings.verdict}.")
    if findings.narrowest is not None:
        lines.append(f"Fewest values a withheld number that could be small can take: {findings.narrowest}.")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
