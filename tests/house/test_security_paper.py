"""Every test that docs/security.md names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NAMED = re.compile(r"`(?P<file>[\w/]*test_\w+\.py)?(?:::(?P<test>test_\w+))?`")


def test_every_test_the_paper_names_exists() -> None:
    file = ""
    missing = []
    named = 0
    for match in NAMED.finditer((ROOT / "docs" / "security.md").read_text(encoding="utf-8")):
        if not (match["file"] or match["test"]):
            continue
        named += 1
        file = match["file"] or file
        found = [*ROOT.glob(file), *(ROOT / "tests").rglob(Path(file).name)]
        there = any(
            match["test"] is None or f"def {match['test']}(" in one.read_text(encoding="utf-8")
            for one in found
        )
        if not there:
            missing.append(match[0])
    assert named > 40
    assert missing == []
