"""Vacancies beside what a client wants: every wish gets its answer, and what breaks one never stands above what does not."""

import datetime as dt
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.casework.applications import MakeLead, make_lead
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.job_wishes import SaveWishes, WishRow, save_wishes
from coachdesk.casework.matching import (
    Fit,
    Match,
    SuitsQuestion,
    VacancyMatch,
    clients_for,
    in_order,
    match,
    vacancies_for,
)
from coachdesk.casework.vacancies import CloseVacancy, SaveVacancy, VacancyRow, close_vacancy, save_vacancy
from coachdesk.models import Client, Coach
from coachdesk.models.base import new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    a_job,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

KEYS = ("mornings", "nights", "quiet", "step_free")


def wish(trait: str, strength: str, **values: Any) -> WishRow:
    defaults = {
        "id": new_id(), "title": trait.capitalize(), "least": None, "most": None, "among": (), "own_words": "",
    }  # fmt: skip
    return WishRow(trait=trait, strength=strength, **{**defaults, **values})


def vacancy(**values: Any) -> VacancyRow:
    defaults: dict[str, Any] = {
        "id": new_id(), "employer_id": new_id(), "employer": "Bay Bakery", "do_not_approach": "", "sectors": (),
        "sector_words": "", "title": "Baker", "source": "coach", "found_on": TODAY, "closes_on": None,
        "closed_on": None, "closed_reason": "", "town": "", "postcode": "", "least_minutes": None,
        "most_minutes": None, "least_pence": None, "most_pence": None, "contract": "", "contract_words": "",
        "employment_type": "", "traits": {}, "how_to_apply": "", "note": "",
    }  # fmt: skip
    return VacancyRow(**{**defaults, **values})


def one(found: Match) -> tuple[Fit, str]:
    (reason,) = found.reasons
    return reason.fit, reason.words.partition(": ")[2]


@pytest.mark.parametrize(
    ("strength", "trait", "fit", "words"),
    [
        ("need", True, Fit.FITS, "Mornings — yes"),
        ("need", False, Fit.DOES_NOT, "Mornings — no"),
        ("need", None, Fit.NOT_KNOWN, "Mornings — not known, ask"),
        ("never", True, Fit.DOES_NOT, "Mornings — part of this job"),
        ("never", False, Fit.FITS, "Mornings — not part of this job"),
        ("never", None, Fit.NOT_KNOWN, "Mornings — not known, ask"),
        ("like", False, Fit.DOES_NOT, "Mornings — no"),
    ],
)
def test_a_trait_is_there_or_not_or_not_known(strength: str, trait: object, fit: Fit, words: str) -> None:
    traits = {} if trait is None else {"mornings": trait is True}
    found = match((wish("mornings", strength),), vacancy(traits=traits))
    assert one(found) == (fit, words)
    assert bool(found.broken) is (fit is Fit.DOES_NOT and strength != "like")


@pytest.mark.parametrize(
    ("wanted", "offered", "fit"),
    [
        ((960, 1200), (960, 1200), Fit.FITS),
        ((960, None), (1200, 2220), Fit.FITS),
        ((None, 1200), (600, 1200), Fit.FITS),
        ((960, 1200), (1260, 1260), Fit.DOES_NOT),
        ((960, 1200), (600, 900), Fit.DOES_NOT),
        ((960, 1200), (900, 1080), Fit.NOT_KNOWN),
        ((960, 1200), (None, None), Fit.NOT_KNOWN),
        ((960, 1200), (None, 600), Fit.DOES_NOT),
        ((960, None), (None, 1200), Fit.NOT_KNOWN),
        ((None, 1200), (960, None), Fit.NOT_KNOWN),
    ],
)
def test_hours_fit_when_all_that_is_offered_is_wanted(
    wanted: tuple[int | None, int | None], offered: tuple[int | None, int | None], fit: Fit
) -> None:
    hours = wish("hours", "need", title="16 hours", least=wanted[0], most=wanted[1])
    found = match((hours,), vacancy(least_minutes=offered[0], most_minutes=offered[1]))
    assert found.reasons[0].fit is fit


