import json
from collections.abc import Callable
from typing import Any

import pytest

from coachdesk.returns.finished.public_form import cells_faults, form_faults, release_faults
from coachdesk.returns.finished.released import Released
from tests.returns.finished.finished_pack import files, prepared

CELLS = files()["cells.csv"]


def faults(data: bytes, note: str = "") -> str:
    return " ".join(cells_faults(data, Released.of(prepared()), note))


def form(change: Callable[[dict[str, Any]], object]) -> str:
    """Return what the form says of the release after a change."""
    told = json.loads(files()["release.json"])
    change(told)
    return " ".join(form_faults(told))


def test_the_written_form_is_the_annexs() -> None:
    assert form(lambda told: told) == ""


def first(told: dict[str, Any]) -> dict[str, Any]:
    return next(table for table in told["tables"] if table["dims"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told.update(author="Ruth"), "other parts"),
        (lambda told: told.pop("relations"), "other parts"),
        (lambda told: told["policy"].update(primaries=3), "more than a rule"),
        (lambda told: first(told).update(title="3"), "more than its numbers"),
        (lambda told: first(told)["dims"][0].update(sorted=True), "more than its numbers"),
        (lambda told: first(told)["values"].append(3), "other cells"),
        (lambda told: first(told)["values"].__setitem__(0, -1), "other cells"),
        (lambda told: first(told)["values"].__setitem__(0, True), "other cells"),
        (lambda told: first(told)["values"].__setitem__(0, "<5"), "other cells"),
        (lambda told: told["relations"].append({"type": "guess"}), "none of the annex"),
        (lambda told: told["relations"][0].update(why="3"), "none of the annex"),
    ],
    ids=[
        "an author",
        "no ties",
        "a count in the rule",
        "a title",
        "an order",
        "a cell too many",
        "a number below nothing",
        "yes and no",
        "a second mark",
        "a tie nobody knows",
        "a reason for a tie",
    ],
)
def test_what_the_annex_does_not_know_is_found(change: Callable[[dict[str, Any]], object], said: str) -> None:
    assert said in form(change)


def test_another_release_than_was_checked_is_found() -> None:
    data = files()["release.json"].replace(b'"threshold": 5', b'"threshold": 4')
    assert list(release_faults(data, Released.of(prepared()), "")) == [
        "The public form does not hold what was checked."
    ]


def test_the_cells_as_written_are_whole() -> None:
    assert faults(CELLS) == ""
    assert CELLS.startswith(b"\xef\xbb\xbftable,")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"\xef\xbb\xbf", b"", "mark that says how it is written"),
        (b"table,period", b"table,quarter", "other columns"),
        (b"Barrow Hub", b"=1+2", "run as a formula"),
        (b"Barrow Hub", b"Barrow", "cells of the public form"),
        (b",people,,[c]", b",people,3,[c]", "cells of the public form"),
        (b",[c],\r", b",[c],3\r", "more beside its cells"),
        (b",people,", b",3 people,", "more beside its cells"),
    ],
)
def test_what_is_put_into_the_cells_is_found(old: bytes, new: bytes, said: str) -> None:
    assert old in CELLS
    assert said in faults(CELLS.replace(old, new, 1))


def test_two_lines_that_changed_places_are_found() -> None:
    lines = CELLS.split(b"\r\n")
    lines[2], lines[3] = lines[3], lines[2]
    assert "in their order" in faults(b"\r\n".join(lines))


def test_a_table_with_fewer_lines_in_the_same_order_is_in_order() -> None:
    told = json.loads(files()["release.json"])
    table = next(each for each in told["tables"] if each["id"] == "starts-by-sex")
    del table["dims"][0]["labels"][1]
    del table["values"][1]
    released = Released(told, {})
    assert list(release_faults(json.dumps(told).encode(), released, "")) == []
