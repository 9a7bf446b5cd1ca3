"""Both ways of measuring tell the same of the same code: what SlipCover saw, and what coverage.py sees itself."""

import ast
import itertools
from pathlib import Path
from types import CodeType

import coverage
import pytest
import slipcover
from slipcover.branch import preinstrument

from tests.house.measured_arcs import Seen, arcs_of

SOURCE = '''"""A file with every shape of branch the program has."""

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nowhere import Nothing


@dataclass(
    frozen=True,
)
class Pair:
    """Two."""

    one: int = 0
    two: (
        int
    ) = 1

    def larger(self) -> int:
        """Return one of two."""
        if (
            self.one
            > self.two
        ):
            return self.one
        return self.two


def chosen(a):
    if a == 0:
        b = 1
    elif a == 1:
        b = 2
    else:
        b = 3
    if b == 2:
        b += 1


def looked(a):
    for one in range(a):
        if one == 1:
            continue
        if one == 3:
            break
    else:
        a += 1
    for _ in range(a): # nothing follows
        if a == 2:
            a -= 1


def waited(a):
    while a:
        a -= 1
        if a == 2:
            return a
    while True:
        a += 1
        if a > 2:
            break
    return 0


def kept(a):
    with contextlib.suppress(ValueError):
        if a == 1:
            raise ValueError(
                a,
                "one",
            )
        if a == 2:
            a = 3
    with contextlib.suppress(ValueError):
        if a == 3:
            return 1
    try:
        if a == 4:
            a = 5
        if a == 0:
            raise KeyError(a)
    except KeyError as wrong:
        if a:
            return 1
    else:
        if a == 5:
            a = 6
    finally:
        if a == 6:
            a = 7
    for one in [1]:
        try:
            if a == 7:
                continue
        finally:
            a = 8
    return [
        x
        for x in range(a)
        if x
    ]


def numbered(a):
    for x in range(a):
        if x:
            yield x
    def inner(b):
        if b:
            return (
                lambda c: c
                if c
                else b
            )(0)
    inner(a)


def all_of_it(a):
    Pair(a, 2).larger()
    chosen(a)
    looked(a)
    waited(a)
    kept(a)
    list(numbered(a))
'''


def told_by_coverage(path: Path, data: coverage.CoverageData | None, given: tuple[int, ...]) -> object:
    """Return statements and branches that did not run, from data, or measured here where there is none."""
    measuring = coverage.Coverage(data_file=None, branch=True, include=[str(path)], config_file=False)
    if data is None:
        measuring.start()
        run(compile(SOURCE, str(path), "exec"), given)
        measuring.stop()
    else:
        measuring.get_data().update(data)
    analysis = measuring._analyze(str(path))
    return sorted(analysis.missing), sorted(
        (start, sorted(ends)) for start, ends in analysis.missing_branch_arcs().items()
    )


def run(code: CodeType, given: tuple[int, ...]) -> None:
    room = {"__name__": "shapes"}
    exec(code, room)  # noqa: S102  # the file above
    for one in given:
        room["all_of_it"](one)  # type: ignore[operator]  # a function of the file above


@pytest.mark.parametrize(
    "given", [given for many in range(3) for given in itertools.combinations(range(7), many)], ids=str
)
def test_what_was_seen_is_what_coverage_sees(given: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "shapes.py"
    path.write_text(SOURCE, encoding="utf-8")
    seeing = slipcover.Slipcover(branch=True, exclude_lines=[])
    run(seeing.instrument(compile(preinstrument(ast.parse(SOURCE)), str(path), "exec")), given)
    entry = seeing.get_coverage()["files"][str(path)]
    taken = {*map(tuple, entry["executed_branches"])}
    seen = Seen(
        frozenset(entry["executed_lines"]),
        frozenset(taken),
        frozenset(taken | {*map(tuple, entry["missing_branches"])}),
    )
    data = coverage.CoverageData(no_disk=True)
    data.add_arcs({str(path): arcs_of(SOURCE, seen)})
    assert told_by_coverage(path, data, given) == told_by_coverage(path, None, given)


def test_both_processes_together_saw_what_either_saw() -> None:
    one = Seen(frozenset({1}), frozenset({(1, 2)}), frozenset({(1, 2), (1, 0)}))
    other = Seen(frozenset({3}), frozenset({(1, 0)}), frozenset({(1, 2), (1, 0)}))
    assert one | other == Seen(frozenset({1, 3}), frozenset({(1, 2), (1, 0)}), one.branches)


def test_a_match_is_refused_instead_of_counted_wrongly() -> None:
    with pytest.raises(ValueError, match="write it as if and elif"):
        arcs_of("match 1:\n    case 1:\n        pass\n", Seen())