def test_what_is_measured_says_what_the_job_offers() -> None:
    pay = wish("pay", "need", title="£12.71 an hour or more", least=1271)
    assert one(match((pay,), vacancy(least_pence=1300, most_pence=1300)))[1].endswith("fits (£13.00 an hour)")
    less = match((pay,), vacancy(least_pence=1200, most_pence=1200))
    assert one(less) == (Fit.DOES_NOT, "£12.71 an hour or more — does not fit (£12.00 an hour)")
    unsure = match((pay,), vacancy(least_pence=1200, most_pence=1400))
    assert one(unsure)[1].endswith("not certain (£12.00 to £14.00 an hour), ask")


def test_towns_and_sectors() -> None:
    towns = wish("towns", "like", title="Kendal", among=("Kendal",))
    assert one(match((towns,), vacancy(town="KENDAL")))[0] is Fit.FITS
    assert one(match((towns,), vacancy(town="Barrow"))) == (Fit.DOES_NOT, "Kendal — does not fit (Barrow)")
    assert one(match((towns,), vacancy()))[0] is Fit.NOT_KNOWN
    never = wish("sectors", "never", title="Care", among=("Q",))
    assert one(match((never,), vacancy(sectors=("86", "Q"), sector_words="Health")))[0] is Fit.DOES_NOT
    assert one(match((never,), vacancy(sectors=("10", "C"), sector_words="Food")))[0] is Fit.FITS
    assert one(match((never,), vacancy()))[0] is Fit.NOT_KNOWN


def test_the_summary_counts_in_words() -> None:
    wishes = (wish("mornings", "need"), wish("nights", "never"), wish("quiet", "like"))
    assert match(wishes, vacancy(traits={"mornings": True})).summary == "1 of 3 wishes fit, 2 not known"
    assert match(wishes[:1], vacancy(traits={"mornings": True})).summary == "1 of 1 wish fits"
    assert match((), vacancy()).summary == "No wishes to compare with yet"


A_WISH = st.sampled_from(KEYS).flatmap(
    lambda key: st.sampled_from(("like", "need", "never")).map(lambda strength: (key, strength))
)
WISHES = st.lists(A_WISH, unique_by=lambda told: told[0], max_size=4)
VACANCIES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(KEYS), st.booleans()),
        st.none() | st.dates(TODAY, dt.date(2027, 1, 1)),
    ),
    max_size=6,
)


@given(WISHES, VACANCIES)
def test_what_breaks_a_wish_is_never_above_what_breaks_none(
    told: list[tuple[str, str]], jobs: list[tuple[dict[str, bool], dt.date | None]]
) -> None:
    wishes = tuple(wish(key, strength) for key, strength in told)
    offered = [vacancy(traits=traits, closes_on=on) for traits, on in jobs]
    found = in_order([VacancyMatch(vacancy=job, match=match(wishes, job)) for job in offered])
    assert {one.vacancy.id for one in found} == {job.id for job in offered}
    broken = [bool(one.match.broken) for one in found]
    assert broken == sorted(broken)
    for before, after in pairwise(found):
        if bool(before.match.broken) == bool(after.match.broken):
            assert before.match.fits >= after.match.fits
            if before.match.fits == after.match.fits and after.vacancy.closes_on is not None:
                assert before.vacancy.closes_on is not None
                assert before.vacancy.closes_on <= after.vacancy.closes_on


@given(WISHES, st.dictionaries(st.sampled_from(KEYS), st.booleans()))
def test_the_reasons_account_for_every_wish(told: list[tuple[str, str]], traits: dict[str, bool]) -> None:
    found = match([wish(key, strength) for key, strength in told], vacancy(traits=traits))
    assert sorted(reason.trait for reason in found.reasons) == sorted(key for key, _ in told)
    for key, strength in told:
        (reason,) = (one for one in found.reasons if one.trait == key)
        against = traits.get(key) is not None and traits[key] is (strength == "never")
        assert reason.breaks is (against and strength != "like")
    breaks = [reason.breaks for reason in found.reasons]
    assert breaks == sorted(breaks, reverse=True)
    assert found.fits + found.not_known + sum(one.fit is Fit.DOES_NOT for one in found.reasons) == len(told)


