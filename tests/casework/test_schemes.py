"""Schemes and pledges: what ships with its source, what the charity made of it, and what an employer holds of them."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.employer_schemes import (
    SaveEmployerScheme,
    held_schemes,
    put_employer_scheme_away,
    save_employer_scheme,
)
from coachdesk.casework.schemes import (
    RetireScheme,
    SetScheme,
    proposed_end,
    retire_scheme,
    seed_schemes,
    set_scheme,
)
from coachdesk.models import Scheme
from coachdesk.resources import resource
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.employers_asked import added, coming_up, listed, schemes
from tests.makers import (
    ask,
    days_ago,
    do,
    furnished,
)
from tests.refusals import refused
from tests.vault_fixtures import TODAY

LATER = TODAY + dt.timedelta(days=1)


def test_the_schemes_that_ship_say_their_source_and_stay_as_somebody_left_them(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    there = schemes(desk_vault)
    assert there["disability_confident"].valid_months == 36
    assert there["disability_confident"].warn_days == 60
    assert [title for _, title in there["better_health_at_work"].levels] == [
        "Foundation", "Bronze", "Silver", "Gold", "Continuing Excellence", "Maintaining Excellence", "Ambassador Status",
    ]  # fmt: skip
    assert there["cumbria_charter"].levels == ()
    assert all("CoachDesk facts" in one.source for one in there.values())
    assert {one.valid_months for one in there.values()} == {36, None}
    charter = there["cumbria_charter"]
    wish = SetScheme(
        scheme_id=charter.id, title="Cumbria Charter", levels="Signed", valid_months=12, warn_days=None
    )
    do(desk_vault, set_scheme, wish)
    with unit_of_work(desk_vault, by_program=True) as work:
        seed_schemes(work.session, resource("schemes"))
    now = schemes(desk_vault)["cumbria_charter"]
    assert (now.title, now.levels, now.valid_months, now.warn_days) == (
        "Cumbria Charter", (("signed", "Signed"),), 12, 0,
    )  # fmt: skip
    assert now.source == charter.source
    assert len(schemes(desk_vault)) == len(there)


def test_a_level_that_is_reworded_stays_the_level_employers_hold(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    confident, employer = schemes(desk_vault)["disability_confident"], added(desk_vault)
    wish = SaveEmployerScheme(employer_id=employer, scheme_id=confident.id, level="leader")
    do(desk_vault, save_employer_scheme, wish)
    do(
        desk_vault,
        set_scheme,
        SetScheme(
            scheme_id=confident.id,
            title=confident.title,
            levels="Level 1: Committed\nLevel 2: Employer\nThe third: Leader",
            valid_months=36,
        ),
    )
    held = ask(desk_vault, held_schemes, employer)[0]
    assert (held.level, held.level_words, held.title) == ("leader", "The third: Leader", confident.title)
    fewer = SetScheme(scheme_id=confident.id, title="Disability Confident", levels="Level 1: Committed")
    assert refused(desk_vault, set_scheme, fewer) == {"levels"}
    both = SetScheme(scheme_id=confident.id, title="Disability Confident", levels="One\none")
    assert refused(desk_vault, set_scheme, both, "twice") == {"levels"}
    mixed = SetScheme(scheme_id=confident.id, title="X", levels="Committed\nemployer\nLevel 2: Employer")
    assert refused(desk_vault, set_scheme, mixed, "told apart") == {"levels"}
    assert schemes(desk_vault)["disability_confident"].held_by == 1
    assert confident.level("leader") == "Level 3: Leader"
    assert confident.level("gone") == "gone"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "real living wage ACCREDITED"}, "title"),
        ({"title": "New", "valid_months": 0}, "valid_months"),
        ({"title": "New", "warn_days": 900}, "warn_days"),
    ],
)
def test_what_a_scheme_needs(desk_vault: OpenVault, values: dict[str, Any], field: str) -> None:
    furnished(desk_vault)
    assert refused(desk_vault, set_scheme, SetScheme(**values)) == {field}


def test_a_scheme_of_our_own_is_added_retired_and_brought_back(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    one, label = do(desk_vault, set_scheme, SetScheme(title="Furness Pledge", source="Its web page"))
    assert label == "Added the scheme “Furness Pledge”"
    row = schemes(desk_vault)["furness_pledge"]
    assert (row.source, row.warn_days, list(schemes(desk_vault))[-1]) == (
        "Its web page",
        60,
        "furness_pledge",
    )
    do(desk_vault, retire_scheme, RetireScheme(scheme_id=one, on=TODAY))
    assert schemes(desk_vault)["furness_pledge"].retired_on == TODAY
    do(desk_vault, retire_scheme, RetireScheme(scheme_id=one, on=None))
    assert schemes(desk_vault)["furness_pledge"].retired_on is None
    refused(desk_vault, retire_scheme, RetireScheme(scheme_id=UUID(int=1), on=TODAY), "not in the list")


def test_an_end_is_proposed_from_the_months_of_the_scheme() -> None:
    assert proposed_end(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)
    assert proposed_end(dt.date(2026, 10, 5), 36) == dt.date(2029, 10, 5)
    assert proposed_end(None, 36) is None
    assert proposed_end(TODAY, None) is None


def test_a_scheme_held_says_when_it_runs_out(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    confident, employer = schemes(desk_vault)["disability_confident"], added(desk_vault)
    ends = TODAY + dt.timedelta(days=60)
    wish = SaveEmployerScheme(
        employer_id=employer, scheme_id=confident.id, level="committed", from_on=days_ago(9), expires_on=ends,
        evidence="Certificate", evidence_seen_on=TODAY, promise="Interview everybody who fits", is_kept="partly",
    )  # fmt: skip
    held, label = do(desk_vault, save_employer_scheme, wish)
    assert label == "Added what Bay Bakery holds or promised"
    promise = SaveEmployerScheme(employer_id=employer, promise="A second chance")
    other = do(desk_vault, save_employer_scheme, promise)[0]
    rows = ask(desk_vault, held_schemes, employer)
    assert [(one.title, one.level_words, one.kept_words) for one in rows] == [
        ("Disability Confident", "Level 1: Committed", "Partly"), ("", "", "Not asked"),
    ]  # fmt: skip
    assert rows[0].state(TODAY) == "runs out soon"
    assert rows[0].state(TODAY - dt.timedelta(days=1)) == ""
    assert rows[0].state(ends + dt.timedelta(days=1)) == "ran out"
    line = listed(desk_vault)["Bay Bakery"]
    assert (line.schemes, line.runs_out_on) == (("Disability Confident",), ends)
    told = [("1 employer’s scheme runs out", "Bay Bakery: Disability Confident", "award")]
    assert coming_up(desk_vault) == told
    assert coming_up(desk_vault, TODAY - dt.timedelta(days=1)) == []
    assert coming_up(desk_vault, ends + dt.timedelta(days=57)) == []
    change = SaveEmployerScheme(employer_id=employer, held_id=other, promise="Two", note="By phone")
    assert do(desk_vault, save_employer_scheme, change)[1] == "Changed what Bay Bakery holds or promised"
    do(desk_vault, put_employer_scheme_away, held)
    assert [one.promise for one in ask(desk_vault, held_schemes, employer)] == ["Two"]
    refused(desk_vault, put_employer_scheme_away, held, "not there")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "scheme_id"),
        ({"promise": "x", "level": "gold"}, "level"),
        ({"promise": "x", "from_on": TODAY, "expires_on": days_ago(1)}, "expires_on"),
        ({"promise": "x", "evidence_seen_on": LATER}, "evidence_seen_on"),
    ],
)
def test_what_a_promise_needs(desk_vault: OpenVault, values: dict[str, Any], field: str) -> None:
    employer = added(desk_vault)
    assert refused(desk_vault, save_employer_scheme, SaveEmployerScheme(employer_id=employer, **values)) == {
        field
    }


def test_a_scheme_that_is_gone_cannot_be_changed(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    gone = schemes(desk_vault)["cumbria_charter"].id
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Scheme, gone).archived_at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    refused(desk_vault, set_scheme, SetScheme(scheme_id=gone, title="Y"), "not in the list")
    with reading(desk_vault) as session:
        assert session.get_one(Scheme, gone).title == "Cumbria Good Employment Charter"
