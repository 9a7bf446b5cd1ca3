"""Situations in which somebody could be given away, and some in which nobody can."""

from typing import Any

import pytest

from coachdesk.returns.attack import attack
from coachdesk.returns.attack.knots import Mode

C = "[c]"
POLICY = {"threshold": 5}
AB = ["a", "b", "Total"]
ABC = ["a", "b", "c", "Total"]


def table(name: str, values: Any, *dims: tuple[str, list[str]], **changes: Any) -> dict[str, Any]:
    told = [{"name": dim, "labels": labels} for dim, labels in dims]
    return {"id": name, "dims": told, "values": values, **changes}


def one_way(name: str, *values: Any, **changes: Any) -> dict[str, Any]:
    """Return a table by one dimension; entries of ``changes`` go to the dimension."""
    labels = [*"abcdef"[: len(values) - 1], "Total"]
    return {"id": name, "dims": [{"name": "x", "labels": labels, **changes}], "values": list(values)}


def release(*tables: dict[str, Any], policy: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"policy": {**POLICY, **(policy or {})}, "tables": list(tables), **more}


def subset(part: str, whole: str, **more: Any) -> dict[str, Any]:
    return {"type": "subset", "part": part, "whole": whole, **more}


X, Y = ("x", ABC), ("y", ABC)
BLOCK = [[C, C, 9, 20], [C, C, 9, 20], [9, 9, 30, 48], [20, 20, 48, 88]]
# Row a and b less columns a and b leave c,c alone: algebra of a hidden block gives it back.
KNOT = [[C, C, 9, 21], [C, C, 9, 21], [9, 9, C, 20], [19, 23, 20, 62]]
QUARTERS = {"type": "sum", "total": "ytd", "parts": ["q1", "q2"]}
YTD = [
    {"type": "sum", "total": "ytd1", "parts": ["q1"]},
    {"type": "sum", "total": "ytd2", "parts": ["ytd1", "q2"]},
]
BANDS = [
    one_way("older", 20, 30, 50),
    {"id": "newer", "dims": [{"name": "band", "labels": ["16-25", "26+", "Total"]}], "values": [23, 27, 50]},
]
BAND_TIE = {
    "type": "linear", "terms": [[1, "newer|16-25"], [-1, "older|a"]], "op": ">=", "rhs": 0, "protect": True,
}  # fmt: skip


def rate(value: float, **more: Any) -> dict[str, Any]:
    return {"of": "t", "decimals": 0, "cells": [{"at": ["a"], "value": value}], "base": ["x"], **more}


