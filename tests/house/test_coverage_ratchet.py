import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.coverage_ratchet import (
    Allowance,
    breaches,
    first,
    measured_from,
    read_allowance,
    tightened,
    write_allowance,
)

ROOM = "coachdesk/vault/engine.py"
PAGE = "coachdesk/ui/today.py"


def test_full_coverage_with_an_empty_list_holds() -> None:
    assert breaches(Allowance(0, {}), {ROOM: 100.0, PAGE: 90.0}) == []


@pytest.mark.parametrize(
    ("allowance", "measured", "sentence"),
    [
        pytest.param(Allowance(0, {}), {ROOM: 99.9}, "covered to 99.9%", id="unlisted and incomplete"),
        pytest.param(Allowance(1, {PAGE: 80.0}), {PAGE: 79.0}, "fell to 79.0%", id="below its floor"),
        pytest.param(Allowance(0, {}), {PAGE: 89.9}, "covered to 89.9%", id="a page below the floor of all"),
        pytest.param(Allowance(1, {PAGE: 80.0}), {PAGE: 95.0}, "take it off", id="outgrown"),
        pytest.param(Allowance(1, {ROOM: 99.0}), {ROOM: 100.0}, "take it off", id="whole at last"),
        pytest.param(Allowance(1, {PAGE: 80.0}), {PAGE: 85.0}, "raise its floor", id="floor too low"),
        pytest.param(Allowance(1, {PAGE: 80.0}), {}, "not measured", id="gone"),
        pytest.param(Allowance(0, {PAGE: 80.0}), {PAGE: 81.0}, "only shrink", id="list grew"),
    ],
)
def test_every_breach_has_its_sentence(
    allowance: Allowance, measured: dict[str, float], sentence: str
) -> None:
    (found,) = breaches(allowance, measured)
    assert sentence in found


def test_a_listed_file_between_floor_and_slack_holds() -> None:
    assert breaches(Allowance(1, {PAGE: 80.0}), {PAGE: 84.9}) == []


def test_tightening_never_loosens(tmp_path: Path) -> None:
    before = Allowance(3, {PAGE: 80.0, ROOM: 90.0, "coachdesk/gone.py": 10.0})
    after = tightened(before, {PAGE: 70.0, ROOM: 100.0})
    assert after == Allowance(1, {PAGE: 80.0})
    assert tightened(before, {PAGE: 91.27, ROOM: 95.0}).floors == {PAGE: 89.2, ROOM: 93.0}
    assert tightened(before, {PAGE: 95.0, ROOM: 95.0}).floors == {ROOM: 93.0}
    write_allowance(after, tmp_path / "list.toml")
    assert read_allowance(tmp_path / "list.toml") == after


def test_the_first_list_holds_for_the_run_it_was_made_from() -> None:
    measured = {PAGE: 81.28, ROOM: 100.0}
    assert first(measured) == Allowance(1, {PAGE: 79.2})
    assert breaches(first(measured), measured) == []


@pytest.mark.slow
def test_a_breach_fails_the_run_and_its_closing_line(tmp_path: Path) -> None:
    """A whole run in a small project: two workers, one of two branches covered."""
    (tmp_path / "coachdesk").mkdir()
    # a whole package: without this the installed one would be found instead
    (tmp_path / "coachdesk" / "__init__.py").touch()
    (tmp_path / "coachdesk" / "half.py").write_text(
        "def half(a):\n    if a:\n        return 1\n    return 2\n"
    )
    (tmp_path / "test_half.py").write_text(
        "from coachdesk.half import half\n\ndef test_half():\n    assert half(1) == 1\n"
    )
    (tmp_path / "pyproject.toml").write_text(
        '[tool.coverage.run]\nbranch = true\nsource = ["coachdesk"]\n[tool.pytest]\n'
        'qt_api = "pyside6"\npythonpath = ["."]\n'
    )
    house = tmp_path / "tests" / "house"
    house.mkdir(parents=True)
    for name in ("coverage_ratchet.py", "measuring.py", "measured_arcs.py", "below_full_coverage.toml"):
        (house / name).write_text(
            (Path(__file__).parent / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    (house / "below_full_coverage.toml").write_text("at_most = 0\n[floors]\n")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))
    }
    environment["PYTEST_PLUGINS"] = "tests.house.measuring,tests.house.coverage_ratchet"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "test_half.py"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 1, run.stdout + run.stderr
    assert "coachdesk/half.py is covered to" in run.stdout
    assert run.stdout.strip().splitlines()[-1].startswith("1 failed, 1 passed")
    assert measured_from(tmp_path / ".coverage", root=tmp_path).keys() == {"coachdesk/half.py"}
