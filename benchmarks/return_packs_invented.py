"""Invented packs of returns, one for each seed: sizes, linked tables, needs that people share, quarters and two funders."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from coachdesk.returns.tables import CountTable, Dimension, Relation, Rule

SIZES = (12, 20, 20, 35, 60, 60, 90, 120, 200, 200, 350, 500, 900)
TINY = 9  # up to this many people everything that could be true is tried out
STORIES = ("tiny", "tiny", "one", "one", "one", "quarters", "quarters", "nested", "overlapping")
NEEDS = Dimension(
    name="need",
    title="Need",
    labels=("travel", "health", "childcare"),
    kind="multi",
    sensitive=frozenset({"health"}),
)

Person = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Release:
    """What one return adds: its tables, and how they hang together with each other and with earlier ones."""

    tables: tuple[CountTable, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class InventedPack:
    """Successive releases about the same people, under one rule."""

    story: str
    people: int
    rule: Rule
    releases: tuple[Release, ...]


class Inventing:
    """The dice of one seed."""

    def __init__(self, seed: int, story: str | None) -> None:
        self._dice = random.Random(seed)  # noqa: S311  invented people
        drawn = self._dice.choice(STORIES)
        self.story = story or drawn
        tiny = self.story == "tiny"
        self.count = self._dice.randint(4, TINY) if tiny else self._dice.choice(SIZES)
        sizes = [2, self._dice.randint(2, 3)]
        if not tiny:
            # Successive returns multiply the tables, so each has fewer.
            headings = self._dice.randint(2, 3) if self.story == "one" else 2
            sizes = [self._dice.randint(2, 5 if self.story == "one" else 4) for _ in range(headings)]
        # Who has a sensitive label is protected even where it is everybody, which takes a withheld zero.
        sensitive = self._dice.random() < 0.4
        self._dims = [
            Dimension(
                name=f"d{place}",
                title=f"Heading {place}",
                labels=tuple(f"l{label}" for label in range(size)),
                sensitive=frozenset({"l0"}) if sensitive and place == 0 else frozenset(),
            )
            for place, size in enumerate(sizes)
        ]
        self._skew = self._dice.choice((0.3, 1.0, 1.6))
        self.rule = Rule(
            threshold=3 if tiny and self._dice.random() < 0.8 else self._dice.choice((5, 5, 5, 10))
        )
        self._breakdowns = self._chosen(tiny=tiny)

    def _chosen(self, *, tiny: bool) -> list[tuple[Dimension, ...]]:
        pairs = list(combinations(self._dims, 2))
        if tiny:
            return [pairs[0]]
        one_way = [(dim,) for dim in (*self._dims, NEEDS)]
        linked = [*pairs, (NEEDS, self._dims[0])] if self._dice.random() < 0.5 else []
        if self.story != "one":
            # Two ways for a few people are what the planner advises against.
            linked = linked[:1] if self.count >= 60 else []
        return [(), *one_way, *linked]

    def people(self, count: int) -> list[Person]:
        """Return people with a label under each heading."""
        told: list[Person] = []
        for _ in range(count):
            person: Person = {
                "need": frozenset(label for label in NEEDS.labels if self._dice.random() < 0.4),
                "done": frozenset({"yes"} if self._dice.random() < 0.4 else ()),
            }
            for dim in self._dims:
                odds = [1 / (1 + n) ** self._skew for n in range(len(dim.labels))]
                person[dim.name] = frozenset(self._dice.choices(dim.labels, odds))
            told.append(person)
        return told

    def tables(self, people: Sequence[Person], period: str, universe: str) -> tuple[CountTable, ...]:
        """Return the starts and the outcomes of these people by every breakdown."""
        done = [person for person in people if person["done"]]
        return tuple(
            counted(measure, who, dims, period, universe)
            for measure, who in (("starts", people), ("ends", done))
            for dims in self._breakdowns
        )

    def within(self, part: Iterable[CountTable], whole: Iterable[CountTable]) -> list[Relation]:
        """Say that each table lies within the other of the same breakdown."""
        return [Relation.subset(one.id, other.id) for one, other in zip(part, whole, strict=True)]

    def release(self, people: Sequence[Person], period: str, universe: str) -> Release:
        """Return one return with its outcomes within its starts."""
        tables = self.tables(people, period, universe)
        half = len(tables) // 2
        return Release(tables, tuple(self.within(tables[half:], tables[:half])))

    def share(self) -> float:
        """Return how much of the people a second funder pays for."""
        return self._dice.choice((0.3, 0.7, 0.95))

    def quarters(self) -> tuple[int, bool]:
        """Return how many quarters are issued, and whether with the year to date each time."""
        return self._dice.randint(2, 4), self._dice.random() < 0.6


def counted(
    measure: str, people: Sequence[Person], dims: tuple[Dimension, ...], period: str, universe: str
) -> CountTable:
    """Return one table, every total included."""
    seen: Counter[tuple[str, ...]] = Counter()
    for person in people:
        seen.update(product(*((*person[dim.name], dim.total_label) for dim in dims)))
    name = "-".join([period, universe, measure, *(dim.name for dim in dims)])
    return CountTable(
        id=name,
        title=name,
        measure=measure,
        period=period,
        universe=universe,
        dims=dims,
        counts={key: seen[key] for key in product(*(dim.every_label for dim in dims))},
    )


def invented(seed: int, story: str | None = None) -> InventedPack:
    """Return the pack of a seed, with a story of its own unless one is asked for."""
    dice = Inventing(seed, story)
    people = dice.people(dice.count)
    if dice.story == "quarters":
        releases = _quarters(dice)
    elif dice.story in {"nested", "overlapping"}:
        releases = _funders(dice, people)
    else:
        releases = (dice.release(people, "q1", "a"),)
    return InventedPack(dice.story, dice.count, dice.rule, releases)


def _quarters(dice: Inventing) -> tuple[Release, ...]:
    """Return successive quarters, each with the year so far if the funder wants that."""
    count, with_year = dice.quarters()
    so_far = dice.people(dice.count)
    before = dice.release(so_far, "q1", "a")
    releases = [before]
    for quarter in range(2, count + 1):
        fresh = dice.people(dice.count)
        so_far = [*so_far, *fresh]
        now = dice.release(fresh, f"q{quarter}", "a")
        if with_year:
            year = dice.release(so_far, f"y{quarter}", "a")
            sums = [
                Relation.sum_of(total.id, [earlier.id, part.id])
                for total, earlier, part in zip(year.tables, before.tables, now.tables, strict=True)
            ]
            before = year
            now = Release((*now.tables, *year.tables), (*now.relations, *year.relations, *sums))
        releases.append(now)
    return tuple(releases)


def _funders(dice: Inventing, people: Sequence[Person]) -> tuple[Release, ...]:
    """Return the return to one funder, then that to another of people within the first, or overlapping them.

    Overlapping people alone tie no two numbers; they do once the charity also says how many people there are in all.
    """
    first = dice.release(people, "q1", "a")
    share = dice.share()
    common = people[: int(len(people) * share)]
    if dice.story == "nested":
        second = dice.release(common, "q1", "b")
        within = dice.within(second.tables, first.tables)
        return first, Release(second.tables, (*second.relations, *within))
    extra = dice.people(max(1, len(people) // 4))
    second = dice.release([*common, *extra], "q1", "b")
    everybody = dice.release([*people, *extra], "q1", "all")
    unions = [
        Relation.union_of(total.id, [one.id, other.id])
        for total, one, other in zip(everybody.tables, first.tables, second.tables, strict=True)
    ]
    return first, second, Release(everybody.tables, (*everybody.relations, *unions))
