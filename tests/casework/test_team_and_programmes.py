"""The team, and the programmes with their rules, periods and planned figures."""

import datetime as dt
import itertools
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.definition import read_definition
from coachdesk.casework.programmes import (
    ProgrammeRow,
    SetProfileFigure,
    SetThreshold,
    definitions,
    list_programmes,
    periods_around,
    profile_figures,
    programme_of,
    set_profile_figure,
    set_threshold,
    year_so_far,
)
from coachdesk.casework.team import AddCoach, AddHub, add_coach, add_hub, list_coaches, list_hubs
from coachdesk.casework.vault_facts import read_vault_facts
from coachdesk.errors import Refusal
from coachdesk.models import Organisation, ProfileFigure
from coachdesk.resources import resource
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.settings import keep_setting
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_coach, ask, do, keep
from tests.vault_fixtures import HUB, ORGANISATION, PERSON, TODAY

SHIPPED = sorted(resource("programmes").glob("*.toml"))


def test_the_team_is_listed_by_name_and_those_who_left_are_not_active(vault: OpenVault) -> None:
    keep(vault, a_coach(name="Zed Long Gone", ended_on=TODAY))
    _, label = do(vault, add_coach, AddCoach(name=" Amir Shah ", role="manager"))
    rows = ask(vault, list_coaches)
    assert [(row.name, row.role, row.active, row.may_unlock) for row in rows] == [
        ("Amir Shah", "manager", True, False),
        (PERSON, "manager", True, True),
        ("Zed Long Gone", "coach", False, False),
    ]
    assert label == "Added somebody to the team"


def test_hubs_are_listed_by_name(vault: OpenVault) -> None:
    added, label = do(vault, add_hub, AddHub(name=" Ambleside "))
    rows = ask(vault, list_hubs)
    assert [row.name for row in rows] == ["Ambleside", HUB]
    assert rows[0].id == added
    assert label == "Added the hub Ambleside"


