"""What a return leaves out, step by step, when everything together cannot be protected beside earlier ones.

As little as possible is given up: first the tables in two directions, then, where the danger lies, narrow bands for
wider ones, then single breakdowns, and the headline figures last (disclosure.md 5.2 and 5.3).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from coachdesk.errors import Refusal
from coachdesk.returns.counting import HEADINGS, Counted, tables_of
from coachdesk.returns.tables import CountTable

STEPS = 12
"""After so many steps the breakdowns go together: a return must be ready while somebody waits."""
PUT_BACK = 8
"""How many of the tables left out are tried again once the return is safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retreat:
    """What is given up so far: tables left out, and tables printed in wider bands, by id."""

    out: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()

    @property
    def is_none(self) -> bool:
        """Return whether everything is printed as it was counted."""
        return not self.out and not self.wide


NOTHING = Retreat()
"""Nothing is given up."""


class Unsafe(Refusal):
    """A return that gives somebody away; ``told`` holds the sentences that say where."""

    def __init__(self, message: str, told: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.told = tuple(told)


def narrowed(counted: Counted, retreat: Retreat) -> Counted:
    """Return what is left of the tables, with their ties."""
    if retreat.is_none:
        return counted
    kept = tuple(
        counted.wider[table.id] if table.id in retreat.wide else table
        for table in counted.tables
        if table.id.removesuffix(f"-{HEADINGS}") not in retreat.out and table.id not in retreat.out
    )
    known = {table.id for table in kept}
    return Counted(
        tables=kept,
        relations=tuple(each for each in (*counted.relations, *counted.spare) if tables_of(each) <= known),
        populations={node: people for node, people in counted.populations.items() if node[0] in known},
        wider={fine: wide for fine, wide in counted.wider.items() if fine in known},
        spare=tuple(each for each in counted.spare if not tables_of(each) <= known),
        bands=counted.bands,
    )


def next_retreat(counted: Counted, before: Retreat, refusal: Refusal, taken: int) -> Retreat | None:
    """Return the next smallest thing to give up after a refusal, None when nothing is left to give up."""
    found = next(_offers(counted, before, refusal, taken), None)
    narrow = {wide.id: fine for fine, wide in counted.wider.items()}
    return found and Retreat(out=frozenset(narrow.get(each, each) for each in found.out), wide=found.wide)


def _offers(counted: Counted, before: Retreat, refusal: Refusal, taken: int) -> Iterator[Retreat]:
    """Give what could be given up next, the least first."""
    left = narrowed(counted, before).tables
    divided = [table for table in left if table.dims and not table.id.endswith(f"-{HEADINGS}")]
    named = _named(left, refusal)
    measures = {table.measure for table in named}
    if taken < STEPS:
        yield from _leave_out(before, [t for t in divided if len(t.dims) > 1 and t.measure in measures])
        yield from _widen(counted, before, named)
        yield from _leave_out(before, [table for table in named if table.dims])
        yield from _leave_out(before, [table for table in divided if table.measure in measures])
        yield from _leave_out(before, [table for table in divided if len(table.dims) > 1])
        yield from _leave_out(before, [table for table in divided if table.measure == divided[-1].measure])
    yield from _leave_out(before, divided)
    if len(named) < len(left):
        yield from _leave_out(before, named)


def _leave_out(before: Retreat, tables: Sequence[CountTable]) -> Iterator[Retreat]:
    if tables:
        yield Retreat(out=before.out | {table.id for table in tables}, wide=before.wide)


def _widen(counted: Counted, before: Retreat, named: Iterable[CountTable]) -> Iterator[Retreat]:
    narrow = {table.id for table in named if table.id in counted.wider and table.id not in before.wide}
    if narrow:
        yield Retreat(out=before.out, wide=before.wide | narrow)


def _named(left: Sequence[CountTable], refusal: Refusal) -> list[CountTable]:
    """Return the tables that a refusal names, by their id or their title."""
    told = " ".join((refusal.message, *getattr(refusal, "told", ())))
    return [
        table
        for table in left
        if f"“{table.title}”" in told or re.search(rf"(?<![\w-]){re.escape(table.id)}(?![\w-])", told)
    ]


def put_back(retreat: Retreat, counted: Counted, attempt: Callable[[Retreat], Refusal | None]) -> Retreat:
    """Return the retreat without what need not have been given up, tried in the order of the pack."""
    order = [table.id for table in counted.tables if table.id in retreat.out]
    needed_for_sure = len(order) == 1 and not retreat.wide
    for table in [] if needed_for_sure else order[:PUT_BACK]:
        less = Retreat(out=retreat.out - {table}, wide=retreat.wide)
        if attempt(less) is None:
            retreat = less
    return retreat


def said(counted: Counted, retreat: Retreat) -> tuple[str, ...]:
    """Return what was given up, in sentences that tell nothing of the numbers."""
    wide = [table.title for table in counted.tables if table.id in retreat.wide - retreat.out]
    out = [table.title for table in counted.tables if table.id in retreat.out]
    told = []
    if wide:
        told.append(
            "In wider bands than usual, because beside what earlier returns have printed the narrow ones would "
            f"have told too much: {'; '.join(wide)}."
        )
    if out:
        told.append(
            "Left out of this return, because beside what earlier returns have printed they would have told too "
            f"much: {'; '.join(out)}."
        )
    return tuple(told)
