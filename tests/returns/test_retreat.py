"""What a return gives up when everything together cannot be protected: the least first, and said in words."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns import safety
from coachdesk.returns.breakdowns import NOT_STATED, Breakdown
from coachdesk.returns.counting import Counted, Counting, Measure
from coachdesk.returns.earlier import past, ties
from coachdesk.returns.retreat import NOTHING, STEPS, Retreat, narrowed, next_retreat, put_back, said
from coachdesk.returns.safety import Safe, made_safe
from coachdesk.returns.tables import Dimension
from coachdesk.vault.watch import Watch
from tests.returns.return_world import under
from tests.returns.test_safety import RULE, SALT, ids, issued, the_breakdowns

NARROW = ("Under 25", "25 to 34", "35 to 49", NOT_STATED)
WIDE = ("Under 35", "35 and over", NOT_STATED)
WIDE_OF = dict(zip(NARROW, ("Under 35", "Under 35", "35 and over", NOT_STATED), strict=True))
TRIPLE = Dimension(name="disability", title="Disability", labels=("Yes", "No", NOT_STATED))


def ages() -> Breakdown:
    given = {
        person: frozenset({NARROW[number % 3]}) for number, person in enumerate(sorted(ids(600)), start=1)
    }
    wide = {person: frozenset({WIDE_OF[next(iter(mine))]}) for person, mine in given.items()}
    coarse = Breakdown(
        dimension=Dimension(name="age-wide", title="Age", labels=WIDE), basis="", under=under(wide)
    )
    return Breakdown(
        dimension=Dimension(name="age", title="Age", labels=NARROW),
        basis="",
        under=under(given),
        coarse=coarse,
        widening=WIDE_OF,
    )


def disability() -> Breakdown:
    given = {person: frozenset({("Yes", "No")[person.int % 2]}) for person in ids(600)}
    return Breakdown(dimension=TRIPLE, basis="", under=under(given))


def count(period: str = "Q1", **measures: frozenset[UUID]) -> Counted:
    counting = Counting(period=period, threshold=5, breakdowns=(the_breakdowns()[0], ages(), disability()))
    return counting.count([Measure(id=n, title=n.title(), people=p) for n, p in measures.items()], [])


def left(counted: Counted, retreat: Retreat | None) -> set[str]:
    assert retreat is not None
    return {table.id for table in narrowed(counted, retreat).tables}


BOTH = count(reach=ids(400), starts=ids(300))
NAMED = Refusal("It could be worked out.", fields={})


def told(table: str) -> Refusal:
    return Refusal(f"The difference of {table}|A and release 3: {table}|A is not printed, but it is 1.")


def test_two_way_tables_of_the_measure_that_tells_go_first() -> None:
    every = left(BOTH, NOTHING)
    first = next_retreat(BOTH, NOTHING, told("starts-by-sex"), 0)
    assert every - left(BOTH, first) == {"starts-by-sex-and-disability", "starts-by-sex-and-age"} & every
    assert "starts-by-sex-and-disability" in every


def step(*out: str, wide: tuple[str, ...] = ()) -> Retreat:
    return Retreat(out=frozenset(out), wide=frozenset(wide))


CROSSED = [table.id for table in BOTH.tables if len(table.dims) > 1]


def test_then_narrow_bands_become_wider_ones_and_only_then_the_table_goes() -> None:
    before = step(*CROSSED)
    wider = next_retreat(BOTH, before, told("starts-by-age"), 1)
    assert wider == step(*CROSSED, wide=("starts-by-age",))
    assert {"starts-by-age-wide", "reach-by-age"} <= left(BOTH, wider)
    gone = next_retreat(BOTH, wider, told("starts-by-age-wide"), 2)
    assert gone is not None
    assert gone.out == {*CROSSED, "starts-by-age"}
    assert not {"starts-by-age", "starts-by-age-wide"} & left(BOTH, gone)


def test_a_title_names_a_table_as_well_as_its_id() -> None:
    refusal = Refusal("This return cannot be protected: A in “Starts by sex” could be worked out.")
    found = next_retreat(BOTH, step(*CROSSED), refusal, 0)
    assert found == step(*CROSSED, "starts-by-sex")


def test_a_headline_that_tells_costs_its_own_breakdowns_before_those_of_others() -> None:
    found = next_retreat(BOTH, step(*CROSSED), told("starts"), 0)
    assert found is not None
    assert found.out - set(CROSSED) == {"starts-by-sex", "starts-by-age", "starts-by-disability"}


def test_where_nobody_knows_what_tells_measures_go_one_by_one_and_headlines_last() -> None:
    blind = Refusal("too much")
    first = next_retreat(BOTH, NOTHING, blind, 0)
    assert first == step(*CROSSED)
    second = next_retreat(BOTH, first, blind, 1)
    assert left(BOTH, second) == {"reach", "starts", "reach-by-sex", "reach-by-age", "reach-by-disability"}
    headlines = next_retreat(BOTH, NOTHING, blind, STEPS)
    assert left(BOTH, headlines) == {"reach", "starts"}
    assert headlines is not None
    assert next_retreat(BOTH, headlines, blind, STEPS) is None
    assert left(BOTH, next_retreat(BOTH, headlines, told("starts"), STEPS)) == {"reach"}
    assert next_retreat(BOTH, headlines, Refusal("“Starts” and “Reach” tell"), STEPS) is None


def test_what_need_not_have_gone_is_put_back() -> None:
    tried: list[Retreat] = []

    def attempt(retreat: Retreat) -> Refusal | None:
        tried.append(retreat)
        return None if "reach-by-sex" in retreat.out else NAMED

    assert put_back(step("reach-by-sex", "reach-by-age"), BOTH, attempt) == step("reach-by-sex")
    assert len(tried) == 2
    assert put_back(step("reach-by-sex"), BOTH, attempt) == step("reach-by-sex")
    assert len(tried) == 2


def test_every_step_is_said_in_words_and_without_numbers() -> None:
    words = said(BOTH, step("starts-by-sex", wide=("reach-by-age",)))
    assert words[0].endswith("Reach by age.")
    assert words[1].endswith("Starts by sex.")
    assert said(BOTH, NOTHING) == ()


def spoil(monkeypatch: pytest.MonkeyPatch, tells: Callable[[set[str]], str | None]) -> None:
    """Let the attack find something for as long as the tables printed hold it."""
    real = safety.examined

    def examined(release: dict[str, object], *rest: object, **named: object) -> object:
        tables = release["tables"]
        assert isinstance(tables, list)
        found = tells({table["id"] for table in tables})
        if found is not None:
            raise told(found)
        return real(release, *rest, **named)  # type: ignore[arg-type]  # passed through as it came

    monkeypatch.setattr(safety, "examined", examined)


def safe_return(counted: Counted) -> Safe:
    return made_safe(counted, past([]), RULE, SALT, Watch.silent())


def test_one_table_that_tells_is_the_only_one_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, lambda ids: "starts-by-sex" if "starts-by-sex" in ids else None)
    safe = safe_return(BOTH)
    assert safe.retreat == step("starts-by-sex"), "the two-way tables were tried first and put back"
    assert {each.table.id for each in safe.protected} == left(BOTH, NOTHING) - {"starts-by-sex"}
    assert "Starts by sex" in safe.given_up[0]


def test_wider_bands_keep_a_table_that_would_have_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, lambda ids: "starts-by-age" if "starts-by-age" in ids else None)
    safe = safe_return(BOTH)
    assert safe.retreat == step(wide=("starts-by-age",)), "nothing is left out"
    wide = next(each for each in safe.protected if each.table.id == "starts-by-age-wide")
    assert sum(wide.table.counts[label,] for label in WIDE) == 300


def test_bands_that_differ_from_an_earlier_return_are_tied_under_the_wider_headings() -> None:
    """Fewer people then had wide bands, more people now have narrow ones: a reader adds the narrow ones up."""
    few = issued(count("Q1", starts=ids(30)))[1]
    assert "starts-by-age-wide" in {table["id"] for table in few["tables"]}
    found = ties(count("Q1..Q2", starts=ids(60)), past([few]), SALT, 5)
    mixed = [each for each in found if "release 1: starts-by-age-wide" in {term[1] for term in each.terms}]
    young = [each for each in mixed if ("Under 35",) in {term[2] for term in each.terms}]
    assert [(coefficient, key) for coefficient, _, key in young[0].terms] == [
        (1, ("Under 25",)), (1, ("25 to 34",)), (-1, ("Under 35",))
    ]  # fmt: skip
    assert {each.op for each in mixed} == {">="}


def test_a_heading_without_a_place_in_the_wider_bands_leaves_the_tables_untied() -> None:
    few = issued(count("Q1", starts=ids(30)))[1]
    lost = replace(ages(), widening={label: WIDE_OF[label] for label in NARROW[:2]})
    counting = Counting(period="Q2", threshold=5, breakdowns=(lost,))
    wide = counting.count([Measure(id="starts", title="Starts", people=ids(60))], [])
    found = ties(wide, past([few]), SALT, 5)
    assert not [each for each in found if "age" in str(each.terms)]


def test_the_cheapest_pattern_is_taken_only_if_the_attack_finds_nothing_in_it_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sought = made_safe(BOTH, past([]), RULE, SALT, Watch.silent(), seconds=5)
    assert sought.gap == 0.0
    real = safety.examined
    turns: list[int] = []

    def once(*given: object, **named: object) -> object:
        turns.append(1)
        if len(turns) > 1:
            raise told("starts")
        return real(*given, **named)  # type: ignore[arg-type]  # passed through as it came

    monkeypatch.setattr(safety, "examined", once)
    first = made_safe(BOTH, past([]), RULE, SALT, Watch.silent(), seconds=5)
    assert len(turns) == 2
    assert first.gap != 0.0 or first.cost == sought.cost
    assert first.retreat == NOTHING
