"""A coach's week: contacts, groups counted once, and the hours beside them."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.groups import RegisteredPerson, SaveGroupSession, save_group_session
from coachdesk.casework.week import SaveWorkTime, read_week, remove_work_time, save_work_time
from coachdesk.errors import Refusal
from coachdesk.models import WorkTime, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import ENTERED, a_client, a_coach, a_contact, ask, days_ago, do, keep
from tests.vault_fixtures import PERSON, TODAY

TUESDAY = TODAY + dt.timedelta(days=1)


def spent(vault: OpenVault, **values: Any) -> UUID:
    given = {"worked_on": TUESDAY, "sort": "travel", "minutes": 40}
    return do(vault, save_work_time, SaveWorkTime(**{**given, **values}))[0]


def test_an_empty_week_runs_from_monday_to_sunday(desk_vault: OpenVault) -> None:
    week = ask(desk_vault, read_week, TODAY + dt.timedelta(days=6))
    assert week.monday == TODAY
    assert TODAY.weekday() == 0
    assert [day.on for day in week.days] == [TODAY + dt.timedelta(days=n) for n in range(7)]
    assert week.minutes == 0
    assert list(week.sums) == [
        "clients",
        "groups",
        "travel",
        "admin",
        "team",
        "training",
        "employers",
        "leave",
    ]


def test_contacts_groups_and_entries_add_up_and_a_group_counts_once(desk_vault: OpenVault) -> None:
    me = desk_vault.coach_id
    colleague, client, other = a_coach(), a_client(coach_id=me), a_client(coach_id=me)
    keep(desk_vault, colleague, client, other)
    keep(
        desk_vault,
        a_contact(client, happened_on=TODAY, minutes=30, coach_id=me),
        a_contact(client, happened_on=TODAY, minutes=None, coach_id=me),
        a_contact(client, happened_on=TODAY, minutes=60, coach_id=colleague.id),
        a_contact(client, happened_on=TODAY, minutes=60, coach_id=me, archived_at=ENTERED),
        a_contact(client, happened_on=days_ago(1), minutes=60, coach_id=me),
        WorkTime(coach_id=colleague.id, worked_on=TUESDAY, sort="admin", minutes=500),
    )
    people = (RegisteredPerson(client_id=client.id), RegisteredPerson(client_id=other.id))
    wish = SaveGroupSession(title="CVs", happened_on=TODAY, minutes=90, people=people)
    do(desk_vault, save_group_session, wish)
    spent(desk_vault)
    spent(desk_vault, sort="admin", minutes=25, note=" Case notes ")
    week = ask(desk_vault, read_week, TUESDAY)
    monday, tuesday, *_ = week.days
    assert (monday.contacts, monday.contact_minutes, monday.sessions, monday.session_minutes) == (
        2,
        30,
        1,
        90,
    )
    assert monday.minutes == 120
    assert [(one.title, one.minutes, one.note) for one in tuesday.entries] == [
        ("Travel", 40, ""),
        ("Paperwork", 25, "Case notes"),
    ]
    assert {name: sum_ for name, sum_ in week.sums.items() if sum_} == {
        "clients": 30,
        "groups": 90,
        "travel": 40,
        "admin": 25,
    }
    assert week.minutes == 185


def test_an_entry_is_changed_taken_out_and_brought_back(desk_vault: OpenVault) -> None:
    entry_id = spent(desk_vault)
    assert spent(desk_vault, id=entry_id, sort="leave", minutes=1440, worked_on=TODAY) == entry_id
    (entry,) = ask(desk_vault, read_week, TODAY).days[0].entries
    assert (entry.id, entry.sort, entry.minutes) == (entry_id, "leave", 1440)
    _, label = do(desk_vault, remove_work_time, entry_id)
    assert label == "Took time out of the week: Leave"
    assert ask(desk_vault, read_week, TODAY).minutes == 0
    with unit_of_work(desk_vault) as work:
        step = last_unit(work.session, PERSON)
        assert step is not None
        undo(work.session, step.unit)
    assert ask(desk_vault, read_week, TODAY).minutes == 1440


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sort": "golf"}, "sort"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": 1401}, "minutes"),
    ],
)
def test_what_does_not_fit_into_a_day_is_refused(
    desk_vault: OpenVault, values: dict[str, Any], field: str
) -> None:
    spent(desk_vault)
    with pytest.raises(Refusal) as refused:
        spent(desk_vault, **values)
    assert set(refused.value.fields) == {field}
    spent(desk_vault, minutes=1400)


def test_only_ones_own_entries_are_changed(desk_vault: OpenVault) -> None:
    colleague = a_coach()
    theirs = WorkTime(coach_id=colleague.id, worked_on=TODAY, sort="admin", minutes=5)
    mine = spent(desk_vault)
    do(desk_vault, remove_work_time, mine)
    keep(desk_vault, colleague, theirs)
    for entry_id in (theirs.id, mine, new_id()):
        with pytest.raises(Refusal, match="not there any more"):
            spent(desk_vault, id=entry_id)
        with pytest.raises(Refusal, match="not there any more"):
            do(desk_vault, remove_work_time, entry_id)


def test_a_key_that_belongs_to_nobody_keeps_no_week(desk_vault: OpenVault) -> None:
    desk_vault.coach_id = None
    with pytest.raises(Refusal, match="belongs to none"):
        spent(desk_vault)
