"""The cheapest pattern: compared with trying out every pattern, and what happens when the time is over."""

from collections.abc import Iterable
from itertools import count, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import Cancelled
from coachdesk.returns.attack import attack
from coachdesk.returns.protection import Protection, protect, protecting, refining, render_release
from coachdesk.returns.protection.cells import Pack
from coachdesk.returns.protection.cuts import Cut
from coachdesk.returns.protection.growth import Demand
from coachdesk.returns.protection.proof import Weakness
from coachdesk.returns.protection.refining import Master, Refined, Refinement, surroundings
from coachdesk.returns.tables import CountTable, Dimension, Rule

RULE = Rule(threshold=5)
TIGHT = Rule(threshold=3)
A, B = (Dimension(name=name, title=name, labels=("p", "q")) for name in "ab")


def two_way(*counts: int, name: str = "t", dims: tuple[Dimension, Dimension] = (A, B)) -> CountTable:
    inner = dict(zip(product(*(dim.labels for dim in dims)), counts, strict=True))
    told = {
        key: sum(
            value
            for place, value in inner.items()
            if all(k in (p, "Total") for k, p in zip(key, place, strict=True))
        )
        for key in product(*(dim.every_label for dim in dims))
    }
    return CountTable(id=name, title=name, measure="s", period="q", universe="h", dims=dims, counts=told)


