import json
from pathlib import Path

import pytest

from tools.import_account import main


def account(folder: Path, *files: dict[str, object]) -> Path:
    path = folder / "import.json"
    path.write_text(json.dumps({"files": files}), encoding="utf-8")
    return path


def told(*, rows: int, imported: int) -> dict[str, object]:
    return {
        "file": "caseload/clients.csv",
        "rows": rows,
        "imported": imported,
        "merged": 1,
        "held": 2,
        "refused": 3,
    }


def test_every_row_has_one_fate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(account(tmp_path, told(rows=16, imported=10))) == 0
    assert capsys.readouterr().out == "   clients.csv: 16 rows: 10 imported, 1 merged, 2 held, 3 refused\n"


def test_a_lost_row_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(account(tmp_path, told(rows=17, imported=10))) == 1
    assert "do not add up" in capsys.readouterr().err


def test_no_file_at_all_is_a_fault(tmp_path: Path) -> None:
    assert main(account(tmp_path)) == 1
