"""Wider bands in place of narrow ones: the same people under fewer headings, and what ties the two together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coachdesk.returns.breakdowns import Breakdown
from coachdesk.returns.tables import CountTable, Dimension, Key, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A breakdown in wider bands: which one it widens, and under which wide heading each narrow one falls."""

    narrow: str
    dimension: Dimension
    wide_of: Mapping[str, str]

    def under(self, wide: str) -> tuple[str, ...]:
        """Return the narrow headings that make up a wide one."""
        return tuple(label for label, found in self.wide_of.items() if found == wide)


def bands_of(breakdowns: Iterable[Breakdown]) -> dict[str, Band]:
    """Return every wider breakdown by its name."""
    return {
        each.coarse.name: Band(narrow=each.name, dimension=each.coarse.dimension, wide_of=each.widening)
        for each in breakdowns
        if each.coarse is not None
    }


def widened(table: CountTable, bands: Iterable[Band]) -> CountTable | None:
    """Return a one-way table in wider bands, None where nobody has drawn any."""
    band = next((each for each in bands if [each.narrow] == [dim.name for dim in table.dims]), None)
    if band is None:
        return None
    wide = band.dimension
    counts: dict[Key, int] = {
        (label,): sum(table.counts[fine,] for fine in band.under(label)) for label in wide.labels
    }
    counts[(wide.total_label,)] = table.total
    return CountTable(
        id=table.id.removesuffix(band.narrow) + wide.name,
        title=table.title,
        measure=table.measure,
        period=table.period,
        universe=table.universe,
        dims=(wide,),
        counts=counts,
    )


def mixed_ties(part: str, whole: str, bands: Iterable[Band]) -> Iterator[Relation]:
    """Give the ties of a measure within another where one is printed in wide bands and the other in narrow ones."""
    for band in bands:
        for label in dict.fromkeys(band.wide_of.values()):
            fine = band.under(label)
            part_wide, whole_wide = f"{part}-by-{band.dimension.name}", f"{whole}-by-{band.dimension.name}"
            part_fine, whole_fine = f"{part}-by-{band.narrow}", f"{whole}-by-{band.narrow}"
            yield Relation.linear(
                [*((1, whole_fine, (each,)) for each in fine), (-1, part_wide, (label,))],
                op=">=",
                protect=True,
            )
            yield Relation.linear(
                [(1, whole_wide, (label,)), *((-1, part_fine, (each,)) for each in fine)],
                op=">=",
                protect=True,
            )
