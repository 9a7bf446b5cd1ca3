"""Cover and handover: who looks after whose clients, for a while or for good."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.clients import CaseloadFilter, list_clients
from coachdesk.casework.cover import (
    CoverRow,
    EndCover,
    SetCover,
    end_cover,
    list_covers,
    my_covers,
    set_cover,
)
from coachdesk.casework.custom_answers import SaveCustomAnswers, save_custom_answers
from coachdesk.casework.custom_fields import AddCustomField, add_custom_field
from coachdesk.casework.handover import CarriedQuestion, HandOver, hand_over, list_carried, list_receivers
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.casework.today import TodayQuestion, read_today
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enrolment, new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    an_action,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON, TODAY

A_WEEK = TODAY + dt.timedelta(days=7)


class Colleagues:
    """Ruth at the desk, and Iqra with two clients and one who left."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.ruth = vault.coach_id or new_id()
        self.iqra = a_coach(name="Iqra Malik")
        self.left = a_coach(name="Otto Left", ended_on=days_ago(3))
        self.trustee = a_coach(name="Tilda Trust", role=Role.TRUSTEE)
        keep(vault, self.iqra, self.left, self.trustee)
        self.own = a_client(first_name="Own", coach_id=self.ruth)
        self.hers = a_client(first_name="Hers", coach_id=self.iqra.id)
        self.for_one = a_client(first_name="Forone", coach_id=self.ruth)
        self.gone = a_client(first_name="Gone", coach_id=self.iqra.id)
        keep(vault, self.own, self.hers, self.for_one, self.gone)
        programme = ask(vault, lambda s, _: programme_id(s))
        self.open_one = an_enrolment(self.hers, programme, coach_id=self.iqra.id)
        self.one = an_enrolment(self.for_one, programme, coach_id=self.iqra.id)
        self.ended = an_enrolment(self.gone, programme, coach_id=self.iqra.id, exit_on=days_ago(9))
        keep(vault, self.open_one, self.one, self.ended, an_action(self.hers, due_on=TODAY))

    def act_as(self, role: Role) -> None:
        with unit_of_work(self.vault, by_program=True) as work:
            work.session.get_one(Coach, self.ruth).role = role

    def cover(self, **values: Any) -> SetCover:
        told = {"away_id": self.iqra.id, "covered_by_id": self.ruth, "from_on": TODAY, "to_on": A_WEEK}
        return SetCover(**{**told, **values})

    def covers(self, today: dt.date = TODAY) -> tuple[CoverRow, ...]:
        return ask(self.vault, list_covers, today)

    def handing(self, *clients: Client, **values: Any) -> HandOver:
        ids = tuple(one.id for one in clients)
        told = {"from_id": self.iqra.id, "to_id": self.ruth, "client_ids": ids, "today": TODAY}
        return HandOver(**{**told, **values})


@pytest.fixture
def team(desk_vault: OpenVault) -> Colleagues:
    return Colleagues(desk_vault)


def refused(vault: OpenVault, act: Any, wish: Any, *fields: str) -> None:
    with pytest.raises(Refusal) as caught:
        do(vault, act, wish)
    assert set(caught.value.fields) == set(fields)


def test_a_cover_is_set_shown_and_over(team: Colleagues) -> None:
    cover_id, label = do(team.vault, set_cover, team.cover(reason=" Holiday "))
    (row,) = team.covers()
    assert (row.id, row.away, row.covered_by, row.reason) == (cover_id, "Iqra Malik", PERSON, "Holiday")
    assert (row.holds_on(A_WEEK), row.holds_on(A_WEEK + dt.timedelta(days=1))) == (True, False)
    assert team.covers(A_WEEK + dt.timedelta(days=1)) == ()
    assert [one.id for one in ask(team.vault, my_covers, TODAY)] == [cover_id]
    assert ask(team.vault, my_covers, days_ago(1)) == ()
    assert label == "Set who covers for a colleague"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"to_on": days_ago(1)}, {"to_on"}),
        ({"away_id": new_id()}, {"away_id"}),
        ({"covered_by_id": new_id()}, {"covered_by_id"}),
        ({"from_on": A_WEEK}, {"from_on"}),
    ],
)
def test_a_cover_that_cannot_be_is_refused(
    team: Colleagues, values: dict[str, Any], fields: set[str]
) -> None:
    do(team.vault, set_cover, team.cover())
    before = team.covers()
    refused(team.vault, set_cover, team.cover(**{"from_on": TODAY, **values}), *fields)
    assert team.covers() == before


