import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, IndicatorWording
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.comparing import CompareWish, compared
from coachdesk.returns.definitions import (
    Adopted,
    IndicatorRow,
    SaveWording,
    adopt_wording,
    list_indicators,
    own_examples,
)
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.wishes import IssueWish
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do
from tests.returns.return_world import World
from tests.returns.test_prepare import WISH, people
from tests.vault_fixtures import PERSON

JULY = dt.date(2026, 7, 1)


def a_wish(**values: Any) -> SaveWording:
    told: dict[str, Any] = {
        "indicator": "ons4-happy",
        "title": "Happier than at first",
        "intervention": "IV-24",
        "definition": "People with two answers far enough apart.",
        "unit": "People",
        "evidence": "Readings.",
        "formula": "Latest less first.",
        "source_note": "Letter of the council",
        "valid_from": dt.date(2026, 8, 1),
    }
    return SaveWording(**{**told, **values})


def adopt(vault: OpenVault, wish: SaveWording) -> Adopted:
    return do(vault, adopt_wording, wish)[0]


def row(vault: OpenVault, indicator: str) -> IndicatorRow:
    return next(each for each in ask(vault, list_indicators) if each.id == indicator)


def kept(vault: OpenVault) -> IndicatorWording:
    with reading(vault) as session:
        return session.scalars(select(IndicatorWording)).one()


def refused(vault: OpenVault, wish: SaveWording, *fields: str) -> None:
    with pytest.raises(Refusal) as caught:
        adopt(vault, wish)
    assert set(caught.value.fields) == set(fields)


def test_every_indicator_stands_there_with_the_wording_in_force_and_the_one_to_come(vault: OpenVault) -> None:
    assert [each.id for each in ask(vault, list_indicators)] == [each.id for each in read_catalogue()]
    adopt(vault, a_wish())
    adopt(vault, a_wish(valid_from=dt.date(2027, 1, 1), title="Happier still"))
    happy = row(vault, "ons4-happy")
    assert happy.now.title == "Happier than at first"
    assert happy.coming is not None
    assert happy.coming.title == "Happier still"
    assert [each.title for each in happy.wordings] == [
        "Wellbeing: happy yesterday",
        "Happier than at first",
        "Happier still",
    ]
    assert row(vault, "starts").coming is None


def test_a_wording_is_adopted_changed_and_taken_back(vault: OpenVault) -> None:
    example = {"title": "One", "from": "2026-07-01", "to": "2026-09-30", "people": [{"name": "Ana"}]}
    answer, words = do(vault, adopt_wording, a_wish(rules={"pair_days": 60}, examples=(example,)))
    assert words == "Adopted a wording of “Happier than at first”"
    assert (answer.indicator, answer.touched) == ("ons4-happy", ())
    wording = kept(vault)
    assert (wording.rules, wording.intervention) == ({"pair_days": 60}, "IV-24")
    assert ask(vault, own_examples, wording.id) == (example,)
    assert ask(vault, own_examples, UUID(int=1)) == ()
    adopt(vault, a_wish(title="Happy", rules={"pair_days": None}, wording_id=wording.id))
    assert (kept(vault).title, kept(vault).rules) == ("Happy", {})
    with reading(vault) as session:
        step = last_unit(session, PERSON)
    assert step is not None
    with unit_of_work(vault) as work:
        undo(work.session, step.unit)
    assert kept(vault).rules == {"pair_days": 60}


def test_a_wording_that_cannot_be_is_refused_beside_its_field(vault: OpenVault) -> None:
    adopt(vault, a_wish())
    refused(vault, a_wish(), "valid_from")
    later = dt.date(2026, 9, 1)
    refused(vault, a_wish(valid_from=later, valid_to=JULY), "valid_to")
    refused(vault, a_wish(valid_from=later, definition=" ", unit=""), "definition", "unit")
    refused(vault, a_wish(valid_from=later, rules={"pair_days": 0}), "pair_days")
    refused(vault, a_wish(valid_from=later, rules={"moon": 1}))
    refused(vault, a_wish(indicator="moon-landings"))
    refused(vault, a_wish(valid_from=later, wording_id=UUID(int=1)))


def test_only_a_manager_adopts_a_wording(vault: OpenVault) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="manager"):
        adopt(vault, a_wish())


