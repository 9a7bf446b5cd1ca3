"""The directory of services: found by any word, kept true, and offered no more without losing what was referred to it."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.number_rules import SetNumber
from coachdesk.casework.referral_rules import (
    CONFIRM,
    referral_rules,
    set_referral_rule,
    shipped_referral_rules,
)
from coachdesk.casework.services import (
    SaveService,
    Services,
    ServicesQuestion,
    bring_service_back,
    confirm_service,
    find_service,
    list_services,
    put_service_away,
    save_service,
    service_names,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Service, new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, days_ago, do, found
from tests.vault_fixtures import PERSON, TODAY


def saved(vault: OpenVault, name: str = "Debt Line Furness", **values: Any) -> UUID:
    return do(vault, save_service, SaveService(**{"name": name, **values}))[0]


def take_back(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        step = last_unit(work.session, vault.person)
        assert step is not None
        undo(work.session, step.unit)


def listed(vault: OpenVault, **asked: Any) -> Services:
    return ask(vault, list_services, ServicesQuestion(**{"today": TODAY, **asked}))


def names(vault: OpenVault, **asked: Any) -> list[str]:
    return [one.name for one in listed(vault, **asked).rows]


def act_as(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role


def test_a_service_is_kept_as_it_was_told_and_taken_back_whole(desk_vault: OpenVault) -> None:
    wish = SaveService(
        name="  Debt  Line Furness ", sort="money_debt", purpose=" Debts ", how_to_refer="Ring", phone="01229 000001",
        area="LA13, LA14", is_free="yes", confirmed_on=TODAY,
    )  # fmt: skip
    _, label = do(desk_vault, save_service, wish)
    assert label == "Added a service: Debt Line Furness"
    row = listed(desk_vault).rows[0]
    assert (row.name, row.sort_words, row.purpose) == (
        "Debt Line Furness", "Money, debt and benefits advice", "Debts",
    )  # fmt: skip
    assert (row.confirmed_on, row.confirmed_by, row.unconfirmed, row.is_free) == (TODAY, PERSON, "", "yes")
    take_back(desk_vault)
    assert listed(desk_vault) == Services(rows=(), count=0, put_away=0, sorts=())


def test_a_change_keeps_who_confirmed_it_unless_the_day_changes(desk_vault: OpenVault) -> None:
    service = saved(desk_vault, confirmed_on=days_ago(3))
    with unit_of_work(desk_vault, label="Somebody else did") as work:
        work.session.get_one(Service, service).confirmed_by = "Iqra Malik"
    _, label = do(
        desk_vault, save_service, SaveService(id=service, name="Debt Line", confirmed_on=days_ago(3))
    )
    assert label == "Changed a service: Debt Line"
    assert found(desk_vault, Service, service).confirmed_by == "Iqra Malik"
    saved(desk_vault, "Debt Line", id=service, confirmed_on=None)
    assert found(desk_vault, Service, service).confirmed_by == ""


def test_any_word_finds_it_and_a_sort_narrows(desk_vault: OpenVault) -> None:
    saved(desk_vault, "Zebra Café", sort="social", area="Ulverston", purpose="Coffee and company")
    saved(desk_vault, "Debt Line", sort="money_debt", area="LA13")
    saved(desk_vault, "Nobody knows what")
    assert names(desk_vault) == ["Debt Line", "Nobody knows what", "Zebra Café"]
    for text in ("cafe", "ULVERSTON zebra", "company", "meeting people"):
        assert names(desk_vault, text=text) == ["Zebra Café"]
    assert names(desk_vault, text="zebra la13") == []
    assert names(desk_vault, sort="money_debt") == ["Debt Line"]
    assert [key for key, _ in listed(desk_vault).sorts] == ["social", "money_debt"]


@pytest.mark.parametrize(
    ("confirmed_on", "words"),
    [
        (None, "Nobody has confirmed this yet"),
        (dt.date(2026, 4, 5), ""),
        (dt.date(2026, 4, 4), "Not confirmed since 4 Apr 2026"),
    ],
)
def test_one_that_nobody_has_confirmed_for_long_says_so(
    desk_vault: OpenVault, confirmed_on: dt.date | None, words: str
) -> None:
    service = saved(desk_vault, confirmed_on=confirmed_on)
    assert listed(desk_vault).rows[0].unconfirmed == words
    _, label = do(desk_vault, confirm_service, service)
    row = listed(desk_vault).rows[0]
    assert (row.unconfirmed, row.confirmed_by, label) == (
        "", PERSON, "Confirmed a service: Debt Line Furness",
    )  # fmt: skip


def test_one_that_is_put_away_is_offered_no_more_and_can_come_back(desk_vault: OpenVault) -> None:
    service = saved(desk_vault)
    with pytest.raises(Refusal, match="is in the directory"):
        do(desk_vault, bring_service_back, service)
    assert [one.name for one in ask(desk_vault, service_names, TODAY)] == ["Debt Line Furness"]
    do(desk_vault, put_service_away, service)
    assert ask(desk_vault, service_names, TODAY) == ()
    assert (names(desk_vault), names(desk_vault, with_put_away=True)) == ([], ["Debt Line Furness"])
    assert (listed(desk_vault).count, listed(desk_vault).put_away) == (0, 1)
    assert ask(desk_vault, find_service, "Debt Line Furness") is None
    with pytest.raises(Refusal, match="any more"):
        do(desk_vault, put_service_away, service)
    do(desk_vault, bring_service_back, service)
    row = ask(desk_vault, find_service, "debt line FURNESS")
    assert row is not None
    assert row.id == service
    do(desk_vault, put_service_away, service)
    saved(desk_vault)
    with pytest.raises(Refusal, match="already"):
        do(desk_vault, bring_service_back, service)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "debt line furness"}, "name"),
        ({"name": "Other", "confirmed_on": TODAY + dt.timedelta(days=1)}, "confirmed_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk_vault: OpenVault, values: dict[str, Any], field: str
) -> None:
    saved(desk_vault)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_service, SaveService(**values))
    assert set(refused.value.fields) == {field}


def test_one_that_is_gone_is_said_to_be(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="any more"):
        do(desk_vault, confirm_service, new_id())


def test_a_trustee_sees_none(desk_vault: OpenVault) -> None:
    saved(desk_vault)
    act_as(desk_vault, Role.TRUSTEE)
    assert listed(desk_vault).count == 0
    assert ask(desk_vault, find_service, "Debt Line Furness") is None


def test_the_rules_that_ship_hold_until_a_manager_sets_another_number(desk_vault: OpenVault) -> None:
    assert ask(desk_vault, referral_rules) == shipped_referral_rules()
    assert {rule.number for rule in shipped_referral_rules().values()} == {14, 28, 6}
    saved(desk_vault, confirmed_on=dt.date(2026, 4, 4))
    do(desk_vault, set_referral_rule, SetNumber(key=CONFIRM, number=12, source=" Our board "))
    rule = ask(desk_vault, referral_rules)[CONFIRM]
    assert (rule.number, rule.source) == (12, "Our board")
    assert listed(desk_vault).rows[0].unconfirmed == ""


@pytest.mark.parametrize(
    ("key", "number", "source", "wrong"),
    [
        (CONFIRM, 0, "x", {"number"}),
        (CONFIRM, None, " ", {"number", "source"}),
        (CONFIRM, 367, "x", {"number"}),
        ("unheard_of", 1, "x", set()),
    ],
)
def test_a_rule_needs_a_number_and_a_source(
    desk_vault: OpenVault, key: str, number: int | None, source: str, wrong: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_referral_rule, SetNumber(key=key, number=number, source=source))
    assert set(refused.value.fields) == wrong


def test_only_managers_set_rules(desk_vault: OpenVault) -> None:
    act_as(desk_vault, Role.COACH)
    with pytest.raises(Refusal, match="manager"):
        do(desk_vault, set_referral_rule, SetNumber(key=CONFIRM, number=1, source="x"))
    with reading(desk_vault) as session:
        assert referral_rules(session) == shipped_referral_rules()