def test_nobody_covers_for_herself_and_only_who_looks_after_clients_covers(team: Colleagues) -> None:
    for covering in (team.iqra.id, team.left.id, team.trustee.id):
        refused(team.vault, set_cover, team.cover(covered_by_id=covering), "covered_by_id")
    team.act_as(Role.COACH)
    with pytest.raises(Refusal, match="Only a manager"):
        do(team.vault, set_cover, team.cover())


def test_a_cover_ends_when_the_colleague_is_back(team: Colleagues) -> None:
    running, _ = do(team.vault, set_cover, team.cover(from_on=days_ago(3)))
    coming, _ = do(team.vault, set_cover, team.cover(away_id=team.left.id))
    for one in (running, coming):
        _, label = do(team.vault, end_cover, EndCover(cover_id=one))
        assert label == "Ended a cover"
    assert team.covers() == ()
    assert [one.to_on for one in team.covers(days_ago(1))] == [days_ago(1)]
    refused(team.vault, end_cover, EndCover(cover_id=coming))
    refused(team.vault, end_cover, EndCover(cover_id=new_id()))


FINDING = (
    "QX-77", "la14 9zz", "07700 900 777", "00 777", "hartley", "hartly", "cara@example.org", "12 march 1971", "harbour",
)  # fmt: skip


def test_whom_she_covers_for_she_finds_by_everything_while_she_does(team: Colleagues) -> None:
    born = {"born_from": dt.date(1971, 3, 12), "born_to": dt.date(1971, 3, 12)}
    told = {"postcode": "LA14 9ZZ", "phone": "07700 900 777", "previous_names": "Hartley", **born}
    cara = a_client(
        first_name="Cara", last_name="Vane", coach_id=team.iqra.id, reference="QX-77", email="cara@example.org", **told
    )  # fmt: skip
    keep(team.vault, cara)
    field, _ = do(
        team.vault, add_custom_field, AddCustomField(title="Where do you feel at home?", sort="text")
    )
    do(
        team.vault,
        save_custom_answers,
        SaveCustomAnswers(client_id=cara.id, answers={field: "By the harbour"}),
    )

    def found_by(typed: str) -> list[tuple[str, bool]]:
        rows = ask(team.vault, find_anybody, FindAnybody(text=typed))
        return [(row.reference, row.is_own) for row in rows if row.id == cara.id]

    team.act_as(Role.COACH)
    assert found_by("cara") == [("", False)]
    assert [found_by(typed) for typed in FINDING] == [[]] * len(FINDING)
    team.act_as(Role.MANAGER)
    cover, _ = do(team.vault, set_cover, team.cover(from_on=days_ago(3)))
    team.act_as(Role.COACH)
    for typed in ("cara", "vane cara", *FINDING):
        assert found_by(typed) == [("QX-77", True)], typed
    only_hers = a_client(first_name="Forone", last_name="Reed", reference="QX-78", coach_id=team.left.id)
    keep(team.vault, only_hers)
    assert [row.is_own for row in ask(team.vault, find_anybody, FindAnybody(text="reed"))] == [False]
    at_the_desk = team.vault.clock
    team.vault.clock = FixedClock.on(A_WEEK + dt.timedelta(days=1))
    assert [found_by(typed) for typed in ("cara", *FINDING)] == [[("", False)], *[[]] * len(FINDING)]
    team.vault.clock = at_the_desk
    team.act_as(Role.MANAGER)
    do(team.vault, end_cover, EndCover(cover_id=cover))
    team.act_as(Role.COACH)
    assert found_by("cara") == [("", False)]
    assert [found_by(typed) for typed in FINDING] == [[]] * len(FINDING)


