import json
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns.attack import attack
from coachdesk.returns.breakdowns import NOT_STATED, Breakdown
from coachdesk.returns.counting import Counted, Counting, Measure
from coachdesk.returns.earlier import past, stored, ties
from coachdesk.returns.safety import Safe, examined, made_safe, rule_of, sentences
from coachdesk.returns.tables import Cost, Dimension
from coachdesk.vault.watch import Watch
from tests.returns.return_world import under

SALT = UUID(int=99)
RULE = rule_of(5)
LABELS = ("A", "B", "C", "D", NOT_STATED)


def ids(count: int, start: int = 0) -> frozenset[UUID]:
    return frozenset(UUID(int=number) for number in range(start + 1, start + count + 1))


def the_breakdowns(moved: UUID | None = None) -> tuple[Breakdown, ...]:
    found = []
    for name, seed in (("sex", 1), ("hub", 2), ("source", 3)):
        chance = random.Random(seed)  # noqa: S311 - invented people
        given = {person: frozenset(chance.choices(LABELS, (50, 30, 10, 4, 2))) for person in sorted(ids(600))}
        if moved is not None and name == "hub":
            given[moved] = frozenset({"B" if given[moved] == {"A"} else "A"})
        found.append(
            Breakdown(
                dimension=Dimension(name=name, title=name.title(), labels=LABELS),
                basis="",
                under=under(given),
            )
        )
    return tuple(found)


def count(period: str, moved: UUID | None = None, **measures: frozenset[UUID]) -> Counted:
    counting = Counting(period=period, threshold=5, breakdowns=the_breakdowns(moved))
    return counting.count(
        [Measure(id=name, title=name.title(), people=people) for name, people in measures.items()], []
    )


def issued(counted: Counted, *before: dict[str, Any]) -> tuple[Safe, dict[str, Any]]:
    safe = made_safe(counted, past(before), RULE, SALT, Watch.silent())
    kept = json.loads(json.dumps(stored(safe.counted, safe.protected, SALT)))
    return safe, kept


def values(safe: Safe) -> dict[str, dict[tuple[str, ...], int | None]]:
    return {each.table.id: dict(each.values) for each in safe.protected}


