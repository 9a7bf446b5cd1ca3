"""What follows from hours and pay by dated rates, and the rates themselves."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.births import NOT_KNOWN, Birth
from coachdesk.casework.pay import RateOn
from coachdesk.casework.pay_facts import PayTold, pay_facts
from coachdesk.casework.rates import SaveRate, TakeOutRate, list_rates, save_rate, take_out_rate
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    Rate,
)
from coachdesk.vault.opened import OpenVault
from tests.casework.started_job import jobs
from tests.makers import (
    a_client,
    a_job,
    an_employer,
    ask,
    days_ago,
    do,
    found,
    job_terms,
    keep,
)
from tests.refusals import refused
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


RATES = (
    RateOn("national_living_wage", dt.date(2025, 4, 1), dt.date(2026, 3, 31), 1221, "The law."),
    RateOn("national_living_wage", dt.date(2026, 4, 1), dt.date(2027, 3, 31), 1271),
    RateOn("real_living_wage", dt.date(2025, 10, 22), None, 1345, "The foundation."),
    RateOn("real_living_wage_london", dt.date(2025, 10, 22), None, 1480),
)
ADULT = Birth(dt.date(1990, 4, 9), dt.date(1990, 4, 9))
CHILD = Birth(dt.date(2009, 12, 1), dt.date(2009, 12, 1))


def facts(**values: Any) -> dict[str, tuple[str, str]]:
    told = {
        "on": TODAY,
        "hourly_pence": 1300,
        "usual_minutes": None,
        "guaranteed_minutes": None,
        "wants_more_hours": "not_asked",
        "birth": ADULT,
        "employment_type": "employee",
        "started_on": days_ago(20),
        **values,
    }
    return {fact.about: (fact.stands, fact.words) for fact in pay_facts(PayTold(**told), RATES)}


@pytest.mark.parametrize(
    ("values", "about", "stands", "words"),
    [
        (
            {},
            "minimum",
            "good",
            "£13.00 an hour meets the legal minimum of £12.71 for this age on 5 Oct 2026.",
        ),
        ({"hourly_pence": 1270}, "minimum", "below", "Acas"),
        ({"hourly_pence": 1270}, "minimum", "below", "apprentice rate"),
        ({"on": dt.date(2027, 4, 1)}, "minimum", "unknown", "no rate for that day"),
        ({"birth": NOT_KNOWN}, "minimum", "unknown", "no date of birth"),
        ({"employment_type": "self_employed"}, "minimum", "unknown", "does not apply"),
        ({}, "living_wage", "look", "£0.45 below the real Living Wage of £13.45 (from 22 Oct 2025)"),
        ({"hourly_pence": 1345}, "living_wage", "good", "reaches the real Living Wage of £13.45"),
        ({"in_london": True}, "living_wage", "look", "£1.80 below the real Living Wage in London of £14.80"),
        ({"on": dt.date(2026, 10, 22)}, "living_wage", "look", "a newer rate may have been announced"),
        ({"on": dt.date(2025, 10, 1)}, "living_wage", "unknown", "no rate for that day"),
        (
            {"usual_minutes": 1440, "guaranteed_minutes": 960},
            "guaranteed",
            "look",
            "16 of 24 usual hours are guaranteed: 8 hours a week are not.",
        ),
        (
            {"usual_minutes": 1440, "guaranteed_minutes": 0},
            "guaranteed",
            "look",
            "None of the 24 usual hours a week are guaranteed.",
        ),
        ({"usual_minutes": 60, "guaranteed_minutes": 60}, "guaranteed", "good", "All the usual hours"),
        ({"wants_more_hours": "yes"}, "more_hours", "look", "Wants more hours"),
        ({"wants_more_hours": "no"}, "more_hours", "good", "Has as many hours as wanted."),
    ],
)
def test_what_follows_from_pay_is_said_with_its_rate(
    values: dict[str, Any], about: str, stands: str, words: str
) -> None:
    assert facts(**values)[about][0] == stands
    assert words in facts(**values)[about][1]


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert facts(hourly_pence=None) == {}
    assert set(facts(birth=CHILD, usual_minutes=600)) == {"minimum"}


def test_a_rate_is_named_with_its_source() -> None:
    told = PayTold(
        on=dt.date(2026, 1, 5),
        hourly_pence=1300,
        usual_minutes=None,
        guaranteed_minutes=None,
        wants_more_hours="not_asked",
        birth=ADULT,
        employment_type="employee",
        started_on=TODAY,
    )
    assert [fact.source for fact in pay_facts(told, RATES)] == [
        "The law; in force from 1 Apr 2025.",
        "The foundation; in force from 22 Oct 2025.",
    ]


def test_pay_that_was_lawful_is_looked_at_again_when_the_rate_has_risen(
    desk_vault: OpenVault, client: Client
) -> None:
    employer = an_employer(town="London")
    job = a_job(client, employer, started_on=dt.date(2026, 1, 12))
    keep(desk_vault, employer, job, job_terms(job, hourly_pence=1230))
    (row,) = jobs(desk_vault, client)
    assert "below the legal minimum of £12.71" in row.below_minimum
    assert [one.stands for one in row.terms[0].facts] == ["good", "look"]
    assert "in London" in row.facts[1].words
    (before,) = jobs(desk_vault, client, dt.date(2026, 3, 31))
    assert before.below_minimum == ""


def a_rate(**values: Any) -> SaveRate:
    told = {
        "name": "real_living_wage",
        "valid_from": dt.date(2026, 10, 20),
        "pay": "£14.00",
        "source_note": "Living Wage Foundation",
        **values,
    }
    return SaveRate(**told)


def test_a_new_rate_ends_the_one_before_it(desk_vault: OpenVault) -> None:
    _, label = do(desk_vault, save_rate, a_rate())
    rows = [one for one in ask(desk_vault, list_rates, TODAY) if one.name == "real_living_wage"]
    assert [(one.valid_from, one.valid_to, one.pay) for one in rows[:2]] == [
        (dt.date(2026, 10, 20), None, "£14.00"),
        (dt.date(2025, 10, 22), dt.date(2026, 10, 19), "£13.45"),
    ]
    assert [one.is_in_force for one in rows] == [False, True, False]
    assert (rows[0].title, label) == (
        "Real Living Wage, UK",
        "Changed a rate of pay: Real Living Wage, UK",
    )
    do(desk_vault, save_rate, a_rate(rate_id=rows[0].id, pay="14.05", valid_to=dt.date(2027, 10, 1)))
    assert found(desk_vault, Rate, rows[0].id).pence == 1405
    do(desk_vault, take_out_rate, TakeOutRate(rate_id=rows[0].id))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, take_out_rate, TakeOutRate(rate_id=rows[0].id))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, save_rate, a_rate(rate_id=rows[0].id))
    do(desk_vault, save_rate, a_rate(pay="14.10"))
    assert found(desk_vault, Rate, rows[0].id).pence == 1410


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"pay": ""}, {"pay"}),
        ({"source_note": " "}, {"source_note"}),
        ({"name": "own_rate"}, {"name"}),
        ({"valid_to": dt.date(2026, 1, 1)}, {"valid_to"}),
        ({"valid_from": dt.date(2025, 10, 22)}, {"valid_from"}),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    desk_vault: OpenVault, values: dict[str, Any], fields: set[str]
) -> None:
    assert refused(desk_vault, save_rate, a_rate(**values)) == fields


def test_a_rate_of_another_kind_stands_last(desk_vault: OpenVault) -> None:
    keep(desk_vault, Rate(name="own_rate", valid_from=TODAY, pence=1500))
    assert ask(desk_vault, list_rates, TODAY)[-1].title == "own_rate"
