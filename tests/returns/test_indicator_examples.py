"""Every worked example that ships, counted by the real indicator; and what an example must hold."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.returns.catalogue import Catalogue, read_catalogue
from coachdesk.returns.definitions import adopt_wording
from coachdesk.returns.examples import (
    TryWording,
    examples_of,
    read_examples,
    shipped_examples,
    tried,
    try_examples,
    try_in_force,
    try_wording,
)
from coachdesk.returns.examples_world import invented_world
from coachdesk.vault.opened import OpenVault
from tests.makers import ask, do
from tests.returns.test_definitions import a_wish

SHIPPED = shipped_examples()
CATALOGUE: Catalogue = read_catalogue()
ONE = """
[[example]]
title = "A start"
from = 2026-07-01
to = 2026-09-30
counted = ["Ana"]
not_counted = ["Ben"]

[[example.people]]
name = "Ana"
enrolment = [{ started_on = 2026-07-01 }]

[[example.people]]
name = "Ben"
enrolment = [{ started_on = 2026-06-30 }]
"""


@pytest.fixture(scope="module")
def world() -> Iterator[Session]:
    with invented_world() as session:
        yield session


@pytest.mark.parametrize("told", SHIPPED, ids=[f"{each['indicator']}: {each['title']}" for each in SHIPPED])
def test_an_example_that_ships_holds(told: Mapping[str, Any], world: Session) -> None:
    one = tried(world, told, told["indicator"], CATALOGUE)
    assert one.holds, f"expected {one.expected}, found {one.found}"


@pytest.mark.parametrize("indicator", [each.id for each in CATALOGUE])
def test_every_indicator_that_ships_has_somebody_who_counts_and_somebody_who_nearly_does(
    indicator: str,
) -> None:
    mine = examples_of(indicator)
    assert any(each["counted"] or "amount" in each for each in mine)  # a figure of time counts no people
    assert any(each["not_counted"] for each in mine)


def test_an_example_that_does_not_hold_says_what_was_found_and_why(world: Session) -> None:
    (told,) = read_examples(ONE)
    assert tried(world, told, "starts", CATALOGUE).holds
    wrong = {**told, "counted": ["Ben"], "not_counted": ["Ana"], "number": 2, "groups": {"Started": ["Ben"]}}
    one = tried(world, wrong, "starts", CATALOGUE)
    assert not one.holds
    assert one.expected == "2 from Ben; Started: Ben"
    assert one.found.startswith("1 from Ana; ")
    assert "not Ben (started on 30 June 2026, before the period)" in one.found
    nobody = {**told, "from": "2026-01-01", "to": "2026-03-31", "counted": [], "not_counted": ["Ana", "Ben"]}
    assert tried(world, nobody, "starts", CATALOGUE).found.startswith("nobody")
    assert not tried(world, {**told, "number": 3}, "starts", CATALOGUE).holds
    assert not tried(world, {**told, "groups": {"Started": []}}, "starts", CATALOGUE).holds
    none = tried(world, {**told, "amount": "median 3 days"}, "starts", CATALOGUE)
    assert (none.holds, none.expected) == (False, "Ana; median 3 days")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"people": [{"name": "Ana"}, {"name": "Ana"}]}, "name of their own"),
        ({"people": [{"enrolment": []}]}, "name of their own"),
        ({"people": [{"name": "Ana", "moon": [{"on": 1}]}]}, "cannot hold “moon”"),
        ({"people": [{"name": "Ana", "enrolment": [{"begun": "2026-07-01"}]}]}, "no field “begun”"),
        ({"people": [{"name": "Ana", "enrolment": [{"started_on": "July"}]}]}, "“July” is not a date"),
        ({"people": [{"name": "Ana", "check_in": [{"due_on": "2026-07-01"}]}]}, "cannot be read"),
        ({"people": [{"name": "Ana"}]}, "say of everybody"),
        ({"figure": "moon"}, "not counted"),
        ({"from": "soon"}, "cannot be read"),
    ],
)
def test_an_example_that_cannot_be_read_is_refused(
    change: dict[str, Any], words: str, world: Session
) -> None:
    (told,) = read_examples(ONE)
    with pytest.raises(Refusal, match=words):
        tried(world, {**told, **change}, "starts", CATALOGUE)
    assert tried(world, told, "starts", CATALOGUE).holds  # nothing of the refused one is left behind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[example", "cannot be read"),
        ("[[example]]\ntitle = 'x'", "needs a title"),
        ("example = 3", "needs a title"),
        (ONE.replace("counted = [", "counts = [", 1), "no field “counts”"),
    ],
)
def test_typed_examples_are_refused_beside_their_field(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words) as caught:
        read_examples(text)
    assert set(caught.value.fields) == {"examples"}
    assert read_examples("") == ()


def test_a_broken_file_of_examples_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[example]]\ntitle = 1\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"mine\.toml cannot be read"):
        shipped_examples(tmp_path)


def test_fields_that_must_hold_something_and_moments_are_filled_in(world: Session) -> None:
    (told,) = read_examples(ONE)
    ana = {
        **told["people"][0],
        "contact": [
            {"happened_on": "2026-07-02"},
            {"happened_on": dt.date(2026, 7, 3), "entered_at": "2026-07-03"},
        ],
        "archived_at": dt.datetime(2026, 7, 4, tzinfo=dt.UTC),
    }
    one = tried(world, {**told, "people": [ana, told["people"][1]]}, "starts", CATALOGUE)
    assert one.found.startswith("nobody")


def test_a_wording_that_is_being_written_is_tried_on_its_own_examples_and_those_that_ship(
    vault: OpenVault,
) -> None:
    held = ask(vault, try_wording, TryWording(wording=a_wish()))
    assert [one.holds for one in held] == [True] * len(examples_of("ons4-happy"))
    own = dict(examples_of("ons4-happy")[0], title="Of our own")
    strict = a_wish(rules={"pair_days": 29}, examples=(own,))
    found = ask(vault, try_wording, TryWording(wording=strict))
    assert found[0].title == "Of our own"
    assert not any(one.holds for one in found)
    assert try_examples((), "starts", CATALOGUE) == ()


def test_the_wording_in_force_is_tried_on_its_own_examples_too(vault: OpenVault) -> None:
    shipped = ask(vault, try_in_force, "ons4-happy")
    assert [one.title for one in shipped] == [each["title"] for each in examples_of("ons4-happy")]
    assert all(one.holds for one in shipped)
    own = dict(examples_of("ons4-happy")[0], title="Of our own")
    do(vault, adopt_wording, a_wish(rules={"pair_days": 29}, examples=(own,)))
    tried_now = ask(vault, try_in_force, "ons4-happy")
    assert [one.title for one in tried_now] == ["Of our own", *(one.title for one in shipped)]
    assert not any(one.holds for one in tried_now)