@pytest.mark.parametrize("size", [8, 25, 60, 143, 500])
def test_no_small_number_is_printed_and_the_attack_finds_nothing(size: int) -> None:
    safe, _ = issued(count("Q1", reach=ids(size), starts=ids(size // 3)))
    printed = [value for table in values(safe).values() for value in table.values() if value is not None]
    assert not [value for value in printed if 0 < value < 5]
    assert attack(safe.release).verdict == "safe"
    assert safe.finding["verdict"] == "safe"
    assert safe.cost.hidden == sum(v is None for table in values(safe).values() for v in table.values())


def test_the_same_counts_give_the_same_release() -> None:
    one, _ = issued(count("Q1", reach=ids(143), starts=ids(60)))
    two, _ = issued(count("Q1", reach=ids(143), starts=ids(60)))
    assert json.dumps(one.release) == json.dumps(two.release)


def test_issued_again_without_changes_nothing_more_is_told() -> None:
    first, kept = issued(count("Q1", reach=ids(143), starts=ids(60)))
    again, _ = issued(count("Q1", reach=ids(143), starts=ids(60)), kept)
    assert again.earlier == 1
    assert values(again) == values(first)


def test_one_late_client_is_not_shown_by_the_difference_of_two_returns() -> None:
    first, kept = issued(count("Q1", starts=ids(143)))
    again, _ = issued(count("Q1", starts=ids(144)), kept)
    before, after = values(first), values(again)
    close = [
        (table, key)
        for table, cells in after.items()
        for key, value in cells.items()
        if value is not None
        and before[table][key] is not None
        and 0 < abs(value - (before[table][key] or 0)) < 5
    ]
    assert close == []
    assert after["starts"][()] is None


def test_one_client_who_moved_hub_is_not_shown_either() -> None:
    first, kept = issued(count("Q1", starts=ids(143)))
    again, _ = issued(count("Q1", moved=UUID(int=7), starts=ids(143)), kept)
    before, after = values(first), values(again)
    hubs = "starts-by-hub"
    assert not [
        key
        for key, value in after.get(hubs, {}).items()
        if value is not None and before[hubs][key] is not None and value != before[hubs][key]
    ]


def quarters(sizes: Sequence[int]) -> list[frozenset[UUID]]:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [ids(size, start) for size, start in zip(sizes, starts, strict=True)]


def test_a_year_to_date_after_its_quarters_gives_no_quarter_away() -> None:
    kept: list[dict[str, Any]] = []
    parts = quarters((60, 70, 50))
    for number, part in enumerate(parts, 1):
        _, one = issued(count(f"Q{number}", starts=part), *kept)
        kept.append(one)
    safe, _ = issued(count("Q1..Q3", starts=frozenset().union(*parts)), *kept)
    assert safe.earlier == 3
    assert safe.finding["verdict"] == "safe"
    # what the quarters print and the year prints never leaves a small rest
    year = values(safe)
    for table, cells in year.items():
        for key, total in cells.items():
            printed = [
                next(
                    c[2] for t in one["tables"] if t["id"] == table for c in t["cells"] if tuple(c[0]) == key
                )
                for one in kept
                if any(t["id"] == table for t in one["tables"])
            ]
            if total is not None and len(printed) == 3 and printed.count(None) == 1:
                rest = total - sum(value for value in printed if value is not None)
                assert not 0 < rest < 5


def test_the_ties_say_that_the_quarters_make_up_the_year() -> None:
    parts = quarters((60, 70))
    before = past([issued(count(f"Q{n}", starts=part))[1] for n, part in enumerate(parts)])
    found = ties(count("year", starts=ids(130)), before, SALT, 5)
    sums = [each for each in found if len(each.terms) == 3]
    assert sums
    assert all(each.op == "==" for each in sums)


def test_a_year_that_misses_a_few_people_of_its_quarters_protects_the_rest() -> None:
    parts = quarters((60, 70))
    before = past([issued(count(f"Q{n}", starts=part))[1] for n, part in enumerate(parts)])
    found = ties(count("year", starts=ids(133)), before, SALT, 5)
    assert any(len(each.terms) == 3 and each.op == ">=" and each.protect for each in found)


def test_people_who_have_nothing_to_do_with_each_other_are_not_tied() -> None:
    before = past([issued(count("Q1", starts=ids(60)))[1]])
    assert ties(count("Q2", starts=ids(60, 60)), before, SALT, 5) == ()


def test_the_register_keeps_salted_digests_and_no_ids() -> None:
    _, kept = issued(count("Q1", starts=ids(60)))
    text = json.dumps(kept)
    assert all(person.hex not in text and str(person) not in text for person in ids(60))
    assert len(kept["populations"][0][2]) == 60
    _, other = issued(count("Q1", starts=ids(60)))
    assert kept == other


def test_a_release_that_tells_is_refused_with_what_it_tells() -> None:
    safe, _ = issued(count("Q1", reach=ids(60)))
    release = dict(safe.release)
    table = next(each for each in release["tables"] if each["id"] == "reach-by-hub")
    true = next(each for each in safe.counted.tables if each.id == "reach-by-hub")
    opened = {**table, "values": [true.counts[label,] for label in table["dims"][0]["labels"]]}
    told = {**release, "tables": [opened if each is table else each for each in release["tables"]]}
    with pytest.raises(Refusal, match="not safe to issue") as refusal:
        examined(told, told, None, no_zero_hidden=True)
    assert "is printed as" in refusal.value.message
    # what an earlier return has told already is not this return's doing
    assert examined(told, told, told, no_zero_hidden=False)["readers"] == ["suppressible"]


def test_numbers_that_contradict_each_other_are_refused() -> None:
    safe, _ = issued(count("Q1", reach=ids(60)))
    release = json.loads(json.dumps(safe.release))
    next(each for each in release["tables"] if each["id"] == "reach")["values"] = 61
    with pytest.raises(Refusal, match="not safe to issue"):
        examined(release, release, None, no_zero_hidden=False)


def test_headline_figures_alone_are_tried_when_the_breakdowns_cannot_be_protected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from coachdesk.returns import safety  # noqa: PLC0415  its own function is replaced below

    real = safety.examined
    seen: list[int] = []

    def strict(release: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        seen.append(len(release["tables"]))
        if len(release["tables"]) > 2 or seen.count(2) > 1:
            raise Refusal("too much")
        return real(release, *rest, **named)

    monkeypatch.setattr(safety, "examined", strict)
    counted = count("Q1", reach=ids(60), starts=ids(20))
    safe = made_safe(counted, past([]), RULE, SALT, Watch.silent())
    assert safe.retreat.out == {f"reach-by-{by}" for by in ("sex", "hub", "source")}
    assert {each.table.id for each in safe.protected} == {"reach", "starts"}
    assert "Reach by sex; " in sentences(5, safe.cost, 0, safe.given_up)[-1]
    with pytest.raises(Refusal, match="too much"):
        made_safe(counted, past([]), RULE, SALT, Watch.silent())


def test_the_sentences_say_what_was_checked_and_never_how_much_was_withheld() -> None:
    cost = Cost(cells=100, hidden=37, margins_hidden=2, zeros_hidden=1)
    for earlier, words in ((0, "on its own"), (1, "with 1 earlier return:"), (3, "with 3 earlier returns")):
        said = " ".join(sentences(5, cost, earlier))
        assert words in said
        assert "37" not in said
    nothing = sentences(10, replace(cost, hidden=0), 0)
    assert "No number had to be withheld" in nothing[1]
    assert "from 1 to 9" in nothing[0]


def test_parts_that_were_relabelled_are_tied_only_where_they_still_add_up() -> None:
    parts = quarters((60, 70))
    before = past([issued(count(f"Q{n}", starts=part))[1] for n, part in enumerate(parts)])
    moved = min(the_breakdowns()[1].among(parts[0], "A"))
    whole = count("year", moved=moved, starts=ids(130))
    sums = [each for each in ties(whole, before, SALT, 5) if len(each.terms) == 3]
    hubs = [each for each in sums if each.terms[0][1].endswith("by-hub")]
    assert {each.terms[0][2] for each in hubs} == {(label,) for label in (*LABELS, "Total")} - {("A",)}


def test_a_coarser_table_has_no_earlier_one_to_be_set_against() -> None:
    before = past([issued(count("Q1", starts=ids(60)))[1]])
    found = ties(count("Q1", starts=ids(15)), before, SALT, 5)
    assert [each.terms[0][1:] for each in found] == [("release 1: starts", ())]


def test_a_heading_that_is_new_is_set_against_nothing() -> None:
    before = past([issued(count("Q1", starts=ids(60)))[1]])
    sex = the_breakdowns()[0]
    wider = replace(sex, dimension=replace(sex.dimension, labels=("New", *LABELS)))
    counting = Counting(period="Q1", threshold=5, breakdowns=(wider,))
    found = ties(counting.count([Measure(id="starts", title="Starts", people=ids(61))], []), before, SALT, 5)
    told = {term[2] for each in found for term in each.terms if term[1] == "starts-by-sex"}
    assert told == {(label,) for label in (*LABELS, "Total")}