def wide(*counts: int) -> CountTable:
    """Return a table of two rows and as many columns as that takes."""
    columns = Dimension(name="c", title="c", labels=tuple(f"c{n}" for n in range(len(counts) // 2)))
    return two_way(*counts, dims=(A, columns))


def every_grid(counts: tuple[int, ...]) -> np.ndarray:
    """Return all two by two tables near these counts, their totals included, in the order of the keys."""
    grids = np.array(list(product(*(range(n + TIGHT.width + 1) for n in counts))))
    p, q, r, s = grids.T
    return np.array([p, q, p + q, r, s, r + s, p + r, q + s, p + q + r + s]).T


def cheapest(counts: tuple[int, ...]) -> float:
    """Return the least weight of any safe pattern, by trying all of them from the lightest on."""
    table = two_way(*counts)
    pack = Pack([table], [])
    truth = np.array([table.counts[key] for key in table.every_key()])
    weights = np.array([pack.cells[pack.index["t", key]].weight for key in table.every_key()])
    small = [n for n, value in enumerate(truth) if 1 <= value < TIGHT.threshold]
    grids = every_grid(counts)
    wary = grids[(grids >= np.where(truth > 0, 1, 0)).all(axis=1)]
    lowest = wary.min(axis=0)
    patterns = [np.array(pattern) for pattern in product((False, True), repeat=9)]
    for hidden in sorted(patterns, key=lambda hidden: float(weights[hidden].sum())):
        if all(hidden[small]) and all(_wide(grids, truth, hidden) for grids in (wary, grids)):
            possible = wary[(wary == truth)[:, ~hidden].all(axis=1)]
            low, high = possible.min(axis=0), possible.max(axis=0)
            if all(low[n] == lowest[n] and high[n] >= lowest[n] + TIGHT.width - 1 for n in small):
                return float(weights[hidden].sum())
    raise AssertionError


def _wide(grids: np.ndarray, truth: np.ndarray, hidden: np.ndarray) -> bool:
    """Whether nothing withheld that could be small is narrower than the rule."""
    possible = grids[(grids == truth)[:, ~hidden].all(axis=1)]
    low, high = possible.min(axis=0), possible.max(axis=0)
    harmless = (low >= TIGHT.threshold) | (high == 0) | (high - low + 1 >= TIGHT.width)
    return bool(harmless[hidden].all())


@settings(max_examples=40, deadline=None)
@given(counts=st.tuples(*[st.integers(0, 5)] * 4).filter(lambda counts: sum(counts) >= TIGHT.threshold))
def test_no_safe_pattern_is_cheaper(counts: tuple[int, ...]) -> None:
    protection = protect([two_way(*counts)], [], TIGHT)
    assert protection.gap == 0
    assert protection.weight == pytest.approx(protection.bound)
    assert protection.weight == pytest.approx(cheapest(counts))
    assert attack_of(protection, TIGHT)


def attack_of(protection: Protection, rule: Rule) -> bool:
    return attack(render_release(protection.tables, [], rule)).verdict == "safe"


GREEDY = wide(9, 2, 30, 25, 40, 14, 8, 20, 3, 50)


def test_the_refined_pattern_is_safe_cheaper_or_as_cheap_and_proven() -> None:
    plain, fine = protect([GREEDY], [], RULE, seconds=0), protect([GREEDY], [], RULE)
    assert (plain.bound, plain.gap) == (None, None)
    assert fine.gap == 0
    assert fine.bound == pytest.approx(fine.weight)
    assert fine.weight <= plain.weight
    assert attack_of(fine, RULE)


def test_what_nothing_else_has_to_be_withheld_for_is_proven_without_a_search() -> None:
    protection = protect([wide(9, 12, 30, 25)], [], RULE, seconds=0)
    assert (protection.weight, protection.bound, protection.gap) == (0, 0, 0)


def refined(table: CountTable, left: Iterable[float] = (), **more: Any) -> Refined:
    """Return what the search makes of withholding all numbers inside a table; ``left`` is what the clock says."""
    pack = Pack([table], [])
    small = {n for n, cell in enumerate(pack.cells) if 1 <= cell.value < RULE.threshold}
    demands = [Demand(n, 1, RULE.width - pack.cells[n].value) for n in sorted(small)]
    hidden = {pack.index[table.id, key] for key in table.every_key() if "Total" not in key}
    clock = iter(left)
    told: dict[str, Any] = {"watch": lambda: None, "left": lambda: next(clock, 60.0), **more}
    return Refinement(pack, RULE, needed=small, demands=demands, **told).refine(hidden, [])


def test_a_dear_pattern_is_replaced_by_the_cheapest() -> None:
    found = refined(GREEDY)
    assert found.gap == 0
    assert len(found.hidden) < 10


@pytest.mark.parametrize("turns", range(12))
def test_when_the_time_is_over_the_best_so_far_stands(turns: int) -> None:
    found = refined(GREEDY, [*[60.0] * turns, *[-1.0] * 10_000])
    assert found.bound <= found.weight <= refined(GREEDY, [-1.0] * 10_000).weight


def test_without_any_time_the_pattern_stays_and_the_gap_says_so() -> None:
    found = refined(GREEDY, [-1.0] * 10_000)
    assert len(found.hidden) == 10
    assert found.gap > 0.5


def test_the_person_can_stop_the_search() -> None:
    turns = count()
    words: list[str] = []

    def stop() -> bool:
        return bool(words) and words[-1].startswith("Looking") and next(turns) > 1

    with pytest.raises(Cancelled):
        protect([GREEDY], [], RULE, cancelled=stop, progress=lambda _, said: words.append(said))


@pytest.mark.parametrize("small", [True, False])
def test_a_pattern_that_only_fractions_protect_is_left_for_another(
    monkeypatch: pytest.MonkeyPatch,
    small: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    best = refined(GREEDY).hidden
    pack = Pack([GREEDY], [])
    weak = next(n for n in sorted(best) if (pack.cells[n].value < RULE.threshold) == small)

    def found(_pack: Pack, _rule: Rule, hidden: set[int], *_: object) -> list[Weakness]:
        return [Weakness(weak, 1, 1)] if hidden == best else []

    monkeypatch.setattr(refining, "weaknesses", found)
    other = refined(GREEDY)
    assert other.hidden != best
    assert other.weight >= refined(GREEDY, [-1.0] * 10_000).bound
    assert other.gap == 0


def test_what_stays_unproven_within_the_solvers_tolerance_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refining, "PROVEN", -1.0)
    assert refined(GREEDY).gap == pytest.approx(0, abs=1e-6)


def test_a_cut_is_said_once_and_what_nothing_answers_leaves_no_choice() -> None:
    master = Master({4: 2.0, 7: 1.0}, lambda: False)
    for _ in range(2):
        master.say(Cut((4, 7), (1.0, 0.5)))
    assert master.rows == 1
    assert master.choose(60, 0.0)[0] == {4}
    master.avoid([4], [])
    assert master.choose(60, 0.0)[0] is None


def test_the_solver_stops_in_the_middle_when_the_time_is_over() -> None:
    class Event:
        stopped = False

        def interrupt(self) -> None:
            self.stopped = True

    for over in (True, False):
        event = Event()
        Master({1: 1.0}, lambda over=over: over)._ask(event)  # type: ignore[misc,arg-type]  # a stand-in for the solver's event
        assert event.stopped == over


def test_a_choice_that_cannot_be_made_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Master, "choose", lambda *_: (None, 1.0))
    found = refined(GREEDY)
    assert len(found.hidden) == 10
    assert found.bound < found.weight


def test_surroundings_reach_as_far_as_what_is_withheld() -> None:
    pack = Pack([GREEDY], [])
    row = [pack.index["t", ("p", f"c{n}")] for n in (0, 1)]
    inside, around = surroundings(pack, set(row), row[0])
    assert inside == set(row)
    assert pack.index["t", ("p", "c2")] in around
    assert pack.index["t", ("q", "c3")] not in around


def test_beside_marks_that_were_given_away_nothing_is_refined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "_meet", lambda *_: {0})
    assert protect([GREEDY], [], RULE).gap is None