def two_who_answered(vault: OpenVault) -> None:
    """Put in Ana, whose answers are 40 days apart, and Ben, whose answers are 80 days apart."""
    with unit_of_work(vault, label="Made a caseload") as work:
        world = World(work.session)
        for name, later in (("Ana", "08-15"), ("Ben", "09-24")):
            enrolment = world.enrol(name, "07-01")
            world.ons4(enrolment, "07-06", happy=4)
            world.ons4(enrolment, later, happy=8)


def a_comparison(wording: SaveWording) -> CompareWish:
    return CompareWish(
        wording=wording,
        programme_key="grant",
        from_on=WISH.from_on,
        to_on=WISH.to_on,
        as_at=WISH.as_at,
    )


def test_both_figures_and_who_makes_the_difference_are_shown_before_anything_is_adopted(
    vault: OpenVault,
) -> None:
    two_who_answered(vault)
    wish = a_comparison(a_wish(rules={"pair_days": 60}, valid_from=dt.date(2027, 1, 1)))
    (both,) = compared(vault, wish, Watch.silent()).figures
    assert (both.id, both.title, both.difference, both.is_same) == (
        "ons4-happy",
        "Happier than at first",
        -1,
        False,
    )
    assert both.present.startswith("Better: 2;")
    assert both.proposed.startswith("Better: 1;")
    assert [each.name for each in both.going_out] == ["Ana Invented"]
    assert both.coming_in == ()
    assert row(vault, "ons4-happy").coming is None
    (both,) = compared(vault, a_comparison(a_wish(rules={"pair_days": 10})), Watch.silent()).figures
    assert both.is_same
    assert (both.looked_at, both.left_out) == ((), ())
    first_job = a_wish(indicator="cohort-rate-6", rules={"months": 2})
    (both,) = compared(vault, a_comparison(first_job), Watch.silent()).figures
    assert [each.name for each in both.looked_at] == ["Ana Invented", "Ben Invented"]
    assert (both.difference, both.left_out, both.is_same) == (0, (), False)


def test_a_coach_is_told_how_many_go_out_of_colleagues_and_not_who(vault: OpenVault) -> None:
    two_who_answered(vault)
    with unit_of_work(vault, by_program=True) as work:
        other = Coach(name="Iqra Malik")
        work.session.add(other)
        work.session.flush()
        for client in work.session.scalars(select(Client)):
            client.coach_id = other.id
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    (both,) = compared(vault, a_comparison(a_wish(rules={"pair_days": 60})), Watch.silent()).figures
    assert [(each.id, each.name) for each in both.going_out] == [(None, "1 with colleagues")]


def test_what_cannot_be_compared_is_refused(vault: OpenVault) -> None:
    two_who_answered(vault)
    wrongs: tuple[dict[str, Any], ...] = (
        {"programme_key": "moon"},
        {"to_on": dt.date(2026, 1, 1)},
        {"as_at": dt.date(2030, 1, 1)},
        {"wording": a_wish(title="")},
    )
    for wrong in wrongs:
        with pytest.raises(Refusal):
            compared(vault, replace(a_comparison(a_wish()), **wrong), Watch.silent())


def test_a_past_day_says_which_issued_returns_it_would_have_changed(vault: OpenVault, tmp_path: Path) -> None:
    people(vault, 60)
    issue(
        vault, IssueWish(prepared=prepare(vault, WISH, Watch.silent()), folder=tmp_path / "r"), Watch.silent()
    )
    asked = a_comparison(a_wish())
    touched = compared(vault, asked, Watch.silent()).touched
    assert [each.words for each in touched] == ["Community grant, 1 July 2026 to 30 September 2026"]
    later = a_comparison(a_wish(valid_from=dt.date(2026, 10, 1)))
    assert compared(vault, later, Watch.silent()).touched == ()
    ended = a_comparison(a_wish(valid_to=dt.date(2026, 9, 29)))
    assert compared(vault, ended, Watch.silent()).touched == ()
    assert adopt(vault, a_wish()).touched == touched


def test_a_return_is_counted_by_the_numbers_of_the_wording_in_force(vault: OpenVault) -> None:
    people(vault, 40)

    def cohort() -> tuple[UUID, ...]:
        prepared = prepare(vault, WISH, Watch.silent())
        return next(each.base_ids for each in prepared.figures if each.id == "cohort-rate-6")

    assert cohort() == ()  # nobody had started six months before
    adopt(vault, a_wish(indicator="cohort-rate-6", title="Into work within a month", rules={"months": 1}))
    assert cohort()
