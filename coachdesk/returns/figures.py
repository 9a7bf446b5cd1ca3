"""The figures of a return: the true number for the team, the printed one for the pack, and the people behind."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from coachdesk.returns.catalogue import IndicatorDefinition, definition_on
from coachdesk.returns.indicators.found import PEOPLE, Amount, Found, Group
from coachdesk.returns.indicators.good_work import mean_words
from coachdesk.returns.planner import LEAST_BASE
from coachdesk.returns.shown import Printed, number_words, percent_words, value
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import FigurePart, FigureRow

Kind = Literal["count", "share", "split", "mean", "amount"]
NOT_WORKED_OUT = "Not worked out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure to be: what was found, how it reads, and in which table its numbers are printed.

    ``leave_out`` names groups that are no part of the base of a share (pay not known).
    """

    found: Found
    kind: Kind = "count"
    definition: str = ""
    title: str = ""
    profile: int | None = None
    leave_out: frozenset[str] = frozenset()

    @property
    def split_id(self) -> str:
        """Return the id of the table that divides the base."""
        return f"{self.found.id}-split"


def figure_rows(
    lines: Sequence[Line], printed: Printed, catalogue: tuple[IndicatorDefinition, ...], on: dt.date
) -> tuple[FigureRow, ...]:
    """Return every figure in the order of the lines."""
    return tuple(
        _row(line, printed, definition_on(catalogue, line.definition or line.found.id, on)) for line in lines
    )


def _row(line: Line, printed: Printed, definition: IndicatorDefinition) -> FigureRow:
    found = line.found
    row = FigureRow(
        id=found.id,
        title=line.title or definition.title,
        definition=definition.definition,
        formula=definition.formula,
        value_words="",
        base_words="",
        client_ids=_sorted(found.people),
        base_ids=_sorted(found.base_people) if found.is_split else (),
        note=found.note,
        intervention=definition.intervention,
        unit=definition.unit,
        evidence=definition.evidence,
        source=definition.source,
        near=found.near,
        kind=line.kind,
        parts=tuple(_part(line, group) for group in found.groups),
    )
    if found.missing:
        said = f"{NOT_WORKED_OUT}: {found.missing}"
        return replace(row, value_words=said, printed_words=said)
    return WORDS[line.kind](line, row, printed)


def _part(line: Line, group: Group) -> FigurePart:
    return FigurePart(
        label=group.label,
        number=group.number,
        client_ids=_sorted(group.clients),
        left_out=group.label in line.leave_out,
    )