@pytest.fixture
def maya(desk_vault: OpenVault) -> Client:
    return looking(desk_vault, "Maya")


def looking(vault: OpenVault, name: str, coach_id: UUID | None = None) -> Client:
    client = a_client(first_name=name, last_name="", coach_id=coach_id or vault.coach_id)
    keep(vault, client)
    with reading(vault) as session:
        programme = programme_id(session)
    keep(vault, an_enrolment(client, programme, coach_id=coach_id or vault.coach_id))
    return client


def a_vacancy(vault: OpenVault, title: str, **values: Any) -> UUID:
    told = {"employer_name": "Bay Bakery", "found_on": days_ago(1), **values}
    return do(vault, save_vacancy, SaveVacancy(title=title, **told))[0]


def test_the_vacancies_for_a_client(desk_vault: OpenVault, maya: Client) -> None:
    wanted = SaveWishes(client_id=maya.id, traits={"nights": "never", "mornings": "like"})
    do(desk_vault, save_wishes, wanted)
    a_vacancy(desk_vault, "Night baker", traits={"nights": "yes"})
    a_vacancy(desk_vault, "Not much known")
    a_vacancy(desk_vault, "Morning baker", traits={"nights": "no", "mornings": "yes"})
    a_vacancy(desk_vault, "Over", found_on=days_ago(9), closes_on=days_ago(1))
    gone = a_vacancy(desk_vault, "Gone")
    do(desk_vault, close_vacancy, CloseVacancy(vacancy_id=gone, closed_on=TODAY))
    rows = ask(desk_vault, vacancies_for, ClientQuestion(client_id=maya.id, today=TODAY))
    assert [row.vacancy.title for row in rows] == ["Morning baker", "Not much known", "Night baker"]
    assert rows[2].match.broken[0].words == "Will not do: Nights — part of this job"
    do(desk_vault, make_lead, MakeLead(client_id=maya.id, vacancy_id=rows[1].vacancy.id))
    rows = ask(desk_vault, vacancies_for, ClientQuestion(client_id=maya.id, today=TODAY))
    assert [row.stage for row in rows] == ["", "Lead", ""]


def test_whom_a_vacancy_may_suit(desk_vault: OpenVault, maya: Client) -> None:
    other = a_coach()
    keep(desk_vault, other)
    ada, bea, ian = (looking(desk_vault, name) for name in ("Ada", "Bea", "Ian"))
    theirs = looking(desk_vault, "Theirs", other.id)
    enquiry = a_client(first_name="Only asked", last_name="", coach_id=desk_vault.coach_id)
    employer = an_employer(name="Elsewhere")
    keep(desk_vault, enquiry, employer)
    keep(desk_vault, a_job(ian, employer), a_job(ada, employer, ended_on=days_ago(2)))
    for client, traits in (
        (maya, {"nights": "never"}), (ada, {"nights": "like"}), (theirs, {"nights": "like"}),
        (ian, {"nights": "like"}), (enquiry, {"nights": "like"}),
    ):  # fmt: skip
        do(desk_vault, save_wishes, SaveWishes(client_id=client.id, traits=traits))
    nights = a_vacancy(desk_vault, "Night baker", traits={"nights": "yes"})
    do(desk_vault, make_lead, MakeLead(client_id=ada.id, vacancy_id=nights))
    found = ask(desk_vault, clients_for, SuitsQuestion(vacancy_id=nights, today=TODAY))
    assert [(row.name, row.stage, bool(row.match.broken)) for row in found.rows] == [
        ("Ada", "Lead", False), ("Maya", "", True),
    ]  # fmt: skip
    assert found.without_wishes == 1
    everybody = SuitsQuestion(vacancy_id=nights, today=TODAY, everybody=True)
    assert "Theirs" in [row.name for row in ask(desk_vault, clients_for, everybody).rows]
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    assert "Theirs" not in [row.name for row in ask(desk_vault, clients_for, everybody).rows]
    assert bea.first_name == "Bea"
