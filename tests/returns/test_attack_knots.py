"""What happens when the solver has no answer, or too much to do."""

import highspy
import pytest

from coachdesk.returns.attack import attack
from coachdesk.returns.attack.knots import Knot, chosen_mode
from coachdesk.returns.attack.system import System

TWO_MARKS = {
    "policy": {"threshold": 5},
    "tables": [
        {"id": "t", "dims": [{"name": "x", "labels": ["a", "b", "Total"]}], "values": ["[c]", "[c]", 13]}
    ],
}


def test_what_the_solver_gives_up_on_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Knot, "_best", lambda *_: None)
    findings = attack(TWO_MARKS)
    assert findings.verdict == "undecided"
    assert "could not be decided" in findings.notes[0]


def test_a_solver_that_stops_early_has_no_answer() -> None:
    class Tired:
        def run(self) -> None:
            """Do nothing."""

        def getModelStatus(self) -> highspy.HighsModelStatus:  # noqa: N802 - the solver's name
            return highspy.HighsModelStatus.kIterationLimit

    system = System()
    one, other = system.unknown(), system.unknown()
    system.tie([(1, one), (1, other)], 13, 13)
    assert Knot(system, [one, other], system.sums)._solve(Tired()) is None  # type: ignore[arg-type]  # stands in for the solver


def test_large_knots_may_use_fractions() -> None:
    assert chosen_mode("auto", 10) == "certify"
    assert chosen_mode("auto", 10_000) == "relaxed"
    assert chosen_mode("exact", 10_000) == "exact"