UNSAFE: dict[str, tuple[dict[str, Any], str]] = {
    "a small count printed": (release(one_way("t", 3, 10, 13)), "SMALL"),
    "recovered by subtraction": (release(one_way("t", C, 10, 13)), "EXACT"),
    "two marks too close together": (release(one_way("t", C, C, 10, 13)), "NARROW"),
    "two marks of a zero and a few": (release(one_way("t", C, C, 10, 12)), "NARROW"),
    "algebra of a hidden block": (release(table("t", KNOT, X, Y)), "EXACT"),
    "a mark that is said to be small": (
        release(one_way("t", C, C, 7), marks={C: {"min": 1, "max": 4}}), "NARROW",
    ),
    "a linked margin": (
        release(
            one_way("t", C, C, 30),
            table("u", [[C, C, 3], [20, 7, 27], [C, C, 30]], ("x", AB), ("y", AB)),
            relations=[{"type": "shared", "tables": ["t", "u"]}],
        ),
        "SMALL",
    ),
    "a margin printed elsewhere": (
        release(
            one_way("t", C, C, 30),
            table("u", [[C, C, C], [20, 7, 27], [C, C, C]], ("x", AB), ("y", AB)),
            relations=[{"type": "shared", "tables": ["t", "u"]}],
        ),
        "EXACT",
    ),
    "shared by the second and third table only": (
        release(
            {"id": "h", "dims": [], "values": 30},
            one_way("t", C, C, 30),
            one_way("u", C, 27, C),
            relations=[{"type": "shared", "tables": ["h", "t", "u"]}],
        ),
        "EXACT",
    ),
    "equal tables": (
        release(
            one_way("t", C, C, 30), one_way("u", C, 27, 30), relations=[{"type": "equal", "tables": ["t", "u"]}]
        ),
        "EXACT",
    ),
    "quarters against the year to date": (
        release(
            one_way("q1", C, C, 20), one_way("q2", 12, 8, 20), one_way("ytd", 15, 25, 40), relations=[QUARTERS]
        ),
        "EXACT",
    ),
    "two cumulative returns": (
        release(
            one_way("q1", 10, 10, 20), one_way("q2", C, C, C),
            one_way("ytd1", 10, 10, 20), one_way("ytd2", 13, 20, 33), relations=YTD,
        ),
        "EXACT",
    ),
    "people of a year counted once": (
        release(
            one_way("q1", 40, C, 60), one_way("q2", 0, 0, 0), one_way("ytd", 40, 20, 60),
            one_way("q3", C, 44, 47),
            relations=[{"type": "union", "total": "ytd", "parts": ["q1", "q2"]}],
        ),
        "EXACT",
    ),
    "a percentage of a withheld count": (release(one_way("t", C, C, 33), percentages=[rate(12)]), "EXACT"),
    "a percentage said to be of rounded numbers that are withheld": (
        release(one_way("t", C, C, 33), percentages=[rate(12, **{"from": "rounded"})]), "EXACT",
    ),
    "an outcome rate": (
        release(
            one_way("s", 33, 30, 63), one_way("t", C, C, 20), relations=[subset("t", "s")],
            percentages=[{"of": "t", "denominator": "s", "decimals": 0, "cells": [{"at": ["a"], "value": 12}]}],
        ),
        "EXACT",
    ),
    "a rate of a withheld base": (release(one_way("t", C, C, C), percentages=[rate(50)]), "BASE"),
    "a rate of a small base": (release(one_way("t", 2, 2, 4), percentages=[rate(50)]), "BASE"),
    "everyone in one category": (release(one_way("t", 12, 0, 12, sensitive=["a"])), "GROUP"),
    "all but a few in one category": (release(one_way("t", 40, C, 42, sensitive=["a"])), "GROUP"),
    "everyone in one category, recovered": (
        release(
            {
                "id": "t",
                "dims": [{"name": "x", "labels": AB}, {"name": "y", "labels": AB, "sensitive": ["a"]}],
                "values": [[C, 0, 12], [C, 20, C], [C, 20, 52]],
            }
        ),
        "GROUP",
    ),
    "a multi-response complement": (
        release(one_way("t", 47, 20, 49, kind="multi")), "DERIVED",
    ),
    "a sensitive multi-response complement of nobody": (
        release(one_way("t", 49, 20, 49, kind="multi", sensitive=True)), "GROUP",
    ),
    "a multi-response that covers everyone": (
        release(one_way("t", 10, C, 13, kind="multi", covers=True), marks={C: {"max": 4}}), "NARROW",
    ),
    "two funders, one within the other": (
        release(one_way("b", 20, 20, 40), one_way("f", 22, 30, 52), relations=[subset("b", "f")]), "DERIVED",
    ),
    "everyone who started had the outcome": (
        release(
            one_way("o", 20, 20, 40), one_way("s", 20, 30, 50), relations=[subset("o", "s", sensitive=True)]
        ),
        "GROUP",
    ),
    "age bands that nearly agree": (release(*BANDS, relations=[BAND_TIE]), "DERIVED"),
    "age bands that nearly agree, the other way": (
        release(
            *BANDS,
            relations=[{**BAND_TIE, "terms": [[1, "older|a"], [-1, "newer|16-25"]], "op": "<="}],
        ),
        "DERIVED",
    ),
    "a revised return": (
        release(one_way("first", 20, 30, 50), one_way("again", 22, 35, 57), relations=[subset("first", "again")]),
        "DERIVED",
    ),
    "categories left out": (release(one_way("t", 20, 30, 53, complete=False)), "DERIVED"),
    "sub-totals": (
        release(
            {"id": "t", "dims": [{"name": "x", "labels": ["N", "a", "b", "c", "Total"],
             "groups": {"N": ["a", "b"]}}], "values": [12, C, 9, 20, 32]}
        ),
        "EXACT",
    ),
    "zeros always shown": (release(one_way("t", C, C, 6), policy={"zeros": "published", "min_values": 6}), "NARROW"),
    "a guess that no mark is a zero": (
        release(one_way("t", C, C, 5), policy={"zeros": "worst"}), "NARROW",
    ),
    "the same guess against a stated meaning": (
        release(one_way("t", C, C, 5), policy={"zeros": "worst"}, marks={C: {"min": 0}}), "NARROW",
    ),
    "rounding undone by adding up": (
        release({**one_way("t", 0, 0, 5), "rounding": {"method": "nearest", "base": 5}}), "NARROW",
    ),
    "rounding undone altogether": (
        release({**one_way("t", 0, 0, 6), "rounding": {"method": "nearest", "base": 5}}), "EXACT",
    ),
    "a cell left out of a list": (
        release({
            "id": "t", "dims": [{"name": "x", "labels": ["a", "b"]}],
            "cells": [{"at": ["a"], "value": 10}, {"at": ["Total"], "value": 12}],
        }),
        "EXACT",
    ),
    "a linear tie that fixes a mark": (
        release(
            one_way("t", C, C, 30), one_way("u", 27, 9, 36),
            relations=[{"type": "linear", "terms": [[1, "t|a"], [1, "u|a"]], "op": "==", "rhs": 30}],
        ),
        "EXACT",
    ),
    "a mean by subtraction": (
        release(
            one_way("t", 10, 11, 21),
            means=[{
                "of": "t", "decimals": 1, "integer": True, "range": [0, 60],
                "cells": [{"at": ["a"], "value": 20.5}, {"at": ["Total"], "value": 21.0}],
            }],
        ),
        "MEAN",
    ),
    "a mean of a withheld group": (
        release(one_way("t", C, C, 21), means=[{"of": "t", "cells": [{"at": ["a"], "value": 20.5}]}]), "BASE",
    ),
}  # fmt: skip


