"""What SlipCover saw of one file, in the words of coverage.py: steps from a line to a line.

SlipCover names a branch by the statement and the line it goes on to; coverage.py names the same by the first lines of
both statements, and the way out of a function by a negative number. Where the two name the far end differently (the
end of a ``with``, a ``finally``), the way is known by being the other one of two.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass

from coverage.parser import PythonParser

ENTRY = -1
"""A step from outside: it says that a line ran, and nothing of where from."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Lines that ran, branches that were taken, and all branches there are, as SlipCover numbers them."""

    lines: frozenset[int] = frozenset()
    taken: frozenset[tuple[int, int]] = frozenset()
    branches: frozenset[tuple[int, int]] = frozenset()

    def __or__(self, other: "Seen") -> "Seen":
        """Return what both saw together."""
        return Seen(self.lines | other.lines, self.taken | other.taken, self.branches | other.branches)


def arcs_of(source: str, seen: Seen) -> set[tuple[int, int]]:
    """Return the steps that ran in a file of that source.

    Raises:
        ValueError: the file has a ``match`` statement, whose cases the two number by different lines.

    """
    if not source:
        return set()
    if any(isinstance(node, ast.Match) for node in ast.walk(ast.parse(source))):
        raise ValueError("A match statement is not measured: write it as if and elif.")
    parser = PythonParser(text=source)
    parser.parse_source()
    ways: dict[int, set[int]] = defaultdict(set)
    for start, end in parser.arcs():
        ways[start].add(end)
    named: dict[int, dict[int, int]] = defaultdict(dict)
    for start, end in seen.branches:
        named[parser.first_line(start)][end] = parser.first_line(end) if end else 0
    steps = {(ENTRY, parser.first_line(line)) for line in seen.lines}
    for start, end in seen.taken:
        here = parser.first_line(start)
        steps |= {(here, way) for way in _ways_meant(end, named[here], ways[here])}
    return steps


def _ways_meant(end: int, named: dict[int, int], ways: set[int]) -> set[int]:
    """Return the ways coverage.py knows for the branch to that line: itself, or those nobody else is named by."""
    if named[end] in ways:
        return {named[end]}
    return ways - set(named.values())
