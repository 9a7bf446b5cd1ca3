import datetime as dt
from collections.abc import Iterator

import pytest

from coachdesk.casework.births import Birth
from coachdesk.casework.codes import seed_codes
from coachdesk.models import Code
from coachdesk.resources import resource
from coachdesk.returns.breakdowns import (
    DISABLED,
    EFFECT_UNKNOWN,
    NOT_CERTAIN,
    NOT_DISABLED,
    NOT_STATED,
    Breakdown,
    Councils,
    breakdowns,
    clean,
    disability_label,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        seed_codes(work.session, resource())
        yield World(work.session)


def found(world: World, name: str) -> Breakdown:
    return next(each for each in breakdowns(world.session, world.scope()) if each.name == name)


def labels(world: World, name: str) -> dict[str, set[str]]:
    """Return everybody's labels, the other way round than they are kept."""
    return turned(world, found(world, name))


def turned(world: World, breakdown: Breakdown) -> dict[str, set[str]]:
    everybody = frozenset(world.names)
    given: dict[str, set[str]] = {name: set() for name in world.names.values()}
    for label in breakdown.dimension.labels:
        for client in breakdown.among(everybody, label):
            given[world.names[client]].add(label)
    return given


def born(text: str) -> dict[str, dt.date | str]:
    return {"born_from": day(text), "born_to": day(text), "birth_precision": "exact"}


def test_every_breakdown_comes_in_a_fixed_order_and_ends_with_not_stated(world: World) -> None:
    every = breakdowns(world.session, world.scope())
    assert [each.name for each in every] == [
        "sex",
        "age",
        "ethnic-group",
        "disability",
        "district",
        "hub",
        "source",
        "eligibility",
    ]
    assert all(each.dimension.labels[-1] == NOT_STATED for each in every)
    assert all(each.basis for each in every)


def test_the_four_non_answers_stand_together(world: World) -> None:
    for answer in ("not_asked", "not_known", "prefers_not_to_say", "not_applicable", "retired-key"):
        world.enrol(answer, equality={"sex": answer})
    world.enrol("No answers at all")
    world.enrol("Female", equality={"sex": "female"})
    given = labels(world, "sex")
    assert given.pop("Female") == {"Female"}
    assert set(map(frozenset, given.values())) == {frozenset({NOT_STATED})}


def test_age_is_that_of_the_first_day_and_a_straddling_birth_date_is_not_certain(world: World) -> None:
    world.enrol("25 on the day", person=born("2001-07-01"))
    world.enrol("24 still", person=born("2001-07-02"))
    about = {"born_from": day("2001-01-01"), "born_to": day("2001-12-31"), "birth_precision": "year"}
    world.enrol("Straddles", person=about)
    world.enrol("Fifteen", person=born("2011-01-01"))
    world.enrol("Unknown")
    assert labels(world, "age") == {
        "25 on the day": {"25 to 34"},
        "24 still": {"18 to 24"},
        "Straddles": {NOT_CERTAIN},
        "Fifteen": {NOT_CERTAIN},
        "Unknown": {NOT_STATED},
    }
    age = found(world, "age")
    assert age.coarse is not None
    assert turned(world, age.coarse)["24 still"] == {"Under 25"}
    assert age.widening["65 and over"] == "50 and over"
    assert set(age.widening.values()) == set(age.coarse.dimension.labels)


def test_ethnic_groups_are_the_five_broad_ones_and_sensitive(world: World) -> None:
    world.enrol("Roma", equality={"ethnic_group": "white_roma"})
    world.enrol("Arab", equality={"ethnic_group": "other_arab"})
    world.enrol("Unsaid", equality={"ethnic_group": "prefers_not_to_say"})
    assert labels(world, "ethnic-group") == {
        "Roma": {"White"},
        "Arab": {"Other ethnic group"},
        "Unsaid": {NOT_STATED},
    }
    dimension = found(world, "ethnic-group").dimension
    assert dimension.sensitive == set(dimension.labels) - {NOT_STATED}


@pytest.mark.parametrize(
    ("condition", "restriction", "label"),
    [
        ("yes", "a_lot", DISABLED),
        ("yes", "a_little", DISABLED),
        ("yes", "not_at_all", NOT_DISABLED),
        ("yes", "not_asked", EFFECT_UNKNOWN),
        ("no", "a_lot", NOT_DISABLED),
        ("not_asked", "a_lot", NOT_STATED),
    ],
)
def test_disability_is_derived(condition: str, restriction: str, label: str) -> None:
    assert disability_label(condition, restriction) == label


@pytest.mark.parametrize(
    ("authority", "town", "postcode", "district"),
    [
        ("G1", "Kendal", "LA9 4AA", "Gateshead"),
        ("not_asked", " gateshead ", "", "Gateshead"),
        ("not_asked", "Kendal", "la94aa", "LA9"),
        ("not_asked", "Kendal", "", NOT_STATED),
        ("not_asked", "", "999 999", NOT_STATED),
    ],
)
def test_a_district_is_the_council_or_the_outward_postcode(
    authority: str, town: str, postcode: str, district: str
) -> None:
    assert Councils({"G1": "Gateshead"}).district(authority, town, postcode) == district


def test_the_latest_enrolment_begun_by_the_as_at_date_decides(world: World) -> None:
    old, new, later = world.hub("Old hub"), world.hub("New hub"), world.hub("Later hub")
    person = world.client("Moved", hub_id=old.id)
    world.enrol("Moved", "04-01", client=person, hub_id=old.id, source="self", reasons=["carer"])
    world.enrol(
        "Moved", "08-01", client=person, hub_id=new.id, source="council", reasons=["autism", "refugee"]
    )
    world.enrol("Moved", "10-02", client=person, hub_id=later.id, source="employer")
    world.enrol("By client", person={"hub_id": old.id})
    world.enrol("Nowhere")
    assert labels(world, "hub") == {
        "Moved": {"New hub"},
        "By client": {"Old hub"},
        "Nowhere": {NOT_STATED},
    }
    assert labels(world, "source")["Moved"] == {"Council"}
    assert labels(world, "eligibility")["Moved"] == {"Autism", "Refugee"}
    assert labels(world, "eligibility")["Nowhere"] == {NOT_STATED}
    assert found(world, "eligibility").dimension.kind == "multi"
    assert "Later hub" in found(world, "hub").dimension.labels


def test_somebody_never_seen_has_not_stated_anything(world: World) -> None:
    stranger = frozenset({world.client("Stranger").id})
    sex = found(world, "sex")
    assert sex.among(stranger, NOT_STATED) == sex.among(stranger, "Total") == stranger
    assert sex.among(stranger, "Female") == frozenset()


def test_who_stands_under_several_labels_is_known(world: World) -> None:
    world.enrol("Two", reasons=["autism", "refugee"])
    world.enrol("One", reasons=["carer"])
    world.enrol("None", reasons=["not_asked"])
    reason = found(world, "eligibility")
    assert world.who(reason.several) == {"Two"}
    assert world.who(reason.stated) == {"One", "Two"}
    assert found(world, "sex").several == frozenset()


def test_titles_fit_the_public_form() -> None:
    assert clean("A|B") == "A/B"
    assert clean(" ") == NOT_STATED
    assert Birth(None, None).born_from is None


def test_an_age_band_named_without_ages_is_wide_as_not_certain(world: World) -> None:
    world.add(Code(list_name="age_band", key="other", title="Another band", position=99))
    assert found(world, "age").widening["Another band"] == NOT_CERTAIN
