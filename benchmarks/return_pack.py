"""The return over 5,000 clients: its figures against plain SQL, and the whole pack, also over 2,000, against 15 seconds.

What the plain way asks is in ``return_sql``, the same as for more clients. The time of a pack is also told step by step,
as the steps name themselves to whoever waits for them, by the clock and by the processor.
"""

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.large_vault import large_vault, opened
from benchmarks.measuring import compared, report
from benchmarks.return_sql import WISH, figures
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import IssueWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

RUNS = 3
TARGET_SECONDS = 15
USUAL_CLIENTS, USUAL_CONTACTS = 2_000, 20
DONE = "Done"


class Steps:
    """Which step of the work began when, by the clock and by the processor."""

    def __init__(self) -> None:
        self._begun: list[tuple[str, float, float]] = []

    def hear(self, _fraction: float, words: str) -> None:
        """Note that a step has begun, or goes on."""
        if not self._begun or self._begun[-1][0] != words:
            self._begun.append((words, time.perf_counter(), time.process_time()))

    def told(self) -> list[str]:
        """Return every step with its seconds."""
        return [
            f"{words}: {after[1] - clock:.2f} s, {after[2] - processor:.2f} s of the processor"
            for (words, clock, processor), after in pairwise(self._begun)
        ]


def whole_pack(vault: OpenVault) -> tuple[float, float]:
    """Return the seconds from the wish to five files on the disk, protected, attacked and looked through.

    By the clock and by the processor; each step is told on the way.
    """
    steps = Steps()
    watch = Watch(hear=steps.hear)
    started, busy = time.perf_counter(), time.process_time()
    prepared = prepare(vault, WISH, watch)
    with tempfile.TemporaryDirectory() as folder:
        wish = IssueWish(prepared=prepared, folder=Path(folder) / "return", draft=True)
        issued = issue(vault, wish, watch)
        steps.hear(1.0, DONE)
        assert len(issued.files) == 5, issued.files
    took = time.perf_counter() - started, time.process_time() - busy
    print(f"pack of {len(prepared.tables)} tables", *steps.told(), sep="\n  ")
    return took


def main() -> int:
    """Measure and report."""
    vault = opened(large_vault())
    try:
        with reading(vault) as session:
            mine, plainly = figures(session, RUNS)
        pack, _ = whole_pack(vault)
    finally:
        vault.close()
    usual = opened(large_vault(USUAL_CLIENTS, USUAL_CONTACTS))
    try:
        smaller, busy = whole_pack(usual)
    finally:
        usual.close()
    name = "return, pack over 2,000 clients of its 15 s"
    return report(
        compared("return, figures against plain SQL", mine, plainly, at_most=3.0),
        compared("return, whole pack of its 15 s", pack, TARGET_SECONDS, unit="s", at_most=1.0),
        compared(name, smaller, TARGET_SECONDS, unit="s", at_most=1.0),
        compared(f"{name}, by the processor", busy, TARGET_SECONDS, unit="s", at_most=1.0),
    )


if __name__ == "__main__":
    sys.exit(main())
