"""Files that are not in the public form are refused in a sentence, and the command ends as promised."""

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns.attack import __main__ as command
from coachdesk.returns.attack import attack, merge_releases
from coachdesk.returns.attack.__main__ import main

GOOD_DIM = {"name": "x", "labels": ["a", "b", "Total"]}
GOOD_TABLE = {"id": "t", "dims": [GOOD_DIM], "values": [10, 20, 30]}
GOOD: dict[str, Any] = {"policy": {"threshold": 5}, "tables": [GOOD_TABLE]}
LEAK = {**GOOD, "tables": [{**GOOD_TABLE, "values": ["[c]", 20, 23]}]}


def with_table(**changes: Any) -> dict[str, Any]:
    return {**GOOD, "tables": [{**GOOD_TABLE, **changes}]}


def with_dim(**changes: Any) -> dict[str, Any]:
    return with_table(dims=[{**GOOD_DIM, **changes}])


def with_relation(**relation: Any) -> dict[str, Any]:
    return {**GOOD, "relations": [relation]}


def with_mean(**mean: Any) -> dict[str, Any]:
    return {**GOOD, "means": [{"of": "t", "cells": [], **mean}]}


BAD: dict[str, dict[str, Any]] = {
    "no policy": {"tables": [GOOD_TABLE]},
    "no threshold": {**GOOD, "policy": {}},
    "a threshold of true": {**GOOD, "policy": {"threshold": True}},
    "half a threshold": {**GOOD, "policy": {"threshold": 4.5}},
    "an endless threshold": {**GOOD, "policy": {"threshold": float("inf")}},
    "unknown zeros": {**GOOD, "policy": {"threshold": 5, "zeros": "sometimes"}},
    "no tables": {**GOOD, "tables": []},
    "tables that are no list": {**GOOD, "tables": {"t": GOOD_TABLE}},
    "tables that are no records": {**GOOD, "tables": ["t"]},
    "two tables of one id": {**GOOD, "tables": [GOOD_TABLE, GOOD_TABLE]},
    "no id": with_table(id=None),
    "labels that are no texts": with_dim(labels=[1, 2]),
    "a label twice": with_dim(labels=["a", "a", "Total"]),
    "an unknown kind": with_dim(kind="cross"),
    "groups that are no record": with_dim(groups=["a"]),
    "too few values": with_table(values=[10, 20]),
    "values that are no list": with_table(values=10),
    "a cell outside its labels": with_table(cells=[{"at": ["q"], "value": 1}]),
    "a count below zero": with_table(values=[-1, 20, 19]),
    "half a person": with_table(values=[10.5, 20, 30.5]),
    "rounding that is no record": with_table(rounding="nearest"),
    "an unknown rounding": with_table(rounding={"method": "upwards"}),
    "marks that are no records": {**GOOD, "marks": {"[c]": 3}},
    "an unknown relation": with_relation(type="friends"),
    "a relation of an unknown table": with_relation(type="subset", part="t", whole="u"),
    "a sum without parts": with_relation(type="sum", total="t"),
    "a linear tie without terms": with_relation(type="linear"),
    "a term that is no pair": with_relation(type="linear", terms=[["t|a"]]),
    "a term of an unknown cell": with_relation(type="linear", terms=[[1, "t|q"]]),
    "an unknown comparison": with_relation(type="linear", terms=[[1, "t|a"]], op="<"),
    "a percentage of an unknown dimension": {
        **GOOD, "percentages": [{"of": "t", "base": ["y"], "cells": [{"at": ["a"], "value": 5}]}],
    },
    "a percentage without a base": {
        "policy": {"threshold": 5},
        "tables": [GOOD_TABLE, {"id": "u", "dims": [{"name": "y", "labels": ["a", "b"]}], "values": [9, 9]}],
        "percentages": [{"of": "t", "denominator": "u", "cells": [{"at": ["a"], "value": 5}]}],
    },
    "a mean of an unknown table": with_mean(of="u"),
    "a mean without a range": with_mean(integer=True),
    "a mean below zero": with_mean(integer=True, range=[-5, 5]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_in_the_public_form_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="not a release file in the public form"):
        attack(BAD[name])


def test_a_bad_policy_is_refused_whatever_reader_is_asked_for() -> None:
    with pytest.raises(Refusal):
        attack({**GOOD, "policy": 5}, zeros="worst")


def write(folder: Path, name: str, content: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("content", "end"),
    [(GOOD, 0), (LEAK, 1), ({}, 2), ([], 2), ({**GOOD, "tables": [{**GOOD_TABLE, "values": [1, 1, 5]}]}, 3)],
)
def test_the_command_ends_as_the_verdict_says(tmp_path: Path, content: Any, end: int) -> None:
    assert main([write(tmp_path, "release.json", content)]) == end


def test_the_command_prints_its_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([write(tmp_path, "release.json", LEAK), "--mode", "exact"])
    written = capsys.readouterr().out
    assert "EXACT: A in the table t is withheld, but it can be worked out: it is 3." in written
    assert "Verdict: unsafe." in written
    assert "could be small can take: 1." in written


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "release.json"
    path.write_text("{", encoding="utf-8")
    assert main([str(path)]) == 2
    assert main([str(tmp_path / "missing.json")]) == 2
    assert "missing.json could not be read as a release file." in capsys.readouterr().err


def test_the_command_plays_the_worst_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "release.json", {**GOOD, "tables": [{**GOOD_TABLE, "values": ["[c]", "[c]", 5]}]})
    monkeypatch.setattr(sys, "argv", ["attack", path])
    assert main() == 0
    assert main([path, "--worst"]) == 1