SAFE: dict[str, dict[str, Any]] = {
    "nothing withheld, nothing small": release(one_way("t", 10, 20, 30)),
    "two marks with room": release(one_way("t", C, C, 13)),
    "a hidden block": release(table("t", BLOCK, X, Y)),
    "everything withheld": release(one_way("t", C, C, C)),
    "zeros shown": release(one_way("t", 0, 10, 10)),
    "not applicable is a known zero": release(one_way("t", "[z]", 10, 10)),
    "not available is unknown": release(one_way("t", "[x]", "[x]", 20)),
    "null is a mark": release(one_way("t", None, None, 20)),
    "a number that is not small can be worked out": release(one_way("t", C, 20, 30)),
    "a withheld zero": release(one_way("t", C, 20, 20)),
    "a small count already public": release({**one_way("t", 3, 10, 13), "assume": "known"}),
    "a known multi-response": release({**one_way("t", 12, 5, 13, kind="multi"), "assume": "known"}),
    "an empty group has nobody in its category": release(one_way("t", 0, 0, 0, sensitive=["a"])),
    "groups not looked at": release(one_way("t", 12, 0, 12, sensitive=["a"]), policy={"group": False}),
    "subset with room": release(
        one_way("o", 20, 20, 40), one_way("s", 30, 30, 60), relations=[subset("o", "s")]
    ),
    "a subset not asked to be protected": release(
        one_way("o", 20, 20, 40), one_way("s", 22, 30, 52), relations=[subset("o", "s", protect=False)]
    ),
    "percentages of printed numbers": release(
        one_way("t", 10, 20, 30), percentages=[rate(33, **{"from": "rounded"}), rate(33.0)]
    ),
    "a withheld percentage": release(
        one_way("t", C, C, 30),
        percentages=[{"of": "t", "base": ["x"], "cells": [{"at": ["a"], "value": None}]}],
    ),
    "a contradicted guess about zeros": release(one_way("t", C, C, C, C, C, 4), policy={"zeros": "worst"})
    | {"tables": [{**one_way("t", C, C, C, C, C, 4), "assume": "known"}]},
    "controlled rounding": release(
        {**one_way("t", 10, 15, 25), "rounding": {"method": "random", "base": 5}}
    ),
    "rounded to the middle": release(
        {**one_way("t", 9, 9, C), "rounding": {"method": "midpoint", "base": 6}}
    ),
    "a rounded zero said to be exact": release(
        {**one_way("t", 0, 10, C), "rounding": {"method": "perturb", "max": 2, "zero_exact": True}}
    ),
    "a middle of nothing": release({**one_way("t", 0, 9, C), "rounding": {"method": "midpoint", "base": 6}}),
    "means over large groups": release(
        one_way("t", 10, 20, 30),
        means=[{
            "of": "t", "integer": True, "range": [0, 60], "min_width": 6,
            "cells": [{"at": ["Total"], "value": 20.5}, {"at": ["a"], "value": None}],
        }],
    ),
    "means of a public table": release(
        {**one_way("t", C, C, 0), "assume": "known"},
        means=[{"of": "t", "integer": True, "range": [0, 60], "cells": []}],
    ),
    "a relation that says nothing": release(
        one_way("t", 5, 6, 11),
        relations=[{"type": "linear", "terms": [[1, "t|a"], [-1, "t|a"]], "op": "==", "rhs": 0}],
    ),
    "means by barrier and by sub-total": release(
        {
            "id": "t",
            "dims": [
                {"name": "x", "labels": ["p", "q", "Total"], "kind": "multi"},
                {"name": "y", "labels": ["N", "a", "b", "Total"], "groups": {"N": ["a", "b"]}},
            ],
            "values": [[C, C, C, C], [C, C, C, C], [C, C, C, C]],
        },
        means=[{"of": "t", "integer": True, "range": [0, 60], "cells": []}],
    ),
    "a mean over a group of unknown size": release(
        one_way("t", C, C, 30),
        means=[{"of": "t", "integer": True, "range": [0, 60], "cells": [{"at": ["Total"], "value": 20.5}]}],
    ),
}  # fmt: skip