def test_whom_she_covers_for_is_in_her_day_and_in_the_colleagues_list(team: Colleagues) -> None:
    do(team.vault, set_cover, team.cover())
    team.act_as(Role.COACH)
    mine = TodayQuestion(today=TODAY, coach_id=team.ruth)
    assert [item.client_id for item in ask(team.vault, read_today, mine).today] == [team.hers.id]
    hers = ask(team.vault, list_clients, CaseloadFilter(today=TODAY, coach_id=team.iqra.id))
    assert [row.id for row in hers] == [team.hers.id]
    own = ask(team.vault, list_clients, CaseloadFilter(today=TODAY, coach_id=team.ruth))
    assert {row.id for row in own} == {team.own.id, team.for_one.id}
    later = TodayQuestion(today=TODAY, coach_id=team.ruth)
    team.act_as(Role.MANAGER)
    do(team.vault, end_cover, EndCover(cover_id=team.covers()[0].id))
    team.act_as(Role.COACH)
    assert ask(team.vault, read_today, later).today == ()


def test_whom_somebody_carries_is_listed_with_those_who_left_last(team: Colleagues) -> None:
    carried = ask(team.vault, list_carried, CarriedQuestion(coach_id=team.iqra.id, today=TODAY))
    assert [(row.id, row.is_open) for row in carried] == [
        (team.for_one.id, True),
        (team.hers.id, True),
        (team.gone.id, False),
    ]
    assert (carried[1].due_on, carried[1].stage) == (TODAY, "Supported")
    assert [name for _, name in ask(team.vault, list_receivers)] == ["Iqra Malik", PERSON]


def test_a_caseload_is_handed_over_in_one_action_and_taken_back(team: Colleagues) -> None:
    count, label = do(team.vault, hand_over, team.handing(team.hers, team.for_one, team.gone))
    vault = team.vault
    assert (count, label) == (3, "Handed over 3 clients")
    assert {found(vault, Client, one.id).coach_id for one in (team.hers, team.gone)} == {team.ruth}
    kept = [found(vault, Enrolment, one.id).coach_id for one in (team.open_one, team.one, team.ended)]
    assert kept == [team.ruth, team.ruth, team.iqra.id]
    with unit_of_work(vault) as work:
        step = last_unit(work.session, vault.person)
        assert step is not None
        undo(work.session, step.id)
    assert found(vault, Client, team.hers.id).coach_id == team.iqra.id
    assert found(vault, Enrolment, team.one.id).coach_id == team.iqra.id
    assert do(vault, hand_over, team.handing(team.hers))[1] == "Handed over a client"


def test_a_handover_that_cannot_be_is_refused(team: Colleagues) -> None:
    vault = team.vault
    refused(vault, hand_over, team.handing(team.hers, to_id=team.iqra.id), "to_id")
    refused(vault, hand_over, team.handing(team.hers, to_id=team.left.id), "to_id")
    refused(vault, hand_over, team.handing())
    refused(vault, hand_over, team.handing(team.hers, team.own))
    team.act_as(Role.COACH)
    with pytest.raises(Refusal, match="Only a manager"):
        do(vault, hand_over, team.handing(team.hers))
    away = team.handing(team.own, from_id=team.ruth, to_id=team.iqra.id)
    assert do(vault, hand_over, away)[0] == 1


def test_a_manager_who_covers_finds_them_in_her_own_day_and_nobody_elses(team: Colleagues) -> None:
    keep(
        team.vault,
        an_action(team.gone, due_on=TODAY),
        third := a_client(first_name="Third", coach_id=team.left.id),
    )
    keep(team.vault, an_action(third, due_on=TODAY), an_action(team.own, due_on=TODAY))
    mine = TodayQuestion(today=TODAY, coach_id=team.ruth)
    assert {item.client_id for item in ask(team.vault, read_today, mine).today} == {team.own.id}
    do(team.vault, set_cover, team.cover())
    covered = {item.client_id for item in ask(team.vault, read_today, mine).today}
    assert covered == {team.own.id, team.hers.id}
