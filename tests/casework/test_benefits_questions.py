"""Questions about benefits: open ones first, and a figure is always somebody's, never ours."""

from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.applications import SaveApplication, save_application
from coachdesk.casework.benefits_questions import (
    BenefitsRow,
    SaveBenefitsQuestion,
    list_benefits_questions,
    pence_a_week,
    save_benefits_question,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.models.base import new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, ask, days_ago, do, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def maya(desk_vault: OpenVault) -> Client:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    return client


def asked(vault: OpenVault, client: Client, question: str = "Do I keep PIP?", **values: Any) -> UUID:
    told = {"asked_on": days_ago(5), **values}
    wish = SaveBenefitsQuestion(client_id=client.id, question=question, **told)
    return do(vault, save_benefits_question, wish)[0]


def rows(vault: OpenVault, client: Client) -> tuple[BenefitsRow, ...]:
    return ask(vault, list_benefits_questions, ClientQuestion(client_id=client.id, today=TODAY))


def test_open_questions_stand_first_the_longest_open_first(desk_vault: OpenVault, maya: Client) -> None:
    asked(desk_vault, maya, "Newer", asked_on=days_ago(1))
    asked(desk_vault, maya, "Older")
    asked(desk_vault, maya, "Long answered", answer="Yes", answered_on=days_ago(4))
    asked(desk_vault, maya, "Answered", answer="Yes")
    found = rows(desk_vault, maya)
    assert [row.question for row in found] == ["Older", "Newer", "Answered", "Long answered"]
    assert [row.is_open for row in found] == [True, True, False, False]
    assert found[2].answered_on == TODAY


def test_a_figure_says_who_reckoned_it(desk_vault: OpenVault, maya: Client) -> None:
    wish = SaveApplication(client_id=maya.id, employer_name="Bay Bakery", title="", found_on=TODAY)
    application = do(desk_vault, save_application, wish)[0]
    question = asked(desk_vault, maya, application_id=application)
    assert rows(desk_vault, maya)[0].figure == ""
    figures = []
    for typed in ("£34.50", "-12", "0"):
        asked(
            desk_vault, maya, question_id=question, better_off=typed, reckoned_by="Citizens Advice",
            application_id=application,
        )  # fmt: skip
        figures.append(rows(desk_vault, maya)[0].figure)
    assert figures == [
        "£34.50 a week better off, as reckoned by Citizens Advice",
        "£12.00 a week worse off, as reckoned by Citizens Advice",
        "Neither better nor worse off, as reckoned by Citizens Advice",
    ]
    assert rows(desk_vault, maya)[0].about == "A job at Bay Bakery"
    assert rows(desk_vault, maya)[0].answered_on == TODAY


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"question": " "}, "question"),
        ({"asked_on": TODAY.replace(year=2027)}, "asked_on"),
        ({"answered_on": days_ago(6)}, "answered_on"),
        ({"better_off": "12"}, "reckoned_by"),
        ({"better_off": "a lot"}, "better_off"),
        ({"better_off": "9999"}, "better_off"),
        ({"better_off": "NaN"}, "better_off"),
    ],
)
def test_what_does_not_fit_is_refused(
    desk_vault: OpenVault, maya: Client, values: dict[str, Any], name: str
) -> None:
    with pytest.raises(Refusal) as refused:
        asked(desk_vault, maya, **values)
    assert set(refused.value.fields) == {name}
    assert rows(desk_vault, maya) == ()


def test_a_question_of_somebody_else_is_not_changed(desk_vault: OpenVault, maya: Client) -> None:
    other = a_client()
    keep(desk_vault, other)
    question = asked(desk_vault, other)
    for one in (question, new_id()):
        with pytest.raises(Refusal, match="question is not there"):
            asked(desk_vault, maya, question_id=one)
    with pytest.raises(Refusal, match="client is not there"):
        asked(desk_vault, a_client())
    assert pence_a_week("−3.5") == -350