@pytest.mark.filterwarnings("ignore:.*found in sys.modules.*:RuntimeWarning")
def test_the_attack_runs_on_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["attack", write(tmp_path, "release.json", LEAK)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(command.__name__, run_name="__main__")
    assert ended.value.code == 1


def test_releases_are_attacked_together(tmp_path: Path) -> None:
    first = {**GOOD, "tables": [{**GOOD_TABLE, "id": "q1", "values": ["[c]", "[c]", 20]}]}
    second = {
        "policy": {"threshold": 3},
        "tables": [GOOD_TABLE, {**GOOD_TABLE, "id": "q2", "values": [7, 3, 10]}],
        "relations": [{"type": "sum", "total": "t", "parts": ["q1", "q2"]}],
    }
    assert attack(first).verdict == attack(second | {"relations": []}).verdict == "safe"
    merged = merge_releases([first, {**second, "policy": {"threshold": 4}}])
    assert merged["policy"] == {"threshold": 5}
    paths = [write(tmp_path, "first.json", first), write(tmp_path, "second.json", second)]
    assert main(paths) == 1


def test_a_table_that_says_the_same_twice_is_one() -> None:
    assert len(merge_releases([GOOD, GOOD])["tables"]) == 1


def test_a_table_that_says_something_else_has_a_name_and_ties_of_its_own() -> None:
    part = {**GOOD_TABLE, "id": "part", "values": [17, 13, 30]}
    second = {
        **GOOD,
        "tables": [{**GOOD_TABLE, "values": [18, 14, 32]}, part],
        "relations": [
            {"type": "subset", "part": "part", "whole": "t"},
            {"type": "linear", "terms": [[1, "t|a"], [-1, "part|a"]], "op": ">=", "rhs": 0},
        ],
    }
    merged = merge_releases([GOOD, second])
    assert [table["id"] for table in merged["tables"]] == ["t", "t (release 2)", "part"]
    subset, linear = merged["relations"]
    assert (subset["part"], subset["whole"]) == ("part", "t (release 2)")
    assert linear["terms"] == [[1, "t (release 2)|a"], [-1, "part|a"]]
    assert "DERIVED" in {violation.code for violation in attack(merged).violations}, (
        "18 less 17 is one person"
    )


def test_what_is_no_release_is_not_merged() -> None:
    with pytest.raises(Refusal, match="'policy' is missing"):
        merge_releases([{}])
