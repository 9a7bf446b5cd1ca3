"""Print what became of the rows of an import, from the JSON that ``coachdesk import --json`` writes."""

import json
import sys
from pathlib import Path

FATES = ("imported", "merged", "held", "refused")


def main(path: Path) -> int:
    """Print a line a file and return 0 when every row has one fate, else 1."""
    account = json.loads(path.read_text(encoding="utf-8"))
    whole = True
    for file in account["files"]:
        fates = ", ".join(f"{file[fate]} {fate}" for fate in FATES)
        print(f"   {Path(file['file']).name}: {file['rows']} rows: {fates}")
        whole = whole and sum(file[fate] for fate in FATES) == file["rows"]
    if not account["files"] or not whole:
        print("   The rows do not add up: this is a fault of CoachDesk.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
