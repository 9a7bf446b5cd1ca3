"""Every test that docs/security.md names as a proof is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAPER = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`((?:tests/)?(?:\w+/)*(?:test_\w+\.py)?)(?:::(\w+))?`")


FAULTS = range(1, 70)
"""The list of faults and attacks a finished program must survive."""
NUMBERS = re.compile(r"^\| ([\d, –]+) \|", re.MULTILINE)


def faults_in(text: str) -> set[int]:
    """Return the numbers of all faults that have a line in the paper."""
    found: set[int] = set()
    for told in NUMBERS.findall(text):
        for one in told.split(","):
            first, _, last = one.strip().partition("–")
            found |= set(range(int(first), int(last or first) + 1))
    return found


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def named_in(text: str) -> list[tuple[str, str]]:
    """Return file and test of every name in the paper; a bare ``::test`` belongs to the file named last."""
    found, last = [], ""
    for file, test in NAMED.findall(text):
        if not file.endswith(".py") and not test:
            continue
        last = Path(file).name if file else last
        found.append((last, test))
    return found


def missing(text: str) -> list[str]:
    files = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}
    return [
        f"{file}::{test}" if test else file
        for file, test in named_in(text)
        if file not in files or (test and test not in functions_of(files[file]))
    ]


def test_every_proof_named_in_the_paper_exists() -> None:
    text = PAPER.read_text(encoding="utf-8")
    assert len(named_in(text)) > 50
    assert missing(text) == []


def test_a_proof_that_is_gone_is_noticed() -> None:
    assert missing("`test_security_paper.py::test_gone`, `::test_every_proof_named_in_the_paper_exists`") == [
        "test_security_paper.py::test_gone"
    ]
    assert missing("`tests/vault/test_nowhere.py`") == ["test_nowhere.py"]


def test_every_fault_of_the_list_has_a_line_with_its_proof() -> None:
    assert faults_in(PAPER.read_text(encoding="utf-8")) == set(FAULTS)
    assert faults_in("| 3, 4 | a\n| 7–9 | b\n| Nr | c\n") == {3, 4, 7, 8, 9}
