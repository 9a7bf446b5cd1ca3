"""What the measurements share: alternating runs, the least of them, and one form of result.

The least of several runs is the honest figure on a machine that does other things: nothing makes a run faster than it is.
A result is a ratio of two things measured in the same run, so that it means the same on another machine.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One figure, what it was compared with, and the most it may be."""

    name: str
    ours: float
    bare: float
    unit: str
    ratio: float
    at_most: float | None = None

    @property
    def holds(self) -> bool:
        """Return whether the figure keeps its target; a figure without a target always does."""
        return self.at_most is None or self.ratio <= self.at_most


def compared(
    name: str, ours: float, bare: float, *, unit: str = "ms", at_most: float | None = None
) -> Result:
    """Return two measurements as a result with its ratio."""
    return Result(name, round(ours, 2), round(bare, 2), unit, round(ours / bare, 2), at_most)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long one run of a piece of work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def least_of(runs: int, *works: Callable[[], object]) -> tuple[float, ...]:
    """Return the least time of each piece of work, run in turn so that a busy minute hits all alike."""
    times = [[milliseconds(work) for work in works] for _ in range(runs)]
    return tuple(min(column) for column in zip(*times, strict=True))


def report(*results: Result) -> int:
    """Print each result as a line of JSON and return 0 when all keep their targets, else 1."""
    for result in results:
        print(json.dumps({**asdict(result), "holds": result.holds}))
    return 0 if all(result.holds for result in results) else 1


def resident() -> float:
    """Return the megabytes this process holds in memory (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (row for row in status.splitlines() if row.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
