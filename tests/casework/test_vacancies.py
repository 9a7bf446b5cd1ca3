"""Vacancies of the team: what is known and what is not, open and closed, and whom one does not approach."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.ranges import hours_between, pay_between, plain_hours, plain_pounds
from coachdesk.casework.vacancies import (
    CloseVacancy,
    EmployerNote,
    SaveVacancy,
    VacanciesQuestion,
    close_vacancy,
    found_vacancy,
    list_vacancies,
    note_on_employer,
    reopen_vacancy,
    save_vacancy,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Employer, Vacancy
from coachdesk.models.base import new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import an_employer, ask, days_ago, do, found, keep
from tests.vault_fixtures import TODAY


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def a_vacancy(vault: OpenVault, title: str = "Baker", employer: str = "Bay Bakery", **values: Any) -> UUID:
    wish = SaveVacancy(employer_name=employer, title=title, **{"found_on": days_ago(3), **values})
    return do(vault, save_vacancy, wish)[0]


def titles(vault: OpenVault, **asked: Any) -> list[str]:
    return [row.title for row in ask(vault, list_vacancies, VacanciesQuestion(today=TODAY, **asked)).rows]


def test_a_vacancy_keeps_what_is_known_and_leaves_the_rest_open(desk_vault: OpenVault) -> None:
    vacancy = a_vacancy(
        desk_vault, least_hours="16", least_pay="12.71", most_pay="£14", contract="permanent",
        traits={"nights": "no", "mornings": "yes"}, town="Ulverston", how_to_apply="Ring Pat",
    )  # fmt: skip
    row = ask(desk_vault, found_vacancy, vacancy)
    assert (row.called, row.hours_words, row.pay_words) == (
        "Baker at Bay Bakery", "16 hours a week", "£12.71 to £14.00 an hour",
    )  # fmt: skip
    assert (row.least_minutes, row.most_minutes) == (960, 960)
    assert row.traits == {"mornings": True, "nights": False}
    assert (row.contract_words, row.town, row.sectors, row.sector_words) == ("Permanent", "Ulverston", (), "")
    assert do(desk_vault, save_vacancy, SaveVacancy(
        id=vacancy, employer_name="bay bakery", title="Night baker", found_on=days_ago(3), most_hours="20",
    )) == (vacancy, "Changed a vacancy: Night baker")  # fmt: skip
    again = ask(desk_vault, found_vacancy, vacancy)
    assert (again.employer_id, again.hours_words, again.contract_words) == (
        row.employer_id,
        "20 hours a week",
        "",
    )


def test_the_sector_of_the_employer_and_its_section_are_known(desk_vault: OpenVault) -> None:
    keep(desk_vault, an_employer(name="Mill Bakery", sector="10", town="Kendal"))
    row = ask(desk_vault, found_vacancy, a_vacancy(desk_vault, employer="Mill Bakery"))
    assert row.sectors == ("10", "C")
    assert row.sector_words.startswith("Manufacture of food")
    assert row.town == "Kendal"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"title": " "}, "title"),
        ({"employer": " "}, "employer_name"),
        ({"closes_on": days_ago(4)}, "closes_on"),
        ({"least_hours": "20", "most_hours": "16"}, "most_hours"),
        ({"least_pay": "13", "most_pay": "12"}, "most_pay"),
        ({"least_hours": "many"}, "least_hours"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    desk_vault: OpenVault, values: dict[str, Any], name: str
) -> None:
    with pytest.raises(Refusal) as refused:
        a_vacancy(desk_vault, **values)
    assert name in refused.value.fields
    assert titles(desk_vault, only_open=False) == []


def test_the_list_begins_with_what_closes_first(desk_vault: OpenVault) -> None:
    a_vacancy(desk_vault, "No closing day", town="Kendal")
    a_vacancy(desk_vault, "In a month", closes_on=in_days(30), town="Barrow")
    a_vacancy(desk_vault, "This week", closes_on=in_days(7))
    a_vacancy(desk_vault, "Yesterday", found_on=days_ago(9), closes_on=days_ago(1))
    filled = a_vacancy(desk_vault, "Filled")
    do(desk_vault, close_vacancy, CloseVacancy(vacancy_id=filled, closed_on=TODAY, closed_reason="Filled"))
    assert titles(desk_vault) == ["This week", "In a month", "No closing day"]
    assert titles(desk_vault, closing_soon=True) == ["This week"]
    assert titles(desk_vault, town="Kendal") == ["No closing day"]
    assert titles(desk_vault, only_open=False)[0] == "Yesterday"
    answer = ask(desk_vault, list_vacancies, VacanciesQuestion(today=TODAY))
    assert (answer.open, answer.closing_soon, answer.all, answer.towns) == (3, 1, 5, ("Barrow", "Kendal"))


def test_closing_and_opening_again(desk_vault: OpenVault) -> None:
    vacancy = a_vacancy(desk_vault)
    for day in (days_ago(4), in_days(1)):
        with pytest.raises(Refusal, match="Choose a day"):
            do(desk_vault, close_vacancy, CloseVacancy(vacancy_id=vacancy, closed_on=day))
    with pytest.raises(Refusal, match="is open"):
        do(desk_vault, reopen_vacancy, vacancy)
    wish = CloseVacancy(vacancy_id=vacancy, closed_on=TODAY, closed_reason=" Filled ")
    assert do(desk_vault, close_vacancy, wish)[1] == "Closed a vacancy: Baker"
    assert found(desk_vault, Vacancy, vacancy).closed_reason == "Filled"
    with pytest.raises(Refusal, match="is closed"):
        do(desk_vault, close_vacancy, wish)
    do(desk_vault, reopen_vacancy, vacancy)
    assert found(desk_vault, Vacancy, vacancy).closed_reason == ""
    over = a_vacancy(desk_vault, "Over", found_on=days_ago(9), closes_on=days_ago(1))
    do(desk_vault, reopen_vacancy, over)
    assert titles(desk_vault) == ["Baker", "Over"]


def test_what_is_gone_is_said(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, reopen_vacancy, new_id())
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, found_vacancy, new_id())


def test_who_is_not_approached_is_said_before_anybody_rings(desk_vault: OpenVault) -> None:
    keep(
        desk_vault,
        an_employer(name="Sad Mill", do_not_approach="Asked us to stop"),
        an_employer(name="Twin", town="Kendal", do_not_approach="x"),
        an_employer(name="Twin", town="Barrow"),
    )
    note = EmployerNote(name="Sad Mill", do_not_approach="Asked us to stop")
    assert ask(desk_vault, note_on_employer, " sad MILL") == note
    assert ask(desk_vault, note_on_employer, "Bay Bakery") is None
    assert ask(desk_vault, note_on_employer, "Twin") is None
    assert ask(desk_vault, note_on_employer, "Twin, Barrow") is None
    assert ask(desk_vault, found_vacancy, a_vacancy(desk_vault, employer="Sad Mill")).do_not_approach


def test_a_trustee_sees_none(desk_vault: OpenVault) -> None:
    a_vacancy(desk_vault)
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.TRUSTEE
    assert titles(desk_vault) == []


def test_an_employer_is_written_down_once(desk_vault: OpenVault) -> None:
    first = a_vacancy(desk_vault, employer="Café Noir")
    second = a_vacancy(desk_vault, employer="cafe noir")
    keys = {found(desk_vault, Vacancy, one).employer_id for one in (first, second)}
    assert [found(desk_vault, Employer, key).name for key in keys] == ["Café Noir"]


def test_one_end_of_a_range_is_said_as_one_end() -> None:
    assert hours_between(None, None) == pay_between(None, None) == ""
    assert pay_between(None, 1400) == "up to £14.00 an hour"
    assert (plain_hours(990), plain_hours(None), plain_pounds(1271), plain_pounds(None)) == (
        "16.5",
        "",
        "12.71",
        "",
    )