def _sorted(people: frozenset[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(people))


def _count(line: Line, row: FigureRow, printed: Printed) -> FigureRow:
    number = line.found.number
    shown = value(printed, line.found.id)
    value_words, printed_words = f"{number:,}", number_words(shown)
    if line.profile is not None:
        value_words += _profile_words(number, line.profile)
        printed_words += _profile_words(shown, line.profile)
    return replace(row, value_words=value_words, printed_words=printed_words)


def _profile_words(number: int | None, profile: int) -> str:
    """Return the planned figure, which is public, and the share of it (Kent form, facts 1.5)."""
    if not profile or number is None:
        return f" (profile {profile:,})"
    return f" (profile {profile:,}, {round(100 * number / profile)}%)"


def _base(line: Line) -> int:
    return sum(group.number for group in line.found.groups if group.label not in line.leave_out)


def _share(line: Line, row: FigureRow, printed: Printed) -> FigureRow:
    number, base = line.found.number, _base(line)
    share = f"{round(100 * number / base)}%" if base else "no base"
    return replace(
        row,
        value_words=f"{share} ({number:,})",
        base_words=f"of {base:,}",
        printed_words=_printed_share(line, printed),
    )


def _printed_groups(line: Line, printed: Printed) -> list[int | None]:
    return [value(printed, line.split_id, (group.label,)) for group in line.found.groups]


def _printed_share(line: Line, printed: Printed) -> str:
    """Return a share from the printed numbers of its own table, marked when any of them is withheld."""
    if line.split_id not in printed or line.found.base == 0:
        return MARK if line.found.base else "0 of 0"
    groups = dict(zip((g.label for g in line.found.groups), _printed_groups(line, printed), strict=True))
    kept = [number for label, number in groups.items() if label not in line.leave_out]
    part = next(iter(groups.values()))
    if part is None or any(number is None for number in kept):
        return MARK
    base = sum(number for number in kept if number is not None)
    share = percent_words(part, base)
    return f"{share} ({part:,} of {base:,})" if share != MARK else f"{part:,} of {base:,}"


def _split(line: Line, row: FigureRow, printed: Printed) -> FigureRow:
    """Return every group beside each other: for outcomes in several columns."""
    groups = line.found.groups
    shown = _printed_groups(line, printed)
    said = "; ".join(_planned(line, number_words(number), number, at) for at, number in enumerate(shown))
    if line.split_id not in printed:
        said = MARK if line.found.base else "0 of 0"
    return replace(
        row,
        value_words="; ".join(
            _planned(line, f"{group.number:,}", group.number, at) for at, group in enumerate(groups)
        ),
        base_words=f"of {line.found.base:,}",
        printed_words=said,
    )


def _planned(line: Line, words: str, number: int | None, place: int) -> str:
    """Return a group with its number; what was planned stands beside the first, which the indicator is about."""
    profile = line.profile if place == 0 else None
    beside = _profile_words(number, profile) if profile is not None else ""
    return f"{line.found.groups[place].label}: {words}{beside}"


def _mean(line: Line, row: FigureRow, printed: Printed) -> FigureRow:
    """Return a mean of yes, partly and no; printed only from printed numbers with ten people behind it."""
    yes, partly, no, unsure = (group.number for group in line.found.groups)
    answered = yes + partly + no
    shown = [value(printed, line.split_id, (group.label,)) for group in line.found.groups[:3]]
    known = [number for number in shown if number is not None]
    enough = len(known) == len(shown) and sum(known) > 0 and len(line.found.base_people) >= LEAST_BASE
    return replace(
        row,
        value_words=mean_words(yes, partly, no) if answered else "no answers",
        base_words=f"{answered:,} answers, {unsure:,} don’t know",
        client_ids=_sorted(line.found.base_people),
        base_ids=(),
        printed_words=mean_words(*known) if enough else MARK,
    )


def _amount(line: Line, row: FigureRow, printed: Printed) -> FigureRow:
    """Return a median, mean or ratio, with the numbers it stands on beside it."""
    amount, groups = line.found.amount, line.found.groups
    exact = [] if amount is None else [amount.words]
    rounded = [] if amount is None else [_printed_amount(line, amount, printed)]
    if groups and not (amount is not None and amount.basis):
        split = _split(line, row, printed)
        exact.append(split.value_words)
        rounded.append(split.printed_words)
    return replace(
        row,
        value_words="; ".join(exact),
        base_words=amount.basis if amount is not None and amount.basis else f"of {line.found.base:,}",
        printed_words="; ".join(rounded),
    )


def _printed_amount(line: Line, amount: Amount, printed: Printed) -> str:
    """Return a median or mean rounded, where ten people stand behind it and the numbers it rests on are printed."""
    enough = not amount.needs or len(amount.people) >= LEAST_BASE
    rests_on = [value(printed, line.split_id, (label,)) for label in amount.needs]
    if amount.beside:
        rests_on.append(value(printed, amount.beside))
    return amount.printed if amount.may_leave and enough and None not in rests_on else MARK


WORDS = {"count": _count, "share": _share, "split": _split, "mean": _mean, "amount": _amount}


def units(lines: Sequence[Line]) -> Mapping[str, str]:
    """Return for each measure what it counts, where that is not people."""
    found: dict[str, str] = {}
    for line in lines:
        if line.found.unit != PEOPLE:
            found |= {line.found.id: line.found.unit, line.split_id: line.found.unit}
    return found
