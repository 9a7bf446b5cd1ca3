"""The rule of backups: what it keeps, that it survives nonsense, and that the clock does not fool it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.vault.backup_rule import (
    BOUNDS,
    BackupRule,
    check_rule,
    keep_setting_in,
    kept_by,
    newest_first,
    position_in,
    rule_of,
    setting_in,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import Damaged

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Made:
    """A backup as the rule sees it."""

    position: int
    at: dt.datetime


def daily(days: int) -> list[Made]:
    return [Made(days - ago, NOON - dt.timedelta(days=ago)) for ago in range(days)]


def test_days_weeks_and_months_are_kept() -> None:
    kept = kept_by(BackupRule(days=3, weeks=2, months=3), daily(200))
    assert [one.at.date().isoformat() for one in kept] == [
        "2026-10-05",
        "2026-10-04",
        "2026-10-03",
        "2026-09-30",
        "2026-08-31",
    ]


def test_of_a_day_the_newest_is_kept() -> None:
    hours = [Made(number, NOON + dt.timedelta(hours=number)) for number in range(5)]
    assert kept_by(BackupRule(days=1, weeks=0, months=0), hours) == [hours[-1]]


def test_a_rule_that_keeps_nothing_keeps_the_newest() -> None:
    made = [*daily(3), Made(9, NOON - dt.timedelta(days=50))]
    assert kept_by(BackupRule(days=0, weeks=0, months=0), made) == [made[3], made[0]]


def test_a_long_absence_loses_nothing() -> None:
    old = [Made(number, NOON - dt.timedelta(days=900 - number)) for number in range(3)]
    assert kept_by(BackupRule(days=3, weeks=0, months=0), old) == newest_first(old)


def test_a_clock_set_back_a_year_does_not_make_the_newest_old() -> None:
    before = daily(10)
    after = [
        Made(11 + number, NOON - dt.timedelta(days=365) + dt.timedelta(days=number)) for number in range(3)
    ]
    kept = kept_by(BackupRule(days=3, weeks=0, months=0), [*before, *after])
    assert kept == [after[2], after[1], after[0], before[0]]


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 900)), max_size=40),
    st.integers(1, 9),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_the_newest_always_stays_and_never_more_than_the_rule(
    made: Sequence[tuple[int, int]], days: int, weeks: int, months: int
) -> None:
    backups = [Made(position, NOON + dt.timedelta(days=day)) for position, day in made]
    kept = kept_by(BackupRule(days=days, weeks=weeks, months=months), backups)
    assert len(kept) <= days + weeks + months + 2
    if backups:
        assert kept[0] == newest_first(backups)[0]
        assert max(one.at for one in kept) == max(one.at for one in backups)


def test_a_rule_comes_back_as_it_was_kept() -> None:
    rule = BackupRule(folder=Path("/media/stick"), days=3, weeks=4, months=5, remind_after=6, hours=7)
    assert rule_of(rule.plain()) == rule
    assert rule_of(None) == BackupRule()
    assert rule_of({"folder": 7, "days": "many", "weeks": -1, "months": True, "hours": 99}) == BackupRule()


def test_numbers_out_of_bounds_and_a_place_inside_are_refused(tmp_path: Path) -> None:
    vault = tmp_path / "V.coachdesk"
    check_rule(BackupRule(folder=tmp_path), vault)
    with pytest.raises(Refusal) as caught:
        check_rule(BackupRule(folder=vault / "backups", days=0, months=241), vault)
    assert set(caught.value.fields) == {"folder", "days", "months"}
    for low, high in BOUNDS.values():
        assert low <= high


def test_settings_are_kept_without_a_session(vault: OpenVault) -> None:
    path, key = vault.data_file, vault.keys.sub("db")
    assert setting_in(path, key, "backup_rule") is None
    keep_setting_in(path, key, "backup_rule", {"days": 3})
    keep_setting_in(path, key, "backup_rule", {"days": 4})
    assert setting_in(path, key, "backup_rule") == {"days": 4}
    assert position_in(path, key) > 0


def test_a_file_without_settings_is_damaged(vault: OpenVault) -> None:
    path, key = vault.data_file, vault.keys.sub("db")
    connection = vault._write_connection()
    connection.execute("ALTER TABLE setting RENAME TO gone")
    connection.close()
    with pytest.raises(Damaged):
        setting_in(path, key, "backup_rule")