@pytest.mark.parametrize("name", ["", "  ", HUB])
def test_a_hub_needs_a_name_of_its_own(vault: OpenVault, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        do(vault, add_hub, AddHub(name=name))
    assert set(refused.value.fields) == {"name"}


@pytest.mark.parametrize("name", ["", "  ", PERSON])
def test_a_coach_needs_a_name_of_their_own(vault: OpenVault, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        do(vault, add_coach, AddCoach(name=name))
    assert set(refused.value.fields) == {"name"}


def test_a_role_that_is_none_is_refused(vault: OpenVault) -> None:
    with pytest.raises(Refusal) as refused:
        do(vault, add_coach, AddCoach(name="Amir Shah", role="owner"))
    assert set(refused.value.fields) == {"role"}


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_each_programme_that_ships_says_its_rules_and_what_was_not_found(path: Path) -> None:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = read_definition(told)
    assert rules.key == path.stem
    assert rules.title
    assert rules.source
    assert rules.threshold is None or 3 <= rules.threshold <= 20
    assert "threshold" in told["suppression"] or told["suppression"].get("not_found")
    assert rules.not_found
    assert rules.indicators
    assert list(rules.check_in_weeks) == sorted(set(rules.check_in_weeks))
    for part in told.values():
        if isinstance(part, dict):
            numbers = [name for name, value in part.items() if isinstance(value, int)]
            named = [name for name in part if name == "source" or name.endswith("_source")]
            assert named or not numbers


def test_nothing_told_makes_a_definition_of_blanks() -> None:
    rules = read_definition({"support": "not a table"})
    assert (rules.key, rules.threshold, rules.out_of_work_months, rules.check_in_weeks) == (
        "",
        None,
        None,
        (),
    )
    assert (rules.period_kind, rules.first_month, rules.grace_days) == ("quarter", 4, 0)


def test_programmes_come_with_what_their_papers_did_not_say(desk_vault: OpenVault) -> None:
    rows = ask(desk_vault, list_programmes)
    assert [row.title for row in rows] == sorted(row.title for row in rows)
    assert {row.key for row in rows} == {path.stem for path in SHIPPED}
    assert all(row.blanks for row in rows)
    assert ask(desk_vault, lambda s, _: len(definitions(s))) == len(SHIPPED)


def test_an_unknown_programme_is_refused_with_the_keys_there_are(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="community-grant, connect-to-work"):
        ask(desk_vault, programme_of, "moon-landing")


def test_a_vault_without_programmes_says_so(vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="none yet"):
        ask(vault, programme_of, "connect-to-work")


def a_row(**values: Any) -> ProgrammeRow:
    defaults: dict[str, Any] = {
        "id": Organisation().id, "key": "own", "title": "Own", "funder": "", "model": "", "threshold": 5,
        "period_kind": "quarter", "first_month": 4, "source": "", "blanks": (),
    }  # fmt: skip
    return ProgrammeRow(**{**defaults, **values})


@pytest.mark.parametrize(
    ("kind", "first_month", "running", "ended"),
    [
        ("quarter", 4, "October 2026 to December 2026", "July 2026 to September 2026"),
        ("month", 4, "October 2026", "September 2026"),
        ("half-year", 4, "October 2026 to March 2027", "April 2026 to September 2026"),
        ("year", 4, "April 2026 to March 2027", "April 2025 to March 2026"),
        ("quarter", 1, "October 2026 to December 2026", "July 2026 to September 2026"),
        ("fortnight", 2, "August 2026 to October 2026", "May 2026 to July 2026"),
    ],
)
def test_periods_begin_in_the_month_the_agreement_says(
    kind: str, first_month: int, running: str, ended: str
) -> None:
    periods = periods_around(a_row(period_kind=kind, first_month=first_month), TODAY)
    assert len(periods) == 8
    assert (periods[0].title, periods[-1].title) == (ended, running)
    assert periods[-1].from_on <= TODAY <= periods[-1].to_on


@pytest.mark.parametrize(
    ("begins", "running", "ended"),
    [
        (dt.date(2025, 5, 14), "14 May 2026 to 13 May 2027", "14 May 2025 to 13 May 2026"),
        (dt.date(2026, 10, 5), "5 October 2026 to 4 October 2027", "5 October 2025 to 4 October 2026"),
        (dt.date(2026, 10, 6), "6 October 2025 to 5 October 2026", "6 October 2024 to 5 October 2025"),
        (
            dt.date(2024, 2, 29),
            "28 February 2026 to 27 February 2027",
            "28 February 2025 to 27 February 2026",
        ),
        (None, "April 2026 to March 2027", "April 2025 to March 2026"),
    ],
)
def test_a_grant_year_begins_on_any_day(begins: dt.date | None, running: str, ended: str) -> None:
    periods = periods_around(a_row(period_kind="grant_year", grant_from=begins), TODAY)
    assert (periods[0].title, periods[-1].title) == (ended, running)
    for later, earlier in itertools.pairwise((periods[-1], *periods[:-1])):
        assert earlier.to_on + dt.timedelta(days=1) == later.from_on


@pytest.mark.parametrize(
    ("kind", "first_month", "title"),
    [
        ("quarter", 4, "April 2026 to September 2026"),
        ("quarter", 10, "October 2025 to September 2026"),
        ("quarter", 7, None),
        ("month", 4, "April 2026 to September 2026"),
        ("half_year", 4, None),
        ("half-year", 10, "October 2025 to September 2026"),
        ("year", 4, None),
        ("grant_year", 4, None),
    ],
)
def test_the_year_so_far_goes_to_the_last_period_that_ended(
    kind: str, first_month: int, title: str | None
) -> None:
    found = year_so_far(a_row(period_kind=kind, first_month=first_month), TODAY)
    assert (found.title if found else None) == title


def test_periods_follow_one_another_without_a_gap() -> None:
    ended = periods_around(a_row(), TODAY, count=20)[:-1]
    for later, earlier in itertools.pairwise(ended):
        assert earlier.to_on + dt.timedelta(days=1) == later.from_on


def test_a_threshold_is_changed_or_left_blank(desk_vault: OpenVault) -> None:
    for threshold in (3, 20, None):
        _, label = do(desk_vault, set_threshold, SetThreshold(key="connect-to-work", threshold=threshold))
        rows = {row.key: row.threshold for row in ask(desk_vault, list_programmes)}
        assert rows["connect-to-work"] == threshold
        assert label == "Changed the threshold of Connect to Work"


@pytest.mark.parametrize("threshold", [-1, 0, 2, 21])
def test_a_threshold_that_protects_nobody_is_refused(desk_vault: OpenVault, threshold: int) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_threshold, SetThreshold(key="connect-to-work", threshold=threshold))
    assert set(refused.value.fields) == {"threshold"}


def planned(**values: Any) -> SetProfileFigure:
    defaults: dict[str, Any] = {
        "key": "connect-to-work", "measure": "starts", "from_on": dt.date(2026, 7, 1),
        "to_on": dt.date(2026, 9, 30), "figure": 12,
    }  # fmt: skip
    return SetProfileFigure(**{**defaults, **values})


def test_a_planned_figure_is_written_once_for_a_period(desk_vault: OpenVault) -> None:
    do(desk_vault, set_profile_figure, planned())
    _, label = do(desk_vault, set_profile_figure, planned(figure=14, source_note="Agreed in May"))
    with reading(desk_vault) as session:
        kept = session.scalars(select(ProfileFigure)).one()
    assert (kept.figure, kept.source_note) == (14, "Agreed in May")
    assert label == "Changed a planned figure of Connect to Work"
    do(
        desk_vault,
        set_profile_figure,
        planned(measure="sustained_26", from_on=dt.date(2026, 10, 1), to_on=dt.date(2026, 12, 31)),
    )
    rows = ask(desk_vault, profile_figures, "connect-to-work")
    assert [(one.measure, one.figure, one.source_note) for one in rows] == [
        ("sustained_26", 12, ""),
        ("starts", 14, "Agreed in May"),
    ]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (planned(to_on=dt.date(2026, 6, 30)), "to_on"),
        (planned(figure=-1), "figure"),
        (planned(measure="moon-landings"), "measure"),
    ],
)
def test_a_planned_figure_that_cannot_be_is_refused(
    desk_vault: OpenVault, wish: SetProfileFigure, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_profile_figure, wish)
    assert set(refused.value.fields) == {field}


def test_what_is_kept_of_a_programme_is_its_whole_data_file(desk_vault: OpenVault) -> None:
    told = tomllib.loads(resource("programmes", "connect-to-work.toml").read_text(encoding="utf-8"))
    kept = ask(desk_vault, lambda s, _: programme_of(s, "connect-to-work").definition)
    assert kept == json.loads(json.dumps(told, default=str))


def test_the_vault_says_whose_it_is_and_when_it_was_backed_up(vault: OpenVault) -> None:
    facts = ask(vault, read_vault_facts)
    assert (facts.organisation, facts.is_practice, facts.last_backup_on) == (ORGANISATION, False, None)
    with unit_of_work(vault) as work:
        keep_setting(work.session, "last_backup", {"at": "2026-10-04T18:00:00+00:00"})
    assert ask(vault, read_vault_facts).last_backup_on == dt.date(2026, 10, 4)