CONTRADICTORY: dict[str, dict[str, Any]] = {
    "does not add up": release(one_way("t", 5, 6, 12)),
    "more in a part than in the whole": release(
        one_way("o", 20, 20, 40), one_way("s", 19, 30, 49), relations=[subset("o", "s")]
    ),
    "shared margins that differ": release(
        one_way("t", 5, 6, 11), one_way("u", 5, 7, 12), relations=[{"type": "shared", "tables": ["t", "u"]}]
    ),
    "zeros shown, but no room for the marks": release(
        one_way("t", C, C, C, C, C, 4), policy={"zeros": "published"}
    ),
    "equal numbers said to differ": release(
        one_way("t", 5, 6, 11),
        relations=[{"type": "linear", "terms": [[1, "t|a"], [-1, "t|a"]], "op": "==", "rhs": 1}],
    ),
    "a difference of nothing below zero": release(
        one_way("t", 5, 6, 11),
        relations=[{"type": "linear", "terms": [[1, "t|a"], [-1, "t|a"]], "op": "==", "rhs": -1}],
    ),
    "halves of an odd number": release(
        one_way("t", C, C, 31),
        relations=[{"type": "linear", "terms": [[1, "t|a"], [-1, "t|b"]], "op": "==", "rhs": 0}],
    ),
    "each larger than the other": release(
        one_way("t", C, C, C),
        relations=[
            {"type": "linear", "terms": [[1, "t|a"], [-1, "t|b"]], "op": ">=", "rhs": 1},
            {"type": "linear", "terms": [[1, "t|b"], [-1, "t|a"]], "op": ">=", "rhs": 1},
        ],
    ),
    "no solution at all": release(
        one_way("t", C, C, C, C, 31),
        relations=[
            {"type": "linear", "terms": [[1, "t|a"], [1, "t|b"]], "op": "<=", "rhs": 10},
            {"type": "linear", "terms": [[1, "t|c"], [1, "t|d"]], "op": "<=", "rhs": 20},
        ],
    ),
}
MODES: list[Mode] = ["auto", "exact", "certify"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", UNSAFE)
def test_what_gives_somebody_away_is_found(name: str, mode: Mode) -> None:
    told, code = UNSAFE[name]
    findings = attack(told, mode=mode)
    assert findings.verdict == "unsafe"
    assert code in {violation.code for violation in findings.violations}
    assert all(violation.words.endswith(".") for violation in findings.violations)


@pytest.mark.parametrize("mode", [*MODES, "relaxed"])
@pytest.mark.parametrize("name", SAFE)
def test_what_gives_nobody_away_is_left_in_peace(name: str, mode: Mode) -> None:
    findings = attack(SAFE[name], mode=mode)
    assert (findings.verdict, findings.violations) == ("safe", ())


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_numbers_that_cannot_be_true_together_are_said_to_be(name: str) -> None:
    assert attack(CONTRADICTORY[name]).verdict == "contradictory"


def test_a_relaxed_failure_is_a_real_one() -> None:
    assert attack(UNSAFE["recovered by subtraction"][0], mode="relaxed").verdict == "unsafe"


def test_the_sentence_says_which_number_and_what_is_learnt() -> None:
    violation = attack(UNSAFE["recovered by subtraction"][0]).violations[0]
    assert (violation.table, violation.cell, violation.low, violation.high) == ("t", ("a",), 3, 3)
    assert violation.words == "A in the table t is withheld, but it can be worked out: it is 3."


def test_a_narrowed_number_is_given_its_limits() -> None:
    violation = attack(UNSAFE["two marks too close together"][0]).violations[0]
    assert (violation.low, violation.high) == (0, 3)
    assert "between 0 and 3" in violation.words


def test_harmless_finds_are_notes() -> None:
    assert attack(SAFE["a number that is not small can be worked out"]).notes[0].startswith("SAFE_EXACT")
    assert attack(SAFE["a withheld zero"]).notes[0].startswith("ZERO")


def test_the_narrowest_number_is_reported() -> None:
    assert attack(release(one_way("t", C, C, 13)), mode="exact").narrowest == 14
    assert attack(SAFE["nothing withheld, nothing small"]).narrowest is None


def test_the_reader_who_takes_no_mark_for_a_zero_can_be_asked_for() -> None:
    told = release(one_way("t", C, C, 5))
    assert attack(told).verdict == "safe"
    assert attack(told, zeros="worst").verdict == "unsafe"
